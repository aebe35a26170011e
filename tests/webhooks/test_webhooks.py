"""`POST /webhooks`, on a real database of each kind and with Redis present, away, or killed."""

import json
import subprocess
from datetime import timedelta
from typing import Any

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select, update

from shopify_bot.bot import Bot
from shopify_bot.doorbell import queue
from shopify_bot.shopify import pacing
from shopify_bot.shops import add_shop
from shopify_bot.states import State, move
from shopify_bot.tables import Delivery, Product, Review, Shop, now
from tests.conftest import API_SECRET
from tests.webhooks.conftest import OTHER, SHOP, Send, count, product, review
from webhooks.routes import LARGEST_BODY
from webhooks.signature import is_signed, sign


def test_a_created_product_is_received(bot: Bot, send: Send) -> None:
    assert send("products/create", product(7)) == 200
    with bot.database.reading() as session:
        stored = session.scalars(select(Product)).one()
        assert (stored.gid, stored.title, stored.vendor) == ("gid://shopify/Product/7", "Shirt 7", "Maker")
    assert review(bot).state == State.RECEIVED


def test_every_field_is_optional(bot: Bot, send: Send) -> None:
    assert send("products/create", {"id": 7}) == 200
    assert send("products/create", {"admin_graphql_api_id": "gid://shopify/Product/8", "title": None}) == 200
    assert send("products/create", {}) == 200
    assert count(bot, Review) == 2


@pytest.mark.parametrize("signature", ["", "wrong", "YWJj", "ünsigned", "a,b"])
def test_a_bad_signature_is_refused(bot: Bot, send: Send, signature: str) -> None:
    assert send("products/create", product(), **{"X-Shopify-Hmac-Sha256": signature}) == 401
    assert count(bot, Delivery) == 0


def test_a_doubled_signature_is_refused(client: FlaskClient) -> None:
    body = b"{}"
    good = sign(body, API_SECRET).decode()
    headers = [
        ("X-Shopify-Hmac-Sha256", good),
        ("X-Shopify-Hmac-Sha256", good),
        ("X-Shopify-Shop-Domain", SHOP),
    ]
    assert client.post("/webhooks", data=body, headers=headers).status_code == 401


def test_unknown_shop_and_bad_signature_look_the_same(client: FlaskClient) -> None:
    body = json.dumps(product()).encode()
    good = sign(body, API_SECRET).decode()
    unknown = client.post(
        "/webhooks",
        data=body,
        headers={"X-Shopify-Hmac-Sha256": good, "X-Shopify-Shop-Domain": "no.myshopify.com"},
    )
    unsigned = client.post(
        "/webhooks", data=body, headers={"X-Shopify-Hmac-Sha256": "x", "X-Shopify-Shop-Domain": SHOP}
    )
    assert (unknown.status_code, unknown.data) == (unsigned.status_code, unsigned.data) == (401, unknown.data)


def test_the_previous_secret_still_counts() -> None:
    assert is_signed(b"{}", sign(b"{}", "old").decode(), ["new", "old"])
    assert not is_signed(b"{}", sign(b"{}", "older").decode(), ["new", "old"])
    assert not is_signed(b"{}", sign(b"{}", "").decode(), [])


def test_malformed_json_is_refused(bot: Bot, send: Send) -> None:
    assert send("products/create", b"{not json") == 400
    assert send("products/create", b"[1, 2]") == 400
    assert send("products/create", b"\xff\xfe") == 400
    assert count(bot, Delivery) == 0


def test_a_body_above_the_cap_is_refused(send: Send) -> None:
    assert send("products/create", b"x" * (LARGEST_BODY + 1)) == 413


def test_a_body_of_two_megabytes_is_taken(bot: Bot, send: Send) -> None:
    assert send("products/create", product(1, body_html="x" * 2_000_000)) == 200
    assert count(bot, Review) == 1


def test_the_same_event_counts_once(bot: Bot, send: Send) -> None:
    assert send("products/create", product(), event="one") == 200
    assert send("products/create", product(title="sent again"), event="one") == 200
    assert (count(bot, Delivery), count(bot, Review)) == (1, 1)


