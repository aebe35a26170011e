"""Reconciliation: what webhooks did not tell is found, once, whatever interrupts the reading."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import delete, func, select, update

from shopify_bot.bot import Bot
from shopify_bot.chores import reconciliation, rota, subscriptions
from shopify_bot.chores.rota import Kind
from shopify_bot.devstore import DevStore
from shopify_bot.devstore import Shop as StoreShop
from shopify_bot.errors import LeaseLost
from shopify_bot.jobs.chores import ChoreWork
from shopify_bot.shopify.client import AdminClient
from shopify_bot.shopify.errors import Unreachable
from shopify_bot.states import State
from shopify_bot.stores import Stores
from shopify_bot.tables import BulkAction, Chore, Product, Review, Shop, now
from shopify_bot.told import by_api
from tests.bot.test_classifying import jpeg
from tests.bot.web import web

PICTURES = [jpeg(shape=number) for number in range(4)]


@pytest.fixture
def work(served: Bot, stores: Stores) -> ChoreWork:
    """With one chore alone: to reconcile."""
    with served.database.writing() as session:
        rota.schedule(session, session.scalars(select(Shop)).one())
        session.execute(delete(Chore).where(Chore.kind != Kind.RECONCILE))
    return ChoreWork(served, stores)


def run(work: ChoreWork) -> dict[str, Any]:
    """Reconcile now; returns the counts that are kept."""
    with work.bot.database.writing() as session:
        session.execute(update(Chore).values(next_at=now(), lease_until=None, lease_token=None))
    assert work.one() == 1
    return chore(work.bot).found or {}


def chore(bot: Bot) -> Chore:
    with bot.database.reading() as session:
        return session.scalars(select(Chore)).one()


def reviews(bot: Bot) -> list[tuple[str, str]]:
    """Product and state of every review."""
    query = select(Product.gid, Review.state).join(Review, Review.product_id == Product.id)
    with bot.database.reading() as session:
        return sorted((gid, state) for gid, state in session.execute(query))


def set_all(bot: Bot, **values: Any) -> None:
    """Set columns of every review, as if workers and reviewers had been there."""
    with bot.database.writing() as session:
        session.execute(update(Review).values(**values))


def fill(shop: StoreShop, count: int) -> list[str]:
    return [shop.create_product(f"Product {number}", PICTURES[number % 4]) for number in range(count)]


@pytest.fixture
def calls(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Names of the operations, as they are run."""
    names: list[str] = []
    real = AdminClient.execute

    def counting(client: AdminClient, name: str, **more: Any) -> dict[str, Any]:
        names.append(name)
        return real(client, name, **more)

    monkeypatch.setattr(AdminClient, "execute", counting)
    return names


@pytest.fixture
def app_url(served: Bot, store: DevStore) -> Iterator[str]:
    with web(served) as url:
        yield url
        store.webhooks.settle()


def test_products_whose_webhook_was_lost_enter_the_road(
    work: ChoreWork, store: DevStore, store_shop: StoreShop, app_url: str
) -> None:
    with work.bot.database.reading() as session:
        subscriptions.ensure(work.stores.client(session.scalars(select(Shop)).one()), app_url)
    store.webhooks.lose(1 / 3)
    gids = fill(store_shop, 60)
    assert store.webhooks.settle()
    heard = len(reviews(work.bot))
    assert 20 < heard < 60
    found = run(work)
    assert spelt_by_webhooks(work.bot) == heard, "it is kept how webhooks spell a picture's address"
    assert reviews(work.bot) == sorted((gid, "received") for gid in gids)
    assert (found["read"], found["new"], found["changed"], found["more"]) == (60, 60 - heard, 0, False)
    assert run(work)["new"] == 0
    assert len(reviews(work.bot)) == 60


def spelt_by_webhooks(bot: Bot) -> int:
    """Products whose picture a webhook told."""
    with bot.database.reading() as session:
        return len(session.scalars(select(Product.id).where(Product.payload_image_key.is_not(None))).all())


def test_late_webhooks_open_nothing_more(
    work: ChoreWork, store: DevStore, store_shop: StoreShop, app_url: str
) -> None:
    gids = fill(store_shop, 5)
    run(work)
    with work.bot.database.reading() as session:
        subscriptions.ensure(work.stores.client(session.scalars(select(Shop)).one()), app_url)
    for gid in gids:
        store_shop.tell("products/create", store_shop.product(gid))
        store_shop.tell("products/update", store_shop.product(gid))
    assert store.webhooks.settle()
    assert len(store.webhooks.sent) == 10
    assert reviews(work.bot) == sorted((gid, "received") for gid in gids)


def test_what_is_older_than_our_connection_or_archived_stays_out(
    work: ChoreWork, store_shop: StoreShop
) -> None:
    old, away, new = fill(store_shop, 3)
    store_shop.product(old).created_at = now() - timedelta(days=30)
    store_shop.product(away).status = "ARCHIVED"
    assert run(work)["read"] == 2
    assert [gid for gid, _ in reviews(work.bot)] == [new]


