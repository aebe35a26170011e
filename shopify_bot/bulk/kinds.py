"""What can be decided about many reviews at once, and of which of them."""

from enum import StrEnum

from sqlalchemy import ColumnElement

from shopify_bot.finding.selection import Selection
from shopify_bot.states import State
from shopify_bot.tables import Review, Shop


class Kind(StrEnum):
    """Public names of the bulk actions."""

    APPROVE = "approve"
    CORRECT = "correct"
    SKIP = "skip"
    DISMISS = "dismiss"
    REOPEN = "reopen"
    UNDO = "undo"


CHOSEN = (Kind.APPROVE, Kind.CORRECT, Kind.SKIP, Kind.DISMISS, Kind.REOPEN)
"""Those that a person begins with a selection."""
PUBLISHES = frozenset({Kind.APPROVE, Kind.CORRECT})
"""Those after which products are written to the store."""
TAKEN_BACK = frozenset({Kind.APPROVE, Kind.CORRECT, Kind.SKIP, Kind.DISMISS})
"""Those that can be undone."""
UNDOABLE = (State.APPROVED, State.SKIPPED, State.DISMISSED)
"""States of a review whose decision has had no effect on the store yet."""


def concerned(kind: Kind, selection: Selection, shop: Shop) -> list[ColumnElement[bool]]:
    """Conditions of the reviews of a selection that the action can decide."""
    states = (State.SKIPPED, State.DISMISSED) if kind == Kind.REOPEN else (State.PENDING,)
    can = [*selection.conditions(shop), Review.state.in_([state.value for state in states])]
    return [*can, Review.label.is_not(None)] if kind == Kind.APPROVE else can
