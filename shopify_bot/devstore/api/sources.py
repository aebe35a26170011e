"""Sources of a collection, as the inputs of collectionCreate and collectionUpdate describe them."""

from typing import Any

from shopify_bot.devstore.api import membership
from shopify_bot.devstore.api.refusals import Refused
from shopify_bot.devstore.api.registry import snake
from shopify_bot.devstore.records import CategoryCondition, Collection, CollectionConditionsSource, Product
from shopify_bot.devstore.shop import Shop

MOST_SELECTIONS = 250


def check_new(shop: Shop, described: list[dict[str, Any]], field: str) -> None:
    """See that every source could be made. Raises Refused."""
    for place, target in enumerate(described):
        source, where = target["source"], (field, str(place), "source")
        if not source["title"].strip():
            raise Refused("Title can't be blank", *where, "title")
        inclusion = source.get("inclusion") or {}
        picked(shop, inclusion.get("selections") or [], *where, "inclusion", "selections")
        for condition in inclusion.get("conditions") or []:
            _check_condition(shop, condition["product_category"], *where, "inclusion", "conditions")


def make(shop: Shop, described: dict[str, Any]) -> CollectionConditionsSource:
    """A source without its members."""
    source, inclusion = described["source"], described["source"].get("inclusion") or {}
    return CollectionConditionsSource(
        id=shop.new_id("CollectionConditionsSource"),
        title=source["title"],
        description=source.get("description"),
        target_type=source["target_type"],
        match_type=inclusion.get("match_type"),
        conditions=[
            _condition(shop, condition["product_category"]) for condition in inclusion.get("conditions") or []
        ],
    )


def fill(shop: Shop, collection: Collection, described: list[dict[str, Any]], made: list[Any]) -> None:
    """Put the hand-picked products of newly made sources in."""
    for target, source in zip(described, made, strict=True):
        inclusion = target["source"].get("inclusion") or {}
        for product in picked(shop, inclusion.get("selections") or []):
            membership.add(shop, collection, source, product)


def check_update(shop: Shop, collection: Collection, updates: list[dict[str, Any]]) -> None:
    """See that every update could be applied. Raises Refused."""
    for place, target in enumerate(updates):
        condition, where = target["condition"], ("sourcesToUpdate", str(place), "condition")
        source = find(collection, condition["id"])
        if source is None:
            raise Refused("Source does not exist", *where, "id")
        if source.shareable:
            raise Refused("Source is managed by another app", *where, "id")
        inclusion = condition.get("inclusion") or {}
        for field in ("selectionsToAdd", "selectionsToRemove"):
            name = snake(field)
            picked(shop, inclusion.get(name) or [], *where, "inclusion", field)


def update(shop: Shop, collection: Collection, updates: list[dict[str, Any]]) -> None:
    """Apply checked updates."""
    for target in updates:
        condition = target["condition"]
        source = find(collection, condition["id"])
        assert source is not None
        source.title = condition.get("title") or source.title
        source.description = condition.get("description", source.description)
        inclusion = condition.get("inclusion") or {}
        for product in picked(shop, inclusion.get("selections_to_add") or []):
            membership.add(shop, collection, source, product)
        for product in picked(shop, inclusion.get("selections_to_remove") or []):
            membership.remove(shop, collection, source, product)


def find(collection: Collection, source_id: str) -> CollectionConditionsSource | None:
    """The collection's source of that id."""
    return next((source for source in collection.sources if source.id == source_id), None)


def picked(shop: Shop, selections: list[dict[str, Any]], *where: str) -> list[Product]:
    """The products that selections name. Raises Refused."""
    if len(selections) > MOST_SELECTIONS:
        raise Refused(f"Cannot exceed {MOST_SELECTIONS} selections", *where)
    for place, selection in enumerate(selections):
        if shop.product_to_write(selection["product_id"]) is None:
            raise Refused("Product does not exist", *where, str(place), "productId")
    return [shop.products[selection["product_id"]] for selection in selections]


def _check_condition(shop: Shop, condition: dict[str, Any], *where: str) -> None:
    for value in condition["values"]:
        if shop.around.taxonomy.find(value["category_id"]) is None:
            raise Refused("Product category does not exist", *where)


def _condition(shop: Shop, described: dict[str, Any]) -> CategoryCondition:
    return CategoryCondition(
        id=shop.new_id("CollectionSourceInclusionConditionProductCategory"),
        match_type=described["match_type"],
        relation=described["relation"],
        values=[(value["category_id"], value["include_descendants"]) for value in described["values"]],
    )
