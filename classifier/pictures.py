"""A data set decoded once into memory."""

import logging
import os
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from classifier.datasets.example import Example
from classifier.datasets.parallel import in_order
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
    """Decode every picture to a square of `size`; a broken one is left out, logged and named.

    A product without a picture is left out too, and is not broken.
    """
    pictured = [(example, example.picture) for example in examples if example.picture]
    kept: list[Example] = []
    broken: list[str] = []
    pixels = np.empty((len(pictured), size, size, 3), dtype=np.uint8)
    sides = np.empty(len(pictured), dtype=np.int32)
    decoded = in_order(
        lambda path: _decoded(path, size),
        [path for _, path in pictured],
        os.cpu_count() or 1,
        "decoding",
        "picture",
    )
    for (example, path), result in zip(pictured, decoded, strict=True):
        if isinstance(result, str):
            log.warning("left out %s: %s", path, result)
            broken.append(str(path))
            continue
        pixels[len(kept)], sides[len(kept)] = result
        kept.append(example)
    if broken:
        log.warning("%d of %d pictures are broken and left out", len(broken), len(pictured))
    return Pictures(tuple(kept), pixels[: len(kept)], sides[: len(kept)], tuple(broken))


def _decoded(picture: Path, size: int) -> tuple[np.ndarray, int] | str:
    """The pixels and the shorter side of the original, or why there are none."""
    try:
        return decode_with_side(picture.read_bytes(), size)
    except (PictureError, OSError) as error:
        return str(error)
