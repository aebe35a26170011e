"""Sales channels: which there are, and publishing products and collections to them."""

from shopify_bot.shopify.client import AdminClient
from shopify_bot.shopify.errors import OperationRefused

ONLINE_STORE_HANDLES = frozenset({"online_store", "online-store"})
ONLINE_STORE_TITLE = "online store"


def online_store(client: AdminClient) -> str:
    """Id of the Online Store's publication. Raises OperationRefused when the shop has none."""
    after: str | None = None
    while True:
        page = client.execute("publications", after=after)["publications"]
        for node in page["nodes"]:
            if is_online_store(node):
                gid: str = node["id"]
                return gid
        if not page["pageInfo"]["hasNextPage"]:
            raise OperationRefused("The shop has no Online Store channel. Add it in the Shopify admin.")
        after = page["pageInfo"]["endCursor"]


def is_online_store(publication: dict) -> bool:  # type: ignore[type-arg]
    """By its channel's handle, which does not change with the admin's language; else by its title."""
    channels = (publication.get("channels") or {}).get("nodes") or []
    if any(channel["handle"] in ONLINE_STORE_HANDLES for channel in channels):
        return True
    title = (publication.get("catalog") or {}).get("title") or ""
    return not channels and title.casefold() == ONLINE_STORE_TITLE


def publish(client: AdminClient, gid: str, publication_ids: list[str]) -> None:
    """Put a product or a collection on these sales channels; harmless to repeat."""
    client.execute("publish", id=gid, input=[{"publicationId": each} for each in publication_ids])
