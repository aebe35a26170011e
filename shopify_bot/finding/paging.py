"""Pages of reviews in an order, each asked for by a cursor: the place at which the one beside it ends.

A place is a value and an id, so pages stay whole while reviews come, go and change.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Select, func, select, true, tuple_
from sqlalchemy.orm import InstrumentedAttribute, Session, aliased
from sqlalchemy.sql.base import ExecutableOption

from shopify_bot.tables import Review

END = "end"
"""A cursor that stands behind the last review: the page before it is the last."""
LARGEST_ID = 2**63 - 1
LONGEST_VALUE = 30
MOST_WALKED = 2000


class Found(NamedTuple):
    """A page, and the cursors to ask the pages beside it with: None where there is none."""

    reviews: list[Review]
    before: str | None
    after: str | None


class Place(NamedTuple):
    """Where a review stands: its value, None where it has none or none counts, and its id."""

    value: Any
    id: int


@dataclass(frozen=True)
class Key:
    """What reviews are put in order by: a column, if any, then their ids.

    A review without a value stands where `if_null` would. `by_index` walks along the index of the column;
    without it all that match are looked at and the first of them picked out, faster where few match.
    """

    column: InstrumentedAttribute[Any] | None = None
    kind: Callable[[str], float] = int
    if_null: float = 0
    """Less than every value, or more than every value."""
    descends: bool = False
    by_index: bool = True

    def cursor_of(self, review: Review) -> str:
        """The cursor of the place of a review."""
        value = getattr(review, self.column.key) if self.column is not None else None
        return str(review.id) if value is None else f"{value!r}~{review.id}"

    def place(self, cursor: str | None) -> Place | None:
        """The place of a cursor; None for one that makes no sense."""
        value, _, number = (cursor or "").rpartition("~")
        if not (number.isascii() and number.isdigit() and 0 < int(number[:20]) <= LARGEST_ID):
            return None
        if not value or self.column is None:
            return Place(None, int(number))
        try:
            known = self.kind(value[:LONGEST_VALUE])
        except ValueError:
            return None
        return Place(known, int(number)) if abs(known) <= LARGEST_ID else None

    @property
    def parts(self) -> list["Part"]:
        """The stretches of the order; one, unless those without a value stand elsewhere in the index."""
        if self.column is None:
            return [Part(true(), (Review.id,), lambda _: True, lambda place: (place.id,))]
        if not self.by_index:
            ordered = func.coalesce(self.column, self.if_null)
            return [Part(true(), (ordered, Review.id), lambda _: True, self.valued)]
        nulls = Part(self.column.is_(None), (Review.id,), lambda at: at.value is None, lambda at: (at.id,))
        compared = self.column, Review.id
        valued = self.column.is_not(None)
        others = Part(valued, compared, lambda at: at.value is not None, self.valued, has_values=True)
        return [nulls, others] if self.if_null < 0 else [others, nulls]

    def valued(self, place: Place) -> tuple[Any, ...]:
        """The place with a value in any case."""
        return (self.if_null if place.value is None else place.value), place.id


class Part(NamedTuple):
    """A stretch of the order: what holds of its reviews, and what they are put in order by."""

    condition: ColumnElement[bool]
    compared: tuple[Any, ...]
    holds: Callable[[Place], bool]
    """Whether a place is in it."""
    values: Callable[[Place], tuple[Any, ...]]
    """What the place is compared by."""
    has_values: bool = False
    """Whether all of them have a value."""


@dataclass(frozen=True)
class Walk:
    """A shorter way where many match: along an index, past `MOST_WALKED` reviews at most."""

    along: list[ColumnElement[bool]]
    """What holds of the reviews on the way, such as an index leads along."""
    filters: Callable[[type[Review]], list[ColumnElement[bool]]]
    """What must hold besides, said of the reviews on the way."""

    def picked(self, on_the_way: Select[int], column: str, descends: bool) -> Select[int]:
        """Those that are wanted of the first ones on the way, in the order of the column."""
        passed = aliased(Review, on_the_way.with_only_columns(Review).limit(MOST_WALKED).subquery())
        order = getattr(passed, column), passed.id
        wanted = select(passed.id).where(*self.filters(passed))
        return wanted.order_by(*(each.desc() if descends else each for each in order))


@dataclass(frozen=True)
class Keyset:
    """The reviews that meet the conditions, in the order of the key."""

    key: Key
    conditions: list[ColumnElement[bool]]
    walk: Walk | None = None
    """A way to try first."""

    def page(
        self,
        session: Session,
        after: str | None,
        before: str | None,
        limit: int,
        options: tuple[ExecutableOption, ...] = (),
    ) -> Found:
        """Up to `limit` reviews, from the start unless `after` or `before` a cursor."""
        place = self.key.place(before or after)
        backwards = before is not None and (place is not None or before == END)
        ids = self.ids(session, place, limit + 1, backwards)
        reviews = loaded(session, ids[:limit], options)
        if backwards:
            reviews.reverse()
        return self.found(reviews, place is not None, len(ids) > limit, backwards)

    def found(self, reviews: list[Review], is_inside: bool, has_more: bool, backwards: bool) -> Found:
        """The page with its cursors; one that was reached from another has that one beside it."""
        if not reviews:
            return Found([], None, None)
        first, last = self.key.cursor_of(reviews[0]), self.key.cursor_of(reviews[-1])
        if backwards:
            return Found(reviews, first if has_more else None, last if is_inside else None)
        return Found(reviews, first if is_inside else None, last if has_more else None)

    def ids(self, session: Session, place: Place | None, limit: int, backwards: bool = False) -> list[int]:
        """Ids of up to `limit` reviews behind the place, or backwards before it."""
        descends = self.key.descends != backwards
        walked = self.walked(session, place, limit, descends)
        if walked is not None:
            return walked
        found: list[int] = []
        for _part, query in self.queries(place, descends):
            if len(found) < limit:
                found += session.scalars(query.limit(limit - len(found)))
        return found

    def walked(self, session: Session, place: Place | None, limit: int, descends: bool) -> list[int] | None:
        """The same by the way to try first; None when too few were met on it."""
        column, walk = self.key.column, self.walk
        if walk is None or column is None:
            return None
        key = replace(self.key, by_index=True)
        exact, along = Keyset(key, self.conditions), Keyset(key, walk.along)
        both = zip(exact.queries(place, descends), along.queries(place, descends), strict=True)
        found: list[int] = []
        for (part, query), (_part, on_the_way) in both:
            left = limit - len(found)
            if part.has_values:
                query = walk.picked(on_the_way, column.key, descends)
            more = session.scalars(query.limit(left)).all() if left else []
            found += more
            if part.has_values and len(more) < left:
                return None
        return found

    def queries(self, place: Place | None, descends: bool) -> Iterator[tuple[Part, Select[int]]]:
        """Each part of the order, from the one that the place is in, with a query for it."""
        parts = self.key.parts[::-1] if descends else self.key.parts
        start = 0 if place is None else next(i for i, part in enumerate(parts) if part.holds(place))
        for number, part in enumerate(parts[start:]):
            query = select(Review.id).where(*self.conditions, part.condition)
            if place is not None and number == 0:
                here, there = tuple_(*part.compared), tuple_(*part.values(place))
                query = query.where(here < there if descends else here > there)
            yield part, query.order_by(*(each.desc() if descends else each for each in part.compared))


def loaded(session: Session, ids: list[int], options: tuple[ExecutableOption, ...]) -> list[Review]:
    """The reviews of these ids, in their order."""
    query = select(Review).where(Review.id.in_(ids)).options(*options)
    rows = {review.id: review for review in session.scalars(query)}
    return [rows[each] for each in ids if each in rows]
