"""`publications`, `publishablePublish`, `publishableUnpublish`, and where a thing is published."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from shopify_bot.devstore.api.connection import connection
from shopify_bot.devstore.api.nodes import find
from shopify_bot.devstore.api.refusals import Refused
from shopify_bot.devstore.api.registry import mutation, query, resolver
from shopify_bot.devstore.gids import gid, key_of
from shopify_bot.devstore.records import Collection, Product, Publication, Publishable, now
from shopify_bot.devstore.shop import Shop


@dataclass(frozen=True)
class AppCatalog:
    """The catalogue behind a sales channel; it bears the channel's name."""

    id: str
    title: str
    publication: Publication
    status: str = "ACTIVE"


@query("publications", "read_publications")
def publications(shop: Shop, catalog_type: str | None = None, **page: Any) -> dict[str, Any]:
    found = list(shop.publications.values()) if catalog_type in (None, "APP") else []
    return connection(found, **page)


@query("publication", "read_publications")
def publication(shop: Shop, id: str) -> Publication | None:
    return shop.publications.get(id)


@mutation("publishablePublish", "write_publications", "publishable")
def publishable_publish(shop: Shop, id: str, input: list[dict[str, Any]]) -> dict[str, Any]:
    thing, wanted = _publishable(shop, id), _publications(shop, input)
    for row, target in zip(input, wanted, strict=True):
        there = target.id in thing.published
        thing.published.setdefault(target.id, row.get("publish_date") or now())
        shop.record("published", thing.id, target.id if there else None, target.id)
        _tell(shop, thing, changed=not there)
    return {"publishable": thing}


@mutation("publishableUnpublish", "write_publications", "publishable")
def publishable_unpublish(shop: Shop, id: str, input: list[dict[str, Any]]) -> dict[str, Any]:
    thing = _publishable(shop, id)
    for target in _publications(shop, input):
        there = thing.published.pop(target.id, None) is not None
        shop.record("unpublished", thing.id, target.id if there else None, None)
        _tell(shop, thing, changed=there)
    return {"publishable": thing}


def _publishable(shop: Shop, id: str) -> Publishable:
    thing = shop.product_to_write(id) or find(shop, id)
    if not isinstance(thing, Product | Collection):
        raise Refused("Resource does not exist", "id")
    return thing


def _publications(shop: Shop, rows: list[dict[str, Any]]) -> list[Publication]:
    found = []
    for place, row in enumerate(rows):
        target = shop.publications.get(row.get("publication_id") or "")
        if target is None:
            message = "Publication does not exist or is not publishable"
            raise Refused(message, "input", str(place), "publicationId")
        found.append(target)
    return found


def _tell(shop: Shop, thing: Publishable, changed: bool) -> None:
    if changed and isinstance(thing, Product):
        shop.touch(thing)


def _shows(thing: Publishable, shop: Shop, date: datetime) -> bool:
    staged = shop.around.drafts_are_staged and isinstance(thing, Product) and thing.status == "DRAFT"
    return date <= now() and not staged


@resolver("Product", "publishedOnPublication")
@resolver("Collection", "publishedOnPublication")
def published_on_publication(thing: Publishable, shop: Shop, publication_id: str) -> bool:
    date = thing.published.get(publication_id)
    return date is not None and _shows(thing, shop, date)


@resolver("Product", "resourcePublicationsCount")
@resolver("Collection", "resourcePublicationsCount")
def resource_publications_count(
    thing: Publishable, shop: Shop, only_published: bool = True
) -> dict[str, Any]:
    return {"count": len(_dates(thing, shop, only_published)), "precision": "EXACT"}


@resolver("Product", "resourcePublicationsV2")
@resolver("Collection", "resourcePublicationsV2")
def resource_publications_v2(
    thing: Publishable, shop: Shop, only_published: bool = True, catalog_type: str | None = None, **page: Any
) -> dict[str, Any]:
    dates = _dates(thing, shop, only_published) if catalog_type in (None, "APP") else {}
    rows = [
        {
            "publication": shop.publications[id],
            "publish_date": date,
            "is_published": _shows(thing, shop, date),
            "publishable": thing,
        }
        for id, date in dates.items()
    ]
    return connection(rows, keys=list(dates), **page)


def _dates(thing: Publishable, shop: Shop, only_published: bool) -> dict[str, Any]:
    rows = thing.published.items()
    return {id: date for id, date in rows if not only_published or _shows(thing, shop, date)}


@resolver("Publication", "catalog")
def catalog(publication: Publication, shop: Shop) -> AppCatalog:
    return AppCatalog(gid("AppCatalog", key_of(publication.id)), publication.title, publication)


@resolver("Publication", "hasCollection")
def has_collection(publication: Publication, shop: Shop, id: str) -> bool:
    collection = shop.collections.get(id)
    return collection is not None and publication.id in collection.published


@resolver("Publication", "channels")
def channels(publication: Publication, shop: Shop, **page: Any) -> dict[str, Any]:
    return connection([_channel(publication)], keys=[publication.id], **page)


@resolver("AppCatalog", "channels")
def catalog_channels(catalog: AppCatalog, shop: Shop, **page: Any) -> dict[str, Any]:
    return channels(catalog.publication, shop, **page)


def _channel(publication: Publication) -> dict[str, Any]:
    return {
        "id": gid("Channel", key_of(publication.id)),
        "name": publication.title,
        "handle": publication.handle,
        "supports_future_publishing": publication.supports_future_publishing,
    }
