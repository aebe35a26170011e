"""Figures of merit, and the temperature that makes probabilities mean what they say."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from classifier.labels import LabelTree

BINS = 15
TOP = 4


@dataclass(frozen=True)
class Figures:
    """Shares from 0 to 1 over `items` pictures; `macro_f1` is over the labels present in the truth."""

    items: int
    accuracy: float
    top4: float
    macro_f1: float
    ece: float
    category_accuracy: float


def softmax(logits: np.ndarray, temperature: float = 1.0) -> np.ndarray:
    """Return probabilities, float32 (n, classes), of logits divided by the temperature."""
    scaled = logits.astype(np.float64) / temperature
    powers = np.exp(scaled - scaled.max(axis=1, keepdims=True))
    probabilities: np.ndarray = (powers / powers.sum(axis=1, keepdims=True)).astype(np.float32)
    return probabilities


def best_temperature(logits: np.ndarray, truth: np.ndarray) -> float:
    """Return the temperature with the least log loss; `truth` holds class indices, shape (n,).

    Source: Guo et al. 2017, On Calibration of Modern Neural Networks.
    """
    rows = np.arange(len(truth))
    candidates = np.geomspace(0.25, 4.0, 161)
    losses = [-np.log(softmax(logits, t)[rows, truth] + 1e-12).mean() for t in candidates]
    return float(candidates[int(np.argmin(losses))])


def figures(
    truth: Sequence[str], probabilities: np.ndarray, classes: Sequence[str], tree: LabelTree
) -> Figures:
    """Measure probabilities (n, classes) against label names; a label outside `classes` counts as wrong."""
    names = np.array(classes)
    order = np.argsort(-probabilities, axis=1)
    guesses = names[order[:, 0]]
    labels = np.array(truth)
    right = guesses == labels
    return Figures(
        items=len(labels),
        accuracy=float(right.mean()),
        top4=float((names[order[:, :TOP]] == labels[:, None]).any(axis=1).mean()),
        macro_f1=float(np.mean([f1 for f1, _ in f1_by_label(truth, guesses.tolist()).values()])),
        ece=_calibration_error(probabilities.max(axis=1), right),
        category_accuracy=float(
            (_categories(probabilities, classes, tree) == _true_categories(truth, tree)).mean()
        ),
    )


def f1_by_label(truth: Sequence[str], guesses: Sequence[str]) -> dict[str, tuple[float, int]]:
    """Return F1 and the number of pictures of each label present in the truth."""
    labels, guessed = np.array(truth), np.array(guesses)
    result = {}
    for label in sorted(set(truth)):
        hits = int(((labels == label) & (guessed == label)).sum())
        total = int((labels == label).sum())
        result[label] = (2 * hits / (total + int((guessed == label).sum())), total)
    return result


def _calibration_error(confidence: np.ndarray, right: np.ndarray) -> float:
    """Expected calibration error over BINS bins of equal width."""
    places = np.minimum((confidence * BINS).astype(int), BINS - 1)
    gaps = [
        (places == place).mean() * abs(right[places == place].mean() - confidence[places == place].mean())
        for place in np.unique(places)
    ]
    return float(np.sum(gaps))


def _categories(probabilities: np.ndarray, classes: Sequence[str], tree: LabelTree) -> np.ndarray:
    """The category with the largest sum of its leaves' probabilities."""
    names = np.array(tree.categories)
    member = np.array(
        [[tree.category(label) == name for name in names] for label in classes], dtype=np.float32
    )
    best: np.ndarray = names[np.argmax(probabilities @ member, axis=1)]
    return best


def _true_categories(truth: Sequence[str], tree: LabelTree) -> np.ndarray:
    return np.array([tree.category(label) for label in truth])
