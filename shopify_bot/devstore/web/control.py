"""`/_devstore/…`: the control plane, in JSON, for tests and for the curious."""

import base64
from dataclasses import asdict
from typing import Any

from flask import Blueprint, Response, jsonify, request

from shopify_bot.devstore.overview import products_of
from shopify_bot.devstore.web.current import the_store

control = Blueprint("control", __name__, url_prefix="/_devstore")


@control.get("/ledger")
def ledger() -> Response:
    """Every effect; `shop`, `kind` and `subject` narrow it down."""
    wanted: dict[str, Any] = {name: request.args.get(name) for name in ("shop", "kind", "subject")}
    return jsonify(the_store().ledger.as_json(**wanted))


@control.get("/products")
def products() -> Response:
    """Every product with the label it should get and how it stands."""
    shops = [the_store().shop(domain) for domain in request.args.getlist("shop")]
    return jsonify([row for shop in shops or the_store().shops.values() for row in products_of(shop)])


@control.post("/products")
def create() -> tuple[Response, int]:
    """Make a product: JSON with `shop`, `title`, and what create_product takes; `picture` is base64."""
    wanted = dict(request.get_json())
    shop = the_store().shop(wanted.pop("shop"))
    picture = base64.b64decode(wanted.pop("picture", "")) or None
    return jsonify(id=shop.create_product(picture=picture, **wanted)), 201


@control.patch("/products")
def update() -> Response:
    """Change a product by hand: JSON with `shop`, `id` and the fields."""
    wanted = dict(request.get_json())
    the_store().shop(wanted.pop("shop")).update_product(wanted.pop("id"), **wanted)
    return jsonify({})


@control.delete("/products")
def delete() -> Response:
    """Delete a product: JSON with `shop` and `id`."""
    wanted = request.get_json()
    the_store().shop(wanted["shop"]).delete_product(wanted["id"])
    return jsonify({})


@control.get("/calls")
def calls() -> Response:
    """Every Admin API call and its answer."""
    wanted: dict[str, Any] = {name: request.args.get(name) for name in ("shop", "operation", "answer")}
    return jsonify(the_store().calls.as_json(**wanted))


@control.get("/early-calls")
def early_calls() -> Response:
    """Pairs: an answer that told to wait, a call that came earlier; `grace_s` is for those on their way."""
    pairs = the_store().calls.before_stated_wait(request.args.get("grace_s", 0.05, type=float))
    return jsonify([[asdict(told), asdict(early)] for told, early in pairs])


@control.get("/buckets")
def buckets() -> Response:
    """The cost bucket of every shop by its domain."""
    return jsonify({domain: shop.bucket.as_json() for domain, shop in the_store().shops.items()})


@control.get("/webhooks")
def webhooks() -> Response:
    """Every webhook that was sent and its answer."""
    return jsonify([sent.as_json() for sent in list(the_store().webhooks.sent)])


@control.post("/webhooks")
def set_webhooks() -> Response:
    """Change how webhooks are sent, by the names in WebhookSettings."""
    the_store().webhooks.set(**request.get_json())
    return jsonify({})


@control.get("/faults")
def faults() -> Response:
    """The faults that are on."""
    return jsonify(the_store().faults.as_json())


@control.post("/faults")
def set_faults() -> Response:
    """Turn faults on, by the names in FaultSettings; an empty object turns all off."""
    wanted = request.get_json()
    if not wanted:
        the_store().faults.clear()
    the_store().faults.set(**wanted)
    return faults()
