"""Bulk actions: begun once, carried out bit by bit, taken back; killed anywhere, nothing is done twice."""

from collections.abc import Callable
from datetime import timedelta
from uuid import uuid4

import pytest
from sqlalchemy import func, select, update

from classifier.labels import LabelTree
from shopify_bot import decisions
from shopify_bot.bot import Bot
from shopify_bot.bulk import work
from shopify_bot.bulk.beginning import begin, begin_undo, can_undo
from shopify_bot.bulk.kinds import Kind
from shopify_bot.chores import rota
from shopify_bot.claims import TO_PUBLISH, count_due
from shopify_bot.decisions import Reviewer
from shopify_bot.doorbell import BULK
from shopify_bot.errors import NotFound, NothingToUndo
from shopify_bot.finding.noting import note
from shopify_bot.finding.selection import Selection
from shopify_bot.states import State
from shopify_bot.sweep import sweep_once
from shopify_bot.tables import BulkAction, Chore, Decision, Review, Shop, now
from tests.review.seeding import (
    add_review,
    add_shop,
    decisions_of,
    predict_again,
    set_state,
    small_tree,
    state_of,
)

PENDING = Selection((State.PENDING,))
ANN, BEN = Reviewer("ann", "web"), Reviewer("ben", "web")


@pytest.fixture(autouse=True)
def tree(monkeypatch: pytest.MonkeyPatch) -> LabelTree:
    """Four labels, few reviews at once."""
    tree = small_tree()
    monkeypatch.setattr(work, "label_tree", lambda _model: tree)
    monkeypatch.setattr(work, "AT_ONCE", 3)
    return tree


@pytest.fixture
def shop(bot: Bot) -> Shop:
    add_review(bot, add_shop(bot, "another.myshopify.com"))
    return add_shop(bot, "demo.myshopify.com")


def pending(bot: Bot, shop: Shop, count: int) -> list[int]:
    """Reviews that wait for a decision."""
    ids = [add_review(bot, shop, f"Shirt {number}") for number in range(count)]
    with bot.database.writing() as session:
        for each in ids:
            note(session, session.get_one(Review, each))
    return ids


def click(bot: Bot, shop: Shop, kind: Kind, selection: Selection = PENDING, label: str | None = None) -> int:
    """Confirm it, with half a minute for regrets."""
    with bot.database.writing() as session:
        said = {"reviewer": "ann", "click": str(uuid4()), "label": label}
        return begin(session, shop, kind, selection, regrets=timedelta(seconds=30), **said).id  # type: ignore[arg-type]


def undo(bot: Bot, shop: Shop, action_id: int) -> int:
    with bot.database.writing() as session:
        return begin_undo(session, shop, action_id, "ben").id


def carry_out(bot: Bot) -> None:
    """What workers do until nothing is due."""
    while work.one_turn(bot):
        pass


def told(bot: Bot, action_id: int) -> tuple[int, int, int, bool]:
    """Total, done, left alone, finished."""
    with bot.database.reading() as session:
        action = session.get_one(BulkAction, action_id)
        return action.total, action.done, action.refused, action.finished_at is not None


def wait(bot: Bot) -> None:
    """Let the time for regrets go by, as far as publishing knows."""
    with bot.database.writing() as session:
        late = timedelta(seconds=40)
        for review in session.scalars(select(Review)):
            review.next_attempt_at -= late


def due_for_publishing(bot: Bot) -> int:
    with bot.database.reading() as session:
        return count_due(session, TO_PUBLISH)


@pytest.mark.parametrize(
    ("kind", "state", "label"),
    [
        (Kind.APPROVE, State.APPROVED, "Shirts"),
        (Kind.CORRECT, State.APPROVED, "Watches"),
        (Kind.SKIP, State.SKIPPED, None),
        (Kind.DISMISS, State.DISMISSED, None),
    ],
)
def test_all_that_match_are_decided_and_taken_back(
    bot: Bot, shop: Shop, kind: Kind, state: State, label: str | None
) -> None:
    ids = pending(bot, shop, 7)
    action = click(bot, shop, kind, label="Watches" if kind == Kind.CORRECT else None)
    assert told(bot, action) == (7, 0, 0, False)
    carry_out(bot)
    assert told(bot, action) == (7, 7, 0, True)
    for each in ids:
        assert state_of(bot, each) == state
        assert decisions_of(bot, each) == [(kind.value, label, "ann", "web")]
    assert due_for_publishing(bot) == 0
    undoing = undo(bot, shop, action)
    assert undo(bot, shop, action) == undoing
    carry_out(bot)
    assert told(bot, undoing) == (7, 7, 0, True)
    assert {state_of(bot, each) for each in ids} == {State.PENDING}
    assert decisions_of(bot, ids[0])[-1] == ("reopen", None, "ben", "web")
    with bot.database.reading() as session:
        assert session.scalar(select(func.sum(Decision.counts))) == 0


