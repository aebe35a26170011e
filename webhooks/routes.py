"""`POST /webhooks`: one address for all topics."""

import hashlib
import json
import logging
from typing import Any

from flask import Blueprint, Request, current_app, request
from flask.typing import ResponseReturnValue
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from shopify_bot.bot import Bot
from shopify_bot.connecting.leaving import forget_pace
from shopify_bot.doorbell import CLASSIFY
from shopify_bot.logs.ids import about
from shopify_bot.tables import Shop
from shopify_bot.told import moment
from webhooks.inbox import Envelope, record
from webhooks.signature import is_signed
from webhooks.topics import ABOUT_THE_SHOP, AFTER_THE_SHOP, act

log = logging.getLogger(__name__)

LARGEST_BODY = 5_000_000
"""Bytes; a product with two thousand variants stays below."""

TRIES = 3

webhooks = Blueprint("webhooks", __name__)

REFUSED = ("The signature or the shop is not known here.", 401)


@webhooks.post("/webhooks")
def receive() -> ResponseReturnValue:
    """Verify, write the row, ring the doorbell, answer 200.

    401 for a wrong signature or an unknown shop, without telling which; 400 for JSON that is
    malformed; 413 for a body above the cap. A Redis that is away changes nothing: the sweep rings later.
    """
    bot: Bot = current_app.extensions["bot"]
    request.max_content_length = LARGEST_BODY
    body = request.get_data()
    if not is_signed(body, only_header(request, "X-Shopify-Hmac-Sha256"), bot.settings.api_secrets):
        return REFUSED
    payload = parse(body)
    if payload is None:
        return "The body is not a JSON object.", 400
    envelope = Envelope(
        topic=request.headers.get("X-Shopify-Topic", "")[:100],
        event_id=event_id(request),
        body=body,
        payload=payload,
        triggered_at=moment(request.headers.get("X-Shopify-Triggered-At")),
    )
    domain = request.headers.get("X-Shopify-Shop-Domain", "").lower()
    with about(delivery=envelope.event_id, shop=domain, product=envelope.product_gid):
        known, wanted = take_in(bot, domain, envelope)
        if wanted:
            bot.doorbell.ring(CLASSIFY)
    if known and envelope.topic == "shop/redact":
        forget_pace(bot, domain)
    return ("", 200) if known else REFUSED


def take_in(bot: Bot, domain: str, envelope: Envelope) -> tuple[bool, bool]:
    """Write one delivery, with all it leads to, in one transaction.

    Returns whether the shop is known, and whether a worker should look.
    """
    for _ in range(TRIES):
        try:
            with bot.database.writing() as session:
                shop = the_shop(session, domain, envelope.topic in ABOUT_THE_SHOP)
                if shop is None:
                    return envelope.topic in AFTER_THE_SHOP, False
                log.info("delivery %s %s of %s", envelope.event_id, envelope.topic, domain)
                return True, record(session, shop, envelope) and act(session, shop, envelope)
        except IntegrityError as error:  # two deliveries for one new product at the same moment
            clash = error
    raise clash


def the_shop(session: Session, domain: str, for_change: bool) -> Shop | None:
    """The shop of that domain, if we serve it; `for_change` keeps others from changing it meanwhile."""
    query = select(Shop).where(Shop.domain == domain)
    return session.scalar(query.with_for_update(key_share=True) if for_change else query)


def only_header(received: Request, name: str) -> str | None:
    """The header's value when it came exactly once."""
    values = received.headers.getlist(name)
    return values[0] if len(values) == 1 else None


def event_id(received: Request) -> str:
    """What is the same in every repeat of one event: its id, else the webhook's, else the body's hash."""
    headers = received.headers
    given = headers.get("X-Shopify-Event-Id") or headers.get("X-Shopify-Webhook-Id")
    return (given or hashlib.sha256(received.get_data()).hexdigest())[:255]


def parse(body: bytes) -> dict[str, Any] | None:
    """The JSON object in the body, or None."""
    try:
        payload = json.loads(body)
    except (ValueError, RecursionError):
        return None
    return payload if isinstance(payload, dict) else None
