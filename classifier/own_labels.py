"""The label tree of data that brings labels of its own."""

from collections.abc import Sequence
from types import MappingProxyType

from classifier.datasets.example import Example
from classifier.labels import LabelTree, Leaf, load_tree

UNCATEGORIZED = ("na", "Uncategorized")
OWN = "own"


def fitting_tree(examples: Sequence[Example]) -> LabelTree:
    """Return the shipped tree `fashion` if it has the labels of most examples, else the data's own labels."""
    fashion = load_tree()
    known = sum(example.label in fashion.leaves for example in examples)
    return fashion if 2 * known >= len(examples) else own_tree({example.label for example in examples})


def own_tree(labels: set[str]) -> LabelTree:
    """Return a flat tree: each label is its own category, and Shopify's category stays open."""
    return LabelTree(OWN, MappingProxyType({label: _leaf(label) for label in sorted(labels)}))


def _leaf(label: str) -> Leaf:
    return Leaf(label, label, *UNCATEGORIZED, product_type=label, tags=())
