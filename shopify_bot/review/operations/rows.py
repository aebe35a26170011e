"""The products that went wrong or wait, as rows of the page."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, Select, select
from sqlalchemy.orm import Session, joinedload

from shopify_bot.review.presenting import picture, short_title
from shopify_bot.review.standing import Badge, badge
from shopify_bot.states import State
from shopify_bot.tables import BulkAction, Review, Shop

PER_PAGE = 50
TRIED_AGAIN = (State.RECEIVED, State.CLASSIFYING, State.APPROVED, State.PUBLISHING, State.REVERTING)
"""States in which an error is followed by another automatic attempt."""
MOST_BULK = 10


@dataclass(frozen=True)
class Row:
    """One product; `reason` is what the store or the worker said, if anything."""

    id: int
    title: str
    picture: str | None
    badge: Badge
    reason: str | None
    created_at: datetime
    next_attempt_at: datetime


def row(review: Review) -> Row:
    """The review for the template."""
    return Row(
        review.id,
        short_title(review.product),
        picture(review.product),
        badge(review),
        review.error or review.note,
        review.created_at,
        review.next_attempt_at,
    )


def failed(session: Session, shop: Shop, before: int | None) -> list[Row]:
    """Failed reviews of the shop, newest first, one more than fit on a page.

    One whose undoing failed beside another open review of its product is `published` again, with an error.
    """
    outcomes = (
        [Review.state == State.FAILED],
        [Review.state == State.PUBLISHED, Review.error.is_not(None)],
    )
    found = [each for conditions in outcomes for each in newest(session, shop, before, *conditions)]
    return [row(each) for each in sorted(found, key=lambda review: -review.id)[: PER_PAGE + 1]]


def newest(
    session: Session, shop: Shop, before: int | None, *conditions: ColumnElement[bool]
) -> list[Review]:
    """The newest reviews under the conditions: each kind by its own index."""
    query = with_product(select(Review).where(Review.shop_id == shop.id, *conditions))
    if before is not None:
        query = query.where(Review.id < before)
    return list(session.scalars(query.order_by(Review.id.desc()).limit(PER_PAGE + 1)))


def waiting_for_image(session: Session, shop: Shop) -> list[Row]:
    """Reviews whose picture the store has not got ready, the next to be asked for first."""
    query = select(Review).where(Review.shop_id == shop.id, Review.state == State.WAITING_FOR_IMAGE)
    ordered = query.order_by(Review.next_attempt_at, Review.id).limit(PER_PAGE)
    return [row(each) for each in session.scalars(with_product(ordered))]


def tried_again(session: Session, shop: Shop) -> list[Row]:
    """The newest reviews whose last try went wrong and that are tried again by themselves, the next first."""
    found = [
        each
        for state in TRIED_AGAIN
        for each in newest(session, shop, None, Review.state == state, Review.error.is_not(None))
    ]
    return [row(each) for each in sorted(found, key=lambda review: review.next_attempt_at)[:PER_PAGE]]


def with_product(query: Select[Review]) -> Select[Review]:
    """The same, with what a row shows."""
    return query.options(joinedload(Review.product))


def bulk_running(session: Session, shop: Shop) -> list[BulkAction]:
    """Bulk actions that are not done yet, newest first."""
    query = select(BulkAction).where(BulkAction.shop_id == shop.id, BulkAction.finished_at.is_(None))
    return list(session.scalars(query.order_by(BulkAction.id.desc()).limit(MOST_BULK)))
