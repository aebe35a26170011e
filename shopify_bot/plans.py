"""What is to be written for one review, read from the mapping once, and what was written of it so far.

Kept in the database ahead of each write, so that a repeat after a crash writes the same, and undoing knows
what was ours.
"""

from dataclasses import asdict, dataclass, field, fields, replace
from typing import Any

from sqlalchemy import select

from shopify_bot.database import Database
from shopify_bot.mapping import Filing, Status
from shopify_bot.shopify.products import ProductState
from shopify_bot.tables import Publication, Review


@dataclass(frozen=True)
class Plan:
    """What is to be written, and what we set out to write of it."""

    decision_id: int
    filing: Filing
    publications: tuple[str, ...]
    """Ids of the sales channels; the first is the one read back."""
    status: Status
    categories: tuple[str, ...] = ()
    """Taxonomy ids that we wrote."""
    tags: tuple[str, ...] = ()
    """Tags that we added."""
    joined: dict[str, bool] = field(default_factory=dict)
    """Collections that we put the product into, each with whether it was there before."""
    left: tuple[str, ...] = ()
    """Collections of earlier publications that we took it out of."""

    def as_json(self) -> dict[str, Any]:
        document = asdict(self)
        del document["filing"]["own"]  # whose choice a part was matters to the mapping alone
        return document


def plan_from(document: dict[str, Any]) -> Plan:
    """The plan as the database keeps it."""
    return Plan(**known(Plan, document) | {"filing": Filing(**known(Filing, document["filing"]))})


def known(of: type[Plan] | type[Filing], document: dict[str, Any]) -> dict[str, Any]:
    """The fields that this version has, lists as tuples."""
    names = {each.name for each in fields(of)} & set(document)
    return {
        name: tuple(document[name]) if isinstance(document[name], list) else document[name] for name in names
    }


@dataclass
class PlanKeeper:
    """Keeps one review's plan in its publication's row."""

    database: Database
    review: Review
    plan: Plan
    """Made anew by each try."""
    before: dict[str, Any] = field(default_factory=dict)
    """What stood in the store ahead of our first write, once `begin` was called."""

    def begin(self, state: ProductState) -> None:
        """Keep what stands there and the plan, or take up those of an earlier try.

        A plan of an earlier decision gives way, but not what was written of it.
        """
        with self.database.writing() as session:
            row = session.scalar(select(Publication).where(Publication.review_id == self.review.id))
            if row is None:
                row = Publication(
                    shop_id=self.review.shop_id,
                    review_id=self.review.id,
                    before=asdict(state),
                    label=self.plan.filing.label,
                )
                session.add(row)
            elif row.plan is not None:
                self.plan = self.taken_up(plan_from(row.plan))
            row.label, row.plan = self.plan.filing.label, self.plan.as_json()
            self.before = dict(row.before)

    def taken_up(self, kept: Plan) -> Plan:
        """The kept plan; for another decision, ours with what was written of the kept one."""
        if kept.decision_id == self.plan.decision_id:
            return kept
        return replace(
            self.plan, categories=kept.categories, tags=kept.tags, joined=kept.joined, left=kept.left
        )

    def note(
        self,
        *,
        categories: tuple[str, ...] = (),
        tags: tuple[str, ...] = (),
        left: tuple[str, ...] = (),
        joined: dict[str, bool] | None = None,
    ) -> None:
        """Keep what is about to be written, beside what this or another worker has kept already."""
        with self.database.writing() as session:
            query = select(Publication).where(Publication.review_id == self.review.id).with_for_update()
            row = session.scalars(query).one()
            plan = self.taken_up(plan_from(row.plan)) if row.plan is not None else self.plan
            self.plan = replace(
                plan,
                categories=both(plan.categories, categories),
                tags=both(plan.tags, tags),
                left=both(plan.left, left),
                joined={**(joined or {}), **plan.joined},
            )
            row.plan = self.plan.as_json()

    def joining(self, collection: str, is_member: bool) -> None:
        """Note ahead of putting the product into a collection; an earlier try may have put it there."""
        if collection in self.plan.joined:
            return
        was_member = collection in self.before["collections"]
        was_member = was_member or bool(self.before.get("in_more") and is_member)
        self.note(joined={collection: was_member})


def both(known: tuple[str, ...], fresh: tuple[str, ...]) -> tuple[str, ...]:
    """Those known and then those that are not among them."""
    return (*known, *(each for each in fresh if each not in known))
