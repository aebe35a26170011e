"""Whose products a shop has: the names to choose from."""

from sqlalchemy import literal, select
from sqlalchemy.orm import Session

from shopify_bot.tables import Review, Shop

MOST_NAMES = 300
"""More are not offered: they can be typed."""


def vendors(session: Session, shop: Shop, most: int = MOST_NAMES) -> list[str]:
    """The first names of vendors in the order of the alphabet, each found by one step along an index."""
    names = select(literal("").label("name"), literal(0).label("number")).cte("names", recursive=True)
    following = (
        select(Review.vendor)
        .where(Review.shop_id == shop.id, Review.vendor > names.c.name)
        .order_by(Review.vendor)
        .limit(1)
        .scalar_subquery()
    )
    step = select(following, names.c.number + 1).where(names.c.number < most, names.c.name.is_not(None))
    found = session.scalars(select(names.union_all(step).c.name)).all()
    return [name for name in found if name]
