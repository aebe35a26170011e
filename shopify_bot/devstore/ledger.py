"""The ledger: every effect that the Admin API had, which tests read as the oracle."""

import threading
import time
from dataclasses import asdict, dataclass
from typing import Any, Literal

Kind = Literal[
    "category_written",
    "product_type_written",
    "status_written",
    "title_written",
    "tags_added",
    "tags_removed",
    "collection_created",
    "member_added",
    "member_removed",
    "published",
    "unpublished",
]


@dataclass(frozen=True)
class LedgerEntry:
    """One effect of one Admin call; `effective` is False when it left everything as it was."""

    at: float
    shop: str
    kind: Kind
    subject: str
    effective: bool
    before: Any
    after: Any


@dataclass(frozen=True)
class Tally:
    """What was effectively done to one product."""

    category_writes: int
    memberships: tuple[str, ...]
    publications: tuple[str, ...]
    tags_removed: int


class Ledger:
    """Every effect of every Admin call, in order."""

    def __init__(self) -> None:
        self._entries: list[LedgerEntry] = []
        self._lock = threading.Lock()

    def record(self, shop: str, kind: Kind, subject: str, before: Any, after: Any) -> None:
        """Write one effect down; equal `before` and `after` mean that nothing changed."""
        entry = LedgerEntry(time.time(), shop, kind, subject, before != after, before, after)
        with self._lock:
            self._entries.append(entry)

    def entries(
        self,
        shop: str | None = None,
        kind: str | None = None,
        subject: str | None = None,
        effective: bool | None = None,
    ) -> list[LedgerEntry]:
        """The effects that fit all that is given, oldest first."""
        wanted = {"shop": shop, "kind": kind, "subject": subject, "effective": effective}
        given = {name: value for name, value in wanted.items() if value is not None}
        with self._lock:
            entries = list(self._entries)
        return [entry for entry in entries if all(getattr(entry, n) == v for n, v in given.items())]

    def tally(self, shop: str, product: str) -> Tally:
        """Sum up what was effectively done to one product."""
        entries = self.entries(shop=shop, subject=product, effective=True)
        return Tally(
            category_writes=sum(entry.kind == "category_written" for entry in entries),
            memberships=tuple(entry.after for entry in entries if entry.kind == "member_added"),
            publications=tuple(entry.after for entry in entries if entry.kind == "published"),
            tags_removed=sum(entry.kind == "tags_removed" for entry in entries),
        )

    def as_json(self, **wanted: Any) -> list[dict[str, Any]]:
        """The entries that fit, as plain dictionaries."""
        return [asdict(entry) for entry in self.entries(**wanted)]
