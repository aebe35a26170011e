"""Pictures of a product: there is an image only once the media is READY."""

from typing import Any

from shopify_bot.devstore.api.connection import connection
from shopify_bot.devstore.api.registry import resolver
from shopify_bot.devstore.api.search import matching
from shopify_bot.devstore.gids import gid, key_of
from shopify_bot.devstore.pictures import picture_url
from shopify_bot.devstore.records import MediaImage, Product
from shopify_bot.devstore.shop import Shop

_READERS = {"media_type": lambda media: "IMAGE", "id": lambda media: int(key_of(media.id))}


@resolver("Product", "media")
def media(
    product: Product, shop: Shop, query: str | None = None, sort_key: str = "POSITION", **page: Any
) -> dict[str, Any]:
    return connection(matching(product.media, query, _READERS, lambda media: media.alt), **page)


@resolver("Product", "featuredMedia")
def featured_media(product: Product, shop: Shop) -> MediaImage | None:
    return next(iter(product.media), None)


@resolver("MediaImage", "mediaContentType")
def media_content_type(media: MediaImage, shop: Shop) -> str:
    return "IMAGE"


@resolver("MediaImage", "mediaErrors")
def media_errors(media: MediaImage, shop: Shop) -> list[dict[str, str]]:
    if media.status != "FAILED":
        return []
    return [{"code": "IMAGE_PROCESSING_FAILURE", "message": "The picture could not be processed."}]


@resolver("MediaImage", "updatedAt")
def updated_at(media: MediaImage, shop: Shop) -> Any:
    return media.created_at


@resolver("MediaImage", "image")
def image(media: MediaImage, shop: Shop) -> MediaImage | None:
    return media if media.status == "READY" else None


@resolver("Image", "id")
def image_id(media: MediaImage, shop: Shop) -> str:
    return gid("ImageSource", key_of(media.id))


@resolver("Image", "altText")
def alt_text(media: MediaImage, shop: Shop) -> str:
    return media.alt


@resolver("Image", "url")
def url(media: MediaImage, shop: Shop, transform: dict[str, Any] | None = None) -> str:
    return picture_url(shop.around.origin, media, _query(transform or {}))


def _query(transform: dict[str, Any]) -> dict[str, str]:
    scale = transform.get("scale") or 1
    sizes = {"width": transform.get("max_width"), "height": transform.get("max_height")}
    query = {name: str(pixels * scale) for name, pixels in sizes.items() if pixels}
    if content_type := transform.get("preferred_content_type"):
        query["format"] = content_type
    return query
