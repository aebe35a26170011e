"""Sends signed webhooks from one background thread, with the troubles that were asked for."""

import base64
import hashlib
import hmac
import json
import random
import time
import uuid
from collections.abc import Callable
from dataclasses import asdict, dataclass, field, fields, replace
from datetime import UTC, datetime
from typing import Any

import requests

from shopify_bot.devstore.errors import UnknownSetting
from shopify_bot.devstore.timetable import Timetable

API_VERSION = "2026-10"
# Shopify gives a receiver one second to connect and five in all.
_TIMEOUT_S = (1.0, 5.0)


@dataclass(frozen=True)
class WebhookSettings:
    """Shares are between 0 and 1, the rest is in seconds; `retry_s` are the waits between attempts."""

    duplicates: float = 0.0
    late_repeats: float = 0.0
    late_repeat_s: float = 1.0
    disorder_s: float = 0.0
    wrong_signature: float = 0.0
    retry_s: tuple[float, ...] = (0.2, 1.0, 3.0, 10.0)


@dataclass(frozen=True)
class Event:
    """Something that happened in a shop, with the body that every attempt carries."""

    shop: str
    topic: str
    body: bytes
    event_id: str = field(default_factory=lambda: str(uuid.uuid4()))
    webhook_id: str = field(default_factory=lambda: str(uuid.uuid4()))
    triggered_at: datetime = field(default_factory=lambda: datetime.now(UTC))

    def headers(self, signature: str) -> dict[str, str]:
        """The headers that Shopify sends along."""
        return {
            "Content-Type": "application/json",
            "X-Shopify-Topic": self.topic,
            "X-Shopify-Hmac-Sha256": signature,
            "X-Shopify-Shop-Domain": self.shop,
            "X-Shopify-API-Version": API_VERSION,
            "X-Shopify-Webhook-Id": self.webhook_id,
            "X-Shopify-Event-Id": self.event_id,
            "X-Shopify-Triggered-At": self.triggered_at.isoformat().replace("+00:00", "Z"),
        }


@dataclass(frozen=True)
class SentWebhook:
    """One POST and what came back: a status, or None and the error."""

    at: float
    event: Event
    attempt: int
    signature: str
    status: int | None
    error: str

    def as_json(self) -> dict[str, Any]:
        """The record as a plain dictionary."""
        event = asdict(self.event) | {
            "body": self.event.body.decode(),
            "triggered_at": self.event.triggered_at.isoformat(),
        }
        return {"at": self.at, "attempt": self.attempt, "status": self.status, "error": self.error, **event}


def sign(body: bytes, secret: str) -> str:
    """Base64 of the HMAC-SHA256 over the raw body."""
    return base64.b64encode(hmac.new(secret.encode(), body, hashlib.sha256).digest()).decode()


class Webhooks:
    """The sender. `sent` holds every POST and its answer, in order."""

    def __init__(self, url: str | None, secret: str, seed: int = 0) -> None:
        self.url, self.secret = url, secret
        self.settings = WebhookSettings()
        self.sent: list[SentWebhook] = []
        self._random = random.Random(seed)
        self._session = requests.Session()
        self._session.trust_env = False
        self._timetable = Timetable("devstore-webhooks")

    def set(self, **settings: Any) -> None:
        """Change how webhooks are sent, by the names in WebhookSettings. Raises UnknownSetting."""
        known = {field.name for field in fields(WebhookSettings)}
        if unknown := settings.keys() - known:
            names = ", ".join(sorted(known))
            raise UnknownSetting(f"No setting is called {', '.join(sorted(unknown))}; there are: {names}.")
        self.settings = replace(self.settings, **settings)

    def publish(self, shop: str, topic: str, content: dict[str, Any]) -> None:
        """Send an event soon, and once more where chance and the settings say so."""
        if not self.url:
            return
        event = Event(shop, topic, json.dumps(content, ensure_ascii=False).encode())
        moment, settings = time.time(), self.settings
        due = [moment + self._random.random() * settings.disorder_s]
        if self._random.random() < settings.duplicates:
            due.append(moment + self._random.random() * settings.disorder_s)
        if self._random.random() < settings.late_repeats:
            due.append(moment + settings.late_repeat_s)
        for at in due:
            self.at(at, lambda: self._post(event, attempt=1))

    def at(self, epoch_s: float, action: Callable[[], None]) -> None:
        """Do something later on the sender's thread."""
        self._timetable.add(epoch_s, action)

    def settle(self, timeout_s: float = 10.0) -> bool:
        """Wait until nothing is left to send; False when that takes longer."""
        return self._timetable.settle(timeout_s)

    def close(self) -> None:
        """Stop sending; what was not sent is dropped."""
        self._timetable.close()
        self._session.close()

    def _post(self, event: Event, attempt: int) -> None:
        wrong = self._random.random() < self.settings.wrong_signature
        signature = sign(event.body, f"not {self.secret}" if wrong else self.secret)
        at, (status, error) = time.time(), self._answer(event, signature)
        self.sent.append(SentWebhook(at, event, attempt, signature, status, error))
        waits = self.settings.retry_s
        if attempt <= len(waits) and not (status and 200 <= status < 300):
            self.at(time.time() + waits[attempt - 1], lambda: self._post(event, attempt + 1))

    def _answer(self, event: Event, signature: str) -> tuple[int | None, str]:
        assert self.url
        try:
            response = self._session.post(
                self.url,
                data=event.body,
                headers=event.headers(signature),
                timeout=_TIMEOUT_S,
                allow_redirects=False,
            )
        except requests.RequestException as error:
            return None, str(error)
        return response.status_code, ""
