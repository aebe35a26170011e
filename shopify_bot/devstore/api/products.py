"""`product`, `products` and `productUpdate`."""

from typing import Any

from shopify_bot.devstore.api import membership, tags
from shopify_bot.devstore.api.connection import connection, sorted_connection
from shopify_bot.devstore.api.refusals import Refused, coded
from shopify_bot.devstore.api.registry import mutation, query, resolver
from shopify_bot.devstore.api.search import Reader, Words, matching
from shopify_bot.devstore.api.text import plain
from shopify_bot.devstore.gids import key_of
from shopify_bot.devstore.ledger import Kind
from shopify_bot.devstore.records import Collection, Product
from shopify_bot.devstore.shop import Shop
from shopify_bot.devstore.taxonomy import TaxonomyCategory

LONGEST = 255
# Input field, and the ledger's word for a write to it.
_WRITES: dict[str, Kind | None] = {
    "title": "title_written",
    "category": "category_written",
    "product_type": "product_type_written",
    "status": "status_written",
    "vendor": None,
    "description_html": None,
}
_READERS: dict[str, Reader] = {
    "id": lambda product: int(key_of(product.id)),
    "title": lambda product: Words(product.title),
    "handle": lambda product: product.handle,
    "status": lambda product: product.status,
    "vendor": lambda product: product.vendor,
    "product_type": lambda product: product.product_type,
    "tag": lambda product: product.tags,
    "created_at": lambda product: product.created_at,
    "updated_at": lambda product: product.updated_at,
    "published_at": lambda product: min(product.published.values(), default=product.created_at),
}


@query("product", "read_products")
def product(shop: Shop, id: str) -> Product | None:
    return shop.products.get(id)


@query("productByIdentifier", "read_products")
def product_by_identifier(shop: Shop, identifier: dict[str, str]) -> Product | None:
    if "id" in identifier:
        return shop.products.get(identifier["id"])
    return next((p for p in shop.products.values() if p.handle == identifier["handle"]), None)


@query("products", "read_products")
def products(shop: Shop, query: str | None = None, sort_key: str = "ID", **page: Any) -> dict[str, Any]:
    found = _found(shop, query)
    return sorted_connection(found, _READERS[sort_key.lower()], shop.around.deepest_page, **page)


@query("productsCount", "read_products")
def products_count(shop: Shop, query: str | None = None, limit: int | None = 10_000) -> dict[str, Any]:
    count = len(_found(shop, query))
    if limit is not None and count > limit:
        return {"count": limit, "precision": "AT_LEAST"}
    return {"count": count, "precision": "EXACT"}


def _found(shop: Shop, query: str | None) -> list[Product]:
    return matching(list(shop.products.values()), query, _READERS, _searched)


def _searched(product: Product) -> str:
    return " ".join((product.title, product.vendor, product.product_type, *product.tags))


@mutation("productUpdate", "write_products", "product")
def product_update(shop: Shop, product: dict[str, Any] | None = None) -> dict[str, Any]:
    wanted = product or {}
    found = shop.product_to_write(wanted.get("id") or "")
    if found is None:
        raise Refused("Product does not exist", "id")
    if found.id in shop.refused_products:
        raise Refused(shop.refused_products[found.id])
    _check(shop, wanted)
    joined = [membership.hand_picked(shop, id) for id in wanted.get("collections_to_join") or []]
    left = [membership.hand_picked(shop, id) for id in wanted.get("collections_to_leave") or []]
    _write(shop, found, wanted)
    for collection, source in joined:
        membership.add(shop, collection, source, found)
    for collection, source in left:
        membership.remove(shop, collection, source, found)
    return {"product": found}


def _check(shop: Shop, wanted: dict[str, Any]) -> None:
    if "title" in wanted and not (wanted["title"] or "").strip():
        raise Refused("Title can't be blank", "title")
    for name, label in (("title", "Title"), ("product_type", "Product type"), ("vendor", "Vendor")):
        if len(wanted.get(name) or "") > LONGEST:
            field = "productType" if name == "product_type" else name
            raise Refused(f"{label} is too long (maximum is {LONGEST} characters)", field)
    category = wanted.get("category")
    if category is not None and shop.around.taxonomy.find(category) is None:
        raise coded("Invalid product_taxonomy_node_id", "INVALID_PRODUCT_TAXONOMY_NODE_ID")
    if wanted.get("tags") is not None and len(tags.cleaned(wanted["tags"])) > tags.MOST_TAGS:
        raise Refused(f"Product tags cannot be more than {tags.MOST_TAGS}", "tags")


def _write(shop: Shop, product: Product, wanted: dict[str, Any]) -> None:
    changed = False
    for name, kind in _WRITES.items():
        if name not in wanted or (wanted[name] is None and name != "category"):
            continue
        before = getattr(product, name)
        setattr(product, name, wanted[name])
        changed = changed or before != wanted[name]
        if kind:
            shop.record(kind, product.id, before, wanted[name])
    if changed:
        shop.touch(product)
    if wanted.get("tags") is not None:
        _overwrite_tags(shop, product, tags.cleaned(wanted["tags"]))


def _overwrite_tags(shop: Shop, product: Product, wanted: list[str]) -> None:
    kept = {tag.casefold() for tag in wanted}
    dropped = [tag for tag in product.tags if tag.casefold() not in kept]
    tags.write(shop, product, added=wanted, removed=dropped or None)


@resolver("Product", "category")
def category(product: Product, shop: Shop) -> TaxonomyCategory | None:
    return shop.around.taxonomy.find(product.category)


@resolver("Product", "collections")
def collections(
    product: Product, shop: Shop, query: str | None = None, sort_key: str = "ID", **page: Any
) -> dict[str, Any]:
    found = [c for c in shop.collections.values() if membership.holds(shop, c, product)]
    return connection(matching(found, query, {}, lambda collection: collection.title), **page)


@resolver("Product", "inCollection")
def in_collection(product: Product, shop: Shop, id: str) -> bool:
    collection: Collection | None = shop.collections.get(id)
    return collection is not None and membership.holds(shop, collection, product)


@resolver("Product", "legacyResourceId")
def legacy_resource_id(product: Product, shop: Shop) -> str:
    return key_of(product.id)


@resolver("Product", "description")
def description(product: Product, shop: Shop, truncate_at: int | None = None) -> str:
    return plain(product.description_html)[:truncate_at]


@resolver("Product", "publishedAt")
def published_at(product: Product, shop: Shop) -> Any:
    return product.published.get(shop.publication("online_store").id)


@resolver("Product", "onlineStoreUrl")
def online_store_url(product: Product, shop: Shop) -> str | None:
    shown = product.status == "ACTIVE" and published_at(product, shop) is not None
    return f"https://{shop.domain}/products/{product.handle}" if shown else None
