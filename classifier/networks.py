"""The table of networks: a backbone, pooled features, one linear head.

The head stays linear on globally pooled features, so that its weights give class activation maps.
"""

from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from classifier.errors import NoUsableData, UnknownNetwork

if TYPE_CHECKING:
    import keras

IMAGENET = "imagenet"
HEAD = "head"
DROPOUT = 0.1


@dataclass(frozen=True)
class Network:
    """A row of the table: which function of `keras.applications` makes the backbone, and with what options.

    Every backbone takes RGB from 0 to 255, shape (n, height, width, 3), and scales it itself.
    """

    name: str
    application: str
    options: dict[str, Any] = field(default_factory=dict)


NETWORKS = {row.name: row for row in (Network("efficientnetb0", "EfficientNetB0"),)}


def build_network(name: str, classes: int, weights: str | None = None) -> "keras.Model":
    """Return an untrained classifier that gives logits, shape (n, classes), for float pictures (n, h, w, 3).

    `weights` starts the backbone: "imagenet" fetches what Keras publishes, anything else is a file of weights
    of the backbone without its top. Raises UnknownNetwork, and NoUsableData when the file does not fit.
    """
    import keras

    row = _row(name)
    backbone = getattr(keras.applications, row.application)(
        include_top=False, weights=IMAGENET if weights == IMAGENET else None, **row.options
    )
    if weights and weights != IMAGENET:
        _load(backbone, Path(weights))
    pooled = keras.layers.GlobalAveragePooling2D(name="pooled")(backbone.output)
    dropped = keras.layers.Dropout(DROPOUT, name="dropout")(pooled)
    logits = keras.layers.Dense(classes, dtype="float32", name=HEAD)(dropped)
    return keras.Model(backbone.input, logits, name=name)


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
