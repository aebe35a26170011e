"""What turns a model's scores into honest probabilities, and probabilities into the right to decide alone."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal

import numpy as np

from classifier.coarsening import category_sums
from classifier.labels import LabelTree
from classifier.temperature import best_temperature, softmax
from classifier.thresholds import NEVER, OTHERS, Guesses, thresholds

Kind = Literal["image", "text", "image_and_text"]
KINDS: tuple[Kind, ...] = ("image", "text", "image_and_text")
PRECISION = 0.995


@dataclass(frozen=True)
class Calibration:
    """Per kind of prediction: temperature, thresholds of leaves and categories, and the expected coverage.

    A class without a threshold of its own has that of "*"; without that, it never decides alone.
    """

    temperatures: Mapping[str, float] = field(default_factory=dict)
    precision: float = PRECISION
    thresholds: Mapping[str, Mapping[str, float]] = field(default_factory=dict)
    coverage: Mapping[str, float] = field(default_factory=dict)
    category_thresholds: Mapping[str, Mapping[str, float]] = field(default_factory=dict)
    category_coverage: Mapping[str, float] = field(default_factory=dict)

    def probabilities(self, kind: Kind, logits: np.ndarray) -> np.ndarray:
        """Return float32 (n, classes) of logits or log-probabilities."""
        return softmax(logits, self.temperatures.get(kind, 1.0))

    def of_leaves(self, kind: Kind, names: Sequence[str]) -> np.ndarray:
        """Return the thresholds of leaves, float64 (n,)."""
        return _of(self.thresholds.get(kind, {}), names)

    def of_categories(self, kind: Kind, names: Sequence[str]) -> np.ndarray:
        """Return the thresholds of categories, float64 (n,); they hold for any coarser grouping under "*"."""
        return _of(self.category_thresholds.get(kind, {}), names)

    def as_json(self) -> dict[str, Any]:
        """Return a plain object in which a threshold that nothing reaches is null."""
        return {
            "precision": self.precision,
            "temperatures": dict(self.temperatures),
            "coverage": dict(self.coverage),
            "category_coverage": dict(self.category_coverage),
            "thresholds": _written(self.thresholds),
            "category_thresholds": _written(self.category_thresholds),
        }

    @classmethod
    def from_json(cls, document: Mapping[str, Any]) -> "Calibration":
        """Read what `as_json` gives. Anything else raises KeyError, TypeError, ValueError, …"""
        return cls(
            precision=float(document["precision"]),
            temperatures=_numbers(document["temperatures"]),
            coverage=_numbers(document["coverage"]),
            category_coverage=_numbers(document["category_coverage"]),
            thresholds=_read(document["thresholds"]),
            category_thresholds=_read(document["category_thresholds"]),
        )


@dataclass(frozen=True)
class Held:
    """A kind's scores of products that it did not learn from: logits (n, classes), and the true labels."""

    logits: np.ndarray
    truth: Sequence[str]


def calibrated(
    held: Mapping[Kind, Held], classes: Sequence[str], tree: LabelTree, precision: float = PRECISION
) -> Calibration:
    """Fit temperatures and thresholds on held-out products; a label outside `classes` is never right.

    A kind whose `held` has no product of a known class gets no temperature and never decides alone.
    """
    temperatures: dict[str, float] = {}
    leaves: dict[str, tuple[dict[str, float], float]] = {}
    categories: dict[str, tuple[dict[str, float], float]] = {}
    place = {label: index for index, label in enumerate(classes)}
    for kind, scores in held.items():
        truth = np.array([place.get(label, -1) for label in scores.truth], dtype=np.int64)
        if not (truth >= 0).any():
            continue
        temperatures[kind] = best_temperature(scores.logits[truth >= 0], truth[truth >= 0])
        probabilities = softmax(scores.logits, temperatures[kind])
        leaves[kind] = thresholds(_guesses(probabilities, truth), classes, precision)
        sums, names = category_sums(probabilities, classes, tree)
        groups = {name: index for index, name in enumerate(names)}
        grouped = [groups.get(_category(label, tree), -1) for label in scores.truth]
        categories[kind] = thresholds(_guesses(sums, np.array(grouped)), names, precision)
    return Calibration(
        temperatures,
        precision,
        thresholds={kind: found for kind, (found, _) in leaves.items()},
        coverage={kind: share for kind, (_, share) in leaves.items()},
        category_thresholds={kind: found for kind, (found, _) in categories.items()},
        category_coverage={kind: share for kind, (_, share) in categories.items()},
    )


def _guesses(probabilities: np.ndarray, truth: np.ndarray) -> Guesses:
    guesses = probabilities.argmax(axis=1)
    return Guesses(guesses, probabilities.max(axis=1), guesses == truth)


def _category(label: str, tree: LabelTree) -> str:
    return tree.category(label) if label in tree.leaves else ""


def _of(found: Mapping[str, float], names: Sequence[str]) -> np.ndarray:
    others = found.get(OTHERS, NEVER)
    return np.array([found.get(name, others) for name in names], dtype=np.float64)


def _written(levels: Mapping[str, Mapping[str, float]]) -> dict[str, dict[str, float | None]]:
    return {
        kind: {name: None if value == NEVER else value for name, value in found.items()}
        for kind, found in levels.items()
    }


def _read(levels: Mapping[str, Mapping[str, float | None]]) -> dict[str, dict[str, float]]:
    return {
        kind: {name: NEVER if value is None else float(value) for name, value in found.items()}
        for kind, found in levels.items()
    }


def _numbers(found: Mapping[str, float]) -> dict[str, float]:
    return {kind: float(value) for kind, value in found.items()}
