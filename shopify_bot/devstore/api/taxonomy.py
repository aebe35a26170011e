"""`taxonomy` and its categories."""

from typing import Any

from shopify_bot.devstore.api.connection import connection
from shopify_bot.devstore.api.registry import query, resolver
from shopify_bot.devstore.shop import Shop
from shopify_bot.devstore.taxonomy import TaxonomyCategory


@query("taxonomy")
def taxonomy(shop: Shop) -> dict[str, Any]:
    return {}


@resolver("Taxonomy", "categories")
def categories(
    _: Any,
    shop: Shop,
    search: str | None = None,
    children_of: str | None = None,
    descendants_of: str | None = None,
    siblings_of: str | None = None,
    **page: Any,
) -> dict[str, Any]:
    """All roots, or what the search, the parent, the ancestor or the sibling points at; none archived."""
    known = shop.around.taxonomy
    found = known.search(search or "")
    if not any((search, children_of, descendants_of, siblings_of)):
        found = [category for category in found if category.is_root]
    if children_of:
        found = [category for category in found if category.parent_id == children_of]
    if descendants_of:
        found = [c for c in found if c.id != descendants_of and known.is_within(c.id, descendants_of)]
    if siblings_of and (sibling := known.find(siblings_of)):
        found = [c for c in found if c.parent_id == sibling.parent_id and c.id != siblings_of]
    return connection(found, **page)


@resolver("TaxonomyCategory", "childrenIds")
def children_ids(category: TaxonomyCategory, shop: Shop) -> list[str]:
    return shop.around.taxonomy.children_ids(category)


@resolver("TaxonomyCategory", "isLeaf")
def is_leaf(category: TaxonomyCategory, shop: Shop) -> bool:
    return not shop.around.taxonomy.children_ids(category)
