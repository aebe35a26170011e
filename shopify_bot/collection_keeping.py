"""The collection of a category: found or made once per shop, published, and its members put in.

Making a collection is the one call that must not be repeated, so one process at a time may make it,
under a lease on the category's row, and each looks for it by handle first.
"""

import time
import uuid
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from sqlalchemy import ColumnElement, CursorResult, Select, or_, select, update
from sqlalchemy.exc import IntegrityError

from shopify_bot.database import Database
from shopify_bot.shopify import channels, collections
from shopify_bot.shopify.client import AdminClient
from shopify_bot.shopify.collections import Collection
from shopify_bot.shopify.errors import Busy
from shopify_bot.tables import Category, now

MAKING_LEASE = timedelta(seconds=25)
"""Longer than the one call that makes a collection may take."""
JUST_MADE = timedelta(seconds=60)
"""A collection that the store does not show within this was deleted, and is made anew."""
WAITS, WAIT_S = 40, 0.25


@dataclass(frozen=True)
class CollectionKeeper:
    """Keeps the collections of one shop."""

    client: AdminClient
    database: Database
    shop_id: int

    def put_into(self, product: str, title: str, publications: list[str]) -> str:
        """Make the product a member of the collection of that title; returns the collection's id.

        Raises Transient, Permanent.
        """
        collection = self.known(product, title, publications) or self.found(product, title, publications)
        if not collection.has_product and collection.source_gid is None:
            self.add_first_member(collection.gid, product, title, publications)
        elif not collection.has_product:
            collections.add_member(self.client, collection, product)
        if not collection.published:
            channels.publish(self.client, collection.gid, publications)
        return collection.gid

    def known(self, product: str, title: str, publications: list[str]) -> Collection | None:
        """The collection we used before, unless it was deleted in the store."""
        with self.database.reading() as session:
            gid = session.scalar(
                select(Category.collection_gid).where(
                    Category.shop_id == self.shop_id, Category.name == title
                )
            )
        return collections.read_collection(self.client, gid, product, publications[0]) if gid else None

    def found(self, product: str, title: str, publications: list[str]) -> Collection:
        """The collection, once this or another process has found or made it. Raises Busy."""
        self.add_category(title)
        for _ in range(WAITS):
            token = str(uuid.uuid4())
            if self.start_making(title, token):
                return self.find_or_make(product, title, publications, token)
            time.sleep(WAIT_S)
            collection = self.known(product, title, publications)
            if collection is not None:
                return collection
        raise Busy(f"The collection {title!r} is still being made.", 1.0)

    def find_or_make(self, product: str, title: str, publications: list[str], token: str) -> Collection:
        """Find the collection by its handle, or make it; remember which it is, and give the lease back."""
        mine = Category.lease_token == token
        try:
            gid = collections.find_collection(self.client, collections.handle_of(title))
            if gid is not None:
                self.set(title, mine, collection_gid=gid, found_at=now())
                return self.shown(gid, product, title, publications)
            if not self.set(title, mine, lease_until=now() + MAKING_LEASE):
                raise Busy(f"Another worker is making the collection {title!r}.", 1.0)
            gid = collections.make_collection(self.client, title, product)
            self.set(title, collection_gid=gid, found_at=now())
            return Collection(
                gid, collections.handle_of(title), has_product=True, published=False, source_gid=None
            )
        finally:
            self.set(title, mine, lease_until=None, lease_token=None)

    def shown(self, gid: str, product: str, title: str, publications: list[str]) -> Collection:
        """The collection as the store shows it. Raises Busy while it does not."""
        collection = collections.read_collection(self.client, gid, product, publications[0])
        if collection is None:
            raise Busy(f"The store does not show the collection {title!r} yet.", 1.0)
        return collection

    def add_first_member(self, gid: str, product: str, title: str, publications: list[str]) -> None:
        """Add to a collection that may have no hand-picked members yet, so that one source is made for all.

        Raises Busy.
        """
        for _ in range(WAITS):
            token = str(uuid.uuid4())
            if self.take_lease(title, token):
                try:
                    collection = self.shown(gid, product, title, publications)
                    if not collection.has_product:
                        collections.add_member(self.client, collection, product)
                finally:
                    self.set(title, Category.lease_token == token, lease_until=None, lease_token=None)
                return
            time.sleep(WAIT_S)
        raise Busy(f"Another worker is changing the collection {title!r}.", 1.0)

    def add_category(self, title: str) -> None:
        """Make the category's row, unless it is there."""
        try:
            with self.database.writing() as session:
                if session.scalar(self.row(title)) is None:
                    session.add(Category(shop_id=self.shop_id, name=title))
        except IntegrityError:
            return  # another process was first

    def start_making(self, title: str, token: str) -> bool:
        """Take the category's lease to make its collection; False also when one has just been made."""
        settled = or_(Category.found_at.is_(None), Category.found_at < now() - JUST_MADE)
        return self.take_lease(title, token, settled)

    def take_lease(self, title: str, token: str, *conditions: ColumnElement[bool]) -> bool:
        """Be the only one to change what the category's collection is made of; False while another is."""
        free = or_(Category.lease_until.is_(None), Category.lease_until < now())
        return self.set(title, free, *conditions, lease_until=now() + MAKING_LEASE, lease_token=token)

    def set(self, title: str, *conditions: ColumnElement[bool], **values: Any) -> bool:
        """Update the category's row; False when a condition did not hold."""
        mine = (Category.shop_id == self.shop_id, Category.name == title)
        with self.database.writing() as session:
            result: CursorResult[Any] = session.execute(  # type: ignore[assignment]
                update(Category).where(*mine, *conditions).values(**values)
            )
        return bool(result.rowcount == 1)

    def row(self, title: str) -> Select[Category]:
        """Selects the category's row."""
        return select(Category).where(Category.shop_id == self.shop_id, Category.name == title)
