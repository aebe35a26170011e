"""What a person may say of a review: approve, correct, skip, dismiss, take up again, retry, revert.

Each is one compare-and-set on the state and one row that records who said it. Of two people on one
product the first counts; the other gets MovedMeanwhile. A repeat of the same decision is harmless.
"""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from classifier.labels import LabelTree
from shopify_bot.alone import checks
from shopify_bot.errors import IllegalMove, MovedMeanwhile, NoLabel, NotFound, NotPublished, UnknownLabel
from shopify_bot.finding.noting import label_after
from shopify_bot.intake import open_review
from shopify_bot.languages import _
from shopify_bot.states import UNDOABLE, State, move
from shopify_bot.tables import Decision, Product, Review, Shop, now

AFTER = {
    State.APPROVED: frozenset({State.APPROVED, State.PUBLISHING, State.PUBLISHED}),
    State.REVERTING: frozenset({State.REVERTING, State.REVERTED}),
}
"""Where a decision's state leads by itself: the same decision again finds it there and changes nothing."""

COUNTED = frozenset({"approve", "correct", "skip", "dismiss"})
"""Kinds of decisions that the insights count."""


@dataclass(frozen=True)
class Reviewer:
    """Who decides, and where: `source` is web, cli or alone.

    For as long as `regrets` an approval is not carried out, and may be taken back.
    """

    name: str
    source: str
    regrets: timedelta = timedelta(0)
    bulk_id: int | None = None
    """The bulk action that the decisions are part of."""


@dataclass(frozen=True)
class CategorySaid:
    """What is to become of the category that a person set in the store: by default it stays.

    `seen` is its id as the reviewer saw it, "" for none; None means as it was last read.
    """

    replaces: bool = False
    seen: str | None = None


KEEP = CategorySaid()


def find_review(session: Session, shop: Shop, review_id: int) -> Review:
    """The one way to a review: through its shop. Raises NotFound when it is another shop's."""
    review = session.scalar(select(Review).where(Review.shop_id == shop.id, Review.id == review_id))
    if review is None:
        raise NotFound(f"There is no review {review_id} in {shop.domain}.")
    return review


def approve(
    session: Session, shop: Shop, review_id: int, reviewer: Reviewer, category: CategorySaid = KEEP
) -> Review:
    """Accept the predicted label; the product will be published.

    Raises NotFound, NoLabel (no picture and no title to predict from), IllegalMove, MovedMeanwhile.
    """
    return approve_found(session, find_review(session, shop, review_id), reviewer, category)


def approve_found(
    session: Session, review: Review, reviewer: Reviewer, category: CategorySaid = KEEP
) -> Review:
    """The same of a review that was found already. Raises NoLabel, IllegalMove, MovedMeanwhile."""
    predicted = predicted_label(review)
    if predicted is None:
        raise NoLabel(
            f"Review {review.id} has no predicted label ({review.note or 'not classified yet'}). "
            f"Choose one: shopify-bot review correct {review.id} LABEL"
        )
    return decide(session, review, State.APPROVED, "approve", predicted, reviewer, category)


def correct(
    session: Session,
    shop: Shop,
    review_id: int,
    label: str,
    reviewer: Reviewer,
    tree: LabelTree,
    category: CategorySaid = KEEP,
) -> Review:
    """Give the product another label than the predicted one; it will be published.

    Raises NotFound, UnknownLabel, IllegalMove, MovedMeanwhile.
    """
    return correct_found(session, find_review(session, shop, review_id), label, reviewer, tree, category)


def correct_found(
    session: Session,
    review: Review,
    label: str,
    reviewer: Reviewer,
    tree: LabelTree,
    category: CategorySaid = KEEP,
) -> Review:
    """The same of a review that was found already. Raises UnknownLabel, IllegalMove, MovedMeanwhile."""
    known = known_label(tree, label)
    kind = "approve" if known == predicted_label(review) else "correct"
    return decide(session, review, State.APPROVED, kind, known, reviewer, category)


def skip(session: Session, shop: Shop, review_id: int, reviewer: Reviewer) -> Review:
    """Leave the product for later; nothing is written. Raises NotFound, IllegalMove, MovedMeanwhile."""
    return decide(session, find_review(session, shop, review_id), State.SKIPPED, "skip", None, reviewer)


def dismiss(session: Session, shop: Shop, review_id: int, reviewer: Reviewer) -> Review:
    """Say that the product is none of ours to file: nothing is written, and it does not come back.

    Raises NotFound, IllegalMove, MovedMeanwhile.
    """
    review = find_review(session, shop, review_id)
    return decide(session, review, State.DISMISSED, "dismiss", None, reviewer)


def reopen(
    session: Session, shop: Shop, review_id: int, reviewer: Reviewer, *, only_own: bool = False
) -> Review:
    """Take up a skipped or dismissed review again, or undo a decision that is not being published yet.

    With `only_own` no decision of anybody else is undone. For one that was taken back in the store, opens
    a new review of its product and returns that. Raises NotFound, IllegalMove, MovedMeanwhile.
    """
    review = find_review(session, shop, review_id)
    last = review.decision
    if only_own and review.state in UNDOABLE and last is not None and last.reviewer != reviewer.name:
        raise MovedMeanwhile(f"The last decision on review {review_id} is by {last.reviewer}.")
    if review.state != State.REVERTED:
        return decide(session, review, State.PENDING, "reopen", None, reviewer)
    fresh = open_review(session, session.get_one(Product, review.product_id))
    if fresh is None:
        raise IllegalMove(f"The product of review {review_id} is in the review already.")
    record(session, review, "reopen", None, reviewer)
    return fresh


