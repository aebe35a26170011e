"""What bulkOperationRunQuery refuses to run."""

import pytest

from shopify_bot.devstore import Shop
from tests.devstore.conftest import Client
from tests.devstore.operations import BULK_RUN

MEDIA = "media { edges { node { id } } }"
DEEP = "collections { nodes { id products { nodes { id %s } } } }"


@pytest.mark.parametrize(
    ("query", "message"),
    [
        ("{ shop { name } }", "at least one connection"),
        ("{ shop { name } products { nodes { id } } }", "a single top-level field"),
        ("{ a: products { nodes { id } } b: products { nodes { id } } }", "a single top-level field"),
        ('{ node(id: "1") { ... on Product { id media { nodes { id } } } } }', "node and nodes fields"),
        ('{ nodes(ids: ["1"]) { ... on Product { id media { nodes { id } } } } }', "node and nodes fields"),
        ("{ products { nodes { title media { nodes { id } } } } }", "Connection fields without 'id': media."),
        ("{ products { nodes { key: id media { nodes { id } } } } }", "without 'id': media."),
        (f"{{ products {{ nodes {{ id {DEEP % MEDIA} }} }} }}", "nesting depth greater than 2"),
        (
            f"{{ products {{ nodes {{ id {' '.join(f'{key}: {MEDIA}' for key in 'abcde')} }} }} }}",
            "more than 5 connections",
        ),
        (
            "{ collections { nodes { id sources { id"
            " ... on CollectionConditionsSource { products { nodes { id } } } } } } }",
            "within a list field",
        ),
        ("{ products { nodes { id shoeSize } } }", "Cannot query field 'shoeSize'"),
        ("{ products { nodes { id }", "Invalid bulk query: Syntax Error"),
        ('mutation { tagsAdd(id: "1", tags: []) { node { id } } }', "must be a query"),
        ("query Q($a: String) { products(query: $a) { nodes { id } } }", "variables are not supported"),
        ("query A { products { nodes { id } } } query B { products { nodes { id } } }", "one operation"),
    ],
)
def test_refusals(client: Client, shop: Shop, query: str, message: str) -> None:
    payload = client.data(BULK_RUN, query=query)["bulkOperationRunQuery"]
    assert payload["bulkOperation"] is None
    (error,) = payload["userErrors"]
    assert message in error["message"]
    assert (error["field"], error["code"]) == (["query"], "INVALID")
    assert shop.bulk_operations == {}


@pytest.mark.parametrize(
    "query",
    [
        f"{{ products {{ nodes {{ id {DEEP % ''} }} }} }}",
        "{ products { ...All } } fragment All on ProductConnection { edges { node { id ...One } } }"
        " fragment One on Product { media { nodes { id } } }",
        'query Named { products(query: "status:active", first: 9) { edges { cursor node { title } } } }',
    ],
)
def test_what_is_allowed(client: Client, query: str) -> None:
    payload = client.data(BULK_RUN, query=query)["bulkOperationRunQuery"]
    assert payload["userErrors"] == []
