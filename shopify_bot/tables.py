"""The tables. Every row belongs to a shop, and no row can point at another shop's row.

A child refers to its parent by (shop_id, id), so the database itself refuses a review of shop A
for a product of shop B. Times are aware and in UTC.
"""

from datetime import UTC, datetime
from typing import Any

from sqlalchemy import (
    JSON,
    BigInteger,
    Float,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Text,
    UniqueConstraint,
    text,
)
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column, relationship

from shopify_bot.columns import PlainText, UtcDateTime

OPEN_REVIEW = text("state NOT IN ('published', 'reverting', 'reverted', 'gone')")
WENT_WRONG = text("error IS NOT NULL")
DECIDED_ALONE = text("source = 'alone'")
IN_BULK = text("bulk_id IS NOT NULL")

IN_TABLE = (
    "shop_id",
    "is_latest",
    "id",
    "state",
    "confidence",
    "is_sure",
    "alike",
    "changed_by_us",
    "has_persons_category",
    "created_at",
    "label",
    "search",
)
"""What a table of reviews filters and sorts by, in one index, so that a filter that few match stays fast."""


def now() -> datetime:
    """The present, aware, in UTC."""
    return datetime.now(UTC)


Id = BigInteger().with_variant(Integer, "sqlite")


class Base(DeclarativeBase):
    """Base of all tables; constraints get names, so that migrations can refer to them."""

    metadata = MetaData(
        naming_convention={
            "ix": "ix_%(table_name)s_%(column_0_N_name)s",
            "uq": "uq_%(table_name)s_%(column_0_N_name)s",
            "fk": "fk_%(table_name)s_%(column_0_N_name)s",
            "pk": "pk_%(table_name)s",
        }
    )
    type_annotation_map = {datetime: UtcDateTime, dict[str, Any]: JSON, list[Any]: JSON}  # noqa: RUF012


class Shop(Base):
    """A store that we serve. Tokens are encrypted; they are emptied when the app is uninstalled."""

    __tablename__ = "shops"

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    domain: Mapped[str] = mapped_column(String(255), unique=True)
    state: Mapped[str] = mapped_column(String(20), default="active")
    grant_type: Mapped[str] = mapped_column(String(30), default="static")
    """Where the token comes from: static, client_credentials or authorization_code."""
    token: Mapped[str | None] = mapped_column(Text)
    token_expires_at: Mapped[datetime | None]
    """None for a token that does not expire."""
    refresh_token: Mapped[str | None] = mapped_column(Text)
    refresh_expires_at: Mapped[datetime | None]
    renewing_until: Mapped[datetime | None]
    """While set and in the future, one process is asking for the next token."""
    renewing_token: Mapped[str | None] = mapped_column(String(36))
    scopes: Mapped[list[Any] | None]
    publication_ids: Mapped[list[Any] | None]
    """Sales channels to publish to; None means the Online Store alone."""
    publish_status: Mapped[str] = mapped_column(String(20), default="ACTIVE")
    """Status of a product once it is published: ACTIVE, DRAFT, or UNCHANGED for the one it has."""
    approves_alone: Mapped[bool] = mapped_column(default=False)
    """Whether what the model is sure enough of is approved without a person."""
    alone_above: Mapped[float | None] = mapped_column(Float)
    """Least confidence of such a prediction, from 0 to 1; None leaves it to the model's own thresholds."""
    checked_share: Mapped[float] = mapped_column(Float, default=0.05)
    """Share of those that goes to a person all the same, as a check."""
    alone_promise: Mapped[float | None] = mapped_column(Float)
    """Share of right ones that the model promised when somebody allowed it to decide alone."""
    alone_since: Mapped[datetime | None]
    """Since when it decides alone as it does now: only checks from then on are held against the promise."""
    alone_stopped: Mapped[dict[str, Any] | None]
    """Why it no longer does, though nobody turned it off, until somebody has read it; see `alone.checks`."""
    tallied_decision: Mapped[int] = mapped_column(Id, default=0)
    """Id of the last decision that is in `tallies`."""
    tallied_prediction: Mapped[int] = mapped_column(Id, default=0)
    """Id of the last prediction that is in `tallies`."""
    connected_at: Mapped[datetime] = mapped_column(default=now)
    """Since when we serve it, without a break: products made before are left alone."""
    authorized_at: Mapped[datetime] = mapped_column(default=now)
    """When somebody last gave us a token, which may be one more of a shop that we serve."""
    uninstalled_at: Mapped[datetime | None]


