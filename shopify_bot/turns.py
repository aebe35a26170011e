"""Whose turn it is: of several shops with due reviews each gets its share, however many another has."""

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import ColumnElement, func, select, update
from sqlalchemy.orm import Session

from shopify_bot.leases import is_free
from shopify_bot.states import State
from shopify_bot.tables import Review, Shop, now


def due(states: tuple[State, ...]) -> tuple[ColumnElement[bool], ...]:
    """Conditions of a review that a worker should take up now, in a shop that we serve."""
    return (*ripe(states), Review.shop_id.in_(select(Shop.id).where(Shop.state == "active")))


def ripe(states: tuple[State, ...]) -> tuple[ColumnElement[bool], ...]:
    """Conditions of a review that a worker should take up now."""
    return (Review.state.in_(states), Review.next_attempt_at <= now(), is_free(Review))


def next_due(
    session: Session, states: tuple[State, ...], limit: int, without: Collection[int] = ()
) -> list[Review]:
    """Up to `limit` due reviews, locked, shared out equally among the shops that have any.

    Those of the shops `without` are left for later.
    """
    shops = due_shops(session, states, limit, without)
    found: list[Review] = []
    for place, shop_id in enumerate(shops):
        share = -((len(found) - limit) // (len(shops) - place))
        found += longest_due(session, shop_id, states, share)
    if len(found) < limit and len(shops) > 1:
        taken = [review.id for review in found]
        for shop_id in shops:
            found += longest_due(session, shop_id, states, limit - len(found), taken)
    return found[:limit]


def due_shops(session: Session, states: tuple[State, ...], limit: int, without: Collection[int]) -> list[int]:
    """Ids of shops that have due reviews; by chance, so that no shop is always the first."""
    has_due = select(Review.id).where(Review.shop_id == Shop.id, *ripe(states)).exists()
    query = select(Shop.id).where(Shop.state == "active", Shop.id.not_in(without), has_due)
    return list(session.scalars(query.order_by(func.random()).limit(limit)))


def longest_due(
    session: Session, shop_id: int, states: tuple[State, ...], limit: int, taken: list[int] | None = None
) -> list[Review]:
    """A shop's due reviews without those `taken`; another worker's are passed over."""
    if limit <= 0:
        return []
    query = select(Review).where(Review.shop_id == shop_id, *ripe(states), Review.id.not_in(taken or []))
    ordered = query.order_by(Review.next_attempt_at, Review.id).limit(limit)
    return list(session.scalars(ordered.with_for_update(skip_locked=True)))


def hold_shop(session: Session, shop_id: int, states: tuple[State, ...], until: datetime) -> None:
    """The store throttles: let none of the shop's reviews in these states be taken up before `until`.

    Otherwise each would be claimed to find the same, and take a turn from other shops.
    """
    session.execute(
        update(Review)
        .where(Review.shop_id == shop_id, Review.state.in_(states), is_free(Review))
        .where(Review.next_attempt_at < until)
        .values(next_attempt_at=until)
        .execution_options(synchronize_session=False)
    )
