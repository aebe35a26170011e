"""The state of a review and the one function that moves it.

received → classifying → pending ⇄ skipped, dismissed
    ↑          │  ↑         │ ↑ undo
    │          ↓  │         ↓ │
    │   waiting_for_image  approved → publishing → published ⇄ reverting → reverted
    │                        ↑            ↓                      ↓ ↑
    └──────────────────────failed (from classifying too; retry by hand)
 gone (deleted in the store), from anywhere

Undoing that fails goes back to published where the product has another open review by then.
"""

from datetime import UTC, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import ColumnElement, CursorResult, update
from sqlalchemy.orm import Session

from shopify_bot.errors import IllegalMove
from shopify_bot.tables import Review


class State(StrEnum):
    """Public names of the states."""

    RECEIVED = "received"
    CLASSIFYING = "classifying"
    WAITING_FOR_IMAGE = "waiting_for_image"
    PENDING = "pending"
    SKIPPED = "skipped"
    DISMISSED = "dismissed"
    APPROVED = "approved"
    PUBLISHING = "publishing"
    PUBLISHED = "published"
    REVERTING = "reverting"
    REVERTED = "reverted"
    FAILED = "failed"
    GONE = "gone"


CLOSED = frozenset({State.PUBLISHED, State.REVERTING, State.REVERTED, State.GONE})
"""States of a review that is over; a product has at most one review that is not."""

UNDOABLE = frozenset({State.APPROVED, State.SKIPPED, State.DISMISSED})
"""States in which the last decision has had no effect on the store yet."""

# A claim of an expired lease moves a review to the state it is in already.
ALLOWED: dict[State, frozenset[State]] = {
    State.RECEIVED: frozenset({State.CLASSIFYING, State.GONE}),
    State.CLASSIFYING: frozenset(
        {State.CLASSIFYING, State.PENDING, State.WAITING_FOR_IMAGE, State.FAILED, State.GONE}
    ),
    State.WAITING_FOR_IMAGE: frozenset({State.CLASSIFYING, State.GONE}),
    State.PENDING: frozenset({State.APPROVED, State.SKIPPED, State.DISMISSED, State.RECEIVED, State.GONE}),
    State.SKIPPED: frozenset({State.PENDING, State.GONE}),
    State.DISMISSED: frozenset({State.PENDING, State.GONE}),
    State.APPROVED: frozenset({State.PUBLISHING, State.PENDING, State.GONE}),
    State.PUBLISHING: frozenset({State.PUBLISHING, State.PUBLISHED, State.FAILED, State.GONE}),
    State.PUBLISHED: frozenset({State.REVERTING, State.GONE}),
    State.REVERTING: frozenset({State.REVERTING, State.REVERTED, State.PUBLISHED, State.FAILED, State.GONE}),
    State.REVERTED: frozenset({State.GONE}),
    State.FAILED: frozenset({State.RECEIVED, State.APPROVED, State.REVERTING, State.GONE}),
    State.GONE: frozenset(),
}


def move(
    session: Session, review: Review, to: State, *conditions: ColumnElement[bool], **values: Any
) -> bool:
    """Move `review` from the state it was read in to `to`, by compare-and-set.

    Further `conditions` (a lease still held, say) must hold too; `values` are written in the same
    statement. Returns False, and writes nothing, when somebody else moved the review first.
    Raises IllegalMove when no such step exists.
    """
    origin = State(review.state)
    if to not in ALLOWED[origin]:
        raise IllegalMove(f"Review {review.id} is {origin}; it cannot become {to}.")
    result: CursorResult[Any] = session.execute(  # type: ignore[assignment]
        update(Review)
        .where(Review.id == review.id, Review.shop_id == review.shop_id, Review.state == origin, *conditions)
        .values(state=to.value, updated_at=datetime.now(UTC), **values)
        .execution_options(synchronize_session=False)
    )
    moved = result.rowcount == 1
    if review in session:
        session.expire(review, Review.__mapper__.column_attrs.keys())
    return moved
