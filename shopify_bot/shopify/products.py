"""A product as the store tells it, and writing its category, type, status and tags."""

from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from shopify_bot.shopify.client import AdminClient
from shopify_bot.shopify.errors import ProductGone, StoreUnavailable

PIXELS = 448
"""Longest side, in pixels, of the pictures we ask for: enough to look at and to classify."""


@dataclass(frozen=True)
class Picture:
    """One picture of a product: where to fetch it, and a key that changes with the picture."""

    url: str
    key: str


@dataclass(frozen=True)
class StoreProduct:
    """What the bot needs to know of a product. `pictures` are those that are ready, main one first."""

    gid: str
    title: str
    description: str
    """As HTML."""
    vendor: str
    product_type: str
    tags: tuple[str, ...]
    status: str
    category_id: str | None
    category_name: str | None
    pictures: tuple[Picture, ...]
    pictures_to_come: bool
    """Whether the store still works on a picture."""
    collections: tuple[str, ...] = ()
    """Titles of the first collections that it is in."""


def read_product(client: AdminClient, gid: str) -> StoreProduct:
    """Read a product and its pictures. Raises ProductGone, Transient, Permanent."""
    product = the_product(client.execute("product_for_classification", id=gid, pixels=PIXELS), gid)
    media = [node for node in (product.get("media") or {}).get("nodes") or [] if node]
    category = product.get("category") or {}
    return StoreProduct(
        gid=product["id"],
        title=product.get("title") or "",
        description=product.get("descriptionHtml") or "",
        vendor=product.get("vendor") or "",
        product_type=product.get("productType") or "",
        tags=tuple(product.get("tags") or ()),
        status=product.get("status") or "",
        category_id=category.get("id"),
        category_name=category.get("fullName"),
        pictures=tuple(picture(node["image"]) for node in media if is_ready(node)),
        pictures_to_come=any(node.get("status") in ("UPLOADED", "PROCESSING") for node in media),
        collections=titles(product.get("collections")),
    )


def titles(connection: dict[str, Any] | None) -> tuple[str, ...]:
    """The titles of a connection's nodes."""
    return tuple(str(node.get("title") or "") for node in (connection or {}).get("nodes") or [] if node)


def the_product(data: dict[str, Any], gid: str) -> dict[str, Any]:
    """The product in an answer. Raises ProductGone when it is null, StoreUnavailable when it is missing."""
    if "product" not in data:
        raise StoreUnavailable(f"The store answered without saying anything about {gid}.")
    product: dict[str, Any] | None = data["product"]
    if product is None:
        raise ProductGone(f"{gid} is not in the store.")
    return product


def is_ready(node: dict[str, Any]) -> bool:
    """Whether a medium is a picture that can be fetched."""
    return node.get("status") == "READY" and bool((node.get("image") or {}).get("url"))


def picture(image: dict[str, Any]) -> Picture:
    """A picture, keyed by the path of the original: the query changes without the picture changing."""
    return Picture(url=image["url"], key=picture_key(image.get("originalUrl") or image["url"]))


def picture_key(url: str) -> str:
    """Host and query left out, so that the same picture has the same key in webhooks and in the API."""
    try:
        return urlsplit(url).path
    except ValueError:  # such as http://[x
        return url


@dataclass(frozen=True)
class ProductState:
    """What stands in the store where we write."""

    category_id: str | None
    category_name: str | None
    product_type: str
    status: str
    tags: tuple[str, ...]
    collections: tuple[str, ...]
    """Ids of the first twenty."""
    published: bool
    """On any sales channel."""
    published_on: tuple[str, ...] = ()
    """Ids of the publications where it is to be seen, once it is active."""
    staged_on: tuple[str, ...] = ()
    """Ids of those where it will be, on a date or when it becomes active."""
    in_more: bool = False
    """Whether it is in more collections than are told here."""


def read_state(client: AdminClient, gid: str) -> ProductState:
    """Read what stands in the store where we write. Raises ProductGone, Transient, Permanent."""
    product = the_product(client.execute("product_state", id=gid), gid)
    category, found = product.get("category") or {}, product["collections"]
    places = product["resourcePublicationsV2"]["nodes"]
    published_on = tuple(node["publication"]["id"] for node in places if node["isPublished"])
    return ProductState(
        category_id=category.get("id"),
        category_name=category.get("fullName"),
        product_type=product.get("productType") or "",
        status=product["status"],
        tags=tuple(product.get("tags") or ()),
        collections=tuple(node["id"] for node in found["nodes"]),
        published=bool(published_on),
        published_on=published_on,
        staged_on=tuple(node["publication"]["id"] for node in places if not node["isPublished"]),
        in_more=found["pageInfo"]["hasNextPage"],
    )


def apply(client: AdminClient, gid: str, **fields: str | None) -> None:
    """Set fields of a product (category, productType, status); a category of None takes it away.

    Raises UserErrors and the client's errors.
    """
    client.execute("product_apply", product={"id": gid, **fields})


def add_tags(client: AdminClient, gid: str, tags: tuple[str, ...]) -> None:
    """Add tags and leave the others; productUpdate would replace them all."""
    client.execute("product_tags_add", id=gid, tags=list(tags))


def remove_tags(client: AdminClient, gid: str, tags: tuple[str, ...]) -> None:
    """Take tags away and leave the others."""
    client.execute("product_tags_remove", id=gid, tags=list(tags))
