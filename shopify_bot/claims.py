"""Claiming due reviews under a lease, keeping the lease alive, and letting go.

A claim is a compare-and-set, so of several workers one gets each review. Whoever holds the lease token
may settle it; a worker that was taken for dead finds its token gone and its late result refused.
"""

import logging
import uuid
from collections.abc import Collection
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import delete, func, select, update
from sqlalchemy.orm import Session, selectinload

from shopify_bot.bot import Bot
from shopify_bot.connecting.taking_up import awaits_token, may_have_another_token
from shopify_bot.leases import is_free, kept_alive, lease_end
from shopify_bot.shopify.errors import Busy, Throttled
from shopify_bot.states import CLOSED, State, move
from shopify_bot.tables import Review, now
from shopify_bot.turns import due, hold_shop, next_due

log = logging.getLogger(__name__)

TO_CLASSIFY = (State.RECEIVED, State.WAITING_FOR_IMAGE, State.CLASSIFYING)
TO_PUBLISH = (State.APPROVED, State.PUBLISHING)
TO_REVERT = (State.REVERTING,)

MOST_TAKEOVERS = 20
"""A review whose worker died this often in a row takes workers down; it waits for a person."""


@dataclass(frozen=True)
class Claim:
    """Reviews claimed together, and the token that proves it."""

    token: str
    reviews: list[Review]


def count_due(session: Session, states: tuple[State, ...]) -> int:
    """How many reviews a worker should take up now."""
    return session.scalar(select(func.count()).select_from(Review).where(*due(states))) or 0


def claim(
    bot: Bot, states: tuple[State, ...], working: State, limit: int, without: Collection[int] = ()
) -> Claim:
    """Claim up to `limit` due reviews, shared out among shops; those claimed are in state `working`.

    Shops whose ids are in `without` are left out.
    """
    token = str(uuid.uuid4())
    with bot.database.writing() as session:
        candidates = next_due(session, states, limit, without)
        ids = [review.id for review in candidates if take(session, review, working, token, bot)]
        loaded = select(Review).where(Review.id.in_(ids)).order_by(Review.id)
        reviews = session.scalars(
            loaded.options(
                selectinload(Review.product),
                selectinload(Review.shop),
                selectinload(Review.decisions),
                selectinload(Review.publication),
            )
        ).all()
    return Claim(token, list(reviews))


def take(session: Session, review: Review, working: State, token: str, bot: Bot) -> bool:
    """Claim one review; one that was being worked on lost its worker, which is counted."""
    died = review.state == working and review.lease_token is not None
    takeovers = review.takeovers + 1 if died else review.takeovers
    if takeovers > MOST_TAKEOVERS:
        reason = f"The worker died {MOST_TAKEOVERS} times in a row on this product. See the worker's log."
        gone = {"lease_until": None, "lease_token": None, "awaits_token": False}
        move(session, review, given_up(session, review), is_free(Review), error=reason, **gone)
        return False
    lease = {"lease_until": lease_end(bot), "lease_token": token}
    return move(session, review, working, is_free(Review), takeovers=takeovers, **lease)


def held(bot: Bot, token: str) -> AbstractContextManager[None]:
    """Renew the leases of a claim from a thread for as long as the block runs."""
    return kept_alive(bot, Review, token)


def settle(session: Session, review: Review, token: str, to: State, **values: Any) -> bool:
    """Move a claimed review on and let go of it; False when the lease went to somebody else."""
    mine = Review.lease_token == token
    return move(session, review, to, mine, lease_until=None, lease_token=None, **values)


def drop(session: Session, review: Review, token: str) -> None:
    """Delete a claimed review that nobody has seen, since there is nothing new to decide."""
    session.execute(delete(Review).where(Review.id == review.id, Review.lease_token == token))
    of_product = Review.shop_id == review.shop_id, Review.product_id == review.product_id
    left = select(func.max(Review.id)).where(*of_product).scalar_subquery()
    session.execute(update(Review).where(Review.id == left).values(is_latest=True))


def put_off(session: Session, review: Review, token: str, at: datetime, error: str, attempts: int) -> None:
    """Let go of a claimed review until `at`; it keeps its state."""
    session.execute(
        update(Review)
        .where(Review.id == review.id, Review.lease_token == token)
        .values(next_attempt_at=at, error=error, attempts=attempts, lease_until=None, lease_token=None)
        .execution_options(synchronize_session=False)
    )


def give_up(session: Session, review: Review, token: str, error: Exception, **values: Any) -> None:
    """Make no further automatic attempt, and say why; what a new token may cure waits for one."""
    awaits = awaits_token(error)
    if awaits and may_have_another_token(session, review.shop):
        put_off(session, review, token, now(), str(error), review.attempts)
        return
    settle(session, review, token, given_up(session, review), error=str(error), awaits_token=awaits, **values)


def given_up(session: Session, review: Review) -> State:
    """`failed`; but a product has one open review, so undoing beside one goes back to `published`."""
    if review.state != State.REVERTING:
        return State.FAILED
    query = select(Review.id).where(
        Review.shop_id == review.shop_id,
        Review.product_id == review.product_id,
        Review.id != review.id,
        Review.state.not_in(CLOSED),
    )
    return State.FAILED if session.scalar(query.limit(1)) is None else State.PUBLISHED


def try_again_or_fail(bot: Bot, session: Session, review: Review, token: str, error: Exception) -> None:
    """After a passing fault: put the review off, longer each time; after the last wait it is `failed`.

    A store that is throttling, or another worker at the same thing, is no fault and never fails a review.
    """
    stated = timedelta(seconds=getattr(error, "wait_s", None) or 1.0)
    if isinstance(error, Throttled | Busy):
        put_off(session, review, token, now() + stated, str(error), review.attempts)
        if isinstance(error, Throttled):
            hold_shop(session, review.shop_id, TO_CLASSIFY + TO_PUBLISH + TO_REVERT, now() + stated)
        return
    attempts = review.attempts + 1
    if attempts > len(bot.settings.retry_s):
        give_up(session, review, token, error, attempts=attempts)
        return
    wait = max(timedelta(seconds=bot.settings.retry_s[attempts - 1]), stated)
    put_off(session, review, token, now() + wait, str(error), attempts)
