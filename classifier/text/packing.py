"""Weights at a byte each, for a bundle that stays small."""

import numpy as np

LEVELS = 127


def pack(matrix: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Return int8 levels of the shape of `matrix`, (rows, columns), and a float32 scale per row.

    Every number is kept within 1/254 of its row's largest.
    """
    scale = (np.maximum(np.abs(matrix).max(axis=1, initial=0), 1e-6) / LEVELS).astype(np.float32)
    return np.rint(matrix / scale[:, None]).astype(np.int8), scale


def unpack(levels: np.ndarray, scale: np.ndarray) -> np.ndarray:
    """Return the float32 matrix that `pack` took."""
    matrix: np.ndarray = levels.astype(np.float32) * scale.astype(np.float32)[:, None]
    return matrix
