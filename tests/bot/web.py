"""The bot's web process, on a thread of the test."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager

from werkzeug.serving import make_server

from shopify_bot.app import create_app
from shopify_bot.bot import Bot
from shopify_bot.devstore.web.server import QuietHandler


@contextmanager
def web(bot: Bot) -> Iterator[str]:
    """Serves the bot's pages and webhooks; gives their address."""
    server = make_server("127.0.0.1", 0, create_app(bot), threaded=True, request_handler=QuietHandler)
    serve = {"poll_interval": 0.02}
    thread = threading.Thread(target=server.serve_forever, kwargs=serve, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
