"""What a bundle makes of products: of their picture, of their text, or of both."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from classifier.bundle import Bundle, damaged
from classifier.calibration import Calibration, Kind
from classifier.engines.engine import Outputs
from classifier.fusion import Fusion
from classifier.text import TextModel


@dataclass(frozen=True)
class Scorer:
    """Adds texts to an engine's outputs; `text` and `fusion` are None where no titles were learnt."""

    calibration: Calibration
    text: TextModel | None = None
    fusion: Fusion | None = None

    @property
    def reads(self) -> bool:
        """Whether it can make something of texts."""
        return self.text is not None and self.fusion is not None

    def scores(self, outputs: Outputs | None, texts: Sequence[str] | None) -> np.ndarray:
        """Return float32 (n, classes) as a calibration is fitted on: logits or log-probabilities.

        Give the engine's outputs, cleaned texts of which none is empty, or both of the same products. Raises
        ValueError for neither, and for texts when there is nothing that reads them.
        """
        if outputs is None and texts is None:
            raise ValueError("neither pictures nor texts")
        if texts is None:
            assert outputs is not None
            return outputs.logits
        if self.text is None or self.fusion is None:
            raise ValueError("no texts were learnt")
        said = self.text.evidence(texts)
        if outputs is None:
            return self.fusion.log_probabilities(None, None, said)
        return self.fusion.log_probabilities(outputs.logits, outputs.embeddings, said)

    def probabilities(self, outputs: Outputs | None, texts: Sequence[str] | None) -> np.ndarray:
        """Return calibrated probabilities, float32 (n, classes), of what `scores` takes."""
        return self.calibration.probabilities(kind_of(outputs, texts), self.scores(outputs, texts))


def kind_of(outputs: Outputs | None, texts: Sequence[str] | None) -> Kind:
    """Return what a prediction is made from."""
    if texts is None:
        return "image"
    return "text" if outputs is None else "image_and_text"


def load_scorer(bundle: Bundle) -> Scorer:
    """Load what the bundle has learnt of texts. Raises BundleDamaged when it cannot be read."""
    try:
        text = TextModel.load(bundle.text) if bundle.text else None
        fusion = Fusion.load(bundle.fusion) if bundle.fusion else None
    except Exception as error:  # a malformed archive makes numpy and zipfile raise almost anything
        raise damaged(bundle.path, f"its text or fusion cannot be read: {error!r}") from error
    count = len(bundle.classes)
    if (text and text.classes != count) or (fusion and fusion.prior.shape != (count,)):
        raise damaged(bundle.path, "its text or fusion has another number of labels")
    return Scorer(bundle.calibration, text, fusion)
