"""Collections as the store takes them: made once whatever it answers, under the handles of their titles."""

from collections.abc import Callable

import pytest

from shopify_bot.bot import Bot
from shopify_bot.devstore import DevStore
from shopify_bot.devstore import Shop as StoreShop
from shopify_bot.devstore.faults import FaultKind
from shopify_bot.jobs.publish import PublishWork
from shopify_bot.shopify.collections import handle_of
from shopify_bot.states import State
from shopify_bot.stores import Stores
from tests.bot.conftest import find, make_due
from tests.bot.test_publishing_mapped import map_label
from tests.bot.test_reverting import work_off

Approve = Callable[..., int]


@pytest.fixture
def work(served: Bot, stores: Stores) -> PublishWork:
    return PublishWork(served, stores)


@pytest.mark.parametrize("fault", ["5xx", "timeout_after_apply"])
def test_a_list_of_its_own_is_given_once_whatever_the_store_answers(
    store: DevStore, store_shop: StoreShop, work: PublishWork, approved: Approve, fault: FaultKind
) -> None:
    """Asked for again, the store would make another one."""
    theirs = store_shop.create_collection("Spring", shareable=True)
    map_label(work.bot, collection_kind="existing", collection_gid=theirs, collection_title="Spring")
    review_id = approved(store_shop.create_product("Oxford"), "Shirts")
    store.faults.set(timeout_s=0.05)
    store.faults.plan(fault, operation="CollectionUpdate")
    work.bot.settings.retry_s = (0.0,) * 5
    work_off(work)
    make_due(work.bot)
    work_off(work)
    assert find(work.bot, review_id).state == State.PUBLISHED
    assert len(store_shop.collections[theirs].sources) == 2


def test_titles_in_any_alphabet_are_collections_of_their_own(
    store_shop: StoreShop, work: PublishWork, approved: Approve
) -> None:
    titles = {"Shirts": "\u30b7\u30e3\u30c4", "Watches": "\u0427\u0430\u0441\u044b", "Heels": "Caf\u00e9"}
    for label, title in titles.items():
        map_label(work.bot, label, collection_kind="made", collection_title=title)
        approved(store_shop.create_product(label), label)
    work_off(work)
    assert {each.title for each in store_shop.collections.values()} == set(titles.values())


@pytest.mark.parametrize(
    ("title", "handle"),
    [
        ("Women's Tops (new)", "womens-tops-new"),
        ("Caf\u00e9 & Bar", "cafe-bar"),
        ("\u65e5\u672c", "\u65e5\u672c"),
        ("\u30ac\u30a6\u30f3", "\u30ac\u30a6\u30f3"),
        ("A" * 255, "a" * 200),
        ("\u2728", "collection-c0cc703f"),
    ],
)
def test_a_handle_is_what_shopify_makes_of_a_title(title: str, handle: str) -> None:
    assert handle_of(title) == handle
