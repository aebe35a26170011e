"""Pictures in, labels with their probabilities out."""

from dataclasses import dataclass
from pathlib import Path

import numpy as np

from classifier.bundle import Bundle, read_bundle
from classifier.engines import Device, Engine, load_engine


@dataclass(frozen=True)
class Prediction:
    """The most likely label, how sure the model is (0 to 1), and the most likely labels, best first."""

    label: str
    confidence: float
    top: tuple[tuple[str, float], ...]


@dataclass(frozen=True)
class Predictor:
    """A bundle with the engine that runs it."""

    bundle: Bundle
    engine: Engine

    def predict(self, pictures: np.ndarray, top: int = 4) -> list[Prediction]:
        """Predict uint8 pictures of shape (n, s, s, 3), where s is the bundle's input size."""
        return [self._prediction(row, top) for row in self.engine.probabilities(pictures)]

    def _prediction(self, probabilities: np.ndarray, top: int) -> Prediction:
        best = np.argsort(-probabilities, kind="stable")[: max(1, top)]
        ranked = tuple((self.bundle.classes[place], float(probabilities[place])) for place in best)
        return Prediction(*ranked[0], ranked)


def load_predictor(path: str | Path, device: Device = "auto") -> Predictor:
    """Verify the bundle at `path`, load it and warm it up.

    Raises BundleDamaged, BundleTooNew, and EngineUnavailable when the device is not there.
    """
    bundle = read_bundle(path)
    return Predictor(bundle, load_engine(bundle, device))
