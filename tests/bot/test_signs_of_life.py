"""Signs of life, in a real Redis, of a real worker process."""

import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta

import pytest
from redis import Redis
from rq.serializers import JSONSerializer
from rq.utils import utcformat

from shopify_bot.bot import Bot
from shopify_bot.doorbell import BULK, CLASSIFY, QUEUES, connect, queue, redis_url
from shopify_bot.health.heartbeat import Heartbeat
from shopify_bot.health.signs_of_life import SILENT_AFTER, SWEEP, Signs, read_signs, workers_of
from shopify_bot.settings import ROOT, Settings
from shopify_bot.sweep import give_sign
from shopify_bot.tables import now
from shopify_bot.working import PreloadedWorker

pytestmark = pytest.mark.parametrize("database", ["sqlite"], indirect=True)


@pytest.fixture
def client(redis: subprocess.Popen[bytes], settings: Settings) -> Redis:
    url = redis_url(settings)
    assert url is not None
    return connect(url)


@contextmanager
def a_worker(bot: Bot, name: str) -> Iterator[subprocess.Popen[bytes]]:
    """A worker process of the bot, until the end of the block."""
    own = {
        "SHOPIFY_BOT_DATA_DIR": str(bot.settings.data_dir),
        "SHOPIFY_BOT_DATABASE_URL": bot.database.engine.url.render_as_string(hide_password=False),
    }
    command = [sys.executable, str(ROOT / "worker.py"), name]
    with subprocess.Popen(command, cwd=ROOT, env=os.environ | own, stderr=subprocess.DEVNULL) as process:
        yield process
        process.kill()


def wait_for(bot: Bot, there: Callable[[Signs], object]) -> Signs:
    """The signs, once they are as wished."""
    deadline = time.monotonic() + 60
    while not there(signs := read_signs(bot)):
        assert time.monotonic() < deadline, signs
        time.sleep(0.1)
    return signs


def test_a_worker_process_is_seen_until_it_is_silent(bot: Bot, client: Redis) -> None:
    with a_worker(bot, BULK) as process:
        signs = wait_for(bot, lambda signs: signs.living(BULK) and BULK in signs.seen)
        assert (len(signs.workers), signs.living(CLASSIFY)) == (1, [])
        assert signs.workers[0].busy_since is None
        process.kill()
        process.wait()
    for key in client.smembers("rq:workers"):
        client.hset(key, "last_heartbeat", utcformat(now() - SILENT_AFTER - timedelta(seconds=1)))
    signs = read_signs(bot)
    assert signs.workers[0].is_silent
    assert signs.living(BULK) == []


def test_one_that_says_goodbye_is_no_longer_there(bot: Bot, client: Redis) -> None:
    with a_worker(bot, BULK) as process:
        wait_for(bot, lambda signs: signs.living(BULK))
        process.terminate()
        assert process.wait(30) == 0
    signs = read_signs(bot)
    assert signs.workers == ()
    assert signs.seen.keys() == {BULK}


def test_a_redis_that_starts_anew_learns_of_the_worker(client: Redis, database: object) -> None:
    worker = PreloadedWorker([queue(BULK, client)], connection=client, serializer=JSONSerializer)
    worker.register_birth()
    client.flushall()
    assert workers_of(client) == ()
    Heartbeat(worker).beat()
    assert [each.queue for each in workers_of(client)] == [BULK]


def test_a_worker_at_a_job_tells_since_when(client: Redis, database: object) -> None:
    bells = queue(BULK, client)
    worker = PreloadedWorker([bells], connection=client, serializer=JSONSerializer)
    worker.register_birth()
    job = bells.enqueue("shopify_bot.jobs.chores.chores_due")
    worker.prepare_execution(job)
    worker.prepare_job_execution(job)
    Heartbeat(worker).beat()
    found = workers_of(client)[0]
    assert found.busy_since is not None
    assert found.busy_since <= found.seen_at


def test_the_sweep_is_seen_and_bells_are_counted(bot: Bot, client: Redis) -> None:
    give_sign(bot)
    bot.doorbell.ring(CLASSIFY)
    signs = read_signs(bot)
    assert signs.seen.keys() == {SWEEP}
    assert signs.waiting == dict.fromkeys(QUEUES, 0) | {CLASSIFY: 1}


def test_without_redis_there_is_no_sign_and_no_error(bot: Bot, settings: Settings) -> None:
    assert read_signs(bot) == Signs("none")
    settings.data_dir.mkdir(parents=True, exist_ok=True)
    (settings.data_dir / "redis.url").write_text("redis://127.0.0.1:1/0")
    assert read_signs(bot) == Signs("away")
    give_sign(bot)
