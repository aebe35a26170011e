"""Asking a worker over a real Redis: answered beside the batch at hand, by the shipped model."""

import base64
import io
import random
import signal
import subprocess
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from PIL import Image
from redis import Redis
from sqlalchemy import select

from classifier.predictor import Predictor
from shopify_bot.asking import listening as listening_module
from shopify_bot.asking import wire
from shopify_bot.asking.answers import answers_of
from shopify_bot.asking.asker import BUSY, LATE, MOST_AT_ONCE, NO_REDIS, SILENT, Asker, put
from shopify_bot.asking.listening import listening
from shopify_bot.bot import Bot
from shopify_bot.database import Database
from shopify_bot.devstore import Shop as StoreShop
from shopify_bot.devstore.drawing import draw_product
from shopify_bot.doorbell import redis_address_file, redis_url
from shopify_bot.errors import AskRefused, WorkerSilent
from shopify_bot.jobs.classify import ClassifyWork
from shopify_bot.jobs.process import WorkerProcess
from shopify_bot.likeness import Likenesses
from shopify_bot.running import redis_server
from shopify_bot.running.one_machine import wait_for_redis
from shopify_bot.states import State
from shopify_bot.stores import Stores
from shopify_bot.tables import Review
from tests.bot.conftest import find
from tests.conftest import fresh_postgresql_database

pytestmark = pytest.mark.usefixtures("redis")
both_databases = pytest.mark.parametrize("database", ["sqlite", "postgresql"], indirect=True)
LONG_S = 20.0
"""For a machine with much else to do."""


def drawing(label: str = "Watches", seed: int = 7, kind: str = "JPEG", size: int = 0) -> bytes:
    file = io.BytesIO()
    picture = draw_product(label, 0, random.Random(seed))
    (picture.resize((size, size)) if size else picture).save(file, kind)
    return file.getvalue()


def picture(data: bytes, title: str = "") -> dict[str, Any]:
    return {"picture": base64.b64encode(data).decode(), "title": title}


@pytest.fixture
def database(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Database]:
    """SQLite, unless a test asks for PostgreSQL: most questions ask the database nothing."""
    if getattr(request, "param", "sqlite") == "postgresql":
        url = fresh_postgresql_database(request.getfixturevalue("postgresql"))
    else:
        url = f"sqlite:///{tmp_path / 'bot.sqlite3'}"
    database = Database(url)
    database.migrate()
    yield database
    database.close()


@pytest.fixture
def process(served: Bot, stores: Stores, predictor: Predictor) -> WorkerProcess:
    return WorkerProcess(served, stores, predictor, Likenesses(served.database, predictor.bundle.version))


@pytest.fixture
def worker(process: WorkerProcess, redis: object) -> Iterator[None]:
    """Answers as a classify worker does."""
    with listening(process.bot, answers_of(process)):
        until_listened_to(process.bot)
        yield


@pytest.fixture
def asker(served: Bot) -> Asker:
    return Asker(served)


def redis_of(bot: Bot) -> Redis:
    url = redis_url(bot.settings)
    assert url
    return Redis.from_url(url)


def until_listened_to(bot: Bot) -> None:
    redis = redis_of(bot)
    while not redis.exists(wire.LISTENING):
        time.sleep(0.02)


@pytest.mark.usefixtures("worker")
def test_a_picture_and_a_title_are_judged(asker: Asker, predictor: Predictor) -> None:
    answer = asker.ask("classify", picture(drawing(), "A fine watch"), LONG_S)
    assert answer["label"] == answer["top"][0]["label"] == "Watches"
    assert [each["probability"] for each in answer["top"]] == sorted(
        (each["probability"] for each in answer["top"]), reverse=True
    )
    assert len(answer["top"]) == 4
    assert answer["confidence"] == answer["top"][0]["probability"]
    assert answer["sure"] in ("leaf", "category", "nothing")
    assert answer["kind"] == ("image_and_text" if predictor.scorer.reads else "image")
    assert answer["category"] in predictor.bundle.tree.categories
    assert answer["model_version"] == predictor.bundle.version
    shown = Image.open(io.BytesIO(base64.b64decode(answer["picture"])))
    heat = Image.open(io.BytesIO(base64.b64decode(answer["heat"])))
    assert (shown.format, heat.format) == ("JPEG", "PNG")
    assert shown.size == heat.size
    assert max(shown.size) <= 320


