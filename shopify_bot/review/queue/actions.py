"""What the buttons do: approve, correct, skip, dismiss, reopen, retry."""

from collections.abc import Callable
from datetime import timedelta

from flask import request
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from shopify_bot import decisions
from shopify_bot.decisions import CategorySaid, Reviewer, find_review
from shopify_bot.doorbell import CLASSIFY, PUBLISH
from shopify_bot.errors import IllegalMove, MovedMeanwhile, NoLabel, NotPublished, UnknownLabel
from shopify_bot.review.blueprint import REVIEW_ID, labels_of, pages, the_bot
from shopify_bot.review.queue.outcome import answer
from shopify_bot.review.queue.wording import decided, refused
from shopify_bot.review.session import visit
from shopify_bot.states import State
from shopify_bot.tables import Review

BELLS = {State.APPROVED: PUBLISH, State.REVERTING: PUBLISH, State.RECEIVED: CLASSIFY}
Step = Callable[[Session, Reviewer], Review]


@pages.post(f"/review/{REVIEW_ID}/approve")
def approve(review_id: int) -> ResponseReturnValue:
    """`POST /review/ID/approve`: accept the predicted label; `replace_category` as for correct."""
    shop, category = visit().shop, category_said()
    return carry_out(review_id, lambda db, me: decisions.approve(db, shop, review_id, me, category))


@pages.post(f"/review/{REVIEW_ID}/correct")
def correct(review_id: int) -> ResponseReturnValue:
    """`POST /review/ID/correct`: file it under `label` instead.

    With `replace_category` our category takes the place of the one that a person set, if that is still
    `store_category`, the one on screen; without it theirs stays.
    """
    shop, label, tree = visit().shop, request.form.get("label", ""), labels_of(the_bot())
    said = category_said()
    return carry_out(review_id, lambda db, me: decisions.correct(db, shop, review_id, label, me, tree, said))


@pages.post(f"/review/{REVIEW_ID}/skip")
def skip(review_id: int) -> ResponseReturnValue:
    """`POST /review/ID/skip`: leave it for later."""
    return carry_out(review_id, lambda db, me: decisions.skip(db, visit().shop, review_id, me))


@pages.post(f"/review/{REVIEW_ID}/dismiss")
def dismiss(review_id: int) -> ResponseReturnValue:
    """`POST /review/ID/dismiss`: none of ours to file; it does not come back."""
    return carry_out(review_id, lambda db, me: decisions.dismiss(db, visit().shop, review_id, me))


@pages.post(f"/review/{REVIEW_ID}/reopen")
def reopen(review_id: int) -> ResponseReturnValue:
    """`POST /review/ID/reopen`: undo an approval or a skip that has had no effect on the store yet.

    With `own` only a decision of one's own. One that was taken back in the store gets a new review.
    """
    shop, own = visit().shop, "own" in request.form
    return carry_out(review_id, lambda db, me: decisions.reopen(db, shop, review_id, me, only_own=own))


@pages.post(f"/review/{REVIEW_ID}/retry")
def retry(review_id: int) -> ResponseReturnValue:
    """`POST /review/ID/retry`: try a failed review again where it failed."""
    return carry_out(review_id, lambda db, me: decisions.retry(db, visit().shop, review_id, me))


def category_said() -> CategorySaid:
    """What the form says of the category that a person set."""
    return CategorySaid("replace_category" in request.form, request.form.get("store_category"))


def carry_out(review_id: int, step: Step) -> ResponseReturnValue:
    """Take the step, ring for the worker, tell what came of it.

    Forms may send `next`, the local path to go to, and `prediction`, the id of the prediction on
    screen: a decision about another one than the latest is refused. A script that accepts JSON alone is
    answered with what `outcome.as_json` tells. Raises NotFound.
    """
    me = Reviewer(visit().user, "web", timedelta(seconds=the_bot().settings.undo_s))
    try:
        with the_bot().database.writing() as database:
            refuse_outdated(find_review(database, visit().shop, review_id))
            review = step(database, me)
            state, outcome = State(review.state), decided(database, review, me)
    except (IllegalMove, MovedMeanwhile, NoLabel, NotPublished, UnknownLabel) as error:
        with the_bot().database.reading() as database:
            review = find_review(database, visit().shop, review_id)
            return answer(refused(review, error, me, category_said().replaces))
    if state in BELLS:
        wait_s = the_bot().settings.undo_s if state == State.APPROVED else 0.0
        the_bot().doorbell.ring_in(wait_s, BELLS[state], [review_id])
    return answer(outcome)


def refuse_outdated(review: Review) -> None:
    """Raises MovedMeanwhile when the form was about an older prediction, so perhaps another picture."""
    seen = request.form.get("prediction", type=int)
    if seen is not None and review.prediction is not None and review.prediction.id != seen:
        raise MovedMeanwhile(f"Review {review.id} has a newer prediction than the page showed.")
