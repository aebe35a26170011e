"""Waiting until the store shows what it accepted: it carries some changes out a moment later."""

import time
from collections.abc import Callable
from typing import TypeVar

SETTLE_S, FIRST_PAUSE_S, LONGEST_PAUSE_S = 15.0, 0.05, 1.0
"""How long the store may take to show what it accepted, and the pauses between two looks, in seconds."""

Seen = TypeVar("Seen")


def settled(look: Callable[[], Seen], is_enough: Callable[[Seen], bool]) -> Seen:
    """What `look` sees once that `is_enough`, or what it saw last when the store has had its time."""
    deadline, pause_s = time.monotonic() + SETTLE_S, FIRST_PAUSE_S
    while True:
        seen = look()
        if is_enough(seen) or time.monotonic() > deadline:
            return seen
        time.sleep(pause_s)
        pause_s = min(pause_s * 2, LONGEST_PAUSE_S)
