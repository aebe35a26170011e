"""Reading a catalogue page by page: what changed since a moment, cursors that stay good, where it ends."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from shopify_bot.devstore import DevStore, Shop
from shopify_bot.devstore.api.connection import DEEPEST
from tests.devstore.conftest import SHIRTS, Client
from tests.devstore.operations import TAGS_ADD, UPDATE

PAGE = """query Page($first: Int!, $after: String, $q: String, $key: ProductSortKeys!, $reverse: Boolean) {
  products(first: $first, after: $after, query: $q, sortKey: $key, reverse: $reverse) {
    nodes { id updatedAt }
    edges { cursor }
    pageInfo { hasNextPage endCursor }
  }
}"""
NOON = datetime(2026, 11, 20, 12, tzinfo=UTC)


@pytest.fixture
def made(shop: Shop) -> list[str]:
    """Seven products, each changed a minute after the one before it, two of them in the same moment."""
    made = [shop.create_product(f"Product {number}") for number in range(7)]
    for number, id in enumerate(made):
        shop.product(id).updated_at = NOON + timedelta(minutes=min(number, 5))
    return made


def page(client: Client, **variables: Any) -> dict[str, Any]:
    found: dict[str, Any] = client.data(PAGE, **{"first": 3, "key": "UPDATED_AT", **variables})["products"]
    return found


def ids(page: dict[str, Any]) -> list[str]:
    return [node["id"] for node in page["nodes"]]


@pytest.mark.parametrize("key", ["UPDATED_AT", "ID", "CREATED_AT", "TITLE"])
@pytest.mark.parametrize("reverse", [False, True])
def test_pages_hold_each_product_once(client: Client, made: list[str], key: str, reverse: bool) -> None:
    seen, after, more = [], None, True
    while more:
        found = page(client, after=after, key=key, reverse=reverse)
        seen += ids(found)
        after, more = found["pageInfo"]["endCursor"], found["pageInfo"]["hasNextPage"]
    assert seen == (made[::-1] if reverse else made)


def test_cursor_stays_good_when_its_product_changes_or_goes(
    client: Client, shop: Shop, made: list[str]
) -> None:
    cursor = page(client)["pageInfo"]["endCursor"]
    shop.update_product(made[1], title="Changed")
    assert ids(page(client, after=cursor)) == made[3:6]
    shop.delete_product(made[2])
    assert ids(page(client, after=cursor, first=9)) == [*made[3:], made[1]]
    query = f"updated_at:>='{NOON + timedelta(minutes=4):%Y-%m-%dT%H:%M:%SZ}'"
    assert ids(page(client, after=cursor, q=query, first=2)) == made[4:6]


def test_cursor_of_another_sorting_is_refused(client: Client, made: list[str]) -> None:
    cursor = page(client, key="ID")["pageInfo"]["endCursor"]
    (error,) = client.errors(PAGE, first=3, after=cursor, key="UPDATED_AT")
    assert "Invalid cursor" in error["message"]


@pytest.mark.parametrize(
    ("query", "first", "last"),
    [
        ("updated_at:>='2026-11-20T12:03:00Z'", 3, 7),
        ('updated_at:>="2026-11-20T12:03:00+00:00"', 3, 7),
        ("updated_at:>2026-11-20T12:03:00Z", 4, 7),
        ("updated_at:>='2026-11-20T13:03:00+01:00'", 3, 7),
        ("updated_at:<'2026-11-20T12:01:00'", 0, 1),
        ("updated_at:>='2026-11-20T12:02:00Z' updated_at:<'2026-11-20T12:04:00Z'", 2, 4),
        ("updated_at:<='2024'", 0, 0),
        ("updated_at:<now status:draft", 0, 7),
        ("updated_at:>soon", 0, 7),
        ("status:active", 0, 0),
        ("status:active OR updated_at:<'2026-11-20T12:01:00Z'", 0, 1),
        ("(title:'product 5' OR title:'product 6') AND NOT title:6", 5, 6),
        ("(((", 0, 7),
    ],
)
def test_search_by_moments(client: Client, made: list[str], query: str, first: int, last: int) -> None:
    assert ids(page(client, q=query, first=9)) == made[first:last]


def test_search_by_ids(client: Client, made: list[str]) -> None:
    number = made[4].rpartition("/")[2]
    assert ids(page(client, q=f"id:{number}")) == [made[4]]
    assert ids(page(client, q=f"id:>={number}")) == made[4:]


def test_every_write_moves_updated_at(client: Client, shop: Shop, made: list[str]) -> None:
    writes: tuple[Callable[[str], object], ...] = (
        lambda id: client.data(UPDATE, product={"id": id, "category": SHIRTS}),
        lambda id: client.data(TAGS_ADD, id=id, tags=["new"]),
        lambda id: shop.update_product(id, vendor="Acme"),
    )
    for id, write in zip(made, writes, strict=False):
        write(id)
        assert ids(page(client, reverse=True, first=1)) == [id]
        assert shop.product(id).updated_at > NOON + timedelta(hours=1)


def test_same_write_again_leaves_updated_at(client: Client, shop: Shop, made: list[str]) -> None:
    client.data(UPDATE, product={"id": made[0], "category": SHIRTS})
    moment = shop.product(made[0]).updated_at
    client.data(UPDATE, product={"id": made[0], "category": SHIRTS})
    assert shop.product(made[0]).updated_at == moment


def test_paging_ends_somewhere(client: Client, store: DevStore, made: list[str]) -> None:
    assert store.around.deepest_page == DEEPEST == 25_000
    store.around.deepest_page = 6
    second = page(client, after=page(client)["pageInfo"]["endCursor"])
    assert second["pageInfo"]["hasNextPage"] is True
    (error,) = client.errors(PAGE, first=3, after=second["pageInfo"]["endCursor"], key="UPDATED_AT")
    assert "limited to the first 6 objects" in error["message"]
    assert error["extensions"]["code"] == "BAD_REQUEST"


def test_online_store_url(client: Client, shop: Shop, made: list[str]) -> None:
    query = "query Q($id: ID!) { product(id: $id) { onlineStoreUrl } }"
    shop.product(made[0]).published[shop.publication("online_store").id] = NOON
    assert client.data(query, id=made[0])["product"]["onlineStoreUrl"] is None
    shop.update_product(made[0], status="ACTIVE")
    url = client.data(query, id=made[0])["product"]["onlineStoreUrl"]
    assert url == f"https://{shop.domain}/products/product-0"
