"""Chores: when each is due, that one worker does it, and what becomes of one that went wrong."""

import subprocess
import threading
from datetime import timedelta

import pytest
from sqlalchemy import delete, select, update

from shopify_bot import shops
from shopify_bot.bot import Bot
from shopify_bot.chores import rota, tidying
from shopify_bot.chores.rota import Held, Kind
from shopify_bot.devstore import DevStore
from shopify_bot.devstore import Shop as StoreShop
from shopify_bot.doorbell import BULK, queue
from shopify_bot.jobs.chores import DOERS, ChoreWork
from shopify_bot.shopify.errors import StoreFrozen, Throttled, TokenRefused, Unreachable
from shopify_bot.stores import Stores
from shopify_bot.sweep import MOST_BELLS, sweep_once
from shopify_bot.tables import Chore, Delivery, Shop, now
from tests.bot.conftest import DOMAIN, TOKEN

SOON = timedelta(seconds=20)


@pytest.fixture
def scheduled(served: Bot) -> Bot:
    with served.database.writing() as session:
        rota.schedule(session, session.scalars(select(Shop)).one())
    return served


@pytest.fixture
def work(scheduled: Bot, stores: Stores) -> ChoreWork:
    return ChoreWork(scheduled, stores)


def chore(bot: Bot, kind: Kind = Kind.RECONCILE) -> Chore:
    with bot.database.reading() as session:
        return session.scalars(select(Chore).where(Chore.kind == kind)).one()


def only(bot: Bot, kind: Kind) -> None:
    """Leave one kind of chore, due now."""
    with bot.database.writing() as session:
        session.execute(delete(Chore).where(Chore.kind != kind))
        session.execute(update(Chore).values(next_at=now()))


def claimed(bot: Bot) -> Held:
    """Claim the only chore, whatever its wait."""
    with bot.database.writing() as session:
        session.execute(update(Chore).values(next_at=now()))
    held = rota.claim(bot)
    assert held is not None
    return held


def wait_of(bot: Bot, kind: Kind = Kind.RECONCILE) -> timedelta:
    return chore(bot, kind).next_at - now()


def test_every_kind_is_made_once_and_due_at_once(scheduled: Bot) -> None:
    with scheduled.database.writing() as session:
        rota.schedule(session, session.scalars(select(Shop)).one())
        assert sorted(session.scalars(select(Chore.kind))) == sorted(Kind)
        assert rota.count_due(session) == len(Kind)
    assert set(DOERS) == set(Kind)


