"""What a person may say of a review: approve, correct, skip, take up again, retry.

Each is one compare-and-set on the state and one row that records who said it. Of two people on one
product the first counts; the other gets MovedMeanwhile. A repeat of the same decision is harmless.
"""

from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from classifier.labels import LabelTree
from shopify_bot.errors import IllegalMove, MovedMeanwhile, NoLabel, NotFound, UnknownLabel
from shopify_bot.states import State, move
from shopify_bot.tables import Decision, Review, Shop, now

AFTER = {State.APPROVED: frozenset({State.APPROVED, State.PUBLISHING, State.PUBLISHED})}
"""Where a decision's state leads by itself: the same decision again finds it there and changes nothing."""


@dataclass(frozen=True)
class Reviewer:
    """Who decides, and where: `source` is web or cli."""

    name: str
    source: str


def find_review(session: Session, shop: Shop, review_id: int) -> Review:
    """The one way to a review: through its shop. Raises NotFound when it is another shop's."""
    review = session.scalar(select(Review).where(Review.shop_id == shop.id, Review.id == review_id))
    if review is None:
        raise NotFound(f"There is no review {review_id} in {shop.domain}.")
    return review


def approve(session: Session, shop: Shop, review_id: int, reviewer: Reviewer) -> Review:
    """Accept the predicted label; the product will be published.

    Raises NotFound, NoLabel (no picture and no title to predict from), IllegalMove, MovedMeanwhile.
    """
    review = find_review(session, shop, review_id)
    predicted = predicted_label(review)
    if predicted is None:
        raise NoLabel(
            f"Review {review_id} has no predicted label ({review.note or 'not classified yet'}). "
            f"Choose one: shopify-bot review correct {review_id} LABEL"
        )
    return decide(session, review, State.APPROVED, "approve", predicted, reviewer)


def correct(
    session: Session, shop: Shop, review_id: int, label: str, reviewer: Reviewer, tree: LabelTree
) -> Review:
    """Give the product another label than the predicted one; it will be published.

    Raises NotFound, UnknownLabel, IllegalMove, MovedMeanwhile.
    """
    review = find_review(session, shop, review_id)
    known = known_label(tree, label)
    kind = "approve" if known == predicted_label(review) else "correct"
    return decide(session, review, State.APPROVED, kind, known, reviewer)


def skip(session: Session, shop: Shop, review_id: int, reviewer: Reviewer) -> Review:
    """Leave the product for later; nothing is written. Raises NotFound, IllegalMove, MovedMeanwhile."""
    return decide(session, find_review(session, shop, review_id), State.SKIPPED, "skip", None, reviewer)


def reopen(session: Session, shop: Shop, review_id: int, reviewer: Reviewer) -> Review:
    """Take up a skipped review again, or undo a decision that is not being published yet."""
    return decide(session, find_review(session, shop, review_id), State.PENDING, "reopen", None, reviewer)


def retry(session: Session, shop: Shop, review_id: int, reviewer: Reviewer) -> Review:
    """Try a failed review again where it failed: publishing if it was decided, else classifying."""
    review = find_review(session, shop, review_id)
    decided = review.decision is not None and review.decision.label is not None
    to = State.APPROVED if decided else State.RECEIVED
    label = review.decision.label if decided and review.decision else None
    return decide(session, review, to, "retry", label, reviewer)


def decide(
    session: Session, review: Review, to: State, kind: str, label: str | None, reviewer: Reviewer
) -> Review:
    """Move the review and record the decision; the same decision again changes nothing."""
    last = review.decision
    if last is not None and (last.kind, last.label) == (kind, label) and review.state in AFTER.get(to, {to}):
        return review
    try:
        moved = move(
            session,
            review,
            to,
            next_attempt_at=now(),
            attempts=0,
            takeovers=0,
            error=None,
            lease_until=None,
            lease_token=None,
        )
    except IllegalMove as error:
        raise IllegalMove(f"{error} Reload to see where it stands.") from error
    if not moved:
        raise MovedMeanwhile(f"Somebody else decided review {review.id} just now. Reload to see what.")
    session.add(
        Decision(
            shop_id=review.shop_id,
            review_id=review.id,
            kind=kind,
            label=label,
            predicted_label=predicted_label(review),
            reviewer=reviewer.name,
            source=reviewer.source,
        )
    )
    session.flush()
    session.expire(review)
    return review


def predicted_label(review: Review) -> str | None:
    """The label of the latest prediction."""
    return review.prediction.label if review.prediction else None


def known_label(tree: LabelTree, label: str) -> str:
    """The label as the tree spells it, whatever the case. Raises UnknownLabel."""
    spelt = {name.casefold(): name for name in tree.leaves}
    try:
        return spelt[label.strip().casefold()]
    except KeyError:
        raise UnknownLabel(
            f"There is no label {label!r} in the label tree {tree.name!r}. See: shopify-bot labels"
        ) from None
