"""Decisions and predictions as streams of rows that are counted one after the other."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Row, Select, select
from sqlalchemy.orm import InstrumentedAttribute

from shopify_bot.tables import Decision, Prediction, Shop
from shopify_bot.tallies.counting import (
    Key,
    Sum,
    decision_sums,
    decisions_after,
    prediction_sums,
    predictions_after,
)


@dataclass(frozen=True)
class Stream:
    """Rows in the order of their ids, how they are counted, and the mark up to where they are."""

    table: type[Decision] | type[Prediction]
    rows_after: Callable[[int, int], Select[*tuple[Any, ...]]]
    sums: Callable[[Iterable[Row[*tuple[Any, ...]]]], dict[Key, Sum]]
    mark: InstrumentedAttribute[int]

    def ids_after(self, shop_id: int, after: int) -> Select[int]:
        """The ids of a shop's rows behind that one."""
        mine = self.table.shop_id == shop_id, self.table.id > after
        return select(self.table.id).where(*mine).order_by(self.table.id)


STREAMS = {
    "decisions": Stream(Decision, decisions_after, decision_sums, Shop.tallied_decision),
    "predictions": Stream(Prediction, predictions_after, prediction_sums, Shop.tallied_prediction),
}
