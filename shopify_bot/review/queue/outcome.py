"""What came of pressing a button, and how it is told: by the next page, or as JSON."""

from dataclasses import dataclass
from typing import Any

from flask import jsonify, redirect, request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy import select
from sqlalchemy.orm import Session

from shopify_bot.decisions import find_review
from shopify_bot.finding.listing import LOADED
from shopify_bot.review.blueprint import the_bot
from shopify_bot.review.languages import _
from shopify_bot.review.notices import tell
from shopify_bot.review.presenting import can_revert
from shopify_bot.review.queue.following import following
from shopify_bot.review.queue.shown import fragments
from shopify_bot.review.queue.walk import Walk, walk
from shopify_bot.review.returning import local_path
from shopify_bot.review.session import visit
from shopify_bot.states import UNDOABLE, State
from shopify_bot.tables import Review

STAYS = (State.PENDING, State.RECEIVED, State.REVERTING)
"""States after a decision in which the product stays on screen."""
REFUSED = 409


@dataclass(frozen=True)
class Outcome:
    """What happened to a review; `ok` is False when nothing was decided, `tone` is that of a notice."""

    review_id: int
    ok: bool
    text: str
    tone: str = "success"
    undo: bool = False


def wants_json() -> bool:
    """Whether a script asks, and not a browser that goes to another page."""
    offered = ["text/html", "application/json"]
    return request.accept_mimetypes.best_match(offered) == "application/json"


def answer(outcome: Outcome) -> ResponseReturnValue:
    """Tell a script at once, a person on the page that they are sent to."""
    with the_bot().database.reading() as database:
        if wants_json():
            return jsonify(as_json(database, walk(), outcome)), 200 if outcome.ok else REFUSED
        review = find_review(database, visit().shop, outcome.review_id)
        onward = onward_from(database, review, outcome)
    tell(outcome.text, tone=outcome.tone, review=outcome.review_id, undo=outcome.undo)
    return redirect(onward, 303)


def onward_from(database: Session, review: Review, outcome: Outcome) -> str:
    """Where the form wants to go, else to the next thing to do."""
    if not outcome.ok or review.state in STAYS:
        otherwise = walk().address(review.id)
    else:
        otherwise = walk().onward(database, review)
    return local_path(request.form.get("next"), otherwise)


def as_json(database: Session, way: Walk, outcome: Outcome) -> dict[str, Any]:
    """What the page needs to go on: what happened, the next products, and `here` where this one stays."""
    mine = Review.shop_id == way.shop.id, Review.id == outcome.review_id
    review = database.scalars(select(Review).where(*mine).options(*LOADED)).one()
    is_approved = review.state == State.APPROVED
    stays = review.state in STAYS or not outcome.ok
    return {
        "ok": outcome.ok,
        "review": review.id,
        "state": review.state,
        "text": outcome.text,
        "tone": outcome.tone,
        "undo": way.action("reopen", review.id) if review.state in UNDOABLE else None,
        "revert": revert_address(review),
        "published": _("It is published as %(label)s now.", label=review.label) if is_approved else None,
        "here": fragments(database, way, [review])[0] if stays else None,
        "waits": review.state == State.PENDING,
        **following(database, way, request.form),
    }


def revert_address(review: Review) -> str | None:
    """Where what was written may be taken back, if it was written."""
    return url_for("pages.ask_to_revert", review_id=review.id) if can_revert(review) else None
