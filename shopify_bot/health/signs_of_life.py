"""Signs of life, in Redis: which workers there are, what they do, when each part of the bot was last seen.

They are there to be shown. Nothing is decided by them: the database alone says what is done by whom.
"""

from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

from redis import Redis
from redis.exceptions import RedisError
from rq import worker_registration
from rq.job import Job
from rq.utils import as_text, utcparse

from shopify_bot.bot import Bot
from shopify_bot.doorbell import QUEUES, queue
from shopify_bot.tables import now

BEAT_S = 10.0
"""Seconds between two signs of a worker, whether it works or waits."""
SILENT_AFTER = timedelta(seconds=45)
"""Who has given no sign for so long has hung or is gone."""
SWEEP = "sweep"
KEPT = timedelta(days=7)
PREFIX = "shopify-bot:seen:"
TOLD = ("queues", "last_heartbeat", "current_job", "death")
"""What RQ keeps of a worker, as far as we show it."""


@dataclass(frozen=True)
class Worker:
    """One worker process, as it last told."""

    queue: str
    seen_at: datetime
    busy_since: datetime | None
    """When it took up the job at hand; None while it waits for one."""

    @property
    def is_silent(self) -> bool:
        """Whether it must be taken for dead."""
        return now() - self.seen_at > SILENT_AFTER


@dataclass(frozen=True)
class Signs:
    """What Redis tells; `redis` is ok, away (known but silent) or none (no address known)."""

    redis: str
    workers: tuple[Worker, ...] = ()
    seen: dict[str, datetime] = field(default_factory=dict)
    """When a worker of each queue, and the sweep, was last seen; those never seen lack."""
    waiting: dict[str, int] = field(default_factory=dict)
    """Bells in each queue that no worker has heard yet."""

    def living(self, queue: str) -> list[Worker]:
        """The workers of that queue that give signs."""
        return [each for each in self.workers if each.queue == queue and not each.is_silent]


def note_seen(redis: Redis, name: str) -> None:
    """Keep in mind that a worker of that queue, or the sweep, lives."""
    redis.set(f"{PREFIX}{name}", now().isoformat(), ex=KEPT)


def read_signs(bot: Bot) -> Signs:
    """Ask Redis; one that is away is told, and raises nothing."""
    try:
        redis = bot.doorbell.client()
        if redis is None:
            return Signs("none")
        return Signs("ok", workers_of(redis), seen_in(redis, [*QUEUES, SWEEP]), bells_in(redis))
    except (RedisError, ValueError):
        return Signs("away")


def workers_of(redis: Redis) -> tuple[Worker, ...]:
    """Every worker that RQ knows of, by queue; those that said goodbye are left out."""
    keys = sorted(map(as_text, worker_registration.get_keys(connection=redis)))
    told = [dict(zip(TOLD, each, strict=True)) for each in read_each(redis, keys, TOLD)]
    alive = [each for each in told if each["queues"] and each["last_heartbeat"] and not each["death"]]
    jobs = [Job.key_for(as_text(each["current_job"] or b"")) for each in alive]
    begun = [moment(start) if start else None for (start,) in read_each(redis, jobs, ("started_at",))]
    found = [
        Worker(as_text(each["queues"] or b""), moment(each["last_heartbeat"] or b""), begun_at)
        for each, begun_at in zip(alive, begun, strict=True)
    ]
    return tuple(sorted(found, key=lambda worker: worker.queue))


def read_each(redis: Redis, keys: Collection[str], fields: tuple[str, ...]) -> list[list[bytes | None]]:
    """Those fields of each hash, in one round trip; None for what is not there."""
    with redis.pipeline(transaction=False) as pipeline:
        for key in keys:
            pipeline.hmget(key, list(fields))
        return list(pipeline.execute())


def moment(told: bytes | str) -> datetime:
    """A time as RQ writes it, aware."""
    found = utcparse(as_text(told))
    return found if found.tzinfo else found.replace(tzinfo=UTC)


def seen_in(redis: Redis, names: list[str]) -> dict[str, datetime]:
    """When each was last seen, of those that ever were."""
    told = redis.mget([f"{PREFIX}{name}" for name in names])
    found = zip(names, told, strict=True)
    return {name: datetime.fromisoformat(as_text(each)) for name, each in found if each}


def bells_in(redis: Redis) -> dict[str, int]:
    """How many bells each queue holds."""
    with redis.pipeline(transaction=False) as pipeline:
        for name in QUEUES:
            pipeline.llen(queue(name, redis).key)
        return dict(zip(QUEUES, pipeline.execute(), strict=True))
