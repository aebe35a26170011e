"""Finds labels by what a person types: names, synonyms and the taxonomy's path."""

import re
from dataclasses import dataclass, field

from classifier.labels import LabelTree, Leaf

WORD = re.compile(r"\w+")


@dataclass(frozen=True)
class _Entry:
    leaf: Leaf
    name: str
    words: str
    path: str


@dataclass(frozen=True)
class LabelSearch:
    """An index of a tree, built once; a search looks at every label and takes milliseconds for 5,000."""

    tree: LabelTree
    _entries: tuple[_Entry, ...] = field(init=False, repr=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "_entries", tuple(_entry(leaf) for leaf in self.tree.leaves.values()))

    def find(self, text: str, limit: int = 20) -> tuple[Leaf, ...]:
        """Return at most `limit` leaves in which every word of `text` begins a word, the best match first.

        A hit in the name counts more than one in a synonym, and that more than one in the path.
        """
        words = [f" {word}" for word in WORD.findall(text.lower())]
        if not words:
            return ()
        ranked = sorted(
            (rank, len(entry.name), entry.leaf.name, entry.leaf)
            for entry in self._entries
            if (rank := _rank(entry, words)) is not None
        )
        return tuple(leaf for *_, leaf in ranked[:limit])


def _rank(entry: _Entry, words: list[str]) -> int | None:
    if all(word in entry.name for word in words):
        return 0 if entry.name.startswith(words[0]) else 1
    if all(word in entry.words for word in words):
        return 2
    return 3 if all(word in entry.path for word in words) else None


def _entry(leaf: Leaf) -> _Entry:
    name = _spaced(leaf.name)
    words = name + _spaced(leaf.product_type, *leaf.tags, *leaf.synonyms)
    return _Entry(leaf, name, words, words + _spaced(leaf.category, leaf.taxonomy_name))


def _spaced(*texts: str) -> str:
    """All words in lower case, each after a space, so that a space and letters find where a word begins."""
    return "".join(f" {word}" for text in texts for word in WORD.findall(text.lower()))
