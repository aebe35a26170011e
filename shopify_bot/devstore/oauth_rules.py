"""What OAuth refuses, how scopes are written, and how the way back to the app is signed."""

import hashlib
import hmac
import re
from collections.abc import Mapping
from typing import Any

_SCOPE = re.compile(r"(unauthenticated_)?(read|write)_[a-z_]+\Z")


class OAuthRefused(Exception):
    """A request that OAuth refuses, with the word and the HTTP status it is refused with."""

    def __init__(self, error: str, description: str, status: int = 400) -> None:
        super().__init__(description)
        self.error, self.status = error, status

    def as_json(self) -> dict[str, str]:
        """The body of the answer."""
        return {"error": self.error, "error_description": str(self)}


def check_client(given: Mapping[str, Any], api_key: str, api_secret: str | None = None) -> None:
    """Raises OAuthRefused for another app, or for the wrong secret where one is asked for."""
    if not _same(given.get("client_id"), api_key):
        raise OAuthRefused("invalid_client", "Could not find the app with this client_id")
    if api_secret is not None and not _same(given.get("client_secret"), api_secret):
        raise OAuthRefused("invalid_client", "The client_secret is not that of the app")


def requested_scopes(text: str) -> tuple[str, ...]:
    """The scopes of a comma-separated list, without those that another one implies. Raises OAuthRefused."""
    scopes = [scope.strip() for scope in text.split(",") if scope.strip()]
    if wrong := [scope for scope in scopes if not _SCOPE.match(scope)]:
        raise OAuthRefused("invalid_scope", f"Unknown scope: {wrong[0]}")
    return granted_scopes(tuple(dict.fromkeys(scopes)))


def granted_scopes(scopes: tuple[str, ...]) -> tuple[str, ...]:
    """The scopes as Shopify names them: no read_ beside its write_."""
    return tuple(
        scope for scope in scopes if scope.replace("read_", "write_", 1) not in set(scopes) - {scope}
    )


def query_signature(query: Mapping[str, str], secret: str) -> str:
    """Hexadecimal HMAC-SHA256 over the sorted query; % and & are escaped, and = in names."""
    pairs = (f"{_escaped(name).replace('=', '%3D')}={_escaped(value)}" for name, value in query.items())
    return hmac.new(secret.encode(), "&".join(sorted(pairs)).encode(), hashlib.sha256).hexdigest()


def _escaped(text: str) -> str:
    return text.replace("%", "%25").replace("&", "%26")


def _same(given: Any, known: str) -> bool:
    return hmac.compare_digest(str(given or "").encode(), known.encode())
