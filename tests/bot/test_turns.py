"""Several shops, one worker: none waits for another's many reviews, waits or faults."""

import dataclasses
from datetime import timedelta

import pytest
from sqlalchemy import select, update

from shopify_bot import decisions
from shopify_bot.bot import Bot
from shopify_bot.claims import TO_PUBLISH, claim, count_due
from shopify_bot.devstore import DevStore
from shopify_bot.devstore import Shop as StoreShop
from shopify_bot.doorbell import Doorbell
from shopify_bot.jobs.publish import PublishWork
from shopify_bot.labels import label_tree
from shopify_bot.shopify import client
from shopify_bot.shops import add_shop
from shopify_bot.states import State
from shopify_bot.stores import Stores
from shopify_bot.tables import Product, Review, Shop, now
from tests.bot.conftest import DOMAIN, ME, find
from tests.bot.test_reverting import work_off

OTHER = "other.myshopify.com"


@pytest.fixture
def both(bot: Bot, store: DevStore) -> Bot:
    """The bot, serving two shops of one store."""
    store.add_shop(OTHER, "shpat_other")
    settings = bot.settings.model_copy(update={"admin_origin": store.origin})
    with bot.database.writing() as session:
        add_shop(session, settings, DOMAIN, "shpat_devstore")
        add_shop(session, settings, OTHER, "shpat_other")
    return dataclasses.replace(bot, settings=settings, doorbell=Doorbell(settings))


@pytest.fixture
def work(both: Bot, monkeypatch: pytest.MonkeyPatch) -> PublishWork:
    monkeypatch.setattr(client, "BACKOFF_S", 0.01)
    return PublishWork(both, Stores(both))


def approve_in(bot: Bot, shop: StoreShop, count: int) -> list[int]:
    """Reviews of new products of the shop, approved."""
    tree = label_tree(bot.settings.model)
    ids = []
    with bot.database.writing() as session:
        row = session.scalars(select(Shop).where(Shop.domain == shop.domain)).one()
        for number in range(count):
            product = Product(shop_id=row.id, gid=shop.create_product(f"Shirt {number}"))
            session.add(product)
            session.flush()
            review = Review(shop_id=row.id, product_id=product.id, state=State.PENDING)
            session.add(review)
            session.flush()
            ids.append(decisions.correct(session, row, review.id, "Shirts", ME, tree).id)
    return ids


def claimed_by_shop(bot: Bot, limit: int) -> dict[str, int]:
    """How many of each shop a worker gets at once."""
    found = claim(bot, TO_PUBLISH, State.PUBLISHING, limit).reviews
    domains = [review.shop.domain for review in found]
    return {domain: domains.count(domain) for domain in set(domains)}


@pytest.mark.parametrize(("others", "share"), [(1, 1), (3, 3), (40, 3)])
def test_a_shop_with_many_leaves_the_other_its_share(
    both: Bot, store: DevStore, others: int, share: int
) -> None:
    approve_in(both, store.shop(DOMAIN), 40)
    approve_in(both, store.shop(OTHER), others)
    assert claimed_by_shop(both, 6) == {DOMAIN: 6 - share, OTHER: share}


def test_one_shop_alone_gets_everything(both: Bot, store: DevStore) -> None:
    approve_in(both, store.shop(DOMAIN), 8)
    assert claimed_by_shop(both, 6) == {DOMAIN: 6}
    assert claimed_by_shop(both, 6) == {DOMAIN: 2}
    assert claimed_by_shop(both, 6) == {}


def test_the_longest_due_come_first(both: Bot, store: DevStore) -> None:
    ids = approve_in(both, store.shop(DOMAIN), 4)
    with both.database.writing() as session:
        early = now() - timedelta(hours=1)
        session.execute(update(Review).where(Review.id == ids[3]).values(next_attempt_at=early))
    assert [review.id for review in claim(both, TO_PUBLISH, State.PUBLISHING, 1).reviews] == [ids[3]]


def test_a_throttling_shop_holds_up_itself_alone(both: Bot, store: DevStore, work: PublishWork) -> None:
    """Its other reviews are not even claimed until the stated wait is over."""
    waiting = approve_in(both, store.shop(DOMAIN), 30)
    ready = approve_in(both, store.shop(OTHER), 5)
    bucket = store.shop(DOMAIN).bucket
    bucket.restore_rate = 0.05
    bucket.drain_to(0)
    for _ in range(4):
        work.one_batch()
    assert {find(both, review_id).state for review_id in ready} == {State.PUBLISHED}
    with both.database.reading() as session:
        assert count_due(session, TO_PUBLISH) == 0
    assert all(find(both, review_id).next_attempt_at > now() + timedelta(seconds=60) for review_id in waiting)
    calls = [call for call in store.calls.entries() if call.shop == DOMAIN]
    assert len(calls) <= 6


def test_a_slow_shop_keeps_no_worker_from_a_quick_one(both: Bot, store: DevStore, work: PublishWork) -> None:
    """While the one of it is paced, the other gets more than was claimed at first."""
    approve_in(both, store.shop(DOMAIN), 1)
    quick = approve_in(both, store.shop(OTHER), 9)
    bucket = store.shop(DOMAIN).bucket
    bucket.restore_rate = 100.0
    bucket.drain_to(0)
    assert work.one_batch() > 6
    done = [review_id for review_id in quick if find(both, review_id).state == State.PUBLISHED]
    assert len(done) > 5


@pytest.mark.parametrize(("status", "reason"), [(401, "401"), (402, "frozen"), (403, "403")])
def test_a_permanent_fault_of_one_shop_is_said_there_and_the_other_is_published(
    both: Bot, store: DevStore, work: PublishWork, status: int, reason: str
) -> None:
    refused = approve_in(both, store.shop(DOMAIN), 8)
    served = approve_in(both, store.shop(OTHER), 8)
    store.shop(DOMAIN).refuse_with = status
    work_off(work)
    found = [find(both, review_id) for review_id in refused]
    assert {review.state for review in found} == {State.FAILED}
    assert all(reason in (review.error or "") for review in found)
    assert {find(both, review_id).state for review_id in served} == {State.PUBLISHED}
    calls = [call for call in store.calls.entries() if call.shop == DOMAIN]
    assert len(calls) <= 2 * len(refused)