def retry(session: Session, shop: Shop, review_id: int, reviewer: Reviewer) -> Review:
    """Try a failed review again where it failed: taking back, publishing if decided, else classifying."""
    review = find_review(session, shop, review_id)
    decided = latest_choice(review)
    if is_published(review):
        return decide(session, review, State.REVERTING, "retry", None, reviewer)
    if decided is None:
        return decide(session, review, State.RECEIVED, "retry", None, reviewer)
    said = CategorySaid(decided.replaces_category, decided.store_category_id or "")
    return decide(session, review, State.APPROVED, "retry", decided.label, reviewer, said)


def revert(session: Session, shop: Shop, review_id: int, reviewer: Reviewer) -> Review:
    """Take back in the store what publishing the review wrote.

    Raises NotFound, NotPublished, IllegalMove, MovedMeanwhile.
    """
    review = find_review(session, shop, review_id)
    refuse_to_revert(review)
    return decide(session, review, State.REVERTING, "revert", None, reviewer)


def refuse_to_revert(review: Review) -> None:
    """Raises NotPublished where there is nothing to take back, or a later publication stands on this one."""
    if not is_published(review):
        text = _(
            "Review %(id)s is %(state)s: there is nothing to take back.", id=review.id, state=review.state
        )
        raise NotPublished(text)
    later = [each for each in review.product.reviews if each.id > review.id and stands_in_store(each)]
    if later and is_published(later[-1]):
        text = _("The product was published again since. Take back review %(id)s first.", id=later[-1].id)
        raise NotPublished(text)
    if later:
        text = _(
            "The product is about to be published again, by review %(id)s. Undo that approval, or wait until "
            "it is published and take it back first.",
            id=later[-1].id,
        )
        raise NotPublished(text)


def is_published(review: Review) -> bool:
    """Whether what publishing the review wrote may stand in the store."""
    return review.publication is not None and review.publication.finished_at is not None


def stands_in_store(review: Review) -> bool:
    """Whether the review is published, or about to be."""
    if review.state in (State.APPROVED, State.PUBLISHING):
        return True
    return is_published(review) and review.state not in (State.REVERTED, State.GONE)


def latest_choice(review: Review) -> Decision | None:
    """The latest decision, if it was one for a label."""
    return review.decision if review.decision is not None and review.decision.label is not None else None


def decide(
    session: Session,
    review: Review,
    to: State,
    kind: str,
    label: str | None,
    reviewer: Reviewer,
    category: CategorySaid = KEEP,
) -> Review:
    """Move the review and record the decision; the same decision again changes nothing."""
    last = review.decision
    said = (kind, label, category.replaces)
    is_repeat = last is not None and (last.kind, last.label, last.replaces_category) == said
    if is_repeat and review.state in AFTER.get(to, {to}):
        return review
    wait = reviewer.regrets if to == State.APPROVED else timedelta(0)
    fresh: dict[str, Any] = {"next_attempt_at": now() + wait, "attempts": 0, "takeovers": 0, "error": None}
    # All that is read of the review is read before it is moved, which makes it be loaded anew.
    fresh["label"] = label_after(review, kind, label)
    decision, is_check = made(review, kind, label, reviewer, category), review.is_check
    try:
        moved = move(session, review, to, lease_until=None, lease_token=None, **fresh)
    except IllegalMove as error:
        raise IllegalMove(f"{error} Reload to see where it stands.") from error
    if not moved:
        raise MovedMeanwhile(f"Somebody else decided review {review.id} just now. Reload to see what.")
    session.add(decision)
    session.expire(review)
    if is_check:
        checks.watch(session, review)
    return review


def record(session: Session, review: Review, kind: str, label: str | None, reviewer: Reviewer) -> None:
    """Write down who decided what of a review that stays in its state."""
    review.label = label_after(review, kind, label)
    session.add(made(review, kind, label, reviewer))
    session.flush()
    session.expire(review)


def made(
    review: Review, kind: str, label: str | None, reviewer: Reviewer, category: CategorySaid = KEEP
) -> Decision:
    """The row that tells who decides what, and which category stands in the store."""
    about = review.prediction
    seen = review.product.category_id if category.seen is None else category.seen or None
    decision = Decision(
        shop_id=review.shop_id,
        review_id=review.id,
        kind=kind,
        label=label,
        predicted_label=predicted_label(review),
        reviewer=reviewer.name,
        source=reviewer.source,
        bulk_id=reviewer.bulk_id,
        replaces_category=category.replaces,
        store_category_id=seen,
        created_at=now(),
    )
    if about is not None:
        decision.confidence, decision.model_version = about.confidence, about.model_version
        decision.decides_alone = about.decides_alone
        decision.seconds = (decision.created_at - about.created_at).total_seconds()
    count(decision, review.decision)
    return decision


def count(decision: Decision, before: Decision | None) -> None:
    """Let the decision count in the insights, or take out of them the one that it undoes."""
    if decision.kind in COUNTED:
        decision.counts = 1
    elif decision.kind == "reopen" and before is not None and before.counts == 1:
        decision.counts, decision.undoes_id = -1, before.id


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
