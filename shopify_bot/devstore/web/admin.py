"""`POST /admin/api/<version>/graphql.json`, with the faults that were asked for."""

import time
from typing import Any, TypeGuard

from flask import Blueprint, Response, g, jsonify, request

from shopify_bot.devstore.api import execute
from shopify_bot.devstore.calls import Call
from shopify_bot.devstore.faults import FaultKind
from shopify_bot.devstore.shop import Shop
from shopify_bot.devstore.web.connection import drop, reset
from shopify_bot.devstore.web.current import the_store

admin = Blueprint("admin", __name__)

_REFUSALS = {
    401: "[API] Invalid API key or access token (unrecognized login or wrong password)",
    402: "Unavailable Shop",
    403: "[API] This action requires merchant approval for this shop.",
    404: "Not Found",
    423: "Locked",
}


@admin.post("/admin/api/<version>/graphql.json")
def graphql(version: str) -> Response:
    """Answer one GraphQL request; a version that Shopify does not know falls forward to a known one."""
    g.came_at = time.time()
    store = the_store()
    store.around.faults.wait()
    token = request.headers.get("X-Shopify-Access-Token", "")
    shop = store.shop_of_token(token)
    if shop is None or not shop.tokens.admits(token):
        return _refused(shop, 401)
    if shop.refuse_with is not None:
        return _refused(shop, shop.refuse_with)
    body = request.get_json(silent=True)
    if not _is_request(body):
        missing = {"errors": {"query": "Required parameter missing or invalid"}}
        return _answered(shop, None, 400, "bad_request", missing)
    asked = execute.read(body["query"], body.get("variables") or {}, body.get("operationName"))
    fault = store.around.faults.draw(asked.name)
    return _faulty(shop, asked, fault) if fault else _answer(shop, asked)


def _is_request(body: Any) -> TypeGuard[dict[str, Any]]:
    if not isinstance(body, dict) or not isinstance(body.get("query"), str):
        return False
    return isinstance(body.get("variables") or {}, dict)


def _answer(shop: Shop, asked: execute.Request) -> Response:
    answer = execute.run(asked, shop)
    codes = {error.get("extensions", {}).get("code", "INVALID") for error in answer.get("errors", ())}
    word = "throttled" if "THROTTLED" in codes else "error" if codes else "ok"
    return _answered(shop, asked, 200, word, answer, _stated_wait(answer) if word == "throttled" else 0.0)


def _faulty(shop: Shop, asked: execute.Request, fault: FaultKind) -> Response:
    settings = shop.around.faults.settings
    match fault:
        case "429":
            wait_s = settings.retry_after_s
            response = _answered(shop, asked, 429, fault, {"errors": "Exceeded API rate limit."}, wait_s)
            response.headers["Retry-After"] = f"{wait_s:.1f}"
            return response
        case "5xx":
            return _answered(shop, asked, 503, fault, {"errors": "Service Unavailable"})
        case "throttled":
            shop.bucket.drain_to(asked.cost - shop.bucket.restore_rate * settings.throttled_s)
            answer = execute.throttled(asked, shop)
            return _answered(shop, asked, 200, fault, answer, _stated_wait(answer))
        case "timeout_after_apply":
            execute.run(asked, shop)
            _note(shop, asked, None, fault)
            time.sleep(settings.timeout_s)
            return drop()
        case "reset":
            _note(shop, asked, None, fault)
            return reset()


def _refused(shop: Shop | None, status: int) -> Response:
    return _answered(shop, None, status, "refused", {"errors": _REFUSALS.get(status, "Error")})


def _answered(
    shop: Shop | None,
    asked: execute.Request | None,
    status: int,
    word: str,
    body: dict[str, Any],
    wait_s: float = 0.0,
) -> Response:
    _note(shop, asked, status, word, wait_s)
    response = jsonify(body)
    response.status_code = status
    response.headers["X-Shopify-API-Version"] = the_store().around.api_version
    return response


def _note(
    shop: Shop | None, asked: execute.Request | None, status: int | None, word: str, wait_s: float = 0.0
) -> None:
    the_store().around.calls.record(
        Call(
            at=g.came_at,
            answered_at=time.time(),
            shop=shop.domain if shop else None,
            operation=asked.name if asked else "",
            fields=asked.fields if asked else (),
            requested_cost=asked.cost if asked else 0,
            status=status,
            answer=word,
            wait_s=wait_s,
        )
    )


def _stated_wait(answer: dict[str, Any]) -> float:
    cost = answer["extensions"]["cost"]
    missing = cost["requestedQueryCost"] - cost["throttleStatus"]["currentlyAvailable"]
    return float(max(missing, 0) / cost["throttleStatus"]["restoreRate"])
