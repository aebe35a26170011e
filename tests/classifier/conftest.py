"""A data set and a bundle trained on it, made once for all tests of the classifier."""

from pathlib import Path

import pytest

from classifier.bundle import Bundle
from classifier.labels import load_tree
from classifier.predictor import Predictor, load_predictor
from classifier.recipe import Recipe

from .drawing import SHAPES, write_data
from .toy import toy_network, write_toy

ROOT = Path(__file__).resolve().parents[2]
SHIPPED = ROOT / "models" / "fashion"
QUICK = Recipe(network="basic-cnn", epochs=5, size=32, batch=8, learning_rate=3e-3)


@pytest.fixture(scope="session")
def shapes(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_data(tmp_path_factory.mktemp("data") / "shapes", SHAPES * 100)


@pytest.fixture(scope="session")
def trained(shapes: Path, tmp_path_factory: pytest.TempPathFactory) -> Bundle:
    from classifier.train import train

    return train([shapes], tmp_path_factory.mktemp("trained") / "shapes", QUICK, load_tree())


@pytest.fixture(scope="session")
def predictor(trained: Bundle) -> Predictor:
    return load_predictor(trained.path, "cpu")


@pytest.fixture(scope="session")
def toy(tmp_path_factory: pytest.TempPathFactory) -> Bundle:
    """A bundle with the export and without text."""
    return write_toy(tmp_path_factory.mktemp("toy") / "toy", toy_network())


@pytest.fixture(scope="session")
def reading(toy: Bundle, tmp_path_factory: pytest.TempPathFactory) -> Bundle:
    """The same network beside text and fusion."""
    from classifier.backend import keras

    network = keras.saving.load_model(toy.weights, compile=False)
    titles = [f"A {shape} of kind {number}" for number in range(20) for shape in SHAPES]
    return write_toy(tmp_path_factory.mktemp("reading") / "reading", network, titles=titles)
