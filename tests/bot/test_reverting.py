"""Taking a publication back, against the local store, whose ledger is the oracle."""

from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy import select, update

from shopify_bot import decisions, intake
from shopify_bot.bot import Bot
from shopify_bot.devstore import DevStore
from shopify_bot.devstore import Shop as StoreShop
from shopify_bot.devstore.payloads import product_body
from shopify_bot.doorbell import PUBLISH
from shopify_bot.errors import IllegalMove, NotPublished
from shopify_bot.jobs.process import WorkerProcess, set_worker
from shopify_bot.jobs.publish import PublishWork, publish_due
from shopify_bot.jobs.revert import RevertWork
from shopify_bot.jobs.store_work import StoreWork
from shopify_bot.shopify.client import AdminClient
from shopify_bot.shopify.errors import Unreachable
from shopify_bot.states import State
from shopify_bot.sweep import sweep_once
from shopify_bot.tables import Product, Publication, Review, Shop, now
from shopify_bot.told import by_webhook
from tests.bot.conftest import ME, find, make_due

Approve = Callable[..., int]
DRESSES = "gid://shopify/TaxonomyCategory/aa-1-4"


def work_off(work: StoreWork, rounds: int = 60) -> None:
    """Work until nothing is due, ending every wait at once."""
    for _ in range(rounds):
        if not work.one_batch():
            with work.bot.database.reading() as session:
                if session.scalars(select(Review.id).where(Review.state.in_(work.due))).first() is None:
                    return
            make_due(work.bot)


def ask_back(bot: Bot, review_id: int) -> Review:
    """A person asks for the publication to be taken back."""
    with bot.database.writing() as session:
        return decisions.revert(session, session.scalars(select(Shop)).one(), review_id, ME)


def reverted(bot: Bot, review_id: int) -> dict[str, list[dict[str, str]]]:
    """What taking back put back and left."""
    with bot.database.reading() as session:
        found = session.scalars(select(Publication).where(Publication.review_id == review_id)).one()
        assert found.reverted is not None
        return found.reverted


def seen(store_shop: StoreShop, gid: str) -> dict[str, Any]:
    """The product as it stands in the store, without when it changed."""
    product = store_shop.product(gid)
    members = [
        collection.id
        for collection in store_shop.collections.values()
        if any(gid in source.selections for source in collection.sources)
    ]
    return {
        "category": product.category,
        "type": product.product_type,
        "status": product.status,
        "tags": sorted(product.tags),
        "channels": set(product.published),
        "collections": members,
    }


@pytest.mark.parametrize("category", [None, DRESSES])
def test_everything_is_put_back_as_it_stood(
    store_shop: StoreShop, publish: PublishWork, revert: RevertWork, approved: Approve, category: str | None
) -> None:
    """A category of None too; the collection that we made stays."""
    gid = store_shop.create_product(
        "Oxford", tags=("summer",), product_type="Misc", category=category, status="DRAFT"
    )
    before = seen(store_shop, gid)
    review_id = approved(gid, "Shirts", replaces=True, seen=category)
    work_off(publish)
    assert seen(store_shop, gid)["category"] not in (None, DRESSES)
    ask_back(revert.bot, review_id)
    work_off(revert)
    assert find(revert.bot, review_id).state == State.REVERTED
    assert seen(store_shop, gid) == before
    told = reverted(revert.bot, review_id)
    assert {each["what"] for each in told["put_back"]} == {
        "Sales channels", "Tags", "Category", "Type", "Status", "Collection",
    }  # fmt: skip
    assert told["left"] == []
    assert len(store_shop.collections) == 1


def test_what_somebody_changed_since_is_left_and_said(
    store_shop: StoreShop, publish: PublishWork, revert: RevertWork, approved: Approve
) -> None:
    gid = store_shop.create_product("Oxford", product_type="Misc")
    review_id = approved(gid, "Shirts")
    work_off(publish)
    store_shop.update_product(gid, category=DRESSES, product_type="Dress", status="ARCHIVED")
    ask_back(revert.bot, review_id)
    work_off(revert)
    stands = seen(store_shop, gid)
    assert (stands["category"], stands["type"], stands["status"]) == (DRESSES, "Dress", "ARCHIVED")
    left = {each["what"]: each["because"] for each in reverted(revert.bot, review_id)["left"]}
    assert set(left) == {"Category", "Type", "Status"}
    assert "Dresses" in left["Category"]
    assert stands["tags"] == []
    assert stands["channels"] == set()


