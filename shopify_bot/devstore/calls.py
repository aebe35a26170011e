"""A record of every Admin API call, so that tests can prove what was asked, when and how it was answered."""

import threading
from dataclasses import asdict, dataclass
from typing import Any

TRAVEL_S = 0.05


@dataclass(frozen=True)
class Call:
    """One Admin API call. `wait_s` is how long the answer told the caller to wait, in seconds."""

    at: float
    answered_at: float
    shop: str | None
    operation: str
    fields: tuple[str, ...]
    requested_cost: float
    status: int | None
    answer: str
    wait_s: float = 0.0


class Calls:
    """Every Admin API call, in the order they were answered."""

    def __init__(self) -> None:
        self._calls: list[Call] = []
        self._lock = threading.Lock()

    def record(self, call: Call) -> None:
        """Write one call down."""
        with self._lock:
            self._calls.append(call)

    def entries(
        self, shop: str | None = None, operation: str | None = None, answer: str | None = None
    ) -> list[Call]:
        """The calls that fit all that is given."""
        with self._lock:
            calls = list(self._calls)
        wanted = {"shop": shop, "operation": operation, "answer": answer}
        given = {name: value for name, value in wanted.items() if value is not None}
        return [call for call in calls if all(getattr(call, n) == v for n, v in given.items())]

    def before_stated_wait(self, grace_s: float = 0.05) -> list[tuple[Call, Call]]:
        """Pairs (answer that told to wait, call that came too early), per shop.

        The store sees when a call arrives, not when it was sent: calls that came within `grace_s` of the
        answer are taken to have been on their way and do not count; nor do those that are early by no more
        than the time an answer takes.
        """
        calls = self.entries()
        return [
            (told, early)
            for told in calls
            if told.wait_s > 0
            for early in calls
            if early.shop == told.shop
            and told.answered_at + grace_s < early.at < told.answered_at + told.wait_s - TRAVEL_S
        ]

    def as_json(self, **wanted: Any) -> list[dict[str, Any]]:
        """The calls that fit, as plain dictionaries."""
        return [asdict(call) for call in self.entries(**wanted)]
