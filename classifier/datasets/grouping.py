"""Which products belong together: two pictures of one product, exact and near duplicates."""

import hashlib
import logging
import os
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np

from classifier.datasets.example import Example
from classifier.datasets.fingerprints import GRID, fingerprint, near_pairs
from classifier.datasets.parallel import in_order
from classifier.errors import PictureError

log = logging.getLogger(__name__)
NAMED = 5


@dataclass(frozen=True)
class _Look:
    """A picture file: the hash of its bytes, and its fingerprint unless it cannot be decoded."""

    digest: bytes
    print: np.ndarray | None


def grouped(examples: Sequence[Example]) -> tuple[Example, ...]:
    """Return the examples with `group` set to the smallest id of all that must stay together.

    Identical pictures that have different labels are counted and named in the log.
    """
    sets = _Sets(example.id for example in examples)
    firsts, prints = _joined_by_bytes(examples, sets)
    for i, j in near_pairs(prints):
        sets.join(firsts[i].id, firsts[j].id)
    return tuple(replace(example, group=sets.first(example.id)) for example in examples)


def _joined_by_bytes(examples: Sequence[Example], sets: "_Sets") -> tuple[list[Example], np.ndarray]:
    """Join identical pictures; return the first example of each picture, and their fingerprints (n, d)."""
    pictured = [(example, example.picture) for example in examples if example.picture]
    looks = in_order(_look, [path for _, path in pictured], os.cpu_count() or 1, "fingerprints", "picture")
    same: dict[bytes, list[Example]] = {}
    firsts: list[Example] = []
    prints = np.empty((len(pictured), 2 * GRID * GRID), dtype=np.float32)
    for (example, _), look in zip(pictured, looks, strict=True):
        if look is None:
            continue
        if look.digest not in same and look.print is not None:
            prints[len(firsts)] = look.print
            firsts.append(example)
        same.setdefault(look.digest, []).append(example)
        sets.join(same[look.digest][0].id, example.id)
    _name_conflicts(same.values())
    return firsts, prints[: len(firsts)]


def _look(picture: Path) -> _Look | None:
    """None for a file that cannot be read or holds nothing; decoding names it."""
    try:
        data = picture.read_bytes()
    except OSError:
        return None
    if not data:
        return None
    try:
        return _Look(hashlib.sha256(data).digest(), fingerprint(data))
    except PictureError:
        return _Look(hashlib.sha256(data).digest(), None)


def _name_conflicts(same: Iterable[Sequence[Example]]) -> None:
    conflicts = [examples for examples in same if len({example.label for example in examples}) > 1]
    if conflicts:
        named = "; ".join(_conflict(examples) for examples in conflicts[:NAMED])
        more = f" and {len(conflicts) - NAMED} more" if len(conflicts) > NAMED else ""
        log.warning("%d identical pictures have different labels: %s%s", len(conflicts), named, more)


def _conflict(examples: Sequence[Example]) -> str:
    one = next(iter(examples))
    other = next(example for example in examples if example.label != one.label)
    return f"{one.id} {one.label} and {other.id} {other.label}"


class _Sets:
    """Disjoint sets of ids; each is named by its smallest member, whatever the order of joining."""

    def __init__(self, names: Iterable[str]) -> None:
        self._parent = {name: name for name in names}

    def first(self, name: str) -> str:
        while self._parent[name] != name:
            self._parent[name] = self._parent[self._parent[name]]
            name = self._parent[name]
        return name

    def join(self, one: str, other: str) -> None:
        low, high = sorted((self.first(one), self.first(other)))
        self._parent[high] = low
