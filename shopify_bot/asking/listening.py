"""The worker's side: threads that answer beside the batch at hand, so that no burst makes anybody wait."""

import logging
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any, cast

from redis import Redis
from redis.exceptions import RedisError

from shopify_bot.asking.wire import (
    ANSWER_S,
    LISTENING,
    LISTENING_S,
    MOST_ANSWERED,
    WAITING,
    answer_key,
    pack,
    question_key,
    unpack,
)
from shopify_bot.bot import Bot
from shopify_bot.doorbell import connect, redis_url
from shopify_bot.errors import AskRefused

log = logging.getLogger(__name__)

THREADS = 3
"""One may be waiting for somebody else's picture host."""
POLL_S = 0.5
SOCKET_S = 3.0
STOP_S = 2.0

Answer = Callable[[str, dict[str, Any]], dict[str, Any]]


@contextmanager
def listening(bot: Bot, answer: Answer) -> Iterator[None]:
    """Answer what is asked for as long as the block runs, whatever becomes of Redis."""
    listener = Listener(bot, answer)
    threads = [threading.Thread(target=listener.run, name="asked", daemon=True) for _ in range(THREADS)]
    for thread in threads:
        thread.start()
    try:
        yield
    finally:
        listener.stopped.set()
        until = time.monotonic() + STOP_S
        for thread in threads:
            thread.join(max(0.0, until - time.monotonic()))


class Listener:
    """Takes questions one by one; several threads may run one."""

    def __init__(self, bot: Bot, answer: Answer) -> None:
        self.settings, self.answer = bot.settings, answer
        self.stopped = threading.Event()
        self.here = threading.local()

    def run(self) -> None:
        """Answer until stopped."""
        while not self.stopped.is_set():
            try:
                self.answer_next()
            except RedisError as error:
                log.debug("redis is away, nobody can ask: %s", error)
                self.stopped.wait(POLL_S)
            except Exception:
                log.exception("a question was lost")
                self.stopped.wait(POLL_S)

    def answer_next(self) -> None:
        """Wait a moment for a question, and answer it unless nobody waits for it any more."""
        redis = self.client()
        if redis is None:
            self.stopped.wait(POLL_S)
            return
        redis.set(LISTENING, 1, ex=LISTENING_S)
        got = cast(Any, redis.brpop([WAITING], timeout=POLL_S))
        if got is None:
            return
        question_id = got[1].decode("ascii", "replace")
        question = cast(Any, redis.getdel(question_key(question_id)))
        if question is None:
            return
        reply = self.reply(unpack(question))
        with redis.pipeline(transaction=True) as steps:
            steps.rpush(answer_key(question_id), reply)
            steps.expire(answer_key(question_id), ANSWER_S)
            steps.execute()

    def reply(self, question: dict[str, Any]) -> str:
        """What is sent back, whatever goes wrong."""
        try:
            text = pack({"answer": self.answer(str(question.get("kind")), question.get("payload") or {})})
            if len(text) > MOST_ANSWERED:
                raise ValueError(f"an answer of {len(text)} characters")
        except AskRefused as error:
            return pack({"refused": error.reason, "text": str(error)})
        except Exception:
            log.exception("a question could not be answered: %s", question.get("kind"))
            return pack({"refused": "failed", "text": "The worker could not answer; its log says why."})
        return text

    def client(self) -> Redis | None:
        """This thread's connection to the Redis in use, which may have moved since the last time."""
        url = redis_url(self.settings)
        if url != getattr(self.here, "url", None):
            self.here.redis = connect(url, SOCKET_S) if url else None
            self.here.url = url
        return cast(Redis | None, getattr(self.here, "redis", None))
