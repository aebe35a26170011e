"""Webhook bodies about the app and its duties: uninstalled, scopes changed, and the compliance three."""

from typing import Any

from shopify_bot.devstore.gids import gid
from shopify_bot.devstore.payloads import rest_date
from shopify_bot.devstore.records import now

_CUSTOMER = 191_167


def uninstalled_body(number: int, domain: str) -> dict[str, Any]:
    """The body of app/uninstalled: the shop."""
    name = domain.partition(".")[0]
    return {"id": number, "name": name, "domain": domain, "myshopify_domain": domain}


def scopes_body(number: int, before: tuple[str, ...], after: tuple[str, ...]) -> dict[str, Any]:
    """The body of app/scopes_update."""
    return {
        "id": number,
        "previous": list(before),
        "current": list(after),
        "updated_at": rest_date(now()),
        "admin_graphql_api_shop_id": gid("Shop", number),
    }


def redact_body(number: int, domain: str) -> dict[str, Any]:
    """The body of shop/redact."""
    return {"shop_id": number, "shop_domain": domain}


def customer_redact_body(number: int, domain: str) -> dict[str, Any]:
    """The body of customers/redact."""
    return {**redact_body(number, domain), "customer": _customer(domain), "orders_to_redact": [299_938]}


def customer_data_body(number: int, domain: str) -> dict[str, Any]:
    """The body of customers/data_request."""
    return {
        **redact_body(number, domain),
        "customer": _customer(domain),
        "orders_requested": [299_938],
        "data_request": {"id": 9_999},
    }


def _customer(domain: str) -> dict[str, Any]:
    return {"id": _CUSTOMER, "email": f"customer@{domain}", "phone": "555-625-1199"}