def test_the_same_event_id_of_another_shop_or_topic_is_another_event(bot: Bot, send: Send) -> None:
    send("products/create", product(1), event="one")
    send("products/update", product(1), event="one")
    send("products/create", product(1), event="one", shop="other.myshopify.com")
    assert count(bot, Delivery) == 3
    assert count(bot, Review) == 2


def test_the_same_body_counts_once_within_four_hours(bot: Bot, send: Send) -> None:
    for event in ("one", "two"):
        assert send("products/update", product(), event=event) == 200
    assert count(bot, Delivery) == 1
    with bot.database.writing() as session:
        session.execute(update(Delivery).values(received_at=now() - timedelta(hours=4, minutes=1)))
    send("products/update", product(), event="three")
    assert count(bot, Delivery) == 2


def test_a_late_repeat_of_create_opens_nothing(bot: Bot, send: Send) -> None:
    send("products/create", product(1))
    send("products/create", product(1, title="Changed"))
    assert count(bot, Review) == 1


def test_update_before_create_is_one_review(bot: Bot, send: Send) -> None:
    fresh = product(1, created_at=now().isoformat())
    send("products/update", {**fresh, "updated_at": "later"})
    send("products/create", fresh)
    assert count(bot, Review) == 1


def test_an_update_of_an_old_product_opens_nothing(bot: Bot, send: Send) -> None:
    send("products/update", product(1, created_at="2020-01-01T00:00:00+00:00"))
    assert count(bot, Review) == 0


def set_state(bot: Bot, *path: State, image_key: str | None = None) -> None:
    """Walk the one review along a path of states, with the one function that moves it."""
    with bot.database.writing() as session:
        one = session.scalars(select(Review)).one()
        for state in path:
            assert move(session, one, state)
        session.execute(update(Product).values(image_key=image_key))


def test_an_update_wakes_a_review_that_waits_for_its_picture(bot: Bot, send: Send) -> None:
    send("products/create", product(1))
    set_state(bot, State.CLASSIFYING, State.WAITING_FOR_IMAGE)
    with bot.database.writing() as session:
        session.execute(update(Review).values(next_attempt_at=now() + timedelta(minutes=5)))
    send("products/update", product(1, updated_at="later"))
    assert review(bot).next_attempt_at <= now()


def test_our_own_write_comes_back_and_is_ignored(bot: Bot, send: Send) -> None:
    send("products/create", product(1))
    steps = (State.CLASSIFYING, State.PENDING, State.APPROVED, State.PUBLISHING, State.PUBLISHED)
    set_state(bot, *steps, image_key="/files/a.jpg")
    send(
        "products/update",
        product(1, tags="shirt", images=[{"src": "https://cdn.shopify.com/files/a.jpg?v=2"}]),
    )
    assert count(bot, Review) == 1


def test_another_picture_of_a_published_product_opens_a_new_review(bot: Bot, send: Send) -> None:
    send("products/create", product(1))
    steps = (State.CLASSIFYING, State.PENDING, State.APPROVED, State.PUBLISHING, State.PUBLISHED)
    set_state(bot, *steps, image_key="/files/a.jpg")
    send("products/update", product(1, images=[{"src": "https://cdn.shopify.com/files/b.jpg"}]))
    assert count(bot, Review) == 2


def test_a_picture_that_webhooks_spell_differently_is_no_other_picture(bot: Bot, send: Send) -> None:
    images = [{"src": "https://cdn.shopify.com/s/files/1/a.jpg?v=1"}]
    send("products/create", product(1, images=images))
    steps = (State.CLASSIFYING, State.PENDING, State.APPROVED, State.PUBLISHING, State.PUBLISHED)
    set_state(bot, *steps, image_key="/files/a.jpg")
    send("products/update", product(1, tags="shirt", images=images))
    assert count(bot, Review) == 1


def test_another_picture_of_a_pending_product_is_classified_again(bot: Bot, send: Send) -> None:
    send("products/create", product(1))
    set_state(bot, State.CLASSIFYING, State.PENDING, image_key="/files/a.jpg")
    send("products/update", product(1, images=[{"src": "https://cdn.shopify.com/files/b.jpg"}]))
    assert review(bot).state == State.RECEIVED


