"""The collection of a label: found or made once per shop, published, and its members put in.

Making a collection is the one call that must not be repeated, so one process at a time may make it,
under a lease on the collection's row, and each looks for it by handle first.
"""

import time
import uuid
from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass

from shopify_bot.database import Database
from shopify_bot.errors import CollectionUnfit
from shopify_bot.mapping import Filing
from shopify_bot.publishing.collection_lease import MAKING_LEASE, WAIT_S, WAITS, CollectionLease
from shopify_bot.shopify import channels, collections
from shopify_bot.shopify.client import AdminClient
from shopify_bot.shopify.collections import Collection
from shopify_bot.shopify.errors import Busy
from shopify_bot.tables import Category, now

Joining = Callable[[str, bool], AbstractContextManager[None]]
"""Given the collection's id, and whether the product is in it; the product is put in within."""


@dataclass(frozen=True)
class Placed:
    """Where a product was put; `joined` unless a condition decides on the members."""

    gid: str
    title: str
    joined: bool = True


@dataclass(frozen=True)
class CollectionKeeper:
    """Keeps the collections of one shop."""

    client: AdminClient
    database: Database
    shop_id: int

    def place(self, product: str, filing: Filing, publications: list[str], joining: Joining) -> Placed | None:
        """Put the product where the filing says; None where it says no collection.

        Raises Transient, Permanent; CollectionUnfit when the merchant's own was deleted.
        """
        if filing.collection_kind == "none":
            return None
        if filing.collection_kind == "existing":
            return self.into_existing(product, filing, joining)
        making = Making(self, product, filing)
        collection = making.known() or making.found()
        if making.by_category:
            self.show(collection, publications)
            return Placed(collection.gid, collection.title, joined=False)
        with joining(collection.gid, collection.has_product):
            self.add(collection, making.lease, product)
        self.show(collection, publications)
        return Placed(collection.gid, collection.title)

    def into_existing(self, product: str, filing: Filing, joining: Joining) -> Placed:
        """Put it into the merchant's own collection, which stays on the channels it is on."""
        gid = filing.collection_gid or ""
        collection = collections.read_collection(self.client, gid, product) if gid else None
        if collection is None:
            raise CollectionUnfit(
                f"The collection that {filing.label} is mapped to is not in the store. Choose another on the "
                f"page Mapping, or with: shopify-bot mapping set. Then try again."
            )
        with joining(gid, collection.has_product):
            self.add(collection, CollectionLease(self.database, self.shop_id, gid), product)
        return Placed(gid, collection.title)

    def add(self, collection: Collection, lease: CollectionLease, product: str) -> None:
        """Make the product a member, unless it is one; of several workers one makes the source for all."""
        if collection.has_product:
            return
        if collection.source_gid is not None:
            collections.add_member(self.client, collection, product)
            return
        with lease.alone():
            fresh = shown(self.client, collection.gid, product)
            if not fresh.has_product:
                collections.add_member(self.client, fresh, product)

    def show(self, collection: Collection, publications: list[str]) -> None:
        """Put the collection on the channels where it is missing."""
        missing = [each for each in publications if each not in collection.published_on]
        if missing:
            channels.publish(self.client, collection.gid, missing)


class Making:
    """Finding or making one collection for one product."""

    def __init__(self, keeper: CollectionKeeper, product: str, filing: Filing) -> None:
        self.client, self.product = keeper.client, product
        self.by_category = filing.collection_kind == "condition"
        self.category_id = filing.category_id
        self.title = filing.collection
        self.handle = collections.handle_of(self.title)
        name = self.title
        if self.by_category:
            name = filing.category_id
            self.handle += f"-{filing.category_id.rpartition('/')[2].lower()}"
        self.lease = CollectionLease(keeper.database, keeper.shop_id, name)

    def known(self) -> Collection | None:
        """The collection we used before, unless it was deleted in the store."""
        gid = self.lease.known()
        return collections.read_collection(self.client, gid, self.product) if gid else None

    def found(self) -> Collection:
        """The collection, once this or another process has found or made it. Raises Busy."""
        self.lease.add_row()
        for _ in range(WAITS):
            token = str(uuid.uuid4())
            if self.lease.start_making(token):
                return self.find_or_make(token)
            time.sleep(WAIT_S)
            collection = self.known()
            if collection is not None:
                return collection
        raise Busy(f"The collection {self.title!r} is still being made.", 1.0)

    def find_or_make(self, token: str) -> Collection:
        """Find the collection by its handle, or make it; remember which it is, and give the lease back."""
        try:
            gid = collections.find_collection(self.client, self.handle)
            if gid is not None:
                found = self.fitting(shown(self.client, gid, self.product))
                self.lease.set(Category.lease_token == token, collection_gid=gid, found_at=now())
                return found
            if not self.lease.set(Category.lease_token == token, lease_until=now() + MAKING_LEASE):
                raise Busy(f"Another worker is making the collection {self.title!r}.", 1.0)
            gid = self.make()
            self.lease.set(collection_gid=gid, found_at=now())
            return Collection(
                gid,
                self.title,
                self.handle,
                has_product=not self.by_category,
                published_on=(),
                source_gid=None,
            )
        finally:
            self.lease.give_back(token)

    def make(self) -> str:
        """Make it, with the product as its first member unless a condition decides; returns its id."""
        if self.by_category:
            return collections.make_condition_collection(
                self.client, self.title, self.handle, self.category_id
            )
        return collections.make_collection(self.client, self.title, self.product)

    def fitting(self, collection: Collection) -> Collection:
        """The collection that bears our handle, if it is what we want. Raises CollectionUnfit."""
        if self.by_category and self.category_id not in collection.categories:
            raise CollectionUnfit(
                f"The collection {collection.title!r} has the handle {self.handle!r} but no condition on the "
                f"category. Delete it or give it another handle in the Shopify admin, then try again."
            )
        return collection


def shown(client: AdminClient, gid: str, product: str) -> Collection:
    """The collection as the store shows it. Raises Busy while it does not."""
    collection = collections.read_collection(client, gid, product)
    if collection is None:
        raise Busy(f"The store does not show the collection {gid} yet.", 1.0)
    return collection
