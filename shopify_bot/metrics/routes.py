"""`GET /metrics`, and who may ask."""

import hmac
from ipaddress import ip_address
from urllib.parse import urlsplit

from flask import Blueprint, Request, Response, current_app, request
from flask.typing import ResponseReturnValue
from prometheus_client import CONTENT_TYPE_LATEST, CollectorRegistry, generate_latest

from shopify_bot.bot import Bot
from shopify_bot.metrics.collector import BotCollector
from shopify_bot.settings import LOOPBACK, PREFIX, Settings

metrics = Blueprint("metrics", __name__)

CLOSED = (
    f"The figures are closed. Set {PREFIX}METRICS_TOKEN, or {PREFIX}METRICS_TOKEN_FILE, and let Prometheus "
    "send it as a bearer token.\n"
)
REFUSED = f"Send the token that {PREFIX}METRICS_TOKEN holds: Authorization: Bearer TOKEN\n"


@metrics.get("/metrics")
def tell() -> ResponseReturnValue:
    """`GET /metrics`: figures of every shop for Prometheus, with the bearer token of the settings.

    401 without it. When none is set: 403, but in development for programs on this machine.
    """
    bot: Bot = current_app.extensions["bot"]
    token = bot.settings.metrics_token.get_secret_value()
    if token and not is_bearer(request, token):
        return Response(REFUSED, 401, {"WWW-Authenticate": "Bearer"}, mimetype="text/plain")
    if not token and not is_near(request, bot.settings):
        return Response(CLOSED, 403, mimetype="text/plain")
    registry = CollectorRegistry(auto_describe=False)
    registry.register(BotCollector(bot))
    return Response(generate_latest(registry), content_type=CONTENT_TYPE_LATEST)


def is_bearer(asked: Request, token: str) -> bool:
    """Whether the request bears the token."""
    scheme, _, given = asked.headers.get("Authorization", "").partition(" ")
    return scheme.lower() == "bearer" and hmac.compare_digest(given.strip().encode(), token.encode())


def is_near(asked: Request, settings: Settings) -> bool:
    """Whether it comes from this machine, through no proxy, in development.

    The name it asked for must be this machine's, too: a web page may give its own name our address.
    """
    headers = [name.lower() for name in asked.headers.keys()]  # noqa: SIM118 - iterating gives pairs
    came_through = any(name == "forwarded" or name.startswith("x-forwarded") for name in headers)
    name = urlsplit(f"//{asked.host}").hostname
    return (
        settings.env == "development"
        and not came_through
        and name in LOOPBACK
        and is_loopback(asked.environ.get("REMOTE_ADDR", ""))
    )


def is_loopback(address: str) -> bool:
    """Whether it is an address of this machine to itself."""
    try:
        return ip_address(address).is_loopback
    except ValueError:
        return False
