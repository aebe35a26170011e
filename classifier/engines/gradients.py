"""Grad-CAM, with the gradient that each backend of Keras has."""

from collections.abc import Callable
from typing import Any

import numpy as np

from classifier.backend import keras
from classifier.engines.activation import scaled
from classifier.errors import NoHeatMap

CHUNK = 8


def grad_cam(network: keras.Model, pictures: np.ndarray, classes: np.ndarray) -> np.ndarray:
    """Return maps, float32 (n, h, w) from 0 to 1, of the classes of indices (n,) for uint8 pictures.

    Raises NoHeatMap for a network without any feature map.
    Source: Selvaraju et al. 2017, Grad-CAM.
    """
    place = _last_feature_map(network)
    before, after = keras.Model(network.input, place), keras.Model(place, network.output)
    rows = []
    for start in range(0, len(pictures), CHUNK):
        part = slice(start, start + CHUNK)
        features = before(pictures[part].astype(np.float32), training=False)
        slopes = _gradient(_total(after, classes[part]), features)
        weights = np.mean(slopes, axis=(1, 2), keepdims=True)
        rows.append(np.maximum((weights * keras.ops.convert_to_numpy(features)).sum(axis=-1), 0))
    return scaled(np.concatenate(rows))


def _last_feature_map(network: keras.Model) -> keras.KerasTensor:
    for layer in reversed(network.layers):
        if len(layer.output.shape) == 4:
            return layer.output
    raise NoHeatMap(f"The network {network.name} has no feature map, so a heat map cannot be drawn.")


def _total(after: keras.Model, classes: np.ndarray) -> Callable[[Any], Any]:
    """The sum of the logits of the classes; pictures do not touch, so its gradient is that of each."""

    def total(features: Any) -> Any:
        chosen = keras.ops.one_hot(classes, after.output.shape[-1])
        return keras.ops.sum(keras.ops.cast(after(features, training=False), "float32") * chosen)

    return total


def _gradient(function: Callable[[Any], Any], at: Any) -> np.ndarray:
    """Return the gradient of a scalar function at a tensor, in the tensor's shape."""
    gradient = {"tensorflow": _in_tensorflow, "jax": _in_jax, "torch": _in_torch}.get(keras.backend.backend())
    if gradient is None:
        raise NoHeatMap(
            f"Keras on {keras.backend.backend()} gives no gradients; use tensorflow, jax or torch."
        )
    return np.asarray(keras.ops.convert_to_numpy(gradient(function, at)))


def _in_tensorflow(function: Callable[[Any], Any], at: Any) -> Any:
    import tensorflow

    with tensorflow.GradientTape() as tape:
        tape.watch(at)
        value = function(at)
    return tape.gradient(value, at)


def _in_jax(function: Callable[[Any], Any], at: Any) -> Any:
    import jax

    return jax.grad(function)(at)


def _in_torch(function: Callable[[Any], Any], at: Any) -> Any:
    import torch

    leaf = at.detach().requires_grad_()
    (gradient,) = torch.autograd.grad(function(leaf), leaf)
    return gradient
