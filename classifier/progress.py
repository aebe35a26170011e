"""Watches a training: which epoch was the best, and when nothing improves any more."""

from dataclasses import dataclass

PLATEAU = 2


@dataclass
class Progress:
    """Of epochs that may be compared, that is on pictures of one size, in one phase."""

    best: float = float("-inf")
    least_loss: float = float("inf")
    waited: int = 0

    def better(self, score: float, loss: float) -> bool:
        """Take note of an epoch's validation; return whether its score is the highest so far."""
        self.waited = 0 if loss < self.least_loss else self.waited + 1
        self.least_loss = min(self.least_loss, loss)
        better = score > self.best
        self.best = max(self.best, score)
        return better

    @property
    def on_plateau(self) -> bool:
        """Whether it is time, now and every PLATEAU epochs, to go in smaller steps."""
        return self.waited > 0 and self.waited % PLATEAU == 0

    def over(self, patience: int) -> bool:
        """Return whether the loss has not fallen for `patience` epochs (0: wait for ever)."""
        return 0 < patience <= self.waited
