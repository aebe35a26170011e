"""Fits how much each witness counts."""

from collections.abc import Sequence

import numpy as np
from scipy.optimize import minimize
from scipy.special import log_softmax

LEAST = (
    -14.0
)  # below this a log-probability says "no" and nothing more; a witness may be wrong but not by much


def weighed(witnesses: Sequence[np.ndarray], told: np.ndarray, weights: np.ndarray) -> np.ndarray:
    """Return log-probabilities, float32 (n, classes): the weighed sum of the witnesses' own, normalised.

    `weights`, float (witnesses, 2), is the weight of each and what is added to it times `told`, float (n,).
    """
    total = np.zeros_like(witnesses[0], dtype=np.float32)
    for witness, (always, if_told) in zip(witnesses, weights.astype(np.float32), strict=True):
        total += np.maximum(witness, LEAST) * (always + if_told * told)[:, None]
    result: np.ndarray = log_softmax(total, axis=1)
    return result


def fit_weights(
    witnesses: Sequence[np.ndarray], told: np.ndarray, labels: np.ndarray, start: np.ndarray
) -> np.ndarray:
    """Return the weights, (witnesses, 2), of least log loss on class indices `labels`, int (n,).

    The fewer examples, the closer they stay to `start`. The problem is convex.
    """
    rows = np.arange(len(labels))
    bounded = [np.maximum(witness, LEAST) for witness in witnesses]
    truths = np.array([witness[rows, labels] for witness in bounded])

    def loss(flat: np.ndarray) -> tuple[float, np.ndarray]:
        away = flat - start.ravel()
        found = weighed(witnesses, told, flat.reshape(start.shape))
        shares = np.exp(found)
        errors = np.array([(shares * witness).sum(axis=1) for witness in bounded]) - truths
        slope = np.stack([errors.sum(axis=1), errors @ told], axis=1).ravel() + away
        return float(-found[rows, labels].sum() + 0.5 * away @ away), slope.astype(np.float64)

    best = minimize(loss, start.ravel().astype(np.float64), jac=True, method="L-BFGS-B")
    weights: np.ndarray = best.x.reshape(start.shape)
    return weights
