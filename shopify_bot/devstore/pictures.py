"""Pictures: what is known of one, its address, and the smaller copies that a transform asks for."""

import hashlib
import hmac
import io
from functools import lru_cache
from urllib.parse import quote, urlencode

from PIL import Image

from shopify_bot.devstore.records import MediaImage

_FORMATS = {"JPG": "JPEG", "PNG": "PNG", "WEBP": "WEBP"}
# The addresses only have to be hard to guess wrongly, not secret: they end with the process.
_KEY = b"devstore picture addresses"


def look_at(data: bytes) -> tuple[int | None, int | None, str | None]:
    """Width and height in pixels and the MIME type; three times None when it is no picture."""
    try:
        with Image.open(io.BytesIO(data)) as picture:
            return picture.width, picture.height, picture.get_format_mimetype()
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombError):
        return None, None, None


def picture_url(origin: str, media: MediaImage, transform: dict[str, str] | None = None) -> str:
    """The address of a picture, or of the smaller copy that the transform describes."""
    query = {"v": str(media.version), **(transform or {})}
    if transform:
        query["s"] = signature(media.file_name, query)
    return f"{origin}/cdn/shop/files/{quote(media.file_name)}?{urlencode(query)}"


def signature(file_name: str, query: dict[str, str]) -> str:
    """What proves that the transform came from this store's API."""
    text = f"{file_name}?{urlencode(sorted(query.items()))}"
    return hmac.new(_KEY, text.encode(), hashlib.sha256).hexdigest()[:16]


@lru_cache(maxsize=256)
def transformed(data: bytes, width: int, height: int, content_type: str) -> tuple[bytes, str] | None:
    """The picture within so many pixels, never enlarged, and its MIME type; None when it is broken."""
    try:
        with Image.open(io.BytesIO(data)) as picture:
            picture.draft("RGB", (width, height))
            wanted = _FORMATS.get(content_type, picture.format or "JPEG")
            small = picture.convert("RGB") if wanted == "JPEG" else picture.copy()
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombError):
        return None
    small.thumbnail((width, height), Image.Resampling.LANCZOS)
    out = io.BytesIO()
    small.save(out, wanted, quality=85)
    return out.getvalue(), Image.MIME.get(wanted, "application/octet-stream")
