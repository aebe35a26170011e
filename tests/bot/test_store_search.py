"""Looking things up in the store, and whether the categories in use still stand."""

import pytest
from sqlalchemy import select

from shopify_bot.bot import Bot
from shopify_bot.chores import category_check
from shopify_bot.chores.category_check import outdated
from shopify_bot.devstore import DevStore
from shopify_bot.devstore import Shop as StoreShop
from shopify_bot.labels import label_tree
from shopify_bot.mapping import CategoryPick, change, filing
from shopify_bot.shopify import client, collection_search, taxonomy
from shopify_bot.store_search import MOST_WAITING, StoreSearch
from shopify_bot.stores import Stores
from shopify_bot.tables import CategoryCheck, Shop

SHIRTS = "gid://shopify/TaxonomyCategory/aa-1-13-7"
JEANS = "gid://shopify/TaxonomyCategory/aa-1-12-4"
NOWHERE = "gid://shopify/TaxonomyCategory/zz-9-9"


@pytest.fixture
def shop(served: Bot) -> Shop:
    with served.database.reading() as session:
        return session.scalars(select(Shop)).one()


@pytest.fixture
def search(stores: Stores) -> StoreSearch:
    return StoreSearch(stores)


def test_categories_are_found_by_a_text_current_ones_first(
    search: StoreSearch, shop: Shop, store: DevStore
) -> None:
    found = search.categories(shop, " shirts ").found
    assert SHIRTS in [each.gid for each in found]
    assert all("shirts" in each.path.casefold() for each in found)
    store.archive_category(SHIRTS)
    assert not search.categories(shop, "shirts").found[0].is_archived
    assert search.categories(shop, "  ").found == []


def test_a_category_is_looked_up_by_its_id(search: StoreSearch, shop: Shop, store: DevStore) -> None:
    store.archive_category(SHIRTS)
    found = search.category(shop, SHIRTS).found
    assert found is not None
    assert found.is_archived
    assert search.category(shop, NOWHERE).found is None