@pytest.mark.usefixtures("worker")
def test_a_title_alone_has_no_picture_to_show(asker: Asker, predictor: Predictor) -> None:
    if not predictor.scorer.reads:
        pytest.skip("the shipped bundle has learnt no titles")
    answer = asker.ask("classify", {"picture": None, "title": "Titan Men Black Dial Watch"}, LONG_S)
    assert (answer["label"], answer["kind"]) == ("Watches", "text")
    assert (answer["picture"], answer["heat"]) == (None, None)


def bomb() -> bytes:
    """A picture of a few kilobytes that says it has 72 million pixels."""
    file = io.BytesIO()
    Image.new("1", (9_000, 8_000)).save(file, "PNG")
    return file.getvalue()


@pytest.mark.usefixtures("worker")
@pytest.mark.parametrize(
    ("payload", "reason"),
    [
        (picture(b"<html>no picture</html>"), "not_a_picture"),
        (picture(drawing()[:300]), "not_a_picture"),
        (picture(bomb()), "too_large"),
        ({"picture": None, "title": " "}, "nothing"),
        ({"picture": "not base64!", "title": 7}, "failed"),
    ],
    ids=["a page", "half a picture", "a bomb", "nothing", "nonsense"],
)
def test_what_cannot_be_judged_is_refused_with_a_reason(
    asker: Asker, payload: dict[str, Any], reason: str
) -> None:
    with pytest.raises(AskRefused) as refused:
        asker.ask("classify", payload, LONG_S)
    assert refused.value.reason == reason
    assert str(refused.value)
    assert asker.ask("classify", picture(drawing()), LONG_S), "the worker goes on"


@pytest.mark.usefixtures("worker")
@pytest.mark.parametrize("kind", ["PNG", "WEBP", "GIF"])
def test_other_kinds_of_pictures(asker: Asker, kind: str) -> None:
    answer = asker.ask("classify", picture(drawing(kind=kind, size=400)), LONG_S)
    assert Image.open(io.BytesIO(base64.b64decode(answer["picture"]))).size == (320, 320)


@pytest.fixture
def review(store_shop: StoreShop, process: WorkerProcess, receive: Callable[..., int]) -> Review:
    """A classified product."""
    assert process.predictor
    review_id = receive(store_shop.create_product("A fine watch", drawing()))
    ClassifyWork(process.bot, process.stores, process.predictor, process.likenesses).one_batch()
    return find(process.bot, review_id)


@both_databases
@pytest.mark.usefixtures("worker")
def test_where_a_label_is_seen(asker: Asker, review: Review) -> None:
    of_review = {"shop": review.shop_id, "review": review.id}
    pngs = {
        label: asker.ask("heat", of_review | {"label": label}, LONG_S)["png"]
        for label in ("Watches", "Shirts")
    }
    for png in pngs.values():
        assert Image.open(io.BytesIO(base64.b64decode(png))).format == "PNG"
    assert pngs["Watches"] != pngs["Shirts"]
    for wrong, reason in (
        ({"label": "No such label"}, "no_label"),
        ({"label": "Watches", "review": 999}, "gone"),
        ({"label": "Watches", "shop": 999}, "gone"),
    ):
        with pytest.raises(AskRefused) as refused:
            asker.ask("heat", of_review | wrong, LONG_S)
        assert refused.value.reason == reason


@pytest.mark.usefixtures("worker")
def test_a_product_of_the_store_is_judged(asker: Asker, review: Review) -> None:
    of_product = {"shop": review.shop_id, "product": review.product_id, "title": "A fine watch"}
    assert asker.ask("product", of_product, LONG_S)["label"] == "Watches"
    with pytest.raises(AskRefused, match="no picture"):
        asker.ask("product", of_product | {"shop": 999}, LONG_S)


@both_databases
@pytest.mark.usefixtures("worker")
def test_similar_products_are_decided_ones(
    asker: Asker, review: Review, store_shop: StoreShop, process: WorkerProcess, receive: Callable[..., int]
) -> None:
    assert process.predictor
    others = [
        receive(store_shop.create_product(f"Watch {seed}", drawing(seed=seed), vendor="V"))
        for seed in (7, 8, 9)
    ]
    ClassifyWork(process.bot, process.stores, process.predictor, process.likenesses).one_batch()
    asked = {"shop": review.shop_id, "review": review.id, "most": 6}
    assert asker.ask("similar", asked, LONG_S) == {"reviews": []}
    with process.bot.database.writing() as session:
        for other in others[:2]:
            session.get_one(Review, other).state = State.PUBLISHED
    found = asker.ask("similar", asked, LONG_S)["reviews"]
    assert [each["review"] for each in found] == others[:2]
    assert found[0]["cosine"] > 0.99 > found[1]["cosine"]
    assert len(asker.ask("similar", asked | {"most": 1}, LONG_S)["reviews"]) == 1
    with pytest.raises(AskRefused):
        asker.ask("similar", asked | {"shop": 999}, LONG_S)


