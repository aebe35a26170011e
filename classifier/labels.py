"""Label trees: what a model tells apart, and where Shopify files it."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from functools import cached_property
from pathlib import Path
from types import MappingProxyType
from typing import Any

from classifier.errors import UnknownLabelTree

TREES = Path(__file__).parent / "trees"
OPTIONAL = ("synonyms", "covers")


@dataclass(frozen=True)
class Leaf:
    """One label: `category` is the collection level, `taxonomy_id` Shopify's node, such as aa-1-13-8.

    `synonyms` are other words that a search finds it by; `covers` the labels of finer trees that it holds.
    """

    name: str
    category: str
    taxonomy_id: str
    taxonomy_name: str
    product_type: str
    tags: tuple[str, ...]
    synonyms: tuple[str, ...] = ()
    covers: tuple[str, ...] = ()


@dataclass(frozen=True)
class LabelTree:
    """Leaves by name; `categories` are sorted and each has at least one leaf.

    `rule` says in words which labels of finer trees its leaves cover.
    """

    name: str
    leaves: Mapping[str, Leaf]
    rule: str = ""

    @cached_property
    def categories(self) -> tuple[str, ...]:
        return tuple(sorted({leaf.category for leaf in self.leaves.values()}))

    def category(self, label: str) -> str:
        """Return the category of a leaf. Raises KeyError for a label outside the tree."""
        return self.leaves[label].category

    def leaf_of(self, label: str) -> str | None:
        """Return the leaf that a label of this tree or of a finer one belongs to; None when it has none."""
        return label if label in self.leaves else self._covering.get(label)

    def only(self, labels: Iterable[str]) -> "LabelTree":
        """Return the tree of these leaves alone. Raises KeyError for a label outside the tree."""
        return LabelTree(self.name, MappingProxyType({name: self.leaves[name] for name in labels}), self.rule)

    @cached_property
    def _covering(self) -> Mapping[str, str]:
        return {fine: leaf.name for leaf in self.leaves.values() for fine in leaf.covers}


def load_tree(name_or_path: str | Path = "fashion") -> LabelTree:
    """Load a tree that ships with the package by its name, or one from a file. Raises UnknownLabelTree."""
    shipped = TREES / f"{name_or_path}.json"
    return read_tree(shipped if _is_shipped(str(name_or_path)) else Path(name_or_path))


def read_tree(file: Path) -> LabelTree:
    """Read a tree from a JSON file. Raises UnknownLabelTree when it is not there or not a tree."""
    try:
        return _from_json(json.loads(file.read_text(encoding="utf-8")))
    except FileNotFoundError as error:
        names = ", ".join(shipped_trees())
        raise UnknownLabelTree(f"{file} is neither a shipped label tree ({names}) nor a file.") from error
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise UnknownLabelTree(f"{file} is no label tree: {error!r}.") from error


def tree_json(tree: LabelTree) -> str:
    """Return the tree as the JSON text that `read_tree` reads."""
    document: dict[str, Any] = {"name": tree.name}
    if tree.rule:
        document["rule"] = tree.rule
    document["leaves"] = [_row(leaf) for leaf in tree.leaves.values()]
    return json.dumps(document, indent=1, ensure_ascii=False) + "\n"


def shipped_trees() -> tuple[str, ...]:
    return tuple(sorted(file.stem for file in TREES.glob("*.json")))


def _is_shipped(name: str) -> bool:
    return name in shipped_trees()


def _row(leaf: Leaf) -> dict[str, Any]:
    return {key: value for key, value in asdict(leaf).items() if value or key not in OPTIONAL}


def _from_json(document: dict[str, Any]) -> LabelTree:
    leaves = [_leaf(row) for row in document["leaves"]]
    names = [leaf.name for leaf in leaves]
    if not leaves or len(set(names)) != len(names):
        raise ValueError("it needs leaves, and each name once")
    covered = [fine for leaf in leaves for fine in leaf.covers if fine != leaf.name]
    if len(set(covered)) != len(covered) or not set(covered).isdisjoint(names):
        raise ValueError("a label is covered by two leaves")
    return LabelTree(
        document["name"], MappingProxyType({leaf.name: leaf for leaf in leaves}), document.get("rule", "")
    )


def _leaf(row: dict[str, Any]) -> Leaf:
    lists = {key: tuple(row.get(key, ())) for key in OPTIONAL}
    return Leaf(**{**row, "tags": tuple(row["tags"]), **lists})
