"""Answers that are none: a connection dropped or reset."""

import os
import socket
import struct
from typing import Any

from flask import Response, request

_MARK = "devstore.close"
# Linger for zero seconds: closing then sends a reset instead of a farewell.
_NO_LINGER = struct.pack("ii", 1, 0)


def drop() -> Response:
    """Close the connection without an answer."""
    return _close("drop")


def reset() -> Response:
    """Reset the connection."""
    return _close("reset")


def _close(how: str) -> Response:
    request.environ[_MARK] = how
    return Response(status=500)


class Closing:
    """WSGI layer that does the closing, outside of Flask, which would turn the error into an answer."""

    def __init__(self, app: Any) -> None:
        self.app = app

    def __call__(self, environ: dict[str, Any], start_response: Any) -> Any:
        held: list[tuple[Any, ...]] = []
        chunks = self.app(environ, lambda *answer: held.append(answer))
        how = environ.get(_MARK)
        if how is None:
            start_response(*held[0])
            return chunks
        if how == "reset":
            _reset(environ["werkzeug.socket"])
        raise ConnectionResetError("The local store closed this connection on request.")


def _reset(connection: socket.socket) -> None:
    connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, _NO_LINGER)
    os.close(connection.detach())