def test_many_workers_claim_each_chore_once(scheduled: Bot) -> None:
    got: list[str] = []

    def take_all() -> None:
        while held := rota.claim(scheduled):
            got.append(held.chore.kind)

    threads = [threading.Thread(target=take_all) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    take_all()
    assert sorted(got) == sorted(Kind)


def test_a_chore_that_went_well_is_due_again_after_its_period(scheduled: Bot) -> None:
    only(scheduled, Kind.RECONCILE)
    rota.succeed(scheduled, claimed(scheduled), {"read": 3})
    done = chore(scheduled)
    assert abs(wait_of(scheduled) - timedelta(seconds=3600)) < SOON
    assert (done.found, done.error, done.lease_token) == ({"read": 3}, None, None)
    assert done.finished_at is not None
    assert rota.claim(scheduled) is None


def test_a_chore_with_more_to_do_goes_on_at_once(scheduled: Bot) -> None:
    only(scheduled, Kind.RECONCILE)
    rota.succeed(scheduled, claimed(scheduled), {"more": True})
    assert rota.claim(scheduled) is not None


def test_waits_grow_after_passing_faults_up_to_the_period(scheduled: Bot) -> None:
    only(scheduled, Kind.RECONCILE)
    scheduled.settings.retry_s = (30.0, 300.0)
    for attempt, wait in enumerate((30, 300, 3600, 3600), 1):
        rota.fail(scheduled, claimed(scheduled), Unreachable("no answer"))
        assert abs(wait_of(scheduled) - timedelta(seconds=wait)) < SOON
        assert (chore(scheduled).attempts, chore(scheduled).error) == (attempt, "no answer")
    rota.succeed(scheduled, claimed(scheduled), {})
    assert (chore(scheduled).attempts, chore(scheduled).error) == (0, None)


def test_the_store_says_how_long_to_wait(scheduled: Bot) -> None:
    only(scheduled, Kind.RECONCILE)
    rota.fail(scheduled, claimed(scheduled), Throttled("slow down", 120.0))
    assert abs(wait_of(scheduled) - timedelta(seconds=120)) < SOON
    assert chore(scheduled).attempts == 0


@pytest.mark.parametrize("error", [TokenRefused("refused"), StoreFrozen("frozen")])
def test_what_a_person_must_mend_is_tried_again_at_the_period(scheduled: Bot, error: Exception) -> None:
    only(scheduled, Kind.RECONCILE)
    rota.fail(scheduled, claimed(scheduled), error)
    assert abs(wait_of(scheduled) - timedelta(seconds=3600)) < SOON
    assert chore(scheduled).error == str(error)


def test_a_chore_whose_worker_died_is_done_by_another_and_the_late_one_refused(scheduled: Bot) -> None:
    only(scheduled, Kind.RECONCILE)
    dead = claimed(scheduled)
    assert rota.claim(scheduled) is None
    with scheduled.database.writing() as session:
        session.execute(update(Chore).values(lease_until=now() - timedelta(seconds=1)))
    heir = rota.claim(scheduled)
    assert heir is not None
    rota.succeed(scheduled, dead, {"by": "dead"})
    assert chore(scheduled).found is None
    rota.succeed(scheduled, heir, {"by": "heir"})
    assert chore(scheduled).found == {"by": "heir"}


def test_a_chore_that_kills_workers_keeps_no_other_from_being_done(scheduled: Bot) -> None:
    scheduled.settings.retry_s = (30.0, 300.0)
    for attempt, wait in enumerate((30, 300, 3600)):
        with scheduled.database.writing() as session:
            session.execute(update(Chore).values(next_at=now() + timedelta(hours=1)))
            reconcile = update(Chore).where(Chore.kind == Kind.RECONCILE)
            session.execute(reconcile.values(next_at=now(), lease_until=now() - timedelta(seconds=1)))
        assert rota.claim(scheduled) is not None
        assert abs(wait_of(scheduled) - timedelta(seconds=wait)) < SOON
        assert chore(scheduled).attempts == attempt


def test_an_uninstalled_shop_has_none_done_and_all_once_it_is_back(scheduled: Bot) -> None:
    while held := rota.claim(scheduled):
        rota.succeed(scheduled, held, {})
    with scheduled.database.writing() as session:
        shop = session.scalars(select(Shop)).one()
        shops.uninstall(shop)
        session.execute(update(Chore).values(next_at=now()))
    assert rota.claim(scheduled) is None
    with scheduled.database.writing() as session:
        session.execute(update(Chore).values(next_at=now() + timedelta(hours=1)))
        shop = shops.add_shop(session, scheduled.settings, DOMAIN, TOKEN)
        rota.schedule(session, shop)
        assert rota.count_due(session) == len(Kind)


def test_another_token_of_an_active_shop_makes_all_due_and_takes_none_for_late(scheduled: Bot) -> None:
    with scheduled.database.reading() as session:
        before = session.scalars(select(Shop)).one()
    at_work = rota.claim(scheduled)
    assert at_work is not None
    while held := rota.claim(scheduled):
        rota.succeed(scheduled, held, {})
    with scheduled.database.writing() as session:
        after = shops.add_shop(session, scheduled.settings, DOMAIN, TOKEN)
        assert after.connected_at == before.connected_at, "what was made since is still to be found"
        assert after.authorized_at > before.authorized_at
        assert rota.count_due(session) == len(Kind)
    rota.fail(scheduled, at_work, TokenRefused("by the token that was replaced"))
    with scheduled.database.reading() as session:
        assert rota.count_due(session) == len(Kind)


def test_one_chore_can_be_made_due(scheduled: Bot) -> None:
    while held := rota.claim(scheduled):
        rota.succeed(scheduled, held, {})
    with scheduled.database.writing() as session:
        rota.ring_now(session, session.scalars(select(Shop)).one(), Kind.SUBSCRIPTIONS)
    again = rota.claim(scheduled)
    assert again is not None
    assert again.chore.kind == Kind.SUBSCRIPTIONS


def test_the_sweep_rings_and_makes_what_lacks(served: Bot, redis: subprocess.Popen[bytes]) -> None:
    with served.database.writing() as session:
        session.execute(delete(Chore))
    for _ in range(3):
        assert sweep_once(served)[BULK] == len(Kind)
    connection = served.doorbell.client()
    assert connection is not None
    assert queue(BULK, connection).count == min(len(Kind), MOST_BELLS)


def test_all_that_is_due_is_done(work: ChoreWork) -> None:
    assert [work.one() for _ in range(len(Kind) + 1)] == [1] * len(Kind) + [0]
    with work.bot.database.reading() as session:
        assert set(session.scalars(select(Chore.error))) == {None}
    assert (chore(work.bot).found or {})["more"] is False
    found = chore(work.bot, Kind.SUBSCRIPTIONS).found or {}
    assert "SHOPIFY_BOT_APP_URL is not set" in found["says"]
    assert chore(work.bot, Kind.CATEGORIES).found


def test_a_refused_token_is_said_on_the_row(work: ChoreWork, store_shop: StoreShop) -> None:
    store_shop.token = "shpat_rotated"
    work.bot.settings.app_url = "https://bot.example.com"
    while work.one():
        pass
    with work.bot.database.reading() as session:
        errors = session.scalars(select(Chore.error)).all()
    alone = {Kind.TIDY, Kind.TALLY}  # these ask the store nothing
    refused = [error for error in errors if error and "refused the access token" in error]
    assert len(refused) == len(set(Kind) - alone)
    assert wait_of(work.bot) > timedelta(minutes=50)


def test_a_store_that_is_down_is_asked_again(work: ChoreWork, store: DevStore) -> None:
    only(work.bot, Kind.RECONCILE)
    store.faults.set(rate_5xx=1.0)
    work.one()
    assert chore(work.bot).attempts == 1
    store.faults.clear()
    with work.bot.database.writing() as session:
        session.execute(update(Chore).values(next_at=now()))
    work.one()
    assert (chore(work.bot).attempts, chore(work.bot).error) == (0, None)


def test_old_deliveries_are_deleted_some_at_a_time(work: ChoreWork, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tidying, "AT_ONCE", 2)
    only(work.bot, Kind.TIDY)
    with work.bot.database.writing() as session:
        mine = session.scalars(select(Shop)).one()
        other = shops.add_shop(session, work.bot.settings, "other.myshopify.com", TOKEN)
        session.execute(delete(Chore).where(Chore.shop_id == other.id))
        for shop, days in ((mine, 8), (mine, 9), (mine, 10), (mine, 6), (other, 8)):
            received = now() - timedelta(days=days)
            event = {"topic": "t", "event_id": str(days), "body_hash": "h"}
            session.add(Delivery(shop_id=shop.id, received_at=received, **event))
    assert [work.one() for _ in range(3)] == [1, 1, 0]
    with work.bot.database.reading() as session:
        kept = session.execute(select(Delivery.shop_id, Delivery.event_id)).all()
    assert sorted(map(tuple, kept)) == [(mine.id, "6"), (other.id, "8")]
