"""What came of a decision, in the words of the page: what is written where and when, or why nothing is."""

from flask import request
from sqlalchemy.orm import Session

from shopify_bot.decisions import Reviewer, predicted_label
from shopify_bot.errors import (
    IllegalMove,
    MovedMeanwhile,
    NoLabel,
    NotPublished,
    ShopifyBotError,
    UnknownLabel,
)
from shopify_bot.review.blueprint import filings_of, the_bot
from shopify_bot.review.changes import in_short
from shopify_bot.review.languages import _
from shopify_bot.review.presenting import shorten
from shopify_bot.review.queue.outcome import Outcome
from shopify_bot.review.standing import standing, told
from shopify_bot.states import UNDOABLE, State
from shopify_bot.tables import Review

LONGEST_SAID = 240


def decided(database: Session, review: Review, me: Reviewer) -> Outcome:
    """What was decided, or that somebody else had decided just that before."""
    last = review.decision
    if last is None:
        return Outcome(review.id, True, _("It is reviewed again: it is being classified."))
    if last.reviewer != me.name:
        text = _("Already decided. %(standing)s", standing=standing(review))
        return Outcome(review.id, True, text, tone="info")
    text = f"{told(last)}. {sequel(database, review, me)}".strip()
    return Outcome(review.id, True, text, undo=review.state in UNDOABLE)


def sequel(database: Session, review: Review, me: Reviewer) -> str:
    """What happens now."""
    match State(review.state):
        case State.APPROVED:
            return being_written(database, review, round(me.regrets.total_seconds()))
        case State.REVERTING:
            return _("What was written to the store is being taken back.")
        case State.RECEIVED:
            return _("It is being classified.")
        case State.SKIPPED:
            return _("Nothing is written; it waits among the skipped ones.")
        case State.DISMISSED:
            return _("Nothing is written, and it does not come back.")
        case _:
            return ""


def being_written(database: Session, review: Review, seconds: int) -> str:
    """What is written to the store, and how much time there is to undo it."""
    filing = filings_of(the_bot(), database, review.shop).get(review.label or "")
    what = shorten(in_short(review, filing), LONGEST_SAID) if filing else ""
    if not what:
        return _("It is being published.")
    if seconds:
        return _("Written to the store in %(seconds)s s: %(what)s.", seconds=seconds, what=what)
    return _("Being written to the store: %(what)s.", what=what)


def refused(review: Review, error: ShopifyBotError, me: Reviewer, replaces: bool) -> Outcome:
    """Nothing was written, and why. The second click of two is no error."""
    if isinstance(error, IllegalMove | MovedMeanwhile) and is_repeat(review, me, replaces):
        return Outcome(review.id, True, standing(review))
    return Outcome(review.id, False, reason(review, error), tone="warning")


def is_repeat(review: Review, me: Reviewer, replaces: bool) -> bool:
    """Whether the button was pressed again by the same person, at once or after a worker took it up."""
    last = review.decision
    if last is None or last.reviewer != me.name or last.replaces_category != replaces:
        return False
    label = request.form.get("label") or predicted_label(review)
    pressed = request.path.rpartition("/")[2]
    if pressed in ("skip", "dismiss"):
        return last.kind == pressed
    return pressed in ("approve", "correct") and last.label == label


def reason(review: Review, error: ShopifyBotError) -> str:
    """Why a decision was refused, for somebody who sees the page."""
    match error:
        case NoLabel():
            return _("There is nothing to approve: no label was predicted. Choose a label instead.")
        case UnknownLabel():
            typed = shorten(request.form.get("label", "").strip(), 60)
            there_is_none = _("There is no label “%(typed)s”. Choose one from the list.", typed=typed)
            return there_is_none if typed else _("Choose a label.")
        case NotPublished():
            return _("Nothing was changed. %(why)s", why=error)
        case MovedMeanwhile() if review.state == State.PENDING:
            return _(
                "Nothing was changed: there is a newer prediction than the one you saw. Please look again."
            )
        case _:
            return _("Nothing was changed. %(why)s", why=standing(review))
