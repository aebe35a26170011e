"""A local store that stands in for Shopify: the other side of the wire, for tests and for the demo."""

from shopify_bot.devstore.errors import DevStoreError
from shopify_bot.devstore.shop import Shop
from shopify_bot.devstore.store import DevStore

__all__ = ["DevStore", "DevStoreError", "Shop"]
