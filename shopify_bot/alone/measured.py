"""What deciding alone would have done, counted in a shop's own decisions of the last weeks."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, and_, case, func, select
from sqlalchemy.orm import Session

from shopify_bot.alone.checks import SAID
from shopify_bot.alone.deciding import SOURCE
from shopify_bot.alone.evidence import Share
from shopify_bot.tables import Decision, Shop, now

WINDOW = timedelta(days=90)
MOST_DECISIONS = 5000
"""Only as many of the latest decisions are looked at, so that the answer never takes long."""

COUNTED = (
    "id",
    "kind",
    "label",
    "predicted_label",
    "confidence",
    "decides_alone",
    "source",
    "bulk_id",
    "undoes_id",
    "created_at",
)
"""Columns of a decision that are looked at."""

FEWEST_AGREED = 50
"""Of fewer than these a share is not told."""


@dataclass(frozen=True)
class Level:
    """At one least confidence: the share that would have been decided alone, and of these the right ones.

    Right are those that a person, looking at each by itself, decided as the model said.
    """

    decided: Share
    right: Share

    @property
    def is_measured(self) -> bool:
        """Whether there are enough to tell a share."""
        return self.right.total >= FEWEST_AGREED


@dataclass(frozen=True)
class Record:
    """What was counted, level by level, in `total` decisions since `since`."""

    total: int
    since: datetime | None
    levels: tuple[Level, ...]


def measure(session: Session, shop: Shop, levels: tuple[float, ...]) -> Record:
    """Count the shop's latest decisions against each least confidence in `levels`, in one query.

    Decisions that were undone do not count. Those about many products at once, and those made alone, say
    what would have been decided, but not whether it was right: nobody looked.
    """
    window = (
        select(*(getattr(Decision, name) for name in COUNTED))
        .where(Decision.shop_id == shop.id, Decision.created_at >= now() - WINDOW)
        .order_by(Decision.created_at.desc(), Decision.id.desc())
        .limit(MOST_DECISIONS)
        .cte("latest")
    )
    found = window.c
    undone = select(found.undoes_id).where(found.undoes_id.is_not(None))
    by_a_person = and_(found.source != SOURCE, found.bulk_id.is_(None))
    sums: list[ColumnElement[int]] = []
    for level in levels:
        sure = and_(found.decides_alone, found.confidence >= level)
        seen = and_(sure, by_a_person)
        sums += [count_if(sure), count_if(seen), count_if(and_(seen, found.label == found.predicted_label))]
    query = select(func.count(), func.min(found.created_at), *sums).where(
        found.kind.in_(SAID), found.predicted_label.is_not(None), found.id.not_in(undone)
    )
    total, since, *counted = session.execute(query).one()
    triples = zip(counted[::3], counted[1::3], counted[2::3], strict=True)
    return Record(
        total,
        since,
        tuple(Level(Share(sure or 0, total), Share(right or 0, seen or 0)) for sure, seen, right in triples),
    )


def count_if(condition: ColumnElement[bool]) -> ColumnElement[int]:
    """How many rows it holds for."""
    return func.sum(case((condition, 1), else_=0))
