"""The line of time, merged from three streams: decisions, what was published, and what was taken back.

Each is read along an index by its time and id, from a place on: pages stay whole while entries come.
"""

import heapq
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import islice
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, literal, select, tuple_
from sqlalchemy.orm import InstrumentedAttribute, Session

from shopify_bot.columns import UtcDateTime
from shopify_bot.review.history.filters import LARGEST_ID, Filter, Kind
from shopify_bot.tables import Decision, Id, Publication, Shop

DECISIONS, PUBLISHED, REVERTED = 0, 1, 2
"""At the same moment, what comes later on the road is the newer."""


class Place(NamedTuple):
    """Where an entry stands: when it was, of which stream it is, and the id of its row."""

    moment: datetime
    stream: int
    id: int

    @property
    def cursor(self) -> str:
        """The place as an address holds it."""
        return f"{self.moment.astimezone(UTC).replace(tzinfo=None).isoformat()}~{self.stream}~{self.id}"


def place_of(cursor: str | None) -> Place | None:
    """The place of a cursor; None for one that makes no sense."""
    parts = (cursor or "").split("~")
    try:
        moment, stream, number = datetime.fromisoformat(parts[0]), int(parts[1]), int(parts[2])
    except (ValueError, IndexError):
        return None
    known = moment.tzinfo is None and 1 < moment.year < 9999 and stream in (DECISIONS, PUBLISHED, REVERTED)
    return Place(moment.replace(tzinfo=UTC), stream, number) if known and 0 < number <= LARGEST_ID else None


@dataclass(frozen=True)
class Stream:
    """Rows of a table by a time of theirs."""

    number: int
    moment: InstrumentedAttribute[Any]
    id: InstrumentedAttribute[int]
    conditions: list[ColumnElement[bool]]

    def places(self, session: Session, before: Place | None, limit: int) -> list[Place]:
        """The next places before one, the newest first."""
        query = select(self.moment, self.id).where(*self.conditions)
        if before is not None:
            query = query.where(self.is_before(before))
        query = query.order_by(self.moment.desc(), self.id.desc()).limit(limit)
        return [Place(moment, self.number, id) for moment, id in session.execute(query)]

    def is_before(self, place: Place) -> ColumnElement[bool]:
        """Whether a row of this stream is older than a place of any."""
        then = literal(place.moment, UtcDateTime())
        if self.number != place.stream:
            return self.moment <= then if self.number < place.stream else self.moment < then
        return tuple_(self.moment, self.id) < tuple_(then, literal(place.id, Id))


def streams(shop: Shop, asked: Filter) -> list[Stream]:
    """Those that may hold what is asked for."""
    found = [
        (DECISIONS, Decision.created_at, Decision.id, asked.of_decisions(shop)),
        (
            PUBLISHED,
            Publication.finished_at,
            Publication.id,
            asked.of_written(shop, Kind.PUBLISHED, Publication.finished_at),
        ),
        (
            REVERTED,
            Publication.reverted_at,
            Publication.id,
            asked.of_written(shop, Kind.REVERTED, Publication.reverted_at),
        ),
    ]
    return [Stream(number, moment, id, where) for number, moment, id, where in found if where is not None]


def places(session: Session, shop: Shop, asked: Filter, before: Place | None, limit: int) -> list[Place]:
    """Up to `limit` places of entries asked for, the newest first, before a place or from the newest on."""
    found = [each.places(session, before, limit) for each in streams(shop, asked)]
    return list(islice(heapq.merge(*found, reverse=True), limit))


def reviewers(session: Session, shop: Shop, most: int = 50) -> list[str]:
    """Who ever decided in the shop, by name; one step along the index for each."""
    mine = Decision.shop_id == shop.id
    first = select(Decision.reviewer).where(mine).order_by(Decision.reviewer).limit(1)
    names = select(first.scalar_subquery().label("name")).cte("names", recursive=True)
    after = select(Decision.reviewer).where(mine, Decision.reviewer > names.c.name)
    following = after.order_by(Decision.reviewer).limit(1).scalar_subquery()
    names = names.union_all(select(following).where(names.c.name.is_not(None)))
    query = select(names.c.name).where(names.c.name.is_not(None)).limit(most)
    return list(session.scalars(query))
