"""Random changes to a training picture that leave its label true."""

from dataclasses import dataclass

import numpy as np
from PIL import Image

SHARP_SIDE = 120
LEAST_SIDE = 40


@dataclass(frozen=True)
class Augmentation:
    """How far each change may go; the defaults suit product photographs on plain ground."""

    shift: float = 0.06
    zoom: float = 0.08
    brightness: float = 0.1
    contrast: float = 0.1
    erase: float = 0.05
    degrade: float = 0.4


def augment(
    pixels: np.ndarray, size: int, side: int, rng: np.random.Generator, strength: Augmentation
) -> np.ndarray:
    """Return a changed copy of `pixels`, uint8 (s, s, 3), as float32 (size, size, 3) from 0 to 255.

    `side` is the shorter side of the original: a sharp one is made coarse at random, since stores serve both.
    """
    picture = Image.fromarray(pixels)
    if side >= SHARP_SIDE and rng.random() < strength.degrade:
        picture = _coarse(picture, rng)
    if rng.random() < 0.5:
        picture = picture.transpose(Image.Transpose.FLIP_LEFT_RIGHT)
    changed = np.asarray(_moved(picture, size, rng, strength), dtype=np.float32)
    changed = _lit(changed, rng, strength)
    if rng.random() < strength.erase:
        _erase(changed, rng)
    return changed


def _coarse(picture: Image.Image, rng: np.random.Generator) -> Image.Image:
    width, height = picture.size
    less = int(rng.integers(LEAST_SIDE, max(LEAST_SIDE + 1, width)))
    return picture.resize((less, less), Image.Resampling.BILINEAR).resize(
        (width, height), Image.Resampling.BILINEAR
    )


def _moved(picture: Image.Image, size: int, rng: np.random.Generator, strength: Augmentation) -> Image.Image:
    """Cut a random box, each side by itself, which also stretches; what lies outside repeats the border."""
    side = picture.width
    margin = int(side * (strength.shift + strength.zoom)) + 1
    padded = Image.fromarray(np.pad(np.asarray(picture), ((margin,) * 2, (margin,) * 2, (0, 0)), mode="edge"))
    extent = side * rng.uniform(1 - strength.zoom, 1 + strength.zoom, 2)
    corner = margin + (side - extent) / 2 + side * rng.uniform(-strength.shift, strength.shift, 2)
    low = np.clip(corner, 0, padded.width)
    high = np.clip(corner + extent, 0, padded.width)
    box = (float(low[0]), float(low[1]), float(high[0]), float(high[1]))
    return padded.resize((size, size), Image.Resampling.BILINEAR, box=box)


def _lit(pixels: np.ndarray, rng: np.random.Generator, strength: Augmentation) -> np.ndarray:
    contrast = 1 + rng.uniform(-strength.contrast, strength.contrast)
    brightness = 255 * rng.uniform(-strength.brightness, strength.brightness) / 2
    lit: np.ndarray = np.clip((pixels - 128) * contrast + 128 + brightness, 0, 255)
    return lit


def _erase(pixels: np.ndarray, rng: np.random.Generator) -> None:
    size = pixels.shape[0]
    height, width = rng.integers(size // 8, max(size // 8 + 1, size // 3), 2)
    top, left = rng.integers(0, size - height), rng.integers(0, size - width)
    pixels[top : top + height, left : left + width] = rng.uniform(0, 255, 3)
