"""A record of every OAuth request, without its secrets, so that tests can prove who asked how often."""

import threading
from dataclasses import asdict, dataclass
from typing import Any


@dataclass(frozen=True)
class OAuthCall:
    """One request, in epoch seconds: its grant type, or "authorize", and "ok" or the error's word."""

    at: float
    answered_at: float
    shop: str
    grant: str
    status: int | None
    answer: str


class OAuthCalls:
    """Every OAuth request, in the order they were answered."""

    def __init__(self) -> None:
        self._calls: list[OAuthCall] = []
        self._lock = threading.Lock()

    def record(self, call: OAuthCall) -> None:
        """Write one request down."""
        with self._lock:
            self._calls.append(call)

    def entries(
        self, shop: str | None = None, grant: str | None = None, answer: str | None = None
    ) -> list[OAuthCall]:
        """The requests that fit all that is given."""
        with self._lock:
            calls = list(self._calls)
        wanted = {"shop": shop, "grant": grant, "answer": answer}
        given = {name: value for name, value in wanted.items() if value is not None}
        return [call for call in calls if all(getattr(call, n) == v for n, v in given.items())]

    def as_json(self, **wanted: Any) -> list[dict[str, Any]]:
        """The requests that fit, as plain dictionaries."""
        return [asdict(call) for call in self.entries(**wanted)]
