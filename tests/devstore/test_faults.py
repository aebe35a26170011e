"""Faults on request: each as Shopify or the network would show it, the same series for the same seed."""

import time

import pytest
import requests

from shopify_bot.devstore import DevStore, DevStoreError, Shop
from shopify_bot.devstore.faults import Faults, read_settings
from tests.devstore.conftest import Client
from tests.devstore.operations import UPDATE


def change(client: Client, product: str) -> requests.Response:
    return client.post(UPDATE, product={"id": product, "productType": "Shirt"})


def test_429_says_when_to_come_back(client: Client, store: DevStore, shop: Shop, product: str) -> None:
    store.faults.set(rate_429=1, retry_after_s=2)
    response = change(client, product)
    assert (response.status_code, response.headers["Retry-After"]) == (429, "2.0")
    assert shop.product(product).product_type == ""


def test_5xx(client: Client, store: DevStore, shop: Shop, product: str) -> None:
    store.faults.set(rate_5xx=1)
    assert change(client, product).status_code == 503
    assert shop.product(product).product_type == ""


def test_throttled_in_200_states_a_wait(client: Client, store: DevStore, shop: Shop, product: str) -> None:
    shop.bucket.restore_rate = 10
    store.faults.set(throttled=1, throttled_s=1.0)
    body = change(client, product).json()
    assert body["errors"][0]["extensions"]["code"] == "THROTTLED"
    cost = body["extensions"]["cost"]
    missing = cost["requestedQueryCost"] - cost["throttleStatus"]["currentlyAvailable"]
    assert 0.5 < missing / cost["throttleStatus"]["restoreRate"] < 1.5
    assert shop.product(product).product_type == ""


def test_timeout_after_apply_changes_and_hides_it(
    client: Client, store: DevStore, shop: Shop, product: str
) -> None:
    store.faults.set(timeout_after_apply=1, timeout_s=0.1)
    began = time.monotonic()
    with pytest.raises(requests.ConnectionError):
        change(client, product)
    assert time.monotonic() - began >= 0.1
    assert shop.product(product).product_type == "Shirt"
    assert store.ledger.tally(shop.domain, product).category_writes == 0
    assert len(store.ledger.entries(kind="product_type_written", effective=True)) == 1


def test_reset_comes_before_anything_happens(
    client: Client, store: DevStore, shop: Shop, product: str
) -> None:
    store.faults.set(reset=1)
    with pytest.raises(requests.ConnectionError, match="reset"):
        change(client, product)
    assert shop.product(product).product_type == ""


def test_delay(client: Client, store: DevStore) -> None:
    store.faults.set(delay_s=0.15)
    began = time.monotonic()
    client.data("{ shop { name } }")
    assert time.monotonic() - began >= 0.15


def test_calls_say_how_each_was_answered(client: Client, store: DevStore, product: str) -> None:
    for kind in ("429", "5xx", "throttled", "reset"):
        store.faults.plan(kind)
        try:
            change(client, product)
        except requests.ConnectionError:
            assert kind == "reset"
    time.sleep(0.05)
    change(client, product)
    assert [call.answer for call in store.calls.entries(operation="Update")] == [
        "429",
        "5xx",
        "throttled",
        "reset",
        "ok",
    ]
    assert {call.fields for call in store.calls.entries(operation="Update")} == {("productUpdate",)}


def test_planned_fault_waits_for_its_operation(client: Client, store: DevStore, product: str) -> None:
    store.faults.plan("5xx", operation="Update")
    assert client.post("{ shop { name } }").status_code == 200
    assert [change(client, product).status_code for _ in range(2)] == [503, 200]


def test_same_seed_same_series() -> None:
    def series(seed: int) -> list[str | None]:
        faults = Faults(seed)
        faults.set(rate_429=0.2, rate_5xx=0.1, timeout_after_apply=0.05, throttled=0.05, reset=0.03)
        return [faults.draw("") for _ in range(500)]

    drawn = series(1)
    assert drawn == series(1) != series(2)
    assert 70 < drawn.count("429") < 130
    assert 5 < drawn.count("reset") < 30
    assert drawn.count(None) > 230


def test_faults_can_be_turned_off(client: Client, store: DevStore) -> None:
    store.faults.set(rate_5xx=1)
    store.faults.plan("429")
    store.faults.clear()
    assert client.post("{ shop { name } }").status_code == 200


def test_unknown_fault_is_named(store: DevStore) -> None:
    with pytest.raises(
        DevStoreError, match="No fault is called rate_418; there are: delay_random_s, delay_s"
    ):
        store.faults.set(rate_418=1)
    with pytest.raises(DevStoreError, match="No fault is called 418"):
        store.faults.plan("418")  # type: ignore[arg-type]


def test_faults_are_read_from_texts() -> None:
    assert read_settings(["rate_429=0.2", "delay_s = 1"]) == {"rate_429": 0.2, "delay_s": 1.0}
    for text in ("rate_429", "rate_429=much", "=", ""):
        with pytest.raises(DevStoreError, match="looks like"):
            read_settings([text])
