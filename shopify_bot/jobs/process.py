"""What a worker process holds for its jobs: RQ calls a function by name and hands it ids alone."""

import threading
import time
from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass
from typing import TYPE_CHECKING

from shopify_bot.bot import Bot
from shopify_bot.logs.ids import about
from shopify_bot.stores import Stores
from shopify_bot.tables import Review

if TYPE_CHECKING:  # only a worker that classifies loads the model's code
    from classifier.predictor import Predictor
    from shopify_bot.likeness import Likenesses


LONGEST_JOB_S = 60.0
"""After this a job ends and rings for another, so that no job outlives its time-out."""


@dataclass(frozen=True)
class WorkerProcess:
    """One worker's bot, store clients and, where it classifies, its model and what it saw last."""

    bot: Bot
    stores: Stores
    predictor: "Predictor | None" = None
    likenesses: "Likenesses | None" = None


stopping = threading.Event()
"""Set when the process was told to stop: the batch at hand is finished, no other is begun."""

_this: list[WorkerProcess] = []


def set_worker(worker: WorkerProcess) -> None:
    """Called once, before the first job."""
    _this[:] = [worker]


def this_worker() -> WorkerProcess:
    """The process's own; jobs run in workers only."""
    return _this[0]


def until_nothing_is_due(bot: Bot, queue_name: str, one_batch: Callable[[], int]) -> int:
    """Work batch after batch until one is empty; returns how many reviews were worked on."""
    deadline = time.monotonic() + LONGEST_JOB_S
    done = 0
    while not stopping.is_set() and (batch := one_batch()):
        done += batch
        if time.monotonic() > deadline:
            bot.doorbell.ring(queue_name)
            break
    return done


def about_review(review: Review) -> AbstractContextManager[None]:
    """Log lines in this block are about the review, its product and its shop, which must be loaded."""
    return about(shop=review.shop.domain, product=review.product.gid, review=review.id)
