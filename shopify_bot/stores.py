"""A shop's Admin client, made from its row; kept for as long as its token stays."""

from shopify_bot import vault
from shopify_bot.settings import Settings
from shopify_bot.shopify import channels
from shopify_bot.shopify.client import AdminClient
from shopify_bot.shopify.errors import TokenRefused
from shopify_bot.shopify.pictures import PictureFetcher, PictureRules
from shopify_bot.tables import Shop


class Stores:
    """The clients of one process, one per shop."""

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        self.clients: dict[int, tuple[str, AdminClient]] = {}
        self.online_stores: dict[AdminClient, str] = {}
        self.pictures = PictureFetcher(picture_rules(settings))

    def client(self, shop: Shop) -> AdminClient:
        """The client of a shop. Raises TokenRefused when we hold no token, CannotDecrypt."""
        if shop.token is None:
            raise TokenRefused(
                f"We hold no access token of {shop.domain}: shopify-bot shops add {shop.domain}"
            )
        kept = self.clients.get(shop.id)
        if kept is None or kept[0] != shop.token:
            token = vault.decrypt(self.settings, shop.token)
            kept = (shop.token, AdminClient(shop.domain, token, self.settings.admin_origin))
            self.clients[shop.id] = kept
        return kept[1]

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
