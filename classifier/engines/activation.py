"""Class activation maps of a network whose head is linear on pooled features."""

import numpy as np


def class_activation(features: np.ndarray, kernel: np.ndarray, classes: np.ndarray) -> np.ndarray:
    """Return maps, float32 (n, h, w) from 0 to 1, of the classes of indices (n,).

    `features` is the last feature map (n, h, w, d), `kernel` the head's weights (d, classes).
    Source: Zhou et al. 2016, Learning Deep Features for Discriminative Localization.
    """
    return scaled(np.einsum("nhwd,dn->nhw", features, kernel[:, classes]))


def scaled(maps: np.ndarray) -> np.ndarray:
    """Return each map of (n, h, w) stretched to 0..1; one without any difference becomes zero."""
    low, high = (side(maps, axis=(1, 2), keepdims=True) for side in (np.min, np.max))
    stretched: np.ndarray = ((maps - low) / np.maximum(high - low, 1e-12)).astype(np.float32)
    return stretched
