"""What a collection's source shows of itself: conditions and hand-picked products."""

from typing import Any

from shopify_bot.devstore.api import membership
from shopify_bot.devstore.api.connection import connection
from shopify_bot.devstore.api.registry import resolver
from shopify_bot.devstore.records import CategoryCondition, CollectionConditionsSource
from shopify_bot.devstore.shop import Shop


@resolver("CollectionConditionsSource", "inclusion")
def inclusion(source: CollectionConditionsSource, shop: Shop) -> CollectionConditionsSource:
    return source


@resolver("CollectionConditionsSource", "products")
def products(source: CollectionConditionsSource, shop: Shop, **page: Any) -> dict[str, Any]:
    found = [p for p in shop.products.values() if membership.source_holds(shop, source, p)]
    return connection(found, **page)


@resolver("CollectionSourceInclusion", "selections")
def selections(source: CollectionConditionsSource, shop: Shop, **page: Any) -> dict[str, Any]:
    ids = source.selected()
    rows = [{"product": shop.products[id], "variant_ids": None} for id in ids]
    return connection(rows, keys=ids, **page)


@resolver("CollectionSourceInclusionConditionProductCategory", "values")
def values(condition: CategoryCondition, shop: Shop) -> list[dict[str, Any]]:
    return [
        {"category": shop.around.taxonomy.find(category), "include_descendants": below}
        for category, below in condition.values
    ]