class User(Base):
    """Somebody who may sign in; without a shop, the owner of this installation, who sees every shop."""

    __tablename__ = "users"
    __table_args__ = (Index(None, "shop_id", "shopify_id", unique=True),)

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    shop_id: Mapped[int | None] = mapped_column(Id, ForeignKey("shops.id", ondelete="CASCADE"), index=True)
    name: Mapped[str] = mapped_column(String(255), unique=True)
    password_hash: Mapped[str] = mapped_column(Text)
    """Empty for somebody who signs in with Shopify alone."""
    shopify_id: Mapped[str | None] = mapped_column(String(50))
    """Number of the member of staff in Shopify, for somebody who signs in there."""
    language: Mapped[str | None] = mapped_column(String(5))
    """Language of the pages, such as fr; None for the browser's."""
    seen_at: Mapped[datetime | None]
    """When they last signed in."""
    barred_at: Mapped[datetime | None]
    """When the team removed somebody whom Shopify would let in again: they stay out until taken back."""
    created_at: Mapped[datetime] = mapped_column(default=now)


class SignIn(Base):
    """One browser that is signed in. Only hashes are kept; the token changes as time goes by."""

    __tablename__ = "sign_ins"

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    user_id: Mapped[int] = mapped_column(Id, ForeignKey("users.id", ondelete="CASCADE"), index=True)
    token_hash: Mapped[str] = mapped_column(String(64), unique=True)
    former_hash: Mapped[str | None] = mapped_column(String(64), index=True)
    """Hash of the token before the last change, good for a moment longer: requests may cross."""
    renewed_at: Mapped[datetime] = mapped_column(default=now)
    expires_at: Mapped[datetime]
    created_at: Mapped[datetime] = mapped_column(default=now)


class SettingChange(Base):
    """One change of a shop's settings or of the people who may sign in to it: who made it, and when."""

    __tablename__ = "setting_changes"
    __table_args__ = (Index(None, "shop_id", "id"),)

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    shop_id: Mapped[int] = mapped_column(Id, ForeignKey("shops.id", ondelete="CASCADE"))
    kind: Mapped[str] = mapped_column(String(30))
    """See `shopify_bot.people.changelog`."""
    values: Mapped[dict[str, Any]] = mapped_column(default=dict)
    """What the words of it are filled with."""
    made_by: Mapped[str] = mapped_column(String(255))
    created_at: Mapped[datetime] = mapped_column(default=now)


class Delivery(Base):
    """One webhook POST that was signed by us and for a known shop. Its body is not kept."""

    __tablename__ = "deliveries"
    __table_args__ = (
        UniqueConstraint("shop_id", "topic", "event_id"),
        Index(None, "shop_id", "topic", "body_hash", "received_at"),
        Index(None, "shop_id", "received_at", "topic"),
    )

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    shop_id: Mapped[int] = mapped_column(Id, ForeignKey("shops.id", ondelete="CASCADE"))
    topic: Mapped[str] = mapped_column(String(100))
    event_id: Mapped[str] = mapped_column(String(255))
    body_hash: Mapped[str] = mapped_column(String(64))
    product_gid: Mapped[str | None] = mapped_column(String(255))
    received_at: Mapped[datetime] = mapped_column(default=now)


