"""How every product of a shop stands, with the label it should get."""

from typing import Any

from shopify_bot.devstore.api.membership import holds
from shopify_bot.devstore.shop import Shop


def products_of(shop: Shop) -> list[dict[str, Any]]:
    """One row a product; `online` says whether a visitor of the Online Store sees it."""
    online_store = shop.publication("online_store").id
    with shop.lock:
        inside = {
            product.id: [each for each in shop.collections.values() if holds(shop, each, product)]
            for product in shop.products.values()
        }
        return [
            {
                "shop": shop.domain,
                "id": product.id,
                "title": product.title,
                "created_at": product.created_at.timestamp(),
                "truth": product.truth,
                "trouble": product.trouble,
                "status": product.status,
                "category": product.category,
                "product_type": product.product_type,
                "tags": list(product.tags),
                "collections": [collection.id for collection in inside[product.id]],
                "collection_titles": [collection.title for collection in inside[product.id]],
                "publications": list(product.published),
                "online": product.status == "ACTIVE" and online_store in product.published,
                "media": [media.status for media in product.media],
            }
            for product in shop.products.values()
        ]
