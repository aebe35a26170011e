"""The fault table of `benchmarks/faults.py` in small: publishing within this process, the same checks."""

from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from sqlalchemy import select

from benchmarks.faults import PASSING
from benchmarks.lasting_faults import LASTING
from shopify_bot import decisions
from shopify_bot.bot import Bot
from shopify_bot.database import Database
from shopify_bot.devstore import DevStore
from shopify_bot.devstore import Shop as StoreShop
from shopify_bot.devstore.bucket import CostBucket
from shopify_bot.jobs.publish import PublishWork
from shopify_bot.labels import label_tree
from shopify_bot.mapping import filing
from shopify_bot.shopify import client
from shopify_bot.shops import add_shop
from shopify_bot.states import State
from shopify_bot.stores import Stores
from shopify_bot.tables import Product, Review, Shop
from tests.bot.conftest import DOMAIN, ME, find, make_due
from tests.conftest import fresh_database

LABELS = ("Shirts", "Watches", "Heels")
OTHER = "other.myshopify.com"
ONCE = ("category_written", "member_added", "published")
UNDER_WAY = (State.APPROVED, State.PUBLISHING)

WAITS = {"retry_after_s": 0.3, "throttled_s": 0.3, "timeout_s": 0.05}


@pytest.fixture
def database(request: pytest.FixtureRequest, tmp_path: Path) -> Database:
    """SQLite alone: the databases differ in nothing that a fault of the store could reach."""
    return fresh_database(request, "sqlite", tmp_path)


@pytest.fixture
def publish(served: Bot, redis: object, monkeypatch: pytest.MonkeyPatch) -> Callable[[], None]:
    """Two workers publish until nothing is under way, ending every wait of the bot's own."""
    monkeypatch.setattr(client, "BACKOFF_S", 0.01)
    served.settings.retry_s = (0.0,) * 20
    works = [PublishWork(served, Stores(served)) for _ in range(2)]

    def work(each: PublishWork) -> None:
        for _ in range(300):
            if not each.one_batch():
                with served.database.reading() as session:
                    left = session.scalars(select(Review.id).where(Review.state.in_(UNDER_WAY))).first()
                if left is None:
                    return
                make_due(served)

    def publish_all() -> None:
        with ThreadPoolExecutor(2) as pool:
            list(pool.map(work, works))

    return publish_all


@pytest.mark.parametrize("name", list(PASSING))
def test_a_passing_fault_costs_time_alone(
    name: str,
    served: Bot,
    store: DevStore,
    store_shop: StoreShop,
    approved: Callable[..., int],
    publish: Callable[[], None],
) -> None:
    labels = {store_shop.create_product(f"Product {n}"): LABELS[n % len(LABELS)] for n in range(6)}
    reviews = [approved(gid, label) for gid, label in labels.items()]
    store_shop.bucket = CostBucket(2000, 2000)
    store.faults.set(**PASSING[name], **WAITS)
    publish()
    assert {find(served, review).state for review in reviews} == {State.PUBLISHED}
    effects: Counter[tuple[str, str]] = Counter(
        (each.subject, each.kind) for each in store.ledger.entries(effective=True)
    )
    assert {gid: [effects[gid, kind] for kind in ONCE] for gid in labels} == {
        gid: [1, 1, 1] for gid in labels
    }
    assert len(store.ledger.entries(kind="collection_created", effective=True)) == len(LABELS)
    tree = label_tree(served.settings.model)
    for collection in store_shop.collections.values():
        inside = {gid for source in collection.sources for gid in source.selections}
        assert inside == {
            gid for gid, label in labels.items() if filing(tree, label).collection == collection.title
        }
    drains = PASSING[name].get("throttled", 0)
    assert drains or store_shop.bucket.refused == 0
    early = store.calls.before_stated_wait(grace_s=0.1)
    assert not early, [(b.at - a.answered_at, a.wait_s, a.answer, b.answer) for a, b in early]


ENDS = {
    "401": (State.FAILED, "shops check"),
    "402": (State.FAILED, "settle the account"),
    "403": (State.FAILED, "access scopes"),
    "product gone": (State.GONE, "not in the store"),
    "user error": (State.FAILED, "Publication does not exist"),
}


@pytest.mark.parametrize("name", list(LASTING))
def test_a_lasting_fault_is_a_reason_on_the_product_and_stays_in_its_shop(
    name: str, served: Bot, store: DevStore, store_shop: StoreShop, publish: Callable[[], None]
) -> None:
    end, reason = ENDS[name]
    other_shop = store.add_shop(OTHER, "shpat_other")
    with served.database.writing() as session:
        sick = session.scalars(select(Shop)).one()
        well = add_shop(session, served.settings, OTHER, "shpat_other")
        session.flush()
        for shop, there in ((sick, store_shop), (well, other_shop)):
            for number in range(4):
                product = Product(shop_id=shop.id, gid=there.create_product(f"Shirt {number}"), title="Shirt")
                session.add(product)
                session.flush()
                review = Review(shop_id=shop.id, product_id=product.id, state=State.PENDING)
                session.add(review)
                session.flush()
                tree = label_tree(served.settings.model)
                decisions.correct(session, shop, review.id, "Shirts", ME, tree)
        LASTING[name](store_shop, sick)
    publish()
    with served.database.reading() as session:
        for review in session.scalars(select(Review)):
            if review.shop.domain == OTHER:
                assert review.state == State.PUBLISHED
            else:
                assert review.state == end
                assert reason in (review.error or "")
    operations = Counter(call.operation for call in store.calls.entries(shop=DOMAIN))
    assert max(operations.values()) <= 2 * 4
    assert len(store.ledger.entries(shop=OTHER, kind="category_written", effective=True)) == 4
