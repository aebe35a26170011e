"""The local store's schema promises nothing that Shopify's official 2026-10 schema does not."""

from collections.abc import Iterator

import pytest
from graphql import GraphQLSchema, build_schema

from shopify_bot.devstore.api.schema import SCHEMA_FILE
from tests.devstore.conformance import official_schema, operation_problems, subset_problems

OFFICIAL = """
    schema { query: QueryRoot }
    type QueryRoot { product(id: ID!, deep: Boolean = false): Product old: Int @deprecated(reason: "gone") }
    interface Node { id: ID! }
    type Product implements Node { id: ID! title: String! status: Status }
    enum Status { ACTIVE DRAFT }
    input Wanted { id: ID! title: String }
"""


@pytest.fixture
def ours() -> GraphQLSchema:
    return build_schema(SCHEMA_FILE.read_text(encoding="utf-8"))


def test_schema_is_a_subset_of_the_official_one(ours: GraphQLSchema) -> None:
    assert subset_problems(ours, official_schema()) == []


def changes() -> Iterator[tuple[str, str, str]]:
    yield "title: String! status", "title: String status", "Product.title: String, officially String!"
    yield "type Product implements Node", "type Product", ""
    yield "deep: Boolean = false", "deep: Boolean = true", "default true, officially false"
    yield "(id: ID!, deep: Boolean = false)", "", "QueryRoot.product(id): required officially"
    yield "ACTIVE DRAFT", "ACTIVE GONE", "Status: GONE does not exist officially"
    yield "input Wanted { id: ID!", "input Wanted { ", "Wanted.id: required officially"
    yield (
        "id: ID! title: String!",
        "id: ID! name: String title: String!",
        "Product: name does not exist officially",
    )
    yield "interface Node", "type Extra { a: Int } interface Node", "Extra: not such a type"


@pytest.mark.parametrize(("here", "instead", "problem"), list(changes()))
def test_comparison_finds_what_differs(here: str, instead: str, problem: str) -> None:
    same = OFFICIAL.replace('old: Int @deprecated(reason: "gone")', "")
    assert here in same
    found = subset_problems(build_schema(same.replace(here, instead)), build_schema(OFFICIAL))
    assert any(problem in one for one in found) if problem else found == []


def test_comparison_finds_deprecated_fields() -> None:
    ours = build_schema(OFFICIAL.replace('@deprecated(reason: "gone")', ""))
    assert subset_problems(ours, build_schema(OFFICIAL)) == ["QueryRoot: old is deprecated officially"]


def test_operations_are_checked_for_deprecated_fields() -> None:
    official = build_schema(OFFICIAL)
    assert operation_problems(official, '{ product(id: "1") { id } }') == []
    assert "deprecated" in operation_problems(official, "{ old }")[0]
    assert "Cannot query field" in operation_problems(official, "{ unheard_of }")[0]
