"""What went wrong, why, and a button to try again; and what sorts itself out."""

from flask import url_for
from flask.typing import ResponseReturnValue
from sqlalchemy import Select, and_, or_, select

from shopify_bot.listing import LOADED
from shopify_bot.review.blueprint import filings_of, id_argument, pages, the_bot
from shopify_bot.review.layout import show
from shopify_bot.review.presenting import card
from shopify_bot.review.session import visit
from shopify_bot.states import State
from shopify_bot.tables import Review, Shop

PER_PAGE = 50
TRIED_AGAIN = (State.RECEIVED, State.CLASSIFYING, State.APPROVED, State.PUBLISHING, State.REVERTING)
"""States in which an error is followed by another automatic attempt."""


@pages.get("/problems")
def problems() -> ResponseReturnValue:
    """`GET /problems`: failed reviews, newest first, and those tried again; `?before=ID` the next page."""
    before = id_argument("before")
    with the_bot().database.reading() as database:
        filings = filings_of(the_bot(), database, visit().shop)
        found = list(database.scalars(failed(visit().shop, before)))
        waiting = list(database.scalars(waiting_for_image(visit().shop)))
        retried = list(database.scalars(tried_again(visit().shop)))
        shown = found[:PER_PAGE]
        return show(
            database,
            "problems.html",
            failed=[card(review, filings) for review in shown],
            waiting=[card(review, filings) for review in waiting],
            retried=[card(review, filings) for review in retried],
            older=url_for("pages.problems", before=shown[-1].id) if len(found) > PER_PAGE else None,
            newest=before,
        )


def failed(shop: Shop, before: int | None) -> Select[Review]:
    """Failed reviews of the shop, one more than fit on a page.

    One whose undoing failed beside another open review of its product is `published` again.
    """
    not_undone = and_(Review.state == State.PUBLISHED, Review.error.is_not(None))
    query = select(Review).where(Review.shop_id == shop.id, or_(Review.state == State.FAILED, not_undone))
    if before is not None:
        query = query.where(Review.id < before)
    return query.order_by(Review.id.desc()).limit(PER_PAGE + 1).options(*LOADED)


def waiting_for_image(shop: Shop) -> Select[Review]:
    """Reviews whose picture the store has not got ready, the next to be asked for first."""
    query = select(Review).where(Review.shop_id == shop.id, Review.state == State.WAITING_FOR_IMAGE)
    return query.order_by(Review.next_attempt_at, Review.id).limit(PER_PAGE).options(*LOADED)


def tried_again(shop: Shop) -> Select[Review]:
    """Reviews whose last try went wrong and that are tried again by themselves."""
    query = select(Review).where(
        Review.shop_id == shop.id, Review.state.in_(TRIED_AGAIN), Review.error.is_not(None)
    )
    return query.order_by(Review.next_attempt_at, Review.id).limit(PER_PAGE).options(*LOADED)
