"""The page on which products are reviewed, one at a time."""

from typing import Any

from flask import jsonify, request
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from shopify_bot.decisions import find_review
from shopify_bot.review.blueprint import REVIEW_ID, filings_of, labels_of, pages, the_bot
from shopify_bot.review.layout import show
from shopify_bot.review.queue.following import following
from shopify_bot.review.queue.shown import shown
from shopify_bot.review.queue.undoing import undoable
from shopify_bot.review.queue.walk import Walk, walk
from shopify_bot.review.session import visit
from shopify_bot.tables import Review

AHEAD = 5
"""How many products stand ready behind the one on screen."""


@pages.get("/review")
def queue() -> ResponseReturnValue:
    """`GET /review`: the first product that waits; `?state=skipped` the first that was skipped.

    Further arguments select and order products as those of the table do.
    """
    way = walk()
    with the_bot().database.reading() as database:
        found = way.coming(database, None, 1 + AHEAD)
        return page(database, way, found[0] if found else None, found[1:])


@pages.get(f"/review/{REVIEW_ID}")
def product(review_id: int) -> ResponseReturnValue:
    """`GET /review/ID`: one product, whatever its state. 404 when it is another shop's."""
    way = walk()
    with the_bot().database.reading() as database:
        review = find_review(database, visit().shop, review_id)
        ahead = way.coming(database, way.place(review), AHEAD, [review_id])
        return page(database, way, review, ahead, way.before(database, review))


@pages.get("/review/next")
def next_products() -> ResponseReturnValue:
    """`GET /review/next`: JSON with the next products as pieces of the page, as after a decision.

    `?after=` or `?before=` the place of one, `?held=1,2` those that are there already, `?want=` how many.
    """
    with the_bot().database.reading() as database:
        return jsonify(following(database, walk(), request.args))


def page(
    database: Session, way: Walk, review: Review | None, ahead: list[Review], previous: int | None = None
) -> str:
    """The page of a review, with those that stand ready behind it; or of none, when there is none.

    `previous` is the id of the review before it: the first has none.
    """
    labels = labels_of(the_bot()).leaves.values()
    left = None if way.counted_as else way.left(database, {})
    values: dict[str, Any] = {"walk": way, "labels": labels, "left": left, "one": None, "ahead": []}
    values["undoable"] = undoable(database, way.shop, visit().user)
    if review is not None:
        filings = filings_of(the_bot(), database, way.shop)
        values |= {
            "one": shown(review, filings, way),
            "ahead": [shown(each, filings, way) for each in ahead],
            "previous": previous,
            "following": ahead[0].id if ahead else None,
        }
    return show(database, "queue.html", **values)
