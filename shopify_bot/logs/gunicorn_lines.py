"""The web server's lines, as all others: `gunicorn --logger-class=shopify_bot.logs.gunicorn_lines.Lines`

Without that, JSON lines are all but those of its start.
"""

import logging
from typing import Any

from gunicorn.glogging import Logger  # type: ignore[import-untyped]

from shopify_bot.logs.lines import JsonLines, add_ids, is_json, set_up_logging

OWN = ("gunicorn.error", "gunicorn.access")


class Lines(Logger):  # type: ignore[misc]
    """Hands gunicorn's lines on to our handler."""

    def setup(self, cfg: Any) -> None:
        super().setup(cfg)
        set_up_logging(process="web")
        hand_on()


def hand_on() -> None:
    """Let gunicorn's lines go where all lines go."""
    for name in OWN:
        logger = logging.getLogger(name)
        logger.handlers.clear()
        logger.propagate = True


def follow() -> None:
    """Write gunicorn's lines as JSON where ours are, from here on; they go where it was told to put them."""
    for name in OWN if is_json() else ():
        for each in logging.getLogger(name).handlers:
            each.addFilter(add_ids)
            each.setFormatter(JsonLines("web"))
