"""The categories that the store knows: those of the shipped label tree, or those of a taxonomy file."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from classifier.labels import load_tree
from shopify_bot.devstore.errors import TaxonomyUnreadable, UnknownCategory
from shopify_bot.devstore.gids import gid, key_of

# "Women's" is one word.
_WORD = re.compile(r"\w+(?:['\u2019]\w+)*")


@dataclass(frozen=True)
class TaxonomyCategory:
    """One node of Shopify's product taxonomy; the id's dashes give its place, as in aa-1-13."""

    id: str
    full_name: str
    is_archived: bool = False

    @property
    def name(self) -> str:
        return self.full_name.rpartition(" > ")[2]

    @property
    def level(self) -> int:
        return key_of(self.id).count("-") + 1

    @property
    def is_root(self) -> bool:
        return self.level == 1

    @property
    def ancestor_ids(self) -> list[str]:
        """Ids of the nodes above, nearest first."""
        parts = key_of(self.id).split("-")
        return [gid("TaxonomyCategory", "-".join(parts[:end])) for end in range(len(parts) - 1, 0, -1)]

    @property
    def parent_id(self) -> str | None:
        return next(iter(self.ancestor_ids), None)


class Taxonomy:
    """The categories by id."""

    def __init__(self, categories: Iterable[TaxonomyCategory]) -> None:
        self.by_id = {category.id: category for category in categories}
        self._below: dict[str | None, list[str]] = {}
        for category in self.by_id.values():
            self._below.setdefault(category.parent_id, []).append(category.id)

    def find(self, category_id: str | None) -> TaxonomyCategory | None:
        """The category of that id, or None."""
        return self.by_id.get(category_id) if category_id else None

    def search(self, text: str) -> list[TaxonomyCategory]:
        """Categories in use with all the words, in any order and each perhaps only begun.

        Those with more of the words in their own name come first.
        """
        wanted = _words(text)
        in_use = (category for category in self.by_id.values() if not category.is_archived)
        found = [c for c in in_use if _begun(wanted, c.full_name) == len(wanted)]
        return sorted(found, key=lambda c: (-_begun(wanted, c.name), c.level, c.full_name))

    def children_ids(self, category: TaxonomyCategory) -> list[str]:
        """Ids of the nodes right below."""
        return list(self._below.get(category.id, ()))

    def is_within(self, category_id: str | None, ancestor_id: str) -> bool:
        """Whether a category is that ancestor or stands below it."""
        if category_id is None:
            return False
        return category_id == ancestor_id or category_id.startswith(f"{ancestor_id}-")

    def archive(self, category_id: str) -> None:
        """Mark a category as archived, as Shopify does now and then. Raises UnknownCategory."""
        category = self.by_id.get(category_id)
        if category is None:
            raise UnknownCategory(f"The local store knows no category {category_id}.")
        self.by_id[category_id] = TaxonomyCategory(category.id, category.full_name, is_archived=True)


def load_taxonomy(path: Path | None = None, tree: str | Path = "fashion") -> Taxonomy:
    """The label tree's categories and, where a file is given, the file's too. Raises TaxonomyUnreadable."""
    categories = {c.id: c for c in _of_tree(tree)}
    if path is not None:
        categories |= {c.id: c for c in _of_file(path)}
    return Taxonomy(categories.values())


def _words(text: str) -> list[str]:
    return _WORD.findall(text.casefold())


def _begun(wanted: list[str], name: str) -> int:
    words = _words(name)
    return sum(any(word.startswith(one) for word in words) for one in wanted)


def _of_tree(tree: str | Path) -> Iterable[TaxonomyCategory]:
    for leaf in load_tree(tree).leaves.values():
        yield TaxonomyCategory(gid("TaxonomyCategory", key_of(leaf.taxonomy_id)), leaf.taxonomy_name)


def _of_file(path: Path) -> list[TaxonomyCategory]:
    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise TaxonomyUnreadable(f"Cannot read the taxonomy file {path}: {error}") from error
    pairs = [line.partition(" : ") for line in text.splitlines() if line.startswith("gid://")]
    if not pairs:
        raise TaxonomyUnreadable(f"{path} has no line such as gid://shopify/TaxonomyCategory/aa-1 : Name")
    return [TaxonomyCategory(key.strip(), name.strip()) for key, _, name in pairs]
