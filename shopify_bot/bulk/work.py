"""Carrying bulk actions out: some reviews at a time, each by the rules of `shopify_bot.decisions`.

What a transaction decides and how far the action is are written together, so a worker that is killed
anywhere leaves an action that another goes on with, and nothing is decided twice.
"""

import logging
import time
import uuid
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from sqlalchemy import ColumnElement, CursorResult, func, select, update
from sqlalchemy.orm import Session, selectinload

from classifier.labels import LabelTree
from shopify_bot import decisions
from shopify_bot.bot import Bot
from shopify_bot.bulk.beginning import HELD, decided_by, publish_at
from shopify_bot.bulk.kinds import PUBLISHES, UNDOABLE, Kind, concerned
from shopify_bot.chores import rota
from shopify_bot.decisions import Reviewer
from shopify_bot.errors import IllegalMove, LeaseLost, MovedMeanwhile, NoLabel, NotFound, UnknownLabel
from shopify_bot.finding.selection import Selection
from shopify_bot.jobs.process import stopping
from shopify_bot.labels import label_tree
from shopify_bot.leases import is_free, kept_alive, lease_end
from shopify_bot.states import State
from shopify_bot.tables import BulkAction, Decision, Review, Shop, now

log = logging.getLogger(__name__)

AT_ONCE = 20
"""Reviews in one transaction: few, since others who decide wait for it meanwhile."""
BREATH_S = 0.01
"""Between two transactions, so that those who wait get their turn."""
LONGEST_TURN_S = 20.0
"""After this another action, perhaps of another shop, gets its turn."""
LOADED = (selectinload(Review.product), selectinload(Review.predictions), selectinload(Review.decisions))
"""What a decision looks at, read for all reviews of a transaction at once."""
LEFT_ALONE = (IllegalMove, MovedMeanwhile, NoLabel, NotFound, UnknownLabel)
"""Why a review is left as it is, and the action goes on; each is raised before anything is written."""


@dataclass(frozen=True)
class Held:
    """A claimed action, its shop, and the token that proves the claim."""

    action: BulkAction
    shop: Shop
    token: str


@dataclass(frozen=True)
class Step:
    """What one transaction came to: how many were decided and left alone, and whether there is more."""

    done: int
    refused: int
    reached: int
    more: bool


def due() -> tuple[ColumnElement[bool], ...]:
    """Conditions of an action that a worker should go on with, in a shop that we serve."""
    active = select(Shop.id).where(Shop.state == "active")
    unfinished = BulkAction.finished_at.is_(None)
    return (
        unfinished,
        BulkAction.next_attempt_at <= now(),
        is_free(BulkAction),
        BulkAction.shop_id.in_(active),
    )


def count_due(session: Session) -> int:
    """How many actions a worker should go on with."""
    return session.scalar(select(func.count()).select_from(BulkAction).where(*due())) or 0


def claim(bot: Bot) -> Held | None:
    """Claim the action that has waited longest; None when none waits."""
    token = str(uuid.uuid4())
    with bot.database.writing() as session:
        query = select(BulkAction).where(*due()).order_by(BulkAction.next_attempt_at, BulkAction.id).limit(1)
        action = session.scalar(query.with_for_update(skip_locked=True))
        if action is None:
            return None
        action.lease_until, action.lease_token = lease_end(bot), token
        return Held(action, session.get_one(Shop, action.shop_id), token)


def one_turn(bot: Bot) -> int:
    """Go on with the action that has waited longest; 0 when none waits."""
    held = claim(bot)
    if held is None:
        return 0
    try:
        with kept_alive(bot, BulkAction, held.token):
            BulkWork(bot, held, label_tree(bot.settings.model)).carry_on()
    except LeaseLost as error:
        log.info("%s", error)
    except Exception as error:
        log.exception("bulk action %s went wrong", held.action.id)
        put_off(bot, held, error)
    return 1


def put_off(bot: Bot, held: Held, error: Exception) -> None:
    """Try again later, longer each time; after the last wait the action ends, with the reason.

    Undoing never gives up: what somebody wants back is not to be published.
    """
    attempts, waits = held.action.attempts + 1, bot.settings.retry_s or (0.0,)
    values: dict[str, Any] = {"attempts": attempts, "error": str(error) or type(error).__name__}
    with suppress(LeaseLost), bot.database.writing() as session:
        if attempts > len(waits) and held.action.kind != Kind.UNDO:
            finish(session, held, timedelta(seconds=bot.settings.bulk_undo_s), **values)
        else:
            later = now() + timedelta(seconds=waits[min(attempts, len(waits)) - 1])
            save(session, held, next_attempt_at=later, lease_until=None, lease_token=None, **values)


def save(session: Session, held: Held, **values: Any) -> None:
    """Write columns of a claimed action. Raises LeaseLost when it is no longer ours."""
    mine = BulkAction.id == held.action.id, BulkAction.lease_token == held.token
    result: CursorResult[Any] = session.execute(  # type: ignore[assignment]
        update(BulkAction).where(*mine).values(**values).execution_options(synchronize_session=False)
    )
    if result.rowcount != 1:
        raise LeaseLost(f"Bulk action {held.action.id} was taken back, or another worker goes on with it.")


