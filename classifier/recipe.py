"""How a training is run."""

from dataclasses import dataclass, field

from classifier.augment import Augmentation

COARSE_SHARE = 2 / 3
GRAIN = 32
FRESH_RATE = 1e-3
RESUMED_RATE = 3e-4


@dataclass(frozen=True)
class Recipe:
    """`size` is the side of the pictures in pixels that the finished bundle takes.

    A fresh training takes the first two thirds of its epochs on coarser pictures, which is cheaper.
    `dropout` is the share of the network's own dropout that stays on: few epochs learn faster without.
    `teacher_share` is how much of the targets is a teacher's opinion, when one is given.
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

    def sizes(self, resumed: bool) -> tuple[int, ...]:
        """Return the side of the pictures in each epoch."""
        coarse = int(self.size * COARSE_SHARE) // GRAIN * GRAIN
        if resumed or coarse < GRAIN:
            return (self.size,) * self.epochs
        first = int(self.epochs * COARSE_SHARE)
        return (coarse,) * first + (self.size,) * (self.epochs - first)

    def rate(self, resumed: bool) -> float:
        """Return the peak learning rate."""
        if self.learning_rate is not None:
            return self.learning_rate
        return RESUMED_RATE if resumed else FRESH_RATE
