"""`/admin/oauth/…`: the shop is the first part of the path, or the host that is asked."""

import time

from flask import Blueprint, Response, abort, g, jsonify, redirect, request
from flask.typing import ResponseReturnValue

from shopify_bot.devstore.faults import FaultKind
from shopify_bot.devstore.oauth import grant_type
from shopify_bot.devstore.oauth_calls import OAuthCall
from shopify_bot.devstore.oauth_rules import OAuthRefused
from shopify_bot.devstore.shop import Shop
from shopify_bot.devstore.web.connection import drop, reset
from shopify_bot.devstore.web.current import the_store

oauth = Blueprint("oauth", __name__)
FAULTS_OF = "access_token"
# A shop that is frozen, gone or locked gives no tokens either.
_CLOSED = {402: "Unavailable Shop", 404: "Not Found", 423: "Locked"}


@oauth.get("/admin/oauth/authorize")
@oauth.get("/<domain>/admin/oauth/authorize")
def authorize(domain: str | None = None) -> ResponseReturnValue:
    """The merchant agrees at once, or refuses at once, and is led back to the app."""
    shop = _shop(domain)
    try:
        back = the_store().oauth.authorize(shop, request.args)
    except OAuthRefused as refusal:
        _note(shop, "authorize", refusal.status, refusal.error)
        return f"Oauth error {refusal.error}: {refusal}", refusal.status
    _note(shop, "authorize", 302, "ok" if the_store().oauth.settings.consent else "access_denied")
    return redirect(back)


@oauth.post("/admin/oauth/access_token")
@oauth.post("/<domain>/admin/oauth/access_token")
def access_token(domain: str | None = None) -> ResponseReturnValue:
    """A token in exchange for a grant; JSON or a form. Faults planned for `access_token` come true here."""
    shop = _shop(domain)
    the_store().faults.wait()
    if shop.refuse_with in _CLOSED:
        _note(shop, "", shop.refuse_with, "refused")
        return jsonify(errors=_CLOSED[shop.refuse_with]), shop.refuse_with
    fault = the_store().faults.draw_planned(FAULTS_OF)
    form = request.get_json(silent=True) or request.form.to_dict()
    if not isinstance(form, dict):
        abort(400)
    if fault is not None and fault != "timeout_after_apply":
        return _faulty(shop, grant_type(form), fault)
    try:
        answer = the_store().oauth.grant(shop, form)
    except OAuthRefused as refusal:
        _note(shop, grant_type(form), refusal.status, refusal.error)
        return jsonify(refusal.as_json()), refusal.status
    if fault is not None:
        return _faulty(shop, grant_type(form), fault)
    _note(shop, grant_type(form), 200, "ok")
    return jsonify(answer)


def _shop(domain: str | None) -> Shop:
    g.came_at = time.time()
    shop = the_store().shops.get(domain or request.host.partition(":")[0])
    if shop is None:
        abort(404)
    return shop


def _faulty(shop: Shop, grant: str, fault: FaultKind) -> Response:
    settings = the_store().faults.settings
    match fault:
        case "429" | "throttled":
            response = jsonify(errors="Exceeded API rate limit.")
            response.status_code = 429
            response.headers["Retry-After"] = f"{settings.retry_after_s:.1f}"
        case "5xx":
            response = jsonify(errors="Service Unavailable")
            response.status_code = 503
        case "timeout_after_apply":
            _note(shop, grant, None, fault)
            time.sleep(settings.timeout_s)
            return drop()
        case "reset":
            _note(shop, grant, None, fault)
            return reset()
    _note(shop, grant, response.status_code, fault)
    return response


def _note(shop: Shop, grant: str, status: int | None, answer: str) -> None:
    call = OAuthCall(g.came_at, time.time(), shop.domain, grant, status, answer)
    the_store().oauth.calls.record(call)