class Product(Base):
    """A product as the store last told it."""

    __tablename__ = "products"
    __table_args__ = (UniqueConstraint("shop_id", "gid"), UniqueConstraint("shop_id", "id"))

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    shop_id: Mapped[int] = mapped_column(Id, ForeignKey("shops.id", ondelete="CASCADE"))
    gid: Mapped[str] = mapped_column(String(255))
    title: Mapped[str] = mapped_column(PlainText, default="")
    vendor: Mapped[str] = mapped_column(PlainText, default="")
    product_type: Mapped[str] = mapped_column(PlainText, default="")
    tags: Mapped[list[Any]] = mapped_column(default=list)
    store_status: Mapped[str] = mapped_column(String(20), default="")
    category_id: Mapped[str | None] = mapped_column(String(255))
    category_name: Mapped[str | None] = mapped_column(PlainText)
    image_url: Mapped[str | None] = mapped_column(PlainText)
    """Address of the main picture, small enough to look at and to classify."""
    pictures: Mapped[list[Any]] = mapped_column(default=list)
    """Addresses of all pictures, the main one first, as many as we ask for."""
    collections: Mapped[list[Any]] = mapped_column(default=list)
    """Titles of the collections that the product was in when it was last read."""
    image_key: Mapped[str | None] = mapped_column(PlainText)
    """Path of the main picture without host and query: changes when the merchant changes the picture."""
    payload_image_key: Mapped[str | None] = mapped_column(PlainText)
    """The same as the last webhook told it; the two may be spelt differently for one picture."""
    image_sha256: Mapped[str | None] = mapped_column(String(64))
    created_at: Mapped[datetime] = mapped_column(default=now)
    updated_at: Mapped[datetime] = mapped_column(default=now, onupdate=now)

    reviews: Mapped[list["Review"]] = relationship(
        viewonly=True,
        order_by="Review.id",
        primaryjoin="Product.id == Review.product_id",
        foreign_keys="Review.product_id",
    )


