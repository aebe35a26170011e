"""Hands weights to a layer so that it computes with them at once."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    import keras


def copy_weights(layer: "keras.Layer", weights: Sequence[np.ndarray]) -> None:
    """As `layer.set_weights`, which leaves a Normalization layer computing with what it was built with."""
    from classifier.backend import keras

    layer.set_weights(list(weights))
    if isinstance(layer, keras.layers.Normalization):
        layer.finalize_state()


def scaling_layer(backbone: "keras.Model") -> "keras.Layer":
    """Return the Normalization layer of a backbone; Keras numbers its name."""
    from classifier.backend import keras

    return next(layer for layer in backbone.layers if isinstance(layer, keras.layers.Normalization))