@pytest.mark.usefixtures("worker")
def test_a_picture_at_an_address(asker: Asker, store_shop: StoreShop, review: Review, served: Bot) -> None:
    """The local store's host is this machine's own, which may be asked in development."""
    with served.database.reading() as session:
        address = session.scalars(select(Review)).one().product.image_url
    assert asker.ask("address", {"address": address, "title": ""}, LONG_S)["label"] == "Watches"
    with pytest.raises(AskRefused) as refused:
        asker.ask("address", {"address": "http://127.0.0.1:1/a.jpg", "title": ""}, LONG_S)
    assert refused.value.reason == "forbidden"


@pytest.mark.usefixtures("worker")
def test_a_question_of_another_version_is_refused(asker: Asker) -> None:
    with pytest.raises(AskRefused, match="Update it") as refused:
        asker.ask("weigh", {}, LONG_S)
    assert refused.value.reason == "unknown"


def test_without_a_worker_nobody_is_kept_waiting(asker: Asker) -> None:
    with pytest.raises(WorkerSilent, match="No classify worker is running") as silent:
        asker.ask("classify", {}, 3600)
    assert str(silent.value) == SILENT


def test_without_a_redis_it_says_so(asker: Asker, redis: subprocess.Popen[bytes], served: Bot) -> None:
    redis.kill()
    redis.wait()
    with pytest.raises(WorkerSilent) as silent:
        asker.ask("classify", {})
    assert str(silent.value) == NO_REDIS
    redis_address_file(served.settings.data_dir).unlink()
    with pytest.raises(WorkerSilent):
        asker.ask("classify", {})


def test_a_worker_that_is_too_slow_is_not_waited_for(served: Bot, asker: Asker) -> None:
    go_on = threading.Event()

    def slowly(_kind: str, _payload: dict[str, Any]) -> dict[str, Any]:
        go_on.wait(30)
        return {}

    with listening(served, slowly):
        until_listened_to(served)
        with pytest.raises(WorkerSilent) as silent:
            asker.ask("anything", {}, 0.3)
        go_on.set()
    assert str(silent.value) == LATE


def test_a_question_that_nobody_waits_for_is_not_answered(served: Bot, asker: Asker) -> None:
    asked: list[str] = []

    def note(kind: str, _payload: dict[str, Any]) -> dict[str, Any]:
        asked.append(kind)
        return {}

    redis = redis_of(served)
    put(redis, "old", wire.pack({"kind": "old", "payload": {}}), 0.05)
    while redis.exists(wire.question_key("old")):
        time.sleep(0.01)
    redis.lpush(wire.WAITING, b"\xff no id of ours")
    with listening(served, note):
        until_listened_to(served)
        asker.ask("new", {}, LONG_S)
    assert asked == ["new"]


def test_only_so_many_wait_at_once(served: Bot, asker: Asker) -> None:
    go_on, began = threading.Event(), threading.Semaphore(0)

    def slowly(_kind: str, _payload: dict[str, Any]) -> dict[str, Any]:
        began.release()
        go_on.wait(30)
        return {"done": True}

    answers: list[dict[str, Any]] = []
    with listening(served, slowly):
        until_listened_to(served)
        threads = [
            threading.Thread(target=lambda: answers.append(asker.ask("x", {}, LONG_S)))
            for _ in range(MOST_AT_ONCE)
        ]
        for thread in threads:
            thread.start()
        while asker.places._value:
            time.sleep(0.01)
        with pytest.raises(WorkerSilent) as silent:
            asker.ask("x", {})
        go_on.set()
        for thread in threads:
            thread.join()
    assert str(silent.value) == BUSY
    assert answers == [{"done": True}] * MOST_AT_ONCE


def test_the_list_of_questions_does_not_grow(served: Bot) -> None:
    redis = redis_of(served)
    for number in range(3 * wire.MOST_WAITING):
        put(redis, str(number), "{}", 1)
    assert redis.llen(wire.WAITING) == wire.MOST_WAITING
    assert 0 < redis.ttl(wire.WAITING) <= wire.WAITING_S
    assert 0 < redis.pttl(wire.question_key("95")) <= 1000