class Review(Base):
    """One pass of a product along the road; owns the state. See `shopify_bot.states`."""

    __tablename__ = "reviews"
    __table_args__ = (
        ForeignKeyConstraint(
            ["shop_id", "product_id"], ["products.shop_id", "products.id"], ondelete="CASCADE"
        ),
        UniqueConstraint("shop_id", "id"),
        Index(
            "uq_reviews_open",
            "shop_id",
            "product_id",
            unique=True,
            sqlite_where=OPEN_REVIEW,
            postgresql_where=OPEN_REVIEW,
        ),
        Index(None, "state", "next_attempt_at"),
        Index(None, "shop_id", "state", "id"),
        Index(None, "shop_id", "state", "next_attempt_at"),
        Index(None, "shop_id", "state", "confidence", "id"),
        Index(None, "shop_id", "state", "alike", "id"),
        Index(None, "shop_id", "product_id", "id"),
        Index(None, "product_id", "id"),
        Index(None, "shop_id", "label", "id"),
        Index(None, "shop_id", "vendor", "id"),
        Index("ix_reviews_table", *IN_TABLE),
        Index(None, "shop_id", "is_latest", "confidence", "id"),
        Index(None, "shop_id", "is_latest", "alike", "id"),
        Index(
            "ix_reviews_went_wrong",
            "shop_id",
            "state",
            "id",
            sqlite_where=WENT_WRONG,
            postgresql_where=WENT_WRONG,
        ),
        Index(
            "ix_reviews_checks",
            "shop_id",
            "id",
            sqlite_where=text("is_check"),
            postgresql_where=text("is_check"),
        ),
    )

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    shop_id: Mapped[int] = mapped_column(Id, ForeignKey("shops.id", ondelete="CASCADE"))
    product_id: Mapped[int] = mapped_column(Id)
    state: Mapped[str] = mapped_column(String(20))
    next_attempt_at: Mapped[datetime] = mapped_column(default=now)
    lease_until: Mapped[datetime | None]
    lease_token: Mapped[str | None] = mapped_column(String(36))
    attempts: Mapped[int] = mapped_column(default=0)
    """Tries since the last success that ended in an error."""
    takeovers: Mapped[int] = mapped_column(default=0)
    """Workers in a row that died while they held this review."""
    image_reads: Mapped[int] = mapped_column(default=0)
    """How often the store was asked for a picture that was not ready."""
    changed_at: Mapped[datetime | None]
    """When the store last told of a change while a worker was looking at the product."""
    note: Mapped[str | None] = mapped_column(PlainText)
    """What the reviewer should know, such as that there was no usable picture, and why."""
    error: Mapped[str | None] = mapped_column(PlainText)
    """Why the last try went wrong; None when it went well."""
    awaits_token: Mapped[bool] = mapped_column(default=False)
    """Of a failed review: whether it failed only because the store did not take our token."""
    label: Mapped[str | None] = mapped_column(String(255))
    """The label decided on, else the predicted one; see `shopify_bot.finding.noting`, as for the next."""
    confidence: Mapped[float | None] = mapped_column(Float)
    """How sure the latest prediction is, from 0 to 1."""
    vendor: Mapped[str] = mapped_column(PlainText, default="")
    search: Mapped[str] = mapped_column(PlainText, default="")
    """Title and vendor in lower case, cut short."""
    has_persons_category: Mapped[bool] = mapped_column(default=False)
    """Whether the product's category in the store was set by a person."""
    alike: Mapped[int | None] = mapped_column(Id)
    """Id of the first review of the shop whose product looks like this one; its own when it is the first."""
    is_sure: Mapped[bool] = mapped_column(default=False)
    """Whether the latest prediction is sure of its label, and not of its category alone or of nothing."""
    changed_by_us: Mapped[bool] = mapped_column(default=False)
    """Whether something that we wrote to the product stands in the store."""
    is_latest: Mapped[bool] = mapped_column(default=True)
    """Whether no later review of the product exists; tables show a product once, by this one."""
    is_check: Mapped[bool] = mapped_column(default=False)
    """Whether the model would have decided it alone, and a person is asked all the same, to check on it."""
    created_at: Mapped[datetime] = mapped_column(default=now)
    updated_at: Mapped[datetime] = mapped_column(default=now)

    shop: Mapped[Shop] = relationship(viewonly=True)
    product: Mapped[Product] = relationship(
        viewonly=True,
        primaryjoin="Review.product_id == Product.id",
        foreign_keys="Review.product_id",
    )
    predictions: Mapped[list["Prediction"]] = relationship(
        viewonly=True,
        order_by="Prediction.id",
        primaryjoin="Review.id == Prediction.review_id",
        foreign_keys="Prediction.review_id",
    )
    decisions: Mapped[list["Decision"]] = relationship(
        viewonly=True,
        order_by="Decision.id",
        primaryjoin="Review.id == Decision.review_id",
        foreign_keys="Decision.review_id",
    )
    publication: Mapped["Publication | None"] = relationship(
        viewonly=True,
        uselist=False,
        primaryjoin="Review.id == Publication.review_id",
        foreign_keys="Publication.review_id",
    )

    @property
    def prediction(self) -> "Prediction | None":
        """The latest prediction."""
        return self.predictions[-1] if self.predictions else None

    @property
    def decision(self) -> "Decision | None":
        """The latest decision."""
        return self.decisions[-1] if self.decisions else None


class OfReview:
    """Columns of a row that belongs to one review of one shop."""

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    shop_id: Mapped[int] = mapped_column(Id, ForeignKey("shops.id", ondelete="CASCADE"))
    review_id: Mapped[int] = mapped_column(Id)
    created_at: Mapped[datetime] = mapped_column(default=now)


def review_key() -> ForeignKeyConstraint:
    """Ties (shop_id, review_id) to a review of the same shop."""
    return ForeignKeyConstraint(
        ["shop_id", "review_id"], ["reviews.shop_id", "reviews.id"], ondelete="CASCADE"
    )


