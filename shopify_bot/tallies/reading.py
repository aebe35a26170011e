"""Reading the sums: what was rolled up, and what came since, so that they are exact at any moment."""

from collections import defaultdict
from datetime import date
from functools import cached_property
from typing import Any

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import Session

from shopify_bot.tables import Shop, Tally
from shopify_bot.tallies.counting import Key, Part, Sum, add
from shopify_bot.tallies.kept import Kept
from shopify_bot.tallies.rolling import WHOLE
from shopify_bot.tallies.streams import STREAMS
from shopify_bot.tallies.tails import tail, together

Sums = dict[tuple[Any, ...], Sum]


class State:
    """What a shop has rolled up at the moment, and what came since."""

    def __init__(self, session: Session, shop: Shop, kept: Kept) -> None:
        self.session, self.shop, self.kept = session, shop, kept

    @cached_property
    def marks(self) -> tuple[int, int]:
        """Ids of the last decision and the last prediction that are rolled up."""
        marks = select(Shop.tallied_decision, Shop.tallied_prediction).where(Shop.id == self.shop.id)
        decided, predicted = self.session.execute(marks).one()
        return decided, predicted

    @cached_property
    def first_day(self) -> str:
        """The first day that there is a sum of."""
        mine = (Tally.shop_id == self.shop.id, Tally.part == Part.DAYS)
        return self.session.scalar(select(func.min(Tally.day)).where(*mine)) or ""

    @cached_property
    def since_then(self) -> dict[str, list[tuple[Key, Sum]]]:
        """What is not rolled up yet, by part."""
        decided, predicted = (
            tail(self.session, self.shop, stream, mark, self.kept)
            for stream, mark in zip(STREAMS.values(), self.marks, strict=True)
        )
        found: dict[str, list[tuple[Key, Sum]]] = defaultdict(list)
        for each in together(decided, predicted).items():
            found[each[0].part].append(each)
        return found


class Tallies:
    """The sums of a shop from a day on, None for all; `model` is the version of one model, None for all.

    Give it a session that sees one state of the database, as `Database.reading` does, and what was kept of
    earlier readings of the same database.
    """

    def __init__(
        self,
        session: Session,
        shop: Shop,
        since: date | None = None,
        model: str | None = None,
        kept: Kept | None = None,
        state: State | None = None,
    ) -> None:
        self.session, self.shop, self.kept = session, shop, kept or Kept(0)
        self.since, self.model = since.isoformat() if since else "", model
        self.state = state or State(session, shop, self.kept)

    def only(self, since: date | None, model: str | None) -> "Tallies":
        """Those from a day on, and of one model."""
        return Tallies(self.session, self.shop, since, model, self.kept, self.state)

    def sums(self, part: Part, *columns: str) -> Sums:
        """The sums of a part by those columns of the key, in their order; those of nothing are left out."""
        found = dict(self.rolled_up(part, columns))
        for each, more in self.state.since_then.get(part, ()):
            if each.day >= self.since and self.model in (None, each.model_version):
                add(found, tuple(getattr(each, name) for name in columns), more)
        return {key: total for key, total in found.items() if total.count}

    def rolled_up(self, part: Part, columns: tuple[str, ...]) -> Sums:
        """What was rolled up of them."""
        since = self.since if self.since > self.state.first_day else ""
        key = (self.shop.id, self.shop.connected_at, self.state.marks, since, self.model, part, columns)
        found: Sums | None = self.kept.get(key)
        if found is None:
            found = self.read(self.conditions(part, since), columns)
            self.kept.put(key, found)
        return found

    def read(self, conditions: list[ColumnElement[bool]], columns: tuple[str, ...]) -> Sums:
        """The sums of the rows under the conditions."""
        chosen = [getattr(Tally, name) for name in columns]
        query = select(*chosen, func.sum(Tally.count), func.sum(Tally.seconds)).where(*conditions)
        rows = self.session.execute(query.group_by(*chosen))
        return {tuple(key): Sum(int(count or 0), float(seconds or 0)) for *key, count, seconds in rows}

    def conditions(self, part: Part, since: str) -> list[ColumnElement[bool]]:
        """Of the rows that are summed up."""
        conditions = [Tally.shop_id == self.shop.id, Tally.part == part]
        if since:
            conditions.append(Tally.day >= since)
        elif part in WHOLE:
            conditions.append(Tally.day == "")
        if self.model is not None:
            conditions.append(Tally.model_version == self.model)
        return conditions

    def versions(self) -> dict[str, str]:
        """Every version of a model that ever predicted or was decided on, and its first day; newest first."""
        found: dict[str, str] = {}
        for model, day in self.only(None, None).sums(Part.DAYS, "model_version", "day"):
            if model:
                found[model] = min(day, found.get(model, day))
        return dict(sorted(found.items(), key=lambda each: (each[1], each[0]), reverse=True))
