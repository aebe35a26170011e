"""Publishing by what the merchant chose for a label: channels, status, collection of each kind."""

from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy import select

from shopify_bot import decisions
from shopify_bot.bot import Bot
from shopify_bot.devstore import DevStore
from shopify_bot.devstore import Shop as StoreShop
from shopify_bot.jobs.publish import PublishWork
from shopify_bot.labels import label_tree
from shopify_bot.mapping import filing
from shopify_bot.shopify.client import AdminClient
from shopify_bot.shopify.errors import Unreachable
from shopify_bot.states import State
from shopify_bot.stores import Stores
from shopify_bot.tables import Category, Mapping, Publication, Shop
from tests.bot.conftest import DOMAIN, ME, find
from tests.bot.test_reverting import work_off

Approve = Callable[..., int]
DRESSES = "gid://shopify/TaxonomyCategory/aa-1-4"


@pytest.fixture
def work(served: Bot, stores: Stores) -> PublishWork:
    return PublishWork(served, stores)


def map_label(bot: Bot, label: str = "Shirts", **columns: Any) -> None:
    """The merchant's choice for a label."""
    with bot.database.writing() as session:
        shop = session.scalars(select(Shop)).one()
        row = session.scalar(select(Mapping).where(Mapping.label == label))
        row = row or Mapping(shop_id=shop.id, label=label)
        for name, value in columns.items():
            setattr(row, name, value)
        session.add(row)


def after(bot: Bot, review_id: int) -> dict[str, Any]:
    """What stood there afterwards."""
    with bot.database.reading() as session:
        found = session.scalars(select(Publication).where(Publication.review_id == review_id)).one()
        return found.after or {}


def test_channels_and_status_of_the_label(
    store: DevStore, store_shop: StoreShop, work: PublishWork, approved: Approve
) -> None:
    """A draft is on the channels, so that it is to be seen once the merchant activates it."""
    chosen = [store_shop.publication(handle).id for handle in ("shop", "pos")]
    map_label(work.bot, publication_ids=chosen, status="DRAFT", tags=["mine"], product_type="Hemd")
    gid = store_shop.create_product("Oxford")
    review_id = approved(gid, "Shirts")
    work_off(work)
    product = store_shop.product(gid)
    assert find(work.bot, review_id).state == State.PUBLISHED
    assert (product.status, product.product_type, product.tags) == ("DRAFT", "Hemd", ["mine"])
    assert set(product.published) == set(chosen)
    assert store.ledger.entries(kind="status_written") == []


@pytest.mark.parametrize("status", ["DRAFT", "ARCHIVED", "ACTIVE"])
def test_a_status_that_is_not_to_be_changed(
    store: DevStore, store_shop: StoreShop, work: PublishWork, approved: Approve, status: Any
) -> None:
    with work.bot.database.writing() as session:
        session.scalars(select(Shop)).one().publish_status = "UNCHANGED"
    gid = store_shop.create_product("Oxford", status=status)
    approved(gid, "Shirts")
    work_off(work)
    assert store_shop.product(gid).status == status
    assert set(store_shop.product(gid).published) == {store_shop.publication("online_store").id}
    assert store.ledger.entries(kind="status_written") == []


@pytest.mark.parametrize("status", ["ARCHIVED", "UNLISTED"])
@pytest.mark.parametrize("wanted", ["ACTIVE", "DRAFT"])
def test_what_the_merchant_has_put_away_is_not_brought_back(
    store: DevStore, store_shop: StoreShop, work: PublishWork, approved: Approve, status: Any, wanted: str
) -> None:
    """Though the decision was for a product in sight; all else is written, and it is said."""
    map_label(work.bot, status=wanted)
    gid = store_shop.create_product("Oxford")
    review_id = approved(gid, "Shirts")
    store_shop.update_product(gid, status=status)
    work_off(work)
    product = store_shop.product(gid)
    assert find(work.bot, review_id).state == State.PUBLISHED
    assert product.status == status
    assert product.product_type == filing(label_tree(work.bot.settings.model), "Shirts").product_type
    assert after(work.bot, review_id)["said"] == [
        f"Its status stays {status.capitalize()}, as somebody set it in the store. To show it in your sales "
        "channels, make it active in the Shopify admin."
    ]


def test_no_collection(store: DevStore, store_shop: StoreShop, work: PublishWork, approved: Approve) -> None:
    map_label(work.bot, collection_kind="none")
    review_id = approved(store_shop.create_product("Oxford"), "Shirts")
    work_off(work)
    assert find(work.bot, review_id).state == State.PUBLISHED
    assert store_shop.collections == {}
    assert after(work.bot, review_id)["collection"] is None


@pytest.mark.parametrize("shareable", [False, True])
def test_a_collection_of_the_merchant(
    store: DevStore, store_shop: StoreShop, work: PublishWork, approved: Approve, shareable: bool
) -> None:
    """Where it has no list of its own to add to, it gets one; it stays on the channels it is on."""
    theirs = store_shop.create_collection("Spring", shareable=shareable)
    map_label(work.bot, collection_kind="existing", collection_gid=theirs, collection_title="Spring")
    gids = [store_shop.create_product(f"Shirt {number}") for number in range(4)]
    for gid in gids:
        approved(gid, "Shirts")
    work_off(work)
    sources = store_shop.collections[theirs].sources
    assert set(sources[-1].selections) == set(gids)
    assert len(sources) == 1 + shareable
    assert list(store_shop.collections) == [theirs]
    assert store_shop.collections[theirs].published == {}