def test_a_deleted_product_leaves_the_queue(bot: Bot, send: Send) -> None:
    send("products/create", product(1))
    assert send("products/delete", {"id": 1}) == 200
    assert review(bot).state == State.GONE
    assert send("products/delete", {"id": 1}, event="again") == 200


def test_uninstalling_forgets_the_token_and_may_repeat(bot: Bot, send: Send) -> None:
    for _ in range(2):
        assert send("app/uninstalled", {"id": 1, "myshopify_domain": SHOP}, event="same") == 200
    with bot.database.reading() as session:
        shop = session.scalars(select(Shop).where(Shop.domain == SHOP)).one()
        assert (shop.state, shop.token) == ("uninstalled", None)


def test_a_product_body_under_another_topic_uninstalls_nothing(bot: Bot, send: Send) -> None:
    send("app/uninstalled", product(1, admin_graphql_api_id="gid://shopify/Product/1"))
    send("app/uninstalled", {"id": 1})
    send("app/uninstalled", {"id": 1, "myshopify_domain": "other.myshopify.com"})
    send("app/uninstalled", {})
    send("app/uninstalled", {"shop_id": 1, "shop_domain": OTHER, "customer": {"id": 1}})
    send("shop/redact", product(1))
    send("shop/redact", {"shop_domain": SHOP, "customer": {"id": 1}})
    with bot.database.reading() as session:
        assert session.scalars(select(Shop).where(Shop.domain == SHOP)).one().state == "active"


def test_a_product_body_under_another_topic_deletes_no_product(bot: Bot, send: Send) -> None:
    send("products/create", product(1))
    send("products/delete", product(1))
    assert review(bot).state == State.RECEIVED


def test_scopes_are_taken_from_a_list_alone(bot: Bot, send: Send) -> None:
    send("app/scopes_update", {"current": ["write_products"]})
    for payload in (product(1), {"current": "write_files"}):
        send("app/scopes_update", payload)
    with bot.database.reading() as session:
        shop = session.scalars(select(Shop).where(Shop.domain == SHOP)).one()
    assert shop.scopes == ["write_products"]


def test_shop_redact_deletes_every_row_of_that_shop_alone(bot: Bot, send: Send) -> None:
    send("products/create", product(1))
    send("products/create", product(1), shop="other.myshopify.com")
    assert send("shop/redact", {"shop_id": 1, "shop_domain": SHOP}) == 200
    assert send("shop/redact", {"shop_id": 1, "shop_domain": SHOP}) == 200
    with bot.database.reading() as session:
        assert [shop.domain for shop in session.scalars(select(Shop))] == ["other.myshopify.com"]
    assert (count(bot, Product), count(bot, Review), count(bot, Delivery)) == (1, 1, 1)


def test_shop_redact_deletes_what_redis_knows(bot: Bot, redis: subprocess.Popen[bytes], send: Send) -> None:
    connection = bot.doorbell.client()
    assert connection is not None
    for shop in (SHOP, "other.myshopify.com"):
        pacing.pace(shop, connection).before("anything", 1.0)
    send("shop/redact", {"shop_id": 1, "shop_domain": SHOP})
    kept = [key.decode() for key in connection.keys(f"{pacing.PREFIX}:*")]
    assert kept == [f"{pacing.PREFIX}:other.myshopify.com"]


@pytest.mark.parametrize(
    "topic", ["customers/data_request", "customers/redact", "app/scopes_update", "made/up"]
)
def test_other_topics_are_answered(send: Send, topic: str) -> None:
    assert send(topic, {"shop_domain": SHOP}) == 200
    assert send(topic, {"shop_domain": SHOP}) == 200


def test_the_bell_rings(bot: Bot, redis: subprocess.Popen[bytes], send: Send) -> None:
    send("products/create", product(1))
    connection = bot.doorbell.client()
    assert connection is not None
    assert queue("classify", connection).count == 1


