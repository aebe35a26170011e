"""From data folders to what a training needs: classes, parts, class weights."""

import logging
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np

from classifier.bundle import Bundle
from classifier.datasets.caps import capped
from classifier.datasets.example import Example
from classifier.datasets.grouping import grouped
from classifier.datasets.layouts import read_folders
from classifier.datasets.rules import Rules
from classifier.datasets.split import PartIds, Split, split
from classifier.errors import LabelsDoNotFit, NoUsableData
from classifier.labels import LabelTree
from classifier.own_labels import OWN, fitting_tree, own_tree

log = logging.getLogger(__name__)
LEAST_EXAMPLES = 15
RARITY = 0.25


@dataclass(frozen=True)
class Data:
    """Classes in the order of the network's outputs, and the parts; only the test part has other labels.

    `earlier` are the parts of the training that this one goes on from.
    """

    classes: tuple[str, ...]
    split: Split
    tree: LabelTree
    earlier: PartIds = field(default_factory=PartIds)

    @property
    def parts(self) -> PartIds:
        """Which products were put on which side, here and in the trainings that this one goes on from."""
        return self.split.ids.with_earlier(self.earlier)

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
    tree = tree or _tree(examples, resume)
    known = _known(examples, tree)
    classes = _classes(known, tree, resume)
    parts = split(grouped(known), seed, resume.parts if resume else None)
    train = _of_classes(parts.train, classes)
    if cap is not None:
        train = capped(train, cap, seed)
    if not train:
        raise NoUsableData("After splitting no example is left to train on; give more data.")
    log.info("%d classes; %d pictures to train, %d to validate, %d to test",
             len(classes), len(train), len(parts.validation), len(parts.test))  # fmt: skip
    return Data(
        classes,
        Split(train, _of_classes(parts.validation, classes), parts.test),
        tree,
        resume.parts if resume else PartIds(),
    )


def _tree(examples: Sequence[Example], resume: Bundle | None) -> LabelTree:
    """Labels of the data's own are welcome beside those that a resumed bundle has of its own."""
    if resume is None:
        return fitting_tree(examples)
    if resume.tree.name != OWN:
        return resume.tree
    return own_tree({*resume.tree.leaves, *(example.label for example in examples)})


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


def _classes(examples: Sequence[Example], tree: LabelTree, resume: Bundle | None) -> tuple[str, ...]:
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
    strange = sorted(set(before) - set(tree.leaves))
    if strange:
        raise LabelsDoNotFit(
            f"The label tree {tree.name!r} lacks {strange[0]!r}, which the bundle to go on from has learnt; "
            "leave out --labels, or name a tree that has all its labels."
        )
    classes = before + tuple(sorted(enough - set(before)))
    if len(classes) < 2:
        raise NoUsableData(
            f"{len(classes)} label of the tree has {LEAST_EXAMPLES} examples or more; a classifier needs two."
        )
    return classes


def _of_classes(examples: Sequence[Example], classes: Sequence[str]) -> tuple[Example, ...]:
    wanted = set(classes)
    return tuple(example for example in examples if example.label in wanted)
