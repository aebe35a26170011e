"""What a shop holds. Class names are those of the GraphQL types, attributes those of the fields."""

import time
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Literal

ProductStatus = Literal["ACTIVE", "ARCHIVED", "DRAFT", "UNLISTED"]
MediaStatus = Literal["FAILED", "PROCESSING", "READY", "UPLOADED"]


def now() -> datetime:
    """The present moment, in UTC."""
    return datetime.now(UTC)


@dataclass(eq=False)
class MediaImage:
    """One picture of a product. `data` is served as it is, however broken; `ready_at` is in epoch seconds.

    Set `failed` for a picture that Shopify could not process: it never has an image.
    """

    id: str
    data: bytes
    file_name: str
    version: int
    width: int | None
    height: int | None
    mime_type: str | None
    uploaded_at: float
    ready_at: float
    created_at: datetime = field(default_factory=now)
    alt: str = ""
    failed: bool = False

    @property
    def status(self) -> MediaStatus:
        moment = time.time()
        if self.failed:
            return "FAILED"
        if moment >= self.ready_at:
            return "READY"
        first_tenth = self.uploaded_at + (self.ready_at - self.uploaded_at) / 10
        return "UPLOADED" if moment < first_tenth else "PROCESSING"


@dataclass(eq=False)
class Product:
    """A product. `published` maps a publication's id to the date; `truth` is the label it should get."""

    id: str
    title: str
    handle: str
    vendor: str = ""
    description_html: str = ""
    product_type: str = ""
    status: ProductStatus = "DRAFT"
    tags: list[str] = field(default_factory=list)
    category: str | None = None
    media: list[MediaImage] = field(default_factory=list)
    published: dict[str, datetime] = field(default_factory=dict)
    created_at: datetime = field(default_factory=now)
    updated_at: datetime = field(default_factory=now)
    truth: str | None = None
    trouble: str = ""


@dataclass(eq=False)
class CategoryCondition:
    """A condition on the product's category: (category id, with its descendants?) pairs."""

    id: str
    match_type: str
    relation: str
    values: list[tuple[str, bool]]


@dataclass(eq=False)
class CollectionConditionsSource:
    """One source of a collection: hand-picked products, each with the epoch second it shows from."""

    id: str
    title: str
    description: str | None = None
    target_type: str = "PRODUCTS"
    shareable: bool = False
    match_type: str | None = None
    conditions: list[CategoryCondition] = field(default_factory=list)
    selections: dict[str, float] = field(default_factory=dict)

    def selected(self) -> list[str]:
        """Ids of the hand-picked products that show by now."""
        moment = time.time()
        return [product for product, shows_at in self.selections.items() if shows_at <= moment]


@dataclass(eq=False)
class Collection:
    """A collection; its members come from its sources."""

    id: str
    title: str
    handle: str
    description_html: str = ""
    sort_order: str = "BEST_SELLING"
    sources: list[CollectionConditionsSource] = field(default_factory=list)
    published: dict[str, datetime] = field(default_factory=dict)
    updated_at: datetime = field(default_factory=now)


@dataclass(eq=False)
class Publication:
    """A sales channel that things are published to."""

    id: str
    title: str
    handle: str
    auto_publish: bool = False
    supports_future_publishing: bool = False


@dataclass(eq=False)
class Job:
    """Something that Shopify does in the background; `done_at` is in epoch seconds."""

    id: str
    done_at: float

    @property
    def done(self) -> bool:
        return time.time() >= self.done_at


Publishable = Product | Collection
