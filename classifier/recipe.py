"""How a training is run."""

from dataclasses import dataclass, field
from typing import Literal

from classifier.augment import Augmentation
from classifier.networks import LITE0, NETWORKS

COARSE_SHARE = 2 / 3
GRAIN = 32
FRESH_RATE = 1e-3
RESUMED_RATE = 3e-4
Schedule = Literal["cosine", "plateau"]


@dataclass(frozen=True)
class Recipe:
    """`size` is the side of the pictures in pixels that the finished bundle takes.

    A fresh training takes the first two thirds of its epochs on coarser pictures, which is cheaper.
    `head_epochs` come before the others and train the head alone; by default one where the backbone starts
    from weights that already see. `schedule` lets the learning rate fall along a cosine, or whenever the
    validation loss does not fall; after `patience` such epochs on end the training is over (0: never).
    `cap` is the largest number of training pictures per label, and `rarity` the power of its rarity that a
    label weighs (0: every picture counts alike).
    `dropout` is the share of the network's own dropout that stays on: few epochs learn faster without.
    `teacher_share` is how much of the targets is a teacher's opinion, when one is given.
    `mixed` computes in 16 bits where that is safe; by default where there is a GPU.
    `note` goes into the bundle's card.
    """

    network: str = "efficientnetb0"
    weights: str | None = None
    epochs: int = 6
    size: int = 96
    batch: int = 32
    seed: int = 0
    learning_rate: float | None = None
    weight_decay: float = 0.02
    label_smoothing: float = 0.05
    dropout: float = 0.0
    teacher_share: float = 0.5
    note: str = ""
    augmentation: Augmentation = field(default_factory=Augmentation)
    head_epochs: int | None = None
    schedule: Schedule = "cosine"
    patience: int = 5
    cap: int | None = None
    rarity: float = 0.25
    mixed: bool | None = None

    def sizes(self, resumed: bool) -> tuple[int, ...]:
        """Return the side of the pictures in each epoch that trains the whole network."""
        coarse = int(self.size * COARSE_SHARE) // GRAIN * GRAIN
        row = NETWORKS.get(self.network)
        if resumed or coarse < max(GRAIN, row.least_side if row else 0):
            return (self.size,) * self.epochs
        first = int(self.epochs * COARSE_SHARE)
        return (coarse,) * first + (self.size,) * (self.epochs - first)

    def heads(self, resumed: bool) -> int:
        """Return the number of epochs that train the head alone."""
        if self.head_epochs is not None:
            return self.head_epochs
        return int(not resumed and self.weights not in (None, LITE0))

    def rate(self, resumed: bool) -> float:
        """Return the peak learning rate."""
        if self.learning_rate is not None:
            return self.learning_rate
        return RESUMED_RATE if resumed else FRESH_RATE
