"""The page of the history."""

from flask import request, url_for
from flask.typing import ResponseReturnValue

from shopify_bot.review.blueprint import labels_of, pages, the_bot
from shopify_bot.review.history.entries import entries
from shopify_bot.review.history.filters import NAMES, Filter
from shopify_bot.review.history.streams import place_of, places, reviewers
from shopify_bot.review.layout import show
from shopify_bot.review.session import visit
from shopify_bot.states import UNDOABLE
from shopify_bot.tables import now

PER_PAGE = 40


@pages.get("/history")
def history() -> ResponseReturnValue:
    """`GET /history`: every decision and everything that was written to the store, newest first.

    `?who=NAME`, `?kind=approved`, `corrected`, `skipped`, `dismissed`, `undone`, `alone`, `bulk`,
    `published` or `reverted`, `?label=`, `?predicted=`, `?since=` and `?until=` a day, `?review=ID`,
    `?bulk=ID`; `?before=CURSOR` the next page.
    """
    asked, before = Filter.from_args(request.args), place_of(request.args.get("before"))
    shop = visit().shop
    with the_bot().database.reading() as database:
        found = places(database, shop, asked, before, PER_PAGE + 1)
        shown = found[:PER_PAGE]
        older = shown[-1].cursor if len(found) > PER_PAGE else None
        return show(
            database,
            "history.html",
            entries=entries(database, shop, shown),
            asked=asked,
            before=before,
            here=url_for("pages.history", **asked.args(), before=before.cursor if before else None),
            newest=url_for("pages.history", **asked.args()) if before else None,
            older=url_for("pages.history", **asked.args(), before=older) if older else None,
            kinds=NAMES,
            people=reviewers(database, shop),
            label_names=list(labels_of(the_bot()).leaves),
            today=now().date(),
            undoable=" ".join(sorted(UNDOABLE)),
        )
