"""schema.graphql with its resolvers, built once per process."""

from datetime import UTC, datetime
from functools import cache
from importlib import import_module
from pathlib import Path
from typing import Any

from graphql import GraphQLError, GraphQLResolveInfo, GraphQLScalarType, GraphQLSchema, build_schema

from shopify_bot.devstore.api.registry import attach, snake

SCHEMA_FILE = Path(__file__).resolve().parent.parent / "schema.graphql"
_OTHER_NAMES = {"CategoryCondition": "CollectionSourceInclusionConditionProductCategory"}
_SUBJECTS = (
    "shop",
    "products",
    "tags",
    "media",
    "collections",
    "inclusion",
    "publications",
    "taxonomy",
    "nodes",
    "webhooks",
    "bulk_operations",
)


@cache
def api_schema() -> GraphQLSchema:
    """The executable schema."""
    schema = build_schema(SCHEMA_FILE.read_text(encoding="utf-8"))
    for subject in _SUBJECTS:
        import_module(f"shopify_bot.devstore.api.{subject}")
    attach(schema)
    moments = schema.type_map["DateTime"]
    assert isinstance(moments, GraphQLScalarType)
    moments.coerce_output_value = _write_moment
    moments.coerce_input_value = _read_moment
    return schema


def field_of(source: Any, info: GraphQLResolveInfo[Any], **_arguments: Any) -> Any:
    """A field that has no resolver of its own: the key or attribute of that name, in snake case."""
    name = snake(info.field_name)
    return source[name] if isinstance(source, dict) else getattr(source, name)


def type_of(value: Any, *_context: Any) -> str:
    """The GraphQL type of an object behind an interface: records bear the type's name."""
    return _OTHER_NAMES.get(type(value).__name__, type(value).__name__)


def _write_moment(value: Any) -> str:
    moment: datetime = value
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def _read_moment(value: Any) -> datetime:
    try:
        return datetime.fromisoformat(value)
    except (TypeError, ValueError):
        raise GraphQLError(f"{value!r} is not a moment like 2026-10-01T12:00:00Z.") from None
