"""Measures a network in training on the products that it does not learn from."""

from dataclasses import dataclass
from typing import Any

import numpy as np

from classifier.backend import keras
from classifier.calibration import Calibration, Held, calibrated
from classifier.datasets.example import Example
from classifier.pictures import Pictures, decode_all
from classifier.prepare import Data
from classifier.report import by_label, by_source, rounded

CHUNK = 1024
BATCH = 64
TINY = 1e-12


@dataclass(frozen=True)
class Validation:
    """An epoch's figures; `score` is what the best epoch has most of, `loss` the mean log loss."""

    calibration: Calibration
    figures: dict[str, float]
    score: float
    loss: float


@dataclass(frozen=True)
class Tested:
    """The test products, their probabilities, float32 (n, classes), and metrics as a bundle has them."""

    pictures: Pictures
    probabilities: np.ndarray
    metrics: dict[str, Any]

    @property
    def truth(self) -> list[str]:
        return [example.label for example in self.pictures.examples]


class HeldOut:
    """The validation and test parts; those to validate are decoded once per size."""

    def __init__(self, data: Data) -> None:
        self._data = data
        self._decoded: tuple[int, Pictures] | None = None

    def validate(self, model: keras.Model, size: int) -> Validation | None:
        """Return None when nothing was held out to validate."""
        pictures = self._validation(size)
        if not pictures.examples:
            return None
        logits = logits_of(model, pictures.pixels)
        labels = [example.label for example in pictures.examples]
        calibration = calibrated({"image": Held(logits, labels)}, self._data.classes, self._data.tree)
        figures = self._figures(pictures.examples, calibration.probabilities("image", logits))
        loss = _log_loss(logits, self._data.indices(pictures.examples))
        return Validation(calibration, figures, figures["accuracy"] + figures["macro_f1"], loss)

    def test(self, model: keras.Model, size: int, calibration: Calibration) -> Tested | None:
        """Return None when nothing was held out to test."""
        pictures = decode_all(self._data.split.test, size)
        if not pictures.examples:
            return None
        probabilities = calibration.probabilities("image", logits_of(model, pictures.pixels))
        measured = pictures.examples, probabilities, self._data.classes
        metrics = {
            "test": rounded(*measured, self._data.tree),
            "test_by_source": by_source(*measured, self._data.tree),
            "labels": by_label(*measured),
        }
        return Tested(pictures, probabilities, metrics)

    def _figures(self, examples: tuple[Example, ...], probabilities: np.ndarray) -> dict[str, float]:
        return rounded(examples, probabilities, self._data.classes, self._data.tree)

    def _validation(self, size: int) -> Pictures:
        if self._decoded is None or self._decoded[0] != size:
            self._decoded = size, decode_all(self._data.split.validation, size)
        return self._decoded[1]


def logits_of(model: keras.Model, pixels: np.ndarray) -> np.ndarray:
    """Return logits, float32 (n, classes), of uint8 pictures (n, s, s, 3)."""
    chunks = [pixels[start : start + CHUNK].astype(np.float32) for start in range(0, len(pixels), CHUNK)]
    return np.concatenate([model.predict(chunk, batch_size=BATCH, verbose=0) for chunk in chunks])


def _log_loss(logits: np.ndarray, truth: np.ndarray) -> float:
    scores = logits.astype(np.float64)
    scores -= scores.max(axis=1, keepdims=True)
    shares = np.exp(scores[np.arange(len(truth)), truth]) / np.exp(scores).sum(axis=1)
    return float(-np.log(shares + TINY).mean())