class Prediction(OfReview, Base):
    """What a model said of a product; columns that may be empty were not kept by earlier versions."""

    __tablename__ = "predictions"
    __table_args__ = (
        review_key(),
        Index(None, "shop_id", "review_id"),
        Index(None, "review_id", "id"),
        Index(None, "shop_id", "id"),
    )

    model_version: Mapped[str] = mapped_column(String(100))
    label: Mapped[str | None] = mapped_column(String(255))
    """The most likely label, however unsure; None when there was neither a usable picture nor a title."""
    confidence: Mapped[float | None] = mapped_column(Float)
    sure: Mapped[str | None] = mapped_column(String(20))
    """What the model is sure of: leaf (the label), category, or nothing."""
    category: Mapped[str | None] = mapped_column(String(255))
    """The most likely category, which need not be the label's."""
    category_confidence: Mapped[float | None] = mapped_column(Float)
    kind: Mapped[str | None] = mapped_column(String(20))
    """What was looked at: image, text or image_and_text."""
    decides_alone: Mapped[bool | None]
    """Whether the label reaches the precision wished for without a person."""
    top: Mapped[list[Any]] = mapped_column(default=list)
    """The four most likely labels, best first: [{"label": str, "probability": float}, …]."""
    image_sha256: Mapped[str | None] = mapped_column(String(64))
    seconds: Mapped[float | None] = mapped_column(Float)
    """From the review's beginning to this prediction."""


class Embedding(OfReview, Base):
    """What the model saw of a product, as numbers that are alike for products that look alike."""

    __tablename__ = "embeddings"
    __table_args__ = (review_key(), UniqueConstraint("shop_id", "review_id"), Index(None, "shop_id", "id"))

    model_version: Mapped[str] = mapped_column(String(100))
    vector: Mapped[bytes] = mapped_column(LargeBinary)
    """Float16, little-endian, of length one; see `shopify_bot.likeness`."""


class Decision(OfReview, Base):
    """What a person said of a prediction: approve, correct, skip, or the undoing of one of these."""

    __tablename__ = "decisions"
    __table_args__ = (
        review_key(),
        ForeignKeyConstraint(["shop_id", "bulk_id"], ["bulk_actions.shop_id", "bulk_actions.id"]),
        Index(None, "shop_id", "review_id"),
        Index(None, "review_id", "id"),
        Index(None, "shop_id", "id"),
        Index(None, "shop_id", "bulk_id"),
        Index(None, "shop_id", "created_at", "id"),
        Index(None, "shop_id", "kind", "created_at", "id"),
        Index(None, "shop_id", "reviewer", "created_at", "id"),
        Index(None, "shop_id", "label", "created_at", "id"),
        Index(
            "ix_decisions_alone",
            "shop_id",
            "created_at",
            "id",
            sqlite_where=DECIDED_ALONE,
            postgresql_where=DECIDED_ALONE,
        ),
        Index(
            "ix_decisions_in_bulk",
            "shop_id",
            "created_at",
            "id",
            sqlite_where=IN_BULK,
            postgresql_where=IN_BULK,
        ),
    )

    kind: Mapped[str] = mapped_column(String(20))
    label: Mapped[str | None] = mapped_column(String(255))
    predicted_label: Mapped[str | None] = mapped_column(String(255))
    reviewer: Mapped[str] = mapped_column(String(255))
    source: Mapped[str] = mapped_column(String(20))
    """Where it was made: web, cli, or alone for what the model was sure enough of."""
    replaces_category: Mapped[bool] = mapped_column(default=False)
    """Whether the reviewer chose ours in place of the category that a person had set."""
    store_category_id: Mapped[str | None] = mapped_column(String(255))
    """The category that stood in the store when it was decided."""
    bulk_id: Mapped[int | None] = mapped_column(Id)
    """The bulk action that it was part of."""
    confidence: Mapped[float | None] = mapped_column(Float)
    """Of the prediction that it was about, as the next two."""
    model_version: Mapped[str | None] = mapped_column(String(100))
    decides_alone: Mapped[bool | None]
    seconds: Mapped[float | None] = mapped_column(Float)
    """From that prediction to the decision."""
    counts: Mapped[int] = mapped_column(default=0)
    """For the insights: 1 for an approval, a correction, a skip or a dismissal, -1 for what undoes one."""
    undoes_id: Mapped[int | None] = mapped_column(Id)
    """Of a decision that undoes one: which."""


