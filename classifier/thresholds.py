"""Thresholds per class above which a prediction may stand alone, for a wished precision.

One validation set must answer for many classes of which most are small. So all are judged together: how
likely a prediction is right is modelled from its confidence and its class, where a class departs from the
others only as far as its examples prove (a random effect), and of that the lower end counts. A single cut
through this likelihood, the lowest that keeps the wished precision with a certainty, gives every class its
threshold. The cut is made on predictions that the model was not fitted on.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

OTHERS = "*"
NEVER = float("inf")
CERTAINTY = 0.65
SPREAD = 1.0
FOLDS = 5
CLOSEST = 1e-7


@dataclass(frozen=True)
class Guesses:
    """What was predicted, arrays of shape (n,): the class's index, its confidence, and if it was right."""

    classes: np.ndarray
    confidence: np.ndarray
    right: np.ndarray

    def of(self, places: np.ndarray) -> "Guesses":
        return Guesses(self.classes[places], self.confidence[places], self.right[places])


def thresholds(
    guesses: Guesses, names: Sequence[str], precision: float, certainty: float = CERTAINTY, seed: int = 0
) -> tuple[dict[str, float], float]:
    """Return the threshold of each class that was guessed, and of all others under OTHERS, and the coverage.

    Coverage is the share of products expected at or above their threshold. With too few guesses to promise
    the precision (some hundreds of right ones for 99.5 %) every threshold is NEVER and the coverage 0.
    """
    cut, coverage = _cut(_unseen_scores(guesses, len(names), seed), guesses.right, precision, certainty)
    if cut == NEVER:
        return {OTHERS: NEVER}, 0.0
    trust = _Trust(guesses, len(names))
    found = {names[place]: trust.threshold(cut, place) for place in np.unique(guesses.classes).tolist()}
    return found | {OTHERS: trust.threshold(cut, None)}, coverage


class _Trust:
    """How likely a guess is right: logit = slope * logit(confidence) + shift + effect of its class."""

    def __init__(self, guesses: Guesses, classes: int) -> None:
        from scipy.optimize import minimize  # here, since whoever reads a bundle need not load scipy
        from scipy.special import expit

        evidence, right = _evidence(guesses.confidence), guesses.right.astype(np.float64)

        def loss(parameters: np.ndarray) -> tuple[float, np.ndarray]:
            slope, shift, effects = parameters[0], parameters[1], parameters[2:]
            chance = slope * evidence + shift + effects[guesses.classes]
            slack = expit(chance) - right
            value = np.logaddexp(0, chance).sum() - (right * chance).sum()
            value += ((slope - 1) ** 2 + shift**2 + (effects**2).sum() / SPREAD**2) / 2
            pulls = np.bincount(guesses.classes, slack, classes) + effects / SPREAD**2
            return value, np.concatenate([[slack @ evidence + slope - 1, slack.sum() + shift], pulls])

        start = np.concatenate([[1.0, 0.0], np.zeros(classes)])
        limits = [(0.1, 10.0), (None, None), *[(None, None)] * classes]
        found = minimize(loss, start, jac=True, method="L-BFGS-B", bounds=limits).x
        self.slope, self.shift, effects = float(found[0]), float(found[1]), found[2:]
        chance = expit(self.slope * evidence + self.shift + effects[guesses.classes])
        proof = np.bincount(guesses.classes, chance * (1 - chance), classes)
        self.effects = effects - 1 / np.sqrt(proof + 1 / SPREAD**2)

    def scores(self, guesses: Guesses) -> np.ndarray:
        evidence = self.slope * _evidence(guesses.confidence) + self.shift
        scores: np.ndarray = evidence + self.effects[guesses.classes]
        return scores

    def threshold(self, cut: float, place: int | None) -> float:
        """The confidence whose score is the cut; a class never guessed has the effect of the unknown."""
        effect = -SPREAD if place is None else self.effects[place]
        confidence = float(1 / (1 + np.exp(-(cut - self.shift - effect) / self.slope)))
        return confidence if confidence <= 1 - CLOSEST else NEVER


def _evidence(confidence: np.ndarray) -> np.ndarray:
    """The logit of the confidence, kept finite."""
    confidence = np.clip(confidence.astype(np.float64), CLOSEST, 1 - CLOSEST)
    evidence: np.ndarray = np.log(confidence) - np.log1p(-confidence)
    return evidence


def _unseen_scores(guesses: Guesses, classes: int, seed: int) -> np.ndarray:
    """The score of each guess from the other folds."""
    folds = np.random.default_rng(seed).permutation(len(guesses.right)) % FOLDS
    scores = np.empty(len(folds))
    for fold in np.unique(folds):
        trust = _Trust(guesses.of(np.flatnonzero(folds != fold)), classes)
        scores[folds == fold] = trust.scores(guesses.of(np.flatnonzero(folds == fold)))
    return scores


def _cut(scores: np.ndarray, right: np.ndarray, precision: float, certainty: float) -> tuple[float, float]:
    """The lowest score down to which the precision holds (Clopper and Pearson), and the share covered."""
    from scipy.stats import beta

    order = np.argsort(-scores, kind="stable")
    hits = np.cumsum(right[order])
    counts = np.arange(1, len(order) + 1)
    least = beta.ppf(1 - certainty, hits, counts - hits + 1)
    last_of_equals = np.append(np.diff(scores[order]) < 0, True)
    enough = np.flatnonzero((least >= precision) & last_of_equals)
    if not len(enough):
        return NEVER, 0.0
    return float(scores[order][enough[-1]]), float((enough[-1] + 1) / len(order))
