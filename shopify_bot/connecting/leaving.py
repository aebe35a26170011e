"""Letting a shop go: what we hold of it here and, where we can, what we put there to hear of it."""

import logging

from redis.exceptions import RedisError

from shopify_bot.bot import Bot
from shopify_bot.chores import subscriptions
from shopify_bot.errors import ShopifyBotError
from shopify_bot.shopify import pacing
from shopify_bot.shops import find_shop
from shopify_bot.stores import Stores

log = logging.getLogger(__name__)


def withdraw(bot: Bot, domain: str) -> int:
    """Remove our webhook subscriptions from the store; how many. Raises ShopifyError, CannotDecrypt."""
    with bot.database.reading() as session:
        shop = find_shop(session, domain)
    client, app_url = Stores(bot).client(shop), bot.settings.app_url
    there = subscriptions.read(client)
    mine = [one for each in subscriptions.wanted(app_url) for one in subscriptions.ours(there, each)]
    for one in mine:
        subscriptions.remove(client, one)
    return len(mine)


def delete(bot: Bot, domain: str) -> None:
    """Delete every row of the shop, and what Redis knows of it. Raises NotFound."""
    with bot.database.writing() as session:
        shop = find_shop(session, domain)
        session.delete(shop)
    forget_pace(bot, shop.domain)


def forget_pace(bot: Bot, domain: str) -> None:
    """Delete what Redis knows of a shop; when Redis is away, it forgets by itself within a day."""
    try:
        if redis := bot.doorbell.client():
            redis.delete(f"{pacing.PREFIX}:{domain}")
    except RedisError as error:
        log.warning("redis is away and forgets the pace of %s within a day: %s", domain, error)


def withdrawn(bot: Bot, domain: str) -> str:
    """Remove our subscriptions if it can be done, and say in words what came of it."""
    try:
        count = withdraw(bot, domain)
    except ShopifyBotError as error:
        return (
            f"Our webhook subscriptions could not be removed from {domain} ({error}). Remove the app from "
            "the store in the Shopify admin, under Settings, Apps: that ends them."
        )
    return f"Removed {count} webhook subscriptions of ours from {domain}."
