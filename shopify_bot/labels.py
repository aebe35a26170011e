"""The labels a merchant can choose from: the label tree of the model in use."""

from functools import lru_cache
from pathlib import Path

from classifier.bundle import read_bundle
from classifier.labels import LabelTree


@lru_cache(maxsize=4)
def label_tree(model: Path) -> LabelTree:
    """The label tree of a bundle, read once. Raises classifier.errors.ClassifierError when it is damaged."""
    return read_bundle(model).tree
