"""Draws how a training went and what it led to, as PNG files."""

from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.ticker import MaxNLocator

MOST_CONFUSED = 30
DPI = 110
LONGEST_NAME = 18
COLUMNS = 6
RIGHT, WRONG = "#1a7f37", "#b42318"


def write_curves(epochs: Sequence[Mapping[str, Any]], file: Path) -> None:
    """Draw loss and accuracy over the epochs of a bundle's `training`; what was not measured is left out."""
    figure = Figure(figsize=(9, 3.4), layout="constrained")
    loss, accuracy = figure.subplots(1, 2)
    _curve(loss, epochs, "loss", "training")
    _curve(loss, epochs, "validation_loss", "validation")
    _curve(accuracy, epochs, "accuracy", "training")
    validation = [{"epoch": row["epoch"]} | dict(row.get("validation", {})) for row in epochs]
    _curve(accuracy, validation, "accuracy", "validation")
    _curve(accuracy, validation, "macro_f1", "validation, macro-F1")
    _finish(loss, "loss")
    _finish(accuracy, "accuracy")
    figure.savefig(file, dpi=DPI)


def write_confusion(truth: Sequence[str], guesses: Sequence[str], file: Path) -> None:
    """Draw which label is taken for which, row by row in shares of the truth.

    Of many labels the MOST_CONFUSED are shown, those with most wrong guesses to or from them.
    """
    shown = most_confused(truth, guesses)
    shares = _shares(truth, guesses, shown)
    side = 2.5 + 0.3 * len(shown)
    figure = Figure(figsize=(side, side), layout="constrained")
    axes = figure.subplots()
    axes.imshow(shares, cmap="Blues", vmin=0, vmax=1)
    names = [_short(name) for name in shown]
    axes.set_xticks(range(len(shown)), names, rotation=90, fontsize=8)
    axes.set_yticks(range(len(shown)), names, fontsize=8)
    for row, column in np.argwhere(shares >= 0.005):
        share = shares[row, column]
        axes.text(column, row, f"{100 * share:.0f}", ha="center", va="center", fontsize=6,
                  color="white" if share > 0.5 else "black")  # fmt: skip
    labels = len(set(truth) | set(guesses))
    axes.set_title(f"% of each label; {len(shown)} of {labels} labels", fontsize=9)
    axes.set_xlabel("predicted")
    axes.set_ylabel("true")
    figure.savefig(file, dpi=DPI)


def write_samples(
    pictures: Sequence[np.ndarray],
    truth: Sequence[str],
    guesses: Sequence[str],
    confidences: Sequence[float],
    file: Path,
) -> None:
    """Draw pictures, uint8 (h, w, 3), each with its prediction; a wrong one names the truth too.

    Raises ValueError when there is no picture.
    """
    if not len(pictures):
        raise ValueError("no picture to show")
    rows = -(-len(pictures) // COLUMNS)
    figure = Figure(figsize=(1.6 * COLUMNS, 2.0 * rows), layout="constrained")
    grid = figure.subplots(rows, COLUMNS, squeeze=False).ravel()
    for axes in grid:
        axes.set_axis_off()
    for axes, picture, true, guess, sure in zip(grid, pictures, truth, guesses, confidences, strict=False):
        axes.imshow(picture)
        right = true == guess
        text = f"{_short(guess)} {sure:.0%}" + ("" if right else f"\nis {_short(true)}")
        axes.set_title(text, fontsize=7, color=RIGHT if right else WRONG)
    figure.savefig(file, dpi=DPI)


def most_confused(truth: Sequence[str], guesses: Sequence[str], limit: int = MOST_CONFUSED) -> list[str]:
    """Return at most `limit` labels, sorted by name: those with most wrong guesses to or from them."""
    wrong = Counter(
        label for pair in zip(truth, guesses, strict=True) if len(set(pair)) == 2 for label in pair
    )
    ranked = sorted(set(truth) | set(guesses), key=lambda label: (-wrong[label], label))
    return sorted(ranked[:limit])


def _shares(truth: Sequence[str], guesses: Sequence[str], shown: Sequence[str]) -> np.ndarray:
    """Of each true label which share goes to each shown one, (n, n); rows may miss what goes elsewhere."""
    place = {label: index for index, label in enumerate(shown)}
    shares = np.zeros((len(shown), len(shown)))
    totals = Counter(truth)
    for true, guess in zip(truth, guesses, strict=True):
        if true in place and guess in place:
            shares[place[true], place[guess]] += 1 / totals[true]
    return shares


def _curve(axes: Axes, epochs: Sequence[Mapping[str, Any]], key: str, name: str) -> None:
    points = [(row["epoch"], row[key]) for row in epochs if key in row]
    if points:
        axes.plot(*zip(*points, strict=True), marker="o", markersize=3, label=name)


def _finish(axes: Axes, name: str) -> None:
    axes.set_xlabel("epoch")
    axes.set_ylabel(name)
    axes.xaxis.set_major_locator(MaxNLocator(integer=True))
    axes.grid(alpha=0.3)
    if axes.has_data():
        axes.legend(fontsize=8)


def _short(name: str) -> str:
    return name if len(name) <= LONGEST_NAME else name[: LONGEST_NAME - 1] + "…"
