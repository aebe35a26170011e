"""How often a sign-in may be tried: so often for one name, so often from one address, within five minutes."""

import logging
import time
from collections.abc import Callable
from dataclasses import dataclass
from hashlib import sha256
from ipaddress import ip_address, ip_network
from math import ceil
from typing import TypeVar

from flask import request
from limits import RateLimitItem, RateLimitItemPerMinute
from limits.storage import MemoryStorage, RedisStorage
from limits.strategies import MovingWindowRateLimiter
from redis import Redis
from redis.exceptions import RedisError

from shopify_bot.doorbell import Doorbell

log = logging.getLogger(__name__)

MINUTES = 5
TRIES_PER_NAME = 10
TRIES_PER_ADDRESS = 50
"""More than for a name, since a whole office may share an address."""

Answer = TypeVar("Answer")


@dataclass(frozen=True)
class Limit:
    """One thing that is counted, such as the tries for one name."""

    item: RateLimitItem
    key: str


def of_name(name: str) -> Limit:
    """Tries to sign in under one name, whether anybody bears it or not."""
    known_as = sha256(name.strip().casefold().encode("utf-8", "replace")).hexdigest()
    return Limit(RateLimitItemPerMinute(TRIES_PER_NAME, MINUTES), f"name {known_as}")


def of_address() -> Limit:
    """Tries to sign in from the address that this request comes from."""
    place = network(request.remote_addr or "")
    return Limit(RateLimitItemPerMinute(TRIES_PER_ADDRESS, MINUTES), f"address {place}")


def network(address: str) -> str:
    """The address; of IPv6 the /64 that it is in, since whoever has one address there has them all."""
    try:
        found = ip_address(address)
    except ValueError:
        return address
    if found.version == 4:
        return str(found)
    return str(found.ipv4_mapped or ip_network((int(found), 64), strict=False))


class Tries:
    """Counts in Redis for all web processes together; while that is away, each process counts for itself."""

    def __init__(self, doorbell: Doorbell) -> None:
        self.doorbell = doorbell
        self.own = MovingWindowRateLimiter(MemoryStorage())
        self.redis: Redis | None = None
        self.shared: MovingWindowRateLimiter | None = None

    def wait_s(self, *limits: Limit) -> int:
        """Count one more try; how many seconds to wait before the next one, 0 when this one may be made."""
        return self.with_counter(lambda counter: max(counted(counter, limit) for limit in limits))

    def forgive(self, limit: Limit) -> None:
        """Forget what was counted, after a right password."""
        self.with_counter(lambda counter: counter.clear(limit.item, limit.key))

    def with_counter(self, act: Callable[[MovingWindowRateLimiter], Answer]) -> Answer:
        """Do something with the counter in use now."""
        try:
            if shared := self.in_redis():
                return act(shared)
        except (RedisError, ValueError) as error:
            log.warning("redis is away, tries to sign in are counted here: %s", error)
        return act(self.own)

    def in_redis(self) -> MovingWindowRateLimiter | None:
        """The counter in Redis, which may have moved since the last time."""
        redis = self.doorbell.client()
        if redis is not self.redis:
            self.redis, self.shared = redis, None
            if redis is not None:
                storage = RedisStorage("redis://", connection_pool=redis.connection_pool)
                self.shared = MovingWindowRateLimiter(storage)
        return self.shared


def counted(counter: MovingWindowRateLimiter, limit: Limit) -> int:
    """Count one more try for a limit; the seconds until one is free, 0 when this one was."""
    if counter.hit(limit.item, limit.key):
        return 0
    free_at = counter.get_window_stats(limit.item, limit.key).reset_time
    return max(1, ceil(free_at - time.time()))
