"""How much a count of right ones among some proves: an interval for their share, and a test of a promise."""

from dataclasses import dataclass
from math import exp, lgamma, log, log1p, sqrt

NORMAL_95 = 1.959964
"""Half the width of the interval that holds 95 % of a normal distribution, in standard deviations."""

DOUBT = 0.01
"""A promise is broken when so many wrong ones would come of it more rarely than this."""

FEWEST_WRONG = 2
"""One wrong one proves nothing: it may be the one of the two hundred."""


@dataclass(frozen=True)
class Share:
    """A share that was counted: `right` of `total`."""

    right: int
    total: int

    @property
    def value(self) -> float | None:
        """The share itself; None of nothing."""
        return self.right / self.total if self.total else None

    @property
    def interval(self) -> tuple[float, float]:
        """Where the true share lies, with a certainty of 95 % (Wilson)."""
        if not self.total:
            return 0.0, 1.0
        share, spread = self.right / self.total, NORMAL_95**2 / self.total
        middle = (share + spread / 2) / (1 + spread)
        half = sqrt(share * (1 - share) * spread + spread**2 / 4) / (1 + spread)
        return max(0.0, middle - half), min(1.0, middle + half)

    def breaks(self, promise: float) -> bool:
        """Whether these can hardly come of a model of which that share is right."""
        wrong = self.total - self.right
        return wrong >= FEWEST_WRONG and chance_of_more_wrong(wrong, self.total, 1 - promise) < DOUBT


def chance_of_more_wrong(wrong: int, total: int, rate: float) -> float:
    """How likely at least `wrong` of `total` are wrong, where each is with the probability `rate`."""
    if rate <= 0:
        return 0.0 if wrong else 1.0
    fewer = sum(chance_of_wrong(count, total, rate) for count in range(wrong))
    return max(0.0, 1 - fewer)


def chance_of_wrong(wrong: int, total: int, rate: float) -> float:
    """How likely exactly `wrong` of `total` are wrong."""
    ways = lgamma(total + 1) - lgamma(wrong + 1) - lgamma(total - wrong + 1)
    return exp(ways + wrong * log(rate) + (total - wrong) * log1p(-rate))