def test_the_insights_sums_are_due_once_it_is_over(bot: Bot, shop: Shop) -> None:
    pending(bot, shop, 4)
    with bot.database.writing() as session:
        rota.schedule(session, shop)
        later = now() + timedelta(minutes=5)
        session.execute(update(Chore).where(Chore.shop_id == shop.id).values(next_at=later))
    click(bot, shop, Kind.SKIP)
    carry_out(bot)
    with bot.database.reading() as session:
        due = session.scalars(select(Chore.kind).where(Chore.shop_id == shop.id, Chore.next_at <= now()))
        assert list(due) == [rota.Kind.TALLY]


def test_skipped_ones_are_taken_up_again(bot: Bot, shop: Shop) -> None:
    ids = pending(bot, shop, 4)
    click(bot, shop, Kind.SKIP, Selection(ids=tuple(ids[:3])))
    carry_out(bot)
    again = click(bot, shop, Kind.REOPEN, Selection((State.SKIPPED,)))
    carry_out(bot)
    assert told(bot, again) == (3, 3, 0, True)
    assert {state_of(bot, each) for each in ids} == {State.PENDING}
    with pytest.raises(NothingToUndo):
        undo(bot, shop, again)


def test_what_is_approved_is_published_once_nobody_can_regret_it(bot: Bot, shop: Shop) -> None:
    pending(bot, shop, 4)
    action = click(bot, shop, Kind.APPROVE)
    with bot.database.writing() as session:
        session.execute(update(BulkAction).values(undo_until=now() - timedelta(hours=1)))
    carry_out(bot)
    with bot.database.reading() as session:
        kept = session.get_one(BulkAction, action)
        at = set(session.scalars(select(Review.next_attempt_at).where(Review.state == "approved")))
    assert at == {kept.undo_until}
    assert kept.finished_at is not None
    assert kept.undo_until > kept.finished_at
    wait(bot)
    assert due_for_publishing(bot) == 4


def test_nothing_is_published_while_it_goes_on(bot: Bot, shop: Shop, monkeypatch: pytest.MonkeyPatch) -> None:
    pending(bot, shop, 7)
    click(bot, shop, Kind.APPROVE)
    monkeypatch.setattr(work, "LONGEST_TURN_S", -1.0)
    assert work.one_turn(bot) == 1
    wait(bot)
    assert due_for_publishing(bot) == 0
    carry_out(bot)
    wait(bot)
    assert due_for_publishing(bot) == 7


def test_what_changed_since_the_click_is_left_alone(bot: Bot, shop: Shop) -> None:
    decided, reopened, predicted, retitled, gone, left = ids = pending(bot, shop, 6)
    action = click(bot, shop, Kind.APPROVE)
    late = add_review(bot, shop, "Too late")
    with bot.database.writing() as session:
        decisions.skip(session, shop, decided, BEN)
        decisions.skip(session, shop, reopened, BEN)
        decisions.reopen(session, shop, reopened, BEN)
        session.get_one(Review, retitled).product.title = "Another title"
    predict_again(bot, predicted, (("Watches", 0.9),))
    set_state(bot, gone, State.GONE)
    carry_out(bot)
    assert told(bot, action) == (6, 1, 5, True)
    assert [state_of(bot, each) for each in [*ids, late]] == [
        State.SKIPPED,
        State.PENDING,
        State.PENDING,
        State.PENDING,
        State.GONE,
        State.APPROVED,
        State.PENDING,
    ]
    assert decisions_of(bot, left) == [("approve", "Shirts", "ann", "web")]


def test_what_somebody_decided_anew_is_not_taken_back(bot: Bot, shop: Shop, tree: LabelTree) -> None:
    mine, published, other = pending(bot, shop, 3)
    action = click(bot, shop, Kind.APPROVE)
    carry_out(bot)
    with bot.database.writing() as session:
        decisions.reopen(session, shop, mine, BEN)
        decisions.correct(session, shop, mine, "Watches", BEN, tree)
    set_state(bot, published, State.PUBLISHED)
    undoing = undo(bot, shop, action)
    assert due_for_publishing(bot) == 0
    carry_out(bot)
    assert told(bot, undoing) == (3, 1, 2, True)
    assert [state_of(bot, each) for each in (mine, published, other)] == ["approved", "published", "pending"]
    assert due_for_publishing(bot) == 1


