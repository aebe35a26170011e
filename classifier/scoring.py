"""Calibrated probabilities of products from their picture, their text, or both."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy as np

from classifier.bundle import Bundle
from classifier.calibration import Calibration
from classifier.engines.engine import Outputs


class Texts(Protocol):
    """Reads cleaned texts."""

    def log_probabilities(self, texts: Sequence[str]) -> np.ndarray:
        """Return float32 (n, classes)."""


class Fused(Protocol):
    """Weighs a picture's outputs and a text's log-probabilities against each other."""

    def log_probabilities(self, logits: np.ndarray, embeddings: np.ndarray, text: np.ndarray) -> np.ndarray:
        """Return float32 (n, classes) of logits, embeddings (n, d) and the text's log-probabilities."""


@dataclass(frozen=True)
class Scorer:
    """What a bundle makes of an engine's outputs and of cleaned texts; `text` and `fusion` are optional."""

    calibration: Calibration
    text: Texts | None = None
    fusion: Fused | None = None

    def of_pictures(self, outputs: Outputs) -> np.ndarray:
        """Return float32 (n, classes)."""
        return self.calibration.probabilities("image", outputs.logits)

    def of_texts(self, texts: Sequence[str]) -> np.ndarray:
        """Return float32 (n, classes) of texts that are not empty; the scorer must have `text`."""
        assert self.text is not None
        return self.calibration.probabilities("text", self.text.log_probabilities(texts))

    def of_both(self, outputs: Outputs, texts: Sequence[str]) -> np.ndarray:
        """Return float32 (n, classes) of pictures and texts that are not empty; needs `text` and `fusion`."""
        assert self.text is not None
        assert self.fusion is not None
        said = self.text.log_probabilities(texts)
        return self.calibration.probabilities(
            "image_and_text", self.fusion.log_probabilities(outputs.logits, outputs.embeddings, said)
        )


def load_scorer(bundle: Bundle) -> Scorer:
    """Load what the bundle has for texts."""
    from classifier.fusion import Fusion
    from classifier.text import TextModel

    text = TextModel.load(bundle.text) if bundle.text else None
    fusion = Fusion.load(bundle.fusion) if bundle.fusion else None
    return Scorer(bundle.calibration, text, fusion)
