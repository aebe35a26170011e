"""One answer from a picture and a text, or from either alone."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Self

import numpy as np
from scipy.special import log_softmax

from classifier.fusion.together import Together
from classifier.fusion.weighing import fit_weights, weighed
from classifier.text.evidence import Evidence
from classifier.text.packing import pack, unpack
from classifier.text.regression import Regression

FORMAT = 1
TEXT_START = ((0.0, 0.0), (0.0, 0.0), (0.7, 0.0), (-0.4, 0.0))
BOTH_START = (*TEXT_START, (0.7, 0.0), (0.0, 0.0))


@dataclass(frozen=True)
class Fusion:
    """How much each witness counts.

    The witnesses are what the text says if it names its label, if it does not, and whichever it is; `prior`,
    float32 (classes,), the logarithms of the labels' shares; the picture; and `together`. `both` (6, 2) are
    their weights as `weighed` takes them, `text` (4, 2) those where there is no picture.
    """

    prior: np.ndarray
    together: Together
    text: np.ndarray
    both: np.ndarray

    @classmethod
    def fit(
        cls,
        together: Together,
        shares: np.ndarray,
        seen: tuple[np.ndarray, np.ndarray],
        texts: Sequence[Evidence],
        labels: np.ndarray,
    ) -> Self:
        """Fit the weights to products from which nothing else has learnt.

        `shares`, float (classes,), are the labels' shares among the products learnt; `seen` the pictures'
        logits and embeddings; `texts` what the texts say, as they are and without their label's words, which
        count alike, each as often as it is given; `labels` class indices, int (n,).
        """
        prior = np.log(np.maximum(shares, 1e-6)).astype(np.float32)
        bare = cls(prior, together, np.array(TEXT_START), np.array(BOTH_START))
        parts = [bare._witnesses(text, *seen) for text in texts]
        witnesses = [np.concatenate(columns) for columns in zip(*parts, strict=True)]
        told = np.concatenate([text.told for text in texts])
        truth = np.tile(labels, len(texts))
        only_text = fit_weights(witnesses[: len(TEXT_START)], told, truth, bare.text)
        return cls(prior, together, only_text, fit_weights(witnesses, told, truth, bare.both))

    def log_probabilities(
        self, logits: np.ndarray | None, embeddings: np.ndarray | None, text: Evidence | None
    ) -> np.ndarray:
        """Return log-probabilities, float32 (n, classes), of the picture, of the text, or of both.

        A product whose text is not given is judged by its picture. Raises ValueError without logits and text,
        and with both but without embeddings.
        """
        if text is None:
            return _of_picture(logits)
        if logits is None:
            return weighed(self._said(text), text.told, self.text)
        if embeddings is None:
            raise ValueError("a picture and a text are fused with the picture's embeddings")
        fused = weighed(self._witnesses(text, logits, embeddings), text.told, self.both)
        return np.where(text.given[:, None], fused, _of_picture(logits)).astype(np.float32)

    def save(self, file: Path) -> None:
        """Write the fusion to an .npz file, a byte per weight of `together` and no pickles."""
        words, sight = pack(self.together.words.weights), pack(self.together.sight)
        with file.open("wb") as opened:
            np.savez_compressed(
                opened,
                format=np.array(FORMAT),
                prior=self.prior,
                text=self.text,
                both=self.both,
                words_levels=words[0],
                words_scale=words[1],
                words_bias=self.together.words.bias,
                centre=self.together.centre,
                spread=self.together.spread,
                sight_levels=sight[0],
                sight_scale=sight[1],
            )

    @classmethod
    def load(cls, file: Path) -> Self:
        """Read what `save` wrote. Raises OSError, KeyError or ValueError when it is no such file."""
        with np.load(file, allow_pickle=False) as arrays:
            if int(arrays["format"]) != FORMAT:
                raise ValueError(f"fusion of format {int(arrays['format'])}, not {FORMAT}")
            words = Regression(unpack(arrays["words_levels"], arrays["words_scale"]), arrays["words_bias"])
            sight = unpack(arrays["sight_levels"], arrays["sight_scale"])
            together = Together(words, arrays["centre"], arrays["spread"], sight)
            return cls(arrays["prior"], together, arrays["text"], arrays["both"])

    def _said(self, text: Evidence) -> list[np.ndarray]:
        prior = np.broadcast_to(self.prior, text.named.shape)
        return [text.named, text.unnamed, text.mixed(), prior]

    def _witnesses(self, text: Evidence, logits: np.ndarray, embeddings: np.ndarray) -> list[np.ndarray]:
        together = self.together.log_probabilities(text.rows, logits, embeddings)
        return [*self._said(text), _of_picture(logits), together]


def _of_picture(logits: np.ndarray | None) -> np.ndarray:
    if logits is None:
        raise ValueError("neither logits nor a text to judge by")
    return np.asarray(log_softmax(logits, axis=1), dtype=np.float32)
