"""OAuth of one app: a merchant's consent, and access tokens in exchange for a grant."""

import base64
import secrets
import threading
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, fields, replace
from typing import Any
from urllib.parse import urlencode

from shopify_bot.devstore.errors import UnknownSetting
from shopify_bot.devstore.oauth_calls import OAuthCalls
from shopify_bot.devstore.oauth_rules import (
    OAuthRefused,
    check_client,
    granted_scopes,
    query_signature,
    requested_scopes,
)
from shopify_bot.devstore.shop import Shop
from shopify_bot.devstore.staff import StaffMember
from shopify_bot.devstore.tokens import AccessToken


@dataclass(frozen=True)
class OAuthSettings:
    """How long things live, in seconds, and whether merchants agree.

    A refresh token that was used may be used again for `retained_s`, or until its successor is used.
    """

    consent: bool = True
    code_s: float = 60.0
    access_s: float = 3_600.0
    online_s: float = 86_399.0
    client_credentials_s: float = 86_399.0
    refresh_s: float = 90 * 86_400.0
    retained_s: float = 30 * 86_400.0


@dataclass(frozen=True)
class _Code:
    shop: str
    scopes: tuple[str, ...]
    ends_at: float
    person: StaffMember | None = None
    """Who agreed, when the token is to be theirs."""


class OAuth:
    """The authorization server of one app. `redirect_uris` are the addresses it may lead merchants to."""

    def __init__(self, api_key: str, api_secret: str, redirect_uris: tuple[str, ...] = ()) -> None:
        self.api_key, self.api_secret, self.redirect_uris = api_key, api_secret, redirect_uris
        self.settings = OAuthSettings()
        self.calls = OAuthCalls()
        self._codes: dict[str, _Code] = {}
        self._lock = threading.Lock()
        self._grants: dict[str, Callable[[Shop, Mapping[str, Any]], dict[str, Any]]] = {
            "authorization_code": self._by_code,
            "client_credentials": self._by_client_credentials,
            "refresh_token": self._by_refresh_token,
        }

    def set(self, **settings: Any) -> None:
        """Change what is in OAuthSettings. Raises UnknownSetting."""
        known = {field.name for field in fields(OAuthSettings)}
        if unknown := settings.keys() - known:
            names = ", ".join(sorted(known))
            raise UnknownSetting(f"No setting is called {', '.join(sorted(unknown))}; there are: {names}.")
        self.settings = replace(self.settings, **settings)

    def authorize(self, shop: Shop, query: Mapping[str, str]) -> str:
        """The address that the merchant is led back to. Raises OAuthRefused when there is none to trust."""
        check_client(query, self.api_key)
        back = query.get("redirect_uri", "")
        if back not in self.redirect_uris:
            message = "The redirect_uri and application url must have matching hosts"
            raise OAuthRefused("invalid_request", message)
        scopes = requested_scopes(query.get("scope", "")) or shop.scopes
        person = _person(shop, scopes) if query.get("grant_options[]") == "per-user" else None
        answer = self._consent(shop, scopes, person) if self.settings.consent else _denied()
        answer |= {"state": query["state"]} if "state" in query else {}
        return self.signed(shop, back, answer)

    def signed(self, shop: Shop, back: str, answer: dict[str, str]) -> str:
        """The address of the app with this answer, signed as Shopify signs it."""
        name = shop.domain.partition(".")[0]
        host = base64.b64encode(f"admin.shopify.com/store/{name}".encode()).decode().rstrip("=")
        query = {**answer, "host": host, "shop": shop.domain, "timestamp": str(int(time.time()))}
        query["hmac"] = query_signature(query, self.api_secret)
        return f"{back}{'&' if '?' in back else '?'}{urlencode(query)}"

    def grant(self, shop: Shop, form: Mapping[str, Any]) -> dict[str, Any]:
        """The answer to a request for a token. Raises OAuthRefused."""
        check_client(form, self.api_key, self.api_secret)
        kind = grant_type(form)
        if kind not in self._grants:
            raise OAuthRefused("unsupported_grant_type", f"The grant type {kind} is not supported")
        with shop.lock:
            return self._grants[kind](shop, form)

    def _consent(self, shop: Shop, scopes: tuple[str, ...], person: StaffMember | None) -> dict[str, str]:
        code = secrets.token_hex(16)
        with self._lock:
            self._codes[code] = _Code(shop.domain, scopes, time.time() + self.settings.code_s, person)
        return {"code": code}

    def _by_code(self, shop: Shop, form: Mapping[str, Any]) -> dict[str, Any]:
        with self._lock:
            code = self._codes.pop(str(form.get("code", "")), None)
        if code is None or code.shop != shop.domain or time.time() >= code.ends_at:
            message = "The authorization code was not found or was already used"
            raise OAuthRefused("invalid_request", message)
        if code.person is None or not shop.installed:
            shop.install(code.scopes)
        if code.person is not None:
            return self._online(shop, code.person)
        if str(form.get("expiring", "")).lower() in ("1", "true"):
            return self._pair(shop, None)
        return _answer(shop, shop.tokens.give(None))

    def _online(self, shop: Shop, person: StaffMember) -> dict[str, Any]:
        lasts_s = self.settings.online_s
        return _answer(shop, shop.tokens.give(lasts_s)) | {
            "expires_in": int(lasts_s),
            "associated_user_scope": ",".join(person.held(shop.scopes)),
            "associated_user": person.as_json(),
        }

    def _by_client_credentials(self, shop: Shop, form: Mapping[str, Any]) -> dict[str, Any]:
        if not shop.own_organization:
            message = "Client credentials cannot be performed on this shop."
            raise OAuthRefused("shop_not_permitted", message)
        if not shop.installed:
            raise OAuthRefused("app_not_installed", "The application is not installed on this shop.")
        lasts_s = self.settings.client_credentials_s
        return _answer(shop, shop.tokens.give(lasts_s)) | {"expires_in": int(lasts_s)}

    def _by_refresh_token(self, shop: Shop, form: Mapping[str, Any]) -> dict[str, Any]:
        used = str(form.get("refresh_token", ""))
        if not shop.tokens.use_refresh(used, self.settings.retained_s):
            raise OAuthRefused("invalid_request", "This request requires an active refresh_token", 401)
        return self._pair(shop, used)

    def _pair(self, shop: Shop, used: str | None) -> dict[str, Any]:
        lasts_s, refresh_s = self.settings.access_s, self.settings.refresh_s
        return _answer(shop, shop.tokens.give(lasts_s)) | {
            "expires_in": int(lasts_s),
            "refresh_token": shop.tokens.give_refresh(refresh_s, used).value,
            "refresh_token_expires_in": int(refresh_s),
        }


def grant_type(form: Mapping[str, Any]) -> str:
    """The grant that a request names; with a code alone it is the authorization code."""
    return str(form.get("grant_type") or ("authorization_code" if "code" in form else ""))


def _person(shop: Shop, scopes: tuple[str, ...]) -> StaffMember:
    person = shop.at_the_desk
    if person is None:
        raise OAuthRefused("login_required", "Log in to the shop's admin first", 401)
    if not shop.installed and person.held(scopes) != granted_scopes(scopes):
        raise OAuthRefused("access_denied", "You lack the permissions that this app needs", 403)
    return person


def _denied() -> dict[str, str]:
    return {"error": "access_denied", "error_description": "The merchant has denied the request"}


def _answer(shop: Shop, token: AccessToken) -> dict[str, Any]:
    return {"access_token": token.value, "scope": ",".join(granted_scopes(shop.scopes))}
