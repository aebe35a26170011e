"""Things to do later, one after another, on one background thread."""

import heapq
import itertools
import logging
import threading
import time
from collections.abc import Callable

log = logging.getLogger(__name__)
Action = Callable[[], None]


class Timetable:
    """Runs each action at its epoch second, or as soon after as those before it are done."""

    def __init__(self, name: str) -> None:
        self._due: list[tuple[float, int, Action]] = []
        self._order = itertools.count()
        self._busy = self._closed = False
        self._changed = threading.Condition()
        self._thread = threading.Thread(target=self._run, name=name, daemon=True)

    def add(self, at: float, action: Action) -> None:
        """Let the action run at that epoch second."""
        with self._changed:
            if not self._thread.is_alive() and not self._closed:
                self._thread.start()
            heapq.heappush(self._due, (at, next(self._order), action))
            self._changed.notify_all()

    def settle(self, timeout_s: float) -> bool:
        """Wait until nothing is left to do; False when that takes longer than `timeout_s`."""
        with self._changed:
            return self._changed.wait_for(lambda: not self._due and not self._busy, timeout_s)

    def close(self) -> None:
        """Stop; what is not done by now is dropped."""
        with self._changed:
            self._closed = True
            self._due.clear()
            self._changed.notify_all()

    def _run(self) -> None:
        while (action := self._next()) is not None:
            try:
                action()
            except Exception:
                log.exception("Something planned in the local store failed.")

    def _next(self) -> Action | None:
        with self._changed:
            self._busy = False
            self._changed.notify_all()
            while not self._closed:
                wait_s = self._due[0][0] - time.time() if self._due else None
                if wait_s is not None and wait_s <= 0:
                    self._busy = True
                    return heapq.heappop(self._due)[2]
                self._changed.wait(wait_s)
            return None
