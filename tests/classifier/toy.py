"""Bundles with a network trained in a second, for tests of what runs a bundle."""

import random
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from classifier.bundle import FUSION, TEXT, WEIGHTS, Bundle, Contents, write_bundle
from classifier.calibration import Calibration
from classifier.datasets.split import PartIds
from classifier.fusion import Products, fit_text_and_fusion
from classifier.images import decode
from classifier.labels import load_tree
from classifier.text import clean

from .drawing import SHAPES, draw_shape, jpeg

if TYPE_CHECKING:
    import keras

SIZE = 32


def drawn(count: int, seed: int = 99, size: int = SIZE) -> tuple[np.ndarray, np.ndarray]:
    """Class indices (count,) and pictures (count, size, size, 3)."""
    rng = random.Random(seed)
    labels = [number % len(SHAPES) for number in range(count)]
    pictures = [decode(jpeg(draw_shape(SHAPES[label], rng)), size) for label in labels]
    return np.array(labels), np.array(pictures, dtype=np.uint8).reshape(-1, size, size, 3)


def toy_network(name: str = "basic-cnn") -> "keras.Model":
    from classifier.networks import build_network

    _seed()
    return _fitted(build_network(name, len(SHAPES)))


def darkness_network() -> "keras.Model":
    """Its first class is the darker the picture; the others know nothing."""
    from classifier.backend import keras

    pictures = keras.Input((None, None, 3))
    dark = keras.layers.AveragePooling2D(4)(keras.layers.Rescaling(-1 / 255, offset=1)(pictures))
    pooled = keras.layers.GlobalAveragePooling2D(name="pooled")(dark)
    network = keras.Model(pictures, keras.layers.Dense(len(SHAPES), name="head")(pooled))
    network.get_layer("head").set_weights([np.array([[1, 0, 0]] * 3), np.zeros(3)])
    return network


def write_toy(
    folder: Path, network: "keras.Model", exported: bool = True, titles: Sequence[str] = ()
) -> Bundle:
    """`titles` of the shapes in turn are learnt too."""

    def save(fresh: Path) -> None:
        from classifier.export import export_openvino

        network.save(fresh / WEIGHTS)
        if exported:
            export_openvino(network, SIZE, fresh)
        if titles:
            _save_text(fresh, network, titles)

    contents = Contents(
        network="basic-cnn",
        input_size=SIZE,
        calibration=Calibration(),
        classes=SHAPES,
        tree=load_tree(),
        metrics={},
        parts=PartIds(frozenset(), frozenset(), frozenset()),
        card="A toy.",
    )
    return write_bundle(folder, contents, save)


def _save_text(folder: Path, network: "keras.Model", titles: Sequence[str]) -> None:
    from classifier.engines.answers import answering

    labels, pictures = drawn(len(titles), seed=2)
    answers = answering(network, SIZE).predict_on_batch(pictures)
    texts = [clean(title) for title in titles]
    products = Products(texts, labels, answers["logits"], answers["embeddings"])
    model, fusion = fit_text_and_fusion(products, products, SHAPES)
    model.save(folder / TEXT)
    fusion.save(folder / FUSION)


def _fitted(network: "keras.Model") -> "keras.Model":
    from classifier.backend import keras

    labels, pictures = drawn(192, seed=1)
    loss = keras.losses.SparseCategoricalCrossentropy(from_logits=True)
    network.compile(keras.optimizers.Adam(3e-3), loss)
    network.fit(pictures.astype(np.float32), labels, batch_size=16, epochs=10, verbose=0)
    return keras.Model(network.input, network.output, name="toy")


def _seed() -> None:
    from classifier.backend import keras

    keras.utils.set_random_seed(0)
