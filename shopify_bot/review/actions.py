"""What the buttons do: approve, correct, skip, reopen, retry. Each answers with a redirect and a message."""

from collections.abc import Callable
from datetime import timedelta

from flask import redirect, request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from shopify_bot import decisions
from shopify_bot.decisions import CategorySaid, Reviewer, find_review, predicted_label
from shopify_bot.doorbell import CLASSIFY, PUBLISH
from shopify_bot.errors import (
    IllegalMove,
    MovedMeanwhile,
    NoLabel,
    NotPublished,
    ShopifyBotError,
    UnknownLabel,
)
from shopify_bot.review.blueprint import REVIEW_ID, labels_of, pages, the_bot
from shopify_bot.review.notices import tell
from shopify_bot.review.presenting import shorten
from shopify_bot.review.product import after_decision
from shopify_bot.review.returning import local_path
from shopify_bot.review.session import visit
from shopify_bot.review.standing import UNDOABLE, standing, told
from shopify_bot.states import State
from shopify_bot.tables import Review

BELLS = {State.APPROVED: PUBLISH, State.REVERTING: PUBLISH, State.RECEIVED: CLASSIFY}
SEQUELS = {
    State.APPROVED: " — publishing.",
    State.REVERTING: " — what was written to the store is being taken back.",
    State.RECEIVED: " — it is being classified.",
}
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

    One that was taken back in the store gets a new review.
    """
    return carry_out(review_id, lambda db, me: decisions.reopen(db, visit().shop, review_id, me))


@pages.post(f"/review/{REVIEW_ID}/retry")
def retry(review_id: int) -> ResponseReturnValue:
    """`POST /review/ID/retry`: try a failed review again where it failed."""
    return carry_out(review_id, lambda db, me: decisions.retry(db, visit().shop, review_id, me))


def category_said() -> CategorySaid:
    """What the form says of the category that a person set."""
    return CategorySaid("replace_category" in request.form, request.form.get("store_category"))


def carry_out(review_id: int, step: Step) -> ResponseReturnValue:
    """Take the step, tell what came of it, ring for the worker, go on.

    Forms may send `next`, the local path to go to, and `prediction`, the id of the prediction on
    screen: a decision about another one than the latest is refused. Raises NotFound.
    """
    me = Reviewer(visit().user, "web", timedelta(seconds=the_bot().settings.undo_s))
    try:
        with the_bot().database.writing() as database:
            refuse_outdated(find_review(database, visit().shop, review_id))
            review = step(database, me)
            state, onward = State(review.state), onward_from(database, review)
            tell_done(review, me)
    except (IllegalMove, MovedMeanwhile, NoLabel, NotPublished, UnknownLabel) as error:
        return refused(review_id, error, me)
    if state in BELLS:
        the_bot().doorbell.ring(BELLS[state], [review_id])
    return redirect(onward, 303)


def refuse_outdated(review: Review) -> None:
    """Raises MovedMeanwhile when the form was about an older prediction, so perhaps another picture."""
    seen = request.form.get("prediction", type=int)
    if seen is not None and review.prediction is not None and review.prediction.id != seen:
        raise MovedMeanwhile(f"Review {review.id} has a newer prediction than the page showed.")


def onward_from(database: Session, review: Review) -> str:
    """Where the form wants to go, else to the next thing to do."""
    if review.state in (State.PENDING, State.RECEIVED, State.REVERTING):
        otherwise = url_for("pages.product", review_id=review.id)
    else:
        otherwise = after_decision(database, visit().shop, review.id)
    return local_path(request.form.get("next"), otherwise)


def tell_done(review: Review, me: Reviewer) -> None:
    """Say what was decided, or that somebody else had decided just that before."""
    last = review.decision
    if last is None:
        tell("It is reviewed again — it is being classified.", review=review.id)
        return
    if last.reviewer != me.name:
        tell(f"Already decided. {standing(review)}", tone="info", review=review.id)
        return
    text = told(last) + SEQUELS.get(State(review.state), ".")
    tell(text, review=review.id, undo=review.state in UNDOABLE)


def refused(review_id: int, error: ShopifyBotError, me: Reviewer) -> ResponseReturnValue:
    """Nothing was written: say why, in the words of the page. The second click of two is no error."""
    with the_bot().database.reading() as database:
        review = find_review(database, visit().shop, review_id)
        if isinstance(error, IllegalMove) and is_repeat(review, me):
            tell(standing(review), review=review_id)
            return redirect(onward_from(database, review), 303)
        tell(reason(review, error), tone="warning", review=review_id)
        here = url_for("pages.product", review_id=review_id)
    return redirect(local_path(request.form.get("next"), here), 303)


def is_repeat(review: Review, me: Reviewer) -> bool:
    """Whether the button was pressed again by the same person after the worker took the decision up."""
    last = review.decision
    if last is None or last.reviewer != me.name or last.replaces_category != category_said().replaces:
        return False
    label = request.form.get("label") or predicted_label(review)
    pressed = request.path.rpartition("/")[2]
    return pressed in ("approve", "correct") and last.label == label


def reason(review: Review, error: ShopifyBotError) -> str:
    """Why a decision was refused, for somebody who sees the page."""
    match error:
        case NoLabel():
            return "There is nothing to approve: no label was predicted. Choose a label instead."
        case UnknownLabel():
            typed = shorten(request.form.get("label", "").strip(), 60)
            return f"There is no label “{typed}”. Choose one from the list." if typed else "Choose a label."
        case NotPublished():
            return f"Nothing was changed. {error}"
        case MovedMeanwhile() if review.state == State.PENDING:
            return "Nothing was changed: there is a newer prediction than the one you saw. Please look again."
        case _:
            return f"Nothing was changed. {standing(review)}"
