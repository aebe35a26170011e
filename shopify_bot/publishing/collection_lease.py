"""The row of a collection that we keep, and the lease under which one process at a time changes it."""

import time
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from sqlalchemy import ColumnElement, CursorResult, Select, or_, select, update
from sqlalchemy.exc import IntegrityError

from shopify_bot.database import Database
from shopify_bot.shopify.errors import Busy
from shopify_bot.tables import Category, now

MAKING_LEASE = timedelta(seconds=25)
"""Longer than the one call that makes a collection may take."""
JUST_MADE = timedelta(seconds=60)
"""A collection that the store does not show within this was deleted, and is made anew."""
WAITS, WAIT_S = 40, 0.25


@dataclass(frozen=True)
class CollectionLease:
    """One collection of one shop, by the `name` of its row: its title, its own id, or its category's."""

    database: Database
    shop_id: int
    name: str

    def known(self) -> str | None:
        """Id of the collection that we used before."""
        with self.database.reading() as session:
            return session.scalar(select(Category.collection_gid).where(*self.mine))

    def add_row(self) -> None:
        """Make the row, unless it is there."""
        try:
            with self.database.writing() as session:
                if session.scalar(self.row()) is None:
                    session.add(Category(shop_id=self.shop_id, name=self.name))
        except IntegrityError:
            return  # another process was first

    def start_making(self, token: str) -> bool:
        """Take the lease to make the collection; False also when one has just been made."""
        settled = or_(Category.found_at.is_(None), Category.found_at < now() - JUST_MADE)
        return self.take(token, settled)

    def take(self, token: str, *conditions: ColumnElement[bool]) -> bool:
        """Be the only one to change what the collection is made of; False while another is."""
        free = or_(Category.lease_until.is_(None), Category.lease_until < now())
        return self.set(free, *conditions, lease_until=now() + MAKING_LEASE, lease_token=token)

    def give_back(self, token: str) -> None:
        """Let go of the lease, if it is still ours."""
        self.set(Category.lease_token == token, lease_until=None, lease_token=None)

    @contextmanager
    def alone(self) -> Iterator[None]:
        """Hold the lease for as long as the block runs. Raises Busy when another holds it for long."""
        self.add_row()
        token = str(uuid.uuid4())
        for _ in range(WAITS):
            if self.take(token):
                break
            time.sleep(WAIT_S)
        else:
            raise Busy(f"Another worker is changing the collection {self.name!r}.", 1.0)
        try:
            yield
        finally:
            self.give_back(token)

    def set(self, *conditions: ColumnElement[bool], **values: Any) -> bool:
        """Update the row; False when a condition did not hold."""
        with self.database.writing() as session:
            result: CursorResult[Any] = session.execute(  # type: ignore[assignment]
                update(Category).where(*self.mine, *conditions).values(**values)
            )
        return bool(result.rowcount == 1)

    def row(self) -> Select[Category]:
        """Selects the row."""
        return select(Category).where(*self.mine)

    @property
    def mine(self) -> tuple[ColumnElement[bool], ColumnElement[bool]]:
        return Category.shop_id == self.shop_id, Category.name == self.name
