"""A picture that a merchant uploads: processed for a while, then ready, which raises products/update."""

import time
import zlib
from typing import TYPE_CHECKING

from shopify_bot.devstore.gids import key_of
from shopify_bot.devstore.handles import handle_of
from shopify_bot.devstore.pictures import look_at
from shopify_bot.devstore.records import MediaImage, Product

if TYPE_CHECKING:
    from shopify_bot.devstore.shop import Shop

_LONGEST_NAME = 60


def upload(shop: "Shop", product: Product, data: bytes, late_seconds: float = 0.0) -> None:
    """Add a picture to a product; the caller holds the shop's lock. Broken bytes are taken as they are."""
    moment = time.time()
    media_id = shop.new_id("MediaImage")
    width, height, mime_type = look_at(data)
    media = MediaImage(
        id=media_id,
        data=data,
        file_name=_file_name(shop.number, product.title, key_of(media_id), mime_type),
        version=zlib.crc32(data),
        width=width,
        height=height,
        mime_type=mime_type,
        uploaded_at=moment,
        ready_at=moment + max(late_seconds, shop.around.processing_seconds),
    )
    product.media.append(media)
    shop.around.pictures[media.file_name] = media
    if media.ready_at > moment:
        shop.around.webhooks.at(media.ready_at, lambda: _ready(shop, product.id, media))


def _file_name(shop_number: int, title: str, key: str, mime_type: str | None) -> str:
    extension = (mime_type or "image/jpeg").rpartition("/")[2].replace("jpeg", "jpg")
    return f"{shop_number}-{handle_of(title)[:_LONGEST_NAME]}-{key}.{extension}"


def _ready(shop: "Shop", product_id: str, media: MediaImage) -> None:
    with shop.lock:
        product = shop.products.get(product_id)
        if product is not None and media in product.media:
            shop.touch(product)
