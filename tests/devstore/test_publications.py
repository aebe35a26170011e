"""Sales channels: found by handle, published to one by one."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from shopify_bot.devstore import DevStore, Shop
from tests.devstore.conftest import DOMAIN, Client
from tests.devstore.operations import PUBLISH, UNPUBLISH

PUBLICATIONS = """{ publications(first: 10, catalogType: APP) {
  nodes { id catalog { title } channels(first: 5) { nodes { handle name } } } } }"""
STATE = """query State($id: ID!, $at: ID!) {
  product(id: $id) {
    publishedOnPublication(publicationId: $at)
    resourcePublicationsV2(first: 5, onlyPublished: false) { nodes { isPublished publication { id } } }
  }
}"""


def online_store(shop: Shop) -> str:
    return shop.publication("online_store").id


def test_online_store_is_one_of_several_and_not_the_first(client: Client) -> None:
    nodes = client.data(PUBLICATIONS)["publications"]["nodes"]
    handles = [node["channels"]["nodes"][0]["handle"] for node in nodes]
    assert sorted(handles) == ["online_store", "pos", "shop"]
    assert handles[0] != "online_store"
    assert {node["catalog"]["title"] for node in nodes} == {"Online Store", "Shop", "Point of Sale"}


def test_no_publications_of_other_kinds(client: Client) -> None:
    assert client.data("{ publications(first: 9, catalogType: MARKET) { nodes { id } } }") == {
        "publications": {"nodes": []}
    }


def test_publishing_twice_is_effective_once(
    client: Client, store: DevStore, shop: Shop, product: str
) -> None:
    where = online_store(shop)
    for _ in range(2):
        payload = client.data(PUBLISH, id=product, input=[{"publicationId": where}])["publishablePublish"]
        assert payload == {"publishable": {"resourcePublicationsCount": {"count": 1}}, "userErrors": []}
    assert [e.effective for e in store.ledger.entries(kind="published")] == [True, False]
    assert store.ledger.tally(DOMAIN, product).publications == (where,)
    assert client.data(STATE, id=product, at=where)["product"] == {
        "publishedOnPublication": True,
        "resourcePublicationsV2": {"nodes": [{"isPublished": True, "publication": {"id": where}}]},
    }


def test_unpublishing(client: Client, store: DevStore, shop: Shop, product: str) -> None:
    where = [{"publicationId": online_store(shop)}]
    client.data(PUBLISH, id=product, input=where)
    for _ in range(2):
        client.data(UNPUBLISH, id=product, input=where)
    assert shop.product(product).published == {}
    assert [e.effective for e in store.ledger.entries(kind="unpublished")] == [True, False]


def test_collections_are_published_too(client: Client, store: DevStore, shop: Shop) -> None:
    id, where = shop.create_collection("Sale"), online_store(shop)
    client.data(PUBLISH, id=id, input=[{"publicationId": where}])
    query = "query Q($id: ID!, $c: ID!) { publication(id: $id) { hasCollection(id: $c) } }"
    assert client.data(query, id=where, c=id) == {"publication": {"hasCollection": True}}
    assert [e.subject for e in store.ledger.entries(kind="published")] == [id]


@pytest.mark.parametrize(("days", "published"), [(-1, True), (1, False)])
def test_date_in_the_future_is_not_published_yet(
    client: Client, shop: Shop, product: str, days: int, published: bool
) -> None:
    where, date = online_store(shop), datetime.now(UTC) + timedelta(days=days)
    rows: list[dict[str, Any]] = [{"publicationId": where, "publishDate": date.isoformat()}]
    client.data(PUBLISH, id=product, input=rows)
    assert client.data(STATE, id=product, at=where)["product"]["publishedOnPublication"] is published


def test_draft_may_count_as_staged_only(client: Client, shop: Shop, product: str) -> None:
    where = online_store(shop)
    client.data(PUBLISH, id=product, input=[{"publicationId": where}])
    staged = {
        "publishedOnPublication": False,
        "resourcePublicationsV2": {"nodes": [{"isPublished": False, "publication": {"id": where}}]},
    }
    assert client.data(STATE, id=product, at=where)["product"] != staged
    shop.around.drafts_are_staged = True
    assert client.data(STATE, id=product, at=where)["product"] == staged
    shop.update_product(product, status="ACTIVE")
    assert client.data(STATE, id=product, at=where)["product"]["publishedOnPublication"] is True


def test_date_that_is_none_is_refused(client: Client, shop: Shop, product: str) -> None:
    rows = [{"publicationId": online_store(shop), "publishDate": "tomorrow"}]
    (error,) = client.errors(PUBLISH, id=product, input=rows)
    assert "tomorrow" in error["message"]
