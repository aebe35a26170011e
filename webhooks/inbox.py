"""Takes one verified delivery into the database: once, whatever is sent again."""

import hashlib
import re
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from shopify_bot.tables import Delivery, Shop, now

SAME_BODY_WINDOW = timedelta(hours=4)
"""For as long as Shopify repeats a delivery, the same body is the same news."""

REPEATED_BODY_TOPICS = frozenset({"products/create", "products/update"})
GID = re.compile(r"gid://shopify/Product/[!-~]{1,200}")
NUMBER = re.compile(r"[0-9]{1,20}")


@dataclass(frozen=True)
class Envelope:
    """What came with a delivery, once its signature was found right."""

    topic: str
    event_id: str
    body: bytes
    payload: dict[str, Any]
    triggered_at: datetime | None = None
    """When it happened in the store; its delivery may come hours later."""

    @property
    def body_hash(self) -> str:
        return hashlib.sha256(self.body).hexdigest()

    @property
    def product_gid(self) -> str | None:
        """The product that a `products/*` delivery is about; every field of the payload is optional."""
        if not self.topic.startswith("products/"):
            return None
        gid = self.payload.get("admin_graphql_api_id")
        if isinstance(gid, str) and GID.fullmatch(gid):
            return gid
        number = self.payload.get("id")
        known = (
            isinstance(number, int | str) and not isinstance(number, bool) and NUMBER.fullmatch(f"{number}")
        )
        return f"gid://shopify/Product/{number}" if known else None


def record(session: Session, shop: Shop, envelope: Envelope) -> bool:
    """Write the delivery's row; False when it is a repeat, which is to be answered 200 and not acted on."""
    if envelope.topic in REPEATED_BODY_TOPICS and came_before(session, shop, envelope):
        return False
    try:
        with session.begin_nested():
            session.add(
                Delivery(
                    shop_id=shop.id,
                    topic=envelope.topic,
                    event_id=envelope.event_id,
                    body_hash=envelope.body_hash,
                    product_gid=envelope.product_gid,
                )
            )
    except IntegrityError:
        return False
    return True


def came_before(session: Session, shop: Shop, envelope: Envelope) -> bool:
    """Whether the same body came for the same shop and topic within the window."""
    query = select(Delivery.id).where(
        Delivery.shop_id == shop.id,
        Delivery.topic == envelope.topic,
        Delivery.body_hash == envelope.body_hash,
        Delivery.received_at > now() - SAME_BODY_WINDOW,
    )
    return session.scalar(query.limit(1)) is not None
