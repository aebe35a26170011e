"""What runs a trained network."""

from typing import Literal, Protocol

import numpy as np

Device = Literal["auto", "cpu", "gpu"]


class Engine(Protocol):
    """Takes pictures as `classifier.images.decode` makes them and answers with calibrated probabilities."""

    @property
    def input_size(self) -> int:
        """Side of the pictures in pixels."""

    def probabilities(self, pictures: np.ndarray) -> np.ndarray:
        """Return float32 (n, classes), rows summing to one, for uint8 RGB pictures (n, size, size, 3)."""
