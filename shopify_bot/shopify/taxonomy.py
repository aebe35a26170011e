"""Shopify's product taxonomy, as the store tells it: search, and whether ids still stand."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Literal

from shopify_bot.shopify.client import AdminClient

AT_ONCE = 100
"""Ids in one question."""

Standing = Literal["current", "archived", "unknown"]


@dataclass(frozen=True)
class TaxonomyCategory:
    """One category: its global id, its path such as `Apparel & Accessories > Clothing`."""

    gid: str
    path: str
    is_archived: bool


def search(client: AdminClient, text: str, limit: int = 20) -> list[TaxonomyCategory]:
    """Categories that the store finds by a text, in its order; none for an empty text.

    Raises Transient, Permanent.
    """
    if not text.strip():
        return []
    data = client.execute("taxonomy_search", search=text.strip(), first=limit)
    found = ((data.get("taxonomy") or {}).get("categories") or {}).get("nodes") or []
    return [category(node) for node in found]


def read(client: AdminClient, ids: Iterable[str]) -> dict[str, TaxonomyCategory]:
    """The categories of these ids; an id that the store does not know is left out.

    Raises Transient, Permanent.
    """
    wanted = sorted(set(ids))
    found: dict[str, TaxonomyCategory] = {}
    for start in range(0, len(wanted), AT_ONCE):
        nodes = client.execute("taxonomy_check", ids=wanted[start : start + AT_ONCE])["nodes"]
        found |= {node["id"]: category(node) for node in nodes if node and "id" in node}
    return found


def standing(client: AdminClient, ids: Iterable[str]) -> dict[str, Standing]:
    """What the store says of each id: current, archived, or unknown to it. Raises Transient, Permanent."""
    wanted = set(ids)
    found = read(client, wanted)
    return {each: standing_of(found.get(each)) for each in sorted(wanted)}


def standing_of(found: TaxonomyCategory | None) -> Standing:
    """The standing of a category that was looked up."""
    if found is None:
        return "unknown"
    return "archived" if found.is_archived else "current"


def category(node: dict[str, Any]) -> TaxonomyCategory:
    """A category from the store's answer."""
    return TaxonomyCategory(node["id"], node["fullName"], node["isArchived"])
