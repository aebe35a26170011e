"""Where a review stands, in the words of a merchant."""

from typing import NamedTuple

from shopify_bot.decisions import is_published
from shopify_bot.review.blueprint import pages
from shopify_bot.states import State
from shopify_bot.tables import Decision, Review


class Badge(NamedTuple):
    """A state as a merchant calls it; `tone` is a colour of the style sheet."""

    text: str
    tone: str


BADGES = {
    State.RECEIVED: Badge("Queued", "quiet"),
    State.CLASSIFYING: Badge("Classifying", "busy"),
    State.WAITING_FOR_IMAGE: Badge("Waiting for picture", "busy"),
    State.PENDING: Badge("To review", "attention"),
    State.SKIPPED: Badge("Skipped", "quiet"),
    State.DISMISSED: Badge("Not ours", "quiet"),
    State.APPROVED: Badge("Approved", "busy"),
    State.PUBLISHING: Badge("Publishing", "busy"),
    State.PUBLISHED: Badge("Published", "good"),
    State.REVERTING: Badge("Reverting", "busy"),
    State.REVERTED: Badge("Reverted", "quiet"),
    State.FAILED: Badge("Failed", "bad"),
    State.GONE: Badge("Deleted in the store", "quiet"),
}

WHAT_NOW = {
    State.RECEIVED: "It is queued to be classified.",
    State.CLASSIFYING: "It is being classified.",
    State.WAITING_FOR_IMAGE: "The store has no picture ready yet. We look again by ourselves.",
    State.PENDING: "It waits for a decision.",
    State.SKIPPED: "Nothing is written until somebody takes it up again.",
    State.DISMISSED: "Nothing is written, and it does not come back by itself.",
    State.APPROVED: "It will be published in a moment.",
    State.PUBLISHING: "It is being published.",
    State.PUBLISHED: "It is published.",
    State.REVERTING: "What was written to the store is being taken back.",
    State.REVERTED: "What was written to the store has been taken back.",
    State.FAILED: "It failed, and is not tried again by itself.",
    State.GONE: "The product was deleted in the store.",
}

UNDOABLE = frozenset({State.APPROVED, State.SKIPPED, State.DISMISSED})
"""States in which the last decision has had no effect on the store yet."""


def badge(review: Review) -> Badge:
    """The state of a review, to be shown."""
    return BADGES[State(review.state)]


def standing(review: Review) -> str:
    """The last decision that holds, by whom, and what happens now."""
    now = WHAT_NOW[State(review.state)]
    if review.state == State.FAILED and is_published(review):
        now = "Taking it back in the store failed, and is not tried again by itself."
    last = review.decision
    if last is None or last.kind == "reopen":
        return now
    return f"{told(last)} by {last.reviewer}. {now}"


@pages.app_template_filter()
def told(decision: Decision) -> str:
    """A decision in words, without who made it."""
    match decision.kind:
        case "approve":
            return f"Approved as {decision.label}{instead(decision)}"
        case "correct":
            return f"Corrected to {decision.label}{instead(decision)}"
        case "skip":
            return "Skipped"
        case "dismiss":
            return "Set aside as not ours"
        case "reopen":
            return "Taken up again"
        case "revert":
            return "Reverted"
        case _:
            return "Tried again"


def instead(decision: Decision) -> str:
    """That ours was chosen in place of the category that a person had set."""
    return ", replacing the category in the store" if decision.replaces_category else ""
