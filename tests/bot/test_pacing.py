"""The pace of a shop's calls: many processes, one cost bucket, and waits that everybody keeps."""

import heapq
import logging
import multiprocessing
import random
import subprocess
import threading
import time
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor
from functools import partial
from typing import TypeVar

import pytest
from redis import Redis

from shopify_bot.devstore import DevStore
from shopify_bot.devstore import Shop as StoreShop
from shopify_bot.devstore.bucket import CostBucket
from shopify_bot.doorbell import connect, redis_url
from shopify_bot.settings import Settings
from shopify_bot.shopify.access import FixedToken
from shopify_bot.shopify.answers import Cost
from shopify_bot.shopify.client import AdminClient
from shopify_bot.shopify.errors import Throttled
from shopify_bot.shopify.pacing import KEPT_S, PREFIX, OwnAccount, Pace, SharedAccount, pace, shape_of
from shopify_bot.shopify.points import FIRST_GUESS, FORGOTTEN_S, LOOK_AGAIN_S, WIDEST_SPACING_S, Points
from tests.bot.conftest import DOMAIN, TOKEN

T = TypeVar("T")
STATUS = ("currentlyAvailable", "maximumAvailable", "restoreRate")


def stated(available: float, requested: float = 10, actual: float = 10) -> Cost:
    """The cost of a call in a bucket of 100 points that restores 50 a second."""
    return Cost(requested, actual, available, maximum=100, restore_rate=50)


def learnt(available: float = 100, at: float = 0.0) -> Points:
    """An account that knows the bucket, and that a `read` costs 10."""
    points = Points()
    points.ask("first", "read", at, 10)
    points.settle("first", at, stated(available), spent=True)
    return points


def test_while_nothing_is_known_one_call_goes_at_a_time() -> None:
    points = Points()
    assert points.ask("a", "read", 0, 10).wait_s == 0
    assert points.ask("b", "write", 0, 10).wait_s == LOOK_AGAIN_S
    points.settle("a", 1, stated(90), spent=True)
    assert points.ask("b", "write", 1, 10).booked
    assert points.points == 90 - 100  # the guess, cut to what the bucket can hold
    assert FIRST_GUESS > 100


def test_a_cost_is_found_out_by_one_call() -> None:
    points = learnt()
    assert points.ask("a", "page first=250", 9, 10).booked
    assert not points.ask("b", "page first=250", 9, 10).booked
    points.settle("a", 9, stated(30, requested=70, actual=40), spent=True)
    assert points.ask("b", "page first=250", 9, 10).booked
    assert points.booked["b"].cost == 70


def test_calls_wait_in_line_for_points() -> None:
    points = learnt(available=20)
    waits = [points.ask(str(number), "read", 0, 10).wait_s for number in range(5)]
    assert waits == pytest.approx([0, 0, 0.2, 0.4, 0.6])
    assert points.ask("2", "read", 0.1, 10).wait_s == pytest.approx(0.1)
    assert points.ask("2", "read", 0.2, 10).wait_s == 0


def test_what_would_wait_too_long_is_not_booked() -> None:
    points = learnt(available=0)
    reply = points.ask("a", "read", 0, patience_s=0.1)
    assert not reply.booked
    assert reply.wait_s == pytest.approx(0.2)
    assert not points.booked


def test_the_lower_of_two_accounts_is_believed() -> None:
    points = learnt(available=60)
    points.ask("a", "read", 0, 10)
    points.ask("b", "read", 0, 10)
    points.settle("a", 0, stated(90), spent=True)  # an answer that is older than it looks
    assert points.points == 40
    points.settle("b", 0, stated(20), spent=True)  # somebody else spent
    assert points.points == 20
    points.ask("c", "read", 0, 10)
    points.settle("c", 0, stated(95), spent=True)  # the only call, so the store's word is exact
    assert points.points == 95


def test_points_that_were_not_spent_come_back_at_once() -> None:
    points = learnt(available=50)
    points.ask("a", "read", 0, 10)
    points.settle("a", 0, None, spent=False)
    assert points.points == 50
    points.ask("b", "read", 0, 10)
    points.settle("b", 0, None, spent=True)
    assert points.points == 40


