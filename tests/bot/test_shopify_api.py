"""Shop domains, the authorize page and the way back from it, scopes."""

import hashlib
import hmac
import time
from urllib.parse import parse_qs, urlsplit

import pytest

from shopify_bot.shopify.errors import BadCallback, BadShopDomain
from shopify_bot.shopify.shopify_api import SCOPES, authorize_url, check_callback, lacking, shop_domain

SECRET = "the app's secret"


def signed(secret: str = SECRET, **more: str) -> list[tuple[str, str]]:
    """A query as Shopify sends it."""
    query = {"code": "c0de", "shop": "demo.myshopify.com", "state": "s", "timestamp": str(int(time.time()))}
    query |= more
    text = "&".join(f"{name}={value}" for name, value in sorted(query.items()))
    return [*query.items(), ("hmac", hmac.new(secret.encode(), text.encode(), hashlib.sha256).hexdigest())]


@pytest.mark.parametrize("name", ["demo", "DEMO.myshopify.com", " https://demo.myshopify.com/admin "])
def test_a_shop_domain_is_cleaned(name: str) -> None:
    assert shop_domain(name) == "demo.myshopify.com"


@pytest.mark.parametrize(
    "name",
    [
        "",
        "evil.example",
        "demo.myshopify.com.evil.example",
        "evil.example/demo.myshopify.com",
        "a b",
        "demo@",
        "http://[demo",
        "x" * 300,
    ],
)
def test_anything_else_is_refused(name: str) -> None:
    with pytest.raises(BadShopDomain):
        shop_domain(name)


def test_the_authorize_page() -> None:
    parts = urlsplit(authorize_url("demo.myshopify.com", "key", "https://us.example/auth/callback", "s"))
    assert (parts.scheme, parts.netloc, parts.path) == (
        "https",
        "demo.myshopify.com",
        "/admin/oauth/authorize",
    )
    assert parse_qs(parts.query) == {
        "client_id": ["key"],
        "scope": ["write_products,write_publications"],
        "redirect_uri": ["https://us.example/auth/callback"],
        "state": ["s"],
    }


def test_the_way_back_is_checked_with_the_current_and_the_previous_secret() -> None:
    assert check_callback(signed(), [SECRET])["code"] == "c0de"
    assert check_callback(signed("old"), ["new", "old"])["shop"] == "demo.myshopify.com"


@pytest.mark.parametrize(
    "pairs",
    [
        signed("another secret"),
        signed()[:-1],
        [*signed()[:-1], ("hmac", "é")],
        signed(timestamp="yesterday"),
        signed(timestamp=str(int(time.time()) - 90_000)),
        [pair for pair in signed() if pair[0] != "timestamp"],
        [*signed(), ("shop", "demo.myshopify.com")],
        [("shop", "other.myshopify.com") if pair[0] == "shop" else pair for pair in signed()],
        [],
    ],
    ids=["secret", "no hmac", "odd hmac", "no number", "old", "no timestamp", "twice", "changed", "nothing"],
)
def test_any_other_way_back_is_refused(pairs: list[tuple[str, str]]) -> None:
    with pytest.raises(BadCallback):
        check_callback(pairs, [SECRET])
    with pytest.raises(BadCallback):
        check_callback(signed(), [])


def test_a_signed_way_back_of_no_shop_is_refused() -> None:
    with pytest.raises(BadShopDomain):
        check_callback(signed(shop="evil.example"), [SECRET])


def test_to_write_is_to_read() -> None:
    assert lacking(SCOPES) == []
    assert lacking(["write_products"]) == ["write_publications"]
    assert lacking(["read_products", "customer_read_orders", "write_publications"]) == ["write_products"]
    assert lacking(["write_products"], ["read_products"]) == []
