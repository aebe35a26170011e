"""Collections of hand-picked members or of a category, in the model of sources of API version 2026-07."""

import re
import unicodedata
from dataclasses import dataclass
from hashlib import sha256
from typing import Any

from shopify_bot.shopify.client import AdminClient

SOURCE_TITLE = "Hand-picked"
CONDITION_TITLE = "By category"
LONGEST_HANDLE = 200
"""Shopify takes 255 characters; the rest is for what is put behind it."""
ACCENTS = re.compile("[\u0300-\u036f]")
DROPPED, NOT_PLAIN = re.compile(r"[\"'()\[\]]"), re.compile(r"[\W_]+")
BY_CATEGORY = "CollectionSourceInclusionConditionProductCategory"


@dataclass(frozen=True)
class Collection:
    """A collection, seen with one product in mind."""

    gid: str
    title: str
    handle: str
    has_product: bool
    published_on: tuple[str, ...]
    """Ids of the publications that it is on, of the first twenty."""
    source_gid: str | None
    """Its source of hand-picked members; None when it has rules only."""
    categories: tuple[str, ...] = ()
    """Ids of the taxonomy categories whose products it takes in."""


def handle_of(title: str) -> str:
    """The handle that Shopify would make of a title: accents go, letters of any alphabet stay."""
    plain = ACCENTS.sub("", unicodedata.normalize("NFKD", title))
    plain = DROPPED.sub("", unicodedata.normalize("NFC", plain).lower())
    handle = NOT_PLAIN.sub("-", plain)[:LONGEST_HANDLE].strip("-")
    return handle or f"collection-{sha256(title.encode()).hexdigest()[:8]}"


def find_collection(client: AdminClient, handle: str) -> str | None:
    """Id of the collection with that handle, or None."""
    found = client.execute("collection_by_handle", handle=handle).get("collectionByIdentifier")
    return found["id"] if found else None


def make_collection(client: AdminClient, title: str, first_product: str) -> str:
    """Make a collection with its first hand-picked member; returns its id. It is published nowhere yet.

    Not repeatable: look for it before each try.
    """
    source = {"title": SOURCE_TITLE, "inclusion": {"selections": [{"productId": first_product}]}}
    made = client.execute(
        "collection_create",
        repeatable=False,
        collection={"title": title, "handle": handle_of(title), "sources": [{"source": source}]},
    )
    gid: str = made["collectionCreate"]["collection"]["id"]
    return gid


def make_condition_collection(client: AdminClient, title: str, handle: str, category_id: str) -> str:
    """Make a collection of whatever has the category or one below it; returns its id, published nowhere yet.

    Not repeatable: look for it before each try.
    """
    value = {"categoryId": category_id, "includeDescendants": True}
    condition = {"productCategory": {"matchType": "ANY", "relation": "EQUALS", "values": [value]}}
    inclusion = {"matchType": "ALL", "conditions": [condition]}
    made = client.execute(
        "collection_create",
        repeatable=False,
        collection={
            "title": title,
            "handle": handle,
            "sources": [{"source": {"title": CONDITION_TITLE, "inclusion": inclusion}}],
        },
    )
    gid: str = made["collectionCreate"]["collection"]["id"]
    return gid


def read_collection(client: AdminClient, gid: str, product: str) -> Collection | None:
    """The collection, and whether it has the product; None when it was deleted."""
    found = client.execute("collection_by_id", id=gid, productId=product).get("collection")
    if not found:
        return None
    return Collection(
        gid=found["id"],
        title=found["title"],
        handle=found["handle"],
        has_product=found["hasProduct"],
        published_on=tuple(node["publication"]["id"] for node in found["resourcePublicationsV2"]["nodes"]),
        source_gid=next((source["id"] for source in found["sources"] if is_hand_picked(source)), None),
        categories=tuple(each for source in found["sources"] for each in categories_of(source)),
    )


def categories_of(source: dict[str, Any]) -> list[str]:
    """Ids of the categories that a source takes in."""
    conditions = (source.get("inclusion") or {}).get("conditions") or []
    return [
        value["category"]["id"]
        for condition in conditions
        if condition["__typename"] == BY_CATEGORY and condition["relation"] == "EQUALS"
        for value in condition["values"]
        if value["category"]
    ]


def is_hand_picked(source: dict[str, Any]) -> bool:
    """Whether a source holds members chosen one by one rather than by rules."""
    return (
        source["__typename"] == "CollectionConditionsSource"
        and source["targetType"] == "PRODUCTS"
        and not source["shareable"]
        and not source["inclusion"]["conditions"]
    )


def add_member(client: AdminClient, collection: Collection, product: str) -> None:
    """Add a product by hand, in a source of its own where the collection has only rules.

    The latter is not repeatable: see whether the collection has the product before each try.
    """
    members = [{"productId": product}]
    if collection.source_gid is None:
        source = {"title": SOURCE_TITLE, "inclusion": {"selections": members}}
        update(client, collection.gid, repeatable=False, sourcesToCreate=[{"source": source}])
    else:
        select(client, collection.gid, collection.source_gid, selectionsToAdd=members)


def remove_member(client: AdminClient, collection: Collection, product: str) -> None:
    """Take out a hand-picked product."""
    if collection.source_gid is not None:
        select(client, collection.gid, collection.source_gid, selectionsToRemove=[{"productId": product}])


def select(client: AdminClient, gid: str, source_gid: str, **selections: Any) -> None:
    """Change the hand-picked members of one source."""
    update(client, gid, sourcesToUpdate=[{"condition": {"id": source_gid, "inclusion": selections}}])


def update(client: AdminClient, gid: str, *, repeatable: bool = True, **changes: Any) -> None:
    """Update a collection. The store does it in a job of its own: members show a moment later."""
    client.execute("collection_update", repeatable=repeatable, collection={"id": gid, **changes})
