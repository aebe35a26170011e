"""Publishing against the local store, whose ledger is the oracle."""

import threading
import time
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select, update

from shopify_bot import decisions
from shopify_bot.bot import Bot
from shopify_bot.devstore import DevStore
from shopify_bot.devstore import Shop as StoreShop
from shopify_bot.jobs.publish import PublishWork
from shopify_bot.labels import label_tree
from shopify_bot.mapping import filing
from shopify_bot.publishing.collection_lease import MAKING_LEASE
from shopify_bot.shopify.client import AdminClient
from shopify_bot.states import State
from shopify_bot.stores import Stores
from shopify_bot.tables import Category, Publication, Review, Shop, now
from tests.bot.conftest import DOMAIN, ME, find, make_due

Approve = Callable[..., int]


@pytest.fixture
def work(served: Bot, stores: Stores) -> PublishWork:
    return PublishWork(served, stores)


def publish_all(work: PublishWork, rounds: int = 60) -> None:
    """Publish until nothing is due, ending every wait at once."""
    for _ in range(rounds):
        if not work.one_batch():
            with work.bot.database.reading() as session:
                query = select(Review.id).where(Review.state.in_([State.APPROVED, State.PUBLISHING]))
                if session.scalars(query).first() is None:
                    return
            make_due(work.bot)


def test_one_product_is_filed_and_published(
    store: DevStore, store_shop: StoreShop, work: PublishWork, approved: Approve
) -> None:
    gid = store_shop.create_product("Oxford shirt", tags=("summer",))
    review_id = approved(gid, "Shirts")
    publish_all(work)
    assert find(work.bot, review_id).state == State.PUBLISHED
    wanted = filing(label_tree(work.bot.settings.model), "Shirts")
    product = store_shop.product(gid)
    assert (product.category, product.product_type, product.status) == (
        wanted.category_id,
        wanted.product_type,
        "ACTIVE",
    )
    assert {"summer", *wanted.tags} <= set(product.tags)
    tally = store.ledger.tally(DOMAIN, gid)
    assert tally.category_writes == 1
    assert tally.publications == (store_shop.publication("online_store").id,)
    assert [store_shop.collections[each].title for each in tally.memberships] == [wanted.collection]
    assert tally.tags_removed == 0


def test_the_collection_is_made_once_and_published(
    store: DevStore, store_shop: StoreShop, work: PublishWork, approved: Approve
) -> None:
    for number in range(5):
        approved(store_shop.create_product(f"Shirt {number}"), "Shirts")
    publish_all(work)
    assert len(store.ledger.entries(kind="collection_created")) == 1
    (collection,) = store_shop.collections.values()
    assert set(collection.published) == {store_shop.publication("online_store").id}
    assert len(collection.sources) == 1
    assert len(collection.sources[0].selections) == 5


def test_two_publishers_make_one_collection(
    store: DevStore, store_shop: StoreShop, served: Bot, approved: Approve
) -> None:
    store.faults.set(delay_s=0.02)
    ids = [approved(store_shop.create_product(f"Shirt {number}"), "Shirts") for number in range(8)]
    works = [PublishWork(served, Stores(served)) for _ in range(3)]
    threads = [threading.Thread(target=publish_all, args=(each,)) for each in works]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    publish_all(works[0])
    assert {find(served, review_id).state for review_id in ids} == {State.PUBLISHED}
    assert len(store.ledger.entries(kind="collection_created")) == 1
    assert len(store.ledger.entries(kind="member_added", effective=True)) == 8


def test_a_collection_of_the_merchant_is_used(
    store_shop: StoreShop, work: PublishWork, approved: Approve
) -> None:
    title = filing(label_tree(work.bot.settings.model), "Shirts").collection
    theirs = store_shop.create_collection(title, published=True)
    gid = store_shop.create_product("Shirt")
    approved(gid, "Shirts")
    publish_all(work)
    assert list(store_shop.collections) == [theirs]
    assert gid in store_shop.collections[theirs].sources[0].selections


