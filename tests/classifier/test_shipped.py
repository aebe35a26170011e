"""The bundle that the repository ships."""

import random

import numpy as np
import pytest

from classifier.bundle import MAX_BYTES
from classifier.datasets.kaggle import read_kaggle
from classifier.images import decode
from classifier.labels import load_tree
from classifier.predictor import Prediction, Predictor, load_predictor
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
HELD_OUT = 400


@pytest.fixture(scope="module")
def shipped() -> Predictor:
    return load_predictor(SHIPPED, "cpu")


def test_it_is_whole_small_and_the_only_one(shipped: Predictor):
    assert [entry.name for entry in SHIPPED.parent.iterdir()] == ["fashion"]
    assert sum(file.stat().st_size for file in SHIPPED.iterdir()) < MAX_BYTES
    assert shipped.bundle.name == "fashion"
    assert shipped.bundle.network == "efficientnetb0"
    assert shipped.bundle.tree == load_tree("fashion")
    assert len(shipped.bundle.classes) >= 88


def test_its_card_gives_its_figures_and_no_path_of_a_machine(shipped: Predictor):
    card = (SHIPPED / "README.md").read_text(encoding="utf-8")
    for figures in shipped.bundle.metrics["test_by_source"].values():
        assert str(figures["accuracy"]) in card
    for file in ("README.md", "metrics.json", "bundle.json"):
        text = (SHIPPED / file).read_text(encoding="utf-8")
        assert not any(start in text for start in ("/home/", "/tmp/", "/work/", "/root/"))


def test_it_knows_the_drawings_of_the_local_store(shipped: Predictor):
    rng = random.Random(20261)
    labels = [label for label in DRAWN for _ in range(6)]
    pictures = [draw_product(label, number % 6, rng) for number, label in enumerate(labels)]
    pixels = np.stack([decode(jpeg(picture), shipped.bundle.input_size) for picture in pictures])
    found = shipped.predict(pixels)
    assert share_right(found, labels) >= 0.75


@pytest.mark.skipif(not PHOTOGRAPHS.is_dir(), reason="needs the Kaggle pictures beside the repository")
def test_it_reaches_three_quarters_on_photographs_it_never_saw(shipped: Predictor):
    held_out = [e for e in read_kaggle(PHOTOGRAPHS).examples if e.id in shipped.bundle.parts.test]
    examples = held_out[:: max(1, len(held_out) // HELD_OUT)]
    assert len(examples) >= HELD_OUT
    pixels = np.stack([decode(e.picture.read_bytes(), shipped.bundle.input_size) for e in examples])
    assert share_right(shipped.predict(pixels), [e.label for e in examples]) >= 0.75


def share_right(found: list[Prediction], labels: list[str]) -> float:
    return float(np.mean([one.label == label for one, label in zip(found, labels, strict=True)]))
