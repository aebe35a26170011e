"""The store refuses what Shopify refuses, in the words and places in which Shopify does."""

from typing import Any

import pytest
import requests

from shopify_bot.devstore import DevStore, Shop
from tests.devstore.conftest import DOMAIN, SHIRTS, Client
from tests.devstore.operations import CHANGE, CREATE, PUBLISH, TAGS_ADD, TAGS_REMOVE, UNPUBLISH, UPDATE

GONE = "gid://shopify/Product/1"


@pytest.mark.parametrize("token", ["", "shpat_wrong"])
def test_wrong_token_gets_401(client: Client, token: str) -> None:
    response = Client(client.origin, token).post("{ shop { name } }")
    assert response.status_code == 401
    assert response.json() == {
        "errors": "[API] Invalid API key or access token (unrecognized login or wrong password)"
    }


@pytest.mark.parametrize("status", [401, 402, 403, 404, 423])
def test_shop_that_is_shut_refuses_everything(client: Client, shop: Shop, product: str, status: int) -> None:
    shop.refuse_with = status
    response = client.post(UPDATE, product={"id": product, "productType": "Shirt"})
    assert response.status_code == status
    assert shop.product(product).product_type == ""


def test_fields_that_do_not_exist_are_top_level_errors(client: Client) -> None:
    (error,) = client.errors("{ shop { name shoeSize } }")
    assert error["message"] == "Cannot query field 'shoeSize' on type 'Shop'."


def test_deprecated_fields_are_not_there(client: Client, product: str) -> None:
    (error,) = client.errors(f'{{ product(id: "{product}") {{ bodyHtml }} }}')
    assert "bodyHtml" in error["message"]


@pytest.mark.parametrize("body", [b"{", b"[]", b'{"query": 3}', b'{"query": "{ x }", "variables": [1]}'])
def test_request_that_is_none_gets_400(client: Client, body: bytes) -> None:
    response = requests.post(
        f"{client.origin}/admin/api/2026-10/graphql.json",
        data=body,
        headers={"X-Shopify-Access-Token": client.token, "Content-Type": "application/json"},
        timeout=5,
    )
    assert response.status_code == 400


@pytest.mark.parametrize("version", ["2026-10", "2019-04", "unstable"])
def test_version_served_is_named_whatever_was_asked(client: Client, version: str) -> None:
    response = Client(client.origin, version=version).post("{ shop { name } }")
    assert response.status_code == 200
    assert response.headers["X-Shopify-API-Version"] == "2026-10"


@pytest.mark.parametrize(
    ("scopes", "field", "query", "variables"),
    [
        (("read_products", "write_publications"), "productUpdate", UPDATE, {"product": {"id": GONE}}),
        (("read_products",), "tagsAdd", TAGS_ADD, {"id": GONE, "tags": ["a"]}),
        (("read_products",), "tagsRemove", TAGS_REMOVE, {"id": GONE, "tags": ["a"]}),
        (("read_products",), "collectionCreate", CREATE, {"collection": {"title": "A"}}),
        (("read_products",), "collectionUpdate", CHANGE, {"collection": {"id": GONE}}),
        (("write_products", "read_publications"), "publishablePublish", PUBLISH, {"id": GONE, "input": []}),
        (("write_products",), "publishableUnpublish", UNPUBLISH, {"id": GONE, "input": []}),
        (("write_publications",), "product", '{ product(id: "gid://shopify/Product/1") { id } }', {}),
        (("write_products",), "publications", "{ publications(first: 1) { nodes { id } } }", {}),
    ],
)
def test_missing_scope_is_access_denied(
    store: DevStore, scopes: tuple[str, ...], field: str, query: str, variables: dict[str, Any]
) -> None:
    store.add_shop("narrow.myshopify.com", "shpat_narrow", scopes=scopes)
    response = Client(store.origin, "shpat_narrow").post(query, **variables)
    assert response.status_code == 200
    body = response.json()
    (error,) = body["errors"]
    assert error["extensions"]["code"] == "ACCESS_DENIED"
    assert error["path"] == [field]
    assert "requiredAccess" in error["extensions"]
    assert not (body["data"] or {}).get(field)
    assert store.ledger.entries() == []


