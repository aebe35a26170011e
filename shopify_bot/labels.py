"""The model in use, as far as people are told of it: its labels, what it promises, and its figures."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from math import isfinite
from pathlib import Path
from statistics import median
from typing import Any

from classifier.bundle import read_bundle
from classifier.calibration import Calibration
from classifier.labels import LabelTree


@dataclass(frozen=True)
class Model:
    """A bundle without what runs it; `predicts` are the labels that it has learnt, of those in the tree."""

    version: str
    tree: LabelTree
    predicts: tuple[str, ...]
    calibration: Calibration
    metrics: Mapping[str, Any]

    @property
    def usual_threshold(self) -> float | None:
        """The confidence from which on half of its labels are decided alone; None when it never does."""
        levels = [level for each in self.calibration.thresholds.values() for level in each.values()]
        reached = [level for level in levels if isfinite(level)]
        return median(reached) if reached else None


@lru_cache(maxsize=4)
def model_in_use(folder: Path) -> Model:
    """The model of a bundle, read once. Raises classifier.errors.ClassifierError when it is damaged."""
    bundle = read_bundle(folder)
    return Model(bundle.version, bundle.tree, bundle.classes, bundle.calibration, bundle.metrics)


def label_tree(model: Path) -> LabelTree:
    """The label tree of a bundle, read once. Raises classifier.errors.ClassifierError when it is damaged."""
    return model_in_use(model).tree
