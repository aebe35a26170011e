"""What a picture's embedding and the words beside it say together when the words do not name the label."""

from dataclasses import dataclass
from typing import Self

import numpy as np
from scipy.sparse import csr_matrix
from scipy.special import log_softmax

from classifier.text.adaptive import Adaptive, falling
from classifier.text.regression import Regression, batches, error_of, seen_only

EPOCHS = 6
WORD_RATE, SIGHT_RATE = 0.3, 0.01
DECAY = 1e-4
TRUST = 0.5
FARTHEST = 4.0
LEAST = -14.0


@dataclass(frozen=True)
class Together:
    """Softmax regression on words and on the embedding, added to TRUST times the network's log-probabilities.

    TRUST is below one since the network is surer of the products it has learnt than of others. `centre` and
    `spread`, float32 (d,), standardise embeddings; `sight`, float32 (d, classes), are their weights.
    """

    words: Regression
    centre: np.ndarray
    spread: np.ndarray
    sight: np.ndarray

    @classmethod
    def fit(
        cls, rows: csr_matrix, logits: np.ndarray, embeddings: np.ndarray, labels: np.ndarray, seed: int
    ) -> Self:
        """Fit to a text model's rows of texts without their label's words, and class indices, int (n,)."""
        classes = logits.shape[1]
        words, bias, sight = (
            Adaptive(rows.shape[1], classes),
            Adaptive(classes),
            Adaptive(embeddings.shape[1], classes),
        )
        centre = embeddings.mean(axis=0, dtype=np.float64).astype(np.float32)
        spread = embeddings.std(axis=0, dtype=np.float64).astype(np.float32) + 1e-3
        for epoch, batch in batches(len(labels), EPOCHS, seed, "picture and text"):
            seen, compact = seen_only(rows[batch])
            standard = _standard(embeddings[batch], centre, spread)
            found = (
                compact @ words.weights[seen]
                + bias.weights
                + standard @ sight.weights
                + _trusted(logits[batch])
            )
            error = error_of(found, labels[batch])
            words.move(compact.T @ error, falling(WORD_RATE, epoch, EPOCHS), seen)
            bias.move(error.sum(axis=0), falling(SIGHT_RATE, epoch, EPOCHS))
            sight.move(standard.T @ error + DECAY * sight.weights, falling(SIGHT_RATE, epoch, EPOCHS))
        return cls(Regression(words.weights, bias.weights), centre, spread, sight.weights)

    def log_probabilities(self, rows: csr_matrix, logits: np.ndarray, embeddings: np.ndarray) -> np.ndarray:
        """Return float32 (n, classes)."""
        seen = _standard(embeddings, self.centre, self.spread) @ self.sight
        found: np.ndarray = log_softmax(self.words.logits(rows) + seen + _trusted(logits), axis=1)
        return found


def _standard(embeddings: np.ndarray, centre: np.ndarray, spread: np.ndarray) -> np.ndarray:
    near = np.clip((embeddings - centre) / spread, -FARTHEST, FARTHEST)
    standard: np.ndarray = (near / np.sqrt(len(centre))).astype(np.float32)
    return standard


def _trusted(logits: np.ndarray) -> np.ndarray:
    trusted: np.ndarray = TRUST * np.maximum(log_softmax(logits, axis=1), LEAST)
    return trusted
