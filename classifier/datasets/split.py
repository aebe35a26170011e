"""Train, validation and test parts that never share a group, the same on every machine."""

import hashlib
import logging
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from classifier.datasets.example import PARTS, Example

log = logging.getLogger(__name__)
TEST_SHARE = 0.1
VALIDATION_SHARE = 0.1
LARGE = 20
MOST_HELD_OUT = 0.2


@dataclass(frozen=True)
class PartIds:
    """Which products a training learnt from and which it held out; a bundle keeps them for honest figures."""

    train: frozenset[str] = frozenset()
    validation: frozenset[str] = frozenset()
    test: frozenset[str] = frozenset()

    def with_earlier(self, earlier: "PartIds") -> "PartIds":
        """Return these, and of what an earlier training saw all that is not among them."""
        mine = self.train | self.validation | self.test
        return PartIds(*(ids | (getattr(earlier, part) - mine) for part, ids in vars(self).items()))

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
    """Split by group, 80/10/10, among the sides that the data leave open.

    A side that the data state is kept, but a training product that looks like a held-out one joins it there:
    what is held out must be new. A product that an earlier training put on one side stays there, and new
    members of its group follow it: a resumed training must not be measured on what the earlier one learnt.
    A group too large to be held out is learnt from: without it little of its label would be left to learn.
    """
    known = before.by_id() if before else {}
    groups = dict.fromkeys(_too_large(examples), "train") | _parts_of_groups(examples, known)
    stated = _open_sides(examples)
    parts: dict[str, list[Example]] = {part: [] for part in PARTS}
    for example in examples:
        drawn = _drawn_part(example.group, seed, stated.get(example.group, PARTS))
        parts[known.get(example.id) or groups.get(example.group) or drawn].append(example)
    _name_moved(parts)
    return Split(tuple(parts["train"]), tuple(parts["validation"]), tuple(parts["test"]))


def _too_large(examples: Sequence[Example]) -> list[str]:
    """Groups of LARGE members and more that hold over MOST_HELD_OUT of a label, and may be learnt from."""
    labels = Counter(example.label for example in examples)
    members: dict[str, list[Example]] = defaultdict(list)
    for example in examples:
        members[example.group].append(example)
    return [
        group
        for group, found in members.items()
        if len(found) >= LARGE
        and all("train" in example.parts for example in found)
        and any(
            count > MOST_HELD_OUT * labels[label] for label, count in Counter(e.label for e in found).items()
        )
    ]


def _open_sides(examples: Sequence[Example]) -> dict[str, tuple[str, ...]]:
    """The sides that each group may fall on, for groups of which something is stated."""
    stated: dict[str, set[tuple[str, ...]]] = defaultdict(set)
    for example in examples:
        if example.parts != PARTS:
            stated[example.group].add(example.parts)
    return {group: _agreed(sides) for group, sides in stated.items()}


def _agreed(sides: set[tuple[str, ...]]) -> tuple[str, ...]:
    """The hardest held-out side that a member is tied to, or what all members leave open."""
    held_out = {part for parts in sides if "train" not in parts for part in parts}
    if held_out:
        return (max(held_out, key=PARTS.index),)
    return tuple(part for part in PARTS if all(part in parts for parts in sides))


def _name_moved(parts: Mapping[str, Sequence[Example]]) -> None:
    moved = [e.id for part, members in parts.items() for e in members if part not in e.parts]
    if moved:
        log.warning(
            "%d products leave the side that the data state, for what they look like is on another: %s",
            len(moved),
            ", ".join(moved[:5]),
        )


def _parts_of_groups(examples: Sequence[Example], known: Mapping[str, str]) -> dict[str, str]:
    """The part that each group's known members are in; where they disagree, the one held out hardest."""
    groups: dict[str, str] = {}
    for part in PARTS:
        groups.update({e.group: part for e in examples if known.get(e.id) == part})
    return groups


def _drawn_part(group: str, seed: int, sides: Sequence[str]) -> str:
    digest = hashlib.sha256(f"{seed}:{group}".encode()).digest()
    share = int.from_bytes(digest[:8], "big") / 2**64
    if share < TEST_SHARE:
        part = "test"
    else:
        part = "validation" if share < TEST_SHARE + VALIDATION_SHARE else "train"
    return part if part in sides else sides[0]
