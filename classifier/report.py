"""Figures as they go into a bundle and on a screen: overall, by source, by label."""

from collections.abc import Sequence
from dataclasses import asdict
from typing import Any

import numpy as np

from classifier.datasets.example import Example
from classifier.labels import LabelTree
from classifier.measure import Judged, f1_by_label, figures, judged

DIGITS = 4
Row = dict[str, float | None]


def row(found: Judged) -> Row | None:
    """Return the figures as a plain object; None where there is no product."""
    if not len(found.truth):
        return None
    return {
        key: value if value is None else round(value, DIGITS) for key, value in asdict(figures(found)).items()
    }


def rows_by(found: Judged, groups: np.ndarray) -> dict[str, Row | None]:
    """Return the figures of each group by itself; `groups` (n,) names each product's."""
    return {
        name: row(found.of(np.flatnonzero(groups == name))) for name in sorted(set(map(str, groups.tolist())))
    }


def label_rows(
    truth: Sequence[str] | np.ndarray, guesses: Sequence[str] | np.ndarray
) -> dict[str, dict[str, float]]:
    """Return F1 and the number of products of each label present."""
    scores = f1_by_label(truth, guesses)
    return {label: {"f1": round(f1, DIGITS), "items": items} for label, (f1, items) in scores.items()}


def rounded(
    examples: Sequence[Example], probabilities: np.ndarray, classes: Sequence[str], tree: LabelTree
) -> dict[str, Any]:
    """Return the figures of probabilities (n, classes) that need no thresholds."""
    return _known(row(judged([example.label for example in examples], probabilities, classes, tree)))


def by_source(
    examples: Sequence[Example], probabilities: np.ndarray, classes: Sequence[str], tree: LabelTree
) -> dict[str, Any]:
    """Return such figures of each data folder by itself."""
    found = judged([example.label for example in examples], probabilities, classes, tree)
    sources = np.array([example.source for example in examples])
    return {name: _known(source) for name, source in rows_by(found, sources).items()}


def by_label(
    examples: Sequence[Example], probabilities: np.ndarray, classes: Sequence[str]
) -> dict[str, Any]:
    """Return F1 and number of pictures of each label present."""
    guesses = np.array(classes)[probabilities.argmax(axis=1)]
    return label_rows([example.label for example in examples], guesses)


def _known(found: Row | None) -> dict[str, float]:
    return {key: value for key, value in (found or {}).items() if value is not None}
