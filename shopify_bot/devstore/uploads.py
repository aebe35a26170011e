"""A picture that a merchant uploads: processed for a while, then ready."""

import time
import zlib

from shopify_bot.devstore.gids import key_of
from shopify_bot.devstore.handles import handle_of
from shopify_bot.devstore.pictures import look_at
from shopify_bot.devstore.records import MediaImage, Product
from shopify_bot.devstore.surroundings import Surroundings

_LONGEST_NAME = 60


def upload(
    around: Surroundings, shop_number: int, product: Product, media_id: str, data: bytes, late_seconds: float
) -> MediaImage:
    """Add a picture to a product; the caller holds the shop's lock. Broken bytes are taken as they are."""
    moment = time.time()
    width, height, mime_type = look_at(data)
    media = MediaImage(
        id=media_id,
        data=data,
        file_name=_file_name(shop_number, product.title, key_of(media_id), mime_type),
        version=zlib.crc32(data),
        width=width,
        height=height,
        mime_type=mime_type,
        uploaded_at=moment,
        ready_at=moment + max(late_seconds, around.processing_seconds),
    )
    product.media.append(media)
    around.pictures[media.file_name] = media
    return media


def _file_name(shop_number: int, title: str, key: str, mime_type: str | None) -> str:
    extension = (mime_type or "image/jpeg").rpartition("/")[2].replace("jpeg", "jpg")
    return f"{shop_number}-{handle_of(title)[:_LONGEST_NAME]}-{key}.{extension}"
