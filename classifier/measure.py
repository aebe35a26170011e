"""Figures of merit."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from classifier.coarsening import category_sums
from classifier.labels import LabelTree

BINS = 15
TOP = 4


@dataclass(frozen=True)
class Figures:
    """Shares from 0 to 1 over `items` products; `macro_f1` is over the labels present in the truth.

    `coverage_at_995` is the share at or above the thresholds given, `precision_at_threshold` the share of
    right ones among these; None without thresholds, and the precision where nothing reaches them.
    """

    items: int
    accuracy: float
    top4: float
    macro_f1: float
    ece: float
    category_accuracy: float
    coverage_at_995: float | None
    precision_at_threshold: float | None


@dataclass(frozen=True)
class Judged:
    """What was said of each product and whether it was right: arrays of shape (n,).

    It is all that figures need, so the probabilities of many products never lie in memory together.
    """

    truth: np.ndarray
    guess: np.ndarray
    confidence: np.ndarray
    in_top: np.ndarray
    category_right: np.ndarray
    covered: np.ndarray | None

    @property
    def right(self) -> np.ndarray:
        right: np.ndarray = self.truth == self.guess
        return right

    def of(self, places: np.ndarray) -> "Judged":
        """Return the products at these places."""
        return Judged(
            self.truth[places],
            self.guess[places],
            self.confidence[places],
            self.in_top[places],
            self.category_right[places],
            None if self.covered is None else self.covered[places],
        )


def judged(
    truth: Sequence[str],
    probabilities: np.ndarray,
    classes: Sequence[str],
    tree: LabelTree,
    limits: np.ndarray | None = None,
) -> Judged:
    """Hold probabilities (n, classes) against label names of the tree; one outside `classes` counts as wrong.

    `limits` are the thresholds of the classes, shape (classes,).
    """
    names, labels = np.array(classes), np.array(truth)
    guesses = probabilities.argmax(axis=1)
    confidence = probabilities[np.arange(len(guesses)), guesses]
    top = np.argpartition(-probabilities, min(TOP, len(names)) - 1, axis=1)[:, :TOP]
    sums, categories = category_sums(probabilities, classes, tree)
    right_categories = np.array([tree.category(label) for label in truth])
    return Judged(
        truth=labels,
        guess=names[guesses],
        confidence=confidence,
        in_top=(names[top] == labels[:, None]).any(axis=1),
        category_right=np.array(categories)[sums.argmax(axis=1)] == right_categories,
        covered=None if limits is None else confidence >= limits[guesses],
    )


def joined(parts: Sequence[Judged]) -> Judged:
    """Return all the products of one part or more; `covered` is None unless all have thresholds."""
    covered = [part.covered for part in parts if part.covered is not None]
    return Judged(
        np.concatenate([part.truth for part in parts]),
        np.concatenate([part.guess for part in parts]),
        np.concatenate([part.confidence for part in parts]),
        np.concatenate([part.in_top for part in parts]),
        np.concatenate([part.category_right for part in parts]),
        np.concatenate(covered) if len(covered) == len(parts) else None,
    )


def figures(found: Judged) -> Figures:
    """Return the figures of at least one product."""
    right, covered = found.right, found.covered
    return Figures(
        items=len(right),
        accuracy=float(right.mean()),
        top4=float(found.in_top.mean()),
        macro_f1=float(np.mean([f1 for f1, _ in f1_by_label(found.truth, found.guess).values()])),
        ece=_calibration_error(found.confidence, right),
        category_accuracy=float(found.category_right.mean()),
        coverage_at_995=None if covered is None else float(covered.mean()),
        precision_at_threshold=None if covered is None or not covered.any() else float(right[covered].mean()),
    )


def f1_by_label(
    truth: Sequence[str] | np.ndarray, guesses: Sequence[str] | np.ndarray
) -> dict[str, tuple[float, int]]:
    """Return F1 and the number of products of each label present in the truth."""
    names, places = np.unique(np.concatenate([truth, guesses]), return_inverse=True)
    true, guessed = places[: len(truth)], places[len(truth) :]
    hits = np.bincount(true[true == guessed], minlength=len(names))
    items = np.bincount(true, minlength=len(names))
    scores = 2 * hits / (items + np.bincount(guessed, minlength=len(names)))
    return {str(names[at]): (float(scores[at]), int(items[at])) for at in np.flatnonzero(items).tolist()}


def _calibration_error(confidence: np.ndarray, right: np.ndarray) -> float:
    """Expected calibration error over BINS bins of equal width."""
    places = np.minimum((confidence * BINS).astype(int), BINS - 1)
    gaps = [
        (places == place).mean() * abs(right[places == place].mean() - confidence[places == place].mean())
        for place in np.unique(places)
    ]
    return float(np.sum(gaps))
