"""Products: what is written, what a write changes, and how they are found again."""

from typing import Any

import pytest

from shopify_bot.devstore import DevStore, Shop
from tests.devstore.conftest import DOMAIN, JEANS, SHIRTS, Client
from tests.devstore.operations import TAGS_ADD, TAGS_REMOVE, UPDATE


def test_new_products_are_drafts(client: Client, product: str) -> None:
    query = "query Q($id: ID!) { product(id: $id) { status handle vendor publishedAt category { id } } }"
    assert client.data(query, id=product)["product"] == {
        "status": "DRAFT",
        "handle": "blue-shirt",
        "vendor": "Acme",
        "publishedAt": None,
        "category": None,
    }


def test_update_writes_and_the_ledger_shows_it(client: Client, store: DevStore, product: str) -> None:
    wanted = {"id": product, "category": SHIRTS, "productType": "Shirt", "status": "ACTIVE", "title": "Shirt"}
    found = client.data(UPDATE, product=wanted)["productUpdate"]["product"]
    assert (found["title"], found["status"], found["productType"]) == ("Shirt", "ACTIVE", "Shirt")
    assert found["category"] == {
        "id": SHIRTS,
        "fullName": "Apparel & Accessories > Clothing > Clothing Tops > Shirts",
    }
    written = {
        (e.kind, e.before, e.after, e.effective) for e in store.ledger.entries(DOMAIN, subject=product)
    }
    assert written == {
        ("category_written", None, SHIRTS, True),
        ("product_type_written", "", "Shirt", True),
        ("status_written", "DRAFT", "ACTIVE", True),
        ("title_written", "Blue Shirt", "Shirt", True),
    }


def test_repeated_write_is_in_the_ledger_but_not_effective(
    client: Client, store: DevStore, product: str
) -> None:
    for category in (SHIRTS, SHIRTS, JEANS, None):
        client.data(UPDATE, product={"id": product, "category": category})
    entries = store.ledger.entries(kind="category_written", subject=product)
    assert [entry.effective for entry in entries] == [True, False, True, True]
    assert store.ledger.tally(DOMAIN, product).category_writes == 3


def test_update_overwrites_tags_and_tags_add_does_not(client: Client, shop: Shop, store: DevStore) -> None:
    product = shop.create_product("Shirt", tags=("summer", "sale"))
    client.data(TAGS_ADD, id=product, tags=["Shirts", "SALE", "a, b"])
    assert shop.product(product).tags == ["a", "b", "sale", "Shirts", "summer"]
    assert store.ledger.tally(DOMAIN, product).tags_removed == 0
    client.data(UPDATE, product={"id": product, "tags": ["summer", "new"]})
    assert shop.product(product).tags == ["new", "summer"]
    assert store.ledger.tally(DOMAIN, product).tags_removed == 1


def test_tags_remove_takes_only_what_is_named(client: Client, shop: Shop, store: DevStore) -> None:
    product = shop.create_product("Shirt", tags=("summer", "sale"))
    client.data(TAGS_REMOVE, id=product, tags=["SALE", "unknown"])
    assert shop.product(product).tags == ["summer"]
    client.data(TAGS_REMOVE, id=product, tags=["sale"])
    assert [e.effective for e in store.ledger.entries(kind="tags_removed")] == [True, False]


@pytest.mark.parametrize(
    ("query", "titles"),
    [
        (None, ["Apron", "Boot", "Coat"]),
        ("status:active", ["Boot"]),
        ("status:active,draft", ["Apron", "Boot", "Coat"]),
        ("-status:active", ["Apron", "Coat"]),
        ("tag:warm vendor:acme", ["Coat"]),
        ("title:'Boot'", ["Boot"]),
        ("title:C*", ["Coat"]),
        ("coat", ["Coat"]),
        ("co*", ["Coat"]),
        ("oat", []),
        ("updated_at:>2020-01-01T00:00:00Z", ["Apron", "Boot", "Coat"]),
        ("updated_at:<'2020-01-01'", []),
    ],
)
def test_search(client: Client, shop: Shop, query: str | None, titles: list[str]) -> None:
    shop.create_product("Apron")
    shop.create_product("Boot", status="ACTIVE", tags=("warm",))
    shop.create_product("Coat", tags=("warm",), vendor="Acme")
    found = client.data(
        "query Q($q: String) { products(first: 9, query: $q, sortKey: TITLE) { nodes { title } } }", q=query
    )
    assert [node["title"] for node in found["products"]["nodes"]] == titles


def test_paging_sees_each_product_once_while_others_come(client: Client, shop: Shop) -> None:
    made = [shop.create_product(f"Product {number}") for number in range(7)]
    query = """query Q($after: String) {
      products(first: 3, after: $after) { nodes { id } pageInfo { hasNextPage endCursor } }
    }"""
    seen: list[str] = []
    page: dict[str, Any] = {"hasNextPage": True, "endCursor": None}
    while page["hasNextPage"]:
        found = client.data(query, after=page["endCursor"])["products"]
        seen += [node["id"] for node in found["nodes"]]
        page = found["pageInfo"]
        if len(seen) == 3:
            made.append(shop.create_product("Latecomer"))
    assert seen == made


def test_counting(client: Client, shop: Shop) -> None:
    for number in range(4):
        shop.create_product(f"Product {number}", status="ACTIVE" if number else "DRAFT")
    query = "query Q($q: String, $n: Int) { productsCount(query: $q, limit: $n) { count precision } }"
    for variables, count, precision in (
        ({}, 4, "EXACT"),
        ({"q": "status:active"}, 3, "EXACT"),
        ({"n": 2}, 2, "AT_LEAST"),
        ({"n": None}, 4, "EXACT"),
    ):
        assert client.data(query, **variables) == {"productsCount": {"count": count, "precision": precision}}


def test_last_page_backwards(client: Client, shop: Shop) -> None:
    made = [shop.create_product(f"Product {number}") for number in range(4)]
    found = client.data("{ products(last: 2) { edges { node { id } } pageInfo { hasPreviousPage } } }")
    assert [edge["node"]["id"] for edge in found["products"]["edges"]] == made[2:]
    assert found["products"]["pageInfo"]["hasPreviousPage"] is True


def test_handles_are_unique(client: Client, shop: Shop) -> None:
    shop.create_product("Blue Shirt")
    second = shop.create_product("Blue shirt!")
    query = 'query Q { productByIdentifier(identifier: {handle: "blue-shirt-1"}) { id } }'
    assert client.data(query) == {"productByIdentifier": {"id": second}}


def test_merchants_own_edits_stay_out_of_the_ledger(shop: Shop, store: DevStore, product: str) -> None:
    shop.update_product(product, category=SHIRTS, title="Renamed")
    assert shop.product(product).category == SHIRTS
    assert store.ledger.entries() == []
    with pytest.raises(TypeError, match="no shoe_size"):
        shop.update_product(product, shoe_size=43)
