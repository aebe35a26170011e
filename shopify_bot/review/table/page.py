"""The table of products."""

from typing import Any

from flask import redirect, request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy import select
from sqlalchemy.orm import Session

from shopify_bot.finding.counting import Count
from shopify_bot.finding.paging import END, Found
from shopify_bot.finding.selection import Selection
from shopify_bot.review.blueprint import labels_of, pages, the_bot
from shopify_bot.review.layout import show
from shopify_bot.review.session import visit
from shopify_bot.review.table.rows import LOADED, row
from shopify_bot.review.table.views import address, chips, is_common, orders, shown, states, tabs
from shopify_bot.tables import BulkAction, Shop
from shopify_bot.vendors import vendors

PER_PAGE = 50


@pages.get("/table")
def table() -> ResponseReturnValue:
    """`GET /table`: products as a table, filtered and ordered; `?after=` and `?before=` other pages of it.

    `state` (may be there several times), `sure`, `label`, `vendor`, `least` and `most` (confidence in
    percent), `since` and `until` (days), `ours` and `person` (yes or no), `q` (words), `ids`, `sort`.
    """
    selection, shop = Selection.from_args(request.args), visit().shop
    after, before = request.args.get("after"), request.args.get("before")
    with the_bot().database.reading() as database:
        found = selection.page(database, shop, after=after, before=before, limit=PER_PAGE, options=LOADED)
        if not found.reviews and (after or before):
            return redirect(address(selection))
        count = counted(database, shop, selection, found)
        return show(
            database,
            "table.html",
            rows=[row(review) for review in found.reviews],
            count=count,
            selection=selection,
            hidden=pairs(selection),
            labels=labels_of(the_bot()).leaves.values(),
            vendors=vendors(database, shop),
            running=running(database, shop),
            one_at_a_time=address(selection, "pages.queue"),
            as_csv=address(selection, "pages.table_csv"),
            **ways(selection),
            **beside(selection, found),
        )


def counted(database: Session, shop: Shop, selection: Selection, found: Found) -> Count:
    """How many match; not counted where all of them are on this page."""
    if found.before is None and found.after is None:
        return Count(len(found.reviews))
    return selection.count(database, shop)


def ways(selection: Selection) -> dict[str, Any]:
    """What leads to other views of the table."""
    return {
        "tabs": tabs(selection),
        "chips": [] if is_common(selection) else chips(selection),
        "orders": orders(selection),
        "states": states(),
        "shown": shown,
        "cleared": url_for("pages.table"),
    }


def beside(selection: Selection, found: Found) -> dict[str, str | None]:
    """The addresses of the first, the previous, the next and the last page; None where this is it."""
    return {
        "first": address(selection) if found.before else None,
        "previous": address(selection, before=found.before) if found.before else None,
        "following": address(selection, after=found.after) if found.after else None,
        "last": address(selection, before=END) if found.after else None,
    }


def pairs(selection: Selection) -> list[tuple[str, str]]:
    """The arguments of the selection as the fields of a form."""
    args = selection.args()
    return [
        (name, each)
        for name, value in args.items()
        for each in (value if isinstance(value, list) else [value])
    ]


def running(database: Session, shop: Shop) -> BulkAction | None:
    """The bulk action of the shop that goes on, or the last of several."""
    query = select(BulkAction).where(BulkAction.shop_id == shop.id, BulkAction.finished_at.is_(None))
    return database.scalar(query.order_by(BulkAction.id.desc()).limit(1))
