"""Which epochs a recipe makes."""

from dataclasses import dataclass
from itertools import groupby

from classifier.recipe import Recipe


@dataclass(frozen=True)
class Epoch:
    """`number` counts from 0; the pictures have `size` pixels a side."""

    number: int
    size: int
    head_only: bool


def phases(recipe: Recipe, resumed: bool) -> list[list[Epoch]]:
    """Return the epochs, cut where the head is no longer alone and where the pictures change their size."""
    sizes, heads = recipe.sizes(resumed), recipe.heads(resumed)
    plan = [(sizes[0], True)] * heads + [(size, False) for size in sizes]
    epochs = [Epoch(number, size, head_only) for number, (size, head_only) in enumerate(plan)]
    return [list(phase) for _, phase in groupby(epochs, key=lambda epoch: (epoch.size, epoch.head_only))]
