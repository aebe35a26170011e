import dataclasses
from pathlib import Path

import numpy as np
import pytest

from classifier.augment import Augmentation, augment
from classifier.bundle import Bundle, read_bundle
from classifier.datasets.layouts import read_folders
from classifier.errors import NoUsableData, UnknownNetwork
from classifier.labels import load_tree
from classifier.networks import NETWORKS, build_network
from classifier.predictor import Predictor, load_predictor
from classifier.recipe import Recipe

from .conftest import QUICK
from .drawing import SHAPES, write_data


def test_a_training_learns_what_is_to_be_seen(trained: Bundle):
    assert trained.classes == ("Shirts", "Ties", "Watches")
    assert trained.metrics["test"]["accuracy"] >= 0.75
    first, *_, last = trained.metrics["training"]["epochs"]
    assert last["loss"] < first["loss"]


def test_the_bundle_says_how_it_came_about(trained: Bundle, shapes: Path):
    training = trained.metrics["training"]
    assert training["recipe"]["seed"] == QUICK.seed
    assert sum(training["pictures"].values()) == len(read_folders([shapes]))
    assert set(trained.metrics["test_by_source"]) == {"shapes"}
    card = (trained.path / "README.md").read_text()
    assert "classifier train --data shapes --network basic-cnn --epochs 5 --size 32 --batch 8" in card
    assert str(trained.metrics["test"]["accuracy"]) in card
    assert str(shapes.parent) not in card


def test_test_products_were_not_trained_on(trained: Bundle):
    parts = trained.parts
    assert parts.test
    assert parts.validation
    assert not parts.test & parts.train
    assert not parts.test & parts.validation


def test_a_resumed_training_goes_on_and_learns_a_new_label(trained: Bundle, shapes: Path, tmp_path: Path):
    from classifier.train import train

    more = write_data(tmp_path / "more", ["Belts"] * 30, seed=5, first_id=1000)
    recipe = dataclasses.replace(QUICK, epochs=1, learning_rate=1e-4)
    resumed = train([shapes, more], tmp_path / "resumed", recipe, load_tree(), trained)
    assert resumed.classes == (*trained.classes, "Belts")
    for part, ids in vars(trained.parts).items():
        assert getattr(resumed.parts, part) >= ids
    assert resumed.metrics["training"]["resumed_from"] == trained.version
    assert resumed.metrics["test_by_source"]["shapes"]["accuracy"] >= 0.6
    assert "--resume stage-1/resumed" in (resumed.path / "README.md").read_text()


def test_the_same_seed_gives_the_same_training_pictures():
    from classifier.batches import TrainingBatches
    from classifier.pictures import Pictures

    pixels = np.random.default_rng(0).integers(0, 256, (9, 40, 40, 3), dtype=np.uint8)
    pictures = Pictures((), pixels, np.full(9, 300))
    labels, weights = np.arange(9) % 3, np.array([1.0, 2.0, 3.0])
    one, same, other = (
        TrainingBatches(pictures, labels, weights, 32, 4, seed, Augmentation())
        for seed in ((1, 0), (1, 0), (1, 1))
    )
    assert len(one) == 2
    for left, right in zip(one[1], same[1], strict=True):
        np.testing.assert_array_equal(left, right)
    assert not np.array_equal(one[1][0], other[1][0])
    inputs, targets, weighed = one[0]
    assert inputs.shape == (4, 32, 32, 3)
    np.testing.assert_array_equal(weighed, weights[targets.argmax(axis=1)])


def test_augmenting_keeps_range_and_size():
    rng = np.random.default_rng(0)
    pixels = rng.integers(0, 256, (46, 46, 3), dtype=np.uint8)
    strong = Augmentation(brightness=1.0, contrast=1.0, erase=1.0, degrade=1.0)
    for _ in range(20):
        changed = augment(pixels, 40, 400, rng, strong)
        assert changed.shape == (40, 40, 3)
        assert 0 <= changed.min() <= changed.max() <= 255


def test_coarse_pictures_come_first_and_never_when_resumed():
    assert Recipe(epochs=6, size=96).sizes(resumed=False) == (64, 64, 64, 64, 96, 96)
    assert Recipe(epochs=2, size=96).sizes(resumed=True) == (96, 96)
    assert Recipe(epochs=3, size=32).sizes(resumed=False) == (32, 32, 32)


def test_efficientnetb0_is_the_first_network_and_has_a_linear_head():
    assert next(iter(NETWORKS)) == "efficientnetb0"
    model = build_network("efficientnetb0", 7)
    assert model.output_shape == (None, 7)
    assert model.get_layer("head").get_weights()[0].shape == (1280, 7)
    assert 4.0e6 < model.count_params() < 4.2e6


def test_weights_of_a_backbone_are_taken_over(tmp_path: Path):
    build_network("basic-cnn", 2).save_weights(tmp_path / "whole.weights.h5")
    backbone = NETWORKS["basic-cnn"].backbone(False)
    backbone.save_weights(tmp_path / "backbone.weights.h5")
    model = build_network("basic-cnn", 2, str(tmp_path / "backbone.weights.h5"))
    for mine, theirs in zip(model.get_weights(), backbone.get_weights(), strict=False):
        np.testing.assert_array_equal(mine, theirs)


@pytest.mark.filterwarnings("ignore:Skipping nested container")
def test_weights_that_do_not_fit_are_refused(tmp_path: Path):
    NETWORKS["basic-cnn"].backbone(False).save_weights(tmp_path / "cnn.weights.h5")
    with pytest.raises(NoUsableData, match="do not fit"):
        build_network("efficientnetb0", 2, str(tmp_path / "cnn.weights.h5"))
    with pytest.raises(NoUsableData, match="do not fit"):
        build_network("basic-cnn", 2, str(tmp_path / "missing.weights.h5"))
    with pytest.raises(NoUsableData, match="from scratch"):
        build_network("basic-cnn", 2, "imagenet")


def test_an_unknown_network_is_refused_with_the_names_there_are():
    with pytest.raises(UnknownNetwork, match="efficientnetb0"):
        build_network("perceptron", 2)


def test_a_stopped_training_leaves_a_bundle(
    shapes: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, predictor: Predictor
):
    from classifier import train as training

    write = training.write_bundle

    def write_once(*arguments: object) -> Bundle:
        write(*arguments)  # type: ignore[arg-type]
        raise KeyboardInterrupt

    monkeypatch.setattr(training, "write_bundle", write_once)
    with pytest.raises(KeyboardInterrupt):
        training.train([shapes], tmp_path / "stopped", QUICK, load_tree())
    stopped = read_bundle(tmp_path / "stopped")
    assert stopped.classes == predictor.bundle.classes
    assert len(stopped.metrics["training"]["epochs"]) == 1
    assert "Not yet measured" in (stopped.path / "README.md").read_text()
    assert load_predictor(stopped.path, "cpu").predict(np.zeros((1, 32, 32, 3), np.uint8))[0].confidence > 0


def test_shapes_are_the_labels(shapes: Path):
    assert {e.label for e in read_folders([shapes])} == set(SHAPES)
