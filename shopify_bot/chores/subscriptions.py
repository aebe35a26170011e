"""The webhook subscriptions of a shop: which there should be, which there are, and mending the difference.

Shopify deletes a subscription once four hours of deliveries failed, so a chore looks after them. Each of
ours has a name, by which it is known again when the address of this app moves. Whatever else the same
app subscribes to, at other addresses, is left alone.
"""

import logging
from dataclasses import dataclass
from typing import Any

from shopify_bot.shopify.client import AdminClient
from shopify_bot.shopify.errors import UserErrors

log = logging.getLogger(__name__)

PRODUCT_FIELDS = (
    "id",
    "admin_graphql_api_id",
    "title",
    "vendor",
    "status",
    "created_at",
    "updated_at",
    "image",
    "images",
    "category",
    "product_type",
    "tags",
)
"""What we read of a product's webhook. Without `updated_at` two changes of something else would have the
same body, and the second would be taken for a repeat of the first."""

WANTED: dict[str, tuple[str, ...]] = {
    "PRODUCTS_CREATE": PRODUCT_FIELDS,
    "PRODUCTS_UPDATE": PRODUCT_FIELDS,
    "PRODUCTS_DELETE": (),
    "APP_UNINSTALLED": (),
    "APP_SCOPES_UPDATE": (),
}
"""Topics, with the fields to be sent; none means all."""


@dataclass(frozen=True)
class Subscription:
    """One subscription, as it is or as it should be; `gid` is empty until it is made."""

    topic: str
    uri: str
    name: str | None
    fields: frozenset[str]
    format: str = "JSON"
    filter: str = ""
    gid: str = ""

    def problem(self, wanted: "Subscription") -> str | None:
        """What is wrong with it, in words; None when it is as wanted."""
        if self.uri != wanted.uri:
            return f"goes to {self.uri}"
        if self.format != wanted.format:
            return f"comes as {self.format}"
        if self.filter:
            return f"is filtered by {self.filter}"
        if self.fields != wanted.fields:
            return "leaves out fields that we read" if self.fields else "brings more fields than we read"
        return None if self.name == wanted.name else "does not bear our name"

    @property
    def input(self) -> dict[str, Any]:
        """The `WebhookSubscriptionInput` that makes it so."""
        return {
            "uri": self.uri,
            "name": self.name,
            "format": self.format,
            "filter": self.filter or None,
            "includeFields": sorted(self.fields) or None,
        }


@dataclass(frozen=True)
class Ensured:
    """Topics by what was done for them."""

    kept: tuple[str, ...] = ()
    made: tuple[str, ...] = ()
    changed: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()

    def as_json(self) -> dict[str, Any]:
        """For the chore's row."""
        return {
            "kept": list(self.kept),
            "made": list(self.made),
            "changed": list(self.changed),
            "removed": list(self.removed),
        }


def address(app_url: str) -> str:
    """Where webhooks are to be sent."""
    return f"{app_url.rstrip('/')}/webhooks"


def wanted(app_url: str) -> list[Subscription]:
    """The subscriptions that there should be."""
    return [
        Subscription(topic, address(app_url), name_of(topic), frozenset(fields))
        for topic, fields in WANTED.items()
    ]


def name_of(topic: str) -> str:
    """What we call our subscription to a topic; the store lets no two bear one name."""
    return f"shopify-bot-{topic.lower().replace('_', '-')}"


def ensure(client: AdminClient, app_url: str) -> Ensured:
    """Put lacking subscriptions there, correct those that differ, remove doubles of ours.

    An address of an earlier `app_url` is corrected. Raises Transient, Permanent.
    """
    there = read(client)
    done: dict[str, list[str]] = {"kept": [], "made": [], "changed": [], "removed": []}
    for each in wanted(app_url):
        known = ours(there, each)
        for double in known[1:]:
            remove(client, double)
            done["removed"].append(each.topic)
        if not known:
            done["made" if make(client, each) else "kept"].append(each.topic)
        elif known[0].problem(each) is None:
            done["kept"].append(each.topic)
        else:
            client.execute("webhook_update", id=known[0].gid, subscription=each.input)
            done["changed"].append(each.topic)
    return Ensured(**{name: tuple(topics) for name, topics in done.items()})


def standing(client: AdminClient, app_url: str) -> list[tuple[str, str, str | None]]:
    """Topic, address and problem of each subscription that there should be; None is no problem.

    Only reads. Raises Transient, Permanent.
    """
    there, found = read(client), []
    for each in wanted(app_url):
        first = next(iter(ours(there, each)), None)
        problem = "is lacking" if first is None else first.problem(each)
        found.append((each.topic, each.uri, problem))
    return found


def ours(there: list[Subscription], wanted: Subscription) -> list[Subscription]:
    """Those that are ours, of one topic: by name or by address; the one to be kept comes first."""
    mine = [
        each
        for each in there
        if each.topic == wanted.topic and (each.name == wanted.name or each.uri == wanted.uri)
    ]
    return sorted(mine, key=lambda each: (each.name != wanted.name, each.uri != wanted.uri))


def make(client: AdminClient, wanted: Subscription) -> bool:
    """Make a subscription; False when another process was first."""
    try:
        client.execute("webhook_create", repeatable=False, topic=wanted.topic, subscription=wanted.input)
    except UserErrors as error:
        if not any(word in str(error).lower() for word in ("taken", "already exists")):
            raise
        log.info("%s: the subscription to %s was there already", client.domain, wanted.topic)
        return False
    return True


def remove(client: AdminClient, double: Subscription) -> None:
    """Delete a subscription; one that is gone already is no error."""
    try:
        client.execute("webhook_delete", id=double.gid)
    except UserErrors as error:
        if "exist" not in str(error).lower():
            raise


def read(client: AdminClient) -> list[Subscription]:
    """Every subscription that this app made through the API in the shop. Raises Transient, Permanent."""
    found: list[Subscription] = []
    after = None
    while True:
        page = client.execute("webhook_subscriptions", after=after)["webhookSubscriptions"]
        found += [
            Subscription(
                topic=node["topic"],
                uri=node["uri"],
                name=node.get("name"),
                fields=frozenset(node.get("includeFields") or ()),
                format=node.get("format") or "JSON",
                filter=node.get("filter") or "",
                gid=node["id"],
            )
            for node in page["nodes"]
        ]
        if not page["pageInfo"]["hasNextPage"]:
            return found
        after = page["pageInfo"]["endCursor"]
