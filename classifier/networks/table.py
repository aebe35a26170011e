"""The table of networks: a backbone, pooled features, one linear head.

The head stays linear on globally pooled features, so that its weights give class activation maps.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from classifier.errors import NoUsableData, UnknownNetwork
from classifier.networks import convolutional, published, transformer
from classifier.networks.start import IMAGENET, LITE0, start

if TYPE_CHECKING:
    import keras

HEAD = "head"
POOLED = "pooled"
DROPOUT = 0.1


@dataclass(frozen=True)
class Network:
    """A row of the table.

    `backbone` gets True when the ImageNet weights that Keras publishes are wanted. It makes a model from RGB
    of 0 to 255, shape (n, height, width, 3), which it scales itself, to a feature map (n, rows, columns, d).
    Pictures may have any side from `least_side` pixels on. `starts` are the words that `--weights` takes.
    """

    name: str
    backbone: Callable[[bool], "keras.Model"]
    starts: tuple[str, ...] = (IMAGENET,)
    least_side: int = 32


NETWORKS = {
    row.name: row
    for row in (
        Network("efficientnetb0", published.efficientnetb0, starts=(IMAGENET, LITE0)),
        Network("efficientnetv2b0", published.efficientnetv2b0),
        Network("basic-cnn", convolutional.basic, starts=()),
        Network("residual-cnn", convolutional.residual, starts=()),
        Network("vgg16", published.vgg16),
        Network("resnet50", published.resnet50),
        Network("inceptionv3", published.inceptionv3, least_side=75),
        Network("vit", transformer.vit, starts=()),
    )
}


def build_network(
    name: str, classes: int, weights: str | None = None, size: int | None = None
) -> "keras.Model":
    """Return an untrained classifier that gives logits, shape (n, classes), for float pictures (n, h, w, 3).

    Its layer POOLED gives the embedding, HEAD the logits. `weights` starts the backbone: "imagenet" fetches
    what Keras publishes, "lite0" takes the ImageNet weights of EfficientNet-Lite0 that an extra installs,
    anything else is a file of weights of the backbone without its top. `size` is the smallest side in pixels
    of the pictures to come, where it is known.

    Raises UnknownNetwork, NoUsableData when the weights or the size do not fit, and WeightsUnavailable.
    """
    from classifier.backend import keras

    row = _row(name)
    _check_size(row, size)
    backbone = start(row.name, row.backbone, row.starts, weights)
    pooled = keras.layers.GlobalAveragePooling2D(name=POOLED)(backbone.output)
    dropped = keras.layers.Dropout(DROPOUT, name="dropout")(pooled)
    logits = keras.layers.Dense(classes, dtype="float32", name=HEAD)(dropped)
    return keras.Model(backbone.input, logits, name=name)


def _row(name: str) -> Network:
    if name not in NETWORKS:
        raise UnknownNetwork(f"There is no network {name!r}; choose one of: {', '.join(NETWORKS)}.")
    return NETWORKS[name]


def _check_size(row: Network, size: int | None) -> None:
    if size is not None and size < row.least_side:
        raise NoUsableData(
            f"{row.name} needs pictures of {row.least_side} px or more, not {size} px; "
            f"give a larger --size or another --network."
        )
