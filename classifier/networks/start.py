"""What a backbone knows before it is trained: nothing, published weights, or a file."""

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from classifier.errors import NoUsableData, WeightsUnavailable

if TYPE_CHECKING:
    import keras

IMAGENET = "imagenet"
LITE0 = "lite0"


def start(
    name: str, backbone: Callable[[bool], "keras.Model"], starts: Sequence[str], weights: str | None
) -> "keras.Model":
    """Return the backbone of network `name` with the weights asked for; `starts` are the words it takes.

    Raises NoUsableData when the weights do not fit it, WeightsUnavailable when they are not to be had.
    """
    if weights in (IMAGENET, LITE0) and weights not in starts:
        raise NoUsableData(
            f"There are no weights {weights!r} for {name}; train it from scratch or give a file."
        )
    if weights == IMAGENET:
        return _fetched(name, backbone)
    built = backbone(False)
    if weights == LITE0:
        from classifier.networks.lite0 import take_lite0

        take_lite0(built)
    elif weights:
        _load(built, Path(weights))
    return built


def _fetched(name: str, backbone: Callable[[bool], "keras.Model"]) -> "keras.Model":
    try:
        return backbone(True)
    except Exception as error:  # Keras raises a bare Exception when it cannot fetch
        raise WeightsUnavailable(
            f"The ImageNet weights of {name} cannot be fetched ({error}). Connect to the internet, give a "
            "file with --weights, or leave --weights out to train from scratch."
        ) from error


def _load(backbone: "keras.Model", file: Path) -> None:
    try:
        backbone.load_weights(file)
    except (OSError, ValueError) as error:
        raise NoUsableData(
            f"The weights in {file} do not fit {backbone.name} without its top: {error}"
        ) from error
