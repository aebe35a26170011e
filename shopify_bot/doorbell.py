"""The doorbell: Redis only tells a worker to look into the database. Nothing is lost when nobody hears it."""

import logging
import threading
from pathlib import Path

from redis import Redis
from redis.exceptions import RedisError
from rq import Queue
from rq.serializers import JSONSerializer

from shopify_bot.settings import Settings

log = logging.getLogger(__name__)

CLASSIFY = "classify"
PUBLISH = "publish"
BULK = "bulk"
QUEUES = {
    CLASSIFY: "shopify_bot.jobs.classify.classify_due",
    PUBLISH: "shopify_bot.jobs.publish.publish_due",
    BULK: "shopify_bot.jobs.chores.chores_due",
}
JOB_TIMEOUT_S = 300
WAIT_FOR_REDIS_S = 1.0


def redis_address_file(data_dir: Path) -> Path:
    """Where `run` writes the address of the embedded Redis."""
    return data_dir / "redis.url"


def redis_url(settings: Settings) -> str | None:
    """Address of the Redis in use: the one set, else the one that a running `run` left in the data folder."""
    if settings.redis_url:
        return settings.redis_url
    try:
        return redis_address_file(settings.data_dir).read_text(encoding="utf-8").strip() or None
    except OSError:
        return None


def connect(url: str, socket_timeout: float | None = None) -> Redis:
    """A client of that Redis; `socket_timeout` in seconds, None for a worker that waits for jobs."""
    return Redis.from_url(url, socket_connect_timeout=WAIT_FOR_REDIS_S, socket_timeout=socket_timeout)


def queue(name: str, redis: Redis) -> Queue:
    """The RQ queue of that name; payloads are JSON, since unpickling what Redis holds would run it."""
    return Queue(name, connection=redis, serializer=JSONSerializer)


class Doorbell:
    """Rings for the workers; a Redis that is away costs a warning, and the sweep rings again later."""

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        self.redis: Redis | None = None
        self.url: str | None = None

    def ring(self, name: str, reviews: list[int] | None = None) -> bool:
        """Ask a worker of queue `name` to look for what is due. Returns False when Redis is away.

        `reviews` are the ids that made it ring: they show in the job, for whoever looks into the queue.
        """
        try:
            redis = self.client()
            if redis is None:
                return False
            queue(name, redis).enqueue(
                QUEUES[name], reviews or [], job_timeout=JOB_TIMEOUT_S, result_ttl=0, failure_ttl=86400
            )
        except (RedisError, ValueError) as error:
            log.warning("redis is away, the sweep will ring later: %s", error)
            return False
        return True

    def ring_in(self, seconds: float, name: str, reviews: list[int] | None = None) -> None:
        """Ring after that time, when something is due; should this process end before, the sweep rings."""
        if seconds <= 0:
            self.ring(name, reviews)
            return
        later = threading.Timer(seconds, self.ring, (name, reviews))
        later.daemon = True
        later.start()

    def client(self) -> Redis | None:
        """A connection to the Redis in use, which may have moved since the last time."""
        url = redis_url(self.settings)
        if url != self.url:
            self.url, self.redis = url, connect(url, WAIT_FOR_REDIS_S) if url else None
        return self.redis
