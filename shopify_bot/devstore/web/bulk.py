"""`GET /bulk/<name>`: the results of a bulk operation, for whoever has the signed address in time."""

import hmac
import time

from flask import Blueprint, Response, abort, request, send_file

from shopify_bot.devstore.bulk import signature
from shopify_bot.devstore.web.current import the_store

bulk = Blueprint("bulk", __name__)


@bulk.get("/bulk/<name>")
def results(name: str) -> Response:
    """403 for an address that this store did not sign, or that expired."""
    expires, given = request.args.get("Expires", ""), request.args.get("Signature", "")
    if not hmac.compare_digest(given.encode(), signature(name, expires).encode()):
        abort(403)
    if time.time() >= int(expires):
        abort(403)
    path = the_store().around.bulk.path(name)
    return send_file(path, mimetype="application/jsonl") if path.exists() else abort(404)
