"""Connections inside of a bulk operation: whole, the outermost page by page, whatever they are told."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from typing import Any

ROWS = 250


@dataclass
class BulkPage:
    """One page of the outermost connection, when `paged`; `info` is its pageInfo once it was read."""

    paged: bool
    after: str | None = None
    info: dict[str, Any] | None = None

    def arguments(self, rows: int) -> dict[str, Any]:
        """What the connection that is read next is to give out of so many rows."""
        if self.paged and self.info is None:
            return {"first": ROWS, "after": self.after}
        return {"first": rows}

    def note(self, info: dict[str, Any]) -> None:
        """Keep the pageInfo of the connection that was read first."""
        self.info = self.info or info

    @property
    def next_cursor(self) -> str | None:
        """Where the next page begins, or None after the last one."""
        more = self.paged and self.info is not None and self.info["has_next_page"]
        return self.info["end_cursor"] if more and self.info else None


_page: ContextVar[BulkPage | None] = ContextVar("bulk_page", default=None)


def bulk_page() -> BulkPage | None:
    """The page that the present bulk operation reads; None outside of one."""
    return _page.get()


@contextmanager
def reading(page: BulkPage) -> Iterator[BulkPage]:
    """Read connections as a bulk operation does."""
    token = _page.set(page)
    try:
        yield page
    finally:
        _page.reset(token)
