"""The way through the queue: which products a person walks through, in which order, and what comes next."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from flask import request, url_for
from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import Session

from shopify_bot.finding.counting import Count
from shopify_bot.finding.listing import LOADED
from shopify_bot.finding.paging import END, Keyset
from shopify_bot.finding.selection import Selection, Sort
from shopify_bot.review.languages import _, marked
from shopify_bot.review.session import visit
from shopify_bot.states import CLOSED, State
from shopify_bot.tables import Review, Shop

WAITING = (State.PENDING,)
ORDERS = {
    Sort.OLDEST: marked("Oldest first"),
    Sort.NEWEST: marked("Newest first"),
    Sort.LEAST_SURE: marked("Least sure first"),
    Sort.ALIKE: marked("Alike together"),
}


@dataclass(frozen=True)
class Walk:
    """A selection of a shop's reviews, gone through one by one."""

    shop: Shop
    selection: Selection

    @property
    def args(self) -> dict[str, Any]:
        """The arguments of an address that stays on this way."""
        given = self.selection.args()
        return given if self.selection.states != WAITING else {**given, "state": None}

    @property
    def order(self) -> str:
        """The order in words."""
        return _(ORDERS[self.selection.sort])

    @property
    def of_skipped(self) -> bool:
        """Whether it leads through what was skipped."""
        return self.selection.states == (State.SKIPPED,)

    def orders(self) -> list[tuple[str, str, bool]]:
        """The orders to choose from: words, address, whether it is this one."""
        kept = {**self.args, "sort": None}
        return [
            (
                _(text),
                url_for("pages.queue", **{**kept, "sort": None if sort == Sort.OLDEST else sort.value}),
                sort == self.selection.sort,
            )
            for sort, text in ORDERS.items()
        ]

    def address(self, review_id: int) -> str:
        """The page of a review, on this way."""
        return url_for("pages.product", review_id=review_id, **self.args)

    def action(self, name: str, review_id: int) -> str:
        """Where a form about a review is sent, on this way."""
        return url_for(f"pages.{name}", review_id=review_id, **self.args)

    def place(self, review: Review) -> str:
        """The cursor of the place of a review."""
        return self.selection.cursor_of(review)

    def coming(
        self, session: Session, after: str | None, limit: int, held: Iterable[int] = ()
    ) -> list[Review]:
        """Up to `limit` reviews behind the place, then those from the beginning, without those `held`."""
        without = frozenset(held)
        found = self.page(session, after=after, limit=limit, without=without)
        if after is not None and len(found) < limit:
            both = without.union(review.id for review in found)
            found += self.page(session, limit=limit - len(found), without=both)
        return found

    def before(self, session: Session, review: Review) -> int | None:
        """Id of the review before this one."""
        earlier = self.page(session, before=self.place(review), limit=1, loaded=False)
        return next((each.id for each in earlier), None)

    def onward(self, session: Session, review: Review) -> str:
        """Where to go once the review is decided: to the next one, or to what is said when there is none."""
        coming = self.coming(session, self.place(review), 1, [review.id])
        return self.address(coming[0].id) if coming else url_for("pages.queue", **self.args)

    def page(
        self,
        session: Session,
        *,
        after: str | None = None,
        before: str | None = None,
        limit: int,
        without: frozenset[int] = frozenset(),
        loaded: bool = True,
    ) -> list[Review]:
        """Reviews in order, beginning from a place or from the end that lies nearer."""
        conditions = self.conditions()
        if without:
            conditions.append(Review.id.not_in(without))
        keyset = Keyset(self.selection.key, conditions)
        return keyset.page(session, after, before, limit, LOADED if loaded else ()).reviews

    def gone(self, session: Session, held: Iterable[int]) -> list[int]:
        """Those of the ids that are not on this way any more: somebody decided them, or they were deleted."""
        ids = list(held)
        if not ids:
            return []
        there = session.scalars(select(Review.id).where(Review.id.in_(ids), *self.conditions())).all()
        return sorted(set(ids).difference(there))

    def conditions(self) -> list[ColumnElement[bool]]:
        """What holds of the reviews on this way; of a product's reviews only the latest can be open."""
        if self.selection.states and CLOSED.isdisjoint(self.selection.states):
            return [Review.shop_id == self.shop.id, *self.selection.filters()]
        return self.selection.conditions(self.shop)

    def last_before(self, session: Session, before: str | None, held: Iterable[int]) -> list[Review]:
        """The one review before the place, if there is one that is not `held`."""
        return self.page(session, before=before or END, limit=1, without=frozenset(held))

    @property
    def counted_as(self) -> str | None:
        """The name that how many there are has among the totals; None where they must be counted."""
        named: dict[tuple[State, ...], str] = {WAITING: "pending", (State.SKIPPED,): "skipped"}
        return named.get(self.selection.states) if self.selection.is_plain else None

    def left(self, session: Session, totals: Mapping[str, Count]) -> Count:
        """How many there are, counted up to where it matters."""
        if self.counted_as:
            return totals[self.counted_as]
        return self.selection.count(session, self.shop)


def walk() -> Walk:
    """The way that this request is on: what its arguments select, or all that waits for a decision."""
    selection = Selection.from_args(request.args)
    return Walk(visit().shop, selection if selection.states else replace(selection, states=WAITING))
