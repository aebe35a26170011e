"""The web process' side: asks a worker and waits a moment for its answer."""

import threading
import time
import uuid
from typing import Any, cast

from redis import Redis
from redis.exceptions import RedisError

from shopify_bot.asking.wire import (
    LISTENING,
    MOST_WAITING,
    WAITING,
    WAITING_S,
    answer_key,
    pack,
    question_key,
    unpack,
)
from shopify_bot.bot import Bot
from shopify_bot.doorbell import connect, redis_url
from shopify_bot.errors import AskRefused, WorkerSilent

WAIT_S = 2.0
SOCKET_S = 1.5
"""Longest time for one word with Redis, the turns of a wait included."""
TURN_S = 0.5
MOST_AT_ONCE = 5
"""The other threads of the web process take webhooks and show pages."""

START = "Start one: python worker.py classify, or shopify-bot run, which brings one."
SILENT = f"No classify worker is running. {START}"
LATE = "The classify worker did not answer in time. Is it running, and has it much to do? Try again."
NO_REDIS = (
    "Redis is away, so no classify worker can be asked. Start it, or shopify-bot run, which brings one."
)
BUSY = "The classify worker is being asked too much at once. Try again in a moment."


class Asker:
    """Asks for what needs the model; may be used from several threads."""

    def __init__(self, bot: Bot) -> None:
        self.settings = bot.settings
        self.redis: Redis | None = None
        self.url: str | None = None
        self.places = threading.BoundedSemaphore(MOST_AT_ONCE)

    def ask(self, kind: str, payload: dict[str, Any], timeout_s: float = WAIT_S) -> dict[str, Any]:
        """The worker's answer to a question of `shopify_bot.asking.answers`, within `timeout_s` seconds.

        Raises WorkerSilent when none comes, AskRefused when the worker says why it cannot answer.
        """
        if not self.places.acquire(blocking=False):
            raise WorkerSilent(BUSY)
        try:
            reply = self.exchange(pack({"kind": kind, "payload": payload}), timeout_s)
        except RedisError as error:
            raise WorkerSilent(NO_REDIS) from error
        finally:
            self.places.release()
        if "answer" not in reply:
            raise AskRefused(str(reply.get("refused", "failed")), str(reply.get("text", "")))
        return cast(dict[str, Any], reply["answer"])

    def exchange(self, question: str, timeout_s: float) -> dict[str, Any]:
        """Put the question and wait for the reply. Raises WorkerSilent, RedisError."""
        until = time.monotonic() + timeout_s
        redis = self.client()
        if redis is None:
            raise WorkerSilent(NO_REDIS)
        if not redis.exists(LISTENING):
            raise WorkerSilent(SILENT)
        question_id = uuid.uuid4().hex
        put(redis, question_id, question, timeout_s)
        while (left_s := until - time.monotonic()) > 0:
            got = cast(Any, redis.blpop([answer_key(question_id)], timeout=max(0.01, min(left_s, TURN_S))))
            if got is not None:
                return unpack(got[1])
        raise WorkerSilent(LATE)

    def client(self) -> Redis | None:
        """A connection to the Redis in use, which may have moved since the last time."""
        url = redis_url(self.settings)
        if url != self.url:
            self.url, self.redis = url, connect(url, SOCKET_S) if url else None
        return self.redis


def put(redis: Redis, question_id: str, question: str, timeout_s: float) -> None:
    """Leave the question to the workers, for as long as it is waited for."""
    with redis.pipeline(transaction=True) as steps:
        steps.set(question_key(question_id), question, px=max(1, round(timeout_s * 1000)))
        steps.lpush(WAITING, question_id)
        steps.ltrim(WAITING, 0, MOST_WAITING - 1)
        steps.expire(WAITING, WAITING_S)
        steps.execute()