def test_tags_and_channels_that_were_there_before_stay(
    store: DevStore, store_shop: StoreShop, publish: PublishWork, revert: RevertWork, approved: Approve
) -> None:
    online = store_shop.publication("online_store").id
    gid = store_shop.create_product("Oxford", tags=("Shirts", "summer"), status="ACTIVE")
    store_shop.product(gid).published[online] = store_shop.created_at
    review_id = approved(gid, "Shirts")
    work_off(publish)
    ask_back(revert.bot, review_id)
    work_off(revert)
    stands = seen(store_shop, gid)
    assert {"Shirts", "summer"} <= set(stands["tags"])
    assert stands["channels"] == {online}
    assert stands["status"] == "ACTIVE"
    assert store.ledger.entries(kind="unpublished") == []


def test_a_collection_the_product_was_in_before_is_not_left(
    store_shop: StoreShop, publish: PublishWork, revert: RevertWork, approved: Approve
) -> None:
    gid = store_shop.create_product("Oxford")
    theirs = store_shop.create_collection("Topwear", products=(gid,))
    review_id = approved(gid, "Shirts")
    work_off(publish)
    ask_back(revert.bot, review_id)
    work_off(revert)
    assert seen(store_shop, gid)["collections"] == [theirs]


def test_a_second_publication_is_taken_back_to_the_first(
    store_shop: StoreShop, publish: PublishWork, revert: RevertWork, approved: Approve
) -> None:
    gid = store_shop.create_product("Is it a shirt or a watch?")
    first = approved(gid, "Shirts")
    work_off(publish)
    stood = seen(store_shop, gid)
    second = approved(gid, "Watches")
    work_off(publish)
    with pytest.raises(NotPublished, match=f"Take back review {second} first"):
        ask_back(revert.bot, first)
    ask_back(revert.bot, second)
    work_off(revert)
    assert seen(store_shop, gid) == stood
    ask_back(revert.bot, first)
    work_off(revert)
    assert seen(store_shop, gid)["category"] is None
    assert seen(store_shop, gid)["collections"] == []


@pytest.mark.parametrize(
    "operation", ["unpublish", "product_tags_remove", "product_apply", "collection_update"]
)
def test_a_crash_after_any_write_is_made_good(
    store: DevStore,
    store_shop: StoreShop,
    publish: PublishWork,
    revert: RevertWork,
    approved: Approve,
    monkeypatch: pytest.MonkeyPatch,
    operation: str,
) -> None:
    """The write was applied, and its answer lost with the worker."""
    gid = store_shop.create_product("Oxford", tags=("summer",))
    before = seen(store_shop, gid)
    review_id = approved(gid, "Shirts")
    work_off(publish)
    real, broken = AdminClient.execute, [operation]

    def lose(client: AdminClient, name: str, **given: Any) -> dict[str, Any]:
        answer = real(client, name, **given)
        if name in broken:
            broken.remove(name)
            raise Unreachable("The answer was lost.")
        return answer

    monkeypatch.setattr(AdminClient, "execute", lose)
    ask_back(revert.bot, review_id)
    work_off(revert)
    assert broken == []
    assert find(revert.bot, review_id).state == State.REVERTED
    assert seen(store_shop, gid) == before
    told = reverted(revert.bot, review_id)
    assert told["left"] == []
    tally = [entry.kind for entry in store.ledger.entries(subject=gid, effective=True)]
    assert [tally.count(kind) for kind in ("unpublished", "tags_removed", "member_removed")] == [1, 1, 1]


