"""Where a review stands, in the words of a merchant."""

from typing import NamedTuple

from shopify_bot.alone.deciding import SOURCE
from shopify_bot.decisions import is_published
from shopify_bot.review.blueprint import pages
from shopify_bot.review.languages import _, marked
from shopify_bot.states import State
from shopify_bot.tables import Decision, Review


class Badge(NamedTuple):
    """A state as a merchant calls it; `tone` is a colour of the style sheet."""

    text: str
    tone: str


BADGES = {
    State.RECEIVED: Badge(marked("Queued"), "quiet"),
    State.CLASSIFYING: Badge(marked("Classifying"), "busy"),
    State.WAITING_FOR_IMAGE: Badge(marked("Waiting for picture"), "busy"),
    State.PENDING: Badge(marked("To review"), "attention"),
    State.SKIPPED: Badge(marked("Skipped"), "quiet"),
    State.DISMISSED: Badge(marked("Not ours"), "quiet"),
    State.APPROVED: Badge(marked("Approved"), "busy"),
    State.PUBLISHING: Badge(marked("Publishing"), "busy"),
    State.PUBLISHED: Badge(marked("Published"), "good"),
    State.REVERTING: Badge(marked("Reverting"), "busy"),
    State.REVERTED: Badge(marked("Reverted"), "quiet"),
    State.FAILED: Badge(marked("Failed"), "bad"),
    State.GONE: Badge(marked("Deleted in the store"), "quiet"),
}

WHAT_NOW = {
    State.RECEIVED: marked("It is queued to be classified."),
    State.CLASSIFYING: marked("It is being classified."),
    State.WAITING_FOR_IMAGE: marked("The store has no picture ready yet. We look again by ourselves."),
    State.PENDING: marked("It waits for a decision."),
    State.SKIPPED: marked("Nothing is written until somebody takes it up again."),
    State.DISMISSED: marked("Nothing is written, and it does not come back by itself."),
    State.APPROVED: marked("It will be published in a moment."),
    State.PUBLISHING: marked("It is being published."),
    State.PUBLISHED: marked("It is published."),
    State.REVERTING: marked("What was written to the store is being taken back."),
    State.REVERTED: marked("What was written to the store has been taken back."),
    State.FAILED: marked("It failed, and is not tried again by itself."),
    State.GONE: marked("The product was deleted in the store."),
}

WITHOUT_LABEL = {
    "skip": marked("Skipped"),
    "dismiss": marked("Set aside as not ours"),
    "reopen": marked("Taken up again"),
    "revert": marked("Reverted"),
}
"""Decisions that name no label."""

AGAIN = marked("Tried again")


def badge(review: Review) -> Badge:
    """The state of a review, to be shown."""
    text, tone = BADGES[State(review.state)]
    return Badge(_(text), tone)


def standing(review: Review) -> str:
    """The last decision that holds, by whom, and what happens now."""
    now = _(WHAT_NOW[State(review.state)])
    if review.state == State.FAILED and is_published(review):
        now = _("Taking it back in the store failed, and is not tried again by itself.")
    last = review.decision
    if last is None or last.kind == "reopen":
        return now
    if last.source == SOURCE:
        return _("%(decision)s by the model alone. %(now)s", decision=told(last), now=now)
    return _("%(decision)s by %(name)s. %(now)s", decision=told(last), name=last.reviewer, now=now)


@pages.app_template_filter()
def told(decision: Decision) -> str:
    """A decision in words, without who made it."""
    match decision.kind:
        case "approve" if decision.replaces_category:
            return _("Approved as %(label)s, replacing the category in the store", label=decision.label)
        case "approve":
            return _("Approved as %(label)s", label=decision.label)
        case "correct" if decision.replaces_category:
            return _("Corrected to %(label)s, replacing the category in the store", label=decision.label)
        case "correct":
            return _("Corrected to %(label)s", label=decision.label)
        case _:
            return _(WITHOUT_LABEL.get(decision.kind, AGAIN))
