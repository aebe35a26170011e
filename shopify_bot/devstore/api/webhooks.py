"""`webhookSubscriptionCreate`, `…Update`, `…Delete`, and what is subscribed to."""

from typing import Any

from shopify_bot.devstore.api.addresses import address_problem
from shopify_bot.devstore.api.connection import connection
from shopify_bot.devstore.api.refusals import Refused
from shopify_bot.devstore.api.registry import allows, mutation, query, resolver
from shopify_bot.devstore.api.search import matching
from shopify_bot.devstore.gids import key_of
from shopify_bot.devstore.records import now
from shopify_bot.devstore.shop import Shop
from shopify_bot.devstore.subscriptions import SCOPE_OF_TOPIC, WebhookSubscription

_FIELDLESS = "The specified filter is invalid, please ensure you specify the field(s) you wish to filter on."
_NOTHING = "webhook_subscription"
_CHANGEABLE = ("uri", "filter", "format", "include_fields", "metafield_namespaces", "name")


@query("webhookSubscription")
def webhook_subscription(shop: Shop, id: str) -> WebhookSubscription | None:
    return shop.subscriptions.get(id)


@query("webhookSubscriptions")
def webhook_subscriptions(
    shop: Shop,
    topics: list[str] | None = None,
    uri: str | None = None,
    format: str | None = None,
    query: str | None = None,
    sort_key: str = "CREATED_AT",
    **page: Any,
) -> dict[str, Any]:
    fitting = [
        one
        for one in _searched(shop, query)
        if (not topics or one.topic in topics) and uri in (None, one.uri) and format in (None, one.format)
    ]
    return connection(fitting, **page)


@query("webhookSubscriptionsCount")
def webhook_subscriptions_count(shop: Shop, limit: int | None = 10_000, query: str | None = None) -> Any:
    found = len(_searched(shop, query))
    if limit is not None and found > limit:
        return {"count": limit, "precision": "AT_LEAST"}
    return {"count": found, "precision": "EXACT"}


@mutation("webhookSubscriptionCreate", "", _NOTHING)
def webhook_subscription_create(
    shop: Shop, topic: str, webhook_subscription: dict[str, Any]
) -> dict[str, Any]:
    scope = SCOPE_OF_TOPIC[topic]
    if scope and not allows(shop.scopes, scope):
        raise Refused("You cannot create a webhook subscription with the specified topic", "topic")
    wanted = _wanted(webhook_subscription)
    made = WebhookSubscription(shop.new_id("WebhookSubscription"), topic, wanted.pop("uri", ""), **wanted)
    _check(shop, made)
    shop.subscriptions[made.id] = made
    return {"webhook_subscription": made}


@mutation("webhookSubscriptionUpdate", "", _NOTHING)
def webhook_subscription_update(shop: Shop, id: str, webhook_subscription: dict[str, Any]) -> dict[str, Any]:
    there = _existing(shop, id)
    before = {name: getattr(there, name) for name in _CHANGEABLE}
    changed = WebhookSubscription(
        there.id, there.topic, **(before | _wanted(webhook_subscription)), created_at=there.created_at
    )
    _check(shop, changed)
    changed.updated_at = now()
    shop.subscriptions[id] = changed
    return {"webhook_subscription": changed}


@mutation("webhookSubscriptionDelete", "", "deleted_webhook_subscription_id")
def webhook_subscription_delete(shop: Shop, id: str) -> dict[str, Any]:
    del shop.subscriptions[_existing(shop, id).id]
    return {"deleted_webhook_subscription_id": id}


@resolver("WebhookSubscription", "apiVersion")
def api_version(subscription: WebhookSubscription, shop: Shop) -> dict[str, Any]:
    version = shop.around.api_version
    return {"handle": version, "display_name": version, "supported": True}


def _searched(shop: Shop, text: str | None) -> list[WebhookSubscription]:
    readers = {"id": lambda one: int(key_of(one.id)), "created_at": lambda one: one.created_at}
    found: list[WebhookSubscription] = matching(
        list(shop.subscriptions.values()), text, readers, lambda one: one.uri
    )
    return found


def _existing(shop: Shop, id: str) -> WebhookSubscription:
    try:
        return shop.subscriptions[id]
    except KeyError:
        raise Refused("Webhook subscription does not exist", "id") from None


def _wanted(given: dict[str, Any]) -> dict[str, Any]:
    """The fields of the input; an explicit null takes a list or the format back to what it is without."""
    without = {"uri": "", "format": "JSON", "include_fields": [], "metafield_namespaces": []}
    return {name: without.get(name) if value is None else value for name, value in given.items()}


def _check(shop: Shop, wanted: WebhookSubscription) -> None:
    # Shopify names the field of old even when the new one was given.
    if problem := address_problem(wanted.uri):
        raise Refused(problem, "webhookSubscription", "callbackUrl")
    others = [one for one in shop.subscriptions.values() if one.id != wanted.id]
    if any(one.key == wanted.key for one in others):
        taken = "Address for this topic has already been taken"
        raise Refused(taken, "webhookSubscription", "callbackUrl")
    if wanted.name is not None and any(one.name == wanted.name for one in others):
        raise Refused("Name already exists, no duplicate allowed", "webhookSubscription", "name")
    if wanted.filter and ":" not in wanted.filter:
        raise Refused(_FIELDLESS, "webhookSubscription")
    if wanted.format != "JSON":
        raise Refused("The local store writes JSON only", "webhookSubscription", "format")
