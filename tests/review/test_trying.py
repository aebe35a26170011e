"""Trying the model, and why it says what it says: with a real Redis, and the shipped model in a thread."""

import io
import os
import random
import socket
import subprocess
import threading
import time
import zipfile
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import numpy as np
import pytest
from bs4 import BeautifulSoup
from flask import Flask
from PIL import Image
from redis import Redis
from sqlalchemy import select
from werkzeug.test import TestResponse

from classifier.bundle import read_bundle
from classifier.predictor import Predictor, load_predictor
from shopify_bot import decisions
from shopify_bot.asking import wire
from shopify_bot.asking.answers import answers_of
from shopify_bot.asking.listening import listening
from shopify_bot.bot import Bot
from shopify_bot.decisions import Reviewer
from shopify_bot.devstore.drawing import draw_product
from shopify_bot.doorbell import redis_url
from shopify_bot.jobs.process import WorkerProcess
from shopify_bot.likeness import Likenesses, reduced
from shopify_bot.review.trying.trials import MOST
from shopify_bot.settings import Settings
from shopify_bot.states import State
from shopify_bot.stores import Stores
from shopify_bot.tables import Embedding, Review, Shop
from tests.review.browser import Browser, words
from tests.review.conftest import signed_in
from tests.review.seeding import add_review, add_shop, small_tree

pytestmark = pytest.mark.usefixtures("redis")


def drawing(label: str = "Watches", seed: int = 7, kind: str = "JPEG") -> bytes:
    file = io.BytesIO()
    draw_product(label, 0, random.Random(seed)).save(file, kind)
    return file.getvalue()


class Host(BaseHTTPRequestHandler):
    """A picture host: pictures, what is none, what is too large or too slow, and redirects."""

    def do_GET(self) -> None:
        if self.path.startswith("/to/"):
            self.send_response(302)
            self.send_header("Location", self.path.removeprefix("/to/"))
            self.end_headers()
            return
        bodies = {"/watch.jpg": drawing(), "/page": b"<!doctype html>", "/big": b"x" * 300_000}
        self.send_response(200 if self.path in bodies or self.path == "/slow" else 404)
        self.end_headers()
        if self.path == "/slow":
            threading.Event().wait(3)
        else:
            self.wfile.write(bodies.get(self.path, b""))

    def log_message(self, *_: object) -> None:
        """Quiet."""


@pytest.fixture(scope="session")
def host() -> Iterator[str]:
    """A host on this machine, which development may be told to fetch from."""
    with ThreadingHTTPServer(("127.0.0.1", 0), Host) as server:
        server.daemon_threads = True
        threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True).start()
        yield f"127.0.0.1:{server.server_port}"
        server.shutdown()


@pytest.fixture
def settings(settings: Settings, host: str) -> Settings:
    """The settings of the other tests of pages, with a low cap and a host of pictures."""
    values = {"image_max_bytes": 200_000, "image_timeout_s": 1.0, "image_hosts": (host,)}
    return settings.model_copy(update=values)


@pytest.fixture(scope="session")
def predictor() -> Predictor:
    """The shipped model."""
    return load_predictor(Settings().model, device="cpu")


@pytest.fixture
def worker(bot: Bot, predictor: Predictor, redis: object) -> Iterator[None]:
    """A classify worker that answers, beside a web process that knows four labels alone."""
    process = WorkerProcess(bot, Stores(bot), predictor, Likenesses(bot.database, predictor.bundle.version))
    with listening(bot, answers_of(process)):
        url = redis_url(bot.settings)
        assert url
        connection = Redis.from_url(url)
        while not connection.exists(wire.LISTENING):
            time.sleep(0.02)
        yield


@pytest.fixture
def zoe(app: Flask, bot: Bot) -> Browser:
    """Zoe's browser: signed in, and without any shop."""
    return signed_in(app, bot, "zoe")


