"""Weights that AdaGrad moves."""

import numpy as np

FIRST_SQUARE = 1e-8
LAST_SHARE = 0.02


class Adaptive:
    """Weights of zeros; each moves by the rate over the root of the sum of its squared slopes so far."""

    def __init__(self, *shape: int) -> None:
        self.weights = np.zeros(shape, dtype=np.float32)
        self._squares = np.full(shape, FIRST_SQUARE, dtype=np.float32)

    def move(self, slope: np.ndarray, rate: float, places: np.ndarray | slice = slice(None)) -> None:
        """Move the rows at `places`, all of them unless told; the others cost nothing."""
        squares = self._squares[places] + slope**2
        self._squares[places] = squares
        self.weights[places] -= rate * slope / np.sqrt(squares)


def falling(rate: float, epoch: int, epochs: int) -> float:
    """Return the rate of an epoch, from `rate` along a cosine to nearly nothing."""
    return float(rate * (LAST_SHARE + 0.5 * (1 + np.cos(np.pi * epoch / epochs))))
