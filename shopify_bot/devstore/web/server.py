"""A threaded HTTP server in a daemon thread."""

import socket
import threading
from typing import Any

from werkzeug.serving import BaseWSGIServer, WSGIRequestHandler, make_server

from shopify_bot.devstore.errors import PortTaken
from shopify_bot.devstore.web.connection import Closing

_BACKLOG = 128


class QuietHandler(WSGIRequestHandler):
    """Writes no access log; the store keeps records of its own."""

    def log(self, type: str, message: str, *args: Any) -> None:
        """Say nothing."""

    def connection_dropped(self, error: BaseException, environ: Any = None) -> None:
        """Ask for nothing more on a connection that was closed on request."""
        self.close_connection = True


class Server:
    """Serves a WSGI application on 127.0.0.1 until it is closed. Raises PortTaken."""

    def __init__(self, app: Any, port: int) -> None:
        with _listener(port) as listener:
            self.port: int = listener.getsockname()[1]
            self._server: BaseWSGIServer = make_server(
                "127.0.0.1",
                self.port,
                Closing(app),
                threaded=True,
                request_handler=QuietHandler,
                fd=listener.fileno(),
            )
        self._thread = threading.Thread(
            target=self._server.serve_forever, kwargs={"poll_interval": 0.02}, name="devstore", daemon=True
        )

    def start(self) -> None:
        """Begin to answer."""
        self._thread.start()

    def close(self) -> None:
        """Stop answering and free the port."""
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()


def _listener(port: int) -> socket.socket:
    try:
        return socket.create_server(("127.0.0.1", port), backlog=_BACKLOG)
    except OSError as error:
        raise PortTaken(f"Cannot listen on port {port} ({error.strerror}); choose another, or 0.") from error