@pytest.mark.parametrize("state", [State.PENDING, State.PUBLISHED])
def test_another_picture_of_a_known_product_is_looked_at_again(
    work: ChoreWork, store_shop: StoreShop, state: State
) -> None:
    first, _ = fill(store_shop, 2)
    run(work)
    set_all(work.bot, state=state)
    with work.bot.database.writing() as session:
        for product in session.scalars(select(Product)):
            product.image_key = by_api(node_of(work, product.gid)).picture
    assert run(work)["changed"] == 0
    store_shop.update_product(first, picture=jpeg("Shirts", 3))
    assert run(work)["changed"] == 1
    assert (first, "received") in reviews(work.bot)
    assert len(reviews(work.bot)) == (2 if state == State.PENDING else 3)


def node_of(work: ChoreWork, gid: str) -> dict[str, Any]:
    """The product as the store tells it when asked what changed."""
    with work.bot.database.reading() as session:
        client = work.stores.client(session.scalars(select(Shop)).one())
    page = client.execute("products_changed", first=100, after=None, query="")["products"]
    return next(node for node in page["nodes"] if node["id"] == gid)


def test_our_own_writes_and_other_changes_of_a_published_product_open_nothing(
    work: ChoreWork, store_shop: StoreShop
) -> None:
    (gid,) = fill(store_shop, 1)
    run(work)
    set_all(work.bot, state=State.PUBLISHED)
    with work.bot.database.writing() as session:
        session.execute(update(Product).values(image_key=by_api(node_of(work, gid)).picture))
    store_shop.update_product(gid, tags=["shirt"], product_type="Shirts", status="ACTIVE", title="Renamed")
    found = run(work)
    assert (found["read"], found["new"], found["changed"]) == (1, 0, 0)
    assert reviews(work.bot) == [(gid, "published")]


def test_another_title_of_a_pending_product_is_looked_at_again(
    work: ChoreWork, store_shop: StoreShop
) -> None:
    gid = store_shop.create_product("Shirt")
    run(work)
    set_all(work.bot, state=State.PENDING, image_reads=3)
    store_shop.update_product(gid, title="Dress")
    assert run(work)["changed"] == 1
    with work.bot.database.reading() as session:
        review = session.scalars(select(Review)).one()
    assert (review.state, review.image_reads) == ("received", 3), "a title starts no new wait for a picture"


