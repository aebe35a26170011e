"""Counts for people: nobody needs to know whether 40,000 or 41,000, and counting them all takes its time."""

from collections.abc import Mapping

from babel.numbers import format_decimal
from sqlalchemy import ColumnElement, func, literal, select
from sqlalchemy.orm import Session

from shopify_bot.languages import locale
from shopify_bot.states import State
from shopify_bot.tables import Review, Shop

MOST_COUNTED = 10_000
MOST_FOUND = 1_000
"""The same of what is searched by words, each of which must be looked at."""


class Count(int):
    """How many there are, counted up to `most`; one more stands for any number above, shown as `10,000+`."""

    most: int

    def __new__(cls, value: int, most: int | None = None) -> "Count":
        count = super().__new__(cls, value)
        count.most = MOST_COUNTED if most is None else most
        return count

    def __str__(self) -> str:
        return f"{format_decimal(self.most, locale=locale())}+" if self > self.most else int.__repr__(self)


def counted(*conditions: ColumnElement[bool]) -> ColumnElement[int]:
    """An expression that counts the reviews under the conditions, up to one above `MOST_COUNTED`."""
    rows = select(literal(1)).select_from(Review).where(*conditions).limit(MOST_COUNTED + 1).subquery()
    return select(func.count()).select_from(rows).scalar_subquery()


def counts_in_states(
    session: Session, shop: Shop, groups: Mapping[str, tuple[State, ...]]
) -> dict[str, Count]:
    """How many reviews of the shop are in any of the states of each group, by the group's name."""
    columns = [
        counted(Review.shop_id == shop.id, Review.state.in_(states)).label(name)
        for name, states in groups.items()
    ]
    row = session.execute(select(*columns)).one()
    return {name: Count(count) for name, count in zip(groups, row, strict=True)}