def test_categories_are_asked_for_in_batches(
    stores: Stores, shop: Shop, store: DevStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(taxonomy, "AT_ONCE", 2)
    store.archive_category(JEANS)
    ids = [SHIRTS, NOWHERE, JEANS, SHIRTS, "gid://shopify/TaxonomyCategory/aa-8-1"]
    assert taxonomy.standing(stores.client(shop), ids) == {
        SHIRTS: "current",
        NOWHERE: "unknown",
        JEANS: "archived",
        ids[-1]: "current",
    }


@pytest.mark.parametrize(
    ("text", "titles"),
    [
        ("", ["Blue Shirts", "By category", "T-Shirts"]),
        ("shi", ["Blue Shirts", "T-Shirts"]),
        ("SHIRTS blu", ["Blue Shirts"]),
        ('" OR title:*', []),
        ("*", ["Blue Shirts", "By category", "T-Shirts"]),
        ("nothing", []),
    ],
)
def test_collections_are_found_by_the_words_of_their_titles(
    search: StoreSearch, shop: Shop, store_shop: StoreShop, text: str, titles: list[str]
) -> None:
    for title in ("T-Shirts", "Blue Shirts"):
        store_shop.create_collection(title)
    store_shop.create_collection("By category", categories=(JEANS,))
    found = search.collections(shop, text).found
    assert [each.title for each in found] == titles
    assert {each.filled_by for each in found if each.title == "By category"} <= {"rules"}
    assert {each.filled_by for each in found if each.title != "By category"} <= {"hand"}


def test_a_collection_is_looked_up_by_id_or_handle(
    search: StoreSearch, shop: Shop, store_shop: StoreShop
) -> None:
    product = store_shop.create_product("A shirt")
    gid = store_shop.create_collection("Blue Shirts", products=(product,))
    by_id, by_handle = search.collection(shop, gid).found, search.collection(shop, "blue-shirts").found
    assert by_id == by_handle
    assert by_id is not None
    assert (by_id.title, by_id.count) == ("Blue Shirts", 1)
    assert search.collection(shop, "red-shirts").found is None
    assert search.collection(shop, "gid://shopify/Collection/1").found is None


@pytest.mark.parametrize(
    ("sources", "filled_by"),
    [
        ([], "hand"),
        (["CollectionSubCollectionsSource"], "others"),
        (["CollectionSubCollectionsSource", "CollectionConditionsSource"], "hand"),
    ],
)
def test_where_the_products_of_a_collection_come_from(sources: list[str], filled_by: str) -> None:
    told = [{"__typename": name, "shareable": False, "inclusion": {"conditions": []}} for name in sources]
    assert collection_search.filled_by(told) == filled_by


def test_channels_have_names_and_are_asked_for_once(
    search: StoreSearch, shop: Shop, store_shop: StoreShop, store: DevStore
) -> None:
    found = search.channels(shop).found
    assert {each.title: each.gid for each in found}["Online Store"] == store_shop.publication(
        "online_store"
    ).id
    calls = len(store.calls.entries(shop.domain))
    assert search.channels(shop).found == found
    assert len(store.calls.entries(shop.domain)) == calls


def test_a_store_that_cannot_be_asked_is_a_sentence(search: StoreSearch, store: DevStore) -> None:
    shop = Shop(id=99, domain="gone.myshopify.com", token=None, grant_type="static")
    for answer in (search.categories(shop, "a"), search.collections(shop, "a"), search.channels(shop)):
        assert answer.found == []
        assert answer.problem is not None
        assert "could not be asked" in answer.problem
    assert search.collection(shop, "a").problem


def test_a_slow_store_holds_up_a_page_for_a_moment_and_is_then_left_alone(
    stores: Stores, shop: Shop, store: DevStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(client, "HURRIED_S", 0.2)
    search = StoreSearch(stores, hurried=True)
    shown = search.channels(shop).found
    assert shown
    store.faults.set(delay_s=2.0)
    assert "could not be asked" in (search.category(shop, SHIRTS).problem or "")
    for _ in range(3):
        assert "could not be asked" in (search.collections(shop, "").problem or "")
    search.kept_channels[shop.domain] = (0.0, search.kept_channels[shop.domain][1])
    answer = search.channels(shop)
    assert (answer.found, bool(answer.problem)) == (shown, True)
    store.faults.clear()
    search.silent.clear()
    assert search.category(shop, SHIRTS).found
    assert len(store.calls.entries(operation="CollectionsSearch")) == 0


def test_a_throttling_store_holds_up_no_page(
    stores: Stores, shop: Shop, store: DevStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(client, "HURRIED_S", 0.2)
    store.faults.set(retry_after_s=30.0)
    store.faults.plan("429")
    assert "throttling" in (StoreSearch(stores, hurried=True).channels(shop).problem or "")
    assert "lets us do more in" in (StoreSearch(stores, hurried=True).channels(shop).problem or "")
    assert len(store.calls.entries()) == 1


def test_only_some_threads_wait_for_stores(stores: Stores, shop: Shop, store: DevStore) -> None:
    search = StoreSearch(stores, hurried=True)
    for _ in range(MOST_WAITING):
        assert search.turns.acquire(blocking=False)
    assert "again in a moment" in (search.categories(shop, "shirts").problem or "")
    search.turns.release()
    assert search.categories(shop, "shirts").found
    assert search.categories(shop, "shirts").found
    assert len(store.calls.entries()) == 2


def test_the_check_keeps_what_the_store_says_of_the_categories_in_use(
    served: Bot, stores: Stores, shop: Shop, store: DevStore
) -> None:
    tree = label_tree(served.settings.model)
    with served.database.writing() as session:
        session.add(CategoryCheck(shop_id=shop.id, category_id="gid://no longer", standing="archived"))
        change(session, shop, tree, "Jeans", {"category": CategoryPick(NOWHERE, "Nowhere")}, "ann")
        in_use = {filing(tree, label).category_id for label in tree.leaves if label != "Jeans"} | {NOWHERE}
    store.archive_category(filing(tree, "Shirts").category_id)
    for _ in range(2):
        said = category_check.check(served, stores, shop)
        assert said["categories"] == len(in_use)
        assert ("Shirts" in said["archived"], said["unknown"]) == (True, ["Jeans"])
    with served.database.reading() as session:
        assert set(session.scalars(select(CategoryCheck.category_id))) == in_use
        sentences = {each.label: each.sentence for each in outdated(session, shop, tree)}
    assert "is archived" in sentences["Shirts"]
    assert "not known" in sentences["Jeans"]


def test_a_label_mapped_elsewhere_is_no_longer_reported(
    served: Bot, stores: Stores, shop: Shop, store: DevStore
) -> None:
    tree = label_tree(served.settings.model)
    store.archive_category(filing(tree, "Jeans").category_id)
    category_check.check(served, stores, shop)
    with served.database.writing() as session:
        change(session, shop, tree, "Jeans", {"category": CategoryPick(SHIRTS, "Shirts")}, "ann")
        assert "Jeans" not in [each.label for each in outdated(session, shop, tree)]


def test_what_one_store_says_is_not_told_of_another(
    served: Bot, stores: Stores, shop: Shop, store: DevStore
) -> None:
    tree = label_tree(served.settings.model)
    with served.database.writing() as session:
        other = Shop(domain="other.myshopify.com")
        session.add(other)
    store.archive_category(SHIRTS)
    category_check.check(served, stores, shop)
    with served.database.reading() as session:
        assert outdated(session, shop, tree)
        assert outdated(session, other, tree) == []
