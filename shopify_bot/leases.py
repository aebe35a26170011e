"""Leases: whoever holds a row's token may work on it; a lease that is not renewed ends, and the row is free.

A worker that was taken for dead finds its token gone, and its late result is refused.
"""

import logging
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, or_, update
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session

from shopify_bot.bot import Bot
from shopify_bot.logs.ids import carried
from shopify_bot.tables import BulkAction, Chore, Review, Shop, now

log = logging.getLogger(__name__)

Leased = type[Review] | type[Chore] | type[BulkAction]
"""Tables whose rows are worked on under a lease."""


def is_free(table: Leased) -> ColumnElement[bool]:
    """Condition of a row that nobody works on."""
    return or_(table.lease_until.is_(None), table.lease_until < now())


def lease_end(bot: Bot) -> datetime:
    """Until when a lease taken or renewed now lasts."""
    return now() + timedelta(seconds=bot.settings.lease_s)


@contextmanager
def kept_alive(bot: Bot, table: Leased, token: str) -> Iterator[None]:
    """Renew the leases of a claim from a thread for as long as the block runs."""
    done = threading.Event()

    def renew() -> None:
        while not done.wait(bot.settings.lease_s / 3):
            try:
                extend(bot, table, token)
            except SQLAlchemyError as error:
                log.warning("the lease could not be renewed, trying again: %s", error)

    thread = threading.Thread(target=carried(renew), name="lease", daemon=True)
    thread.start()
    try:
        yield
    finally:
        done.set()
        thread.join()


def extend(bot: Bot, table: Leased, token: str) -> None:
    """Renew the leases of a claim."""
    with bot.database.writing() as session:
        session.execute(update(table).where(table.lease_token == token).values(lease_until=lease_end(bot)))


def release(session: Session, shop: Shop) -> None:
    """Take the shop's work from whoever has it: late results are refused, and nothing is marked as failed."""
    for table in (Review, Chore, BulkAction):
        held = update(table).where(table.shop_id == shop.id, table.lease_token.is_not(None))
        session.execute(held.values(lease_until=None, lease_token=None))
