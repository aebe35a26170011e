"""Reviews that failed only because the store did not take our token: taken up again once it does."""

from sqlalchemy import ColumnElement, case, select, update
from sqlalchemy.orm import Session

from shopify_bot.errors import CannotDecrypt
from shopify_bot.shopify.errors import AppRefused, ScopeMissing, StoreFrozen, TokenRefused
from shopify_bot.states import State
from shopify_bot.tables import Decision, Publication, Review, Shop, now

OF_THE_TOKEN = (TokenRefused, AppRefused, ScopeMissing, StoreFrozen, CannotDecrypt)
"""Faults of the whole shop: every product meets them, and none once the shop is connected again."""


def awaits_token(error: Exception) -> bool:
    """Whether a review that failed of it is to be taken up with the shop's next token."""
    return isinstance(error, OF_THE_TOKEN)


def may_have_another_token(session: Session, shop: Shop) -> bool:
    """Whether somebody has connected the shop again since `shop` was read, or is about to.

    Else keeps the row from it until the transaction ends, so that no review fails unseen by `take_up`. Waits
    for nobody: whoever writes the row may be waiting for a review that we hold.
    """
    query = select(Shop.authorized_at).where(Shop.id == shop.id)
    found = session.scalar(query.with_for_update(read=True, skip_locked=True))
    return found is None or found > shop.authorized_at


def take_up(session: Session, shop: Shop) -> int:
    """Let the shop's reviews that failed for its token go on where they failed; how many. One statement."""
    waiting = (Review.shop_id == shop.id, Review.state == State.FAILED, Review.awaits_token)
    fresh = {"next_attempt_at": now(), "attempts": 0, "takeovers": 0, "error": None, "awaits_token": False}
    done = session.execute(
        update(Review)
        .where(*waiting)
        .values(state=where_it_failed(), updated_at=now(), **fresh)
        .execution_options(synchronize_session=False)
    )
    return int(done.rowcount)  # type: ignore[attr-defined]


def where_it_failed() -> ColumnElement[str]:
    """As `decisions.retry` has it: taking back if published, publishing if decided, else classifying."""
    finished = Publication.finished_at.is_not(None)
    published = select(Publication.id).where(Publication.review_id == Review.id, finished).exists()
    decisions = select(Decision.label).where(Decision.review_id == Review.id)
    latest = decisions.order_by(Decision.id.desc()).limit(1).correlate(Review).scalar_subquery()
    return case(
        (published, State.REVERTING.value),
        (latest.is_not(None), State.APPROVED.value),
        else_=State.RECEIVED.value,
    )
