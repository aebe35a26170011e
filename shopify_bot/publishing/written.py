"""What a publication wrote and what stood there before, whichever version of ours published it."""

from dataclasses import dataclass
from typing import Any

from shopify_bot.publishing.plans import KEPT_AS, Plan, plan_from
from shopify_bot.tables import Publication


@dataclass(frozen=True)
class Written:
    """What a publication wrote, and what stood there before; `plan` is None for one of an earlier version."""

    gid: str
    before: dict[str, Any]
    after: dict[str, Any]
    plan: Plan | None
    collection: str | None

    @property
    def category(self) -> str | None:
        """The category that we wrote, if we wrote one."""
        category: str | None = self.after.get("category_written", self.after["category_id"])
        return category

    @property
    def fields(self) -> dict[str, str]:
        """What we set each field to that we changed, by its name in the API."""
        if self.plan is not None:
            found = {name: values[-1] for name, values in self.plan.wrote.items() if name != "category"}
        else:
            found = {"productType": self.after["product_type"], "status": self.after["status"]}
        if self.category is not None:
            found["category"] = self.category
        return {name: ours for name, ours in found.items() if ours != self.before[KEPT_AS[name][0]]}

    @property
    def tags(self) -> tuple[str, ...]:
        """The tags that we added."""
        if self.plan is not None:
            return self.plan.tags
        before = {tag.casefold() for tag in self.before["tags"]}
        return tuple(tag for tag in self.after["tags"] if tag.casefold() not in before)

    @property
    def joined(self) -> list[str]:
        """Collections that the product was not in before we put it there."""
        if self.plan is not None:
            return [gid for gid, was_member in self.plan.joined.items() if not was_member]
        known = self.collection is not None and self.collection not in self.before["collections"]
        return [self.collection] if known and self.collection else []

    @property
    def left(self) -> list[str]:
        """Collections of earlier publications that we took it out of, not of earlier tries of this one."""
        if self.plan is None:
            return []
        return [gid for gid in self.plan.left if gid not in self.joined]

    @property
    def channels(self) -> list[str]:
        """Sales channels that we put it on, and that it was not on before."""
        if self.plan is None:
            return []
        there = {*self.before.get("published_on", ()), *self.before.get("staged_on", ())}
        return [each for each in self.plan.channels if each not in there]


def written_for(gid: str, publication: Publication) -> Written:
    """What the publication of that product wrote."""
    plan = plan_from(publication.plan) if publication.plan is not None else None
    return Written(gid, publication.before, publication.after or {}, plan, publication.collection_gid)
