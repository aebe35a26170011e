"""The text model: what it learns, keeps and leaves open."""

from pathlib import Path

import numpy as np
import pytest

from classifier.errors import NoUsableData
from classifier.text import TextModel, clean
from classifier.text.packing import pack, unpack

CLASSES = ("Shoes", "Watches", "Dresses")
NOUNS = ("shoe", "watch", "dress")
HINTS = (("leather", "sole", "laces"), ("steel", "dial", "strap"), ("floral", "hem", "sleeveless"))
COLOURS = ("red", "blue", "black", "green")


def titles(count: int, seed: int) -> tuple[list[str], np.ndarray]:
    rng = np.random.default_rng(seed)
    labels = rng.integers(0, len(CLASSES), count)
    words = [(rng.choice(COLOURS), rng.choice(HINTS[label]), NOUNS[label]) for label in labels]
    return [clean(" ".join(said)) for said in words], labels


@pytest.fixture(scope="module")
def model() -> TextModel:
    return TextModel.fit(*titles(400, seed=1), CLASSES)


def test_it_learns_from_whole_titles(model: TextModel) -> None:
    texts, labels = titles(100, seed=2)
    assert (model.log_probabilities(texts).argmax(axis=1) == labels).all()


def test_without_the_labels_word_the_rest_still_tells(model: TextModel) -> None:
    evidence = model.evidence(["blue leather", "red steel", "green floral", "red steel watch"])
    assert evidence.mixed().argmax(axis=1).tolist() == [0, 1, 2, 1]
    assert evidence.told[3] > 0.5 > evidence.told[:3].max()


def test_an_empty_text_says_only_how_common_labels_are() -> None:
    texts, labels = titles(400, seed=3)
    often = [place for place in range(400) if labels[place] == 0 or place % 8 == 0]
    evidence = TextModel.fit([texts[i] for i in often], labels[often], CLASSES).evidence(["", "zzqq xyxy"])
    assert not evidence.given.any()
    assert np.allclose(evidence.mixed()[0], evidence.mixed()[1])
    assert np.exp(evidence.mixed()[0]).max() < 0.9


def test_probabilities_add_up_to_one_whatever_the_number(model: TextModel) -> None:
    texts, _ = titles(1500, seed=4)
    found = model.log_probabilities(texts)
    assert found.shape == (1500, 3)
    assert found.dtype == np.float32
    assert np.allclose(np.exp(found).sum(axis=1), 1, atol=1e-4)
    assert model.log_probabilities([]).shape == (0, 3)


def test_the_same_seed_gives_the_same_model() -> None:
    one, other = (TextModel.fit(*titles(200, seed=5), CLASSES, seed=7) for _ in range(2))
    assert (one.named.weights == other.named.weights).all()
    assert (one.unnamed.weights == other.unnamed.weights).all()


def test_a_saved_model_says_nearly_the_same(model: TextModel, tmp_path: Path) -> None:
    texts, _ = titles(50, seed=6)
    model.save(tmp_path / "text.npz")
    again = TextModel.load(tmp_path / "text.npz")
    assert np.allclose(again.log_probabilities(texts), model.log_probabilities(texts), atol=0.1)


def test_no_text_at_all_is_said() -> None:
    with pytest.raises(NoUsableData, match="title"):
        TextModel.fit(["", ""], np.array([0, 1]), CLASSES)


def test_titles_that_never_name_their_label_are_learnt_too() -> None:
    labels = np.array([0, 1, 2] * 30)
    texts = [" ".join(HINTS[label]) for label in labels]
    assert (TextModel.fit(texts, labels, CLASSES).log_probabilities(texts).argmax(axis=1) == labels).all()


def test_many_classes_stay_small(tmp_path: Path) -> None:
    """Hundreds of labels with a weight per feature each would be several times the file."""
    rng = np.random.default_rng(0)
    names = [f"kind{''.join(rng.choice(list('abcdefghijklmnop'), 8))}" for _ in range(700)]
    labels = np.tile(np.arange(700), 3)
    texts = [f"{names[label]} {rng.choice(COLOURS)}" for label in labels]
    model = TextModel.fit(texts, labels, [f"label {number}" for number in range(700)])
    model.save(tmp_path / "text.npz")
    assert model.axes is not None
    assert (tmp_path / "text.npz").stat().st_size < 2_500_000
    assert (model.log_probabilities(texts[:500]).argmax(axis=1) == labels[:500]).mean() > 0.9


def test_packed_weights_stay_close() -> None:
    matrix = np.random.default_rng(0).normal(size=(20, 7)).astype(np.float32)
    matrix[3] = 0
    assert np.abs(unpack(*pack(matrix)) - matrix).max() <= np.abs(matrix).max() / 250