def test_a_failed_one_is_tried_again_by_hand(
    store_shop: StoreShop, publish: PublishWork, revert: RevertWork, approved: Approve
) -> None:
    review_id = approved(store_shop.create_product("Oxford"), "Shirts")
    work_off(publish)
    scopes, store_shop.scopes = store_shop.scopes, ("read_products", "read_publications")
    ask_back(revert.bot, review_id)
    work_off(revert)
    failed = find(revert.bot, review_id)
    assert failed.state == State.FAILED
    assert failed.error
    store_shop.scopes = scopes
    with revert.bot.database.writing() as session:
        decisions.retry(session, session.scalars(select(Shop)).one(), review_id, ME)
    work_off(revert)
    done = find(revert.bot, review_id)
    assert (done.state, done.error) == (State.REVERTED, None)


def test_a_failure_beside_another_open_review_goes_back_to_published(
    store_shop: StoreShop,
    publish: PublishWork,
    revert: RevertWork,
    approved: Approve,
    receive: Callable[..., int],
) -> None:
    gid = store_shop.create_product("Oxford")
    review_id = approved(gid, "Shirts")
    work_off(publish)
    receive(gid, State.PENDING)
    store_shop.scopes = ("read_products", "read_publications")
    ask_back(revert.bot, review_id)
    work_off(revert)
    failed = find(revert.bot, review_id)
    assert failed.state == State.PUBLISHED
    assert failed.error


def test_what_an_earlier_version_published_is_taken_back_as_far_as_it_is_known(
    store_shop: StoreShop, publish: PublishWork, revert: RevertWork, approved: Approve
) -> None:
    gid = store_shop.create_product("Oxford", tags=("summer",))
    review_id = approved(gid, "Shirts")
    work_off(publish)
    with revert.bot.database.writing() as session:
        row = session.scalars(select(Publication)).one()
        recent = ("published_on", "staged_on", "in_more", "said", "category_written", "collection_title")
        row.plan = None
        row.before = {name: value for name, value in row.before.items() if name not in recent}
        row.after = {name: value for name, value in (row.after or {}).items() if name not in recent}
    ask_back(revert.bot, review_id)
    work_off(revert)
    stands = seen(store_shop, gid)
    assert (stands["category"], stands["tags"], stands["collections"]) == (None, ["summer"], [])
    assert [each["what"] for each in reverted(revert.bot, review_id)["left"]] == ["Sales channels"]


def test_our_own_writes_bring_no_new_review(
    store: DevStore, store_shop: StoreShop, publish: PublishWork, revert: RevertWork, approved: Approve
) -> None:
    """The picture is the one that we know."""
    gid = store_shop.create_product("Oxford", picture=b"a picture")
    with revert.bot.database.writing() as session:
        shop = session.scalars(select(Shop)).one()
        told = by_webhook(product_body(store_shop.product(gid), store.origin, None))
        intake.find_or_add(session, shop, gid, told)
    review_id = approved(gid, "Shirts")
    work_off(publish)
    ask_back(revert.bot, review_id)
    work_off(revert)
    with revert.bot.database.writing() as session:
        shop = session.scalars(select(Shop)).one()
        told = by_webhook(product_body(store_shop.product(gid), store.origin, None))
        assert not intake.updated(session, shop, gid, told)
    with revert.bot.database.reading() as session:
        assert session.scalars(select(Review.id)).all() == [review_id]


def test_reviewing_again_opens_a_new_review_once(
    store_shop: StoreShop, publish: PublishWork, revert: RevertWork, approved: Approve
) -> None:
    review_id = approved(store_shop.create_product("Oxford"), "Shirts")
    work_off(publish)
    ask_back(revert.bot, review_id)
    work_off(revert)
    with revert.bot.database.writing() as session:
        shop = session.scalars(select(Shop)).one()
        fresh = decisions.reopen(session, shop, review_id, ME)
        assert (fresh.id, fresh.state) != (review_id, State.REVERTED)
        assert fresh.state == State.RECEIVED
        with pytest.raises(IllegalMove, match="in the review already"):
            decisions.reopen(session, shop, review_id, ME)
    assert find(revert.bot, review_id).state == State.REVERTED


def test_only_what_is_published_can_be_taken_back(revert: RevertWork, receive: Callable[..., int]) -> None:
    review_id = receive("gid://shopify/Product/1", State.PENDING)
    with pytest.raises(NotPublished, match="nothing to take back"):
        ask_back(revert.bot, review_id)


