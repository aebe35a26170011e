"""Title and description of a product as one plain line."""

import re
import unicodedata

from bs4 import BeautifulSoup

MARKUP = re.compile(r"[<&]")
LONGEST = 4_000


def clean(title: str, description: str = "") -> str:
    """Return both without HTML, NFKC-normalised, in lower case, with single spaces; "" when both are empty.

    Title and description are each cut after LONGEST characters: beyond lies boilerplate.
    """
    return " ".join(filter(None, (_plain(title), _plain(description))))


def _plain(text: str) -> str:
    if MARKUP.search(text):
        text = _without_markup(text)
    words = unicodedata.normalize("NFKC", text[:LONGEST]).lower().split()
    return " ".join(words)


def _without_markup(text: str) -> str:
    soup = BeautifulSoup(text[: 4 * LONGEST], "html.parser")
    for element in soup(["script", "style", "template"]):
        element.decompose()
    return soup.get_text(" ")
