"""Bulk operations: from CREATED to a file with one JSON object a line, and what can become of one."""

import json
import tracemalloc
from typing import Any

import pytest
import requests

from shopify_bot.devstore import DevStore, Shop
from shopify_bot.devstore.api.bulk_page import ROWS
from tests.devstore.conftest import DOMAIN, SHIRTS, TOKEN, Client, picture, wait_until
from tests.devstore.operations import BULK_CANCEL, BULK_RUN, BULK_STATUS

CATALOGUE = """{
  products(query: "status:active,draft") {
    edges { node {
      id title
      category { id }
      media { edges { node { ... on MediaImage { id alt image { width } } } } }
      collections { nodes { id } }
    } }
  }
}"""
IDS = "{ products { edges { node { id } } } }"


def begin(client: Client, query: str = IDS, grouped: bool = False) -> str:
    payload = client.data(BULK_RUN, query=query, grouped=grouped)["bulkOperationRunQuery"]
    assert payload["userErrors"] == []
    assert payload["bulkOperation"]["status"] in ("CREATED", "RUNNING", "COMPLETED")
    id: str = payload["bulkOperation"]["id"]
    return id


def state(client: Client, id: str) -> dict[str, Any]:
    found: dict[str, Any] = client.data(BULK_STATUS, id=id)["bulkOperation"]
    return found


def ended(client: Client, id: str, status: str = "COMPLETED") -> dict[str, Any]:
    wait_until(lambda: state(client, id)["status"] not in ("CREATED", "RUNNING", "CANCELING"), 20)
    found = state(client, id)
    assert found["status"] == status
    return found


def lines(url: str) -> list[dict[str, Any]]:
    response = requests.get(url, timeout=10)
    assert (response.status_code, response.headers["Content-Type"]) == (200, "application/jsonl")
    return [json.loads(line) for line in response.content.splitlines()]


@pytest.fixture
def furnished(shop: Shop) -> list[str]:
    """Two products, the first with two pictures and in a collection; and one that is not asked for."""
    first = shop.create_product("Shirt", picture(), category=SHIRTS)
    shop.product(first).media.append(shop.product(shop.create_product("Other", picture())).media[0])
    other = list(shop.products)[1]
    shop.update_product(other, status="ARCHIVED")
    second = shop.create_product("Coat", status="ACTIVE")
    shop.create_collection("Tops", products=(first,))
    return [first, second]


def test_rows_hang_on_their_parents(client: Client, shop: Shop, furnished: list[str]) -> None:
    found = ended(client, begin(client, CATALOGUE))
    first, second = furnished
    images = [media.id for media in shop.product(first).media]
    (collection,) = shop.collections
    assert lines(found["url"]) == [
        {"id": first, "title": "Shirt", "category": {"id": SHIRTS}},
        {"id": second, "title": "Coat", "category": None},
        {"id": images[0], "alt": "", "image": {"width": 600}, "__parentId": first},
        {"id": images[1], "alt": "", "image": {"width": 600}, "__parentId": first},
        {"id": collection, "__parentId": first},
    ]
    assert (found["type"], found["objectCount"], found["rootObjectCount"]) == ("QUERY", "5", "2")
    assert int(found["fileSize"]) == len(requests.get(found["url"], timeout=5).content)
    assert found["completedAt"] >= found["createdAt"]
    assert found["partialDataUrl"] is found["errorCode"] is None


def test_grouped_rows_stand_right_behind_their_parents(client: Client, furnished: list[str]) -> None:
    rows = lines(ended(client, begin(client, CATALOGUE, grouped=True))["url"])
    assert [row.get("__parentId", row["id"]) for row in rows] == [furnished[0]] * 4 + [furnished[1]]


def test_one_thing_with_a_connection(client: Client, shop: Shop, furnished: list[str]) -> None:
    (collection,) = shop.collections
    query = f'{{ collection(id: "{collection}") {{ id products {{ edges {{ node {{ id title }} }} }} }} }}'
    rows = lines(ended(client, begin(client, query))["url"])
    assert rows == [{"id": collection}, {"id": furnished[0], "title": "Shirt", "__parentId": collection}]


def test_nothing_found_has_no_file(client: Client, shop: Shop) -> None:
    found = ended(client, begin(client))
    assert (found["url"], found["fileSize"], found["objectCount"]) == (None, None, "0")


def test_page_arguments_and_the_end_of_paging_do_not_count(
    client: Client, shop: Shop, store: DevStore
) -> None:
    store.around.deepest_page = 3
    made = [shop.create_product(f"Product {number}") for number in range(ROWS + 2)]
    rows = lines(ended(client, begin(client, "{ products(first: 2) { nodes { id } } }"))["url"])
    assert [row["id"] for row in rows] == made


