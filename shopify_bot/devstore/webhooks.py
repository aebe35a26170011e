"""Sends signed webhooks from one background thread, with the troubles that were asked for."""

import random
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, fields, replace
from typing import Any

import requests

from shopify_bot.devstore.deliveries import Delivery, Event, SentWebhook, Target, deliver, sign
from shopify_bot.devstore.errors import UnknownSetting
from shopify_bot.devstore.subscriptions import COMPLIANCE
from shopify_bot.devstore.timetable import Timetable

# Shopify gives a receiver one second to connect and five in all.
_TIMEOUT_S = (1.0, 5.0)


@dataclass(frozen=True)
class WebhookSettings:
    """Shares are between 0 and 1, the rest is in seconds; `retry_s` are the waits between attempts.

    `lost` is the share of events that nobody is ever told of; `lost_topics` narrows that down.
    """

    duplicates: float = 0.0
    late_repeats: float = 0.0
    late_repeat_s: float = 1.0
    disorder_s: float = 0.0
    wrong_signature: float = 0.0
    lost: float = 0.0
    lost_topics: tuple[str, ...] = ()
    retry_s: tuple[float, ...] = (0.2, 1.0, 3.0, 10.0)


class Webhooks:
    """The sender. `sent` holds every POST and its answer, in order; `lost` the events that were not sent.

    `url` is the subscription to every topic that is configured in the app, and `compliance_url` takes the
    three compliance topics in its place. Both may be None.
    """

    def __init__(
        self,
        url: str | None,
        secret: str,
        seed: int = 0,
        compliance_url: str | None = None,
        api_version: str = "2026-10",
    ) -> None:
        self.url, self.compliance_url = url, compliance_url
        self.secret, self.api_version = secret, api_version
        self.settings = WebhookSettings()
        self.sent: list[SentWebhook] = []
        self.lost: list[Event] = []
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

    def lose(self, share: float = 1.0, topics: Sequence[str] = ()) -> None:
        """Never send this share of the events, or of those topics; 0 sends them all again."""
        self.set(lost=share, lost_topics=tuple(topics))

    def publish(self, shop: str, topic: str, content: dict[str, Any], targets: Sequence[Target] = ()) -> None:
        """Send an event to the app's own address and to these targets."""
        own = self.compliance_url or self.url if topic in COMPLIANCE else self.url
        event = Event(shop, topic, content)
        everybody = [*([Target(own)] if own else []), *targets]
        if everybody and self._is_lost(topic):
            self.lost.append(event)
            return
        for target in everybody:
            self._plan(deliver(event, target, self.api_version))

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

    def _is_lost(self, topic: str) -> bool:
        settings = self.settings
        concerned = not settings.lost_topics or topic in settings.lost_topics
        return concerned and settings.lost > 0 and self._random.random() < settings.lost

    def _plan(self, delivery: Delivery) -> None:
        """Send soon, and once more where chance and the settings say so."""
        moment, settings = time.time(), self.settings
        due = [moment + self._random.random() * settings.disorder_s]
        if self._random.random() < settings.duplicates:
            due.append(moment + self._random.random() * settings.disorder_s)
        if self._random.random() < settings.late_repeats:
            due.append(moment + settings.late_repeat_s)
        for at in due:
            self.at(at, lambda: self._post(delivery, attempt=1))

    def _post(self, delivery: Delivery, attempt: int) -> None:
        wrong = self._random.random() < self.settings.wrong_signature
        signature = sign(delivery.body, f"not {self.secret}" if wrong else self.secret)
        at, (status, error) = time.time(), self._answer(delivery, signature)
        self.sent.append(SentWebhook(at, delivery, attempt, signature, status, error))
        if status and 200 <= status < 300:
            return
        waits = self.settings.retry_s
        if attempt <= len(waits):
            self.at(time.time() + waits[attempt - 1], lambda: self._post(delivery, attempt + 1))
        else:
            delivery.target.give_up()

    def _answer(self, delivery: Delivery, signature: str) -> tuple[int | None, str]:
        try:
            response = self._session.post(
                delivery.target.uri,
                data=delivery.body,
                headers=delivery.headers(signature),
                timeout=_TIMEOUT_S,
                allow_redirects=False,
            )
        except requests.RequestException as error:
            return None, str(error)
        return response.status_code, ""
