"""Picture and text together, and either alone."""

from pathlib import Path

import numpy as np
import pytest

from classifier.fusion import Fusion, Products, fit_text_and_fusion
from classifier.text import TextModel

CLASSES = ("Shoes", "Watches", "Dresses", "Belts")
NOUNS = ("shoe", "watch", "dress", "belt")
HINTS = ("sole", "dial", "floral", "buckle")
WIDTH = 16


def products(count: int, seed: int, sharpness: float) -> Products:
    """Titles name the label four times of five; a picture tells the more, the sharper it is."""
    rng = np.random.default_rng(seed)
    labels = rng.integers(0, len(CLASSES), count)
    texts = []
    for label in labels:
        noun = NOUNS[label] if rng.random() < 0.8 else NOUNS[rng.integers(0, len(CLASSES))]
        hint = HINTS[label] if rng.random() < 0.5 else "plain"
        texts.append(f"{rng.choice(['red', 'blue'])} {hint} {noun}")
    directions = np.random.default_rng(0).normal(size=(len(CLASSES), WIDTH))
    embeddings = directions[labels] + rng.normal(scale=2.0, size=(count, WIDTH))
    sure = sharpness * np.eye(len(CLASSES))[labels] + rng.normal(size=(count, len(CLASSES)))
    return Products(texts, labels, sure.astype(np.float32), embeddings.astype(np.float32))


@pytest.fixture(scope="module")
def fitted() -> tuple[TextModel, Fusion]:
    return fit_text_and_fusion(products(1500, 1, sharpness=6), products(500, 2, sharpness=2), CLASSES, seed=0)


@pytest.fixture(scope="module")
def unseen() -> Products:
    return products(600, 3, sharpness=2)


def accuracy(found: np.ndarray, labels: np.ndarray) -> float:
    return float((found.argmax(axis=1) == labels).mean())


@pytest.mark.parametrize("bare", [False, True])
def test_fused_beats_its_parts(fitted: tuple[TextModel, Fusion], unseen: Products, bare: bool) -> None:
    model, fusion = fitted
    texts = unseen.without_label_words(CLASSES) if bare else unseen.texts
    evidence = model.evidence(texts)
    fused = fusion.log_probabilities(unseen.logits, unseen.embeddings, evidence)
    parts = (
        fusion.log_probabilities(unseen.logits, None, None),
        fusion.log_probabilities(None, None, evidence),
    )
    assert accuracy(fused, unseen.labels) > max(accuracy(part, unseen.labels) for part in parts)


def test_a_network_too_sure_of_what_it_learnt_does_not_make_the_fusion_so(
    fitted: tuple[TextModel, Fusion], unseen: Products
) -> None:
    model, fusion = fitted
    shares = np.exp(fusion.log_probabilities(unseen.logits, unseen.embeddings, model.evidence(unseen.texts)))
    assert abs(shares.max(axis=1).mean() - accuracy(shares, unseen.labels)) < 0.04


def test_every_answer_adds_up_to_one(fitted: tuple[TextModel, Fusion], unseen: Products) -> None:
    model, fusion = fitted
    evidence = model.evidence(unseen.texts)
    for found in (
        fusion.log_probabilities(unseen.logits, unseen.embeddings, evidence),
        fusion.log_probabilities(unseen.logits, None, None),
        fusion.log_probabilities(None, None, evidence),
    ):
        assert found.dtype == np.float32
        assert np.allclose(np.exp(found).sum(axis=1), 1, atol=1e-4)


def test_without_a_title_the_picture_decides(fitted: tuple[TextModel, Fusion], unseen: Products) -> None:
    model, fusion = fitted
    silent = model.evidence([""] * len(unseen.texts))
    fused = fusion.log_probabilities(unseen.logits, unseen.embeddings, silent)
    assert np.allclose(fused, fusion.log_probabilities(unseen.logits, None, None))


def test_nothing_to_judge_by_is_refused(fitted: tuple[TextModel, Fusion], unseen: Products) -> None:
    model, fusion = fitted
    with pytest.raises(ValueError, match="neither"):
        fusion.log_probabilities(None, None, None)
    with pytest.raises(ValueError, match="embeddings"):
        fusion.log_probabilities(unseen.logits, None, model.evidence(unseen.texts))


def test_a_saved_fusion_says_nearly_the_same(
    fitted: tuple[TextModel, Fusion], unseen: Products, tmp_path: Path
) -> None:
    model, fusion = fitted
    fusion.save(tmp_path / "fusion.npz")
    again = Fusion.load(tmp_path / "fusion.npz")
    asked = unseen.logits, unseen.embeddings, model.evidence(unseen.texts)
    assert np.allclose(again.log_probabilities(*asked), fusion.log_probabilities(*asked), atol=0.1)


def test_it_is_fitted_without_validation_products() -> None:
    train = products(300, 1, sharpness=2)
    model, fusion = fit_text_and_fusion(train, train.at(np.array([], dtype=np.int64)), CLASSES)
    found = fusion.log_probabilities(train.logits, train.embeddings, model.evidence(train.texts))
    assert accuracy(found, train.labels) > accuracy(train.logits, train.labels)
