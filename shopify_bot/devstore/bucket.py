"""The leaky bucket of query cost that each app has in each shop."""

import threading
import time
from dataclasses import dataclass

# Points: size of the bucket and points restored per second, by the shop's plan.
PLANS = {
    "standard": (2_000.0, 100.0),
    "advanced": (4_000.0, 200.0),
    "plus": (20_000.0, 1_000.0),
    "enterprise": (40_000.0, 2_000.0),
}


@dataclass(frozen=True)
class ThrottleStatus:
    """What `extensions.cost.throttleStatus` says, in points and points per second."""

    maximum_available: float
    currently_available: float
    restore_rate: float

    def as_json(self) -> dict[str, float]:
        """The three figures under the names that Shopify gives them."""
        return {
            "maximumAvailable": self.maximum_available,
            "currentlyAvailable": int(self.currently_available),
            "restoreRate": self.restore_rate,
        }


class CostBucket:
    """Points that refill with time.

    `lowest` is the least that was ever left in it, `refused` how often it had too little for a query.
    """

    def __init__(self, maximum: float, restore_rate: float) -> None:
        self.maximum, self.restore_rate = maximum, restore_rate
        self.lowest = maximum
        self.refused = 0
        self._available, self._at = maximum, time.monotonic()
        self._lock = threading.Lock()

    def take(self, points: float) -> bool:
        """Take the points out; False, and nothing taken, when there are not enough."""
        with self._lock:
            self._refill()
            if self._available < points:
                self.refused += 1
                return False
            self._available -= points
            self.lowest = min(self.lowest, self._available)
            return True

    def give_back(self, points: float) -> None:
        """Return points that a query turned out not to need."""
        with self._lock:
            self._refill()
            self._available = min(self.maximum, self._available + max(points, 0))

    def drain_to(self, points: float) -> None:
        """Leave at most so many points in it."""
        with self._lock:
            self._refill()
            self._available = min(self._available, max(points, 0))
            self.lowest = min(self.lowest, self._available)

    def status(self) -> ThrottleStatus:
        """What is in the bucket now."""
        with self._lock:
            self._refill()
            return ThrottleStatus(self.maximum, self._available, self.restore_rate)

    def as_json(self) -> dict[str, float]:
        """What is in it, the least that ever was, and how often it was too little; in points."""
        return {**self.status().as_json(), "lowest": int(self.lowest), "refused": self.refused}

    def _refill(self) -> None:
        moment = time.monotonic()
        self._available = min(self.maximum, self._available + (moment - self._at) * self.restore_rate)
        self._at = moment
