"""Log lines: what each is about, from the webhook of a product to its publication."""

import io
import json
import logging
import os
import subprocess
import sys
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest
from flask.testing import FlaskClient
from rq.serializers import JSONSerializer
from sqlalchemy import select

from classifier.predictor import Predictor
from shopify_bot import decisions
from shopify_bot.app import create_app
from shopify_bot.bot import Bot
from shopify_bot.devstore import Shop as StoreShop
from shopify_bot.doorbell import BULK, connect, queue, redis_url
from shopify_bot.jobs.classify import ClassifyWork
from shopify_bot.jobs.process import WorkerProcess, set_worker
from shopify_bot.jobs.publish import PublishWork
from shopify_bot.logs.ids import about, also_about, carried, current
from shopify_bot.logs.lines import handler
from shopify_bot.settings import ROOT
from shopify_bot.stores import Stores
from shopify_bot.tables import Review, Shop
from shopify_bot.working import PreloadedWorker
from tests.bot.conftest import DOMAIN, ME, TOKEN
from tests.bot.test_classifying import jpeg
from tests.conftest import API_SECRET
from webhooks.signature import sign

log = logging.getLogger("tests.logs")


class Lines:
    """What was logged since the beginning, as it would be written."""

    def __init__(self, as_json: bool) -> None:
        self.stream = io.StringIO()
        self.handler = handler(self.stream, "web", as_json)

    @property
    def texts(self) -> list[str]:
        return self.stream.getvalue().splitlines()

    @property
    def objects(self) -> list[dict[str, Any]]:
        return [json.loads(line) for line in self.texts]


@pytest.fixture
def lines(request: pytest.FixtureRequest) -> Iterator[Lines]:
    """Lines in JSON, or in text for a test that asks for it."""
    written, root = Lines(getattr(request, "param", "json") == "json"), logging.getLogger()
    before = root.level
    root.setLevel(logging.INFO)
    root.addHandler(written.handler)
    yield written
    root.removeHandler(written.handler)
    root.setLevel(before)


def deliver(client: FlaskClient, gid: str, event: str = "event-1") -> None:
    """The webhook of a new product, signed as the store signs it."""
    body = json.dumps({"admin_graphql_api_id": gid, "title": "A fine watch"}).encode()
    headers = {
        "X-Shopify-Topic": "products/create",
        "X-Shopify-Shop-Domain": DOMAIN,
        "X-Shopify-Event-Id": event,
        "X-Shopify-Hmac-Sha256": sign(body, API_SECRET).decode(),
        "X-Request-Id": "from-the-proxy",
    }
    assert client.post("/webhooks", data=body, headers=headers).status_code == 200


def test_one_product_is_followed_from_its_webhook_to_its_publication(
    served: Bot,
    store_shop: StoreShop,
    stores: Stores,
    predictor: Predictor,
    publish: PublishWork,
    lines: Lines,
) -> None:
    gid = store_shop.create_product("A fine watch", jpeg())
    other = store_shop.create_product("Another watch", jpeg())
    client = create_app(served).test_client()
    deliver(client, gid)
    deliver(client, other, "event-2")
    assert ClassifyWork(served, stores, predictor).one_batch() == 2
    with served.database.writing() as session:
        review = session.scalars(select(Review)).first()
        shop = session.scalars(select(Shop)).one()
        assert review is not None
        review_id = review.id
        decisions.approve(session, shop, review_id, ME)
    assert publish.one_batch() == 1
    mine = [line for line in lines.objects if line.get("product") == gid]
    assert [line["logger"] for line in mine] == [
        "webhooks.routes",
        "shopify_bot.jobs.recording",
        "shopify_bot.jobs.publish",
    ]
    assert (mine[0]["delivery"], mine[0]["request"]) == ("event-1", "from-the-proxy")
    assert [line.get("review") for line in mine] == [None, review_id, review_id]
    assert {line["shop"] for line in mine} == {DOMAIN}
    assert not any(secret in line for line in lines.texts for secret in (API_SECRET, TOKEN))


def test_a_fault_in_a_thread_tells_what_it_is_about(
    served: Bot, store_shop: StoreShop, publish: PublishWork, approved: Any, lines: Lines
) -> None:
    gid = store_shop.create_product("A fine watch", jpeg())
    review_id = approved(gid, label="Watches")
    object.__setattr__(publish, "carry_out", broken)
    with about(job="the job"):
        publish.one_batch()
    fault = next(line for line in lines.objects if line["level"] == "error")
    assert (fault["job"], fault["review"], fault["product"]) == ("the job", review_id, gid)
    assert "RuntimeError: broken" in fault["exc_info"]


def broken(_review: Review) -> dict[str, Any]:
    raise RuntimeError("broken")


