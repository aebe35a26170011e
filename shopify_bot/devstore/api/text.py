"""Plain text out of HTML."""

import re
from html import unescape

_TAG = re.compile(r"<[^>]*>")


def plain(html: str) -> str:
    """The text without its tags, spaces collapsed."""
    return " ".join(unescape(_TAG.sub(" ", html)).split())
