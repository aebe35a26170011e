"""Train, validation and test parts that never share a group, the same on every machine."""

import hashlib
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from classifier.datasets.example import Example

VALIDATION_SHARE = 0.1
TEST_SHARE = 0.1


@dataclass(frozen=True)
class HeldOut:
    """Ids of the products that a training must not see; a bundle keeps them for honest evaluation."""

    validation: frozenset[str] = frozenset()
    test: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Split:
    train: tuple[Example, ...]
    validation: tuple[Example, ...]
    test: tuple[Example, ...]

    @property
    def held_out(self) -> HeldOut:
        return HeldOut(frozenset(e.id for e in self.validation), frozenset(e.id for e in self.test))


def split(examples: Sequence[Example], seed: int, before: HeldOut | None = None) -> Split:
    """Split by group, 80/10/10.

    What an earlier training held out stays where it was, with its whole group: a resumed training must
    not learn what the bundle is measured on.
    """
    kept = before or HeldOut()
    test_groups = _groups_of(examples, kept.test)
    validation_groups = _groups_of(examples, kept.validation)
    parts: dict[str, list[Example]] = {"train": [], "validation": [], "test": []}
    for example in examples:
        if example.group in test_groups:
            parts["test"].append(example)
        elif example.group in validation_groups:
            parts["validation"].append(example)
        else:
            parts[_part(example.group, seed)].append(example)
    return Split(tuple(parts["train"]), tuple(parts["validation"]), tuple(parts["test"]))


def _groups_of(examples: Sequence[Example], ids: Collection[str]) -> set[str]:
    return {example.group for example in examples if example.id in ids}


def _part(group: str, seed: int) -> str:
    digest = hashlib.sha256(f"{seed}:{group}".encode()).digest()
    share = int.from_bytes(digest[:8], "big") / 2**64
    if share < TEST_SHARE:
        return "test"
    return "validation" if share < TEST_SHARE + VALIDATION_SHARE else "train"
