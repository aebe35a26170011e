"""What a network is trained towards: the labels, or the labels mixed with a teacher's opinion."""

from collections.abc import Sequence

import numpy as np
from PIL import Image
from tqdm import tqdm

from classifier.bundle import Bundle
from classifier.engines import load_engine
from classifier.errors import NoUsableData
from classifier.pictures import Pictures

TEMPERATURE = 2.0
CHUNK = 256


class Targets:
    """Rows of target probabilities, float32 (n, classes): one-hot, or in part a teacher's opinion."""

    def __init__(
        self, labels: np.ndarray, classes: int, opinions: np.ndarray | None = None, weight: float = 0.0
    ) -> None:
        self.labels, self.classes = labels, classes
        self._opinions, self._weight = opinions, weight if opinions is not None else 0.0

    def rows(self, places: np.ndarray) -> np.ndarray:
        """Return the targets of the pictures at `places`, shape (n,)."""
        rows = np.zeros((len(places), self.classes), dtype=np.float32)
        rows[np.arange(len(places)), self.labels[places]] = 1 - self._weight
        if self._opinions is not None:
            rows += self._weight * self._opinions[places].astype(np.float32)
        return rows


def opinions_of(teacher: Bundle, pictures: Pictures, classes: Sequence[str]) -> np.ndarray:
    """Return the teacher's softened probabilities over `classes`, float16 (n, classes).

    Softened by TEMPERATURE, since how the teacher ranks the wrong labels is what it has to teach.
    Source: Hinton et al. 2015, Distilling the Knowledge in a Neural Network.
    Raises NoUsableData when the teacher does not know every class.
    """
    missing = sorted(set(classes) - set(teacher.classes))
    if missing:
        raise NoUsableData(f"The teacher {teacher.version} does not know: {', '.join(missing[:5])}.")
    engine = load_engine(teacher)
    order = [teacher.classes.index(label) for label in classes]
    rows = []
    for start in tqdm(range(0, len(pictures.pixels), CHUNK), desc="asking the teacher", leave=False):
        chunk = _resized(pictures.pixels[start : start + CHUNK], engine.input_size)
        logits = engine.run(chunk).logits[:, order] / TEMPERATURE
        powers = np.exp(logits - logits.max(axis=1, keepdims=True))
        rows.append((powers / powers.sum(axis=1, keepdims=True)).astype(np.float16))
    return np.concatenate(rows)


def _resized(pixels: np.ndarray, size: int) -> np.ndarray:
    squares = (Image.fromarray(one).resize((size, size), Image.Resampling.BILINEAR) for one in pixels)
    return np.stack([np.asarray(square) for square in squares])
