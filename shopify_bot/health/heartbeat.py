"""A worker's heartbeat: RQ tells nothing while a job is done, and a Redis that starts anew knows nobody."""

import logging
import threading

from redis.exceptions import RedisError
from rq import SimpleWorker

from shopify_bot.health.signs_of_life import BEAT_S, note_seen

log = logging.getLogger(__name__)


class Heartbeat:
    """Tells Redis every few seconds, from a thread, that a worker lives."""

    def __init__(self, worker: SimpleWorker) -> None:
        self.worker = worker
        self.ended = threading.Event()

    def start(self) -> None:
        """The first sign comes at once, the others from the thread."""
        self.try_to_beat()
        threading.Thread(target=self.beat_until_ended, name="heartbeat", daemon=True).start()

    def end(self) -> None:
        """No further sign: the worker is about to say goodbye."""
        self.ended.set()

    def beat_until_ended(self) -> None:
        while not self.ended.wait(BEAT_S):
            self.try_to_beat()

    def try_to_beat(self) -> None:
        """One sign, unless Redis is away: then the next will do."""
        try:
            self.beat()
        except (RedisError, ValueError) as error:
            log.debug("redis does not hear the heartbeat: %s", error)

    def beat(self) -> None:
        """One sign; a Redis that was started anew is told of the worker once more."""
        redis, key = self.worker.connection, self.worker.key
        if not redis.hexists(key, "queues"):
            redis.delete(key)
            self.worker.register_birth()  # type: ignore[no-untyped-call]
        self.worker.heartbeat()
        for name in self.worker.queue_names():
            note_seen(redis, name)
