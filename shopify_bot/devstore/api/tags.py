"""`tagsAdd` and `tagsRemove`: tags are trimmed, sorted, and the same whatever their case."""

from collections.abc import Iterable
from typing import Any

from shopify_bot.devstore.api.nodes import find
from shopify_bot.devstore.api.refusals import Refused
from shopify_bot.devstore.api.registry import mutation
from shopify_bot.devstore.records import Product
from shopify_bot.devstore.shop import Shop

MOST_TAGS = 250
LONGEST_TAG = 255


@mutation("tagsAdd", "write_products", "node")
def tags_add(shop: Shop, id: str, tags: list[str]) -> dict[str, Any]:
    product = _tagged(shop, id)
    write(shop, product, added=cleaned(tags))
    return {"node": product}


@mutation("tagsRemove", "write_products", "node")
def tags_remove(shop: Shop, id: str, tags: list[str]) -> dict[str, Any]:
    product = _tagged(shop, id)
    write(shop, product, removed=cleaned(tags))
    return {"node": product}


def cleaned(tags: Iterable[str]) -> list[str]:
    """Tags as Shopify keeps them. Raises Refused when one is too long."""
    parts = [part.strip() for tag in tags for part in tag.split(",")]
    if any(len(part) > LONGEST_TAG for part in parts):
        raise Refused("Product tags is invalid", "tags")
    unlike = {part.casefold(): part for part in reversed(parts) if part}
    return sorted(unlike.values(), key=str.casefold)


def write(
    shop: Shop, product: Product, added: list[str] | None = None, removed: list[str] | None = None
) -> None:
    """Add or remove tags and write it into the ledger. Raises Refused when there would be too many."""
    before = list(product.tags)
    going = {tag.casefold() for tag in removed or []}
    after = cleaned([tag for tag in before if tag.casefold() not in going] + (added or []))
    if len(after) > MOST_TAGS:
        raise Refused(f"Product tags cannot be more than {MOST_TAGS}", "tags")
    product.tags = after
    if added is not None:
        shop.record("tags_added", product.id, before, after)
    if removed is not None:
        shop.record("tags_removed", product.id, before, after)
    if before != after:
        shop.touch(product)


def _tagged(shop: Shop, id: str) -> Product:
    product = shop.product_to_write(id) or find(shop, id)
    if not isinstance(product, Product):
        raise Refused("Product does not exist", "id")
    return product