def test_a_collection_of_the_merchant_that_was_deleted(
    store_shop: StoreShop, work: PublishWork, approved: Approve
) -> None:
    """The reason says what to do; after that a retry reads the mapping again."""
    theirs = store_shop.create_collection("Spring")
    map_label(work.bot, collection_kind="existing", collection_gid=theirs, collection_title="Spring")
    store_shop.delete_collection(theirs)
    gid = store_shop.create_product("Oxford")
    review_id = approved(gid, "Shirts")
    work_off(work)
    failed = find(work.bot, review_id)
    assert failed.state == State.FAILED
    assert "mapping set" in (failed.error or "")
    other = store_shop.create_collection("Summer")
    map_label(work.bot, collection_gid=other, collection_title="Summer")
    with work.bot.database.writing() as session:
        decisions.retry(session, session.scalars(select(Shop)).one(), review_id, ME)
    work_off(work)
    assert find(work.bot, review_id).state == State.PUBLISHED
    assert gid in store_shop.collections[other].sources[0].selections


def test_a_collection_by_category_is_made_once_and_nobody_writes_members(
    store: DevStore, store_shop: StoreShop, served: Bot, work: PublishWork, approved: Approve
) -> None:
    map_label(work.bot, collection_kind="condition")
    gids = [store_shop.create_product(f"Shirt {number}") for number in range(6)]
    ids = [approved(gid, "Shirts") for gid in gids]
    work_off(work)
    (collection,) = store_shop.collections.values()
    assert collection.title == filing(label_tree(served.settings.model), "Shirts").category.split(" > ")[-1]
    assert [len(source.conditions) for source in collection.sources] == [1]
    assert set(collection.published) == {store_shop.publication("online_store").id}
    assert store.ledger.entries(kind="member_added") == []
    assert [after(work.bot, review_id)["said"] for review_id in ids] == [[]] * 6
    assert [after(work.bot, review_id)["collection"] for review_id in ids] == [collection.id] * 6


def test_a_collection_by_category_is_found_again(
    store_shop: StoreShop, work: PublishWork, approved: Approve
) -> None:
    """After our database was lost, say."""
    map_label(work.bot, collection_kind="condition")
    approved(store_shop.create_product("Shirt 1"), "Shirts")
    work_off(work)
    with work.bot.database.writing() as session:
        session.delete(session.scalars(select(Category)).one())
    review_id = approved(store_shop.create_product("Shirt 2"), "Shirts")
    work_off(work)
    assert find(work.bot, review_id).state == State.PUBLISHED
    assert len(store_shop.collections) == 1


def test_another_collection_with_our_handle_is_not_mistaken_for_ours(
    store_shop: StoreShop, work: PublishWork, approved: Approve
) -> None:
    wanted = filing(label_tree(work.bot.settings.model), "Shirts")
    title, short = wanted.category.split(" > ")[-1], wanted.category_id.rpartition("/")[2]
    store_shop.create_collection(title, handle=f"{title.lower()}-{short}")
    map_label(work.bot, collection_kind="condition")
    review_id = approved(store_shop.create_product("Shirt"), "Shirts")
    work_off(work)
    failed = find(work.bot, review_id)
    assert failed.state == State.FAILED
    assert "no condition on the category" in (failed.error or "")


def test_a_persons_category_keeps_a_product_out_of_the_collection_of_ours(
    store_shop: StoreShop, work: PublishWork, approved: Approve
) -> None:
    map_label(work.bot, collection_kind="condition")
    review_id = approved(store_shop.create_product("Shirt", category=DRESSES), "Shirts", seen=DRESSES)
    work_off(work)
    assert find(work.bot, review_id).state == State.PUBLISHED
    kept, outside = after(work.bot, review_id)["said"]
    assert "was kept" in kept
    assert outside.startswith("It is not in the collection Shirts")


def test_a_repeat_after_a_crash_writes_what_the_first_try_set_out_to(
    store: DevStore,
    store_shop: StoreShop,
    work: PublishWork,
    approved: Approve,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Though the merchant changed the mapping in between."""
    gid = store_shop.create_product("Oxford")
    review_id = approved(gid, "Shirts")
    real, broken = AdminClient.execute, ["product_apply"]

    def lose(client: AdminClient, name: str, **given: Any) -> dict[str, Any]:
        answer = real(client, name, **given)
        if name in broken:
            broken.remove(name)
            map_label(work.bot, category_id=DRESSES, category_name="Dresses", product_type="Dress")
            raise Unreachable("The answer was lost.")
        return answer

    monkeypatch.setattr(AdminClient, "execute", lose)
    work_off(work)
    wanted = filing(label_tree(work.bot.settings.model), "Shirts")
    assert find(work.bot, review_id).state == State.PUBLISHED
    product = store_shop.product(gid)
    assert (product.category, product.product_type) == (wanted.category_id, wanted.product_type)
    assert store.ledger.tally(DOMAIN, gid).category_writes == 1
