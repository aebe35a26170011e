"""A data set decoded once into memory."""

import logging
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from tqdm import tqdm

from classifier.datasets.example import Example
from classifier.errors import PictureError
from classifier.images import decode_with_side

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Pictures:
    """Examples with their pixels, uint8 (n, size, size, 3), and the shorter side of each original."""

    examples: tuple[Example, ...]
    pixels: np.ndarray
    sides: np.ndarray
    broken: tuple[str, ...] = ()


def decode_all(examples: Sequence[Example], size: int) -> Pictures:
    """Decode every picture to a square of `size`; a broken one is left out, logged and named."""
    kept: list[Example] = []
    broken: list[str] = []
    pixels = np.empty((len(examples), size, size, 3), dtype=np.uint8)
    sides = np.empty(len(examples), dtype=np.int32)
    for example in tqdm(examples, desc="decoding", unit="picture", leave=False):
        try:
            pixels[len(kept)], sides[len(kept)] = decode_with_side(example.picture.read_bytes(), size)
        except (PictureError, OSError) as error:
            log.warning("left out %s: %s", example.picture, error)
            broken.append(str(example.picture))
            continue
        kept.append(example)
    return Pictures(tuple(kept), pixels[: len(kept)], sides[: len(kept)], tuple(broken))
