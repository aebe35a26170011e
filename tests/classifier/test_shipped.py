"""The bundle that the repository ships."""

import random
import zipfile
from collections.abc import Sequence

import numpy as np
import pytest

from classifier.bundle import FORMAT, Bundle, read_bundle
from classifier.calibration import KINDS
from classifier.datasets.kaggle import read_kaggle
from classifier.engines import Engine, load_engine
from classifier.images import decode
from classifier.labels import load_tree
from classifier.modes import MODES
from classifier.predictor import Prediction, Predictor, Product, load_predictor
from shopify_bot.devstore.drawing import draw_product

from .conftest import ROOT, SHIPPED
from .drawing import jpeg

PHOTOGRAPHS = ROOT.parent / "shared" / "data" / "fashion-product-images-small"
DRAWN = (
    "Tshirts",
    "Jeans",
    "Dresses",
    "Sports Shoes",
    "Handbags",
    "Watches",
    "Sunglasses",
    "Socks",
    "Ties",
    "Ring",
)
EACH = 6
HELD_OUT = 400
LARGEST = 40_000_000
LEAST_LABELS = 88
PLACES = (b"/home/", b"/tmp/", b"/work/", b"/root/", b"/Users/", b"C:\\Users")


@pytest.fixture(scope="module")
def shipped() -> Predictor:
    return load_predictor(SHIPPED, "cpu")


@pytest.fixture(scope="module")
def with_keras(shipped: Predictor) -> Engine:
    return load_engine(shipped.bundle, "cpu", "keras")


@pytest.fixture(scope="module")
def drawings(shipped: Predictor) -> tuple[list[str], np.ndarray]:
    """Labels, and pictures (n, s, s, 3) drawn as those of the local store, from another seed."""
    rng = random.Random(20261)
    labels = [label for label in DRAWN for _ in range(EACH)]
    pictures = [draw_product(label, number % EACH, rng) for number, label in enumerate(labels)]
    return labels, np.stack([decode(jpeg(picture), shipped.bundle.input_size) for picture in pictures])


def test_it_is_whole_small_and_the_only_one(shipped: Predictor):
    assert [entry.name for entry in SHIPPED.parent.iterdir()] == ["fashion"]
    assert sum(file.stat().st_size for file in SHIPPED.iterdir()) < LARGEST
    bundle = read_bundle(SHIPPED)
    assert (FORMAT, bundle.name, bundle.network) == (2, "fashion", "efficientnetb0")
    assert bundle.export
    assert bundle.text
    assert bundle.fusion
    assert shipped.scorer.reads


def test_its_tree_is_the_default_one_and_most_of_it_is_learnt(shipped: Predictor):
    bundle = shipped.bundle
    assert bundle.tree == load_tree()
    assert len(bundle.tree.leaves) >= LEAST_LABELS
    assert len(set(bundle.classes)) == len(bundle.classes) >= LEAST_LABELS


def test_its_card_gives_its_figures(shipped: Predictor):
    card = (SHIPPED / "README.md").read_text(encoding="utf-8")
    evaluation = shipped.bundle.metrics["evaluation"]
    for figures in (evaluation, *evaluation["sources"].values(), *evaluation["languages"].values()):
        for mode in MODES:
            if row := figures[mode]:
                assert f"| {row['items']} | {row['accuracy']} | {row['top4']} |" in card
    for part, count in shipped.bundle.metrics["training"]["pictures"].items():
        assert f"{count} {part}" in card


def test_its_figures_are_of_products_held_out_in_every_mode(shipped: Predictor):
    bundle, evaluation = shipped.bundle, shipped.bundle.metrics["evaluation"]
    assert not bundle.parts.test & (bundle.parts.train | bundle.parts.validation)
    pictures = bundle.metrics["training"]["pictures"]["test"]  # some products have one in each size
    assert 0 < evaluation["items"] <= pictures
    for mode in MODES:
        assert evaluation[mode]["accuracy"] >= 0.75
    assert evaluation["image_and_text"]["accuracy"] >= evaluation["image"]["accuracy"]
    assert set(bundle.calibration.temperatures) == set(KINDS)


def test_no_file_names_a_place_on_a_machine(shipped: Predictor):
    contents = {file.name: file.read_bytes() for file in shipped.bundle.path.iterdir()}
    with zipfile.ZipFile(shipped.bundle.weights) as archive:
        contents |= {name: archive.read(name) for name in archive.namelist()}
    assert not {(name, place) for name, read in contents.items() for place in PLACES if place in read}


def test_both_engines_see_the_same(
    shipped: Predictor, with_keras: Engine, drawings: tuple[list[str], np.ndarray]
):
    assert (shipped.engine.name, with_keras.name) == ("openvino", "keras")
    one, other = shipped.engine.run(drawings[1]), with_keras.run(drawings[1])
    shares, same = (shipped.scorer.probabilities(outputs, None) for outputs in (one, other))
    np.testing.assert_allclose(shares, same, atol=0.03)
    assert np.mean(shares.argmax(axis=1) == same.argmax(axis=1)) >= 0.98
    lengths = np.linalg.norm(one.embeddings, axis=1) * np.linalg.norm(other.embeddings, axis=1)
    assert ((one.embeddings * other.embeddings).sum(axis=1) / lengths).min() > 0.999


@pytest.mark.parametrize("engine", ["openvino", "keras"])
def test_it_knows_the_drawings_of_the_local_store(
    shipped: Predictor, with_keras: Engine, drawings: tuple[list[str], np.ndarray], engine: str
):
    predictor = shipped if engine == "openvino" else Predictor(shipped.bundle, with_keras, shipped.scorer)
    labels, pictures = drawings
    assert share_right(predictor.predict([Product(picture) for picture in pictures]), labels) >= 0.75


def test_a_title_helps(shipped: Predictor, drawings: tuple[list[str], np.ndarray]):
    labels, pictures = drawings
    titles = [f"Men Blue {label}" for label in labels]
    told = [Product(picture, title) for picture, title in zip(pictures, titles, strict=True)]
    both = shipped.predict(told)
    assert share_right(both, labels) >= 0.9
    assert {prediction.kind for prediction in both} == {"image_and_text"}
    alone = shipped.predict([Product(title=title) for title in titles])
    assert share_right(alone, labels) >= 0.75


def test_every_prediction_has_a_category_of_the_tree(shipped: Predictor):
    nothing = Product(np.full((shipped.bundle.input_size,) * 2 + (3,), 255, np.uint8))
    found = shipped.predict([nothing, Product(title="zzz qqq")])
    for prediction in found:
        assert prediction.category in shipped.bundle.tree.categories
        assert not prediction.decides_alone


@pytest.mark.skipif(not PHOTOGRAPHS.is_dir(), reason="needs the Kaggle pictures beside the repository")
def test_it_reaches_three_quarters_on_photographs_it_never_saw(shipped: Predictor):
    bundle: Bundle = shipped.bundle
    held_out = [(e, e.picture) for e in read_kaggle(PHOTOGRAPHS).examples if e.id in bundle.parts.test]
    chosen = [(e, file) for e, file in held_out[:: max(1, len(held_out) // HELD_OUT)] if file]
    assert len(chosen) >= HELD_OUT
    shown = [Product(decode(file.read_bytes(), bundle.input_size)) for _, file in chosen]
    assert share_right(shipped.predict(shown), [e.label for e, _ in chosen]) >= 0.75


def share_right(found: Sequence[Prediction], labels: Sequence[str]) -> float:
    return float(np.mean([one.label == label for one, label in zip(found, labels, strict=True)]))
