"""Handles: the part of an address that a title turns into."""

import re
import unicodedata
from collections.abc import Container

_DROPPED, _NOT_PLAIN = re.compile(r"[\"'()\[\]]"), re.compile(r"\W+")


def handle_of(title: str) -> str:
    """The handle of a title: "Women's Tops" becomes "womens-tops"."""
    plain = _DROPPED.sub("", unicodedata.normalize("NFKC", title).casefold())
    return _NOT_PLAIN.sub("-", plain).strip("-") or "untitled"


def free_handle(wanted: str, taken: Container[str]) -> str:
    """The handle itself, or with -1, -2, … behind it when it is taken."""
    handle, number = wanted, 0
    while handle in taken:
        number += 1
        handle = f"{wanted}-{number}"
    return handle
