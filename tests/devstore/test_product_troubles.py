"""Trouble with one product on request: writes that are refused, and a product that goes before the write."""

from collections.abc import Callable
from typing import Any

import pytest

from shopify_bot.devstore import DevStore, DevStoreError, Shop
from tests.devstore.conftest import SHIRTS, Client
from tests.devstore.operations import CHANGE, CREATE, PUBLISH, TAGS_ADD, UPDATE


def test_refused_product_takes_no_write(client: Client, shop: Shop, store: DevStore, product: str) -> None:
    other = shop.create_product("Coat")
    shop.refuse_product(product, "Category is not allowed here")
    refused = client.data(UPDATE, product={"id": product, "category": SHIRTS})["productUpdate"]
    assert refused == {
        "product": None,
        "userErrors": [{"field": None, "message": "Category is not allowed here"}],
    }
    assert store.ledger.entries() == []
    assert client.data(UPDATE, product={"id": other, "category": SHIRTS})["productUpdate"]["product"]
    shop.refuse_product(product, None)
    assert client.data(UPDATE, product={"id": product, "category": SHIRTS})["productUpdate"]["product"]


def update(client: Client, shop: Shop, product: str) -> Any:
    return client.data(UPDATE, product={"id": product, "category": SHIRTS})["productUpdate"]


def tag(client: Client, shop: Shop, product: str) -> Any:
    return client.data(TAGS_ADD, id=product, tags=["a"])["tagsAdd"]


def publish(client: Client, shop: Shop, product: str) -> Any:
    rows = [{"publicationId": shop.publication("online_store").id}]
    return client.data(PUBLISH, id=product, input=rows)["publishablePublish"]


def join(client: Client, shop: Shop, product: str) -> Any:
    sources = [{"source": {"title": "Hand-picked"}}]
    made = client.data(CREATE, collection={"title": "Tops", "sources": sources})["collectionCreate"]
    collection = made["collection"]
    inclusion = {"selectionsToAdd": [{"productId": product}]}
    update = {"condition": {"id": collection["sources"][0]["id"], "inclusion": inclusion}}
    wanted = {"id": collection["id"], "sourcesToUpdate": [update]}
    return client.data(CHANGE, collection=wanted)["collectionUpdate"]


@pytest.mark.parametrize("write", [update, tag, publish, join])
def test_product_goes_between_reading_and_writing(
    client: Client, shop: Shop, product: str, write: Callable[[Client, Shop, str], Any]
) -> None:
    shop.vanish_product(product)
    read = "query Q($id: ID!) { product(id: $id) { id } }"
    assert client.data(read, id=product)["product"] == {"id": product}
    assert "does not exist" in write(client, shop, product)["userErrors"][0]["message"]
    assert client.data(read, id=product)["product"] is None


def test_only_a_product_there_is_can_vanish(shop: Shop) -> None:
    with pytest.raises(DevStoreError, match="has no product"):
        shop.vanish_product("gid://shopify/Product/1")
