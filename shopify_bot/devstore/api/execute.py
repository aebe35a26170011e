"""Runs one GraphQL request against a shop: parse, check, charge, execute."""

from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from graphql import (
    DocumentNode,
    FieldNode,
    GraphQLError,
    OperationDefinitionNode,
    OperationType,
    execute_sync,
    get_operation_ast,
    parse,
    validate,
)

from shopify_bot.devstore.api.cost import LARGEST_QUERY, MUTATION_COST, actual, estimate
from shopify_bot.devstore.api.refusals import coded
from shopify_bot.devstore.api.schema import api_schema, field_of, type_of
from shopify_bot.devstore.shop import Shop


@dataclass(frozen=True)
class Request:
    """A request that parsed and passed validation, or the errors that it did not."""

    document: DocumentNode | None
    operation: OperationDefinitionNode | None
    variables: dict[str, Any]
    errors: tuple[GraphQLError, ...]
    cost: int

    @property
    def name(self) -> str:
        """The operation's name, or an empty text."""
        return self.operation.name.value if self.operation and self.operation.name else ""

    @property
    def fields(self) -> tuple[str, ...]:
        """The root fields that it asks for."""
        nodes = self.operation.selection_set.selections if self.operation else ()
        return tuple(node.name.value for node in nodes if isinstance(node, FieldNode))


def read(query: str, variables: dict[str, Any], operation_name: str | None) -> Request:
    """Parse and validate a request and say what it may cost."""
    document, errors = _document(query)
    operation = get_operation_ast(document, operation_name) if document and not errors else None
    if operation is None or document is None:
        errors = errors or (GraphQLError("No operation named " + repr(operation_name)),)
        return Request(document, None, variables, errors, 0)
    return Request(document, operation, variables, (), estimate(api_schema(), document, operation, variables))


def run(request: Request, shop: Shop) -> dict[str, Any]:
    """The answer's JSON. Charges the shop's bucket; THROTTLED when there is too little in it."""
    if request.errors:
        return {"errors": [error.formatted for error in request.errors]}
    if request.cost > LARGEST_QUERY:
        return {"errors": [_too_costly(request.cost).formatted]}
    if not shop.bucket.take(request.cost):
        return throttled(request, shop)
    assert request.document
    with shop.lock:
        result = execute_sync(
            api_schema(),
            request.document,
            context_value=shop,
            variable_values=request.variables,
            operation_name=request.name or None,
            field_resolver=field_of,
            type_resolver=type_of,
        )
    spent = _spent(request, result.data)
    shop.bucket.give_back(request.cost - spent)
    return {**result.formatted, "extensions": _cost(request, shop, spent)}


def throttled(request: Request, shop: Shop) -> dict[str, Any]:
    """The answer of an empty bucket, which comes with HTTP 200."""
    error = coded("Throttled", "THROTTLED", documentation="https://shopify.dev/api/usage/rate-limits")
    return {"errors": [error.formatted], "extensions": _cost(request, shop, None)}


@lru_cache(maxsize=512)
def _document(query: str) -> tuple[DocumentNode | None, tuple[GraphQLError, ...]]:
    try:
        document = parse(query)
    except GraphQLError as error:
        return None, (error,)
    return document, tuple(validate(api_schema(), document))


def _spent(request: Request, data: Any) -> int:
    mutates = request.operation and request.operation.operation is OperationType.MUTATION
    least = MUTATION_COST if mutates else 1
    return min(request.cost, max(least, actual(data)))


def _cost(request: Request, shop: Shop, spent: int | None) -> dict[str, Any]:
    status = shop.bucket.status().as_json()
    return {"cost": {"requestedQueryCost": request.cost, "actualQueryCost": spent, "throttleStatus": status}}


def _too_costly(cost: int) -> GraphQLError:
    return coded(
        f"Query cost is {cost}, which exceeds the single query max cost limit ({LARGEST_QUERY}).",
        "MAX_COST_EXCEEDED",
        cost=cost,
        maxCost=LARGEST_QUERY,
        documentation="https://shopify.dev/api/usage/rate-limits",
    )
