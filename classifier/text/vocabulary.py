"""Which features of a text count, and how much."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Self

import numpy as np
from scipy.sparse import csr_matrix

from classifier.text.features import HASHES, hashed

LEAST_TEXTS = 3
MOST_FEATURES = 30_000


@dataclass(frozen=True)
class Vocabulary:
    """`places`, int32 (f,), are the kept hashed features; `rarity`, float32 (f,), their inverse frequency."""

    places: np.ndarray
    rarity: np.ndarray

    @classmethod
    def of(cls, texts: Sequence[str]) -> Self:
        """Keep the MOST_FEATURES most frequent features that LEAST_TEXTS of the cleaned texts have."""
        counts = np.bincount(hashed(texts).indices, minlength=HASHES)
        order = np.argsort(-counts, kind="stable")[:MOST_FEATURES]
        places = np.sort(order[counts[order] >= min(LEAST_TEXTS, max(1, len(texts)))]).astype(np.int32)
        rarity = np.log((1 + len(texts)) / (1 + counts[places])) + 1
        return cls(places, rarity.astype(np.float32))

    def matrix(self, texts: Sequence[str]) -> csr_matrix:
        """Return TF-IDF rows of length one, float32 (n, f); zeros for a text without a kept feature."""
        kept = hashed(texts)[:, self.places].tocsr()
        kept.data *= self.rarity[kept.indices]
        lengths = np.sqrt(np.bincount(_rows(kept), weights=kept.data**2, minlength=len(texts)))
        kept.data /= np.maximum(lengths, 1e-9).astype(np.float32)[_rows(kept)]
        return kept


def _rows(matrix: csr_matrix) -> np.ndarray:
    return np.repeat(np.arange(matrix.shape[0]), np.diff(matrix.indptr))
