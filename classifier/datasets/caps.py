"""At most so many examples of each label, against imbalance and hours."""

import hashlib
from collections import defaultdict
from collections.abc import Sequence

from classifier.datasets.example import Example


def capped(examples: Sequence[Example], cap: int, seed: int) -> tuple[Example, ...]:
    """Return the examples without what exceeds `cap` per label, in their order.

    Which products stay depends on ids and seed alone; a larger cap keeps all that a smaller one did.
    """
    places: dict[str, list[int]] = defaultdict(list)
    for place, example in enumerate(examples):
        places[example.label].append(place)
    kept = [
        n
        for of_label in places.values()
        for n in sorted(of_label, key=lambda n: _draw(examples[n].id, seed))[:cap]
    ]
    return tuple(examples[place] for place in sorted(kept))


def _draw(product: str, seed: int) -> bytes:
    return hashlib.sha256(f"{seed}:{product}".encode()).digest()
