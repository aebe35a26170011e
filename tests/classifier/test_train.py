import dataclasses
from collections import Counter
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from classifier.augment import Augmentation, augment
from classifier.bundle import Bundle, read_bundle
from classifier.datasets.layouts import read_folders
from classifier.engines import load_engine
from classifier.errors import NoUsableData
from classifier.labels import load_tree
from classifier.networks import NETWORKS, build_network
from classifier.predictor import Predictor
from classifier.progress import Progress
from classifier.recipe import Recipe

from .conftest import QUICK
from .drawing import SHAPES, write_data

PNG = b"\x89PNG"


def test_a_training_learns_what_is_to_be_seen(trained: Bundle):
    assert trained.classes == ("Shirts", "Ties", "Watches")
    assert trained.metrics["evaluation"]["image"]["accuracy"] >= 0.75
    first, *_, last = trained.metrics["training"]["epochs"]
    assert last["loss"] < first["loss"]


def test_the_bundle_says_how_it_came_about(trained: Bundle, shapes: Path):
    training = trained.metrics["training"]
    assert training["recipe"]["seed"] == QUICK.seed
    assert sum(training["pictures"].values()) == len(read_folders([shapes]))
    assert set(trained.metrics["evaluation"]["sources"]) == {"shapes"}
    card = (trained.path / "README.md").read_text()
    assert "classifier train --data shapes --network basic-cnn --epochs 5 --size 32 --batch 8" in card
    assert str(trained.metrics["evaluation"]["image"]["accuracy"]) in card
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
    assert resumed.metrics["evaluation"]["sources"]["shapes"]["image"]["accuracy"] >= 0.6
    assert "--resume stage-1/resumed" in (resumed.path / "README.md").read_text()


def test_the_same_seed_gives_the_same_training_pictures():
    from classifier.batches import TrainingBatches
    from classifier.pictures import Pictures
    from classifier.targets import Targets

    pixels = np.random.default_rng(0).integers(0, 256, (9, 40, 40, 3), dtype=np.uint8)
    pictures = Pictures((), pixels, np.full(9, 300))
    targets, weights = Targets(np.arange(9) % 3, 3), np.array([1.0, 2.0, 3.0])
    one, same, other = (
        TrainingBatches(pictures, targets, weights, 32, 4, seed, Augmentation())
        for seed in ((1, 0), (1, 0), (1, 1))
    )
    assert len(one) == 2
    for left, right in zip(one[1], same[1], strict=True):
        np.testing.assert_array_equal(left, right)
    assert not np.array_equal(one[1][0], other[1][0])
    inputs, wanted, weighed = one[0]
    assert inputs.shape == (4, 32, 32, 3)
    np.testing.assert_array_equal(weighed, weights[wanted.argmax(axis=1)])


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
    engine = load_engine(stopped, "cpu")
    assert engine.run(np.zeros((1, 32, 32, 3), np.uint8)).logits.shape == (1, 3)


def test_the_best_epoch_is_kept_and_not_the_last(trained: Bundle, predictor: Predictor, shapes: Path):
    from classifier.pictures import decode_all

    training = trained.metrics["training"]
    scores = [row["validation"]["accuracy"] + row["validation"]["macro_f1"] for row in training["epochs"]]
    kept = training["epochs"][training["kept_epoch"] - 1]
    assert training["kept_epoch"] == int(np.argmax(scores)) + 1
    held_out = [e for e in read_folders([shapes]) if e.id in trained.parts.validation]
    pictures = decode_all(held_out, trained.input_size)
    guesses = np.array(trained.classes)[predictor.engine.run(pictures.pixels).logits.argmax(axis=1)]
    right = guesses == np.array([example.label for example in pictures.examples])
    assert right.mean() == pytest.approx(kept["validation"]["accuracy"], abs=0.04)


def test_the_bundle_has_its_charts(trained: Bundle):
    for name in ("curves.png", "confusion.png"):
        assert (trained.path / name).read_bytes().startswith(PNG)
        assert f"({name})" in (trained.path / "README.md").read_text()
    assert not (trained.path / "samples.png").exists(), "a bundle shows nobody's pictures"


SHORT = dataclasses.replace(QUICK, epochs=1)


@pytest.fixture(scope="module")
def few(tmp_path_factory: pytest.TempPathFactory) -> Any:
    from classifier.prepare import prepare

    folder = write_data(tmp_path_factory.mktemp("few") / "drawings-few", SHAPES * 25, seed=3)
    return prepare([folder], load_tree(), QUICK.seed)


def weights_of(bundle: Bundle) -> list[np.ndarray]:
    from classifier.backend import keras

    return keras.saving.load_model(bundle.weights, compile=False).get_weights()


def test_the_same_seed_gives_the_same_network(few: Any, tmp_path: Path):
    from classifier.train import train_on

    recipe = dataclasses.replace(SHORT, dropout=1.0)
    one, same = (weights_of(train_on(few, tmp_path / name, recipe)) for name in ("one", "same"))
    for left, right in zip(one, same, strict=True):
        np.testing.assert_allclose(left, right, rtol=0, atol=1e-6)


