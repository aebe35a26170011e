"""Getting access tokens: `POST /admin/oauth/access_token`, with each of the three grants.

What goes out and comes back is secret, so errors tell the store, the status and Shopify's word for the
fault, and never quote an answer. Nothing is tried again here: a code and a refresh token count only once.
"""

import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

import requests
from urllib3.exceptions import HTTPError

from shopify_bot.shopify.answers import seconds
from shopify_bot.shopify.errors import (
    AppRefused,
    CodeUsedUp,
    ConnectionLost,
    OperationRefused,
    Permanent,
    ShopifyError,
    StoreFrozen,
    StoreUnavailable,
    Throttled,
    TooBig,
    Unreachable,
)
from shopify_bot.shopify.reading import Timed, read_whole, within

CONNECT_S, TOTAL_S = 5.0, 20.0
LARGEST_ANSWER = 100_000
FAULT = re.compile(r"(?:Oauth error |\"error\"\s*:\s*\")([a-z_]{1,60})")
"""Shopify's word for what is wrong, in JSON, or in the page that some faults are answered with."""

APP_FAULTS = frozenset(
    {
        "invalid_client",
        "unauthorized_client",
        "application_cannot_be_found",
        "shop_not_permitted",
        "app_not_installed",
    }
)
USED_UP = frozenset({"invalid_request", "invalid_grant"})


@dataclass(frozen=True)
class App:
    """Our app as Shopify knows it."""

    client_id: str
    secret: str = field(repr=False)


@dataclass(frozen=True)
class Granted:
    """What the store gave; times are None for what does not expire."""

    token: str = field(repr=False)
    scopes: tuple[str, ...]
    expires_at: datetime | None = None
    refresh_token: str | None = field(default=None, repr=False)
    refresh_expires_at: datetime | None = None


def oauth_url(domain: str, page: str, origin: str = "") -> str:
    """Address of `access_token` or `authorize`; an origin that stands in for Shopify has a path per store."""
    base = f"{origin.rstrip('/')}/{domain}" if origin else f"https://{domain}"
    return f"{base}/admin/oauth/{page}"


@dataclass(frozen=True)
class TokenDesk:
    """Where one store hands out tokens to our app.

    Every method raises AppRefused for a wrong client id or secret, or a store that the app may not enter,
    StoreFrozen, OperationRefused; and Transient when the store cannot answer now.
    """

    domain: str
    app: App
    origin: str = ""

    def client_credentials(self) -> Granted:
        """A token for a store of the app's own organisation; may be asked for at any time."""
        return self.ask({"grant_type": "client_credentials"})

    def exchange(self, code: str) -> Granted:
        """The first pair for the code that the merchant brought back. Raises CodeUsedUp."""
        used = CodeUsedUp(
            f"{self.domain} says that the code was used already or is too old. Connect it again."
        )
        return self.ask({"code": code, "expiring": "1"}, used)

    def refresh(self, refresh_token: str) -> Granted:
        """The next pair; the refresh token given is worth nothing from then on. Raises ConnectionLost."""
        given = {"grant_type": "refresh_token", "refresh_token": refresh_token}
        return self.ask(given, connection_lost(self.domain))

    def ask(self, given: dict[str, str], used_up: Permanent | None = None) -> Granted:
        """The tokens for what is given."""
        return granted(self.domain, *self.answer(given, used_up))

    def answer(self, given: dict[str, str], used_up: Permanent | None = None) -> tuple[str, datetime]:
        """One round trip: the answer's text, and when it was asked for.

        `used_up` is the error when what was given counts no more.
        """
        body = {"client_id": self.app.client_id, "client_secret": self.app.secret, **given}
        asked_at = datetime.now(UTC)
        status, headers, text = self.post(body)
        if status != 200:
            raise fault(self.domain, status, text, seconds(headers.get("Retry-After")), used_up)
        return text, asked_at

    def post(self, body: dict[str, str]) -> tuple[int, Mapping[str, str], str]:
        """Status, headers and text of the answer."""
        url = oauth_url(self.domain, "access_token", self.origin)
        timeout = within(TOTAL_S, CONNECT_S)
        try:
            with requests.Session() as http:
                http.trust_env = False  # a .netrc or a proxy variable must not see the secret
                for scheme in ("http://", "https://"):
                    http.mount(scheme, Timed())
                with http.post(url, json=body, timeout=timeout, stream=True, allow_redirects=False) as answer:
                    text = read_whole(answer, LARGEST_ANSWER).decode("utf-8", "replace")
                    return answer.status_code, answer.headers, text
        except TooBig:
            raise StoreUnavailable(f"{self.domain} answered far too much about a token.") from None
        except (requests.RequestException, HTTPError) as error:
            # Not chained: the error holds the request, and with it the secret.
            raise Unreachable(
                f"{self.domain} did not answer about a token ({type(error).__name__})."
            ) from None


