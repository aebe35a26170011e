"""Collections with hand-picked members, in the model of sources that came with API version 2026-07."""

import re
import unicodedata
from dataclasses import dataclass
from typing import Any

from shopify_bot.shopify.client import AdminClient

SOURCE_TITLE = "Hand-picked"


@dataclass(frozen=True)
class Collection:
    """A collection, seen with one product and one sales channel in mind."""

    gid: str
    handle: str
    has_product: bool
    published: bool
    source_gid: str | None
    """Its source of hand-picked members; None when it has rules only."""


def handle_of(title: str) -> str:
    """The handle that Shopify would make of a title."""
    plain = unicodedata.normalize("NFKD", title).encode("ascii", "ignore").decode()
    return re.sub(r"[^a-z0-9]+", "-", plain.lower()).strip("-") or "collection"


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


def read_collection(client: AdminClient, gid: str, product: str, publication_id: str) -> Collection | None:
    """The collection, whether it has the product and is on the sales channel; None when it was deleted."""
    data = client.execute("collection_by_id", id=gid, productId=product, publicationId=publication_id)
    found = data.get("collection")
    if not found:
        return None
    return Collection(
        gid=found["id"],
        handle=found["handle"],
        has_product=found["hasProduct"],
        published=found["publishedOnPublication"],
        source_gid=next((source["id"] for source in found["sources"] if is_hand_picked(source)), None),
    )


def is_hand_picked(source: dict[str, Any]) -> bool:
    """Whether a source holds members chosen one by one rather than by rules."""
    return (
        source["__typename"] == "CollectionConditionsSource"
        and source["targetType"] == "PRODUCTS"
        and not source["shareable"]
        and not source["inclusion"]["conditions"]
    )


def add_member(client: AdminClient, collection: Collection, product: str) -> None:
    """Add a product by hand, in a source of its own where the collection has only rules."""
    members = [{"productId": product}]
    if collection.source_gid is None:
        source = {"title": SOURCE_TITLE, "inclusion": {"selections": members}}
        change(client, collection.gid, sourcesToCreate=[{"source": source}])
    else:
        select(client, collection.gid, collection.source_gid, selectionsToAdd=members)


def remove_member(client: AdminClient, collection: Collection, product: str) -> None:
    """Take out a hand-picked product."""
    if collection.source_gid is not None:
        select(client, collection.gid, collection.source_gid, selectionsToRemove=[{"productId": product}])


def select(client: AdminClient, gid: str, source_gid: str, **selections: Any) -> None:
    """Change the hand-picked members of one source."""
    change(client, gid, sourcesToUpdate=[{"condition": {"id": source_gid, "inclusion": selections}}])


def change(client: AdminClient, gid: str, **changes: Any) -> None:
    """Update a collection. The store does it in a job of its own: members show a moment later."""
    client.execute("collection_update", collection={"id": gid, **changes})