def test_the_head_learns_first_and_alone(few: Any, tmp_path: Path):
    from classifier.train import train_on

    recipe = dataclasses.replace(SHORT, head_epochs=2)
    bundle = train_on(few, tmp_path / "headed", recipe)
    epochs = bundle.metrics["training"]["epochs"]
    assert [row["head_only"] for row in epochs] == [True, True, False]
    assert epochs[0]["learning_rate"] == epochs[1]["learning_rate"]
    assert (bundle.path / "samples.png").read_bytes().startswith(PNG), "the project's own may be shown"


def test_only_the_head_moves_while_it_learns_alone():
    from classifier.ready import compile_head, compile_whole, ready_network

    model = ready_network(QUICK, 3, None)
    before = [weights.copy() for weights in model.get_weights()]
    compile_head(model, QUICK)
    pictures = np.random.default_rng(0).uniform(0, 255, (8, 32, 32, 3)).astype(np.float32)
    targets = np.eye(3, dtype=np.float32)[np.arange(8) % 3]
    model.train_on_batch(pictures, targets)
    moved = [not np.array_equal(old, new) for old, new in zip(before, model.get_weights(), strict=True)]
    assert moved == [False] * (len(moved) - 2) + [True, True]
    compile_whole(model, QUICK, 10, resumed=False)
    for _ in range(2):  # the rate starts from nothing
        model.train_on_batch(pictures, targets)
    assert not np.array_equal(before[0], model.get_weights()[0])


def test_the_head_goes_first_only_where_the_backbone_already_sees():
    assert Recipe().heads(resumed=False) == 0
    assert Recipe(weights="imagenet").heads(resumed=False) == 1
    assert Recipe(weights="some.weights.h5").heads(resumed=False) == 1
    assert Recipe(weights="lite0").heads(resumed=False) == 0
    assert Recipe(weights="imagenet").heads(resumed=True) == 0
    assert Recipe(weights="imagenet", head_epochs=3).heads(resumed=False) == 3


def test_pictures_never_get_too_small_for_the_network():
    assert Recipe(network="inceptionv3", epochs=3, size=96).sizes(resumed=False) == (96,) * 3


def test_a_network_trained_in_16_bits_is_kept_in_32(few: Any, tmp_path: Path):
    from classifier.backend import keras
    from classifier.ready import MIXED, ready_network
    from classifier.train import train_on

    recipe = dataclasses.replace(SHORT, mixed=True)
    model = ready_network(recipe, 3, None)
    assert model.dtype_policy.name == MIXED
    assert model.get_layer("head").compute_dtype == "float32"
    assert keras.config.dtype_policy().name == "float32"
    bundle = train_on(few, tmp_path / "mixed", recipe)
    kept = keras.saving.load_model(bundle.weights, compile=False)
    assert {layer.dtype_policy.name for layer in kept.layers} == {"float32"}
    assert np.isfinite(kept.predict_on_batch(np.zeros((1, 32, 32, 3), np.float32))).all()


def test_the_rate_falls_on_a_plateau_whatever_the_precision():
    from classifier.ready import compile_whole, ready_network, slow_down

    for mixed in (False, True):
        recipe = dataclasses.replace(QUICK, schedule="plateau", mixed=mixed)
        model = ready_network(recipe, 3, None)
        compile_whole(model, recipe, 10, resumed=False)
        slow_down(model)
        assert float(model.optimizer.learning_rate) == pytest.approx(3e-3 * 0.3)


def test_progress_tells_best_plateau_and_end():
    progress = Progress()
    losses = (1.0, 0.8, 0.9, 0.9, 0.7, float("nan"))
    scores = (1.0, 1.5, 1.6, 1.2, 1.6, 0.0)
    better = [progress.better(score, loss) for score, loss in zip(scores[:4], losses[:4], strict=True)]
    assert better == [True, True, True, False]
    assert progress.waited == 2
    assert progress.on_plateau
    assert progress.over(2)
    assert not progress.over(3)
    assert not progress.over(0)
    assert not progress.better(scores[4], losses[4])
    assert progress.waited == 0
    assert not progress.on_plateau
    progress.better(scores[5], losses[5])
    assert progress.waited == 1


def test_a_training_that_gets_worse_ends_early(few: Any, tmp_path: Path):
    from classifier.train import train_on

    recipe = dataclasses.replace(QUICK, epochs=12, patience=1, learning_rate=30.0, schedule="plateau")
    training = train_on(few, tmp_path / "worse", recipe).metrics["training"]
    assert len(training["epochs"]) < 12


def test_a_cap_leaves_at_most_so_many_pictures_of_each_label(tmp_path: Path):
    from classifier.prepare import prepare

    folder = write_data(tmp_path / "many", ["Watches"] * 60 + ["Shirts"] * 20)
    data = prepare([folder], load_tree(), 0, cap=10)
    assert Counter(example.label for example in data.split.train) == {"Watches": 10, "Shirts": 10}


def test_shapes_are_the_labels(shapes: Path):
    assert {e.label for e in read_folders([shapes])} == set(SHAPES)
