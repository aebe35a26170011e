"""What a worker process holds for its jobs: RQ calls a function by name and hands it ids alone."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from shopify_bot.bot import Bot
from shopify_bot.stores import Stores

if TYPE_CHECKING:  # only a worker that classifies loads the model's code
    from classifier.predictor import Predictor


@dataclass(frozen=True)
class WorkerProcess:
    """One worker's bot, store clients and, where it classifies, its model."""

    bot: Bot
    stores: Stores
    predictor: "Predictor | None" = None


_this: list[WorkerProcess] = []


def set_worker(worker: WorkerProcess) -> None:
    """Called once, before the first job."""
    _this[:] = [worker]


def this_worker() -> WorkerProcess:
    """The process's own; jobs run in workers only."""
    return _this[0]
