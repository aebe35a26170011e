"""Approving, in the worker, what a shop lets the model decide alone."""

from datetime import timedelta
from hashlib import sha256
from pathlib import Path

from sqlalchemy import exists, select
from sqlalchemy.orm import Session

from shopify_bot import decisions
from shopify_bot.alone.checks import OURSELVES
from shopify_bot.decisions import Reviewer
from shopify_bot.labels import label_tree
from shopify_bot.mapping import filing_for
from shopify_bot.publishing.person_category import set_by_person
from shopify_bot.tables import Decision, Prediction, Review, Shop

SOURCE = "alone"


def decide_alone(session: Session, review: Review, promise: float, regrets: timedelta, model: Path) -> bool:
    """Approve the pending review if nobody need look at it; returns whether it was approved.

    `promise` is the share of right ones that the model promises, `model` is its folder; for `regrets` the
    approval may be taken back. One that is drawn as a check is marked, and waits for a person as any other.
    """
    shop = session.get_one(Shop, review.shop_id)
    may = may_decide(session, shop, review, promise) and not contradicts(session, shop, review, model)
    review.is_check = may and is_drawn(review, shop.checked_share)
    if not may or review.is_check:
        return False
    decisions.approve(session, shop, review.id, Reviewer(OURSELVES, SOURCE, regrets))
    return True


def may_decide(session: Session, shop: Shop, review: Review, promise: float) -> bool:
    """Whether the model may decide this review alone, were it not drawn as a check.

    Never where a person has decided anything of the product before, or should know something of it, such as
    that there was no usable picture; nor with a model that promises less than was agreed to.
    """
    if not shop.approves_alone or shop.state != "active" or promise < (shop.alone_promise or 0.0):
        return False
    if review.note is not None or review.error is not None or review.prediction is None:
        return False
    return is_sure(shop, review.prediction) and not was_decided(session, review)


def is_sure(shop: Shop, prediction: Prediction) -> bool:
    """Whether the prediction reaches the model's own threshold, and the shop's where it is stricter."""
    if not prediction.decides_alone or prediction.label is None or prediction.confidence is None:
        return False
    return prediction.confidence >= (shop.alone_above or 0.0)


def contradicts(session: Session, shop: Shop, review: Review, model: Path) -> bool:
    """Whether a person set another category in the store than the label has: one of the two is wrong."""
    label = review.prediction.label if review.prediction else None
    if label is None or not set_by_person(review.product):
        return False
    return filing_for(session, shop, label_tree(model), label).category_id != review.product.category_id


def was_decided(session: Session, review: Review) -> bool:
    """Whether anything was ever decided on the product, in this review or an earlier one."""
    of_product = select(Review.id).where(
        Review.shop_id == review.shop_id, Review.product_id == review.product_id
    )
    found = exists().where(Decision.shop_id == review.shop_id, Decision.review_id.in_(of_product))
    return bool(session.scalar(select(found)))


def is_drawn(review: Review, share: float) -> bool:
    """Whether the review is of the share that a person checks; the same review is always drawn alike."""
    digest = sha256(f"check {review.shop_id} {review.id}".encode()).digest()
    return int.from_bytes(digest[:8], "big") < share * 2**64