def connection_lost(domain: str) -> ConnectionLost:
    """No token can be had any more."""
    return ConnectionLost(
        f"The connection to {domain} is lost: its refresh token is used up, expired or revoked. Connect the "
        f"store again: on the page /shops, or with: shopify-bot shops add {domain} --authorize"
    )


def fault(
    domain: str, status: int, text: str, wait_s: float | None, used_up: Permanent | None
) -> ShopifyError:
    """The error that an answer other than 200 stands for."""
    if status == 429:
        return Throttled(f"{domain} wants fewer questions about tokens (429).", wait_s)
    if status >= 500 or status in (408, 423):
        return StoreUnavailable(f"{domain} answered {status} about a token.", wait_s)
    found = FAULT.search(text)
    word = found[1] if found else "no reason given"
    if status == 402:
        return StoreFrozen(f"{domain} is frozen (402). The merchant must settle the account with Shopify.")
    if status == 404:
        return OperationRefused(f"There is no store at {domain} (404). Check how it is written.")
    if word in USED_UP and used_up is not None:
        return used_up
    if word in APP_FAULTS or status in (401, 403):
        return AppRefused(
            f"{domain} refuses the app ({status}, {word}). Check SHOPIFY_BOT_SHOPIFY_API_KEY and "
            "SHOPIFY_BOT_SHOPIFY_API_SECRET, that the app is installed there, and for "
            "client credentials that the store belongs to the same organisation as the app."
        )
    return OperationRefused(f"{domain} gives no token ({status}, {word}).")


def granted(domain: str, text: str, asked_at: datetime) -> Granted:
    """What the answer gives; times count from `asked_at`.

    Raises StoreUnavailable when it is not readable, OperationRefused for a token that is no store's.
    """
    try:
        told: Any = json.loads(text)
        if "associated_user" in told:  # of the other grant: it ends with that person's visit
            raise OperationRefused(f"{domain} gave a person's token, not the store's. Connect it again.")
        return Granted(
            token=header_value(told["access_token"]),
            scopes=scopes(told.get("scope")),
            expires_at=later(asked_at, told.get("expires_in")),
            refresh_token=header_value(told["refresh_token"]) if told.get("refresh_token") else None,
            refresh_expires_at=later(asked_at, told.get("refresh_token_expires_in")),
        )
    except (ValueError, TypeError, KeyError, AttributeError, OverflowError):
        raise StoreUnavailable(f"{domain} answered about a token with something unreadable.") from None


def header_value(value: Any) -> str:
    """A token, which goes into a header. Raises ValueError."""
    if not isinstance(value, str) or not value.strip() or not (value.isascii() and value.isprintable()):
        raise ValueError("not a token")
    return value


def scopes(value: Any) -> tuple[str, ...]:
    """The scopes in Shopify's comma-separated list."""
    told: Iterable[str] = value.split(",") if isinstance(value, str) else ()
    return tuple(scope.strip() for scope in told if scope.strip())


def later(start: datetime, seconds_from_then: Any) -> datetime | None:
    """When something expires; None when the store does not say."""
    return None if seconds_from_then is None else start + timedelta(seconds=float(seconds_from_then))
