"""Reads the query inside of bulkOperationRunQuery, and refuses what cannot be run in bulk.

After https://shopify.dev/docs/api/usage/bulk-operations/queries; in Shopify's words where they are known.
"""

from dataclasses import dataclass

from graphql import (
    DocumentNode,
    GraphQLError,
    OperationDefinitionNode,
    OperationType,
    get_operation_ast,
    parse,
    validate,
)

from shopify_bot.devstore.api.bulk_shape import Place, Shape, connections, shape_of
from shopify_bot.devstore.api.refusals import Refused
from shopify_bot.devstore.api.schema import api_schema

MOST_CONNECTIONS = 5
DEEPEST = 2


@dataclass(frozen=True)
class BulkQuery:
    """A query that may be run in bulk, with its one root field."""

    document: DocumentNode
    shape: Shape
    root_key: str

    @property
    def root(self) -> Shape:
        """The shape of the root field."""
        return self.shape.fields[self.root_key]


def read(text: str) -> BulkQuery:
    """The query, checked. Raises Refused."""
    document, operation = _parsed(text)
    shape = shape_of(api_schema(), document, operation)
    places = list(connections(shape))
    for problem in (
        _root_problem(operation, shape),
        _number_problem(places),
        _nesting_problem(places),
        _list_problem(places),
        _id_problem(places),
    ):
        if problem:
            raise _refused(problem)
    return BulkQuery(document, shape, next(iter(shape.fields)))


def _parsed(text: str) -> tuple[DocumentNode, OperationDefinitionNode]:
    try:
        document = parse(text)
    except GraphQLError as error:
        raise _refused(f"Invalid bulk query: {error.message}") from error
    if errors := validate(api_schema(), document):
        raise _refused(f"Invalid bulk query: {', '.join(error.message for error in errors)}")
    operation = get_operation_ast(document, None)
    if operation is None or operation.operation is not OperationType.QUERY:
        raise _refused("Invalid bulk query: there must be one operation, and it must be a query")
    if operation.variable_definitions:
        raise _refused("Invalid bulk query: variables are not supported")
    return document, operation


def _root_problem(operation: OperationDefinitionNode, shape: Shape) -> str | None:
    if len(operation.selection_set.selections) > 1 or len(shape.fields) > 1:
        return "Bulk queries must have a single top-level field."
    if any(below.name in ("node", "nodes") for below in shape.fields.values()):
        return "Bulk queries cannot use the top-level node and nodes fields."
    return None


def _number_problem(places: list[Place]) -> str | None:
    if not places:
        return "Bulk queries must contain at least one connection."
    if len(places) > MOST_CONNECTIONS:
        return f"Bulk queries cannot contain more than {MOST_CONNECTIONS} connections."
    return None


def _nesting_problem(places: list[Place]) -> str | None:
    if any(place.depth > DEEPEST for place in places):
        return f"Bulk queries cannot contain connections with a nesting depth greater than {DEEPEST}."
    return None


def _list_problem(places: list[Place]) -> str | None:
    if any(place.in_list for place in places):
        return "Queries that contain a connection field within a list field are not currently supported."
    return None


def _id_problem(places: list[Place]) -> str | None:
    without = [p.connection.name for p in places if p.parent is not None and not p.parent.selects_id]
    if not without:
        return None
    return (
        "The parent 'node' field for a nested connection must select the 'id' field without an alias and "
        f"must be of 'ID' return type. Connection fields without 'id': {', '.join(without)}."
    )


def _refused(message: str) -> Refused:
    return Refused(message, "query", code="INVALID")