def finish(session: Session, held: Held, regrets: timedelta, **values: Any) -> None:
    """The action is over: what it approved may be published once nobody can regret it any more."""
    action = session.get_one(BulkAction, held.action.id)
    kind, at = Kind(action.kind), now()
    until = max(action.undo_until, at + regrets) if kind in PUBLISHES else action.undo_until
    refused = max(action.refused, action.total - action.done)
    free = {"lease_until": None, "lease_token": None}
    save(session, held, finished_at=at, undo_until=until, refused=refused, **free, **values)
    if kind in PUBLISHES:
        publish_at(session, action, until)
    elif kind == Kind.UNDO:
        publish_at(session, session.get_one(BulkAction, action.undoes_id), at)
    rota.ring_now(session, held.shop, rota.Kind.TALLY)  # the insights read one by one what is not summed up
    log.info("bulk action %s: %s of %s done", action.id, action.done, action.total)


@dataclass(frozen=True)
class BulkWork:
    """One turn at an action."""

    bot: Bot
    held: Held
    tree: LabelTree

    def carry_on(self) -> None:
        """Decide until all is done or the turn is over. Raises LeaseLost."""
        deadline = time.monotonic() + LONGEST_TURN_S
        while self.step():
            if stopping.is_set() or time.monotonic() > deadline:
                with self.bot.database.writing() as session:
                    save(session, self.held, next_attempt_at=now(), lease_until=None, lease_token=None)
                return
            time.sleep(BREATH_S)

    def step(self) -> bool:
        """Decide some reviews in one transaction; whether there are more. Raises LeaseLost."""
        with self.bot.database.writing() as session:
            action = session.get_one(BulkAction, self.held.action.id, with_for_update=True)
            if action.lease_token != self.held.token:
                raise LeaseLost(f"Bulk action {action.id} was taken back, or another worker goes on with it.")
            done = self.undo_some(session, action) if action.kind == Kind.UNDO else self.some(session, action)
            self.write_down(session, action, done)
        return done.more

    def write_down(self, session: Session, action: BulkAction, step: Step) -> None:
        """How far the action is now; the last step ends it."""
        counts = {"done": action.done + step.done, "refused": action.refused + step.refused}
        save(session, self.held, reached=step.reached, attempts=0, error=None, **counts)
        session.expire(action)
        if not step.more:
            finish(session, self.held, timedelta(seconds=self.bot.settings.bulk_undo_s))

    def some(self, session: Session, action: BulkAction) -> Step:
        """Decide the next reviews that were selected."""
        kind, selection = Kind(action.kind), Selection.from_json(action.selection)
        window = Review.id > action.reached, Review.id <= action.newest_review
        query = select(Review).where(*concerned(kind, selection, self.held.shop), *window)
        reviews = session.scalars(query.order_by(Review.id).limit(AT_ONCE).options(*LOADED)).all()
        ids = [review.id for review in reviews]
        with session.no_autoflush:  # the decisions are written together
            done = sum(self.decides(session, action, review) for review in reviews)
        return self.stepped(action, ids, done)

    def stepped(self, action: BulkAction, ids: Sequence[int], done: int) -> Step:
        """What a step over these reviews came to."""
        return Step(done, len(ids) - done, ids[-1] if ids else action.reached, len(ids) == AT_ONCE)

    def decides(self, session: Session, action: BulkAction, review: Review) -> bool:
        """Decide one review, unless it is another than the one that was selected; whether it was decided."""
        if has_changed(action, review):
            return False
        me = Reviewer(action.reviewer, "web", HELD, action.id)
        try:
            self.decide(session, action, review, me)
        except LEFT_ALONE as error:
            log.info("bulk action %s: %s", action.id, error)
            return False
        return True

    def decide(self, session: Session, action: BulkAction, review: Review, me: Reviewer) -> None:
        """Say of one review what the action says of all."""
        match Kind(action.kind):
            case Kind.APPROVE:
                decisions.approve_found(session, review, me)
            case Kind.CORRECT:
                decisions.correct_found(session, review, action.label or "", me, self.tree)
            case Kind.SKIP:
                decisions.decide(session, review, State.SKIPPED, "skip", None, me)
            case Kind.DISMISS:
                decisions.decide(session, review, State.DISMISSED, "dismiss", None, me)
            case Kind.REOPEN | Kind.UNDO:
                decisions.decide(session, review, State.PENDING, "reopen", None, me)

    def undo_some(self, session: Session, action: BulkAction) -> Step:
        """Take back the next decisions of the action that is undone, where they are still the last word."""
        undone = session.get_one(BulkAction, action.undoes_id)
        query = select(Decision.review_id).where(*decided_by(undone), Decision.review_id > action.reached)
        ids = list(session.scalars(query.order_by(Decision.review_id).limit(AT_ONCE)))
        loaded = select(Review).where(Review.shop_id == action.shop_id, Review.id.in_(ids))
        reviews = session.scalars(loaded.order_by(Review.id).options(*LOADED)).all()
        with session.no_autoflush:
            done = sum(self.takes_back(session, action, review) for review in reviews)
        return self.stepped(action, ids, done)

    def takes_back(self, session: Session, action: BulkAction, review: Review) -> bool:
        """Take one decision back; whether it was there to be taken back."""
        last = review.decision
        if last is None or last.bulk_id != action.undoes_id or review.state not in UNDOABLE:
            return False
        try:
            self.decide(session, action, review, Reviewer(action.reviewer, "web", bulk_id=action.id))
        except LEFT_ALONE as error:
            log.info("bulk action %s: %s", action.id, error)
            return False
        return True


def has_changed(action: BulkAction, review: Review) -> bool:
    """Whether the review was decided or predicted anew, or its product changed, since the click."""
    decided, predicted = review.decision, review.prediction
    return (
        (decided is not None and decided.id > action.newest_decision)
        or (predicted is not None and predicted.id > action.newest_prediction)
        or review.product.updated_at > action.created_at
    )
