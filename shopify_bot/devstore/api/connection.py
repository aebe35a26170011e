"""Cursor paging over lists, as every connection of the API does it."""

import base64
from collections.abc import Sequence
from typing import Any, TypedDict

from graphql import GraphQLError

from shopify_bot.devstore.api.refusals import coded

LARGEST_PAGE = 250


class Page(TypedDict, total=False):
    """The arguments that choose a page."""

    first: int | None
    last: int | None
    after: str | None
    before: str | None
    reverse: bool


def connection(items: Sequence[Any], keys: Sequence[str] | None = None, **page: Any) -> dict[str, Any]:
    """One page of `items`; a cursor holds the item's key, so that it survives changes of the list."""
    names = list(keys) if keys is not None else [item.id for item in items]
    rows = list(zip(names, items, strict=True))
    if page.get("reverse"):
        rows.reverse()
    chosen, start = _chosen(rows, page)
    end = start + len(chosen)
    edges = [{"cursor": _encode(key), "node": item} for key, item in chosen]
    return {
        "edges": edges,
        "nodes": [item for _, item in chosen],
        "page_info": {
            "has_previous_page": start > 0,
            "has_next_page": end < len(rows),
            "start_cursor": edges[0]["cursor"] if edges else None,
            "end_cursor": edges[-1]["cursor"] if edges else None,
        },
    }


def _chosen(rows: list[tuple[str, Any]], page: dict[str, Any]) -> tuple[list[tuple[str, Any]], int]:
    first, last = page.get("first"), page.get("last")
    if first is None and last is None:
        raise coded("you must provide one of first or last", "BAD_REQUEST")
    for name, size in (("first", first), ("last", last)):
        if size is not None and not 0 < size <= LARGEST_PAGE:
            raise coded(f"{name} must be between 1 and {LARGEST_PAGE}, not {size}.", "BAD_REQUEST")
    keys = [key for key, _ in rows]
    start = _place(keys, page.get("after"), -1) + 1
    end = _place(keys, page.get("before"), len(rows))
    if first is not None:
        return rows[start : min(end, start + first)], start
    start = max(start, end - (last or 0))
    return rows[start:end], start


def _place(keys: list[str], cursor: str | None, otherwise: int) -> int:
    if cursor is None:
        return otherwise
    try:
        return keys.index(base64.urlsafe_b64decode(cursor).decode())
    except ValueError:
        raise GraphQLError(f"Invalid cursor for current pagination sort: {cursor}") from None


def _encode(key: str) -> str:
    return base64.urlsafe_b64encode(key.encode()).decode()
