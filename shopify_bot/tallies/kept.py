"""What a process keeps of earlier readings."""

from collections import OrderedDict
from collections.abc import Sized
from threading import Lock
from typing import Any


class Kept:
    """What was read before, by what it was read of; `most` bounds the sums and ids that are kept in all."""

    def __init__(self, most: int = 100_000) -> None:
        self.most, self.found, self.lock = most, OrderedDict[Any, Sized](), Lock()

    def get(self, key: Any) -> Any:
        """What was kept under the key; None when there is nothing."""
        with self.lock:
            if key in self.found:
                self.found.move_to_end(key)
            return self.found.get(key)

    def put(self, key: Any, found: Sized) -> None:
        """Keep this, and let go of what was not asked for longest while there is too much in all."""
        with self.lock:
            self.found[key] = found
            while sum(map(len, self.found.values())) > self.most:
                self.found.popitem(last=False)
