"""A category that a person set: shown, kept unless the reviewer chose otherwise, never silently replaced."""

from collections.abc import Callable

import pytest
from sqlalchemy import select

from shopify_bot.bot import Bot
from shopify_bot.devstore import DevStore
from shopify_bot.devstore import Shop as StoreShop
from shopify_bot.finding.listing import as_json
from shopify_bot.jobs.publish import PublishWork
from shopify_bot.labels import label_tree
from shopify_bot.mapping import filing
from shopify_bot.publishing.person_category import CategoryChoice, set_by_person
from shopify_bot.states import State
from shopify_bot.stores import Stores
from shopify_bot.tables import Product, Publication, Review
from tests.bot.conftest import find
from tests.bot.test_reverting import work_off

Approve = Callable[..., int]
DRESSES = "gid://shopify/TaxonomyCategory/aa-1-4"
WATCHES = "gid://shopify/TaxonomyCategory/aa-6-11"


@pytest.fixture
def work(served: Bot, stores: Stores) -> PublishWork:
    return PublishWork(served, stores)


@pytest.fixture
def shirts(served: Bot) -> str:
    """The category that the label Shirts is mapped to."""
    return filing(label_tree(served.settings.model), "Shirts").category_id


def said(bot: Bot, review_id: int) -> list[str]:
    """What publishing had to say."""
    with bot.database.reading() as session:
        found = session.scalars(select(Publication).where(Publication.review_id == review_id)).one()
        return list((found.after or {})["said"])


def writes(store: DevStore, gid: str) -> int:
    """How often the category was written, to whatever effect."""
    return len(store.ledger.entries(kind="category_written", subject=gid))


@pytest.mark.parametrize(
    ("standing", "written", "replaces", "seen", "writes"),
    [
        (None, set(), False, None, True),
        ("a", set(), False, None, True),
        ("b", set(), False, "b", False),
        ("b", set(), True, "b", True),
        ("c", set(), True, "b", False),
        ("b", set(), True, None, False),
        ("b", {"b"}, False, None, True),
    ],
)
def test_what_may_be_replaced(
    standing: str | None, written: set[str], replaces: bool, seen: str | None, writes: bool
) -> None:
    """By the category a, that is."""
    assert CategoryChoice(frozenset(written), replaces, seen).may_write(standing, "a") is writes


def test_approving_keeps_it_and_writes_all_the_rest(
    store: DevStore, store_shop: StoreShop, work: PublishWork, approved: Approve
) -> None:
    gid = store_shop.create_product("Oxford", category=DRESSES)
    review_id = approved(gid, "Shirts", seen=DRESSES)
    work_off(work)
    wanted = filing(label_tree(work.bot.settings.model), "Shirts")
    product = store_shop.product(gid)
    assert find(work.bot, review_id).state == State.PUBLISHED
    assert (product.category, product.product_type, product.status) == (
        DRESSES,
        wanted.product_type,
        "ACTIVE",
    )
    assert set(wanted.tags) <= set(product.tags)
    assert writes(store, gid) == 0
    (sentence,) = said(work.bot, review_id)
    assert sentence.endswith("Dresses was kept: a person had set it.")


def test_replacing_it_is_a_choice(
    store: DevStore, store_shop: StoreShop, work: PublishWork, approved: Approve, shirts: str
) -> None:
    gid = store_shop.create_product("Oxford", category=DRESSES)
    review_id = approved(gid, "Shirts", replaces=True, seen=DRESSES)
    work_off(work)
    assert store_shop.product(gid).category == shirts
    assert said(work.bot, review_id) == []


@pytest.mark.parametrize("replaces", [False, True])
def test_one_that_somebody_set_after_the_decision_is_kept_and_said(
    store: DevStore, store_shop: StoreShop, work: PublishWork, approved: Approve, replaces: bool
) -> None:
    gid = store_shop.create_product("Oxford", category=DRESSES)
    review_id = approved(gid, "Shirts", replaces=replaces, seen=DRESSES)
    store_shop.update_product(gid, category=WATCHES)
    work_off(work)
    assert store_shop.product(gid).category == WATCHES
    assert writes(store, gid) == 0
    (sentence,) = said(work.bot, review_id)
    assert sentence.endswith("Watches was kept: somebody set it after we last looked.")


def test_ours_gives_way_to_ours(store_shop: StoreShop, work: PublishWork, approved: Approve) -> None:
    """A second publication replaces what the first wrote, without a question."""
    gid = store_shop.create_product("Oxford")
    approved(gid, "Shirts")
    work_off(work)
    second = approved(gid, "Watches")
    work_off(work)
    assert store_shop.product(gid).category == WATCHES
    assert said(work.bot, second) == []


def test_one_set_over_ours_is_a_persons(
    store_shop: StoreShop, work: PublishWork, approved: Approve, shirts: str
) -> None:
    gid = store_shop.create_product("Oxford")
    approved(gid, "Shirts")
    work_off(work)
    store_shop.update_product(gid, category=DRESSES)
    approved(gid, "Watches")
    work_off(work)
    assert store_shop.product(gid).category == DRESSES


def test_the_same_as_ours_is_still_a_persons(
    store_shop: StoreShop, work: PublishWork, approved: Approve, shirts: str
) -> None:
    """We wrote nothing there, so a later label does not replace it."""
    gid = store_shop.create_product("Oxford", category=shirts)
    approved(gid, "Shirts")
    work_off(work)
    approved(gid, "Watches")
    work_off(work)
    assert store_shop.product(gid).category == shirts


def test_ours_stays_ours_when_it_is_published_again(
    store_shop: StoreShop, work: PublishWork, approved: Approve
) -> None:
    gid = store_shop.create_product("Oxford")
    for label in ("Shirts", "Shirts", "Watches"):
        approved(gid, label)
        work_off(work)
    assert store_shop.product(gid).category == WATCHES


def test_what_is_listed_says_whose_it_is(
    store_shop: StoreShop, work: PublishWork, approved: Approve, receive: Callable[..., int]
) -> None:
    gid = store_shop.create_product("Oxford")
    approved(gid, "Shirts")
    work_off(work)
    review_id = receive(gid, State.PENDING)
    with work.bot.database.writing() as session:
        product = session.scalars(select(Product)).one()
        assert not set_by_person(product)
        product.category_id, product.category_name = DRESSES, "Dresses"
    with work.bot.database.reading() as session:
        told = as_json(session.get_one(Review, review_id))
    assert told["store_category"] == {"id": DRESSES, "name": "Dresses"}
    assert told["set_by_person"] is True


def test_nothing_is_written_before_a_decision(
    store: DevStore, store_shop: StoreShop, work: PublishWork, receive: Callable[..., int]
) -> None:
    receive(store_shop.create_product("Oxford"), State.PENDING)
    receive(store_shop.create_product("Brogue"), State.SKIPPED)
    receive(store_shop.create_product("Sandal"), State.RECEIVED)
    for _ in range(3):
        assert work.one_batch() == 0
    assert store.ledger.entries() == []
