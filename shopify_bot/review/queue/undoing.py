"""What a person may still undo after the page was loaded anew."""

from datetime import timedelta

from sqlalchemy import exists, select
from sqlalchemy.orm import Session, aliased

from shopify_bot.decisions import COUNTED
from shopify_bot.states import UNDOABLE
from shopify_bot.tables import Decision, Review, Shop, now

WITHIN = timedelta(minutes=10)
"""What was decided earlier is looked for in the history, not undone by a key."""
MOST = 20


def undoable(session: Session, shop: Shop, name: str) -> list[int]:
    """Ids of the reviews whose last decision that person made one by one just now, the latest first.

    Only of those on which it had no effect on the store yet.
    """
    later = aliased(Decision)
    is_last = ~exists().where(later.review_id == Decision.review_id, later.id > Decision.id)
    query = (
        select(Decision.review_id)
        .join(Review, (Review.shop_id == Decision.shop_id) & (Review.id == Decision.review_id))
        .where(
            Decision.shop_id == shop.id,
            Decision.reviewer == name,
            Decision.created_at >= now() - WITHIN,
            Decision.source == "web",
            Decision.bulk_id.is_(None),
            Decision.kind.in_(COUNTED),
            Review.state.in_([state.value for state in UNDOABLE]),
            is_last,
        )
    )
    return list(session.scalars(query.order_by(Decision.created_at.desc(), Decision.id.desc()).limit(MOST)))
