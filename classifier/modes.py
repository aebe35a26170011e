"""The four ways to look at a product, each judged by itself."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any, Literal

import numpy as np

from classifier.calibration import PRECISION, Kind
from classifier.coarsening import coarsened
from classifier.datasets.example import Example
from classifier.engines import Engine
from classifier.engines.engine import Outputs
from classifier.labels import LabelTree
from classifier.measure import Judged, f1_by_label, joined, judged
from classifier.report import DIGITS, Row, row, rows_by
from classifier.scoring import Scorer, kind_of
from classifier.text import masked

Mode = Literal["image", "text", "image_and_text", "image_and_masked_text"]
MODES: tuple[Mode, ...] = ("image", "text", "image_and_text", "image_and_masked_text")


@dataclass(frozen=True)
class Examinee:
    """A model with the labels it was taught, and the tree that it is examined in."""

    engine: Engine
    scorer: Scorer
    classes: tuple[str, ...]
    tree: LabelTree

    def judged(self, truth: Sequence[str], probabilities: np.ndarray, kind: Kind) -> Judged:
        """Judge probabilities (n, classes) in the tree's labels, with the thresholds that the bundle brings.

        Where the tree groups classes, the thresholds are those of categories: fitted on sums like these.
        Thresholds for another precision than the figures are named for do not count.
        """
        summed, names = coarsened(probabilities, self.classes, self.tree)
        calibration = self.scorer.calibration
        grouped = any(self.tree.leaf_of(label) not in (None, label) for label in self.classes)
        limits = (calibration.of_categories if grouped else calibration.of_leaves)(kind, names)
        leaves = [self.tree.leaf_of(label) or label for label in truth]
        return judged(
            leaves, summed, names, self.tree, limits if calibration.precision == PRECISION else None
        )


@dataclass
class Found:
    """What each mode said, with the places of its products among all."""

    judgements: dict[Mode, list[tuple[np.ndarray, Judged]]] = field(default_factory=dict)

    def add(self, mode: Mode, places: np.ndarray, found: Judged) -> None:
        self.judgements.setdefault(mode, []).append((places, found))

    def of(self, mode: Mode) -> tuple[np.ndarray, Judged] | None:
        """Return places and judgements of a mode; None when no product could be judged in it."""
        parts = self.judgements.get(mode)
        if not parts:
            return None
        return np.concatenate([places for places, _ in parts]), joined([found for _, found in parts])

    @property
    def places(self) -> np.ndarray:
        """The products judged in any mode."""
        parts = [places for found in self.judgements.values() for places, _ in found]
        return np.unique(np.concatenate(parts)) if parts else np.empty(0, dtype=np.int64)

    def rows(self) -> dict[str, Row | None]:
        """Return the figures of every mode; None for one without products."""
        every = {mode: self.of(mode) for mode in MODES}
        return {mode: found and row(found[1]) for mode, found in every.items()}

    def rows_by(self, groups: np.ndarray) -> dict[str, dict[str, Row | None]]:
        """Return the figures of every mode for each group; `groups` names that of each product, by place."""
        result: dict[str, dict[str, Row | None]] = {}
        for mode in MODES:
            found = self.of(mode)
            rows = rows_by(found[1], groups[found[0]]) if found else {}
            for name, figures in rows.items():
                result.setdefault(name, dict.fromkeys(MODES))[mode] = figures
        return {name: result[name] for name in sorted(result)}

    def labels(self) -> dict[str, dict[str, Any]]:
        """Return for each label present the number of its products and its F1 in every mode."""
        result: dict[str, dict[str, Any]] = {}
        for mode in MODES:
            found = self.of(mode)
            scores = f1_by_label(found[1].truth, found[1].guess) if found else {}
            for label, (f1, items) in scores.items():
                entry = result.setdefault(label, {"items": 0} | dict.fromkeys(MODES))
                entry["items"], entry[mode] = max(items, entry["items"]), round(f1, DIGITS)
        return {label: result[label] for label in sorted(result)}


@dataclass(frozen=True)
class Batch:
    """A few products, the first at the place `first` of all; what is missing is None or an empty text."""

    examples: Sequence[Example]
    pixels: Sequence[np.ndarray | None]
    texts: Sequence[str]
    first: int

    @property
    def seen(self) -> list[int]:
        return [at for at, picture in enumerate(self.pixels) if picture is not None]


def examine(examinee: Examinee, batch: Batch, found: Found) -> None:
    """Judge a few products in every mode that they and the model allow."""
    told = [at for at, text in enumerate(batch.texts) if text]
    if told and examinee.scorer.reads:
        _judge(examinee, batch, found, "text", told, None, [batch.texts[at] for at in told])
    if not batch.seen:
        return
    outputs = examinee.engine.run(np.stack([picture for picture in batch.pixels if picture is not None]))
    _judge(examinee, batch, found, "image", batch.seen, outputs, None)
    if examinee.scorer.reads:
        hidden = [
            masked(text, example.label) for text, example in zip(batch.texts, batch.examples, strict=True)
        ]
        _judge_both(examinee, batch, found, "image_and_text", outputs, batch.texts)
        _judge_both(examinee, batch, found, "image_and_masked_text", outputs, hidden)


def _judge_both(
    examinee: Examinee, batch: Batch, found: Found, mode: Mode, outputs: Outputs, words: Sequence[str]
) -> None:
    """A title that says nothing but its label leaves the picture alone when the label is masked."""
    places = [(row, at) for row, at in enumerate(batch.seen) if batch.texts[at]]
    for told in (True, False):
        chosen = [(row, at) for row, at in places if bool(words[at]) == told]
        if chosen:
            rows, ats = [row for row, _ in chosen], [at for _, at in chosen]
            part = Outputs(outputs.logits[rows], outputs.embeddings[rows])
            _judge(examinee, batch, found, mode, ats, part, [words[at] for at in ats] if told else None)


def _judge(
    examinee: Examinee,
    batch: Batch,
    found: Found,
    mode: Mode,
    ats: Sequence[int],
    outputs: Outputs | None,
    texts: Sequence[str] | None,
) -> None:
    truth = [batch.examples[at].label for at in ats]
    probabilities = examinee.scorer.probabilities(outputs, texts)
    judgement = examinee.judged(truth, probabilities, kind_of(outputs, texts))
    found.add(mode, np.array(ats) + batch.first, judgement)
