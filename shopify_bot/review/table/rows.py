"""One line of the table."""

from dataclasses import dataclass
from datetime import datetime

from flask import url_for
from sqlalchemy.orm import selectinload

from shopify_bot.review.changes import last_part
from shopify_bot.review.languages import _
from shopify_bot.review.presenting import LONGEST_TITLE, picture, short_title, shorten
from shopify_bot.review.standing import Badge, badge
from shopify_bot.tables import Prediction, Review
from shopify_bot.verdicts import percent, verdict

LOADED = (selectinload(Review.product), selectinload(Review.predictions))
"""What a row shows besides the review itself."""
LONGEST_VENDOR = 80


@dataclass(frozen=True)
class Row:
    """A review as the table shows it."""

    id: int
    address: str
    title: str
    picture: str | None
    vendor: str
    full_vendor: str
    label: str | None
    percent: str
    """How sure the prediction of this label is; empty where a person chose another."""
    sureness: str
    is_unsure: bool
    category: str | None
    """What the store has, without the categories above it."""
    by_person: bool
    product_type: str
    badge: Badge
    state: str
    error: str | None
    came: datetime


def row(review: Review) -> Row:
    """The line of a review; its product and predictions should be loaded."""
    product, said = review.product, predicted(review)
    known = verdict(said)
    return Row(
        id=review.id,
        address=url_for("pages.product", review_id=review.id),
        title=short_title(product),
        picture=picture(product),
        vendor=shorten(review.vendor, LONGEST_VENDOR),
        full_vendor=review.vendor,
        label=review.label,
        percent=percent(said.confidence) if said and said.confidence is not None else "",
        sureness=known.short if known else _("Chosen by a person") if review.label else "",
        is_unsure=bool(known and known.is_unsure),
        category=last_part(product.category_name or product.category_id or "") or None,
        by_person=review.has_persons_category,
        product_type=shorten(product.product_type, LONGEST_TITLE),
        badge=badge(review),
        state=review.state,
        error=review.error,
        came=review.created_at,
    )


def predicted(review: Review) -> Prediction | None:
    """The latest prediction where its label is the one that holds."""
    latest = review.prediction
    return latest if latest is not None and latest.label == review.label else None