def test_the_call_of_a_killed_process_is_forgotten() -> None:
    points = learnt()
    points.ask("killed", "read", 0, 10)
    points.ask("other", "read", FORGOTTEN_S - 1, 10)
    assert set(points.booked) == {"killed", "other"}
    points.ask("later", "read", FORGOTTEN_S + 1, 10)
    assert set(points.booked) == {"other", "later"}
    assert points.points == 80


def test_a_clock_that_is_set_back_makes_nobody_wait_longer() -> None:
    points = learnt(at=10_000)
    points.ask("before", "read", 10_000, 10)
    points.hold(10_000, 2.0)
    assert points.ask("after", "read", 5_001, 10).wait_s == pytest.approx(2.0)
    points.ask("later", "read", 5_002 + FORGOTTEN_S, 10)
    assert "before" not in points.booked


def test_after_a_stated_wait_calls_are_let_go_one_by_one() -> None:
    points = learnt()
    points.ask("booked", "read", 0, 10)
    points.hold(0, 2.0)
    replies = [points.ask(name, "read", 1, 10) for name in "abc"]
    assert [reply.wait_s for reply in replies] == pytest.approx([1.0, 1.025, 1.05])
    assert points.ask("a", "read", 2, 10).wait_s == 0
    assert points.ask("new", "read", 2, 10).wait_s == pytest.approx(3 * WIDEST_SPACING_S)
    points.hold(2, 2.0)
    assert points.ask("b", "read", 2.1, 10).wait_s == pytest.approx(1.9)
    assert points.ask("c", "read", 2.2, patience_s=0.5).booked is False
    assert "c" not in points.booked


