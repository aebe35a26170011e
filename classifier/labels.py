"""Label trees: what a model tells apart, and where Shopify files it."""

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from types import MappingProxyType
from typing import Any

from classifier.errors import UnknownLabelTree

TREES = Path(__file__).parent / "trees"


@dataclass(frozen=True)
class Leaf:
    """One label: `category` is the collection level, `taxonomy_id` Shopify's node, such as aa-1-13-8."""

    name: str
    category: str
    taxonomy_id: str
    taxonomy_name: str
    product_type: str
    tags: tuple[str, ...]


@dataclass(frozen=True)
class LabelTree:
    """Leaves by name; `categories` are sorted and each has at least one leaf."""

    name: str
    leaves: Mapping[str, Leaf]

    @property
    def categories(self) -> tuple[str, ...]:
        return tuple(sorted({leaf.category for leaf in self.leaves.values()}))

    def category(self, label: str) -> str:
        """Return the category of a leaf. Raises KeyError for a label outside the tree."""
        return self.leaves[label].category


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
    document = {"name": tree.name, "leaves": [asdict(leaf) for leaf in tree.leaves.values()]}
    return json.dumps(document, indent=1, ensure_ascii=False) + "\n"


def shipped_trees() -> tuple[str, ...]:
    return tuple(sorted(file.stem for file in TREES.glob("*.json")))


def _is_shipped(name: str) -> bool:
    return name in shipped_trees()


def _from_json(document: dict[str, Any]) -> LabelTree:
    leaves = [Leaf(**{**row, "tags": tuple(row["tags"])}) for row in document["leaves"]]
    if not leaves or len({leaf.name for leaf in leaves}) != len(leaves):
        raise ValueError("it needs leaves, and each name once")
    return LabelTree(document["name"], MappingProxyType({leaf.name: leaf for leaf in leaves}))
