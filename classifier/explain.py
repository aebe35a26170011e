"""Shows where on a picture a prediction comes from."""

import io
from dataclasses import dataclass

import numpy as np
from PIL import Image

from classifier.engines import Engine
from classifier.occlusion import occlusion_map

HEAT = ((0, 0, 90), (0, 150, 255), (90, 220, 90), (255, 220, 0), (220, 0, 0))
STRONGEST = 0.6


@dataclass(frozen=True)
class HeatMap:
    """`values`, float32 (height, width) from 0 to 1, of the picture's size; `png` lays them over it."""

    values: np.ndarray
    png: bytes


def heat_map(engine: Engine, picture: np.ndarray, place: int, over: np.ndarray | None = None) -> HeatMap:
    """Return what on `picture`, uint8 (s, s, 3), speaks for the class of index `place`.

    The map is laid over `over`, uint8 (height, width, 3), such as the original, by default over the picture.
    Raises IndexError for a class that is not there.
    """
    coarse, ground = occlusion_map(engine, picture, place), picture if over is None else over
    height, width = ground.shape[:2]
    smooth = Image.fromarray(coarse).resize((width, height), Image.Resampling.BICUBIC)
    values = np.clip(np.asarray(smooth, dtype=np.float32), 0, 1)
    return HeatMap(values, _png(_laid_over(ground, values)))


def _laid_over(picture: np.ndarray, values: np.ndarray) -> np.ndarray:
    """Colour by value, and the more opaque the higher it is, so that what does not count stays as it was."""
    stops = np.linspace(0, 1, len(HEAT))
    colours = np.stack([np.interp(values, stops, channel) for channel in zip(*HEAT, strict=True)], axis=-1)
    opacity = STRONGEST * values[..., None]
    return np.rint(picture * (1 - opacity) + colours * opacity).astype(np.uint8)


def _png(pixels: np.ndarray) -> bytes:
    file = io.BytesIO()
    Image.fromarray(pixels).save(file, "PNG")
    return file.getvalue()
