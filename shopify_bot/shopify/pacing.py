"""The pace of one shop's calls, kept by all processes together: none drains the bucket, none rushes in.

The account of points (`points.py`) lives in Redis under the shop's domain and is changed by compare-and-set
with Redis's clock. While Redis is away each process keeps an account of its own.
"""

import json
import logging
import random
import threading
import time
import uuid
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Protocol, TypeVar

from redis import Redis
from redis.exceptions import RedisError

from shopify_bot.shopify.answers import Cost
from shopify_bot.shopify.errors import Throttled
from shopify_bot.shopify.points import Points

log = logging.getLogger(__name__)

PREFIX = "shopify-bot:pace:1"
KEPT_S = 86400
"""An account that nobody touches for so long is forgotten by Redis."""
WITHOUT_REDIS_S = 5.0
"""How long to leave a Redis alone that did not answer."""
NEVER = b"?"
"""No account looks like this, so comparing with it only reads."""

SWAP = """
local kept, time = redis.call('GET', KEYS[1]) or '', redis.call('TIME')
if kept == ARGV[1] then
    redis.call('SET', KEYS[1], ARGV[2], 'EX', ARGV[3])
    return {1, time[1], time[2], kept}
end
return {0, time[1], time[2], kept}
"""

T = TypeVar("T")


class Account(Protocol):
    """Where the points are kept."""

    def change(self, act: Callable[[Points, float], T]) -> T:
        """Let `act` change the points, given the moment, with nobody in between; it may be called again."""
        ...


class OwnAccount:
    """The account of this process alone."""

    def __init__(self) -> None:
        self.points = Points()
        self.lock = threading.Lock()

    def change(self, act: Callable[[Points, float], T]) -> T:
        """Let `act` change the points."""
        with self.lock:
            return act(self.points, time.monotonic())

    def held_s(self) -> float:
        """Seconds for which nobody goes, because the store said so to this process."""
        return max(0.0, self.points.not_before - time.monotonic())


class SharedAccount:
    """The account of all processes, in Redis."""

    def __init__(self, domain: str, redis: Redis) -> None:
        self.key = f"{PREFIX}:{domain}"
        self.swap = redis.register_script(SWAP)
        self.lock = threading.Lock()
        self.away_until = 0.0

    def change(self, act: Callable[[Points, float], T]) -> T:
        """Let `act` change the points. Raises RedisError, at once for a while after it did."""
        with self.lock:  # threads of one process need not compete
            if time.monotonic() < self.away_until:
                raise RedisError("Redis did not answer a moment ago.")
            try:
                return self.compete(act)
            except RedisError:
                self.away_until = time.monotonic() + WITHOUT_REDIS_S
                raise

    def compete(self, act: Callable[[Points, float], T]) -> T:
        """Change the points until no other process did so meanwhile."""
        _, kept, now = self.compare(NEVER, b"")
        while True:
            points = read(kept)
            result = act(points, now)
            done, kept, now = self.compare(kept, json.dumps(points.as_json()).encode())
            if done:
                return result

    def compare(self, expected: bytes, new: bytes) -> tuple[bool, bytes, float]:
        """Replace what is kept if it is as expected; returns whether, what was kept, and Redis's clock."""
        answer: Any = self.swap(keys=[self.key], args=[expected, new, KEPT_S])
        done, whole, micro, kept = answer
        return bool(done), kept, int(whole) + int(micro) / 1e6


def read(kept: bytes) -> Points:
    """The account as Redis keeps it; a new one where there is none, or one that we cannot reckon with."""
    try:
        points = Points.from_json(json.loads(kept))
        points.shift(0.0)
        points.refill(points.at)
        return points
    except (ValueError, TypeError, KeyError, AttributeError):
        return Points()


@dataclass
class Pace:
    """Lets the calls of one shop go, one by one; may be used from several threads."""

    domain: str
    own: OwnAccount
    shared: SharedAccount | None
    warned: bool = False

    def before(self, shape: str, patience_s: float) -> str:
        """Wait until a call of that shape may go; returns its ticket for `after`.

        Raises Throttled when the wait is longer than `patience_s`, without waiting for it.
        """
        ticket, until = uuid.uuid4().hex, time.monotonic() + patience_s
        while True:
            left_s = max(0.0, until - time.monotonic())
            reply = self.change(lambda points, now: points.ask(ticket, shape, now, left_s))  # noqa: B023
            wait_s = max(reply.wait_s, self.own.held_s())
            if reply.booked and wait_s == 0:
                return ticket
            if wait_s > left_s:
                self.after(ticket, None, spent=False)
                raise Throttled(f"{self.domain} lets us do more in {wait_s:.1f} s.", wait_s)
            time.sleep(wait_s if reply.booked else wait_s * random.uniform(0.5, 1.5))

    def after(self, ticket: str, cost: Cost | None, spent: bool = True, hold_s: float | None = None) -> None:
        """Tell how the call went: the cost stated, else whether it may have cost; the wait stated, if any.

        Our own account hears it too: a wait counts in this process before Redis is told, and while Redis is
        away.
        """

        def settle(points: Points, now: float) -> None:
            points.settle(ticket, now, cost, spent)
            if hold_s is not None:
                points.hold(now, hold_s)

        self.own.change(settle)
        if self.shared is not None:
            self.change(settle)

    def change(self, act: Callable[[Points, float], T]) -> T:
        """Change the account of all, or that of this process while Redis is away."""
        if self.shared is not None:
            try:
                return self.shared.change(act)
            except RedisError as error:
                self.warn(type(error).__name__)
        return self.own.change(act)

    def warn(self, why: str) -> None:
        """Say once that the processes do not know of one another."""
        if not self.warned:
            self.warned = True
            log.warning("redis is away (%s): each process paces %s by itself", why, self.domain)


def pace(domain: str, redis: Redis | None) -> Pace:
    """The pace of a shop; without Redis, that of this process alone. Give `redis` a short socket time-out."""
    return Pace(domain, OwnAccount(), SharedAccount(domain, redis) if redis is not None else None)


def shape_of(name: str, variables: dict[str, Any]) -> str:
    """What a call's cost depends on: the operation, its numbers such as page sizes, and its lists' lengths.

    Lengths are rounded up to powers of two, so that not every length has to be learnt.
    """
    sizes = [f"{key}={size}" for key, value in sorted(variables.items()) if (size := size_of(value))]
    return " ".join([name, *sizes])


def size_of(value: Any) -> int:
    """A number itself, a list's length rounded up; 0 for what does not change the cost."""
    if isinstance(value, int) and not isinstance(value, bool):
        return value
    return 1 << (len(value) - 1).bit_length() if isinstance(value, list | tuple) and value else 0
