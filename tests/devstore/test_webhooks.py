"""Webhooks: signed, with all headers, retried, and in disorder when asked for."""

import base64
import hashlib
import hmac
from collections.abc import Iterator

import pytest

from shopify_bot.devstore import DevStore, DevStoreError, Shop
from tests.devstore.conftest import DOMAIN, SECRET, SHIRTS, TOKEN, Client, picture
from tests.devstore.operations import PUBLISH, TAGS_ADD, UPDATE
from tests.devstore.receiver import Received, Receiver


@pytest.fixture
def receiver() -> Iterator[Receiver]:
    receiver = Receiver()
    receiver.start()
    yield receiver
    receiver.close()


@pytest.fixture
def store(receiver: Receiver) -> Iterator[DevStore]:
    with DevStore(receiver.url, SECRET, job_seconds=0.0, seed=3) as store:
        yield store


def signed_rightly(one: Received) -> bool:
    digest = hmac.new(SECRET.encode(), one.body, hashlib.sha256).digest()
    return one.headers["X-Shopify-Hmac-Sha256"] == base64.b64encode(digest).decode()


def test_creation_is_told_with_signature_and_headers(
    store: DevStore, shop: Shop, receiver: Receiver, product: str
) -> None:
    assert store.webhooks.settle()
    (one,) = receiver.received
    assert signed_rightly(one)
    assert one.topic == "products/create"
    assert one.headers["X-Shopify-Shop-Domain"] == DOMAIN
    assert one.headers["X-Shopify-Api-Version"] == "2026-10"
    assert one.headers["X-Shopify-Triggered-At"].endswith("Z")
    assert one.headers["X-Shopify-Webhook-Id"] != one.event_id
    assert one.headers["Content-Type"] == "application/json"


def test_body_is_rest_shaped(store: DevStore, receiver: Receiver, product: str) -> None:
    store.webhooks.settle()
    body = receiver.received[0].content
    assert body["admin_graphql_api_id"] == product
    assert body["id"] == int(product.rpartition("/")[2])
    assert (body["title"], body["vendor"], body["status"], body["tags"]) == (
        "Blue Shirt",
        "Acme",
        "draft",
        "",
    )
    assert body["image"] == body["images"][0]
    assert body["images"][0]["src"].startswith(f"{store.origin}/cdn/shop/files/")
    assert {"body_html", "created_at", "updated_at", "handle", "product_type"} <= body.keys()


def test_late_picture_is_missing_first_and_raises_an_update(
    store: DevStore, shop: Shop, receiver: Receiver
) -> None:
    shop.create_product("Late", picture(), late_seconds=0.2)
    store.webhooks.settle()
    first, second = receiver.received
    assert (first.topic, first.content["images"]) == ("products/create", [])
    assert first.content["media"][0]["status"] in ("UPLOADED", "PROCESSING")
    assert (second.topic, len(second.content["images"])) == ("products/update", 1)


def test_our_own_writes_raise_updates_only_when_they_change_something(
    store: DevStore, client: Client, shop: Shop, receiver: Receiver, product: str
) -> None:
    where = [{"publicationId": shop.publication("online_store").id}]
    for _ in range(2):
        client.data(UPDATE, product={"id": product, "category": SHIRTS})
        client.data(TAGS_ADD, id=product, tags=["Shirts"])
        client.data(PUBLISH, id=product, input=where)
    store.webhooks.settle()
    assert receiver.topics == ["products/create", *["products/update"] * 3]
    assert receiver.received[-1].content["category"]["admin_graphql_api_id"] == SHIRTS


def test_deletion_and_uninstall(store: DevStore, shop: Shop, receiver: Receiver, product: str) -> None:
    shop.delete_product(product)
    shop.uninstall()
    store.webhooks.settle()
    assert receiver.topics == ["products/create", "products/delete", "app/uninstalled"]
    assert receiver.received[1].content == {"id": int(product.rpartition("/")[2])}
    assert receiver.received[2].content["myshopify_domain"] == DOMAIN
    assert Client(store.origin).post("{ shop { name } }").status_code == 401


def test_duplicates_carry_the_same_event_id(store: DevStore, shop: Shop, receiver: Receiver) -> None:
    store.webhooks.set(duplicates=1, late_repeats=1, late_repeat_s=0.1)
    shop.create_product("Shirt")
    store.webhooks.settle()
    assert len(receiver.received) == 3
    assert len({one.event_id for one in receiver.received}) == 1
    assert len({one.body for one in receiver.received}) == 1


def test_disorder_shuffles_within_its_window(store: DevStore, shop: Shop, receiver: Receiver) -> None:
    store.webhooks.set(disorder_s=0.3)
    titles = [f"Shirt {number}" for number in range(12)]
    for title in titles:
        shop.create_product(title)
    store.webhooks.settle()
    came = [one.content["title"] for one in receiver.received]
    assert sorted(came) == sorted(titles)
    assert came != titles


def test_wrong_signatures(store: DevStore, shop: Shop, receiver: Receiver) -> None:
    store.webhooks.set(wrong_signature=1)
    shop.create_product("Shirt")
    store.webhooks.settle()
    assert not signed_rightly(receiver.received[0])


def test_retried_until_taken_with_the_same_body_and_id(
    store: DevStore, shop: Shop, receiver: Receiver
) -> None:
    store.webhooks.set(retry_s=(0.05, 0.05, 0.05))
    receiver.answers = [500, 302]
    shop.create_product("Shirt")
    store.webhooks.settle()
    assert [one.status for one in store.webhooks.sent] == [500, 302, 200]
    assert [one.attempt for one in store.webhooks.sent] == [1, 2, 3]
    assert len({(one.event_id, one.body) for one in receiver.received}) == 1


def test_given_up_after_the_last_retry(store: DevStore, shop: Shop, receiver: Receiver) -> None:
    store.webhooks.set(retry_s=(0.02,))
    receiver.answers = [500] * 9
    shop.create_product("Shirt")
    store.webhooks.settle()
    assert [one.status for one in store.webhooks.sent] == [500, 500]


def test_receiver_that_is_away_is_written_down() -> None:
    with DevStore("http://127.0.0.1:9/webhooks", SECRET) as store:
        store.webhooks.set(retry_s=())
        store.add_shop(DOMAIN, TOKEN).create_product("Shirt")
        store.webhooks.settle()
        (sent,) = store.webhooks.sent
        assert sent.status is None
        assert "refused" in sent.error


def test_unknown_setting_is_named(store: DevStore) -> None:
    with pytest.raises(DevStoreError, match="No setting is called tempo; there are: disorder_s"):
        store.webhooks.set(tempo=1)
