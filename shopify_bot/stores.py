"""A shop's Admin client, made from its row; kept until the shop is connected again."""

from datetime import datetime

from shopify_bot.bot import Bot
from shopify_bot.connecting import tokens
from shopify_bot.connecting.shop_access import ShopAccess
from shopify_bot.settings import Settings
from shopify_bot.shopify import channels
from shopify_bot.shopify.access import Access, FixedToken
from shopify_bot.shopify.client import AdminClient
from shopify_bot.shopify.pacing import pace
from shopify_bot.shopify.pictures import PictureFetcher, PictureRules
from shopify_bot.tables import Shop

Key = tuple[str, datetime, str | None]
"""The shop's domain, when it was last connected, and the Redis that keeps its pace."""


class Stores:
    """The clients of one process, one per shop."""

    def __init__(self, bot: Bot) -> None:
        self.bot, self.settings = bot, bot.settings
        self.clients: dict[int, tuple[Key, AdminClient]] = {}
        self.online_stores: dict[AdminClient, str] = {}
        self.pictures = PictureFetcher(picture_rules(bot.settings))

    def client(self, shop: Shop) -> AdminClient:
        """The client of a shop. Raises TokenRefused when we hold no token, CannotDecrypt."""
        if shop.token is None:
            raise tokens.no_token(shop.domain, shop.grant_type)
        redis = self.bot.doorbell.client()
        # With the domain: a database may give the number of a removed shop to another one.
        key = (shop.domain, shop.authorized_at, self.bot.doorbell.url)
        kept = self.clients.get(shop.id)
        if kept is None or kept[0] != key:
            paced = pace(shop.domain, redis)
            client = AdminClient(shop.domain, self.access(shop), self.settings.admin_origin, paced)
            kept = self.clients[shop.id] = (key, client)
        return kept[1]

    def access(self, shop: Shop) -> Access:
        """Where the shop's client takes its token from."""
        if shop.grant_type == tokens.STATIC:
            return FixedToken(tokens.held(shop, shop.domain, self.settings).token)
        return ShopAccess(self.bot, shop.id, shop.domain)

    def publications(self, shop: Shop) -> list[str]:
        """Ids of the sales channels to publish to: those chosen, else the Online Store alone."""
        if shop.publication_ids:
            return [str(each) for each in shop.publication_ids]
        client = self.client(shop)
        if client not in self.online_stores:
            self.online_stores[client] = channels.online_store(client)
        return [self.online_stores[client]]

    def forget_channels(self, shop: Shop) -> None:
        """Ask for the shop's channels again: the merchant may have changed them."""
        self.online_stores.pop(self.client(shop), None)


def picture_rules(settings: Settings) -> PictureRules:
    """Where this installation may fetch pictures from."""
    return PictureRules(
        hosts=frozenset(host.lower() for host in settings.image_hosts),
        local_hosts=settings.local_image_hosts,
        max_bytes=settings.image_max_bytes,
        timeout_s=settings.image_timeout_s,
    )
