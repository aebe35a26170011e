"""`node` and `nodes`: any thing by its global id."""

from typing import Any

from graphql import GraphQLError

from shopify_bot.devstore.api.refusals import coded
from shopify_bot.devstore.api.registry import query
from shopify_bot.devstore.gids import kind_of
from shopify_bot.devstore.shop import Shop

MOST_IDS = 250


@query("node", "read_products")
def node(shop: Shop, id: str) -> Any:
    return find(shop, id)


@query("nodes", "read_products")
def nodes(shop: Shop, ids: list[str]) -> list[Any]:
    if len(ids) > MOST_IDS:
        message = f"The input array size of {len(ids)} is greater than the maximum allowed of {MOST_IDS}."
        raise coded(message, "MAX_INPUT_SIZE_EXCEEDED")
    return [find(shop, id) for id in ids]


def find(shop: Shop, id: str) -> Any:
    """The thing of that id, or None. Raises GraphQLError when it is no global id."""
    match kind_of(id):
        case None:
            raise GraphQLError(f"Invalid global id '{id}'")
        case "Product":
            return shop.products.get(id)
        case "Collection":
            return shop.collections.get(id)
        case "Publication":
            return shop.publications.get(id)
        case "TaxonomyCategory":
            return shop.around.taxonomy.find(id)
        case "MediaImage":
            pictures = (media for product in shop.products.values() for media in product.media)
            return next((media for media in pictures if media.id == id), None)
        case "BulkOperation":
            return shop.bulk_operations.get(id)
        case "WebhookSubscription":
            return shop.subscriptions.get(id)
        case "Shop":
            return shop
    return None