def test_a_collection_without_hand_picked_members_gets_a_source_of_its_own(
    store: DevStore, store_shop: StoreShop, work: PublishWork, approved: Approve
) -> None:
    title = filing(label_tree(work.bot.settings.model), "Shirts").collection
    theirs = store_shop.create_collection(title, shareable=True)
    store.faults.set(delay_s=0.02)
    for number in range(6):
        approved(store_shop.create_product(f"Shirt {number}"), "Shirts")
    publish_all(work)
    assert [len(source.selections) for source in store_shop.collections[theirs].sources] == [0, 6]


def test_publishing_again_changes_nothing(
    store: DevStore, store_shop: StoreShop, work: PublishWork, approved: Approve
) -> None:
    review_id = approved(store_shop.create_product("Shirt"), "Shirts")
    publish_all(work)
    effects = len(store.ledger.entries(effective=True))
    with work.bot.database.writing() as session:  # as after a crash between the last write and our commit
        session.execute(update(Review).values(state=State.PUBLISHING, next_attempt_at=now()))
    publish_all(work)
    assert find(work.bot, review_id).state == State.PUBLISHED
    assert len(store.ledger.entries(effective=True)) == effects
    with work.bot.database.reading() as session:
        kept = session.scalars(select(Publication)).one()
        assert kept.before["status"] == "DRAFT"
        assert kept.before["category_id"] is None


def test_a_second_review_moves_the_product_to_its_new_collection(
    store_shop: StoreShop, work: PublishWork, approved: Approve
) -> None:
    gid = store_shop.create_product("Is it a shirt or a watch?")
    approved(gid, "Shirts")
    publish_all(work)
    approved(gid, "Watches")
    publish_all(work)
    titles = [
        collection.title
        for collection in store_shop.collections.values()
        if any(gid in source.selections for source in collection.sources)
    ]
    assert titles == [filing(label_tree(work.bot.settings.model), "Watches").collection]


def test_faults_are_survived(
    store: DevStore, store_shop: StoreShop, work: PublishWork, approved: Approve
) -> None:
    ids = [
        approved(store_shop.create_product(f"Product {n}"), ("Shirts", "Watches")[n % 2]) for n in range(12)
    ]
    gids = list(store_shop.products)
    store.faults.set(
        rate_429=0.1,
        rate_5xx=0.1,
        throttled=0.05,
        reset=0.03,
        timeout_after_apply=0.05,
        retry_after_s=0.05,
        throttled_s=0.05,
        timeout_s=0.05,
    )
    work.bot.settings.retry_s = (0.0,) * 20
    publish_all(work, 200)
    assert {find(work.bot, review_id).state for review_id in ids} == {State.PUBLISHED}
    for gid in gids:
        tally = store.ledger.tally(DOMAIN, gid)
        assert (tally.category_writes, len(tally.memberships), len(tally.publications)) == (1, 1, 1)
    assert len(store.ledger.entries(kind="collection_created")) == 2


def test_a_permanent_fault_lands_on_the_review_and_can_be_retried(
    store_shop: StoreShop, work: PublishWork, approved: Approve, served: Bot
) -> None:
    review_id = approved(store_shop.create_product("Shirt"), "Shirts")
    store_shop.scopes = ("read_products", "write_publications")
    publish_all(work)
    failed = find(served, review_id)
    assert failed.state == State.FAILED
    assert "`write_products` access scope" in (failed.error or "")
    store_shop.scopes = ("write_products", "write_publications")
    with served.database.writing() as session:
        decisions.retry(session, session.scalars(select(Shop)).one(), review_id, ME)
    publish_all(work)
    published = find(served, review_id)
    assert (published.state, published.error) == (State.PUBLISHED, None)


def test_a_revoked_token_is_said_with_what_to_do(
    store_shop: StoreShop, work: PublishWork, approved: Approve
) -> None:
    review_id = approved(store_shop.create_product("Shirt"), "Shirts")
    store_shop.token = "shpat_rotated"
    publish_all(work)
    failed = find(work.bot, review_id)
    assert failed.state == State.FAILED
    assert "shopify-bot shops check" in (failed.error or "")
    assert "shpat" not in (failed.error or "")


