"""Which products a collection holds: hand-picked ones and those that its conditions match."""

import time

from shopify_bot.devstore.api.refusals import Refused
from shopify_bot.devstore.records import CategoryCondition, Collection, CollectionConditionsSource, Product
from shopify_bot.devstore.shop import Shop


def holds(shop: Shop, collection: Collection, product: Product) -> bool:
    """Whether the product is a member by now."""
    return any(source_holds(shop, source, product) for source in collection.sources)


def members(shop: Shop, collection: Collection) -> list[Product]:
    """All members, in the order in which the products were made."""
    return [product for product in shop.products.values() if holds(shop, collection, product)]


def source_holds(shop: Shop, source: CollectionConditionsSource, product: Product) -> bool:
    """Whether this source brings the product in, picked by hand or by its conditions."""
    if source.selections.get(product.id, float("inf")) <= time.time():
        return True
    fits = [_fits(shop, condition, product) for condition in source.conditions]
    return bool(fits) and (all(fits) if source.match_type != "ANY" else any(fits))


def hand_picked(shop: Shop, collection_id: str) -> tuple[Collection, CollectionConditionsSource]:
    """A collection and its source that we may add to by hand. Raises Refused."""
    collection = shop.collections.get(collection_id)
    if collection is None:
        raise Refused("Collection does not exist", "collectionsToJoin")
    for source in collection.sources:
        if not source.shareable:
            return collection, source
    raise Refused("Collection does not take products by hand", "collectionsToJoin")


def add(shop: Shop, collection: Collection, source: CollectionConditionsSource, product: Product) -> None:
    """Pick a product by hand; it shows as a member once the job is done."""
    there = product.id in source.selections
    shop.record("member_added", product.id, collection.id if there else None, collection.id)
    if not there:
        source.selections[product.id] = time.time() + shop.around.job_seconds
        shop.touch(product)


def remove(shop: Shop, collection: Collection, source: CollectionConditionsSource, product: Product) -> None:
    """Take a hand-picked product out again."""
    there = source.selections.pop(product.id, None) is not None
    shop.record("member_removed", product.id, collection.id if there else None, None)
    if there:
        shop.touch(product)


def _fits(shop: Shop, condition: CategoryCondition, product: Product) -> bool:
    known = shop.around.taxonomy
    matches = [
        known.is_within(product.category, category) if below else product.category == category
        for category, below in condition.values
    ]
    fit = all(matches) if condition.match_type == "ALL" else any(matches)
    return fit if condition.relation == "EQUALS" else not fit
