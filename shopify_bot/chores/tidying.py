"""Tidying: deliveries are kept while Shopify may repeat them, and some days more to look for faults in.

Sign-ins are deleted once they have ended.
"""

from datetime import timedelta
from typing import Any

from sqlalchemy import CursorResult, delete, select

from shopify_bot.bot import Bot
from shopify_bot.people.sign_ins import forget_ended
from shopify_bot.tables import Delivery, Shop, now

KEPT = timedelta(days=7)
AT_ONCE = 5000
"""Rows that are deleted in one transaction, which webhooks may have to wait for."""


def tidy(bot: Bot, shop: Shop) -> dict[str, Any]:
    """Delete the shop's oldest deliveries and the sign-ins that ended: how many, and if there are `more`."""
    old = select(Delivery.id).where(Delivery.shop_id == shop.id, Delivery.received_at < now() - KEPT)
    with bot.database.writing() as session:
        batch = old.order_by(Delivery.id).limit(AT_ONCE).scalar_subquery()
        done: CursorResult[Any] = session.execute(  # type: ignore[assignment]
            delete(Delivery).where(Delivery.id.in_(batch)).execution_options(synchronize_session=False)
        )
        ended = forget_ended(session, shop)
    return {"deliveries": done.rowcount, "sign_ins": ended, "more": done.rowcount == AT_ONCE}