def test_category_outside_the_taxonomy_is_refused_whole(client: Client, shop: Shop, product: str) -> None:
    wanted = {"id": product, "category": "gid://shopify/TaxonomyCategory/zz-9", "productType": "Shirt"}
    (error,) = client.errors(UPDATE, product=wanted)
    assert error["extensions"]["code"] == "INVALID_PRODUCT_TAXONOMY_NODE_ID"
    assert shop.product(product).product_type == ""


@pytest.mark.parametrize(
    ("change", "field", "message"),
    [
        ({"id": GONE}, ["id"], "Product does not exist"),
        ({"title": " "}, ["title"], "Title can't be blank"),
        ({"title": "x" * 256}, ["title"], "Title is too long (maximum is 255 characters)"),
        ({"productType": "x" * 256}, ["productType"], "Product type is too long (maximum is 255 characters)"),
        ({"tags": ["x" * 256]}, ["tags"], "Product tags is invalid"),
        ({"tags": [str(n) for n in range(251)]}, ["tags"], "Product tags cannot be more than 250"),
        (
            {"collectionsToJoin": ["gid://shopify/Collection/1"]},
            ["collectionsToJoin"],
            "Collection does not exist",
        ),
    ],
)
def test_product_update_answers_with_user_errors(
    client: Client, store: DevStore, product: str, change: dict[str, Any], field: list[str], message: str
) -> None:
    wanted = {"id": product, "category": SHIRTS, **change}
    payload = client.data(UPDATE, product=wanted)["productUpdate"]
    assert payload == {"product": None, "userErrors": [{"field": field, "message": message}]}
    assert store.ledger.entries() == []


def test_product_that_is_gone_is_null(client: Client, shop: Shop, product: str) -> None:
    shop.delete_product(product)
    query = "query Q($id: ID!) { product(id: $id) { id } nodes(ids: [$id]) { id } }"
    assert client.data(query, id=product) == {"product": None, "nodes": [None]}
    for mutation in (TAGS_ADD, TAGS_REMOVE):
        (payload,) = client.data(mutation, id=product, tags=["a"]).values()
        assert payload["userErrors"] == [{"field": ["id"], "message": "Product does not exist"}]


def test_unknown_publication_and_resource_are_user_errors(client: Client, product: str) -> None:
    elsewhere = [{"publicationId": "gid://shopify/Publication/1"}]
    payload = client.data(PUBLISH, id=product, input=elsewhere)["publishablePublish"]
    assert payload["userErrors"][0]["field"] == ["input", "0", "publicationId"]
    payload = client.data(PUBLISH, id=GONE, input=elsewhere)["publishablePublish"]
    assert payload["userErrors"] == [{"field": ["id"], "message": "Resource does not exist"}]


@pytest.mark.parametrize(
    ("query", "message"),
    [
        ('{ node(id: "17") { id } }', "Invalid global id '17'"),
        ("{ products { nodes { id } } }", "you must provide one of first or last"),
        ("{ products(first: 251) { nodes { id } } }", "first must be between 1 and 250, not 251."),
        ('{ products(first: 1, after: "nonsense") { nodes { id } } }', "Invalid cursor"),
    ],
)
def test_senseless_arguments_are_top_level_errors(client: Client, query: str, message: str) -> None:
    (error,) = client.errors(query)
    assert error["message"].startswith(message)


def test_answers_belong_to_the_shop_of_the_token(store: DevStore, client: Client, product: str) -> None:
    other = store.add_shop("other.myshopify.com", "shpat_other")
    assert other.create_product("Same number") == product, "two shops may share ids, as at Shopify"
    assert client.data("{ shop { myshopifyDomain } }") == {"shop": {"myshopifyDomain": DOMAIN}}
    theirs = Client(store.origin, "shpat_other")
    assert theirs.data("query Q($id: ID!) { product(id: $id) { title } }", id=product) == {
        "product": {"title": "Same number"}
    }