def send(
    browser: Browser, picture: bytes | None = None, name: str = "watch.jpg", **fields: str
) -> TestResponse:
    """Send the form as it stands on the page, with a file."""
    browser.open("/try")
    data: dict[str, object] = {"csrf_token": browser.token(), "address": "", "title": "", **fields}
    data["picture"] = (io.BytesIO(picture or b""), name if picture is not None else "")
    answer = browser.client.post("/try", data=data, content_type="multipart/form-data", follow_redirects=True)
    browser.show(answer)
    return answer


def problem(browser: Browser) -> str:
    found = browser.page.select_one("#problem")
    return words(found) if found else ""


def labels(browser: Browser) -> list[str]:
    return [words(row) for row in browser.page.select(".likely tbody th")]


@pytest.mark.usefixtures("worker")
def test_a_picture_is_judged_without_a_store(zoe: Browser) -> None:
    page = zoe.open("/try")
    assert "Nothing tried yet" in page.text
    assert not zoe.has_button("Draw a product")
    assert send(zoe, drawing(), title="A fine watch").status_code == 200
    assert labels(zoe)[0] == words(zoe.page.select(".try-head bdi")[0]) == "Watches"
    assert len(labels(zoe)) == 4
    assert len(zoe.page.select(".likely svg.bar")) == 4
    pictures = [str(image["src"]) for image in zoe.page.select(".try-pictures img")]
    kinds = []
    for address in pictures:
        answer = zoe.client.get(address)
        assert answer.headers["Cache-Control"].startswith("private")
        assert answer.headers["X-Content-Type-Options"] == "nosniff"
        kinds.append((answer.mimetype, Image.open(io.BytesIO(answer.data)).format))
    assert kinds == [("image/jpeg", "JPEG"), ("image/png", "PNG")]
    assert zoe.response
    assert "img-src 'self';" in zoe.response.headers["Content-Security-Policy"]
    assert words(zoe.page.select(".try-rows tbody tr")[0]).startswith("A fine watch Watches")


@pytest.mark.usefixtures("worker")
@pytest.mark.parametrize("kind", ["PNG", "WEBP", "GIF"])
def test_other_kinds_of_pictures(ann: Browser, kind: str) -> None:
    picture = io.BytesIO()
    Image.open(io.BytesIO(drawing())).resize((120, 160)).save(picture, kind)
    send(ann, picture.getvalue(), f"watch.{kind.lower()}")
    assert len(labels(ann)) == 4
    assert f"watch.{kind.lower()}" in ann.page.select_one(".try-result").text  # type: ignore[union-attr]


@pytest.mark.usefixtures("worker")
def test_a_title_alone_is_judged(ann: Browser, predictor: Predictor) -> None:
    if not predictor.scorer.reads:
        pytest.skip("the shipped bundle has learnt no titles")
    send(ann, title="Titan Men Black Dial Watch")
    assert labels(ann)[0] == "Watches"
    assert not ann.page.select(".try-pictures img")


@pytest.mark.usefixtures("worker")
def test_a_picture_at_an_address_is_fetched_through_redirects(ann: Browser, host: str) -> None:
    watch = f"http://{host}/watch.jpg"
    for address in (watch, f"http://{host}/to/{watch}", f"http://{host}/to//watch.jpg"):
        send(ann, address=address)
        assert labels(ann)[0] == "Watches", problem(ann)
    four = f"http://{host}" + "/to/".join(["", *["http://" + host] * 3, watch])
    send(ann, address=four)
    assert "led on more than 3 times" in problem(ann)
    assert ann.page.select_one("#address")["value"] == four  # type: ignore[index]