def test_a_product_deleted_meanwhile_is_gone(
    store_shop: StoreShop, work: PublishWork, approved: Approve
) -> None:
    gid = store_shop.create_product("Shirt")
    review_id = approved(gid, "Shirts")
    store_shop.delete_product(gid)
    publish_all(work)
    assert find(work.bot, review_id).state == State.GONE


def test_a_category_the_store_does_not_know_is_refused(
    store_shop: StoreShop, work: PublishWork, approved: Approve
) -> None:
    review_id = approved(store_shop.create_product("Shirt"), "Shirts")
    store_shop.around.taxonomy = type(store_shop.around.taxonomy)({})
    publish_all(work)
    failed = find(work.bot, review_id)
    assert failed.state == State.FAILED
    assert "taxonomy" in (failed.error or "")


def test_chosen_channels_replace_the_online_store(
    store: DevStore, store_shop: StoreShop, work: PublishWork, approved: Approve
) -> None:
    chosen = store_shop.publication("shop").id
    with work.bot.database.writing() as session:
        session.scalars(select(Shop)).one().publication_ids = [chosen]
    gid = store_shop.create_product("Shirt")
    approved(gid, "Shirts")
    publish_all(work)
    assert store.ledger.tally(DOMAIN, gid).publications == (chosen,)


def test_a_new_collection_that_does_not_show_yet_is_not_made_again(
    store: DevStore,
    store_shop: StoreShop,
    work: PublishWork,
    approved: Approve,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    ids = [approved(store_shop.create_product(f"Shirt {number}"), "Shirts") for number in range(3)]
    real, hidden_until = AdminClient.execute, time.monotonic() + 1.0

    def hide(client: AdminClient, name: str, **given: Any) -> dict[str, Any]:
        answer = real(client, name, **given)
        if time.monotonic() < hidden_until:
            answer |= {key: None for key in ("collection", "collectionByIdentifier") if key in answer}
        return answer

    monkeypatch.setattr(AdminClient, "execute", hide)
    publish_all(work)
    assert {find(work.bot, review_id).state for review_id in ids} == {State.PUBLISHED}
    assert len(store.ledger.entries(kind="collection_created")) == 1


def test_a_maker_that_died_blocks_its_category_for_seconds(
    store: DevStore, store_shop: StoreShop, work: PublishWork, approved: Approve
) -> None:
    review_id = approved(store_shop.create_product("Shirt"), "Shirts")
    with work.bot.database.writing() as session:
        shop = session.scalars(select(Shop)).one()
        name = filing(label_tree(work.bot.settings.model), "Shirts").collection
        until = now() + timedelta(seconds=1)
        session.add(Category(shop_id=shop.id, name=name, lease_until=until, lease_token="dead"))
    publish_all(work)
    assert find(work.bot, review_id).state == State.PUBLISHED
    assert timedelta(seconds=30) >= MAKING_LEASE


def test_an_answer_without_data_is_no_deleted_product(
    store_shop: StoreShop, work: PublishWork, approved: Approve, monkeypatch: pytest.MonkeyPatch
) -> None:
    review_id = approved(store_shop.create_product("Shirt"), "Shirts")
    monkeypatch.setattr(AdminClient, "once", lambda *_: b'{"data": null}')
    work.one_batch()
    review = find(work.bot, review_id)
    assert review.state == State.PUBLISHING
    assert "without data" in (review.error or "")


@pytest.mark.parametrize("handle", ["online_store", "online-store", "online-store-2", "web"])
def test_the_online_store_is_found_whatever_its_handle(
    store: DevStore, store_shop: StoreShop, work: PublishWork, approved: Approve, handle: str
) -> None:
    online = store_shop.publication("online_store")
    online.handle = handle
    gid = store_shop.create_product("Shirt")
    approved(gid, "Shirts")
    publish_all(work)
    assert store.ledger.tally(DOMAIN, gid).publications == (online.id,)
