"""`collection`, `collections`, `collectionCreate` and `collectionUpdate`."""

import time
from typing import Any

from shopify_bot.devstore.api import membership, sources
from shopify_bot.devstore.api.connection import connection, sorted_connection
from shopify_bot.devstore.api.refusals import Refused
from shopify_bot.devstore.api.registry import mutation, query, resolver
from shopify_bot.devstore.api.search import Reader, Words, matching
from shopify_bot.devstore.api.text import plain
from shopify_bot.devstore.gids import key_of
from shopify_bot.devstore.handles import free_handle, handle_of
from shopify_bot.devstore.records import Collection, Job, now
from shopify_bot.devstore.shop import Shop

LONGEST = 255
_READERS: dict[str, Reader] = {
    "id": lambda collection: int(key_of(collection.id)),
    "title": lambda collection: Words(collection.title),
    "handle": lambda collection: collection.handle,
    "updated_at": lambda collection: collection.updated_at,
}


@query("collection", "read_products")
def collection(shop: Shop, id: str) -> Collection | None:
    return shop.collections.get(id)


@query("collectionByIdentifier", "read_products")
def collection_by_identifier(shop: Shop, identifier: dict[str, str]) -> Collection | None:
    if "id" in identifier:
        return shop.collections.get(identifier["id"])
    return next((c for c in shop.collections.values() if c.handle == identifier["handle"]), None)


@query("collections", "read_products")
def collections(shop: Shop, query: str | None = None, sort_key: str = "ID", **page: Any) -> dict[str, Any]:
    found = matching(list(shop.collections.values()), query, _READERS, lambda collection: collection.title)
    return sorted_connection(found, _READERS[sort_key.lower()], shop.around.deepest_page, **page)


@mutation("collectionCreate", "write_products", "collection")
def collection_create(shop: Shop, collection: dict[str, Any] | None = None) -> dict[str, Any]:
    """Not idempotent: the same input makes another collection with another handle, unpublished."""
    wanted = collection or {}
    _check_title(wanted.get("title") or "")
    described = wanted.get("sources") or []
    sources.check_new(shop, described, "sources")
    made = [sources.make(shop, target) for target in described]
    fields = {name: wanted[name] for name in ("description_html", "sort_order") if wanted.get(name)}
    new = shop.add_collection(wanted["title"], wanted.get("handle"), made, **fields)
    shop.record("collection_created", new.id, None, {"title": new.title, "handle": new.handle})
    sources.fill(shop, new, described, made)
    return {"collection": new}


@mutation("collectionUpdate", "write_products", "collection", "job")
def collection_update(shop: Shop, collection: dict[str, Any] | None = None) -> dict[str, Any]:
    """Changes of members come with a job that is done a moment later."""
    wanted = collection or {}
    found = shop.collections.get(wanted.get("id") or "")
    if found is None:
        raise Refused("Collection does not exist", "id")
    if "title" in wanted:
        _check_title(wanted["title"] or "")
    described, updates = wanted.get("sources_to_create") or [], wanted.get("sources_to_update") or []
    sources.check_new(shop, described, "sourcesToCreate")
    sources.check_update(shop, found, updates)
    _rename(shop, found, wanted)
    _change_sources(shop, found, described, updates, wanted.get("sources_to_delete") or [])
    moving = described or updates or wanted.get("sources_to_delete")
    return {"collection": found, "job": _job(shop) if moving else None}


def _check_title(title: str) -> None:
    if not title.strip():
        raise Refused("Title can't be blank", "title")
    if len(title) > LONGEST:
        raise Refused(f"Title is too long (maximum is {LONGEST} characters)", "title")


def _rename(shop: Shop, collection: Collection, wanted: dict[str, Any]) -> None:
    for name in ("title", "description_html", "sort_order"):
        if wanted.get(name) is not None:
            setattr(collection, name, wanted[name])
    if wanted.get("handle"):
        taken = {other.handle for other in shop.collections.values() if other is not collection}
        collection.handle = free_handle(handle_of(wanted["handle"]), taken)
    collection.updated_at = now()


def _change_sources(
    shop: Shop,
    collection: Collection,
    described: list[dict[str, Any]],
    updates: list[dict[str, Any]],
    deleted: list[str],
) -> None:
    made = [sources.make(shop, target) for target in described]
    collection.sources.extend(made)
    sources.fill(shop, collection, described, made)
    sources.update(shop, collection, updates)
    for source in [source for source in collection.sources if source.id in deleted]:
        for product_id in list(source.selections):
            membership.remove(shop, collection, source, shop.products[product_id])
        collection.sources.remove(source)


def _job(shop: Shop) -> Job:
    job = Job(shop.new_id("Job"), time.time() + shop.around.job_seconds)
    shop.jobs[job.id] = job
    return job


@resolver("Collection", "hasProduct")
def has_product(collection: Collection, shop: Shop, id: str) -> bool:
    product = shop.products.get(id)
    return product is not None and membership.holds(shop, collection, product)


@resolver("Collection", "products")
def products(collection: Collection, shop: Shop, sort_key: str = "ID", **page: Any) -> dict[str, Any]:
    return connection(membership.members(shop, collection), **page)


@resolver("Collection", "productsCount")
def products_count(collection: Collection, shop: Shop) -> dict[str, Any]:
    return {"count": len(membership.members(shop, collection)), "precision": "EXACT"}


@resolver("Collection", "legacyResourceId")
def legacy_resource_id(collection: Collection, shop: Shop) -> str:
    return key_of(collection.id)


@resolver("Collection", "description")
def description(collection: Collection, shop: Shop, truncate_at: int | None = None) -> str:
    return plain(collection.description_html)[:truncate_at]
