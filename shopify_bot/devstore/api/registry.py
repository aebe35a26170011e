"""Where resolvers are written down, and how they are tied to the fields of schema.graphql."""

import re
from collections.abc import Callable
from functools import wraps
from typing import Any, TypeVar

from graphql import GraphQLInputObjectType, GraphQLInterfaceType, GraphQLObjectType, GraphQLSchema

from shopify_bot.devstore.api.refusals import Refused, access_denied
from shopify_bot.devstore.shop import Shop

F = TypeVar("F", bound=Callable[..., Any])
_resolvers: dict[tuple[str, str], Callable[..., Any]] = {}


def resolver(type_name: str, field: str) -> Callable[[F], F]:
    """Use the function `(source, shop, **arguments)` for this field; arguments arrive in snake case."""

    def note(function: F) -> F:
        _resolvers[type_name, field] = function
        return function

    return note


def root(type_name: str, field: str, scope: str | None = None) -> Callable[[F], F]:
    """The same for a root field, `(shop, **arguments)`, which may need an access scope."""

    def note(function: F) -> F:
        @wraps(function)
        def guarded(_source: Any, shop: Shop, **arguments: Any) -> Any:
            if scope and not allows(shop.scopes, scope):
                raise access_denied(field, scope)
            return function(shop, **arguments)

        _resolvers[type_name, field] = guarded
        return function

    return note


def query(field: str, scope: str | None = None) -> Callable[[F], F]:
    """A root field of QueryRoot."""
    return root("QueryRoot", field, scope)


def mutation(field: str, scope: str, *nothing: str) -> Callable[[F], F]:
    """A mutation. When it raises Refused, the fields named in `nothing` are null beside the user errors."""

    def note(function: F) -> F:
        @wraps(function)
        def answered(shop: Shop, **arguments: Any) -> Any:
            try:
                return {"user_errors": [], "shop": shop, **function(shop, **arguments)}
            except Refused as refusal:
                return {**dict.fromkeys(nothing), "shop": shop, "user_errors": [refusal.error]}

        root("Mutation", field, scope)(answered)
        return function

    return note


def allows(scopes: tuple[str, ...], wanted: str) -> bool:
    """Whether the scopes hold the wanted one; write implies read."""
    return wanted in scopes or wanted.replace("read_", "write_", 1) in scopes


def snake(name: str) -> str:
    """`productType` becomes `product_type`."""
    return re.sub(r"(?<!^)(?=[A-Z])", "_", name).lower()


def attach(schema: GraphQLSchema) -> None:
    """Tie every resolver to its field, and let arguments arrive in snake case."""
    for (type_name, field), function in _resolvers.items():
        schema.type_map[type_name].fields[field].resolve = _with_shop(function)  # type: ignore[attr-defined]
    for kind in schema.type_map.values():
        if isinstance(kind, GraphQLInputObjectType):
            for name, value in kind.fields.items():
                value.out_name = snake(name)
        elif isinstance(kind, GraphQLObjectType | GraphQLInterfaceType) and not kind.name.startswith("__"):
            for described in kind.fields.values():
                for name, argument in described.args.items():
                    argument.out_name = snake(name)


def _with_shop(function: Callable[..., Any]) -> Callable[..., Any]:
    return lambda source, info, **arguments: function(source, info.context, **arguments)