def test_undoing_ends_an_action_that_goes_on(bot: Bot, shop: Shop, monkeypatch: pytest.MonkeyPatch) -> None:
    ids = pending(bot, shop, 8)
    action = click(bot, shop, Kind.APPROVE)
    held = work.claim(bot)
    assert held is not None
    at_work = work.BulkWork(bot, held, small_tree())
    assert at_work.step()
    undoing = undo(bot, shop, action)
    with pytest.raises(work.LeaseLost):
        at_work.step()
    carry_out(bot)
    assert told(bot, undoing) == (3, 3, 0, True)
    assert {state_of(bot, each) for each in ids} == {State.PENDING}
    assert sum(len(decisions_of(bot, each)) for each in ids) == 6


def test_killed_anywhere_nothing_is_done_twice(bot: Bot, shop: Shop, monkeypatch: pytest.MonkeyPatch) -> None:
    ids = pending(bot, shop, 8)
    action = click(bot, shop, Kind.APPROVE)
    step = work.BulkWork.step

    def dies_after(self: work.BulkWork) -> bool:
        step(self)
        raise SystemExit

    def dies_within(self: work.BulkWork, session: object, row: BulkAction, done: work.Step) -> None:
        raise SystemExit

    for name, dies in (("step", dies_after), ("write_down", dies_within), ("step", dies_after)):
        with monkeypatch.context() as patch:
            patch.setattr(work.BulkWork, name, dies)
            with pytest.raises(SystemExit):
                work.one_turn(bot)
        assert work.one_turn(bot) == 0  # the dead worker's lease holds
        end_leases(bot)
    assert told(bot, action) == (8, 6, 0, False)
    with bot.database.reading() as session:
        assert work.count_due(session) == 1
    assert sweep_once(bot)[BULK] >= 1
    carry_out(bot)
    assert told(bot, action) == (8, 8, 0, True)
    assert all(decisions_of(bot, each) == [("approve", "Shirts", "ann", "web")] for each in ids)


def end_leases(bot: Bot) -> None:
    with bot.database.writing() as session:
        session.execute(update(BulkAction).values(lease_until=now() - timedelta(seconds=1)))


def test_a_late_worker_is_refused(bot: Bot, shop: Shop) -> None:
    pending(bot, shop, 2)
    click(bot, shop, Kind.SKIP)
    held = work.claim(bot)
    assert held is not None
    end_leases(bot)
    carry_out(bot)
    with pytest.raises(work.LeaseLost):
        work.BulkWork(bot, held, small_tree()).step()


def test_a_fault_is_tried_again_and_then_told(bot: Bot, shop: Shop, monkeypatch: pytest.MonkeyPatch) -> None:
    pending(bot, shop, 1)
    action = click(bot, shop, Kind.SKIP)

    def breaks(*_: object) -> Callable[[], None]:
        raise OSError("The disk is full.")

    with monkeypatch.context() as patch:
        patch.setattr(work.BulkWork, "decide", breaks)
        carry_out(bot)
    with bot.database.reading() as session:
        kept = session.get_one(BulkAction, action)
        assert (kept.attempts, kept.error, kept.refused) == (3, "The disk is full.", 1)
        assert kept.finished_at is not None


def test_one_click_counts_once(bot: Bot, shop: Shop) -> None:
    pending(bot, shop, 2)
    ids = []
    for _ in range(2):
        with bot.database.writing() as session:
            regrets = timedelta(seconds=30)
            both = begin(session, shop, Kind.SKIP, PENDING, reviewer="ann", click="one", regrets=regrets)
            ids.append(both.id)
    assert ids[0] == ids[1]
    carry_out(bot)
    with bot.database.reading() as session:
        assert session.scalar(select(func.count()).select_from(Decision)) == 2


def test_what_has_no_label_waits_for_a_person(bot: Bot, shop: Shop) -> None:
    review = add_review(bot, shop, top=())
    action = click(bot, shop, Kind.APPROVE)
    carry_out(bot)
    assert told(bot, action) == (0, 0, 0, True)
    assert state_of(bot, review) == State.PENDING
    with bot.database.reading() as session:
        assert not can_undo(session, session.get_one(BulkAction, action))


def test_another_shops_action_is_not_there(bot: Bot, shop: Shop) -> None:
    action = click(bot, shop, Kind.SKIP)
    with bot.database.reading() as session:
        other = session.scalars(select(Shop).where(Shop.id != shop.id)).one()
    with pytest.raises(NotFound):
        undo(bot, other, action)


def test_an_uninstalled_shop_waits(bot: Bot, shop: Shop) -> None:
    pending(bot, shop, 1)
    action = click(bot, shop, Kind.SKIP)
    with bot.database.writing() as session:
        session.get_one(Shop, shop.id).state = "uninstalled"
    carry_out(bot)
    assert told(bot, action) == (1, 0, 0, False)
