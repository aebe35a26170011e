"""What is due and not taken up yet: how much of it, and since when the first has been."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import Session

from shopify_bot.claims import TO_CLASSIFY, TO_PUBLISH, TO_REVERT
from shopify_bot.finding.counting import Count, counted
from shopify_bot.states import State
from shopify_bot.tables import Review, Shop
from shopify_bot.turns import ripe

STEPS: dict[str, tuple[State, ...]] = {"classify": TO_CLASSIFY, "publish": TO_PUBLISH, "revert": TO_REVERT}
"""States of a review that each step takes up."""


@dataclass(frozen=True)
class Backlog:
    """Reviews of one shop that a worker should take up now; `oldest` is since when the first is due."""

    due: Count
    oldest: datetime | None


def backlog(session: Session, shop: Shop, states: tuple[State, ...]) -> Backlog:
    """What is due in these states, without what a worker is at."""
    mine = (Review.shop_id == shop.id, *ripe(states))
    count, oldest = session.execute(select(counted(*mine), first_due(mine))).one()
    return Backlog(Count(count), oldest)


def first_due(conditions: tuple[ColumnElement[bool], ...]) -> ColumnElement[datetime]:
    """Since when the first review under the conditions is due."""
    return select(func.min(Review.next_attempt_at)).where(*conditions).scalar_subquery()
