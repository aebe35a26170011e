"""Beginning a bulk action, and the undoing of one: a row, and no more, whatever the count."""

from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, CursorResult, exists, func, select, update
from sqlalchemy.orm import Session

from shopify_bot.bulk.kinds import TAKEN_BACK, UNDOABLE, Kind, concerned
from shopify_bot.errors import NotFound, NothingToUndo
from shopify_bot.finding.selection import Selection
from shopify_bot.states import State
from shopify_bot.tables import BulkAction, Decision, Prediction, Review, Shop, now

HELD = timedelta(days=1)
"""How long approvals wait while their action goes on; its end, or its undoing, sets the time."""


def find_action(session: Session, shop: Shop, action_id: int) -> BulkAction:
    """The one way to a bulk action: through its shop. Raises NotFound when it is another shop's."""
    mine = BulkAction.shop_id == shop.id, BulkAction.id == action_id
    action = session.scalar(select(BulkAction).where(*mine))
    if action is None:
        raise NotFound(f"There is no bulk action {action_id} in {shop.domain}.")
    return action


def begin(
    session: Session,
    shop: Shop,
    kind: Kind,
    selection: Selection,
    *,
    reviewer: str,
    click: str,
    regrets: timedelta,
    label: str | None = None,
) -> BulkAction:
    """Put the action on record; a second click of the same form returns the action of the first.

    What the selection means is fixed as of now: what is decided, changed or predicted anew later is left
    alone. `label` is for corrections, spelt as the label tree does.
    """
    if (known := of_click(session, shop, click)) is not None:
        return known
    concerns = concerned(kind, selection, shop)
    action = BulkAction(
        shop_id=shop.id,
        kind=kind.value,
        label=label,
        selection=selection.as_json(),
        click=click,
        newest_prediction=newest(session, Prediction),
        newest_decision=newest(session, Decision),
        newest_review=newest(session, Review),
        reviewer=reviewer,
        total=session.scalar(select(func.count()).select_from(Review).where(*concerns)) or 0,
        undo_until=now() + regrets,
    )
    session.add(action)
    session.flush()
    return action


def of_click(session: Session, shop: Shop, click: str) -> BulkAction | None:
    """The action that a form began already."""
    return session.scalar(select(BulkAction).where(BulkAction.shop_id == shop.id, BulkAction.click == click))


def newest(session: Session, table: type[Prediction | Decision | Review]) -> int:
    """The highest id as of now, whichever shop's row has it."""
    return session.scalar(select(func.max(table.id))) or 0


def begin_undo(session: Session, shop: Shop, action_id: int, reviewer: str) -> BulkAction:
    """Take back what of the action is not published yet; it ends, and nothing more of it is published.

    A repeat returns the undoing that is there. Raises NotFound, NothingToUndo.
    """
    action = find_action(session, shop, action_id)
    click = f"undo {action.id}"
    if (known := of_click(session, shop, click)) is not None:
        return known
    if not can_undo(session, action):
        raise NothingToUndo(f"Nothing of bulk action {action.id} can be taken back any more.")
    if not end(session, action):
        hold(session, action)
    undoing = BulkAction(
        shop_id=shop.id,
        kind=Kind.UNDO.value,
        selection={},
        click=click,
        undoes_id=action.id,
        reviewer=reviewer,
        total=session.scalar(select(func.count()).select_from(Decision).where(*decided_by(action))) or 0,
        undo_until=now(),
    )
    session.add(undoing)
    session.flush()
    return undoing


def can_undo(session: Session, action: BulkAction) -> bool:
    """Whether anything of it could be taken back now."""
    if action.kind not in TAKEN_BACK or of_undo(session, action) is not None:
        return False
    if action.finished_at is None:
        return True
    undoable = Review.state.in_([state.value for state in UNDOABLE])
    mine = exists().where(*decided_by(action), Review.shop_id == Decision.shop_id)
    return bool(session.scalar(select(mine.where(Review.id == Decision.review_id, undoable))))


def of_undo(session: Session, action: BulkAction) -> BulkAction | None:
    """The undoing of an action, if it was begun."""
    undoing = BulkAction.shop_id == action.shop_id, BulkAction.click == f"undo {action.id}"
    return session.scalar(select(BulkAction).where(*undoing))


def decided_by(action: BulkAction) -> tuple[ColumnElement[bool], ...]:
    """Conditions of the decisions that were part of the action."""
    return Decision.shop_id == action.shop_id, Decision.bulk_id == action.id


def end(session: Session, action: BulkAction) -> bool:
    """Let a worker that is at the action find its lease gone; whether it went on still, all of it held."""
    result: CursorResult[Any] = session.execute(  # type: ignore[assignment]
        update(BulkAction)
        .where(BulkAction.id == action.id, BulkAction.finished_at.is_(None))
        .values(finished_at=now(), lease_until=None, lease_token=None)
    )
    return result.rowcount == 1


def hold(session: Session, action: BulkAction) -> None:
    """Let nothing of the action be published until it is undone."""
    publish_at(session, action, now() + HELD)


def publish_at(session: Session, action: BulkAction, at: datetime) -> None:
    """Let what the action approved be published from then on."""
    mine = select(Decision.review_id).where(*decided_by(action))
    session.execute(
        update(Review)
        .where(Review.shop_id == action.shop_id, Review.state == State.APPROVED, Review.id.in_(mine))
        .values(next_attempt_at=at)
        .execution_options(synchronize_session=False)
    )
