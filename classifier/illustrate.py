"""The pictures that a bundle's card shows."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np

from classifier.charts import write_confusion, write_curves, write_samples
from classifier.held_out import Tested

CURVES, CONFUSION, SAMPLES = "curves.png", "confusion.png", "samples.png"
DRAWN = "drawings"
MOST_SAMPLES = 24


def illustrate(
    folder: Path, history: Sequence[Mapping[str, Any]], tested: Tested | None, classes: Sequence[str]
) -> None:
    """Write the curves, and of a network that was tested the confusion and the samples."""
    write_curves(history, folder / CURVES)
    if tested:
        guesses = np.array(classes)[tested.probabilities.argmax(axis=1)].tolist()
        write_confusion(tested.truth, guesses, folder / CONFUSION)
        _write_drawings(tested, guesses, folder / SAMPLES)


def drawn(tested: Tested | None) -> tuple[str, ...]:
    """Return the names of the files that `illustrate` writes."""
    if tested is None:
        return (CURVES,)
    return (CURVES, CONFUSION, SAMPLES) if _drawings(tested) else (CURVES, CONFUSION)


def _drawings(tested: Tested) -> list[int]:
    """The places of the project's own drawings, one per label: a bundle hands on nobody's pictures."""
    chosen: dict[str, int] = {}
    for place, example in enumerate(tested.pictures.examples):
        if example.source.startswith(DRAWN):
            chosen.setdefault(example.label, place)
    return [chosen[label] for label in sorted(chosen)][:MOST_SAMPLES]


def _write_drawings(tested: Tested, guesses: Sequence[str], file: Path) -> None:
    places = _drawings(tested)
    if places:
        write_samples(
            list(tested.pictures.pixels[places]),
            [tested.truth[place] for place in places],
            [guesses[place] for place in places],
            tested.probabilities[places].max(axis=1).tolist(),
            file,
        )
