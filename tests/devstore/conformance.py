"""Compares schemas and operations with Shopify's official schema, of which no copy is kept here.

SHOPIFY_SCHEMA_JSON names the file: an introspection result under `data`, plain or gzipped, as the npm package
@shopify/dev-mcp@1.16.0 carries it in dist/data/admin_2026-10.json.gz.
"""

import gzip
import json
import os
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from graphql import (
    GraphQLEnumType,
    GraphQLInputObjectType,
    GraphQLInterfaceType,
    GraphQLNamedType,
    GraphQLObjectType,
    GraphQLSchema,
    NoDeprecatedCustomRule,
    build_client_schema,
    is_required_argument,
    is_required_input_field,
    parse,
    print_ast,
    specified_rules,
    validate,
)

VARIABLE = "SHOPIFY_SCHEMA_JSON"


def official_schema() -> GraphQLSchema:
    """The official schema; skips the test when the variable is not set."""
    path = os.environ.get(VARIABLE)
    if not path:
        pytest.skip(f"{VARIABLE} is not set: no official schema to compare with (see `make schema-check`)")
    return load_schema(Path(path))


@cache
def load_schema(path: Path) -> GraphQLSchema:
    """Read an introspection result. It breaks the specification in six places, so it is taken as valid."""
    raw = path.read_bytes()
    text = gzip.decompress(raw) if path.suffix == ".gz" else raw
    return build_client_schema(json.loads(text)["data"], assume_valid=True)


def operation_problems(schema: GraphQLSchema, text: str) -> list[str]:
    """What keeps a document from being valid without deprecated fields; empty when nothing does."""
    errors = validate(schema, parse(text), [*specified_rules, NoDeprecatedCustomRule])
    return [error.message for error in errors]


def subset_problems(ours: GraphQLSchema, official: GraphQLSchema) -> list[str]:
    """Where our schema promises or asks for something that the official one does not; empty for a subset."""
    problems: list[str] = []
    for name, kind in ours.type_map.items():
        if name.startswith("__"):
            continue
        theirs = official.type_map.get(name)
        if theirs is None or type(theirs) is not type(kind):
            problems.append(f"{name}: not such a type in the official schema")
        else:
            problems.extend(_type_problems(kind, theirs))
    return problems


def _type_problems(ours: GraphQLNamedType, theirs: GraphQLNamedType) -> Iterator[str]:
    match ours, theirs:
        case GraphQLEnumType(), GraphQLEnumType():
            yield from _missing(ours.name, ours.values, theirs.values)
        case GraphQLInputObjectType(), GraphQLInputObjectType():
            yield from _missing(ours.name, ours.fields, theirs.fields)
            yield from _same_inputs(ours.name, ours.fields, theirs.fields)
            if ours.is_one_of != theirs.is_one_of:
                yield f"{ours.name}: @oneOf differs"
            required = {n for n, f in theirs.fields.items() if is_required_input_field(f)}
            yield from (f"{ours.name}.{name}: required officially" for name in required - ours.fields.keys())
        case ((GraphQLObjectType() | GraphQLInterfaceType()), (GraphQLObjectType() | GraphQLInterfaceType())):
            yield from _missing(ours.name, ours.fields, theirs.fields)
            yield from _missing(ours.name, _names(ours.interfaces), _names(theirs.interfaces))
            yield from _field_problems(ours, theirs)


def _field_problems(
    ours: GraphQLObjectType | GraphQLInterfaceType, theirs: GraphQLObjectType | GraphQLInterfaceType
) -> Iterator[str]:
    for name in ours.fields.keys() & theirs.fields.keys():
        mine, official, where = ours.fields[name], theirs.fields[name], f"{ours.name}.{name}"
        if str(mine.type) != str(official.type):
            yield f"{where}: {mine.type}, officially {official.type}"
        yield from _missing(where, mine.args, official.args)
        yield from _same_inputs(where, mine.args, official.args)
        required = {n for n, a in official.args.items() if is_required_argument(a)}
        yield from (f"{where}({argument}): required officially" for argument in required - mine.args.keys())


def _same_inputs(where: str, ours: dict[str, Any], theirs: dict[str, Any]) -> Iterator[str]:
    for name in ours.keys() & theirs.keys():
        mine, official = ours[name], theirs[name]
        if str(mine.type) != str(official.type):
            yield f"{where}({name}): {mine.type}, officially {official.type}"
        if _default(mine) != _default(official):
            yield f"{where}({name}): default {_default(mine)}, officially {_default(official)}"


def _missing(where: str, ours: dict[str, Any], theirs: dict[str, Any]) -> Iterator[str]:
    for name in ours:
        if name not in theirs:
            yield f"{where}: {name} does not exist officially"
        elif getattr(theirs[name], "deprecation_reason", None) is not None:
            yield f"{where}: {name} is deprecated officially"


def _names(interfaces: Any) -> dict[str, Any]:
    return {interface.name: interface for interface in interfaces}


def _default(value: Any) -> str | None:
    return print_ast(value.default.literal) if value.default else None
