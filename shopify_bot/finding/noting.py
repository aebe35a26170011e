"""The columns that a review is found by: the table filters, sorts and searches by them without a join."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from shopify_bot.publishing.person_category import latest_publication, set_by_person
from shopify_bot.tables import Decision, Prediction, Product, Review

LONGEST_SEARCHED = 300
LONGEST_VENDOR = 255
UNDECIDED = ("reopen", "skip", "dismiss")
"""Kinds of decisions after which no label is chosen."""


def note(session: Session, review: Review) -> None:
    """Bring the review's columns up to its product, its latest prediction and the decision that holds.

    Call it, in the same transaction, after the product or the prediction has changed; a decision changes
    the label alone: see `label_after`.
    """
    session.flush()
    session.expire(review, ["product", "predictions", "decisions"])
    product, prediction, decided = review.product, review.prediction, choice_of(review)
    review.label = decided.label if decided else prediction.label if prediction else None
    review.confidence = prediction.confidence if prediction else None
    review.vendor = vendor_of(product)
    review.search = searched(product.title, product.vendor)
    review.has_persons_category = set_by_person(product)
    review.is_sure = prediction is not None and is_sure(prediction)
    review.changed_by_us = latest_publication(product) is not None
    session.flush()


def note_latest(session: Session, review: Review) -> None:
    """The same for the latest review of its product, after the review was published or taken back."""
    of_product = Review.shop_id == review.shop_id, Review.product_id == review.product_id
    latest = session.scalars(select(Review).where(*of_product).order_by(Review.id.desc()).limit(1)).one()
    note(session, latest)


def is_sure(prediction: Prediction) -> bool:
    """Whether the model is sure of the label itself; earlier versions did not say that it is not."""
    return prediction.label is not None and prediction.sure in ("leaf", None)


def vendor_of(product: Product) -> str:
    """The vendor as reviews are found by it."""
    return product.vendor.strip()[:LONGEST_VENDOR]


def searched(title: str, vendor: str) -> str:
    """What a search looks at, in the form in which it is kept."""
    return f"{title} {vendor}".casefold()[:LONGEST_SEARCHED]


def choice_of(review: Review) -> Decision | None:
    """The decision for a label that holds."""
    chosen = [each for each in review.decisions if each.label is not None or each.kind in UNDECIDED]
    return chosen[-1] if chosen and chosen[-1].kind not in UNDECIDED else None


def label_after(review: Review, kind: str, label: str | None) -> str | None:
    """The label that the review is found by once a decision of that kind, for that label, is made."""
    if kind in UNDECIDED:
        return review.prediction.label if review.prediction else None
    return review.label if label is None else label
