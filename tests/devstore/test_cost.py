"""The cost bucket: charged before, refunded after, THROTTLED at 200 when empty, never below zero."""

import time
from concurrent.futures import ThreadPoolExecutor

import pytest
from graphql import OperationDefinitionNode, parse

from shopify_bot.devstore import DevStore, Shop
from shopify_bot.devstore.api.cost import estimate
from shopify_bot.devstore.api.schema import api_schema
from shopify_bot.devstore.bucket import PLANS, CostBucket
from tests.devstore.conftest import DOMAIN, TOKEN, Client
from tests.devstore.operations import UPDATE


@pytest.mark.parametrize(
    ("query", "cost"),
    [
        ("{ shop { name } }", 1),
        ("{ shop { name primaryDomain { url } } }", 2),
        ("{ products(first: 10) { nodes { id } } }", 2 + 10 * 1),
        ("{ products(first: 10) { edges { cursor node { id category { id } } } } }", 2 + 10 * 2),
        (
            "query Q($n: Int!) { products(first: $n) { nodes { collections(first: 5) { nodes { id } } } } }",
            2 + 20 * 8,
        ),
        ("{ ...F } fragment F on QueryRoot { shop { ...G } } fragment G on Shop { name }", 1),
        ("{ products(last: 3) { pageInfo { hasNextPage } } }", 2),
        ("{ __schema { types { name } } }", 0),
        (UPDATE, 15),
        ('mutation { tagsAdd(id: "x", tags: []) { userErrors { message } } }', 10),
    ],
)
def test_estimates(query: str, cost: int) -> None:
    document = parse(query)
    operation = document.definitions[0]
    assert isinstance(operation, OperationDefinitionNode)
    assert estimate(api_schema(), document, operation, {"n": 20}) == cost


def test_answers_state_cost_and_bucket(client: Client, product: str) -> None:
    cost = client.post("{ products(first: 100) { nodes { id } } }").json()["extensions"]["cost"]
    assert cost["requestedQueryCost"] == 102
    assert cost["actualQueryCost"] < 5
    size, rate = PLANS["enterprise"]
    assert cost["throttleStatus"]["maximumAvailable"] == size
    assert cost["throttleStatus"]["restoreRate"] == rate
    assert cost["throttleStatus"]["currentlyAvailable"] > size - 10


def test_empty_bucket_is_throttled_at_200_and_changes_nothing() -> None:
    with DevStore() as store:
        shop = store.add_shop(DOMAIN, TOKEN, bucket=(20, 50))
        product, client = shop.create_product("Shirt"), Client(store.origin)
        wanted = {"id": product, "productType": "Shirt"}
        client.data(UPDATE, product=wanted)
        response = client.post(UPDATE, product={**wanted, "productType": "Other"})
        body = response.json()
        assert response.status_code == 200
        assert body["errors"][0]["extensions"]["code"] == "THROTTLED"
        assert body["extensions"]["cost"]["actualQueryCost"] is None
        assert shop.product(product).product_type == "Shirt"
        assert shop.bucket.refused == 1
        told = store.calls.entries(answer="throttled")[0]
        time.sleep(told.wait_s)
        client.data(UPDATE, product={**wanted, "productType": "Other"})
        assert 0 < told.wait_s < 0.3
        assert store.calls.before_stated_wait() == []


def test_too_costly_query_is_refused_without_a_charge(client: Client) -> None:
    (error,) = client.errors(
        "{ products(first: 250) { nodes { collections(first: 250) { nodes { id } } } } }"
    )
    assert error["extensions"]["code"] == "MAX_COST_EXCEEDED"


def test_bucket_never_goes_below_zero() -> None:
    bucket = CostBucket(100, 1_000)
    with ThreadPoolExecutor(8) as pool:
        taken = sum(pool.map(bucket.take, [7] * 400))
    assert taken > 10
    assert 0 <= bucket.lowest < 7


def test_bucket_counts_what_it_refused(store: DevStore, shop: Shop, client: Client) -> None:
    bucket = CostBucket(10, 0)
    assert [bucket.take(8), bucket.take(8), bucket.take(2)] == [True, False, True]
    assert (bucket.refused, bucket.as_json()["refused"], bucket.as_json()["lowest"]) == (1, 1, 0)
    store.faults.plan("throttled")
    client.post("{ shop { name } }")
    assert shop.bucket.refused == 0


def test_refund_does_not_overfill() -> None:
    bucket = CostBucket(100, 1)
    bucket.give_back(50)
    assert bucket.status().currently_available == 100


def test_calls_before_the_stated_wait_are_found() -> None:
    with DevStore() as store:
        store.add_shop(DOMAIN, TOKEN)
        store.faults.set(retry_after_s=5)
        store.faults.plan("429")
        client = Client(store.origin)
        client.post("{ shop { name } }")
        time.sleep(0.1)
        client.post("query Early { shop { name } }")
        ((told, early),) = store.calls.before_stated_wait()
        assert (told.answer, told.wait_s, early.operation) == ("429", 5, "Early")
