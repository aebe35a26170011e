"""The control plane's part about the app."""

from shopify_bot.devstore import DevStore, Shop
from tests.devstore.conftest import DOMAIN, Client
from tests.devstore.test_control import call
from tests.devstore.test_subscriptions import HTTPS, make


def test_subscriptions_are_listed(store: DevStore, client: Client) -> None:
    made = make(client, "PRODUCTS_CREATE", HTTPS)
    (row,) = call(store, "GET", "subscriptions").json()
    assert row == {"shop": DOMAIN, "id": made["id"], "topic": "PRODUCTS_CREATE", "uri": HTTPS}


def test_a_shop_does_things_to_the_app(store: DevStore, client: Client, shop: Shop) -> None:
    wanted = {"shop": DOMAIN, "does": "change_scopes", "scopes": ["read_products"]}
    assert call(store, "POST", "app", json=wanted).status_code == 200
    assert shop.scopes == ("read_products",)
    call(store, "POST", "app", json={"shop": DOMAIN, "does": "uninstall"})
    assert client.post("{ shop { name } }").status_code == 401
    mistake = call(store, "POST", "app", json={"shop": DOMAIN, "does": "explode"})
    assert (mistake.status_code, "it can uninstall" in mistake.json()["error"]) == (400, True)


def test_oauth_is_set_and_read(store: DevStore, shop: Shop) -> None:
    call(store, "POST", "oauth", json={"consent": False})
    assert not store.oauth.settings.consent
    assert call(store, "GET", "oauth", params={"shop": DOMAIN}).json() == []
