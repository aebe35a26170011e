"""Which store a token opens, and what it may do there."""

from dataclasses import dataclass

from shopify_bot.shopify.client import AdminClient


@dataclass(frozen=True)
class Identity:
    """The store's permanent domain, its name, and the scopes it granted."""

    domain: str
    name: str
    scopes: tuple[str, ...]


def identify(client: AdminClient) -> Identity:
    """Ask the store with the client's token. Raises Transient, Permanent."""
    data = client.execute("shop_and_scopes")
    scopes = data["currentAppInstallation"]["accessScopes"]
    shop = data["shop"]
    return Identity(shop["myshopifyDomain"].lower(), shop["name"], tuple(each["handle"] for each in scopes))
