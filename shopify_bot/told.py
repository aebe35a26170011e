"""What the store told of a product: by a webhook, or when we asked what changed."""

import re
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from shopify_bot.columns import plain
from shopify_bot.shopify.products import picture_key

ARCHIVED = "archived"
STATUSES = frozenset({"ACTIVE", "ARCHIVED", "DRAFT", "UNLISTED"})
TAXONOMY_ID = re.compile(r"gid://shopify/TaxonomyCategory/[\w-]{1,100}")


@dataclass(frozen=True)
class Told:
    """Every field may be missing. `picture` is the key of the main picture, where one is ready."""

    title: str | None = None
    vendor: str | None = None
    status: str | None = None
    created_at: datetime | None = None
    picture: str | None = None
    by_webhook: bool = True
    """A webhook may spell a picture's address otherwise than the API does."""
    columns: dict[str, Any] = field(default_factory=dict)
    """Columns of the product's row that a reviewer is shown, those that were told."""

    @property
    def is_archived(self) -> bool:
        """Whether the merchant has put the product away."""
        return self.status == ARCHIVED


def by_webhook(payload: dict[str, Any]) -> Told:
    """From a REST-shaped body; its fields may be of any type."""
    return Told(
        title=text(payload, "title"),
        vendor=text(payload, "vendor"),
        status=(text(payload, "status") or "").lower() or None,
        created_at=moment(text(payload, "created_at")),
        picture=payload_picture(payload),
        columns=payload_columns(payload),
    )


def by_api(node: dict[str, Any]) -> Told:
    """From a node of `products_changed`."""
    media = (node.get("media") or {}).get("nodes") or [None]
    main = media[0] or {}
    url = (main.get("image") or {}).get("url") if main.get("status") == "READY" else None
    return Told(
        title=text(node, "title"),
        vendor=text(node, "vendor"),
        status=(text(node, "status") or "").lower() or None,
        created_at=moment(text(node, "createdAt")),
        picture=picture_key(url) if url else None,
        by_webhook=False,
        columns=status_column(node),
    )


def payload_columns(payload: dict[str, Any]) -> dict[str, Any]:
    """Type, status, tags and category, as far as the payload tells them."""
    kind, tags = text(payload, "product_type"), text(payload, "tags")
    found = status_column(payload) | category_columns(payload)
    if kind is not None:
        found["product_type"] = kind
    if tags is not None:
        found["tags"] = [tag.strip() for tag in tags.split(",") if tag.strip()]
    return found


def status_column(fields: dict[str, Any]) -> dict[str, Any]:
    """The status, if it is one."""
    status = (text(fields, "status") or "").upper()
    return {"store_status": status} if status in STATUSES else {}


def category_columns(payload: dict[str, Any]) -> dict[str, Any]:
    """The category, or that there is none; nothing where the payload does not tell."""
    category = payload.get("category", "")
    if category is None:
        return {"category_id": None, "category_name": None}
    if not isinstance(category, dict):
        return {}
    gid = text(category, "admin_graphql_api_id") or ""
    name = text(category, "full_name") or text(category, "name")
    return {"category_id": gid, "category_name": name} if TAXONOMY_ID.fullmatch(gid) else {}


def payload_picture(payload: dict[str, Any]) -> str | None:
    """Key of the payload's main picture, if it tells one."""
    images = payload.get("images")
    first = images[0] if isinstance(images, list) and images else payload.get("image")
    source = first.get("src") if isinstance(first, dict) else None
    return picture_key(source) if isinstance(source, str) else None


def text(fields: dict[str, Any], name: str) -> str | None:
    """A field as the database would keep it; None when it is missing or no text."""
    value = fields.get(name)
    return plain(value) if isinstance(value, str) else None


def moment(text: str | None) -> datetime | None:
    """An aware time; None when there is none, or it cannot be read."""
    try:
        found = datetime.fromisoformat(text or "")
        return None if found.tzinfo is None else found.astimezone(UTC)
    except (ValueError, OverflowError):
        return None
