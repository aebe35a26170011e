"""Our Admin API operations are valid for the local store, and for Shopify itself where its schema is."""

from importlib import resources
from pathlib import Path

import pytest
from graphql import build_schema

from tests.devstore.conformance import official_schema, operation_problems

OPERATIONS = sorted(
    Path(str(each)) for each in resources.files("shopify_bot.shopify").joinpath("operations").iterdir()
)
LOCAL = resources.files("shopify_bot.devstore").joinpath("schema.graphql")


@pytest.mark.parametrize("file", OPERATIONS, ids=lambda file: file.stem)
def test_valid_for_the_local_store(file: Path) -> None:
    assert operation_problems(build_schema(LOCAL.read_text("utf-8")), file.read_text("utf-8")) == []


@pytest.mark.parametrize("file", OPERATIONS, ids=lambda file: file.stem)
def test_valid_for_shopify_with_no_deprecated_field(file: Path) -> None:
    assert operation_problems(official_schema(), file.read_text("utf-8")) == []
