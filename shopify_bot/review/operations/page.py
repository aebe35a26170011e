"""The page itself, and the part of it that a page on screen asks for again."""

from typing import Any

from flask import render_template, request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from shopify_bot.health.signs_of_life import Signs, read_signs
from shopify_bot.review.blueprint import id_argument, pages, the_bot
from shopify_bot.review.languages import _, marked
from shopify_bot.review.layout import show, totals
from shopify_bot.review.operations.part import Part
from shopify_bot.review.operations.processes import processes
from shopify_bot.review.operations.rows import (
    PER_PAGE,
    bulk_running,
    failed,
    tried_again,
    waiting_for_image,
)
from shopify_bot.review.operations.shop_parts import shop_parts
from shopify_bot.review.session import visit
from shopify_bot.tables import Shop

BULK_NAMES = {
    "approve": marked("Approve"),
    "correct": marked("Correct to"),
    "skip": marked("Skip"),
    "dismiss": marked("Set aside as not ours"),
    "undo": marked("Undo"),
}
"""What each kind of bulk action does."""


@pages.get("/operations")
def operations() -> ResponseReturnValue:
    """`GET /operations`: whether all is well, and what failed, newest first; `?before=ID` the next page.

    `?inside=1` answers only what may have changed since, for a page that is on screen.
    """
    signs = read_signs(the_bot())
    with the_bot().database.reading() as database:
        values = inside(database, visit().shop, signs)
        if request.args.get("inside"):
            return render_template("operations_inside.html", totals=totals(database, visit().shop), **values)
        again = url_for("pages.operations", before=values["before"], inside=1)
        return show(database, "operations.html", again=again, **values)


def inside(database: Session, shop: Shop, signs: Signs) -> dict[str, Any]:
    """What the page shows."""
    before = id_argument("before")
    found = failed(database, shop, before)
    parts = [
        *processes(signs, the_bot().settings.sweep_s),
        database_part(),
        *shop_parts(the_bot(), database, shop),
    ]
    more = len(found) > PER_PAGE
    return {
        "parts": parts,
        "failed": found[:PER_PAGE],
        "older": url_for("pages.operations", before=found[PER_PAGE - 1].id) if more else None,
        "before": before,
        "retried": tried_again(database, shop),
        "waiting": waiting_for_image(database, shop),
        "bulk": bulk_running(database, shop),
        "bulk_names": BULK_NAMES,
    }


def database_part() -> Part:
    """The database, which answers, or there would be no page."""
    kind = "SQLite" if the_bot().database.is_sqlite else "PostgreSQL"
    return Part(_("Database"), "good", _("Answers"), kind)
