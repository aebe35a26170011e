"""The review queue: what waits for a decision, oldest first, in pages."""

from flask import redirect, request, url_for
from flask.typing import ResponseReturnValue

from shopify_bot.listing import reviews_page
from shopify_bot.review.blueprint import filings_of, id_argument, labels_of, pages, the_bot
from shopify_bot.review.layout import show
from shopify_bot.review.presenting import card
from shopify_bot.review.session import visit
from shopify_bot.states import State

PER_PAGE = 20


@pages.get("/review")
def queue() -> ResponseReturnValue:
    """`GET /review`: pending products; `?state=skipped` those skipped; `?after=ID` the next page."""
    state = State.SKIPPED if request.args.get("state") == State.SKIPPED else State.PENDING
    after = id_argument("after") or 0
    with the_bot().database.reading() as database:
        page = reviews_page(database, visit().shop, (state,), after=after, limit=PER_PAGE)
        if after and not page.reviews:
            return redirect(queue_path(state))
        filings = filings_of(the_bot(), database, visit().shop)
        cards = [card(review, filings) for review in page.reviews]
        return show(
            database,
            "queue.html",
            state=state,
            cards=cards,
            returns=[queue_path(state, after, following) for following in [*(c.id for c in cards[1:]), None]],
            labels=labels_of(the_bot()).leaves.values(),
            first_page=queue_path(state) if after else None,
            next_page=queue_path(state, page.next_after) if page.next_after else None,
        )


def queue_path(state: State, after: int = 0, review_id: int | None = None) -> str:
    """The address of a page of the queue; `review_id` is the card to scroll to."""
    return url_for(
        "pages.queue",
        state=state.value if state == State.SKIPPED else None,
        after=after or None,
        _anchor=f"review-{review_id}" if review_id else None,
    )
