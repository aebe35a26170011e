"""Counts for people: nobody needs to know whether 40,000 or 41,000, and counting them all takes its time."""

from collections.abc import Mapping

from babel.numbers import format_decimal
from sqlalchemy import ColumnElement, func, literal, select
from sqlalchemy.orm import Session

from shopify_bot.languages import locale
from shopify_bot.states import State
from shopify_bot.tables import Review, Shop

MOST_COUNTED = 10_000


class Count(int):
    """How many there are; one more than `MOST_COUNTED` stands for any number above: it shows as `10,000+`."""

    def __str__(self) -> str:
        return (
            f"{format_decimal(MOST_COUNTED, locale=locale())}+" if self > MOST_COUNTED else int.__repr__(self)
        )


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
