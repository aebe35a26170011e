"""From the probabilities of fine labels to those of the labels that a coarser tree groups them into."""

from collections.abc import Sequence

import numpy as np

from classifier.errors import LabelsDoNotFit
from classifier.labels import LabelTree


def coarsened(
    probabilities: np.ndarray, classes: Sequence[str], tree: LabelTree
) -> tuple[np.ndarray, tuple[str, ...]]:
    """Return float32 (n, k) probabilities of the k leaves of `tree` that cover `classes`, and these leaves.

    Probabilities, shape (n, classes), of one leaf are summed. Those of classes that the tree lacks are
    dropped and the rest made to sum to one. Raises LabelsDoNotFit when the tree covers none of the classes.
    """
    leaves = [tree.leaf_of(label) for label in classes]
    if leaves == list(classes):
        return probabilities, tuple(classes)
    found = {leaf for leaf in leaves if leaf is not None}
    if not found:
        raise LabelsDoNotFit(
            f"The label tree {tree.name!r} covers none of the model's {len(classes)} labels, such as "
            f"{classes[0]!r}; name these labels in it, as leaves or in what a leaf covers."
        )
    names = tuple(name for name in tree.leaves if name in found)
    place = {name: index for index, name in enumerate(names)}
    places = np.array([-1 if leaf is None else place[leaf] for leaf in leaves])
    sums = summed(probabilities, places, len(names))
    return (_scaled(sums) if None in leaves else sums), names


def category_sums(
    probabilities: np.ndarray, classes: Sequence[str], tree: LabelTree
) -> tuple[np.ndarray, tuple[str, ...]]:
    """Return float32 (n, k) sums of probabilities (n, classes) over the classes' k categories, and these."""
    names = tuple(sorted({tree.category(label) for label in classes}))
    place = {name: index for index, name in enumerate(names)}
    places = np.array([place[tree.category(label)] for label in classes])
    return summed(probabilities, places, len(names)), names


def summed(probabilities: np.ndarray, places: np.ndarray, groups: int) -> np.ndarray:
    """Sum the columns of (n, c) into float32 (n, groups); `places` (c,) says where to, -1 leaves one out.

    Each group needs a column.
    """
    order = np.argsort(places, kind="stable")
    order = order[places[order] >= 0]
    starts = np.searchsorted(places[order], np.arange(groups))
    sums: np.ndarray = np.add.reduceat(probabilities[:, order], starts, axis=1, dtype=np.float64)
    return sums.astype(np.float32)


def _scaled(sums: np.ndarray) -> np.ndarray:
    """Rows made to sum to one; a row of zeros knows nothing, so all become alike."""
    total = sums.sum(axis=1, keepdims=True)
    scaled: np.ndarray = np.divide(sums, total, out=np.full_like(sums, 1 / sums.shape[1]), where=total > 0)
    return scaled
