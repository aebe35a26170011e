"""What a prediction may claim: a leaf, only a category, or nothing."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np

from classifier.calibration import Calibration, Kind
from classifier.coarsening import category_sums
from classifier.labels import LabelTree

Level = Literal["leaf", "category", "nothing"]


@dataclass(frozen=True)
class Verdict:
    """The best leaf and the category with their probabilities, and the finest level that is sure.

    `category` is the leaf's own where the leaf is sure, else the one with the largest sum over its leaves.
    """

    label: str
    confidence: float
    category: str
    category_confidence: float
    sure: Level

    @property
    def decides_alone(self) -> bool:
        return self.sure == "leaf"


def decide(
    probabilities: np.ndarray, classes: Sequence[str], tree: LabelTree, calibration: Calibration, kind: Kind
) -> list[Verdict]:
    """Judge each row of the calibrated probabilities, shape (n, classes), of a kind of prediction.

    Raises KeyError for a class that the tree lacks.
    """
    sums, categories = category_sums(probabilities, classes, tree)
    place = {name: index for index, name in enumerate(categories)}
    leaf_limits = calibration.of_leaves(kind, classes)
    category_limits = calibration.of_categories(kind, categories)
    verdicts = []
    for leaf, group, row, sum_row in zip(
        probabilities.argmax(axis=1).tolist(), sums.argmax(axis=1).tolist(), probabilities, sums, strict=True
    ):
        sure: Level = "nothing"
        if row[leaf] >= leaf_limits[leaf]:
            sure, group = "leaf", place[tree.category(classes[leaf])]
        elif sum_row[group] >= category_limits[group]:
            sure = "category"
        verdicts.append(
            Verdict(classes[leaf], float(row[leaf]), categories[group], float(sum_row[group]), sure)
        )
    return verdicts
