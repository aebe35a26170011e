"""What a text says about the label, in the form that a fusion weighs."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from scipy.sparse import csr_matrix, vstack

LEAST = 1e-9


@dataclass(frozen=True)
class Evidence:
    """`told`, float32 (n,), is the probability that the text names its label.

    `named` and `unnamed`, float32 (n, classes), are log-probabilities of the labels in case it does and
    in case it does not. `given`, bool (n,), is false for a text that is empty or holds nothing known. `rows`,
    float32 (n, features), are the words themselves as the text model counts them.
    """

    named: np.ndarray
    unnamed: np.ndarray
    told: np.ndarray
    given: np.ndarray
    rows: csr_matrix

    def __len__(self) -> int:
        return len(self.told)

    def mixed(self) -> np.ndarray:
        """Return the log-probabilities, float32 (n, classes), whichever the case."""
        told = self.told[:, None]
        mixture = told * np.exp(self.named) + (1 - told) * np.exp(self.unnamed)
        logarithms: np.ndarray = np.log(mixture + LEAST)
        return logarithms


def joined(parts: Sequence[Evidence]) -> Evidence:
    """Return the evidence of all parts, one below the other."""
    return Evidence(
        named=np.concatenate([part.named for part in parts]),
        unnamed=np.concatenate([part.unnamed for part in parts]),
        told=np.concatenate([part.told for part in parts]),
        given=np.concatenate([part.given for part in parts]),
        rows=vstack([part.rows for part in parts]).tocsr(),
    )
