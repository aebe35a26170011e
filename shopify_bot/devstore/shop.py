"""One shop: what it holds, and what its merchant does by hand."""

import itertools
from typing import Any

from shopify_bot.devstore.bucket import CostBucket
from shopify_bot.devstore.bulk import BulkOperation
from shopify_bot.devstore.errors import UnknownProduct
from shopify_bot.devstore.gids import gid
from shopify_bot.devstore.handles import free_handle, handle_of
from shopify_bot.devstore.installation import Installation
from shopify_bot.devstore.ledger import Kind
from shopify_bot.devstore.payloads import product_body
from shopify_bot.devstore.records import (
    CategoryCondition,
    Collection,
    CollectionConditionsSource,
    Job,
    MediaImage,
    Product,
    ProductStatus,
    Publication,
    now,
)
from shopify_bot.devstore.surroundings import Surroundings
from shopify_bot.devstore.uploads import upload

# Every shop counts from the same number on purpose: two shops then share product ids, as they may at Shopify.
_FIRST_ID = 8_100_000_000_001
_CHANNELS = (("Point of Sale", "pos", False), ("Shop", "shop", True), ("Online Store", "online_store", True))


class Shop(Installation):
    """A shop's state and its merchant. Everything that reads or changes it holds `lock`."""

    def __init__(
        self,
        surroundings: Surroundings,
        number: int,
        domain: str,
        token: str | None,
        scopes: tuple[str, ...],
        bucket: CostBucket,
        own_organization: bool = True,
    ) -> None:
        super().__init__(surroundings, number, domain, token, scopes, own_organization)
        self.bucket = bucket
        self.created_at = now()
        self.products: dict[str, Product] = {}
        self.collections: dict[str, Collection] = {}
        self.jobs: dict[str, Job] = {}
        self.bulk_operations: dict[str, BulkOperation] = {}
        self.refused_products: dict[str, str] = {}
        self._vanishing: set[str] = set()
        self._handles: set[str] = set()
        self._numbers = itertools.count(_FIRST_ID)
        self.publications = {p.id: p for p in map(self._publication, _CHANNELS)}

    def create_product(
        self,
        title: str,
        picture: bytes | None = None,
        *,
        vendor: str = "",
        truth: str | None = None,
        trouble: str = "",
        late_seconds: float = 0.0,
        status: ProductStatus = "DRAFT",
        tags: tuple[str, ...] = (),
        product_type: str = "",
        category: str | None = None,
        description_html: str = "",
    ) -> str:
        """The merchant adds a product. Returns its global id; the webhooks follow."""
        with self.lock:
            handle = free_handle(handle_of(title), self._handles)
            self._handles.add(handle)
            product = Product(
                self.new_id("Product"), title, handle, vendor, description_html, product_type, status,
                sorted(tags, key=str.casefold), category, truth=truth, trouble=trouble,
            )  # fmt: skip
            self.products[product.id] = product
            if picture is not None:
                self._upload(product, picture, late_seconds)
            self.tell("products/create", product)
        return product.id

    def update_product(
        self, product_id: str, *, picture: bytes | None = None, late_seconds: float = 0.0, **changes: Any
    ) -> None:
        """The merchant changes fields by hand, or replaces the picture. Nothing goes to the ledger."""
        with self.lock:
            product = self.product(product_id)
            for name, value in changes.items():
                if not hasattr(product, name):
                    raise TypeError(f"A product has no {name}.")
                setattr(product, name, value)
            if picture is not None:
                product.media.clear()
                self._upload(product, picture, late_seconds)
            self.touch(product)

    def delete_product(self, product_id: str) -> None:
        """The merchant deletes a product."""
        with self.lock:
            product = self.product(product_id)
            del self.products[product.id]
            for collection in self.collections.values():
                for source in collection.sources:
                    source.selections.pop(product.id, None)
            self.send("products/delete", {"id": int(product.id.rpartition("/")[2])})

    def refuse_product(self, product_id: str, message: str | None) -> None:
        """Answer every productUpdate of the product with this user error; None ends it."""
        with self.lock:
            self.refused_products.pop(product_id, None)
            if message is not None:
                self.refused_products[product_id] = message

    def vanish_product(self, product_id: str) -> None:
        """Delete the product when the app next writes to it, that is between its reading and its writing."""
        with self.lock:
            self._vanishing.add(self.product(product_id).id)

    def product_to_write(self, product_id: str) -> Product | None:
        """The product that the app writes to, or None when it is gone, perhaps only just now."""
        if product_id in self._vanishing:
            self._vanishing.discard(product_id)
            self.delete_product(product_id)
        return self.products.get(product_id)

    def create_collection(
        self,
        title: str,
        *,
        handle: str | None = None,
        products: tuple[str, ...] = (),
        categories: tuple[str, ...] = (),
        shareable: bool = False,
        published: bool = False,
    ) -> str:
        """The merchant makes a collection of products picked by hand, and of all in some categories or below.

        A shareable source belongs to another app. Returns its id.
        """
        with self.lock:
            source_id = self.new_id("CollectionConditionsSource")
            source = CollectionConditionsSource(source_id, title, shareable=shareable)
            source.selections = dict.fromkeys(products, 0.0)
            if categories:
                condition_id = self.new_id("CollectionSourceInclusionConditionProductCategory")
                below = [(category, True) for category in categories]
                source.conditions = [CategoryCondition(condition_id, "ANY", "EQUALS", below)]
            collection = self.add_collection(title, handle, [source])
            if published:
                collection.published[self.publication("online_store").id] = now()
        return collection.id

    def delete_collection(self, collection_id: str) -> None:
        """The merchant deletes a collection; its products stay."""
        with self.lock:
            del self.collections[collection_id]

    def product(self, product_id: str) -> Product:
        """The product of that id. Raises UnknownProduct."""
        try:
            return self.products[product_id]
        except KeyError:
            raise UnknownProduct(f"{self.domain} has no product {product_id}.") from None

    def publication(self, handle: str) -> Publication:
        """The publication whose channel has that handle, such as online_store."""
        return next(p for p in self.publications.values() if p.handle == handle)

    def add_collection(
        self, title: str, handle: str | None, sources: list[CollectionConditionsSource], **fields: Any
    ) -> Collection:
        """A new collection, unpublished, whose handle is free."""
        taken = {collection.handle for collection in self.collections.values()}
        free = free_handle(handle_of(handle or title), taken)
        collection = Collection(self.new_id("Collection"), title, free, sources=sources, **fields)
        self.collections[collection.id] = collection
        return collection

    def new_id(self, kind: str) -> str:
        """A global id that this shop never gave before."""
        return gid(kind, next(self._numbers))

    def record(self, kind: Kind, subject: str, before: Any, after: Any) -> None:
        """Write an effect of the Admin API into the ledger."""
        self.around.ledger.record(self.domain, kind, subject, before, after)

    def touch(self, product: Product) -> None:
        """Note that the product changed, and raise products/update."""
        product.updated_at = now()
        self.tell("products/update", product)

    def tell(self, topic: str, product: Product) -> None:
        """Send a webhook about the product as it stands."""
        category = self.around.taxonomy.find(product.category)
        self.send(topic, product_body(product, self.around.origin, category))

    def _upload(self, product: Product, picture: bytes, late_seconds: float) -> None:
        media_id = self.new_id("MediaImage")
        media = upload(self.around, self.number, product, media_id, picture, late_seconds)
        if media.status != "READY":
            self.around.webhooks.at(media.ready_at, lambda: self._ready(product, media))

    def _ready(self, product: Product, media: MediaImage) -> None:
        with self.lock:
            if self.products.get(product.id) is product and media in product.media:
                self.touch(product)

    def _publication(self, channel: tuple[str, str, bool]) -> Publication:
        title, handle, future = channel
        return Publication(self.new_id("Publication"), title, handle, supports_future_publishing=future)
