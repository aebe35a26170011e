"""The table of networks: a backbone, pooled features, one linear head.

The head stays linear on globally pooled features, so that its weights give class activation maps.
"""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from classifier.errors import NoUsableData, UnknownNetwork

if TYPE_CHECKING:
    import keras

IMAGENET = "imagenet"
HEAD = "head"
DROPOUT = 0.1


@dataclass(frozen=True)
class Network:
    """A row of the table.

    `backbone` gets True when the ImageNet weights that Keras publishes are wanted. It makes a model from RGB
    of 0 to 255, shape (n, height, width, 3), which it scales itself, to a feature map.
    """

    name: str
    backbone: Callable[[bool], "keras.Model"]
    published: bool = True


def build_network(name: str, classes: int, weights: str | None = None) -> "keras.Model":
    """Return an untrained classifier that gives logits, shape (n, classes), for float pictures (n, h, w, 3).

    `weights` starts the backbone: "imagenet" fetches what Keras publishes, anything else is a file of weights
    of the backbone without its top. Raises UnknownNetwork, and NoUsableData when the weights do not fit.
    """
    from classifier.backend import keras

    row = _row(name)
    if weights == IMAGENET and not row.published:
        raise NoUsableData(f"Nobody publishes ImageNet weights for {name}; train it from scratch.")
    backbone = row.backbone(weights == IMAGENET)
    if weights and weights != IMAGENET:
        _load(backbone, Path(weights))
    pooled = keras.layers.GlobalAveragePooling2D(name="pooled")(backbone.output)
    dropped = keras.layers.Dropout(DROPOUT, name="dropout")(pooled)
    logits = keras.layers.Dense(classes, dtype="float32", name=HEAD)(dropped)
    return keras.Model(backbone.input, logits, name=name)


def _efficientnetb0(imagenet: bool) -> "keras.Model":
    from classifier.backend import keras

    return keras.applications.EfficientNetB0(include_top=False, weights=IMAGENET if imagenet else None)


def _basic_cnn(_imagenet: bool) -> "keras.Model":
    """Four convolutions: a floor to compare with, and quick to train on little data."""
    from classifier.backend import keras

    pictures = keras.Input((None, None, 3))
    features = keras.layers.Rescaling(1 / 127.5, offset=-1)(pictures)
    for channels in (32, 64, 128, 256):
        features = keras.layers.Conv2D(channels, 3, padding="same", use_bias=False)(features)
        features = keras.layers.BatchNormalization(momentum=0.9)(features)
        features = keras.layers.MaxPooling2D()(keras.layers.Activation("relu")(features))
    return keras.Model(pictures, features)


NETWORKS = {
    row.name: row
    for row in (
        Network("efficientnetb0", _efficientnetb0),
        Network("basic-cnn", _basic_cnn, published=False),
    )
}


def _row(name: str) -> Network:
    if name not in NETWORKS:
        raise UnknownNetwork(f"There is no network {name!r}; choose one of: {', '.join(NETWORKS)}.")
    return NETWORKS[name]


def _load(backbone: "keras.Model", file: Path) -> None:
    try:
        backbone.load_weights(file)
    except (OSError, ValueError) as error:
        raise NoUsableData(
            f"The weights in {file} do not fit {backbone.name} without its top: {error}"
        ) from error