PRIVATE = [
    "http://localhost/a.jpg",
    "http://127.0.0.1:8000/a.jpg",
    "http://169.254.169.254/latest/meta-data",
    "http://[::1]/a.jpg",
    "http://[::ffff:127.0.0.1]/a.jpg",
    "http://[64:ff9b::7f00:1]/a.jpg",
    "http://[2002:7f00:1::]/a.jpg",
    "http://[fe80::1]/a.jpg",
    "http://[fd00::1]/a.jpg",
    "http://[fec0::1]/a.jpg",
    "http://[::127.0.0.1]/a.jpg",
    "http://192.0.0.192/a.jpg",
    "http://10.0.0.1/a.jpg",
    "http://192.168.1.1/a.jpg",
    "http://100.64.0.1/a.jpg",
    "http://0.0.0.0/a.jpg",
    "http://0/a.jpg",
    "http://2130706433/a.jpg",
    "http://0x7f.1/a.jpg",
    "http://224.0.0.1/a.jpg",
    "http://user@example.com/a.jpg",
    "ftp://example.com/a.jpg",
    "file:///etc/passwd",
    "gopher://example.com/",
    "//example.com/a.jpg",
    "http:///a.jpg",
    "http://[/a.jpg",
    "http://exa mple.com/a.jpg",
]


@pytest.mark.usefixtures("worker")
def test_nothing_private_is_fetched(ann: Browser, host: str) -> None:
    for address in PRIVATE:
        answer = send(ann, address=address)
        assert (answer.status_code, "public" in problem(ann)) == (400, True), (address, problem(ann))
    for address in PRIVATE[:4]:
        send(ann, address=f"http://{host}/to/{address}")
        assert "public" in problem(ann), f"a redirect to {address}: {problem(ann)}"


