"""Softmax regression on sparse rows, in memory bounded by one batch and the weights."""

import sys
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Self

import numpy as np
from scipy.sparse import csr_matrix
from scipy.special import softmax
from tqdm import tqdm

from classifier.text.adaptive import Adaptive, falling

EPOCHS = 8
RATE = 0.4
BATCH = 256
DENSE = 0.3


@dataclass(frozen=True)
class Regression:
    """`weights` float32 (features, classes), `bias` float32 (classes,)."""

    weights: np.ndarray
    bias: np.ndarray

    @classmethod
    def fit(
        cls,
        rows: csr_matrix,
        labels: np.ndarray,
        classes: int,
        *,
        seed: int,
        epochs: int = EPOCHS,
        rate: float = RATE,
    ) -> Self:
        """Fit to class indices, int (n,); what is fitted depends on the seed alone."""
        weights, bias = Adaptive(rows.shape[1], classes), Adaptive(classes)
        for epoch, batch in batches(len(labels), epochs, seed, "text"):
            now = falling(rate, epoch, epochs)
            seen, compact = seen_only(rows[batch])
            error = error_of(compact @ weights.weights[seen] + bias.weights, labels[batch])
            weights.move(compact.T @ error, now, seen)
            bias.move(error.sum(axis=0), now)
        return cls(weights.weights, bias.weights)

    def logits(self, rows: csr_matrix) -> np.ndarray:
        """Return float32 (n, classes)."""
        found: np.ndarray = quick(rows) @ self.weights + self.bias
        return found


def batches(items: int, epochs: int, seed: int, name: str) -> Iterator[tuple[int, np.ndarray]]:
    """Yield epoch and indices of the batches of every epoch, shuffled, under a progress bar called `name`."""
    rng = np.random.default_rng(seed)
    total = epochs * items
    with tqdm(total=total, desc=name, unit="product", file=sys.stderr, leave=False, mininterval=2) as bar:
        for epoch in range(epochs):
            order = rng.permutation(items)
            for start in range(0, items, BATCH):
                batch = order[start : start + BATCH]
                yield epoch, batch
                bar.update(len(batch))


def seen_only(rows: csr_matrix) -> tuple[np.ndarray, csr_matrix | np.ndarray]:
    """Return the columns in which the rows are not zero, and the rows with only these columns."""
    seen, places = np.unique(rows.indices, return_inverse=True)
    return seen, quick(csr_matrix((rows.data, places, rows.indptr), shape=(rows.shape[0], len(seen))))


def quick(rows: csr_matrix) -> csr_matrix | np.ndarray:
    """Return the rows in the form in which they multiply faster: an array when few of them are zeros."""
    full = rows.nnz > DENSE * rows.shape[0] * rows.shape[1]
    return rows.toarray() if full else rows


def error_of(logits: np.ndarray, labels: np.ndarray) -> np.ndarray:
    """Return the slope of the mean log loss by the logits, (n, classes)."""
    error: np.ndarray = softmax(logits, axis=1)
    error[np.arange(len(labels)), labels] -= 1
    error /= len(labels)
    return error
