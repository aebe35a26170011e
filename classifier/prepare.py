"""From data folders to what a training needs: classes, parts, class weights."""

import logging
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from classifier.bundle import Bundle
from classifier.datasets.caps import capped
from classifier.datasets.example import Example
from classifier.datasets.grouping import grouped
from classifier.datasets.layouts import read_folders
from classifier.datasets.rules import Rules
from classifier.datasets.split import Split, split
from classifier.errors import NoUsableData
from classifier.labels import LabelTree
from classifier.own_labels import fitting_tree

log = logging.getLogger(__name__)
LEAST_EXAMPLES = 15
RARITY = 0.25


@dataclass(frozen=True)
class Data:
    """Classes in the order of the network's outputs, and the parts; only the test part has other labels."""

    classes: tuple[str, ...]
    split: Split
    tree: LabelTree

    def indices(self, examples: Sequence[Example]) -> np.ndarray:
        place = {label: index for index, label in enumerate(self.classes)}
        return np.array([place[example.label] for example in examples], dtype=np.int64)


def prepare(
    folders: Sequence[Path],
    tree: LabelTree | None,
    seed: int,
    resume: Bundle | None = None,
    cap: int | None = None,
    rules: Rules | None = None,
    cache: Path | None = None,
) -> Data:
    """Read, group and split the folders; of each label at most `cap` examples are left to learn from.

    `rules` give the labels, and `cache` keeps the pictures that tables name by URL, as in `read_folders`.
    Raises NoUsableData when fewer than two classes have enough.
    """
    examples = read_folders(folders, rules, cache)
    tree = tree or (resume.tree if resume else fitting_tree(examples))
    known = _known(examples, tree)
    classes = _classes(known, resume)
    parts = split(grouped(known), seed, resume.parts if resume else None)
    train = _of_classes(parts.train, classes)
    if cap is not None:
        train = capped(train, cap, seed)
    if not train:
        raise NoUsableData("After splitting no example is left to train on; give more data.")
    log.info("%d classes; %d pictures to train, %d to validate, %d to test",
             len(classes), len(train), len(parts.validation), len(parts.test))  # fmt: skip
    return Data(classes, Split(train, _of_classes(parts.validation, classes), parts.test), tree)


def class_weights(labels: np.ndarray, classes: int, rarity: float = RARITY) -> np.ndarray:
    """Return a weight per class: its rarity to the power `rarity`, of mean one over the examples."""
    counts = np.maximum(np.bincount(labels, minlength=classes), 1)
    weights = (counts.mean() / counts) ** rarity
    scaled: np.ndarray = weights / weights[labels].mean()
    return scaled


def _known(examples: Sequence[Example], tree: LabelTree) -> tuple[Example, ...]:
    unknown = Counter(e.label for e in examples if e.label not in tree.leaves)
    if unknown:
        log.warning("%d pictures left out, their labels are not in the tree %r: %s",
                    unknown.total(), tree.name, ", ".join(sorted(unknown)[:10]))  # fmt: skip
    return tuple(e for e in examples if e.label in tree.leaves)


def _classes(examples: Sequence[Example], resume: Bundle | None) -> tuple[str, ...]:
    """A resumed training keeps its classes in their places and adds new ones behind them."""
    counts = Counter(example.label for example in examples)
    enough = {label for label, count in counts.items() if count >= LEAST_EXAMPLES}
    rare = sorted(set(counts) - enough)
    if rare:
        log.info(
            "%d labels have under %d examples and are not learnt: %s",
            len(rare),
            LEAST_EXAMPLES,
            ", ".join(rare),
        )
    before = resume.classes if resume else ()
    classes = before + tuple(sorted(enough - set(before)))
    if len(classes) < 2:
        raise NoUsableData(
            f"{len(classes)} label of the tree has {LEAST_EXAMPLES} examples or more; a classifier needs two."
        )
    return classes


def _of_classes(examples: Sequence[Example], classes: Sequence[str]) -> tuple[Example, ...]:
    wanted = set(classes)
    return tuple(example for example in examples if example.label in wanted)
