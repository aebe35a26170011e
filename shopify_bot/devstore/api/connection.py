"""Cursor paging over lists, as every connection of the API does it."""

import base64
import json
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from typing import Any, TypedDict

from graphql import GraphQLError

from shopify_bot.devstore.api.bulk_page import bulk_page
from shopify_bot.devstore.api.refusals import coded
from shopify_bot.devstore.gids import key_of

LARGEST_PAGE = 250
# A cursor beyond this many objects is refused; a bulk operation reads the rest.
DEEPEST = 25_000
Order = tuple[Any, int]


class Page(TypedDict, total=False):
    """The arguments that choose a page."""

    first: int | None
    last: int | None
    after: str | None
    before: str | None
    reverse: bool


def connection(items: Sequence[Any], keys: Sequence[str] | None = None, **page: Any) -> dict[str, Any]:
    """One page of `items` in the order they come in; a cursor names an item, which must still be there."""
    names = list(keys) if keys is not None else [item.id for item in items]
    rows = list(zip(names, items, strict=True))
    if page.get("reverse"):
        rows.reverse()
        names.reverse()

    def place(cursor: str, behind: bool) -> int:
        try:
            return names.index(base64.urlsafe_b64decode(cursor).decode()) + behind
        except ValueError:
            raise _invalid(cursor) from None

    return _page(rows, place, lambda name: base64.urlsafe_b64encode(name.encode()).decode(), page)


def sorted_connection(
    items: Sequence[Any], value: Callable[[Any], Any], deepest: int = DEEPEST, **page: Any
) -> dict[str, Any]:
    """One page of `items` sorted by a value and the id.

    A cursor holds both, as Shopify's do, so that it stays good when its item changes or goes.
    """
    rows = sorted(((_order(item, value), item) for item in items), key=lambda row: row[0])
    orders = [order for order, _ in rows]
    reverse = bool(page.get("reverse"))
    if reverse:
        rows.reverse()

    def place(cursor: str, behind: bool) -> int:
        order = _decode(cursor, orders)
        if reverse:
            return len(rows) - (bisect_left if behind else bisect_right)(orders, order)
        return (bisect_right if behind else bisect_left)(orders, order)

    return _page(rows, place, _encode, page, deepest)


def _page(
    rows: list[tuple[Any, Any]],
    place: Callable[[str, bool], int],
    encode: Callable[[Any], str],
    page: dict[str, Any],
    deepest: int = DEEPEST,
) -> dict[str, Any]:
    bulk = bulk_page()
    if bulk is None:
        _check_size(page)
    else:
        page, deepest = bulk.arguments(len(rows)), len(rows) + 1
    first, last, after, before = (page.get(name) for name in ("first", "last", "after", "before"))
    start = place(after, True) if after is not None else 0
    end = place(before, False) if before is not None else len(rows)
    if first is not None:
        end = min(end, start + first)
    else:
        start = max(start, end - (last or 0))
    if after is not None and start >= deepest:
        raise coded(f"Pagination is limited to the first {deepest} objects.", "BAD_REQUEST")
    chosen = rows[start:end]
    edges = [{"cursor": encode(key), "node": item} for key, item in chosen]
    info = {
        "has_previous_page": start > 0,
        "has_next_page": start + len(chosen) < len(rows),
        "start_cursor": edges[0]["cursor"] if edges else None,
        "end_cursor": edges[-1]["cursor"] if edges else None,
    }
    if bulk is not None:
        bulk.note(info)
    return {"edges": edges, "nodes": [item for _, item in chosen], "page_info": info}


def _check_size(page: dict[str, Any]) -> None:
    first, last = page.get("first"), page.get("last")
    if first is None and last is None:
        raise coded("you must provide one of first or last", "BAD_REQUEST")
    for name, size in (("first", first), ("last", last)):
        if size is not None and not 0 < size <= LARGEST_PAGE:
            raise coded(f"{name} must be between 1 and {LARGEST_PAGE}, not {size}.", "BAD_REQUEST")


def _order(item: Any, value: Callable[[Any], Any]) -> Order:
    found = value(item)
    if isinstance(found, datetime):
        found = found.astimezone(UTC).strftime("%Y-%m-%d %H:%M:%S.%f")
    return found.casefold() if isinstance(found, str) else found, int(key_of(item.id))


def _encode(order: Order) -> str:
    held = {"last_id": order[1], "last_value": order[0]}
    return base64.urlsafe_b64encode(json.dumps(held).encode()).decode()


def _decode(cursor: str, orders: list[Order]) -> Order:
    try:
        held = json.loads(base64.urlsafe_b64decode(cursor))
        order = (held["last_value"], int(held["last_id"]))
    except (ValueError, TypeError, KeyError):
        raise _invalid(cursor) from None
    if orders and type(order[0]) is not type(orders[0][0]):
        raise _invalid(cursor)
    return order


def _invalid(cursor: str) -> GraphQLError:
    return GraphQLError(f"Invalid cursor for current pagination sort: {cursor}")
