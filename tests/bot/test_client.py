"""The Admin client against the local store and against hosts that misbehave."""

import contextlib
import logging
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest

from shopify_bot.devstore import DevStore
from shopify_bot.devstore import Shop as StoreShop
from shopify_bot.devstore.bucket import CostBucket
from shopify_bot.devstore.faults import SHARES, FaultKind
from shopify_bot.shopify import client
from shopify_bot.shopify.access import FixedToken
from shopify_bot.shopify.client import API_VERSION, AdminClient
from shopify_bot.shopify.errors import (
    NotSent,
    OperationRefused,
    Permanent,
    ScopeMissing,
    ShopifyError,
    StoreFrozen,
    StoreUnavailable,
    Throttled,
    TokenRefused,
    Transient,
    Unreachable,
    UserErrors,
)
from shopify_bot.shopify.products import apply
from tests.bot.conftest import DOMAIN, TOKEN


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(client, "BACKOFF_S", 0.01)


@pytest.fixture
def admin(store: DevStore) -> AdminClient:
    return AdminClient(DOMAIN, FixedToken(TOKEN), store.origin)


def read(admin: AdminClient, gid: str) -> str:
    title: str = admin.execute("product_for_classification", id=gid, pixels=448)["product"]["title"]
    return title


def make(admin: AdminClient, title: str) -> None:
    """The one operation that is not repeatable."""
    admin.execute("collection_create", repeatable=False, collection={"title": title, "handle": title})


def answers(store: DevStore) -> list[str]:
    return [call.answer for call in store.calls.entries()]


@pytest.mark.parametrize("kind", list(SHARES))
def test_a_passing_fault_is_tried_again(
    admin: AdminClient, store: DevStore, store_shop: StoreShop, kind: FaultKind
) -> None:
    gid = store_shop.create_product("Shirt")
    store.faults.set(retry_after_s=0.2, throttled_s=0.2, timeout_s=0.05)
    store.faults.plan(kind, times=2)
    assert read(admin, gid) == "Shirt"
    assert answers(store) == [kind, kind, "ok"]
    assert not store.calls.before_stated_wait()


@pytest.mark.parametrize("kind", ["429", "throttled"])
def test_a_call_that_was_not_read_is_always_tried_again(
    admin: AdminClient, store: DevStore, kind: FaultKind
) -> None:
    store.faults.set(retry_after_s=0.2, throttled_s=0.2)
    store.faults.plan(kind)
    make(admin, "shirts")
    assert answers(store) == [kind, "ok"]


@pytest.mark.parametrize("kind", ["5xx", "timeout_after_apply", "reset"])
def test_what_may_have_been_applied_is_not_repeated(
    admin: AdminClient, store: DevStore, kind: FaultKind
) -> None:
    store.faults.set(timeout_s=0.05)
    store.faults.plan(kind)
    with pytest.raises(Transient):
        make(admin, "shirts")
    assert answers(store) == [kind]


def test_a_connection_that_was_never_made_is_told_apart(monkeypatch: pytest.MonkeyPatch) -> None:
    with ThreadingHTTPServer(("127.0.0.1", 0), BaseHTTPRequestHandler) as server:
        origin = f"http://127.0.0.1:{server.server_port}"
    tries: list[str] = []
    real = AdminClient.once

    def count(self: AdminClient, name: str, *rest: Any) -> bytes:
        tries.append(name)
        return real(self, name, *rest)

    monkeypatch.setattr(AdminClient, "once", count)
    with pytest.raises(NotSent):
        make(AdminClient(DOMAIN, FixedToken(TOKEN), origin), "shirts")
    assert len(tries) == client.TRIES


@pytest.mark.parametrize("kind", ["429", "throttled"])
def test_a_long_wait_is_left_to_the_caller(
    admin: AdminClient, store: DevStore, store_shop: StoreShop, kind: FaultKind
) -> None:
    gid = store_shop.create_product("Shirt")
    store_shop.bucket.restore_rate = 0.1
    store.faults.set(retry_after_s=30, throttled_s=300)
    store.faults.plan(kind)
    for _ in range(3):
        with pytest.raises(Throttled) as told:
            read(admin, gid)
        assert (told.value.wait_s or 0) > 25
    assert answers(store) == [kind]


def test_what_the_bucket_can_never_hold_is_not_waited_for(
    admin: AdminClient, store: DevStore, store_shop: StoreShop
) -> None:
    gid = store_shop.create_product("Shirt")
    store_shop.bucket = CostBucket(5, 100)
    with pytest.raises(OperationRefused, match="never holds more"):
        read(admin, gid)
    assert answers(store) == ["throttled"]


@pytest.mark.parametrize(
    ("status", "error"),
    [(401, TokenRefused), (402, StoreFrozen), (403, ScopeMissing), (404, Permanent), (423, Transient)],
)
def test_each_status_has_its_error(
    admin: AdminClient, store: DevStore, store_shop: StoreShop, status: int, error: type[ShopifyError]
) -> None:
    store_shop.refuse_with = status
    with pytest.raises(error):
        make(admin, "shirts")
    assert len(store.calls.entries()) == 1


def test_what_the_store_read_and_refused(admin: AdminClient, store_shop: StoreShop) -> None:
    gid = store_shop.create_product("Shirt")
    store_shop.delete_product(gid)
    with pytest.raises(UserErrors, match=r"product_apply.*Product does not exist"):
        apply(admin, gid, productType="Shirt")


class Renewing:
    """Access with a second token behind the first."""

    def __init__(self, *tokens: str) -> None:
        self.tokens = list(tokens)
        self.asked: list[str] = []

    def token(self) -> str:
        return self.tokens[0]

    def renewed(self, refused: str) -> bool:
        self.asked.append(refused)
        if len(self.tokens) > 1:
            del self.tokens[0]
        return self.token() != refused