class Publication(OfReview, Base):
    """What was written to the store for a review, and what stood there before."""

    __tablename__ = "publications"
    __table_args__ = (
        review_key(),
        UniqueConstraint("shop_id", "review_id"),
        Index(None, "review_id"),
        Index(None, "shop_id", "finished_at", "id"),
        Index(None, "shop_id", "label", "finished_at", "id"),
        Index(None, "shop_id", "reverted_at", "id"),
    )

    label: Mapped[str] = mapped_column(String(255))
    before: Mapped[dict[str, Any]]
    after: Mapped[dict[str, Any] | None]
    collection_gid: Mapped[str | None] = mapped_column(String(255))
    plan: Mapped[dict[str, Any] | None]
    """What is to be written, read from the mapping once, and what was written of it; see `plans.Plan`."""
    finished_at: Mapped[datetime | None]
    reverted: Mapped[dict[str, Any] | None]
    """What undoing it put back, and what it left because somebody had changed it since."""
    reverted_at: Mapped[datetime | None]


class Category(Base):
    """A category of the label tree in one shop, and the collection that stands for it there."""

    __tablename__ = "categories"
    __table_args__ = (UniqueConstraint("shop_id", "name"),)

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    shop_id: Mapped[int] = mapped_column(Id, ForeignKey("shops.id", ondelete="CASCADE"))
    name: Mapped[str] = mapped_column(String(255))
    collection_gid: Mapped[str | None] = mapped_column(String(255))
    found_at: Mapped[datetime | None]
    """When the collection was found or made; the store may take a moment to show a new one."""
    lease_until: Mapped[datetime | None]
    """While set and in the future, one process is making the collection."""
    lease_token: Mapped[str | None] = mapped_column(String(36))
    created_at: Mapped[datetime] = mapped_column(default=now)


class Mapping(Base):
    """What a label means in one shop, where the merchant wants other than the bundle's default.

    A column that is None leaves that part to the default.
    """

    __tablename__ = "mappings"
    __table_args__ = (UniqueConstraint("shop_id", "label"),)

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    shop_id: Mapped[int] = mapped_column(Id, ForeignKey("shops.id", ondelete="CASCADE"))
    label: Mapped[str] = mapped_column(String(255))
    category_id: Mapped[str | None] = mapped_column(String(255))
    category_name: Mapped[str | None] = mapped_column(PlainText)
    product_type: Mapped[str | None] = mapped_column(PlainText)
    tags: Mapped[list[Any] | None]
    collection_kind: Mapped[str | None] = mapped_column(String(20))
    """made, existing, condition or none; see `shopify_bot.mapping.Filing`."""
    collection_title: Mapped[str | None] = mapped_column(PlainText)
    collection_gid: Mapped[str | None] = mapped_column(String(255))
    publication_ids: Mapped[list[Any] | None]
    status: Mapped[str | None] = mapped_column(String(20))
    changed_by: Mapped[str] = mapped_column(String(255), default="")
    updated_at: Mapped[datetime] = mapped_column(default=now, onupdate=now)


class CategoryCheck(Base):
    """What the store last said of a taxonomy category that labels of the shop are mapped to."""

    __tablename__ = "category_checks"
    __table_args__ = (UniqueConstraint("shop_id", "category_id"),)

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    shop_id: Mapped[int] = mapped_column(Id, ForeignKey("shops.id", ondelete="CASCADE"))
    category_id: Mapped[str] = mapped_column(String(255))
    standing: Mapped[str] = mapped_column(String(20))
    """current, archived or unknown."""
    checked_at: Mapped[datetime] = mapped_column(default=now)


class Chore(Base):
    """Something that is done for a shop again and again, such as looking for products we did not hear of."""

    __tablename__ = "chores"
    __table_args__ = (UniqueConstraint("shop_id", "kind"), Index(None, "next_at"))

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    shop_id: Mapped[int] = mapped_column(Id, ForeignKey("shops.id", ondelete="CASCADE"))
    kind: Mapped[str] = mapped_column(String(30))
    next_at: Mapped[datetime] = mapped_column(default=now)
    lease_until: Mapped[datetime | None]
    lease_token: Mapped[str | None] = mapped_column(String(36))
    attempts: Mapped[int] = mapped_column(default=0)
    """Tries since the last success that ended in an error."""
    error: Mapped[str | None] = mapped_column(PlainText)
    finished_at: Mapped[datetime | None]
    """When it last went well."""
    found: Mapped[dict[str, Any] | None]
    """What it found and did when it last went well."""
    watermark: Mapped[datetime | None]
    """For a chore that reads what changed: up to when it has read."""


