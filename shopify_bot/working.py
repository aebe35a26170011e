"""One worker process: wires the bot, loads the model once, then does the jobs of one queue.

RQ's SimpleWorker runs jobs in this very process: a fork after a model has run hangs, and loading the
model per job costs seconds. A watchdog ends the process when a job outlives its time-out in code that
no signal reaches; `run`, or whatever started the worker, starts it again, and its lease runs out.
"""

import faulthandler
import logging
import os
import time
from contextlib import AbstractContextManager, nullcontext
from types import FrameType
from typing import Any

from redis.exceptions import RedisError
from rq import Queue, SimpleWorker
from rq.exceptions import StopRequested
from rq.job import Job
from rq.serializers import JSONSerializer

from shopify_bot.asking.listening import listening
from shopify_bot.bot import Bot, make_bot
from shopify_bot.doorbell import CLASSIFY, JOB_TIMEOUT_S, QUEUES, connect, queue, redis_url
from shopify_bot.errors import SettingsError
from shopify_bot.health.heartbeat import Heartbeat
from shopify_bot.jobs.process import WorkerProcess, set_worker, stopping
from shopify_bot.logs.ids import about
from shopify_bot.logs.lines import set_up_logging
from shopify_bot.stores import Stores

log = logging.getLogger(__name__)

WATCHDOG_MARGIN_S = 15
WORKER_TTL_S = 60
"""For about twice as long Redis remembers a worker that gives no sign any more."""
REDIS_POLL_S = 0.5


class PreloadedWorker(SimpleWorker):
    """A worker that keeps its model between jobs and is ended when one hangs."""

    max_connection_wait_time = 2.0  # the embedded Redis is back within seconds

    in_job = False

    def bootstrap(self, *arguments: Any, **named: Any) -> None:
        super().bootstrap(*arguments, **named)
        self.heart = Heartbeat(self)
        self.heart.start()

    def register_death(self) -> None:
        self.heart.end()
        super().register_death()  # type: ignore[no-untyped-call]

    def execute_job(self, job: Job, queue: Queue) -> None:
        faulthandler.dump_traceback_later(JOB_TIMEOUT_S + WATCHDOG_MARGIN_S, exit=True)
        self.in_job = True
        try:
            with about(job=job.id):
                super().execute_job(job, queue)
        finally:
            self.in_job = False
            faulthandler.cancel_dump_traceback_later()

    def request_stop(self, signum: int, frame: FrameType | None) -> None:
        """Finish the batch at hand, then stop. RQ's own way asks Redis, which may be gone by now."""
        if stopping.is_set():
            return
        stopping.set()
        logging.getLogger("rq.worker").setLevel(logging.CRITICAL)
        self._stop_requested = True
        if not self.in_job:
            raise StopRequested


def work(queue_name: str, bot: Bot | None = None, burst: bool = False) -> None:
    """Do the jobs of one queue until told to stop. Raises SettingsError for an unknown queue."""
    if queue_name not in QUEUES:
        raise SettingsError(f"There is no queue {queue_name!r}. Choose one of: {', '.join(QUEUES)}.")
    set_up_logging(process=queue_name)
    bot = bot or make_bot()
    process = classify_process(bot) if queue_name == CLASSIFY else WorkerProcess(bot, Stores(bot))
    set_worker(process)
    redis = connect(wait_for_redis(bot))
    worker = PreloadedWorker(
        [queue(queue_name, redis)], connection=redis, serializer=JSONSerializer, worker_ttl=WORKER_TTL_S
    )
    log.info("worker for %s is ready, process %d", queue_name, os.getpid())
    try:
        with answering(process):
            worker.work(burst=burst, logging_level="WARNING")
    except RedisError as error:
        log.info("redis was gone at the end: %s", error)


def classify_process(bot: Bot) -> WorkerProcess:
    """A process with a model."""
    from shopify_bot.likeness import Likenesses

    predictor = load_model(bot)
    return WorkerProcess(bot, Stores(bot), predictor, Likenesses(bot.database, predictor.bundle.version))


def answering(process: WorkerProcess) -> AbstractContextManager[None]:
    """Answer what the web process asks, beside the jobs, where there is a model to ask."""
    if process.predictor is None:
        return nullcontext()
    from shopify_bot.asking.answers import answers_of

    return listening(process.bot, answers_of(process))


def load_model(bot: Bot) -> Any:
    """The predictor of the model in use: on a GPU where there is one, else on the processor."""
    from classifier.predictor import load_predictor

    started, settings = time.monotonic(), bot.settings
    predictor = load_predictor(settings.model, device=settings.device, engine=settings.engine)
    log.info("loaded %s in %.1f s", predictor.bundle.version, time.monotonic() - started)
    return predictor


def wait_for_redis(bot: Bot) -> str:
    """The address of the Redis in use, once there is one."""
    if redis_url(bot.settings) is None:
        log.info("waiting for a Redis: set SHOPIFY_BOT_REDIS_URL, or start shopify-bot run, which brings one")
    while (url := redis_url(bot.settings)) is None:
        time.sleep(REDIS_POLL_S)
    return url
