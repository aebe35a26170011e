"""Gives each request an id that stands on every log line about it: the proxy's, if it sent a fit one."""

import re
import uuid
from collections.abc import Iterable
from typing import TYPE_CHECKING

from shopify_bot.logs.ids import about

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

FIT = re.compile(r"[A-Za-z0-9._-]{1,64}")


def with_request_id(application: "WSGIApplication") -> "WSGIApplication":
    """The same application, each request with its id."""

    def run(environ: "WSGIEnvironment", start_response: "StartResponse") -> Iterable[bytes]:
        given = str(environ.get("HTTP_X_REQUEST_ID", ""))
        with about(request=given if FIT.fullmatch(given) else uuid.uuid4().hex[:12]):
            return application(environ, start_response)

    return run
