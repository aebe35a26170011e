"""Bulk operations of a store: how each stands, the files with their results, and faults on request."""

import hashlib
import hmac
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Literal
from urllib.parse import urlencode

from shopify_bot.devstore.records import now
from shopify_bot.devstore.timetable import Timetable

BulkState = Literal["CREATED", "RUNNING", "CANCELING", "CANCELED", "COMPLETED", "FAILED"]
BulkError = Literal["ACCESS_DENIED", "INTERNAL_SERVER_ERROR", "TIMEOUT"]
UNDER_WAY: tuple[BulkState, ...] = ("CREATED", "RUNNING", "CANCELING")
_KEY = b"devstore bulk results"


@dataclass(eq=False)
class BulkOperation:
    """One bulk operation. `file` holds a line of JSON an object; it may be fetched until `expires_at`."""

    id: str
    query: str
    group_objects: bool
    file: Path
    state: BulkState = "CREATED"
    error_code: BulkError | None = None
    object_count: int = 0
    root_object_count: int = 0
    written: int = 0
    created_at: datetime = field(default_factory=now)
    completed_at: datetime | None = None
    expires_at: float = float("inf")

    @property
    def expired(self) -> bool:
        """Whether the file may not be fetched any more."""
        return time.time() >= self.expires_at

    @property
    def status(self) -> str:
        """Its BulkOperationStatus."""
        return "EXPIRED" if self.state == "COMPLETED" and self.expired else self.state

    def end(self, state: BulkState, error_code: BulkError | None = None) -> None:
        """Come to an end; only what completed says when."""
        self.error_code = error_code
        self.completed_at = now() if state == "COMPLETED" else None
        self.state = state


@dataclass
class Bulk:
    """How long operations take and addresses last, in seconds, and after how many objects one fails."""

    seconds: float = 0.05
    cancel_seconds: float = 0.05
    url_seconds: float = 7 * 24 * 3600.0
    at_once: int = 5
    fail_after: int | None = None
    fail_with: BulkError = "INTERNAL_SERVER_ERROR"

    def __post_init__(self) -> None:
        self._timetable = Timetable("devstore-bulk")
        self._folder: tempfile.TemporaryDirectory[str] | None = None
        self.closed = False

    def path(self, name: str) -> Path:
        """Where the results of that name are."""
        if self._folder is None:
            self._folder = tempfile.TemporaryDirectory(prefix="devstore-bulk-", ignore_cleanup_errors=True)
        return Path(self._folder.name, name)

    def later(self, seconds: float, action: Callable[[], None]) -> None:
        """Do something on the thread of the bulk operations, one thing after another."""
        self._timetable.add(time.time() + seconds, action)

    def close(self) -> None:
        """Stop, and throw all results away."""
        self.closed = True
        self._timetable.close()
        if self._folder is not None:
            self._folder.cleanup()


def result_url(origin: str, operation: BulkOperation) -> str:
    """The signed address of an operation's results, good until they expire."""
    expires = str(int(operation.expires_at))
    query = {"Expires": expires, "Signature": signature(operation.file.name, expires)}
    return f"{origin}/bulk/{operation.file.name}?{urlencode(query)}"


def signature(name: str, expires: str) -> str:
    """What proves that an address came from this store's API."""
    return hmac.new(_KEY, f"{name}?{expires}".encode(), hashlib.sha256).hexdigest()
