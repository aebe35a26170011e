"""`/_devstore/…`, the part about the app: OAuth, subscriptions, and what a shop does to an app."""

from collections.abc import Callable
from typing import Any

from flask import Blueprint, Response, jsonify, request

from shopify_bot.devstore.errors import UnknownDeed
from shopify_bot.devstore.shop import Shop
from shopify_bot.devstore.web.current import the_store

control_app = Blueprint("control_app", __name__, url_prefix="/_devstore")

_DEEDS: dict[str, Callable[..., None]] = {
    "uninstall": Shop.uninstall,
    "change_scopes": Shop.change_scopes,
    "redact": Shop.redact,
    "redact_customer": Shop.redact_customer,
    "request_customer_data": Shop.request_customer_data,
}


@control_app.get("/oauth")
def oauth() -> Response:
    """Every OAuth request and its answer; `shop`, `grant` and `answer` narrow it down."""
    wanted: dict[str, Any] = {name: request.args.get(name) for name in ("shop", "grant", "answer")}
    return jsonify(the_store().oauth.calls.as_json(**wanted))


@control_app.post("/oauth")
def set_oauth() -> Response:
    """Change how long tokens live and whether merchants agree, by the names in OAuthSettings."""
    the_store().oauth.set(**request.get_json())
    return jsonify({})


@control_app.get("/subscriptions")
def subscriptions() -> Response:
    """Every webhook subscription made through the API."""
    return jsonify(
        [
            {"shop": shop.domain, "id": one.id, "topic": one.topic, "uri": one.uri}
            for shop in the_store().shops.values()
            for one in list(shop.subscriptions.values())
        ]
    )


@control_app.post("/app")
def act() -> Response:
    """Let a shop do something to the app: JSON with `shop`, `does`, and `scopes` where they change."""
    wanted = request.get_json()
    deed = _DEEDS.get(wanted["does"])
    if deed is None:
        raise UnknownDeed(f"A shop cannot {wanted['does']}; it can {', '.join(_DEEDS)}.")
    deed(the_store().shop(wanted["shop"]), *wanted.get("scopes", ()))
    return jsonify({})