@pytest.mark.usefixtures("worker")
def test_a_picture_that_would_take_too_long_is_refused_before_it_is_decoded(asker: Asker) -> None:
    file = io.BytesIO()
    Image.new("1", (7_000, 6_000)).save(file, "PNG")
    with pytest.raises(AskRefused, match="36,000,000") as refused:
        asker.ask("classify", picture(file.getvalue()), LONG_S)
    assert refused.value.reason == "too_large"


def test_any_of_several_workers_answers(served: Bot, asker: Asker) -> None:
    asked: list[str] = []

    def as_one(name: str) -> Callable[[str, dict[str, Any]], dict[str, Any]]:
        def answer(_kind: str, _payload: dict[str, Any]) -> dict[str, Any]:
            asked.append(name)
            return {"by": name}

        return answer

    with listening(served, as_one("a")), listening(served, as_one("b")):
        until_listened_to(served)
        answers = [asker.ask("who", {}, LONG_S)["by"] for _ in range(20)]
    assert answers == asked


def test_an_answer_that_is_too_long_is_refused(served: Bot, asker: Asker) -> None:
    with listening(served, lambda _kind, _payload: {"long": "x" * wire.MOST_ANSWERED}):
        until_listened_to(served)
        with pytest.raises(AskRefused, match="its log says why"):
            asker.ask("x", {}, LONG_S)


def test_nonsense_in_redis_stops_nobody(served: Bot, asker: Asker) -> None:
    redis = redis_of(served)
    with listening(served, lambda kind, _payload: {"kind": kind}):
        until_listened_to(served)
        for nonsense in ("[1, 2]", "{", "[" * 100_000, '{"kind": {}, "payload": 7}'):
            put(redis, "nonsense", nonsense, LONG_S)
        assert asker.ask("sense", {}, LONG_S) == {"kind": "sense"}


def test_a_redis_that_died_and_moved_is_found_again(
    served: Bot, asker: Asker, redis: subprocess.Popen[bytes]
) -> None:
    with listening(served, lambda kind, _payload: {"kind": kind}):
        until_listened_to(served)
        assert asker.ask("before", {}, LONG_S) == {"kind": "before"}
        redis.send_signal(signal.SIGKILL)
        redis.wait()
        with pytest.raises(WorkerSilent):
            asker.ask("between", {})
        elsewhere = served.settings.data_dir / "elsewhere"
        command, url = redis_server.prepare(elsewhere)
        redis_address_file(served.settings.data_dir).write_text(url)
        with subprocess.Popen(command, stdout=subprocess.DEVNULL) as other:
            wait_for_redis(url)
            until_listened_to(served)
            assert asker.ask("after", {}, LONG_S) == {"kind": "after"}
            other.terminate()


def test_it_stops_with_the_worker(served: Bot) -> None:
    def listeners() -> list[threading.Thread]:
        return [each for each in threading.enumerate() if each.name == "asked" and each.is_alive()]

    with listening(served, lambda _kind, _payload: {}):
        until_listened_to(served)
        assert len(listeners()) == listening_module.THREADS
    assert not listeners()


@pytest.mark.usefixtures("worker")
def test_questions_are_answered_beside_a_burst(
    asker: Asker, store_shop: StoreShop, process: WorkerProcess, receive: Callable[..., int]
) -> None:
    """The model is shared by the threads: neither the burst nor the questions get each other's answers."""
    assert process.predictor
    labels = ("Watches", "Shirts", "Sandals", "Ties")
    kinds = [labels[number % 4] for number in range(40)]
    ids = [
        receive(store_shop.create_product(f"Product {number}", drawing(kind, seed=number)))
        for number, kind in enumerate(kinds)
    ]
    alone = {kind: asker.ask("classify", picture(drawing(kind)), LONG_S) for kind in labels}
    work = ClassifyWork(process.bot, process.stores, process.predictor, process.likenesses)
    burst = threading.Thread(target=lambda: [work.one_batch() for _ in range(2)])
    burst.start()
    during: list[tuple[str, dict[str, Any]]] = []
    while burst.is_alive():
        kind = labels[len(during) % 4]
        during.append((kind, asker.ask("classify", picture(drawing(kind)), LONG_S)))
    burst.join()
    assert during
    for kind, answer in during:
        assert answer["label"] == alone[kind]["label"]
        assert answer["confidence"] == pytest.approx(alone[kind]["confidence"], abs=1e-4)
    with process.bot.database.reading() as session:
        assert {session.get_one(Review, each).state for each in ids} == {State.PENDING}