def test_publishing_waits_while_the_product_is_taken_back(
    store_shop: StoreShop, publish: PublishWork, revert: RevertWork, approved: Approve
) -> None:
    gid = store_shop.create_product("Oxford")
    first = approved(gid, "Shirts")
    work_off(publish)
    ask_back(revert.bot, first)
    second = approved(gid, "Watches")
    publish.one_batch()
    waiting = find(publish.bot, second)
    assert waiting.state == State.PUBLISHING
    assert "being taken back" in (waiting.error or "")
    work_off(revert)
    work_off(publish)
    assert find(publish.bot, second).state == State.PUBLISHED
    assert find(publish.bot, first).state == State.REVERTED


def test_a_product_deleted_meanwhile_is_gone(
    store_shop: StoreShop, publish: PublishWork, revert: RevertWork, approved: Approve
) -> None:
    gid = store_shop.create_product("Oxford")
    review_id = approved(gid, "Shirts")
    work_off(publish)
    ask_back(revert.bot, review_id)
    store_shop.delete_product(gid)
    work_off(revert)
    assert find(revert.bot, review_id).state == State.GONE


def test_a_repeat_after_a_crash_before_our_commit_changes_nothing(
    store: DevStore, store_shop: StoreShop, publish: PublishWork, revert: RevertWork, approved: Approve
) -> None:
    gid = store_shop.create_product("Oxford")
    review_id = approved(gid, "Shirts")
    work_off(publish)
    ask_back(revert.bot, review_id)
    work_off(revert)
    effects = len(store.ledger.entries(effective=True))
    with revert.bot.database.writing() as session:
        session.execute(update(Review).values(state=State.REVERTING, next_attempt_at=now()))
    work_off(revert)
    assert find(revert.bot, review_id).state == State.REVERTED
    assert len(store.ledger.entries(effective=True)) == effects
    assert reverted(revert.bot, review_id)["left"] == []
    with revert.bot.database.reading() as session:
        assert session.scalars(select(Product)).one().category_id is None


def test_the_publish_worker_does_it_and_the_sweep_rings_for_it(
    store_shop: StoreShop, publish: PublishWork, approved: Approve
) -> None:
    review_id = approved(store_shop.create_product("Oxford"), "Shirts")
    work_off(publish)
    ask_back(publish.bot, review_id)
    assert sweep_once(publish.bot)[PUBLISH] == 1
    set_worker(WorkerProcess(publish.bot, publish.stores))
    assert publish_due() == 1
    assert find(publish.bot, review_id).state == State.REVERTED
    assert sweep_once(publish.bot)[PUBLISH] == 0


def test_faults_are_survived(
    store: DevStore, store_shop: StoreShop, publish: PublishWork, revert: RevertWork, approved: Approve
) -> None:
    """Everything is put back once, whatever share of the calls goes wrong."""
    gids = [store_shop.create_product(f"Product {number}", tags=("summer",)) for number in range(2)]
    before = {gid: seen(store_shop, gid) for gid in gids}
    ids = [approved(gid, ("Shirts", "Watches")[number % 2]) for number, gid in enumerate(gids)]
    work_off(publish)
    rates = {"rate_429": 0.1, "rate_5xx": 0.1, "throttled": 0.05, "reset": 0.03, "timeout_after_apply": 0.05}
    store.faults.set(**rates, retry_after_s=0.05, throttled_s=0.05, timeout_s=0.05)
    revert.bot.settings.retry_s = (0.0,) * 20
    for review_id in ids:
        ask_back(revert.bot, review_id)
    work_off(revert, 200)
    store.faults.set(**dict.fromkeys(rates, 0.0))
    assert {find(revert.bot, review_id).state for review_id in ids} == {State.REVERTED}
    assert {gid: seen(store_shop, gid) for gid in gids} == before
    assert [reverted(revert.bot, review_id)["left"] for review_id in ids] == [[]] * 2
    for gid in gids:
        kinds = [entry.kind for entry in store.ledger.entries(subject=gid, effective=True)]
        once = ("unpublished", "tags_removed", "member_removed")
        assert [kinds.count(kind) for kind in once] == [1, 1, 1]
        assert kinds.count("category_written") == 2