def test_a_killed_redis_changes_nothing(bot: Bot, redis: subprocess.Popen[bytes], send: Send) -> None:
    assert send("products/create", product(1)) == 200
    redis.kill()
    redis.wait()
    assert send("products/create", product(2)) == 200
    assert count(bot, Review) == 2


def test_a_late_repeat_of_uninstall_leaves_a_shop_that_came_back(bot: Bot, send: Send) -> None:
    send("app/uninstalled", {"myshopify_domain": SHOP}, event="once")
    with bot.database.writing() as session:
        add_shop(session, bot.settings, SHOP, "shpat_again")
    send("app/uninstalled", {"myshopify_domain": SHOP}, event="once")
    with bot.database.reading() as session:
        assert session.scalars(select(Shop).where(Shop.domain == SHOP)).one().state == "active"


ODD = [
    {"id": 1, "title": "nul \0 inside"},
    {"id": 1, "title": "lone \ud800 surrogate", "vendor": "\ud800"},
    {"id": 1, "images": [{"src": "http://[bad"}]},
    {"id": 1, "images": "none", "image": 7},
    {"id": 1, "title": "😀" * 5000, "vendor": ["a"], "created_at": 3},
    {"id": "77", "title": {"a": 1}},
    {"admin_graphql_api_id": 5, "id": 8},
    {"id": 1, "created_at": "9999-12-31T23:59:59-14:00"},
]


@pytest.mark.parametrize("payload", ODD, ids=range(len(ODD)))
def test_odd_values_are_taken(bot: Bot, send: Send, payload: dict[str, Any]) -> None:
    for topic in ("products/create", "products/update"):
        assert send(topic, payload) == 200
    assert count(bot, Review) == 1


NO_PRODUCT: list[dict[str, Any]] = [
    {"id": True},
    {"id": int("9" * 300)},
    {"id": -1},
    {"admin_graphql_api_id": "gid://shopify/Product/\0"},
    {"admin_graphql_api_id": "gid://shopify/Product/" + "9" * 300},
]


@pytest.mark.parametrize("payload", NO_PRODUCT, ids=range(len(NO_PRODUCT)))
def test_what_names_no_product_opens_nothing(bot: Bot, send: Send, payload: dict[str, Any]) -> None:
    assert send("products/create", payload) == 200
    assert count(bot, Review) == 0


def test_json_nested_without_end_is_refused(send: Send) -> None:
    assert send("products/create", b'{"a":' * 100_000 + b"1" + b"}" * 100_000) == 400


def test_events_without_an_id_are_told_apart_by_their_bodies(bot: Bot, client: FlaskClient) -> None:
    for number in (1, 2, 2):
        body = json.dumps(product(number)).encode()
        headers = {
            "X-Shopify-Topic": "products/create",
            "X-Shopify-Shop-Domain": SHOP.title(),
            "X-Shopify-Hmac-Sha256": sign(body, API_SECRET).decode(),
        }
        assert client.post("/webhooks", data=body, headers=headers).status_code == 200
    assert count(bot, Review) == 2


def test_updates_do_not_use_up_the_waits_for_a_picture(bot: Bot, send: Send) -> None:
    send("products/create", product(1))
    set_state(bot, State.CLASSIFYING, State.WAITING_FOR_IMAGE)
    with bot.database.writing() as session:
        session.execute(update(Review).values(image_reads=1))
    for number in range(3):
        send("products/update", product(1, updated_at=str(number)))
    assert review(bot).image_reads == 0


def test_an_update_during_classification_is_remembered(bot: Bot, send: Send) -> None:
    send("products/create", product(1))
    set_state(bot, State.CLASSIFYING)
    send("products/update", product(1, updated_at="later"))
    assert review(bot).changed_at is not None


def test_a_product_that_was_not_to_be_found_comes_back_with_an_update(bot: Bot, send: Send) -> None:
    send("products/create", product(1))
    set_state(bot, State.CLASSIFYING, State.GONE)
    send("products/update", product(1, updated_at="later"))
    with bot.database.reading() as session:
        assert session.scalars(select(Review.state).order_by(Review.id)).all() == ["gone", "received"]
