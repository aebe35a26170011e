"""What is sent: an event, the deliveries that carry it, and the record of every POST."""

import base64
import hashlib
import hmac
import json
import uuid
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from shopify_bot.devstore.subscriptions import only


def _new_id() -> str:
    return str(uuid.uuid4())


@dataclass(frozen=True)
class Event:
    """Something that happened in a shop; all its deliveries share the event id."""

    shop: str
    topic: str
    content: dict[str, Any]
    event_id: str = field(default_factory=_new_id)
    triggered_at: datetime = field(default_factory=lambda: datetime.now(UTC))


@dataclass(frozen=True)
class Target:
    """Where a subscription is delivered to. `give_up` is called when all retries of a delivery failed."""

    uri: str
    include_fields: Sequence[str] = ()
    name: str | None = None
    give_up: Callable[[], None] = lambda: None


@dataclass(frozen=True)
class Delivery:
    """One event on its way to one target; every attempt carries the same body and webhook id."""

    event: Event
    target: Target
    api_version: str
    body: bytes
    webhook_id: str = field(default_factory=_new_id)

    def headers(self, signature: str) -> dict[str, str]:
        """The headers that Shopify sends along."""
        named = {"X-Shopify-Name": self.target.name} if self.target.name else {}
        return {
            "Content-Type": "application/json",
            "X-Shopify-Topic": self.event.topic,
            "X-Shopify-Hmac-Sha256": signature,
            "X-Shopify-Shop-Domain": self.event.shop,
            "X-Shopify-API-Version": self.api_version,
            "X-Shopify-Webhook-Id": self.webhook_id,
            "X-Shopify-Event-Id": self.event.event_id,
            "X-Shopify-Triggered-At": self.event.triggered_at.isoformat().replace("+00:00", "Z"),
            **named,
        }


@dataclass(frozen=True)
class SentWebhook:
    """One POST and what came back: a status, or None and the error."""

    at: float
    delivery: Delivery
    attempt: int
    signature: str
    status: int | None
    error: str

    @property
    def event(self) -> Event:
        """What it told."""
        return self.delivery.event

    def as_json(self) -> dict[str, Any]:
        """The record as a plain dictionary."""
        return {
            "at": self.at,
            "attempt": self.attempt,
            "status": self.status,
            "error": self.error,
            "shop": self.event.shop,
            "topic": self.event.topic,
            "uri": self.delivery.target.uri,
            "body": self.delivery.body.decode(),
            "event_id": self.event.event_id,
            "webhook_id": self.delivery.webhook_id,
            "triggered_at": self.event.triggered_at.isoformat(),
        }


def deliver(event: Event, target: Target, api_version: str) -> Delivery:
    """The delivery of an event to a target, with the fields it asked for."""
    content = only(event.content, target.include_fields)
    return Delivery(event, target, api_version, json.dumps(content, ensure_ascii=False).encode())


def sign(body: bytes, secret: str) -> str:
    """Base64 of the HMAC-SHA256 over the raw body."""
    return base64.b64encode(hmac.new(secret.encode(), body, hashlib.sha256).digest()).decode()
