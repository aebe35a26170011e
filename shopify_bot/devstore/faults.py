"""Faults on request: what the Admin API does wrong, how often, and in which order."""

import random
import threading
import time
from collections import deque
from collections.abc import Iterable
from dataclasses import asdict, dataclass, fields, replace
from typing import Any, Literal

from shopify_bot.devstore.errors import UnknownSetting

FaultKind = Literal["429", "5xx", "throttled", "timeout_after_apply", "reset"]


@dataclass(frozen=True)
class FaultSettings:
    """Shares are between 0 and 1, and those of the Admin API exclude one another; the rest is in seconds."""

    rate_429: float = 0.0
    rate_5xx: float = 0.0
    throttled: float = 0.0
    timeout_after_apply: float = 0.0
    reset: float = 0.0
    picture_5xx: float = 0.0
    picture_reset: float = 0.0
    picture_delay_s: float = 0.0
    delay_s: float = 0.0
    delay_random_s: float = 0.0
    retry_after_s: float = 1.0
    throttled_s: float = 0.5
    timeout_s: float = 1.0


def read_settings(texts: Iterable[str]) -> dict[str, float]:
    """Settings from texts such as `rate_429=0.2`. Raises UnknownSetting for a text that is none."""
    settings = {}
    for text in texts:
        name, _, value = text.partition("=")
        try:
            settings[name.strip()] = float(value)
        except ValueError:
            raise UnknownSetting(f"{text!r} is no fault; it looks like rate_429=0.2.") from None
    return settings


SHARES: dict[FaultKind, str] = {
    "429": "rate_429",
    "5xx": "rate_5xx",
    "throttled": "throttled",
    "timeout_after_apply": "timeout_after_apply",
    "reset": "reset",
}


class Faults:
    """Decides, call by call, what goes wrong. The same seed gives the same series."""

    def __init__(self, seed: int = 0) -> None:
        self.settings = FaultSettings()
        self._random = random.Random(seed)
        self._planned: deque[tuple[FaultKind, str | None]] = deque()
        self._lock = threading.Lock()

    def set(self, **settings: float) -> None:
        """Turn faults on, by the names in FaultSettings. Raises UnknownSetting."""
        known = {field.name for field in fields(FaultSettings)}
        if unknown := settings.keys() - known:
            names = ", ".join(sorted(known))
            raise UnknownSetting(f"No fault is called {', '.join(sorted(unknown))}; there are: {names}.")
        with self._lock:
            self.settings = replace(self.settings, **settings)

    def clear(self) -> None:
        """Turn every fault off."""
        with self._lock:
            self.settings = FaultSettings()
            self._planned.clear()

    def plan(self, kind: FaultKind, times: int = 1, operation: str | None = None) -> None:
        """Let the next calls, or the next ones of that operation, go wrong in this way for certain."""
        if kind not in SHARES:
            raise UnknownSetting(f"No fault is called {kind}; there are: {', '.join(SHARES)}.")
        with self._lock:
            self._planned.extend([(kind, operation)] * times)

    def draw(self, operation: str) -> FaultKind | None:
        """What goes wrong with this call; None for nothing."""
        with self._lock:
            return self._next_planned(operation, others=True) or self._by_chance()

    def draw_planned(self, operation: str) -> FaultKind | None:
        """What was planned to go wrong with this very operation, chance left aside."""
        with self._lock:
            return self._next_planned(operation, others=False)

    def picture_fault(self) -> Literal["5xx", "reset"] | None:
        """What goes wrong with this picture; None for nothing."""
        with self._lock:
            drawn = self._random.random() - self.settings.picture_5xx
            if drawn < 0:
                return "5xx"
            return "reset" if drawn < self.settings.picture_reset else None

    def wait(self) -> None:
        """Sleep for the delay that is set."""
        with self._lock:
            delay_s = self.settings.delay_s + self._random.random() * self.settings.delay_random_s
        if delay_s > 0:
            time.sleep(delay_s)

    def as_json(self) -> dict[str, Any]:
        """The settings as a plain dictionary."""
        return asdict(self.settings)

    def _next_planned(self, operation: str, others: bool) -> FaultKind | None:
        for place, (kind, wanted) in enumerate(self._planned):
            if wanted == operation or (others and wanted is None):
                del self._planned[place]
                return kind
        return None

    def _by_chance(self) -> FaultKind | None:
        drawn = self._random.random()
        for kind, share in SHARES.items():
            drawn -= getattr(self.settings, share)
            if drawn < 0:
                return kind
        return None
