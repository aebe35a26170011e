"""`GET /cdn/shop/files/<name>`: pictures as they are, or within the pixels that a signed address names."""

import hmac
import time

from flask import Blueprint, Response, abort, request

from shopify_bot.devstore.pictures import signature, transformed
from shopify_bot.devstore.records import MediaImage
from shopify_bot.devstore.web.connection import reset
from shopify_bot.devstore.web.current import the_store

pictures = Blueprint("pictures", __name__)
_NO_LIMIT = 20_000


@pictures.get("/cdn/shop/files/<name>")
def picture(name: str) -> Response:
    """404 until the picture is READY; 403 for a transform that this store did not sign."""
    faults = the_store().around.faults
    faults.wait()
    time.sleep(faults.settings.picture_delay_s)
    match faults.picture_fault():
        case "5xx":
            abort(503)
        case "reset":
            return reset()
    media = the_store().around.pictures.get(name)
    if media is None or media.status != "READY":
        abort(404)
    query = request.args.to_dict()
    if query.keys() <= {"v"}:
        return _original(media)
    given = query.pop("s", "")
    if not hmac.compare_digest(given, signature(name, query)):
        abort(403)
    width, height = (int(query.get(side, _NO_LIMIT)) for side in ("width", "height"))
    copy = transformed(media.data, width, height, query.get("format", ""))
    return Response(copy[0], mimetype=copy[1]) if copy else _original(media)


def _original(media: MediaImage) -> Response:
    return Response(media.data, mimetype=media.mime_type or "image/jpeg")
