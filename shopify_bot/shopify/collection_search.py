"""The collections that a store has, to choose one from."""

import re
from dataclasses import dataclass
from typing import Any, Literal

from shopify_bot.shopify.client import AdminClient

WORD = re.compile(r"\w+")

FilledBy = Literal["hand", "rules", "others"]
"""Products chosen one by one; rules, beside which products can still be put in by hand; only other
collections or another app, where we put nothing in."""


@dataclass(frozen=True)
class StoreCollection:
    """A collection of the merchant's; `count` is None when the store does not tell it."""

    gid: str
    handle: str
    title: str
    count: int | None
    filled_by: FilledBy


def search(client: AdminClient, text: str = "", limit: int = 20) -> list[StoreCollection]:
    """Collections with words of the title that begin like that, all for an empty text; by title.

    Raises Transient, Permanent.
    """
    data = client.execute("collections_search", query=title_query(text), first=limit)
    return [collection(node) for node in data["collections"]["nodes"]]


def find(client: AdminClient, gid_or_handle: str) -> StoreCollection | None:
    """The collection of that global id or handle; None when there is none. Raises Transient, Permanent."""
    key = "id" if gid_or_handle.startswith("gid://") else "handle"
    data = client.execute("collection_to_use", identifier={key: gid_or_handle})
    found = data.get("collectionByIdentifier")
    return collection(found) if found else None


def title_query(text: str) -> str | None:
    """The search for titles in the store's syntax, of which the text itself can hold nothing."""
    return " AND ".join(f"title:{word}*" for word in WORD.findall(text)) or None


def collection(node: dict[str, Any]) -> StoreCollection:
    """A collection from the store's answer."""
    count = (node.get("productsCount") or {}).get("count")
    return StoreCollection(node["id"], node["handle"], node["title"], count, filled_by(node["sources"]))


def filled_by(sources: list[dict[str, Any]]) -> FilledBy:
    """Where the products of a collection come from, in one word."""
    own = [s for s in sources if s["__typename"] == "CollectionConditionsSource" and not s["shareable"]]
    if sources and not own:
        return "others"
    return "rules" if any(source["inclusion"]["conditions"] for source in own) else "hand"
