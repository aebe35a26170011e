"""Webhook subscriptions that an app made through the Admin API, and what one delivery of them carries."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from shopify_bot.devstore.api.search import matching
from shopify_bot.devstore.gids import key_of
from shopify_bot.devstore.records import now

# The topics this store sends, under their names in the API, with the scope that a subscription needs.
SCOPE_OF_TOPIC: dict[str, str | None] = {
    "APP_SCOPES_UPDATE": None,
    "APP_UNINSTALLED": None,
    "PRODUCTS_CREATE": "read_products",
    "PRODUCTS_DELETE": "read_products",
    "PRODUCTS_UPDATE": "read_products",
}
COMPLIANCE = ("customers/data_request", "customers/redact", "shop/redact")


@dataclass(eq=False)
class WebhookSubscription:
    """One subscription; `topic` is the name in the API, such as PRODUCTS_CREATE."""

    id: str
    topic: str
    uri: str
    filter: str | None = None
    format: str = "JSON"
    include_fields: list[str] = field(default_factory=list)
    metafield_namespaces: list[str] = field(default_factory=list)
    name: str | None = None
    created_at: datetime = field(default_factory=now)
    updated_at: datetime = field(default_factory=now)

    @property
    def legacy_resource_id(self) -> str:
        return key_of(self.id)

    def wants(self, topic: str, content: dict[str, Any]) -> bool:
        """Whether an event of that topic, such as products/create, is delivered."""
        if self.topic != topic.replace("/", "_").upper():
            return False
        readers = {name: lambda body, name=name: body[name] for name in content}
        return bool(matching([content], self.filter, readers, lambda _: ""))

    @property
    def key(self) -> tuple[str | None, ...]:
        """What no other subscription of the shop may share."""
        return self.topic, self.uri, self.format, self.filter or None


def only(content: Any, fields: Sequence[str]) -> Any:
    """The fields that were asked for, such as `id` and `images.src`; all of them when none was."""
    if not fields:
        return content
    if isinstance(content, list):
        return [only(one, fields) for one in content]
    if not isinstance(content, dict):
        return content
    wanted: dict[str, list[str]] = {}
    for path in fields:
        name, _, rest = path.partition(".")
        wanted.setdefault(name, []).append(rest)
    return {
        name: only(content[name], () if "" in rests else rests)
        for name, rests in wanted.items()
        if name in content
    }
