"""What runs a trained network."""

from dataclasses import dataclass
from typing import Literal, Protocol

import numpy as np

Device = Literal["auto", "cpu", "gpu"]
EngineName = Literal["auto", "keras", "openvino"]
LOGITS, EMBEDDINGS = "logits", "embeddings"


@dataclass(frozen=True)
class Outputs:
    """A network's answers: logits, float32 (n, classes), and embeddings, float32 (n, d)."""

    logits: np.ndarray
    embeddings: np.ndarray


class Engine(Protocol):
    """Takes pictures as `classifier.images.decode` makes them; any number of them at once.

    Other shapes than (n, input_size, input_size, 3) are refused with ValueError. Threads may share an engine.
    """

    @property
    def input_size(self) -> int:
        """Side of the pictures in pixels."""

    @property
    def name(self) -> str:
        """Either "keras" or "openvino"."""

    def run(self, pictures: np.ndarray) -> Outputs:
        """Return logits and embeddings of uint8 RGB pictures."""


def check_shape(pictures: np.ndarray, size: int) -> None:
    """Raise ValueError unless the pictures have the shape (n, size, size, 3)."""
    if pictures.shape[1:] != (size, size, 3):
        raise ValueError(f"pictures of shape {pictures.shape}; expected (n, {size}, {size}, 3)")