def test_a_refused_token_is_renewed_once(store: DevStore, store_shop: StoreShop) -> None:
    gid, access = store_shop.create_product("Shirt"), Renewing("shpat_old", TOKEN)
    admin = AdminClient(DOMAIN, access, store.origin)
    assert read(admin, gid) == "Shirt"
    assert (access.asked, answers(store)) == (["shpat_old"], ["refused", "ok"])


@pytest.mark.parametrize("tokens", [("shpat_old",), ("shpat_old", "shpat_as_bad", "shpat_worse")])
def test_a_token_that_stays_refused_is_an_error(store: DevStore, tokens: tuple[str, ...]) -> None:
    access = Renewing(*tokens)
    with pytest.raises(TokenRefused, match=f"shopify-bot shops check {DOMAIN}"):
        make(AdminClient(DOMAIN, access, store.origin), "shirts")
    assert len(store.calls.entries()) == min(len(tokens), 2)


def test_another_version_is_said_once(
    admin: AdminClient, store: DevStore, store_shop: StoreShop, caplog: pytest.LogCaptureFixture
) -> None:
    gid = store_shop.create_product("Shirt")
    store.around.api_version = "2027-01"
    for _ in range(3):
        read(admin, gid)
    assert caplog.text.count("answers as API version 2027-01, not " + API_VERSION) == 1


SECRET = "shpat_a_secret_that_nobody_may_see"


class Echo(BaseHTTPRequestHandler):
    """Says back the token it was sent, in every way an answer has; or drips, or breaks off."""

    protocol_version = "HTTP/1.1"

    def do_POST(self) -> None:
        token = self.headers["X-Shopify-Access-Token"]
        self.rfile.read(int(self.headers["Content-Length"]))
        how = self.path.split("/")[1]
        says = f'"wrong: {token}"'
        bodies = {
            "text": f"{{{token}",
            "errors": f'{{"errors": [{{"message": {says}}}]}}',
            "error": f'{{"errors": {says}}}',
            "denied": f'{{"errors": [{{"message": {says}, "extensions": {{"code": "ACCESS_DENIED"}}}}]}}',
            "refused": f'{{"data": {{"x": {{"userErrors": [{{"message": {says}, "field": [{says}]}}]}}}}}}',
            "long": "x" * 2000,
        }
        status = int(how) if how.isdigit() else 200
        body = bodies.get(how, token).encode()
        self.send_response(status)
        for name in ("Retry-After", "X-Shopify-API-Version", "Location"):
            self.send_header(name, token)
        if how == "headers":  # such as no library can read
            self.wfile.write(
                b"HTTP/1.1 200 OK\r\n" + token.encode() + b"\r\n: " + token.encode() + b"\r\n\r\n"
            )
        self.send_header("Content-Length", str(len(body) + (10 if how == "short" else 0)))
        self.end_headers()
        with contextlib.suppress(OSError):
            for byte in body if how == "slow" else ():
                self.wfile.write(bytes([byte]))
                threading.Event().wait(0.1)
            self.wfile.write(b"" if how == "slow" else body)
        self.close_connection = True

    def log_message(self, *_: object) -> None:
        """Quiet."""


@pytest.fixture
def echo() -> Iterator[str]:
    with ThreadingHTTPServer(("127.0.0.1", 0), Echo) as server:
        threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()


WAYS = (
    "text",
    "errors",
    "error",
    "denied",
    "refused",
    "long",
    "short",
    "slow",
    "headers",
    "302",
    "400",
    "429",
    "503",
)


@pytest.mark.parametrize("way", [*WAYS, "401", "402", "403"])
def test_no_secret_is_told(
    echo: str, way: str, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(client, "CALL_S", 0.4)
    monkeypatch.setattr(client, "LARGEST_ANSWER", 1000)
    monkeypatch.setattr(client, "TRIES", 2)
    monkeypatch.setattr("shopify_bot.shopify.answers.UNSTATED_WAIT_S", 0.01)
    caplog.set_level(logging.DEBUG)
    admin = AdminClient(DOMAIN, FixedToken(SECRET), f"{echo}/{way}")
    with pytest.raises(ShopifyError) as told:
        admin.execute("publish", id="gid://shopify/Product/1", input=[])
    logging.getLogger("tests").exception("it went wrong", exc_info=told.value)
    assert "it went wrong" in caplog.text
    seen = [
        caplog.text,
        repr(told.value),
        str(told.value),
        repr(admin),
        repr(vars(admin)),
        repr(admin.access),
    ]
    assert not [text for text in seen if SECRET in text]


@pytest.mark.parametrize("token", [f"{SECRET}\n", f" {SECRET}", f"{SECRET}é", ""])
def test_a_token_that_cannot_be_one_is_not_quoted(token: str) -> None:
    with pytest.raises(TokenRefused) as told:
        make(AdminClient(DOMAIN, FixedToken(token)), "shirts")
    assert told.value.__cause__ is None
    assert SECRET not in repr(told.value)


@pytest.mark.parametrize(("way", "error"), [("long", StoreUnavailable), ("slow", Unreachable)])
def test_an_answer_has_its_caps(
    echo: str, way: str, error: type[ShopifyError], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(client, "CALL_S", 0.3)
    monkeypatch.setattr(client, "LARGEST_ANSWER", 1000)
    with pytest.raises(error):
        make(AdminClient(DOMAIN, FixedToken(SECRET), f"{echo}/{way}"), "shirts")
