"""What we use ShopifyAPI for: shop domains, the way to the authorize page and back, and scopes.

The only file that imports it, since Shopify deprecated it on 2026-08-25. No network call goes through it.
"""

from collections.abc import Iterable
from typing import Any

from shopify import ApiAccess, ApiAccessError, Session
from shopify.utils import shop_url

from shopify_bot.shopify.client import API_VERSION
from shopify_bot.shopify.errors import BadCallback, BadShopDomain
from shopify_bot.shopify.oauth import oauth_url

SCOPES = ("write_products", "write_publications")
"""What the app needs; to write implies to read."""

LONGEST_DOMAIN = 253
"""Characters; DNS knows no longer name."""


def shop_domain(name: str) -> str:
    """The shop's permanent domain, such as `demo.myshopify.com`. Raises BadShopDomain for anything else."""
    try:
        domain: str | None = shop_url.sanitize_shop_domain(name.strip().lower())
    except ValueError:  # an address that cannot be one
        domain = None
    if domain is None or len(domain) > LONGEST_DOMAIN:
        raise BadShopDomain(f"{name[:80]!r} is no shop domain; it looks like my-store.myshopify.com.")
    return domain


def authorize_url(domain: str, api_key: str, redirect_uri: str, state: str, origin: str = "") -> str:
    """Where the merchant agrees to the scopes; Shopify then leads to `redirect_uri`. Raises BadShopDomain."""
    session = Session(shop_domain(domain), API_VERSION)
    session.api_key = api_key
    url: str = session.create_permission_url(scope=list(SCOPES), redirect_uri=redirect_uri, state=state)
    return oauth_url(session.url, "authorize", origin) + url[url.index("?") :]


def check_callback(pairs: Iterable[tuple[str, str]], secrets: list[str]) -> dict[str, str]:
    """The query of Shopify's way back to us, once it is found signed with one of `secrets`.

    Raises BadCallback when it is not, is older than a day, or says something twice; BadShopDomain.
    """
    given = list(pairs)
    query = dict(given)
    if len(query) != len(given):
        raise BadCallback("The answer from Shopify says something twice. Connect the store again.")
    if not any(is_signed(query, secret) for secret in secrets):
        raise BadCallback(
            "The answer is not signed by Shopify for this app, or is more than a day old. Connect the store "
            "again; if it goes on, check that SHOPIFY_BOT_SHOPIFY_API_SECRET is the secret of this very app."
        )
    return query | {"shop": shop_domain(query.get("shop", ""))}


def is_signed(query: dict[str, str], secret: str) -> bool:
    """Whether the query is signed with `secret` and not old."""
    # The library keeps the secret on the class, which all threads share: each check gets a class of its own.
    checker: Any = type("Checker", (Session,), {"secret": secret})
    try:
        return bool(checker.validate_params(query))
    except ValueError:  # a timestamp that is no number, or text that cannot be encoded
        return False


def lacking(granted: Iterable[str], needed: Iterable[str] = SCOPES) -> list[str]:
    """The needed scopes that were not granted."""
    held = ApiAccess([scope for scope in granted if is_scope(scope)])
    return [scope for scope in needed if not held.covers(ApiAccess([scope]))]


def is_scope(name: str) -> bool:
    """Whether the library knows scopes of this form; Shopify has others, none of which we need."""
    try:
        ApiAccess([name])
    except ApiAccessError:
        return False
    return True
