"""Figures as they go into a bundle and on a screen: overall, by source, by label."""

from collections.abc import Sequence
from dataclasses import asdict
from typing import Any

import numpy as np

from classifier.datasets.example import Example
from classifier.labels import LabelTree
from classifier.measure import f1_by_label, figures

DIGITS = 4


def rounded(
    examples: Sequence[Example], probabilities: np.ndarray, classes: Sequence[str], tree: LabelTree
) -> dict[str, float]:
    """Return the figures of probabilities (n, classes) as a plain object."""
    measured = figures([example.label for example in examples], probabilities, classes, tree)
    return {key: round(value, DIGITS) for key, value in asdict(measured).items()}


def by_source(
    examples: Sequence[Example], probabilities: np.ndarray, classes: Sequence[str], tree: LabelTree
) -> dict[str, dict[str, float]]:
    """Return the figures of each data folder by itself."""
    sources = np.array([example.source for example in examples])
    result = {}
    for source in sorted(set(sources.tolist())):
        places = np.flatnonzero(sources == source).tolist()
        result[source] = rounded([examples[place] for place in places], probabilities[places], classes, tree)
    return result


def by_label(
    examples: Sequence[Example], probabilities: np.ndarray, classes: Sequence[str]
) -> dict[str, Any]:
    """Return F1 and number of pictures of each label present."""
    guesses = np.array(classes)[probabilities.argmax(axis=1)].tolist()
    scores = f1_by_label([example.label for example in examples], guesses)
    return {label: {"f1": round(f1, DIGITS), "items": items} for label, (f1, items) in scores.items()}
