"""The control plane under /_devstore."""

import base64
import time
from typing import Any

import pytest
import requests

from shopify_bot.devstore import DevStore, Shop
from tests.devstore.conftest import DOMAIN, SHIRTS, Client, picture
from tests.devstore.operations import PUBLISH, UPDATE


def call(store: DevStore, method: str, path: str, **given: Any) -> requests.Response:
    return requests.request(method, f"{store.origin}/_devstore/{path}", timeout=5, **given)


def test_products_with_truth_and_state(store: DevStore, client: Client, shop: Shop, product: str) -> None:
    client.data(UPDATE, product={"id": product, "category": SHIRTS, "status": "ACTIVE"})
    where = shop.publication("online_store").id
    client.data(PUBLISH, id=product, input=[{"publicationId": where}])
    collection = shop.create_collection("Topwear", products=(product,))
    (row,) = call(store, "GET", "products", params={"shop": DOMAIN}).json()
    assert row == {
        "shop": DOMAIN,
        "id": product,
        "title": "Blue Shirt",
        "created_at": shop.products[product].created_at.timestamp(),
        "truth": "Shirts",
        "trouble": "",
        "status": "ACTIVE",
        "category": SHIRTS,
        "product_type": "",
        "tags": [],
        "collections": [collection],
        "collection_titles": ["Topwear"],
        "publications": [where],
        "online": True,
        "media": ["READY"],
    }


def test_ledger_is_json_and_can_be_narrowed(store: DevStore, client: Client, product: str) -> None:
    client.data(UPDATE, product={"id": product, "category": SHIRTS, "status": "ACTIVE"})
    assert len(call(store, "GET", "ledger").json()) == 2
    (entry,) = call(store, "GET", "ledger", params={"kind": "category_written", "subject": product}).json()
    assert (entry["before"], entry["after"], entry["effective"]) == (None, SHIRTS, True)


def test_products_are_made_changed_and_deleted(store: DevStore, shop: Shop) -> None:
    wanted = {
        "shop": DOMAIN,
        "title": "Shirt",
        "picture": base64.b64encode(picture()).decode(),
        "truth": "Shirts",
    }
    made = call(store, "POST", "products", json=wanted)
    assert made.status_code == 201
    id = made.json()["id"]
    assert shop.product(id).media[0].width == 600
    call(store, "PATCH", "products", json={"shop": DOMAIN, "id": id, "title": "Renamed"})
    assert shop.product(id).title == "Renamed"
    call(store, "DELETE", "products", json={"shop": DOMAIN, "id": id})
    assert shop.products == {}


def test_faults_are_turned_on_and_off(store: DevStore, client: Client) -> None:
    assert call(store, "POST", "faults", json={"rate_5xx": 1}).json()["rate_5xx"] == 1
    assert client.post("{ shop { name } }").status_code == 503
    assert call(store, "POST", "faults", json={}).json() == call(store, "GET", "faults").json()
    assert client.post("{ shop { name } }").status_code == 200
    answers = [one["answer"] for one in call(store, "GET", "calls", params={"shop": DOMAIN}).json()]
    assert answers == ["5xx", "ok"]


def test_buckets_are_shown(store: DevStore, client: Client) -> None:
    client.data("{ products(first: 100) { nodes { id } } }")
    found = call(store, "GET", "buckets").json()[DOMAIN]
    assert (found["maximumAvailable"], found["refused"]) == (40_000, 0)
    assert found["lowest"] < 40_000 - 100


def test_webhook_settings(store: DevStore) -> None:
    call(store, "POST", "webhooks", json={"duplicates": 0.5})
    assert store.webhooks.settings.duplicates == 0.5
    assert call(store, "GET", "webhooks").json() == []


@pytest.mark.parametrize(
    ("path", "json", "message"),
    [
        ("faults", {"rate_418": 1}, "No fault is called rate_418"),
        ("products", {"shop": "none.myshopify.com", "title": "A"}, "no shop none.myshopify.com"),
    ],
)
def test_mistakes_are_answered_in_words(store: DevStore, path: str, json: Any, message: str) -> None:
    response = call(store, "POST", path, json=json)
    assert response.status_code == 400
    assert message in response.json()["error"]


def test_calls_before_a_stated_wait(store: DevStore, client: Client) -> None:
    store.faults.set(retry_after_s=5)
    store.faults.plan("429")
    client.post("{ shop { name } }")
    time.sleep(0.1)
    client.post("{ shop { name } }")
    ((told, early),) = call(store, "GET", "early-calls").json()
    assert (told["answer"], told["wait_s"], early["answer"]) == ("429", 5.0, "ok")
    assert call(store, "GET", "early-calls", params={"grace_s": 1}).json() == []
