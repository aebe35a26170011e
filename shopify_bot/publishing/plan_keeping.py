"""Keeping a plan in the database ahead of each write.

So a repeat after a crash writes the same, and undoing knows what was ours.
"""

import json
from collections.abc import Iterable, Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager, nullcontext
from dataclasses import asdict, dataclass, field, replace
from types import MappingProxyType
from typing import Any

from sqlalchemy import select

from shopify_bot.database import Database
from shopify_bot.publishing.plans import KEPT_AS, Plan, plan_from
from shopify_bot.shopify.errors import Permanent
from shopify_bot.shopify.products import ProductState
from shopify_bot.tables import Publication, Review


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
                kept = plan_from(row.plan)
                self.plan = self.taken_up(kept)
                row.before = stood_before(row.before, asdict(state), kept)
            row.label, row.plan = self.plan.filing.label, self.plan.as_json()
            self.before = dict(row.before)

    def taken_up(self, kept: Plan) -> Plan:
        """The kept plan; for another decision, ours with what was written of the kept one."""
        if kept.decision_id == self.plan.decision_id:
            return kept
        return replace(self.plan, **kept.progress)

    def note(
        self,
        *,
        wrote: Mapping[str, str] = MappingProxyType({}),
        tags: tuple[str, ...] = (),
        left: tuple[str, ...] = (),
        channels: tuple[str, ...] = (),
        joined: Mapping[str, bool] = MappingProxyType({}),
    ) -> None:
        """Keep what is about to be written, beside what this or another worker has kept already."""
        with self.database.writing() as session:
            query = select(Publication).where(Publication.review_id == self.review.id).with_for_update()
            row = session.scalars(query).one()
            plan = self.taken_up(plan_from(row.plan)) if row.plan is not None else self.plan
            fresh = {name: [*others(plan.wrote.get(name, ()), value), value] for name, value in wrote.items()}
            self.plan = replace(
                plan,
                wrote={**plan.wrote, **fresh},
                tags=both(plan.tags, tags),
                left=both(plan.left, left),
                channels=both(plan.channels, channels),
                joined={**joined, **plan.joined},
            )
            row.plan = self.plan.as_json()

    @contextmanager
    def writing(self, **what: Any) -> Iterator[None]:
        """Note what the block writes; not so where the store refuses it, as a person may do it then."""
        known = self.plan
        self.note(**what)
        try:
            yield
        except Permanent:
            self.forget(known)
            raise

    def forget(self, known: Plan) -> None:
        """Go back to what was `known`, unless another worker has noted something since."""
        with self.database.writing() as session:
            query = select(Publication).where(Publication.review_id == self.review.id).with_for_update()
            row = session.scalars(query).one()
            if row.plan == json.loads(json.dumps(self.plan.as_json())):
                self.plan, row.plan = known, known.as_json()

    def joining(self, collection: str, is_member: bool) -> AbstractContextManager[None]:
        """For putting the product into a collection; an earlier try may have put it there."""
        if collection in self.plan.joined:
            return nullcontext()
        was_member = collection in self.before["collections"]
        was_member = was_member or bool(self.before.get("in_more") and is_member)
        return self.writing(joined={collection: was_member})


def both(known: tuple[str, ...], fresh: tuple[str, ...]) -> tuple[str, ...]:
    """Those known and then those that are not among them."""
    return (*known, *(each for each in fresh if each not in known))


def others(values: Iterable[str], than: str) -> list[str]:
    """The values without that one."""
    return [value for value in values if value != than]


def stood_before(old: dict[str, Any], now: dict[str, Any], kept: Plan) -> dict[str, Any]:
    """What stood there before us, by what an earlier try found and wrote, and what stands there `now`.

    Whatever is not as we wrote it is a person's, who may have changed it since.
    """
    before = dict(now)
    if not any(kept.progress.values()):
        return before
    before["collections"] = old["collections"]  # one that we made has the product ahead of our noting it
    for name, kept_as in KEPT_AS.items():
        if now[kept_as[0]] in kept.wrote.get(name, ()):
            before |= {each: old[each] for each in kept_as}
    for name, written in {
        "tags": kept.tags,
        "published_on": kept.channels,
        "staged_on": kept.channels,
    }.items():
        before[name] = [each for each in now[name] if each not in written]
        before[name] += [each for each in old.get(name, ()) if each in written]
    return before
