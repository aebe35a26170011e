"""Reading the sums: what was rolled up, and what came since, so that they are exact at any moment."""

from datetime import date
from functools import cached_property
from typing import Any

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import Session

from shopify_bot.tables import Shop, Tally
from shopify_bot.tallies.counting import (
    Key,
    Part,
    Sum,
    add,
    decision_sums,
    decisions_after,
    prediction_sums,
    predictions_after,
)
from shopify_bot.tallies.rolling import WHOLE


class Tallies:
    """The sums of a shop from a day on, None for all; `model` is the version of one model, None for all.

    Give it a session that sees one state of the database, as `Database.reading` does.
    """

    def __init__(
        self, session: Session, shop: Shop, since: date | None = None, model: str | None = None
    ) -> None:
        self.session, self.shop = session, shop
        self.since, self.model = since.isoformat() if since else "", model

    def sums(self, part: Part, *columns: str) -> dict[tuple[Any, ...], Sum]:
        """The sums of a part by those columns of the key, in their order; those of nothing are left out."""
        found: dict[tuple[Any, ...], Sum] = {}
        chosen = [getattr(Tally, name) for name in columns]
        query = select(*chosen, func.sum(Tally.count), func.sum(Tally.seconds)).where(*self.conditions(part))
        for *key, count, seconds in self.session.execute(query.group_by(*chosen)):
            add(found, tuple(key), Sum(int(count or 0), float(seconds or 0)))
        for each, more in self.since_then.items():
            if each.part == part:
                add(found, tuple(getattr(each, name) for name in columns), more)
        return {key: total for key, total in found.items() if total.count}

    def conditions(self, part: Part) -> list[ColumnElement[bool]]:
        """Of the rows that are summed up."""
        conditions = [Tally.shop_id == self.shop.id, Tally.part == part]
        if self.since:
            conditions.append(Tally.day >= self.since)
        elif part in WHOLE:
            conditions.append(Tally.day == "")
        if self.model is not None:
            conditions.append(Tally.model_version == self.model)
        return conditions

    @cached_property
    def since_then(self) -> dict[Key, Sum]:
        """What is not rolled up yet, of those days and that model."""
        marks = select(Shop.tallied_decision, Shop.tallied_prediction).where(Shop.id == self.shop.id)
        decided, predicted = self.session.execute(marks).one()
        rows = self.session.execute(decisions_after(self.shop.id, decided))
        sums = decision_sums(rows)
        sums |= prediction_sums(self.session.execute(predictions_after(self.shop.id, predicted)))
        return {key: more for key, more in sums.items() if self.holds(key)}

    def holds(self, key: Key) -> bool:
        """Whether that sum is asked for."""
        return key.day >= self.since and self.model in (None, key.model_version)

    def versions(self) -> dict[str, str]:
        """Every version of a model that ever predicted or was decided on, and its first day; newest first."""
        found: dict[str, str] = {}
        whole = Tallies(self.session, self.shop)
        for model, day in whole.sums(Part.DAYS, "model_version", "day"):
            if model:
                found[model] = min(day, found.get(model, day))
        return dict(sorted(found.items(), key=lambda each: (each[1], each[0]), reverse=True))