def test_large_catalogue_needs_less_memory_than_its_file() -> None:
    with DevStore() as store:
        shop = store.add_shop(DOMAIN, TOKEN)
        description = "long " * 8_000
        for number in range(1_500):
            shop.create_product(f"Product {number}", description_html=description)
        id = begin(Client(store.origin), "{ products { edges { node { id descriptionHtml tags } } } }")
        operation = shop.bulk_operations[id]
        tracemalloc.start()
        wait_until(lambda: operation.state == "COMPLETED", 20)
        peak = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        assert (operation.object_count, operation.root_object_count) == (1_500, 1_500)
        assert operation.written > 4 * peak


def test_it_is_created_then_running_then_completed(client: Client, shop: Shop, store: DevStore) -> None:
    shop.create_product("Shirt")
    store.around.bulk.seconds = 0.3
    id = begin(client)
    wait_until(lambda: state(client, id)["status"] == "RUNNING")
    assert state(client, id)["url"] is None
    ended(client, id)


def test_no_more_than_five_at_once(client: Client, store: DevStore) -> None:
    store.around.bulk.seconds = 60
    for _ in range(5):
        begin(client)
    payload = client.data(BULK_RUN, query=IDS)["bulkOperationRunQuery"]
    assert payload["bulkOperation"] is None
    assert payload["userErrors"] == [
        {
            "field": None,
            "message": "Bulk operations limit reached. Please try again later.",
            "code": "LIMIT_REACHED",
        }
    ]
    other = store.add_shop("other.myshopify.com", "shpat_other")
    begin(Client(store.origin, "shpat_other"))
    assert len(other.bulk_operations) == 1


def test_operations_are_listed_the_newest_first(client: Client, store: DevStore) -> None:
    done = begin(client)
    ended(client, done)
    store.around.bulk.seconds = 60
    running = begin(client)
    wait_until(lambda: state(client, running)["status"] == "RUNNING")
    query = """query L($q: String, $r: Boolean) {
      bulkOperations(first: 5, query: $q, sortKey: CREATED_AT, reverse: $r) { nodes { id } }
    }"""

    def ids(q: str | None = None, r: bool = False) -> list[str]:
        return [node["id"] for node in client.data(query, q=q, r=r)["bulkOperations"]["nodes"]]

    assert ids() == [running, done]
    assert ids(r=True) == [done, running]
    assert ids("status:running") == [running]
    assert ids("status:completed operation_type:query") == [done]
    assert ids("operation_type:mutation") == []
    assert client.data("query N($id: ID!) { node(id: $id) { id } }", id=done)["node"] == {"id": done}


def test_canceling(client: Client, shop: Shop, store: DevStore) -> None:
    shop.create_product("Shirt")
    store.around.bulk.seconds = 60
    id = begin(client)
    payload = client.data(BULK_CANCEL, id=id)["bulkOperationCancel"]
    assert payload == {"bulkOperation": {"id": id, "status": "CANCELING"}, "userErrors": []}
    found = ended(client, id, "CANCELED")
    assert (found["url"], found["partialDataUrl"], found["completedAt"]) == (None, None, None)
    (error,) = client.data(BULK_CANCEL, id=id)["bulkOperationCancel"]["userErrors"]
    assert error["message"] == "A bulk operation cannot be canceled when it is canceled"
    gone = client.data(BULK_CANCEL, id="gid://shopify/BulkOperation/1")["bulkOperationCancel"]
    assert gone["userErrors"][0]["field"] == ["id"]


def test_failing_leaves_what_was_written_by_then(client: Client, shop: Shop, store: DevStore) -> None:
    made = [shop.create_product(f"Product {number}") for number in range(3)]
    store.around.bulk.fail_after, store.around.bulk.fail_with = 2, "TIMEOUT"
    found = ended(client, begin(client), "FAILED")
    assert (found["errorCode"], found["url"], found["completedAt"]) == ("TIMEOUT", None, None)
    assert [row["id"] for row in lines(found["partialDataUrl"])] == made[:2]


def test_missing_scope_shows_in_the_operation(store: DevStore) -> None:
    store.add_shop(DOMAIN, TOKEN, scopes=("write_publications",))
    client = Client(store.origin)
    found = ended(client, begin(client), "FAILED")
    assert (found["errorCode"], found["partialDataUrl"]) == ("ACCESS_DENIED", None)


def test_results_need_the_signed_address_and_no_token(client: Client, shop: Shop) -> None:
    shop.create_product("Shirt")
    url = ended(client, begin(client))["url"]
    assert url.startswith(client.origin)
    assert len(lines(url)) == 1
    for wrong in (url.replace("Expires=", "Expires=9"), url[:-1], url.partition("?")[0]):
        assert requests.get(wrong, timeout=5).status_code == 403


def test_address_expires(client: Client, shop: Shop, store: DevStore) -> None:
    shop.create_product("Shirt")
    id = begin(client)
    url = ended(client, id)["url"]
    shop.bulk_operations[id].expires_at = 0
    found = ended(client, id, "EXPIRED")
    assert found["url"] is None
    store.around.bulk.url_seconds = 0
    other = begin(client)
    ended(client, other, "EXPIRED")
    assert requests.get(url, timeout=5).status_code == 200