def test_equal_times_over_the_end_of_a_page_neither_skip_nor_loop(
    work: ChoreWork, store_shop: StoreShop, calls: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(reconciliation, "PAGE", 4)
    at_once(store_shop, fill(store_shop, 13))
    assert run(work)["new"] == 13
    assert calls.count("products_changed") == 4


def one_a_second(shop: StoreShop, gids: list[str]) -> None:
    """Times are told to the second: let each change have its own."""
    start = now().replace(microsecond=0) - timedelta(seconds=len(gids))
    for number, gid in enumerate(gids):
        shop.product(gid).updated_at = start + timedelta(seconds=number)


def at_once(shop: StoreShop, gids: list[str]) -> None:
    """Make all changes fall into one moment."""
    moment = datetime.now(UTC)
    for gid in gids:
        shop.product(gid).updated_at = moment


@pytest.mark.parametrize("equal", [False, True])
def test_the_end_of_paging_starts_anew_at_the_watermark(
    work: ChoreWork, store: DevStore, store_shop: StoreShop, monkeypatch: pytest.MonkeyPatch, equal: bool
) -> None:
    monkeypatch.setattr(reconciliation, "PAGE", 5)
    monkeypatch.setattr(reconciliation, "DEEPEST", 10)
    store.around.deepest_page = 10
    gids = fill(store_shop, 37)
    start = now() - timedelta(seconds=60)
    for number, gid in enumerate(gids):
        store_shop.product(gid).updated_at = start + timedelta(seconds=number // (8 if equal else 1))
    assert run(work)["more"] is False
    assert sorted(gid for gid, _ in reviews(work.bot)) == sorted(gids)


def test_more_changes_at_one_moment_than_can_be_paged_end(
    work: ChoreWork, store: DevStore, store_shop: StoreShop, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(reconciliation, "PAGE", 5)
    monkeypatch.setattr(reconciliation, "DEEPEST", 10)
    store.around.deepest_page = 10
    at_once(store_shop, fill(store_shop, 15))
    assert run(work)["more"] is False


def test_a_run_that_breaks_off_goes_on_where_it_stood(
    work: ChoreWork, store_shop: StoreShop, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(reconciliation, "PAGE", 4)
    gids = fill(store_shop, 14)
    one_a_second(store_shop, gids)
    real, asked = AdminClient.execute, iter(range(100))

    def breaking(client: AdminClient, name: str, **more: Any) -> dict[str, Any]:
        if next(asked) in (2, 4):
            raise Unreachable("no answer")
        return real(client, name, **more)

    monkeypatch.setattr(AdminClient, "execute", breaking)
    assert (run(work)["read"], len(reviews(work.bot))) == (8, 8)
    assert chore(work.bot).watermark == store_shop.product(gids[7]).updated_at
    assert run(work)["more"] is True
    found = run(work)
    assert found["more"] is False
    assert found["new"] == 14
    assert [gid for gid, _ in reviews(work.bot)] == sorted(gids)


def test_time_that_is_up_leaves_the_rest_for_the_next_turn(
    work: ChoreWork, store_shop: StoreShop, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(reconciliation, "PAGE", 5)
    monkeypatch.setattr(reconciliation, "SLICE_S", -1.0)
    one_a_second(store_shop, fill(store_shop, 12))
    assert [run(work)["read"] for _ in range(2)] == [5, 10]
    assert chore(work.bot).next_at <= now(), "it is due again at once"
    monkeypatch.setattr(reconciliation, "SLICE_S", 30.0)
    assert run(work)["more"] is False
    assert len(reviews(work.bot)) == 12


def test_a_bulk_action_that_somebody_waits_for_comes_in_between(
    work: ChoreWork, store_shop: StoreShop, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(reconciliation, "PAGE", 5)
    one_a_second(store_shop, fill(store_shop, 12))
    with work.bot.database.writing() as session:
        shop = session.scalars(select(Shop)).one()
        waits = {"selection": {}, "reviewer": "ann", "undo_until": now()}
        session.add(BulkAction(shop_id=shop.id, kind="skip", **waits))
    assert run(work)["read"] == 5
    with work.bot.database.writing() as session:
        session.execute(update(BulkAction).values(finished_at=now()))
    assert run(work)["more"] is False
    assert len(reviews(work.bot)) == 12


def test_a_run_that_was_taken_over_writes_nothing_more(work: ChoreWork, store_shop: StoreShop) -> None:
    fill(store_shop, 3)
    held = rota.claim(work.bot)
    assert held is not None
    with work.bot.database.writing() as session:
        session.execute(update(Chore).values(lease_token="another"))
    with pytest.raises(LeaseLost):
        reconciliation.reconcile(work.bot, work.stores, held)
    assert reviews(work.bot) == []


def test_deleted_products_leave_the_queue(
    work: ChoreWork, store_shop: StoreShop, calls: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(reconciliation, "ASKED_AT_ONCE", 4)
    gids = fill(store_shop, 10)
    run(work)
    for gid in gids[::3]:
        store_shop.delete_product(gid)
    assert run(work)["gone"] == 0, "they may only not show yet"
    calls.clear()
    set_all(work.bot, state=State.PENDING, created_at=now() - timedelta(minutes=2))
    assert run(work)["gone"] == 4
    assert calls.count("products_exist") == 3
    states = dict(reviews(work.bot))
    assert {gid for gid, state in states.items() if state == "gone"} == set(gids[::3])
    assert run(work)["gone"] == 0


def test_a_store_with_troubles_is_read_to_the_end(
    work: ChoreWork, store: DevStore, store_shop: StoreShop, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(reconciliation, "PAGE", 3)
    gids = fill(store_shop, 30)
    store.faults.set(rate_429=0.1, rate_5xx=0.2, throttled=0.1, reset=0.1, retry_after_s=0.1, throttled_s=0.1)
    while run(work)["more"]:
        pass
    assert [gid for gid, _ in reviews(work.bot)] == sorted(gids)
    assert store.calls.before_stated_wait() == []


def test_one_odd_product_does_not_stop_the_others(
    work: ChoreWork, store_shop: StoreShop, monkeypatch: pytest.MonkeyPatch
) -> None:
    gids = fill(store_shop, 3)
    real = AdminClient.execute

    def odd(client: AdminClient, name: str, **more: Any) -> dict[str, Any]:
        answer = real(client, name, **more)
        for node in answer.get("products", {}).get("nodes", []):
            if node["id"] == gids[1]:
                node |= {"media": {"nodes": [7]}, "title": None}
        return answer

    monkeypatch.setattr(AdminClient, "execute", odd)
    found = run(work)
    assert (found["new"], found["odd"], found["more"]) == (2, 1, False)


def test_the_first_run_starts_at_the_connection_and_the_watermark_never_turns_back(
    work: ChoreWork, store_shop: StoreShop
) -> None:
    with work.bot.database.reading() as session:
        connected = session.scalar(select(func.max(Shop.connected_at)))
    run(work)
    assert chore(work.bot).watermark == connected
    (gid,) = fill(store_shop, 1)
    store_shop.product(gid).updated_at = (now() + timedelta(seconds=2)).replace(microsecond=0)
    run(work)
    later = store_shop.product(gid).updated_at
    assert chore(work.bot).watermark == later
    store_shop.product(gid).updated_at = later - timedelta(minutes=1)
    run(work)
    assert chore(work.bot).watermark == later
