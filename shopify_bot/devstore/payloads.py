"""Webhook bodies: REST-shaped, as Shopify sends them, with pictures only once they are ready."""

from datetime import datetime
from typing import Any

from shopify_bot.devstore.gids import gid, key_of
from shopify_bot.devstore.pictures import picture_url
from shopify_bot.devstore.records import MediaImage, Product
from shopify_bot.devstore.taxonomy import TaxonomyCategory


def rest_date(moment: datetime | None) -> str | None:
    """A date as in 2026-11-20T12:00:00-00:00."""
    return moment.isoformat(timespec="seconds") if moment else None


def product_body(product: Product, origin: str, category: TaxonomyCategory | None) -> dict[str, Any]:
    """The body of products/create and products/update."""
    images = [_image(product, m, n, origin) for n, m in enumerate(product.media, 1) if m.status == "READY"]
    return {
        "id": int(key_of(product.id)),
        "admin_graphql_api_id": product.id,
        "title": product.title,
        "body_html": product.description_html,
        "vendor": product.vendor,
        "product_type": product.product_type,
        "handle": product.handle,
        "status": product.status.lower(),
        "tags": ", ".join(product.tags),
        "created_at": rest_date(product.created_at),
        "updated_at": rest_date(product.updated_at),
        "published_at": rest_date(min(product.published.values(), default=None)),
        "published_scope": "web",
        "template_suffix": None,
        "variants": [],
        "options": [],
        "images": images,
        "image": images[0] if images else None,
        "media": [_media(product, m, n) for n, m in enumerate(product.media, 1)],
        "category": category
        and {"admin_graphql_api_id": category.id, "name": category.name, "full_name": category.full_name},
    }


def _image(product: Product, media: MediaImage, position: int, origin: str) -> dict[str, Any]:
    return {
        **_common(product, media, position),
        "admin_graphql_api_id": gid("ProductImage", key_of(media.id)),
        "width": media.width,
        "height": media.height,
        "src": picture_url(origin, media),
        "variant_ids": [],
    }


def _media(product: Product, media: MediaImage, position: int) -> dict[str, Any]:
    return {
        **_common(product, media, position),
        "admin_graphql_api_id": media.id,
        "status": media.status,
        "media_content_type": "IMAGE",
    }


def _common(product: Product, media: MediaImage, position: int) -> dict[str, Any]:
    return {
        "id": int(key_of(media.id)),
        "product_id": int(key_of(product.id)),
        "position": position,
        "alt": media.alt or None,
        "created_at": rest_date(media.created_at),
        "updated_at": rest_date(media.created_at),
    }
