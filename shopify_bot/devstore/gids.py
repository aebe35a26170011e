"""Shopify's global ids: `gid://shopify/<Kind>/<number>`."""

import re

_GID = re.compile(r"gid://shopify/(\w+)/([\w-]+)\Z")


def gid(kind: str, key: int | str) -> str:
    """The global id of one thing, such as gid://shopify/Product/1."""
    return f"gid://shopify/{kind}/{key}"


def kind_of(value: str) -> str | None:
    """The kind that a global id names, or None when it is not a global id."""
    match = _GID.match(value)
    return match[1] if match else None


def key_of(value: str) -> str:
    """The last part of a global id, such as "1" or "aa-1-13-7"."""
    return value.rpartition("/")[2]