@pytest.mark.usefixtures("worker")
def test_a_name_that_leads_inside_is_refused_whether_a_port_is_open_or_not(
    ann: Browser, host: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = socket.getaddrinfo
    answers = iter(["93.184.215.14", "127.0.0.1"])

    def resolve(name: str, *rest: object, **more: object) -> object:
        inside = {"inside.example.com": "127.0.0.1", "inside6.example.com": "::1"}
        leads_to = next(answers) if name == "changing.example.com" else inside.get(name, name)
        return real(leads_to, *rest, **more)  # type: ignore[arg-type]

    monkeypatch.setattr(socket, "getaddrinfo", resolve)
    port = host.rpartition(":")[2]
    said = []
    for name in (f"inside.example.com:{port}", "inside.example.com:1", "inside6.example.com"):
        send(ann, address=f"http://{name}/watch.jpg")
        said.append(problem(ann))
    assert len(set(said)) == 1
    assert "public" in said[0]
    send(ann, address=f"http://changing.example.com:{port}/watch.jpg")
    assert "public" in problem(ann), "public when looked up first, and private when connected to"


@pytest.mark.usefixtures("worker")
@pytest.mark.parametrize(
    ("path", "said"),
    [
        ("/page", "not a picture"),
        ("/big", "larger than"),
        ("/absent", "404"),
        ("/slow", "No picture came"),
    ],
)
def test_what_is_wrong_with_an_address_is_said(ann: Browser, host: str, path: str, said: str) -> None:
    answer = send(ann, address=f"http://{host}{path}", title="Kept")
    assert answer.status_code == 400
    assert said in problem(ann)
    assert ann.page.select_one("#words")["value"] == "Kept"  # type: ignore[index]


@pytest.mark.usefixtures("worker")
def test_what_is_wrong_with_an_upload_is_said(ann: Browser) -> None:
    bomb = io.BytesIO()
    Image.new("1", (9_000, 8_000)).save(bomb, "PNG")
    cases = {
        "Choose a picture": None,
        "not a picture": b"<html>",
        "too many pixels": bomb.getvalue(),
    }
    for said, picture in cases.items():
        assert send(ann, picture).status_code == 400
        assert said in problem(ann)
    assert "Nothing tried yet" in ann.page.text


def test_too_large_an_upload_is_refused(ann: Browser, settings: Settings) -> None:
    answer = send(ann, os.urandom(settings.image_max_bytes + 200_000))
    assert answer.status_code == 413
    assert "at most 0.2 MB" in answer.text
    assert "too large" in answer.text
    assert "Try another one" in answer.text


def test_a_stranger_may_not_send_a_picture(app: Flask, zoe: Browser) -> None:
    """Only somebody signed in may send more than the largest form there is."""
    browser = Browser(app.test_client())
    browser.open("/login")
    data = {"csrf_token": browser.token(), "picture": (io.BytesIO(b"x" * 1_100_000), "a.jpg")}
    answer = browser.client.post("/try", data=data, content_type="multipart/form-data")
    assert answer.status_code == 413
    assert browser.client.get("/try").status_code == 303
    assert browser.client.get("/source.zip").status_code == 303
    small = {"csrf_token": browser.token(), "picture": (io.BytesIO(b"x"), "a.jpg")}
    assert browser.client.post("/try", data=small, content_type="multipart/form-data").status_code == 303


def test_without_a_worker_the_page_says_so(ann: Browser) -> None:
    answer = send(ann, drawing(), title="Kept")
    assert answer.status_code == 503
    assert answer.headers["Retry-After"]
    assert "worker" in problem(ann)
    assert "shopify-bot run" in problem(ann)


def test_without_a_redis_the_page_says_so(ann: Browser, redis: subprocess.Popen[bytes]) -> None:
    redis.kill()
    redis.wait()
    assert send(ann, drawing()).status_code == 503
    assert "Redis is away" in problem(ann)


@pytest.mark.usefixtures("worker")
def test_a_product_of_the_store_is_drawn(
    ann: Browser, bot: Bot, shop: Shop, host: str, pictured: Callable[..., int]
) -> None:
    ann.open("/try")
    ann.press("Draw a product")
    assert "no product with a picture" in problem(ann)
    other = add_shop(bot, "other.myshopify.com")
    add_review(bot, other, "Theirs", product={"image_url": f"http://{host}/watch.jpg"})
    add_review(bot, shop, "Without")
    pictured("Pictured", 1)
    add_review(bot, shop, "Without, too")
    for _ in range(5):
        ann.open("/try")
        ann.press("Draw a product")
        assert "Pictured" in ann.page.select_one(".try-result").text  # type: ignore[union-attr]
    assert "Theirs" not in ann.page.text


@pytest.mark.usefixtures("worker")
def test_the_tries_of_a_visit_are_its_own_and_few(ann: Browser, ben: Browser, predictor: Predictor) -> None:
    send(ann, drawing())
    picture = str(ann.page.select(".try-pictures img")[0]["src"])
    assert ann.client.get(picture).status_code == 200
    assert ben.client.get(picture).status_code == 404
    assert "Nothing tried yet" in ben.open(ann.path).text
    for number in range(MOST):
        send(ann, drawing(seed=number), f"{number}.jpg")
    names = [words(link) for link in ann.page.select(".try-rows .cell-product a")]
    assert names == [f"{number}.jpg" for number in reversed(range(MOST))]
    assert ann.client.get(picture).status_code == 404, "forgotten with its try"
    ann.open(str(ann.page.select(".try-rows .cell-product a")[5]["href"]))
    assert f"{MOST - 6}.jpg" in ann.page.select_one(".try-result").text  # type: ignore[union-attr]
    latest = str(ann.page.select(".try-pictures img")[0]["src"])
    ann.press("Forget all")
    assert "Nothing tried yet" in ann.page.text
    assert ann.client.get(latest).status_code == 404


@pytest.mark.usefixtures("worker")
def test_hostile_names_show_as_text(ann: Browser) -> None:
    mark = "<script>alert(1)</script>\u202e"
    send(ann, drawing(), f"{mark}.jpg", title=f"{mark}{'x' * 10_000}")
    assert ann.response
    assert "<script>alert" not in ann.response.text
    assert mark in ann.page.select_one(".try-result").text  # type: ignore[union-attr]


def test_the_source_is_there(ann: Browser) -> None:
    answer = ann.client.get("/source.zip")
    with zipfile.ZipFile(io.BytesIO(answer.data)) as archive:
        names = archive.namelist()
        assert "MIT" in archive.read("shopify-bot/LICENSE").decode()
    assert "shopify-bot/shopify_bot/review/trying/source.py" in names
    assert all(Path(name).suffix not in {".sqlite3", ".keras", ".bin"} for name in names)
    assert not any("/var/" in name or "secret" in name for name in names)


@pytest.fixture
def pictured(bot: Bot, shop: Shop, host: str) -> Callable[..., int]:
    """A review of a product with a picture, and what was seen of it."""

    def add(title: str, seen: int | None = None, state: State = State.PENDING) -> int:
        review_id = add_review(bot, shop, title, state, product={"image_url": f"http://{host}/watch.jpg"})
        if seen is not None:
            vector = reduced(np.random.default_rng(seen).standard_normal((1, 1280)))[0].tobytes()
            of_review = {"shop_id": shop.id, "review_id": review_id}
            with bot.database.writing() as session:
                session.add(Embedding(**of_review, model_version=version, vector=vector))
        return review_id

    version = read_bundle(Settings().model).version
    return add


def decide(bot: Bot, review_id: int) -> None:
    """Ann says that it is a watch."""
    with bot.database.writing() as session:
        shop = session.get_one(Review, review_id).shop
        decisions.correct(session, shop, review_id, "Watches", Reviewer("ann", "web"), small_tree())


@pytest.mark.usefixtures("worker")
def test_where_the_model_looked(ann: Browser, bot: Bot, shop: Shop, pictured: Callable[..., int]) -> None:
    review_id = pictured("Watch")
    answer = ann.client.get(f"/review/{review_id}/heat.png?label=Watches")
    assert (answer.status_code, answer.mimetype) == (200, "image/png")
    assert answer.headers["Cache-Control"].startswith("private")
    assert Image.open(io.BytesIO(answer.data)).format == "PNG"
    assert ann.client.get(f"/review/{review_id}/heat.png?label=No+such+label").status_code == 404
    bare = add_review(bot, shop, "Bare")
    other = add_review(
        bot, add_shop(bot, "o.myshopify.com"), "Theirs", product={"image_url": "https://x.example/a"}
    )
    for each in (bare, other, 999):
        assert ann.client.get(f"/review/{each}/heat.png?label=Watches").status_code == 404
    assert ann.client.get(f"/review/{other}/similar").status_code == 404


def test_without_a_worker_the_reasons_are_for_later(ann: Browser, pictured: Callable[..., int]) -> None:
    review_id = pictured("Watch")
    for path in ("heat.png?label=Watches", "similar"):
        answer = ann.client.get(f"/review/{review_id}/{path}")
        assert (answer.status_code, bool(answer.headers["Retry-After"])) == (503, True)
        assert "No classify worker is running" in answer.text


@pytest.mark.parametrize("database", ["sqlite", "postgresql"], indirect=True)
@pytest.mark.usefixtures("worker")
def test_the_decided_products_most_alike(ann: Browser, bot: Bot, pictured: Callable[..., int]) -> None:
    review_id = pictured("Watch", 1)
    assert "No decided product looks like" in ann.client.get(f"/review/{review_id}/similar").text
    alike = [pictured(f"Alike {number}", 1) for number in range(8)]
    pictured("Different", 2)
    for each in alike[:7]:
        decide(bot, each)
    answer = ann.client.get(f"/review/{review_id}/similar")
    page = BeautifulSoup(answer.text, "html.parser")
    items = page.select("li")
    assert len(items) == 6
    assert "Watches" in words(items[0])
    assert "Alike" in words(items[0])
    assert "decided by ann" in words(items[0])
    assert "100% alike" in words(items[0])
    assert page.select_one("html") is None, "a part of a page"
    whole = ann.client.get(f"/review/{review_id}/similar", headers={"Sec-Fetch-Mode": "navigate"})
    assert BeautifulSoup(whole.text, "html.parser").select_one("html") is not None
    assert "no picture" in ann.client.get(f"/review/{add_bare(bot)}/similar").text


def add_bare(bot: Bot) -> int:
    with bot.database.reading() as session:
        shop = session.scalars(select(Shop)).one()
    return add_review(bot, shop, "Bare")


def test_a_user_of_a_shop_sees_the_tab(ann: Browser) -> None:
    page = ann.open("/try")
    tab = page.select_one('.tab[aria-current="page"]')
    assert tab is not None
    assert "Try it" in words(tab)
