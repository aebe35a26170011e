"""Publishing one approved product: read, then write only what differs, then read again.

Every step looks before it writes, so the whole may be repeated at any point: after a crash, after a
time-out that hid a mutation which was applied, or by two workers of which one was taken for dead.
"""

import time
from collections.abc import Callable
from dataclasses import asdict, dataclass
from typing import Any

from shopify_bot.collection_keeping import CollectionKeeper
from shopify_bot.mapping import Filing
from shopify_bot.shopify import channels, collections, products
from shopify_bot.shopify.client import AdminClient
from shopify_bot.shopify.errors import StoreUnavailable
from shopify_bot.shopify.products import ProductState

SETTLE_S, FIRST_PAUSE_S, LONGEST_PAUSE_S = 15.0, 0.05, 1.0
"""How long the store may take to show what it accepted, in seconds."""


@dataclass(frozen=True)
class Target:
    """One product, what to write, and where: the first of `publications` is the one read back."""

    gid: str
    filing: Filing
    publications: list[str]
    former_collections: tuple[str, ...] = ()
    """Collections that an earlier publication of ours put the product into."""


@dataclass(frozen=True)
class Publisher:
    """Publishes to one shop."""

    client: AdminClient
    keeper: CollectionKeeper

    def publish(self, target: Target, remember: Callable[[dict[str, Any]], None]) -> dict[str, Any]:
        """Write category, type, tags, collection and publication; returns what stands there now.

        `remember` gets what stood there before, ahead of the first write.
        Raises ProductGone, Transient (repeat it later), Permanent.
        """
        before = products.read_state(self.client, target.gid, target.publications[0])
        remember(asdict(before))
        self.write_fields(target, before)
        collection = self.keeper.put_into(target.gid, target.filing.collection, target.publications)
        self.leave_former(target, collection)
        if not before.published or len(target.publications) > 1:
            channels.publish(self.client, target.gid, target.publications)
        after = self.read_back(target, collection)
        return {**asdict(after), "collection": collection}

    def write_fields(self, target: Target, before: ProductState) -> None:
        """Category, type, status, and the tags that are missing."""
        filing = target.filing
        wanted = {"category": filing.category_id, "productType": filing.product_type, "status": "ACTIVE"}
        stands = {
            "category": before.category_id,
            "productType": before.product_type,
            "status": before.status,
        }
        changes = {name: value for name, value in wanted.items() if stands[name] != value}
        if changes:
            products.apply(self.client, target.gid, **changes)
        present = {tag.casefold() for tag in before.tags}
        missing = tuple(tag for tag in filing.tags if tag.casefold() not in present)
        if missing:
            products.add_tags(self.client, target.gid, missing)

    def leave_former(self, target: Target, collection: str) -> None:
        """A product is in one collection of ours: leave those of earlier publications."""
        for gid in set(target.former_collections) - {collection}:
            former = collections.read_collection(self.client, gid, target.gid, target.publications[0])
            if former is not None and former.has_product:
                collections.remove_member(self.client, former, target.gid)

    def read_back(self, target: Target, collection: str) -> ProductState:
        """What stands in the store, once it shows all we wrote. Raises StoreUnavailable if it never does."""
        deadline, pause_s = time.monotonic() + SETTLE_S, FIRST_PAUSE_S
        while True:
            state = products.read_state(self.client, target.gid, target.publications[0])
            missing = self.lacks(target, state, collection)
            if not missing:
                return state
            if time.monotonic() > deadline:
                raise StoreUnavailable(f"The store took the changes but does not show: {', '.join(missing)}.")
            time.sleep(pause_s)
            pause_s = min(pause_s * 2, LONGEST_PAUSE_S)

    def lacks(self, target: Target, state: ProductState, collection: str) -> list[str]:
        """Names of what should stand in the store and does not."""
        stands = {
            "category": state.category_id == target.filing.category_id,
            "product type": state.product_type == target.filing.product_type,
            "status": state.status == "ACTIVE",
            "collection": collection in state.collections or self.is_member(target, collection),
            "publication": state.published,
        }
        return [name for name, there in stands.items() if not there]

    def is_member(self, target: Target, collection: str) -> bool:
        """Ask the collection itself: a product in many collections shows only the first twenty."""
        seen = collections.read_collection(self.client, collection, target.gid, target.publications[0])
        return seen is not None and seen.has_product
