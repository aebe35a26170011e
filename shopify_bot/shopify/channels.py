"""Sales channels: which there are, and publishing products and collections to them."""

import re
from typing import Any

from shopify_bot.shopify.client import AdminClient
from shopify_bot.shopify.errors import OperationRefused

ONLINE_STORE_HANDLE = re.compile(r"online[_-]?store(-\d+)?")
ONLINE_STORE_TITLE = "online store"


def online_store(client: AdminClient) -> str:
    """Id of the Online Store's publication. Raises OperationRefused when the shop has none."""
    found = publications(client)
    for is_it in (has_handle, has_title):
        for publication in found:
            if is_it(publication):
                gid: str = publication["id"]
                return gid
    raise OperationRefused("The shop has no Online Store channel. Add it in the Shopify admin.")


def publications(client: AdminClient) -> list[dict[str, Any]]:
    """Every sales channel's publication."""
    found: list[dict[str, Any]] = []
    after: str | None = None
    while True:
        page = client.execute("publications", after=after)["publications"]
        found += page["nodes"]
        if not page["pageInfo"]["hasNextPage"]:
            return found
        after = page["pageInfo"]["endCursor"]


def has_handle(publication: dict[str, Any]) -> bool:
    """The channel's handle does not change with the admin's language."""
    return any(
        ONLINE_STORE_HANDLE.fullmatch(channel.get("handle") or "") for channel in channels_of(publication)
    )


def has_title(publication: dict[str, Any]) -> bool:
    """The catalogue's title or the channel's name, for handles not foreseen."""
    titles = [(publication.get("catalog") or {}).get("title")]
    titles += [channel.get("name") for channel in channels_of(publication)]
    return any((title or "").casefold() == ONLINE_STORE_TITLE for title in titles)


def channels_of(publication: dict[str, Any]) -> list[dict[str, Any]]:
    """The channels behind a publication."""
    return (publication.get("channels") or {}).get("nodes") or []


def publish(client: AdminClient, gid: str, publication_ids: list[str]) -> None:
    """Put a product or a collection on these sales channels; harmless to repeat."""
    client.execute("publish", id=gid, input=[{"publicationId": each} for each in publication_ids])


def unpublish(client: AdminClient, gid: str, publication_ids: list[str]) -> None:
    """Take a product off these sales channels; harmless to repeat."""
    client.execute("unpublish", id=gid, input=[{"publicationId": each} for each in publication_ids])
