"""Entries of the history as the page and the table to take away tell them."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session, selectinload

from shopify_bot.review.changes import Change, written
from shopify_bot.review.history.streams import DECISIONS, PUBLISHED, Place
from shopify_bot.review.presenting import can_revert, picture, short_title
from shopify_bot.review.standing import Badge, badge
from shopify_bot.states import UNDOABLE, State
from shopify_bot.tables import Decision, Publication, Review, Shop
from shopify_bot.verdicts import Verdict, verdict

WRITTEN_FOR = ("approve", "correct", "revert")
"""Kinds of decisions that are carried out in the store."""
FAILED = frozenset({"approve", "correct", "retry", "revert"})
"""Kinds of decisions that something is written to the store for, which may fail."""


@dataclass(frozen=True)
class Entry:
    """One decision, or one time that something was written; `review` is what it was about, as it stands."""

    place: Place
    review: Review
    decision: Decision | None
    publication: Publication | None
    is_last: bool
    """Whether no decision on the review came after it."""
    carries_out: Decision | None = None
    """The decision that something was written for."""

    @property
    def moment(self) -> datetime:
        """When it was."""
        return self.place.moment

    @property
    def kind(self) -> str:
        """That of the decision; published or reverted for what was written."""
        if self.decision is not None:
            return self.decision.kind
        return "published" if self.place.stream == PUBLISHED else "reverted"

    @property
    def label(self) -> str | None:
        """The label that was decided on, or published."""
        row = self.decision or self.publication
        return row.label if row else None

    @property
    def title(self) -> str:
        """The product's, short enough for a list."""
        return short_title(self.review.product)

    @property
    def picture(self) -> str | None:
        """Address of the product's picture."""
        return picture(self.review.product)

    @property
    def badge(self) -> Badge:
        """Where the review stands now."""
        return badge(self.review)

    @property
    def verdict(self) -> Verdict | None:
        """What the prediction said that the decision was about."""
        if self.decision is None:
            return None
        earlier = [each for each in self.review.predictions if each.created_at <= self.decision.created_at]
        return verdict(earlier[-1]) if earlier else None

    @property
    def error(self) -> str | None:
        """Why what was decided could not be carried out; only of the last decision, which is tried now."""
        may_fail = self.decision is not None and self.is_last and self.kind in FAILED
        return self.review.error if may_fail else None

    @property
    def said(self) -> tuple[str, ...]:
        """What the store had to say when it was published."""
        after = self.publication.after if self.publication and self.kind == "published" else None
        return tuple((after or {}).get("said", ()))

    @property
    def put_back(self) -> list[tuple[str, str]]:
        """What was put back: part, and to what."""
        return [(each["what"], each["to"]) for each in self.outcome.get("put_back", ())]

    @property
    def left(self) -> list[tuple[str, str]]:
        """What was left as it stood: part, and why."""
        return [(each["what"], each["because"]) for each in self.outcome.get("left", ())]

    @property
    def outcome(self) -> dict[str, Any]:
        """Of taking it back."""
        is_reverted = self.publication is not None and self.kind == "reverted"
        return (self.publication.reverted if self.publication and is_reverted else None) or {}

    @property
    def changes(self) -> list[Change]:
        """What stood in the store before, and what stood there after it was published."""
        publication = self.publication
        if publication is None or publication.after is None or self.kind != "published":
            return []
        return written(self.review, publication, publication.after, None)

    @property
    def can_undo(self) -> bool:
        """Whether it has had no effect on the store yet."""
        return self.decision is not None and self.is_last and self.review.state in UNDOABLE

    @property
    def can_revert(self) -> bool:
        """Whether it may be taken back in the store."""
        return self.kind == "published" and can_revert(self.review)

    @property
    def is_failed(self) -> bool:
        """Whether it failed for good, or until somebody tries again."""
        return self.error is not None and self.review.state == State.FAILED


def entries(session: Session, shop: Shop, places: Iterable[Place]) -> list[Entry]:
    """The entries at those places, read in a handful of queries."""
    asked = list(places)
    decisions = rows(session, shop, Decision, [each.id for each in asked if each.stream == DECISIONS])
    publications = rows(session, shop, Publication, [each.id for each in asked if each.stream != DECISIONS])
    about = {each.review_id for each in (*decisions.values(), *publications.values())}
    reviews = reviews_by_id(session, shop, about)
    last = last_decisions(session, shop, about)
    orders = orders_of(session, shop, {each.review_id for each in publications.values()})
    found = []
    for place in asked:
        decision = decisions.get(place.id) if place.stream == DECISIONS else None
        publication = publications.get(place.id) if place.stream != DECISIONS else None
        row = decision or publication
        if row is not None:
            is_last = decision is not None and last.get(row.review_id) == decision.id
            order = None if decision else order_before(orders.get(row.review_id, []), place)
            found.append(Entry(place, reviews[row.review_id], decision, publication, is_last, order))
    return found


def orders_of(session: Session, shop: Shop, ids: set[int]) -> dict[int, list[Decision]]:
    """The decisions on these reviews that something is written for, oldest first."""
    found: dict[int, list[Decision]] = {}
    if ids:
        mine = Decision.shop_id == shop.id, Decision.review_id.in_(ids), Decision.kind.in_(WRITTEN_FOR)
        for decision in session.scalars(select(Decision).where(*mine).order_by(Decision.id)):
            found.setdefault(decision.review_id, []).append(decision)
    return found


def order_before(orders: list[Decision], place: Place) -> Decision | None:
    """The last of them that what was written there carried out."""
    is_published = place.stream == PUBLISHED
    fitting = [
        each for each in orders if (each.kind != "revert") == is_published and each.created_at <= place.moment
    ]
    return fitting[-1] if fitting else None


def rows(session: Session, shop: Shop, table: Any, ids: list[int]) -> dict[int, Any]:
    """Rows of a table by their ids."""
    if not ids:
        return {}
    query = select(table).where(table.shop_id == shop.id, table.id.in_(ids))
    return {row.id: row for row in session.scalars(query)}


def reviews_by_id(session: Session, shop: Shop, ids: set[int]) -> dict[int, Review]:
    """The reviews with what is told of them."""
    loaded = (
        selectinload(Review.product),
        selectinload(Review.predictions),
        selectinload(Review.publication),
        selectinload(Review.shop),
    )
    query = select(Review).where(Review.shop_id == shop.id, Review.id.in_(ids)).options(*loaded)
    return {review.id: review for review in session.scalars(query)}


def last_decisions(session: Session, shop: Shop, ids: set[int]) -> dict[int, int]:
    """The last decision of each review."""
    query = (
        select(Decision.review_id, func.max(Decision.id))
        .where(Decision.shop_id == shop.id, Decision.review_id.in_(ids))
        .group_by(Decision.review_id)
    )
    return dict(list(session.execute(query)))
