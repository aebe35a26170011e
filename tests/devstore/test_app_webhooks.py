"""What a shop tells the app about itself: removed, other scopes, and the three duties of compliance."""

from collections.abc import Iterator

import pytest

from shopify_bot.devstore import DevStore, Shop
from tests.devstore.conftest import DOMAIN, SECRET, TOKEN, Client
from tests.devstore.receiver import Receiver
from tests.devstore.test_subscriptions import HTTPS, make

COMPLIANCE = ["shop/redact", "customers/redact", "customers/data_request"]


@pytest.fixture
def receiver() -> Iterator[Receiver]:
    receiver = Receiver()
    receiver.start()
    yield receiver
    receiver.close()


def demand(shop: Shop) -> None:
    shop.redact()
    shop.redact_customer()
    shop.request_customer_data()


def test_other_scopes(store: DevStore, client: Client, shop: Shop, receiver: Receiver) -> None:
    make(client, "APP_SCOPES_UPDATE", receiver.url)
    shop.change_scopes("write_publications", "write_products")
    shop.change_scopes("read_products")
    store.webhooks.settle()
    (told,) = receiver.received
    assert told.topic == "app/scopes_update"
    assert told.content["previous"] == ["write_publications", "write_products"]
    assert told.content["current"] == ["read_products"]
    answer = client.data("{ currentAppInstallation { accessScopes { handle } } }")
    assert answer["currentAppInstallation"]["accessScopes"] == [{"handle": "read_products"}]


def test_compliance_goes_to_the_address_of_the_app(receiver: Receiver) -> None:
    with DevStore(receiver.url, SECRET) as store:
        demand(store.add_shop(DOMAIN, TOKEN))
        store.webhooks.settle()
    assert receiver.topics == COMPLIANCE
    assert {one.content["shop_domain"] for one in receiver.received} == {DOMAIN}
    redact, customer, request = (one.content for one in receiver.received)
    assert redact.keys() == {"shop_id", "shop_domain"}
    assert customer["customer"] == request["customer"]
    assert (customer["orders_to_redact"], request["orders_requested"]) == ([299_938], [299_938])


def test_compliance_has_an_address_of_its_own(receiver: Receiver) -> None:
    with DevStore(None, SECRET, compliance_url=receiver.url) as store:
        shop = store.add_shop(DOMAIN, TOKEN)
        shop.create_product("Shirt")
        demand(shop)
        shop.uninstall()
        store.webhooks.settle()
    assert receiver.topics == COMPLIANCE


def test_compliance_goes_to_nobody_else(store: DevStore, client: Client, shop: Shop) -> None:
    for topic in ("PRODUCTS_CREATE", "APP_UNINSTALLED", "APP_SCOPES_UPDATE"):
        make(client, topic, HTTPS)
    demand(shop)
    store.webhooks.settle()
    assert store.webhooks.sent == []


def test_shop_that_is_gone_may_still_be_redacted(receiver: Receiver) -> None:
    with DevStore(receiver.url, SECRET) as store:
        shop = store.add_shop(DOMAIN, TOKEN)
        shop.uninstall()
        shop.redact()
        store.webhooks.settle()
    assert receiver.topics == ["app/uninstalled", "shop/redact"]