@pytest.mark.parametrize("seed", range(20))
def test_calls_of_any_length_in_any_order_never_drain_the_bucket(
    seed: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Events on a clock of their own: a call is let go, reaches the store, is answered, is heard of."""
    rng, clock, points = random.Random(seed), [0.0], Points()
    monkeypatch.setattr(time, "monotonic", lambda: clock[0])
    store = CostBucket(rng.choice((60, 300, 2000)), rng.choice((20, 100, 1000)))
    events: list[tuple[float, int, str]] = [(rng.random(), number, "ask") for number in range(300)]
    heapq.heapify(events)
    costs = {number: rng.choice((10, 17, 55)) for number in range(300)}
    said: dict[int, Cost] = {}
    while events:
        clock[0], number, what = heapq.heappop(events)
        ticket, cost = str(number), costs[number]
        later = clock[0] + rng.choice((0.001, 0.02, 0.3)) * rng.random()
        if what == "ask":
            reply = points.ask(ticket, f"costs {cost}", clock[0], 1000)
            going = reply.booked and reply.wait_s == 0
            later = later if going else clock[0] + reply.wait_s
            heapq.heappush(events, (later, number, "take" if going else "ask"))
        elif what == "take":
            assert store.take(cost), f"only {store.status()} left for {cost}"
            heapq.heappush(events, (later, number, "answer"))
        elif what == "answer":
            actual = rng.randint(1, cost)
            store.give_back(cost - actual)
            status = store.status().as_json()
            said[number] = Cost(cost, actual, *(float(status[name]) for name in STATUS))
            heapq.heappush(events, (later, number, "hear"))
        else:
            points.settle(ticket, clock[0], said[number], spent=True)
    assert len(said) == 300


def test_an_account_survives_being_written_down() -> None:
    points = learnt()
    points.ask("a", "read", 1, 10)
    assert Points.from_json(points.as_json()) == points


def test_a_shape_follows_what_changes_the_cost() -> None:
    assert shape_of("page", {"first": 50, "after": None, "full": True}) == "page first=50"
    assert (
        shape_of("nodes", {"ids": ["x"] * 100}) == shape_of("nodes", {"ids": ["x"] * 128}) == "nodes ids=128"
    )
    assert shape_of("publish", {"input": [{}], "id": "x"}) == "publish input=1"


@pytest.fixture
def client(settings: Settings, redis: subprocess.Popen[bytes]) -> Redis:
    return connect(redis_url(settings) or "", 1.0)


def count_up(account: SharedAccount | OwnAccount, times: int) -> None:
    def act(points: Points, _now: float) -> None:
        points.changes += 1

    for _ in range(times):
        account.change(act)


def test_changes_by_many_clients_do_not_get_lost(settings: Settings, client: Redis) -> None:
    accounts = [SharedAccount(DOMAIN, connect(redis_url(settings) or "", 1.0)) for _ in range(4)]
    with ThreadPoolExecutor(8) as pool:
        list(pool.map(lambda number: count_up(accounts[number % 4], 25), range(8)))
    assert accounts[0].change(lambda points, _: points.changes) == 200
    (key,) = client.keys()
    assert key == f"{PREFIX}:{DOMAIN}".encode()
    assert 0 < client.ttl(key) <= KEPT_S


@pytest.mark.parametrize(
    "kept",
    ["", "[]", "{}", '{"booked": {}, "unknown": 1}', '{"booked": {}, "points": "1"}', "\x80"],
)
def test_an_account_that_cannot_be_read_begins_anew(client: Redis, kept: str) -> None:
    account = SharedAccount(DOMAIN, client)
    client.set(account.key, kept)
    assert account.change(lambda points, now: points.ask("a", "read", now, 10)).booked
    count_up(account, 2)
    assert account.change(lambda points, _: points.changes) == 3


def call_many(url: str, origin: str, gids: list[str]) -> int:
    """What one process does: six threads, each with a client of its own, read and write."""

    def call(number: int) -> int:
        own = connect(url, 1.0)
        admin = AdminClient(DOMAIN, FixedToken(TOKEN), origin, pace(DOMAIN, own))
        done = 0
        for gid in gids:
            for act in (
                partial(admin.execute, "product_for_classification", id=gid, pixels=448),
                partial(admin.execute, "product_tags_add", id=gid, tags=[f"tag {number}"]),
            ):
                try:
                    act()
                except Throttled:
                    continue
                done += 1
        return done

    with ThreadPoolExecutor(6) as pool:
        return sum(pool.map(call, range(6)))


@pytest.fixture
def small(store: DevStore) -> StoreShop:
    """A shop whose bucket holds a few calls only."""
    shop = store.shop(DOMAIN)
    shop.bucket = type(shop.bucket)(60, 400)
    return shop


def test_many_processes_never_drain_the_bucket(
    settings: Settings, client: Redis, store: DevStore, small: StoreShop
) -> None:
    store.faults.set(delay_random_s=0.02)
    gids = [small.create_product(f"Shirt {number}") for number in range(5)]
    spawn = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(2, mp_context=spawn) as pool:
        jobs = [pool.submit(call_many, redis_url(settings) or "", store.origin, gids) for _ in range(2)]
        done = sum(job.result() for job in jobs)
    assert done == 2 * 6 * 5 * 2
    assert small.bucket.refused == 0
    assert {call.answer for call in store.calls.entries()} == {"ok"}


def test_nobody_comes_before_the_stated_wait(
    settings: Settings, client: Redis, store: DevStore, small: StoreShop
) -> None:
    gids = [small.create_product(f"Shirt {number}") for number in range(3)]
    store.faults.set(rate_429=0.1, throttled=0.05, retry_after_s=0.4, throttled_s=0.3)
    assert call_many(redis_url(settings) or "", store.origin, gids) > 0
    told = [call for call in store.calls.entries() if call.wait_s > 0]
    assert told
    assert not store.calls.before_stated_wait(grace_s=0.2)


class Late(SharedAccount):
    """An account that hears of a stated wait a while after it was stated."""

    late_s = 0.0

    def change(self, act: Callable[[Points, float], T]) -> T:
        if act.__name__ == "settle":
            threading.Event().wait(self.late_s)
        return super().change(act)


def test_a_wait_counts_in_its_process_before_redis_knows_of_it(
    client: Redis, store: DevStore, small: StoreShop
) -> None:
    gid = small.create_product("Shirt")
    account = Late(DOMAIN, client)
    admin = AdminClient(DOMAIN, FixedToken(TOKEN), store.origin, Pace(DOMAIN, OwnAccount(), account))
    admin.execute("product_for_classification", id=gid, pixels=448)
    store.faults.set(retry_after_s=1.0)
    store.faults.plan("429")
    account.late_s = 0.4
    with ThreadPoolExecutor(2) as pool:
        told = pool.submit(admin.execute, "product_for_classification", id=gid, pixels=448)
        while len(store.calls.entries()) < 2:
            time.sleep(0.005)
        threading.Event().wait(0.2)  # the answer has arrived
        pool.submit(admin.execute, "product_for_classification", id=gid, pixels=448).result()
        told.result()
    assert not store.calls.before_stated_wait()


def test_what_was_learnt_together_holds_when_redis_is_gone(
    redis: subprocess.Popen[bytes], client: Redis, store: DevStore, store_shop: StoreShop
) -> None:
    gid = store_shop.create_product("Shirt")
    admin = AdminClient(DOMAIN, FixedToken(TOKEN), store.origin, pace(DOMAIN, client))
    store.faults.set(retry_after_s=20)
    store.faults.plan("429")
    for _ in range(2):
        with pytest.raises(Throttled):
            admin.execute("product_for_classification", id=gid, pixels=448)
        redis.kill()
        redis.wait()
    assert len(store.calls.entries()) == 1


def test_without_redis_a_process_paces_itself_and_says_so_once(
    store: DevStore, small: StoreShop, caplog: pytest.LogCaptureFixture
) -> None:
    gids = [small.create_product(f"Shirt {number}") for number in range(3)]
    paced = pace(DOMAIN, connect("redis://127.0.0.1:1", 0.2))
    admin = AdminClient(DOMAIN, FixedToken(TOKEN), store.origin, paced)
    with ThreadPoolExecutor(6) as pool:
        reads = [
            pool.submit(admin.execute, "product_for_classification", id=gid, pixels=448) for gid in gids * 10
        ]
        assert all(read.result()["product"] for read in reads)
    assert small.bucket.refused == 0
    assert caplog.text.count("redis is away") == 1


def test_a_redis_that_dies_on_the_way_stops_nobody(
    redis: subprocess.Popen[bytes], client: Redis, store: DevStore, store_shop: StoreShop
) -> None:
    gid = store_shop.create_product("Shirt")
    admin = AdminClient(DOMAIN, FixedToken(TOKEN), store.origin, pace(DOMAIN, client))
    store.faults.set(delay_s=0.2)
    with ThreadPoolExecutor(1) as pool:
        read = pool.submit(admin.execute, "product_for_classification", id=gid, pixels=448)
        threading.Event().wait(0.1)
        redis.kill()
        redis.wait()
        assert read.result()["product"]["title"] == "Shirt"
    assert admin.execute("product_for_classification", id=gid, pixels=448)["product"]["title"] == "Shirt"


def test_a_wait_of_one_client_is_kept_by_another(
    settings: Settings, client: Redis, store: DevStore, store_shop: StoreShop
) -> None:
    gid = store_shop.create_product("Shirt")
    one, other = (
        AdminClient(
            DOMAIN, FixedToken(TOKEN), store.origin, pace(DOMAIN, connect(redis_url(settings) or "", 1.0))
        )
        for _ in range(2)
    )
    store.faults.set(retry_after_s=20)
    store.faults.plan("429")
    for admin in (one, other):
        began = time.monotonic()
        with pytest.raises(Throttled) as told:
            admin.execute("product_for_classification", id=gid, pixels=448)
        assert time.monotonic() - began < 10
        assert (told.value.wait_s or 0) > 10
    assert len(store.calls.entries()) == 1


def test_two_shops_keep_two_accounts(client: Redis) -> None:
    one, other = SharedAccount("one.myshopify.com", client), SharedAccount("other.myshopify.com", client)
    one.change(lambda points, now: points.hold(now, 60))
    assert one.change(lambda points, now: points.ask("a", "read", now, 10)).booked is False
    assert other.change(lambda points, now: points.ask("a", "read", now, 10)).wait_s == 0


def test_the_pace_is_quiet_in_the_log(
    client: Redis, store: DevStore, store_shop: StoreShop, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO)
    gid = store_shop.create_product("Shirt")
    admin = AdminClient(DOMAIN, FixedToken(TOKEN), store.origin, pace(DOMAIN, client))
    admin.execute("product_for_classification", id=gid, pixels=448)
    assert not [record for record in caplog.records if record.name.startswith("shopify_bot")]
