"""How the API says no: top-level errors with a code, or user errors inside the payload."""

from typing import Any

from graphql import GraphQLError

UserError = dict[str, Any]


class Refused(Exception):
    """A mutation that the store read and refuses; becomes the payload's `userErrors`."""

    def __init__(self, message: str, *field: str, code: str | None = None) -> None:
        super().__init__(message)
        self.error: UserError = {"field": list(field) or None, "message": message, "code": code}


def coded(message: str, code: str, **extensions: Any) -> GraphQLError:
    """A top-level error with `extensions.code`."""
    return GraphQLError(message, extensions={"code": code, **extensions})


def access_denied(field: str, scope: str) -> GraphQLError:
    """What a token without the scope gets to hear."""
    required = f"`{scope}` access scope."
    return coded(
        f"Access denied for {field} field. Required access: {required}",
        "ACCESS_DENIED",
        documentation="https://shopify.dev/api/usage/access-scopes",
        requiredAccess=required,
    )