@pytest.mark.usefixtures("redis")
@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
def test_lines_of_a_job_tell_which(served: Bot, stores: Stores, lines: Lines) -> None:
    set_worker(WorkerProcess(served, stores))
    url = redis_url(served.settings)
    assert url is not None
    redis = connect(url)
    worker = PreloadedWorker([queue(BULK, redis)], connection=redis, serializer=JSONSerializer)
    worker.register_birth()
    job = queue(BULK, redis).enqueue("shopify_bot.jobs.chores.chores_due")
    worker.execute_job(job, queue(BULK, redis))
    done = [line for line in lines.objects if line["logger"] == "shopify_bot.jobs.chores"]
    assert done
    assert {line["job"] for line in done} == {job.id}
    assert not current.get()


def test_a_json_line_tells_time_level_and_process(lines: Lines) -> None:
    with about(shop=DOMAIN, review=7):
        log.warning("%s\nis “odd”", "It", extra={"token": "shpat_secret"})
    (line,) = lines.objects
    assert line.pop("time").endswith("+00:00")
    assert line == {
        "level": "warning",
        "process": "web",
        "logger": "tests.logs",
        "message": "It\nis “odd”",
        "shop": DOMAIN,
        "review": 7,
    }


@pytest.mark.parametrize("lines", ["text"], indirect=True)
def test_a_text_line_tells_the_ids_shortly(lines: Lines) -> None:
    log.info("alone")
    with about(product="gid://shopify/Product/12", delivery="a b\x1b[31m"):
        log.info("said")
    assert lines.texts[0].endswith("INFO tests.logs: alone")
    assert lines.texts[1].endswith("INFO tests.logs: said [delivery=a?b?[31m product=12]")


def test_what_lines_are_about_ends_with_the_block() -> None:
    with about(shop="a"), about(review=1, product=None):
        also_about(product="p")
        assert current.get() == {"shop": "a", "review": 1, "product": "p"}
    assert current.get() == {}
    with pytest.raises(AssertionError, match="say in IDS what"):
        about(colour="red").__enter__()


def test_threads_carry_it_and_keep_their_own_apart() -> None:
    together = threading.Barrier(2)

    def work(number: int) -> dict[str, str | int]:
        with about(review=number):
            together.wait(30)
            return dict(current.get())

    with about(job="j"), ThreadPoolExecutor(2) as pool:
        assert list(pool.map(carried(work), (1, 2))) == [
            {"job": "j", "review": 1},
            {"job": "j", "review": 2},
        ]


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
@pytest.mark.parametrize("given", ["", "x" * 65, "a\tb", "{evil}"])
def test_an_unfit_request_id_is_replaced(served: Bot, lines: Lines, given: str) -> None:
    client = create_app(served).test_client()
    client.post("/login", headers={"X-Request-Id": given})
    with about(request="mine"):
        deliver(client, "gid://shopify/Product/1")
        assert current.get() == {"request": "mine"}
    assert all(line.get("request") not in ("", given) for line in lines.objects)


CODE = """
import logging, warnings
from shopify_bot.logs.lines import set_up_logging
from shopify_bot.logs.gunicorn_lines import Lines
from gunicorn.config import Config
set_up_logging(process="sweep")
logging.info("hello")
warnings.warn("old")
Lines(Config()).info("Listening")
raise ValueError("the end")
"""


def test_a_process_logs_nothing_but_json_whatever_ends_it() -> None:
    done = subprocess.run(
        [sys.executable, "-c", CODE],
        cwd=ROOT,
        env=os.environ | {"SHOPIFY_BOT_LOG_FORMAT": "json"},
        capture_output=True,
        text=True,
        timeout=120,
    )
    told = [json.loads(line) for line in done.stderr.splitlines()]
    assert [line["logger"] for line in told] == [
        "root",
        "py.warnings",
        "gunicorn.error",
        "shopify_bot.logs.lines",
    ]
    assert [line["process"] for line in told] == ["sweep", "sweep", "web", "web"]
    assert "ValueError: the end" in told[-1]["exc_info"]
    assert done.returncode == 1


SERVER = """
import logging, sys
from gunicorn.config import Config
from gunicorn.glogging import Logger
log = Logger(Config())
log.info("Starting")
import wsgi
log.info("Listening")
"""


def test_the_web_servers_lines_are_json_once_the_application_is_loaded(tmp_path: Path) -> None:
    settings = {"SHOPIFY_BOT_LOG_FORMAT": "json", "SHOPIFY_BOT_DATA_DIR": str(tmp_path)}
    asked = [sys.executable, "-c", SERVER]
    done = subprocess.run(
        asked, cwd=ROOT, env=os.environ | settings, capture_output=True, text=True, timeout=120
    )
    assert done.returncode == 0, done.stderr
    told = json.loads(done.stderr.splitlines()[-1])
    assert (told["message"], told["process"], told["logger"]) == ("Listening", "web", "gunicorn.error")
