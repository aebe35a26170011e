"""Which products belong together: two pictures of one product, and near-duplicates."""

from collections.abc import Iterable, Sequence
from dataclasses import replace

import numpy as np
from PIL import UnidentifiedImageError
from tqdm import tqdm

from classifier.datasets.example import Example
from classifier.datasets.fingerprints import fingerprint, near_pairs


def grouped(examples: Sequence[Example]) -> tuple[Example, ...]:
    """Return the examples with `group` set to the smallest id of all that must stay together."""
    sets = _Sets(example.id for example in examples)
    places, prints = _fingerprints(examples)
    for i, j in near_pairs(prints) if places else ():
        sets.join(examples[places[i]].id, examples[places[j]].id)
    return tuple(replace(example, group=sets.first(example.id)) for example in examples)


def _fingerprints(examples: Sequence[Example]) -> tuple[list[int], np.ndarray]:
    places, prints = [], []
    for place, example in enumerate(tqdm(examples, desc="near-duplicates", unit="picture", leave=False)):
        try:
            prints.append(fingerprint(example.picture.read_bytes()))
        except (OSError, UnidentifiedImageError, ValueError, SyntaxError):
            continue  # decoding names the broken picture; here it only stays alone
        places.append(place)
    return places, np.array(prints, dtype=np.float32)


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
