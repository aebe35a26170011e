"""Near-duplicates by picture: the same pose in another colour must not be on both sides of a split."""

from collections.abc import Iterator

import numpy as np
from PIL import Image
from tqdm import tqdm

from classifier.errors import UnreadablePicture
from classifier.images import on_white, open_picture

GRID = 16
SIMILAR = 0.96
CELLS = 2**25


def fingerprint(data: bytes) -> np.ndarray:
    """Return where the grey picture has edges, as a unit vector of 2 * GRID * GRID float32.

    The strength of an edge counts and not its sign, so light on dark equals dark on light. A picture without
    edges gives zeros. Raises UnreadablePicture, PictureTooLarge.
    """
    picture = open_picture(data)
    try:
        picture.draft("L", (4 * GRID, 4 * GRID))
        if picture.mode not in ("L", "RGB"):
            picture = on_white(picture)
        small = picture.convert("L").resize((GRID + 1, GRID + 1), Image.Resampling.BOX)
    except Exception as error:  # a damaged file makes Pillow raise almost anything
        raise UnreadablePicture(f"The picture is damaged and cannot be decoded: {error}") from error
    grey = np.asarray(small, dtype=np.float32)
    across = np.abs(np.diff(grey, axis=1))[:GRID, :]
    down = np.abs(np.diff(grey, axis=0))[:, :GRID]
    edges = np.sqrt(np.concatenate([across.ravel(), down.ravel()]))
    edges -= edges.mean()
    unit: np.ndarray = edges / max(float(np.linalg.norm(edges)), 1e-6)
    return unit


def near_pairs(prints: np.ndarray, similar: float = SIMILAR) -> Iterator[tuple[int, int]]:
    """Yield index pairs (i < j) of fingerprints, shape (n, d), whose cosine is above `similar`.

    All are compared with all, CELLS at a time. On the Kaggle pictures 98 % of the pairs above 0.96 have the
    same label; below 0.95 groups begin to chain.
    """
    chunk = max(1, CELLS // max(len(prints), 1))
    for start in tqdm(range(0, len(prints), chunk), desc="comparing", unit="block", leave=False):
        near = np.argwhere(prints[start : start + chunk] @ prints[start:].T > similar) + start
        yield from ((int(i), int(j)) for i, j in near if i < j)
