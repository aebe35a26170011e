"""Webhook subscriptions: those that lack are made, those that differ are mended, others are left alone."""

import json
from collections.abc import Iterator
from typing import Any

import pytest
from sqlalchemy import select

from shopify_bot.bot import Bot
from shopify_bot.chores import subscriptions
from shopify_bot.chores.subscriptions import WANTED, Ensured, address, ensure, name_of, standing
from shopify_bot.devstore import DevStore
from shopify_bot.devstore import Shop as StoreShop
from shopify_bot.shopify.access import FixedToken
from shopify_bot.shopify.client import AdminClient
from shopify_bot.shopify.errors import ScopeMissing, UserErrors
from shopify_bot.tables import Review
from tests.bot.conftest import DOMAIN, TOKEN
from tests.bot.test_classifying import jpeg
from tests.bot.web import web

APP = "https://bot.example.com"
ALL = tuple(WANTED)


@pytest.fixture
def client(store: DevStore) -> AdminClient:
    return AdminClient(DOMAIN, FixedToken(TOKEN), store.origin)


@pytest.fixture
def app_url(served: Bot, store: DevStore) -> Iterator[str]:
    """Where the bot's own web process takes the store's webhooks."""
    with web(served) as url:
        yield url
        store.webhooks.settle()


def subscribe(client: AdminClient, topic: str, **fields: Any) -> None:
    """Somebody subscribes by hand, or an older version of ours did."""
    client.execute("webhook_create", topic=topic, subscription={"uri": address(APP), **fields})


def there(shop: StoreShop) -> list[tuple[str, str]]:
    return sorted((each.topic, each.uri) for each in shop.subscriptions.values())


def test_lacking_ones_are_made_and_kept(client: AdminClient, store_shop: StoreShop) -> None:
    assert ensure(client, APP) == Ensured(made=ALL)
    assert there(store_shop) == sorted((topic, f"{APP}/webhooks") for topic in ALL)
    assert ensure(client, f"{APP}/") == Ensured(kept=ALL)
    assert standing(client, APP) == [(topic, f"{APP}/webhooks", None) for topic in ALL]


def test_what_shopify_deleted_is_put_back(client: AdminClient, store_shop: StoreShop) -> None:
    ensure(client, APP)
    gone = next(each for each in store_shop.subscriptions.values() if each.topic == "PRODUCTS_UPDATE")
    del store_shop.subscriptions[gone.id]
    assert [topic for topic, _, problem in standing(client, APP) if problem == "is lacking"] == [gone.topic]
    assert ensure(client, APP).made == (gone.topic,)


def test_an_address_of_an_earlier_app_url_is_corrected(client: AdminClient, store_shop: StoreShop) -> None:
    ensure(client, "https://old.example.com")
    problems = {problem for _, _, problem in standing(client, APP)}
    assert problems == {"goes to https://old.example.com/webhooks"}
    assert ensure(client, APP) == Ensured(changed=ALL)
    assert there(store_shop) == sorted((topic, f"{APP}/webhooks") for topic in ALL)


@pytest.mark.parametrize(
    ("fields", "problem"),
    [
        ({"includeFields": ["id"]}, "leaves out fields that we read"),
        ({}, "brings more fields than we read"),
        ({"filter": "vendor:Maker"}, "is filtered by vendor:Maker"),
    ],
)
def test_one_made_otherwise_is_mended_not_doubled(
    client: AdminClient, store_shop: StoreShop, fields: dict[str, Any], problem: str
) -> None:
    subscribe(client, "PRODUCTS_UPDATE", **fields)
    assert standing(client, APP)[1][2] == problem
    ensured = ensure(client, APP)
    assert ensured.changed == ("PRODUCTS_UPDATE",)
    assert len(store_shop.subscriptions) == len(ALL)
    assert ensure(client, APP) == Ensured(kept=ALL)


def test_doubles_of_ours_are_removed(client: AdminClient, store_shop: StoreShop) -> None:
    subscribe(client, "PRODUCTS_UPDATE", filter="vendor:Maker")
    subscribe(client, "PRODUCTS_UPDATE", filter="vendor:Other")
    ensure(client, "https://old.example.com")
    assert ensure(client, APP).removed == ("PRODUCTS_UPDATE", "PRODUCTS_UPDATE")
    assert len(store_shop.subscriptions) == len(ALL)


def test_what_somebody_else_subscribed_to_is_left_alone(client: AdminClient, store_shop: StoreShop) -> None:
    subscribe(client, "PRODUCTS_UPDATE", uri="https://erp.example.com/webhooks", name="erp")
    subscribe(client, "PRODUCTS_DELETE", uri="https://erp.example.com/webhooks")
    assert ensure(client, APP) == Ensured(made=ALL)
    assert ensure(client, APP) == Ensured(kept=ALL)
    assert len(store_shop.subscriptions) == len(ALL) + 2


def test_another_process_may_be_first(
    client: AdminClient, store_shop: StoreShop, monkeypatch: pytest.MonkeyPatch
) -> None:
    ensure(client, APP)
    with monkeypatch.context() as late:
        late.setattr(subscriptions, "read", lambda _: [])
        assert ensure(client, APP) == Ensured(kept=ALL)
    assert len(store_shop.subscriptions) == len(ALL)


def test_an_address_that_the_store_refuses_is_an_error(client: AdminClient) -> None:
    with pytest.raises(UserErrors):
        ensure(client, "http://bot.example.com")


def test_a_missing_scope_is_an_error(client: AdminClient, store_shop: StoreShop) -> None:
    store_shop.scopes = ()
    with pytest.raises((UserErrors, ScopeMissing)):
        ensure(client, APP)


def test_webhooks_come_with_the_fields_that_we_read(
    served: Bot, client: AdminClient, store: DevStore, store_shop: StoreShop, app_url: str
) -> None:
    ensure(client, app_url)
    store_shop.create_product("A shirt", jpeg(), description_html="<p>long</p>" * 1000)
    assert store.webhooks.settle()
    sent = store.webhooks.sent[0]
    assert (sent.status, sent.event.shop, sent.event.topic) == (200, DOMAIN, "products/create")
    assert set(json.loads(sent.delivery.body)) == set(subscriptions.PRODUCT_FIELDS)
    with served.database.reading() as session:
        review = session.scalars(select(Review)).one()
        assert (review.product.title, review.state) == ("A shirt", "received")
        assert review.product.payload_image_key


def test_names_tell_ours_from_others() -> None:
    assert name_of("APP_SCOPES_UPDATE") == "shopify-bot-app-scopes-update"
    assert all(len(name_of(topic)) <= 50 for topic in ALL)