class BulkAction(Base):
    """One decision about many reviews at once, carried out by a worker bit by bit."""

    __tablename__ = "bulk_actions"
    __table_args__ = (UniqueConstraint("shop_id", "id"), UniqueConstraint("shop_id", "click"))

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    shop_id: Mapped[int] = mapped_column(Id, ForeignKey("shops.id", ondelete="CASCADE"))
    kind: Mapped[str] = mapped_column(String(20))
    """See `shopify_bot.bulk.actions.Kind`."""
    label: Mapped[str | None] = mapped_column(String(255))
    selection: Mapped[dict[str, Any]]
    """Which reviews: a filter, or ids."""
    undoes_id: Mapped[int | None] = mapped_column(Id)
    """The bulk action that this one takes back."""
    click: Mapped[str | None] = mapped_column(String(36))
    """What the form that began it was marked with: the second click of two begins nothing."""
    newest_prediction: Mapped[int] = mapped_column(Id, default=0)
    """Id of the newest prediction at the click; what was predicted later is left alone."""
    newest_decision: Mapped[int] = mapped_column(Id, default=0)
    """Id of the newest decision at the click; what was decided later is left alone."""
    newest_review: Mapped[int] = mapped_column(Id, default=0)
    """Id of the newest review at the click; what came later is left alone."""
    reviewer: Mapped[str] = mapped_column(String(255))
    total: Mapped[int] = mapped_column(default=0)
    """How many were selected at the click."""
    done: Mapped[int] = mapped_column(default=0)
    refused: Mapped[int] = mapped_column(default=0)
    """How many were left alone: decided, changed or predicted anew since the click."""
    reached: Mapped[int] = mapped_column(Id, default=0)
    """Id of the last review that was looked at; they are taken in the order of their ids."""
    undo_until: Mapped[datetime]
    """Until when nothing of it is written to the store."""
    next_attempt_at: Mapped[datetime] = mapped_column(default=now, index=True)
    lease_until: Mapped[datetime | None]
    lease_token: Mapped[str | None] = mapped_column(String(36))
    attempts: Mapped[int] = mapped_column(default=0)
    error: Mapped[str | None] = mapped_column(PlainText)
    finished_at: Mapped[datetime | None]
    created_at: Mapped[datetime] = mapped_column(default=now)


class Tally(Base):
    """Decisions or predictions of one day that are alike, as sums; see `shopify_bot.tallies`.

    Each is in several parts, which keep of it what one table or chart tells apart. What a part does not
    tell apart is empty, and so is the day of a sum of all days.
    """

    __tablename__ = "tallies"
    __table_args__ = (
        UniqueConstraint(
            "shop_id",
            "part",
            "day",
            "kind",
            "source",
            "model_version",
            "predicted_label",
            "label",
            "decides_alone",
            "bucket",
            name="uq_tallies_sum",
        ),
    )

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    shop_id: Mapped[int] = mapped_column(Id, ForeignKey("shops.id", ondelete="CASCADE"))
    part: Mapped[str] = mapped_column(String(20))
    day: Mapped[str] = mapped_column(String(10), default="")
    """Such as 2026-11-21, in UTC."""
    kind: Mapped[str] = mapped_column(String(20))
    """Kind of the decision, or prediction."""
    source: Mapped[str] = mapped_column(String(20), default="")
    model_version: Mapped[str] = mapped_column(String(100), default="")
    predicted_label: Mapped[str] = mapped_column(String(255), default="")
    label: Mapped[str] = mapped_column(String(255), default="")
    decides_alone: Mapped[bool] = mapped_column(default=False)
    bucket: Mapped[int] = mapped_column(default=0)
    """Of a confidence or a wait; see `shopify_bot.tallies`."""
    count: Mapped[int] = mapped_column(default=0)
    seconds: Mapped[float] = mapped_column(Float, default=0.0)
