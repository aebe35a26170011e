"""The columns that a review is found by: the table filters, sorts and searches by them without a join."""

from sqlalchemy.orm import Session

from shopify_bot.publishing.person_category import set_by_person
from shopify_bot.tables import Decision, Review

LONGEST_SEARCHED = 300
LONGEST_VENDOR = 255
UNDECIDED = ("reopen", "skip", "dismiss")
"""Kinds of decisions after which no label is chosen."""


def note(session: Session, review: Review) -> None:
    """Bring the review's columns up to its product, its latest prediction and the decision that holds.

    Call it, in the same transaction, after any of the three has changed.
    """
    session.flush()
    session.refresh(review)
    product, prediction, decided = review.product, review.prediction, choice_of(review)
    review.label = decided.label if decided else prediction.label if prediction else None
    review.confidence = prediction.confidence if prediction else None
    review.vendor = product.vendor.strip()[:LONGEST_VENDOR]
    review.search = searched(product.title, product.vendor)
    review.has_persons_category = set_by_person(product)
    session.flush()


def searched(title: str, vendor: str) -> str:
    """What a search looks at, in the form in which it is kept."""
    return f"{title} {vendor}".casefold()[:LONGEST_SEARCHED]


def choice_of(review: Review) -> Decision | None:
    """The decision for a label that holds."""
    chosen = [each for each in review.decisions if each.label is not None or each.kind in UNDECIDED]
    return chosen[-1] if chosen and chosen[-1].kind not in UNDECIDED else None
