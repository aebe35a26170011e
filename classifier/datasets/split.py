"""Train, validation and test parts that never share a group, the same on every machine."""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from classifier.datasets.example import Example

TEST_SHARE = 0.1
VALIDATION_SHARE = 0.1


@dataclass(frozen=True)
class PartIds:
    """Which products a training learnt from and which it held out; a bundle keeps them for honest figures."""

    train: frozenset[str] = frozenset()
    validation: frozenset[str] = frozenset()
    test: frozenset[str] = frozenset()

    def by_id(self) -> dict[str, str]:
        """Return the name of the part of each product."""
        return {name: part for part, names in vars(self).items() for name in names}


@dataclass(frozen=True)
class Split:
    train: tuple[Example, ...]
    validation: tuple[Example, ...]
    test: tuple[Example, ...]

    @property
    def ids(self) -> PartIds:
        return PartIds(*(frozenset(example.id for example in part) for part in vars(self).values()))


def split(examples: Sequence[Example], seed: int, before: PartIds | None = None) -> Split:
    """Split by group, 80/10/10.

    A product that an earlier training put on one side stays there, and new members of its group follow it: a
    resumed training must not be measured on what the earlier one learnt.
    """
    known = before.by_id() if before else {}
    groups = _parts_of_groups(examples, known)
    parts: dict[str, list[Example]] = {"train": [], "validation": [], "test": []}
    for example in examples:
        part = known.get(example.id) or groups.get(example.group) or _drawn_part(example.group, seed)
        parts[part].append(example)
    return Split(tuple(parts["train"]), tuple(parts["validation"]), tuple(parts["test"]))


def _parts_of_groups(examples: Sequence[Example], known: Mapping[str, str]) -> dict[str, str]:
    """The part that each group's known members are in; where they disagree, the one held out hardest."""
    groups: dict[str, str] = {}
    for part in ("train", "validation", "test"):
        groups.update({e.group: part for e in examples if known.get(e.id) == part})
    return groups


def _drawn_part(group: str, seed: int) -> str:
    digest = hashlib.sha256(f"{seed}:{group}".encode()).digest()
    share = int.from_bytes(digest[:8], "big") / 2**64
    if share < TEST_SHARE:
        return "test"
    return "validation" if share < TEST_SHARE + VALIDATION_SHARE else "train"
