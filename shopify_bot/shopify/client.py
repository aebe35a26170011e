"""The Admin GraphQL client: one call, its time-outs, its errors, and the waits the store asks for."""

import logging
import math
import time
from functools import lru_cache
from importlib import resources
from typing import Any

import requests
from requests.adapters import HTTPAdapter

from shopify_bot.shopify.errors import (
    OperationRefused,
    ScopeMissing,
    StoreFrozen,
    StoreUnavailable,
    Throttled,
    TokenRefused,
    Transient,
    Unreachable,
    UserErrors,
)

log = logging.getLogger(__name__)

API_VERSION = "2026-10"
CONNECT_S, READ_S = 5.0, 20.0
TRIES = 5
BACKOFF_S = 0.25
LONGEST_WAIT_S = 10.0
"""A longer wait is not sat out here: the review is put off until then."""


@lru_cache(maxsize=64)
def operation(name: str) -> str:
    """The text of `operations/<name>.graphql`."""
    return resources.files(__package__).joinpath("operations", f"{name}.graphql").read_text("utf-8")


class AdminClient:
    """Speaks to one shop's Admin API with its token; may be used from several threads."""

    def __init__(self, domain: str, token: str, origin: str = "") -> None:
        self.domain = domain
        self.backoff_s = BACKOFF_S
        self.url = f"{origin.rstrip('/') or f'https://{domain}'}/admin/api/{API_VERSION}/graphql.json"
        self.http = requests.Session()
        self.http.trust_env = False  # a .netrc or a proxy variable must not see the token
        self.http.headers.update({"X-Shopify-Access-Token": token, "Accept": "application/json"})
        for scheme in ("http://", "https://"):
            self.http.mount(scheme, HTTPAdapter(pool_maxsize=32))

    def execute(self, name: str, *, repeatable: bool = True, **variables: Any) -> dict[str, Any]:
        """Run `operations/<name>.graphql`; returns its `data`.

        Waits out throttling as the store states it. Other passing faults are tried again only when
        the operation is `repeatable`, since a time-out may hide a mutation that was applied.
        Raises Transient when the store needs longer, Permanent when a person must act.
        """
        for attempt in range(1, TRIES + 1):
            try:
                return self.once(name, variables)
            except Transient as fault:
                wait_s = fault.wait_s if fault.wait_s is not None else self.backoff_s * 2**attempt
                may_repeat = repeatable or isinstance(fault, Throttled)
                if attempt == TRIES or not may_repeat or wait_s > LONGEST_WAIT_S:
                    raise
                log.info("%s: %s: %s; again in %.1f s", self.domain, name, fault, wait_s)
                time.sleep(wait_s)
        raise AssertionError("unreachable")

    def once(self, name: str, variables: dict[str, Any]) -> dict[str, Any]:
        """One HTTP round trip."""
        try:
            answer = self.http.post(
                self.url,
                json={"query": operation(name), "variables": variables},
                timeout=(CONNECT_S, READ_S),
                allow_redirects=False,
            )
        except requests.RequestException as error:
            raise Unreachable(f"The store did not answer {name} ({type(error).__name__}).") from error
        self.check_status(name, answer)
        self.check_version(answer)
        try:
            body = answer.json()
        except ValueError as error:
            raise StoreUnavailable(f"The store answered {name} with something that is not JSON.") from error
        return read_body(name, body)

    def check_status(self, name: str, answer: requests.Response) -> None:
        """Turn an HTTP status other than 200 into the error it stands for."""
        status = answer.status_code
        if status == 200:
            return
        if status == 429:
            raise Throttled(
                f"The store is throttling {name} (429).", seconds(answer.headers.get("Retry-After"))
            )
        if status >= 500 or status in (408, 423):
            raise StoreUnavailable(
                f"The store answered {name} with {status}.", seconds(answer.headers.get("Retry-After"))
            )
        if status == 401:
            raise TokenRefused(
                f"{self.domain} refused the access token (401). Give it a new one: "
                f"shopify-bot shops add {self.domain} --token TOKEN"
            )
        if status == 402:
            raise StoreFrozen(
                f"{self.domain} is frozen (402). The merchant must settle the account with Shopify."
            )
        if status == 403:
            raise ScopeMissing(f"{self.domain} forbids {name} (403). Check the app's access scopes.")
        raise OperationRefused(f"{self.domain} answered {name} with {status}.")

    def check_version(self, answer: requests.Response) -> None:
        """A version that Shopify no longer serves falls forward without an error; say so."""
        served = answer.headers.get("X-Shopify-API-Version", API_VERSION)
        if served != API_VERSION:
            log.warning(
                "%s answers as API version %s, not %s: update the bot", self.domain, served, API_VERSION
            )


def read_body(name: str, body: Any) -> dict[str, Any]:
    """The `data` of an answer. Raises the errors it tells of, and StoreUnavailable when it tells nothing."""
    if not isinstance(body, dict):
        raise StoreUnavailable(f"The store answered {name} with something that is not a GraphQL answer.")
    check_errors(name, body)
    data = body.get("data")
    if not isinstance(data, dict):
        raise StoreUnavailable(f"The store answered {name} without data.")
    check_user_errors(name, data)
    return data


def check_errors(name: str, body: dict[str, Any]) -> None:
    """Turn top-level GraphQL errors, which come with status 200, into the error they stand for."""
    errors = body.get("errors")
    if not errors:
        return
    if not isinstance(errors, list):
        raise OperationRefused(f"The store refused {name}: {errors}")
    told = [error if isinstance(error, dict) else {"message": error} for error in errors]
    codes = {(error.get("extensions") or {}).get("code") for error in told}
    text = "; ".join(str(error.get("message")) for error in told)
    if "THROTTLED" in codes:
        raise Throttled(f"The store is throttling {name}.", wait_for_points(body))
    if "ACCESS_DENIED" in codes:
        raise ScopeMissing(f"The access token may not do {name}: {text}")
    if codes & {"INTERNAL_SERVER_ERROR", "TIMEOUT"}:
        raise StoreUnavailable(f"The store failed at {name}: {text}")
    raise OperationRefused(f"The store refused {name}: {text}")


def check_user_errors(name: str, data: dict[str, Any]) -> None:
    """Raise UserErrors when the store read the mutation and refused it."""
    for payload in data.values():
        refused = payload.get("userErrors") if isinstance(payload, dict) else None
        if refused:
            reasons = "; ".join(
                f"{'.'.join(map(str, error.get('field') or []))}: {error['message']}" for error in refused
            )
            raise UserErrors(f"The store refused {name}: {reasons}")


def wait_for_points(body: dict[str, Any]) -> float | None:
    """Seconds until the cost bucket holds what the operation asks for, as the store states it."""
    cost = (body.get("extensions") or {}).get("cost") or {}
    bucket = cost.get("throttleStatus") or {}
    rate = float(bucket.get("restoreRate") or 0)
    if rate <= 0:
        return None
    lacking = float(cost.get("requestedQueryCost") or 0) - float(bucket.get("currentlyAvailable") or 0)
    return within_reason(lacking / rate)


def seconds(header: str | None) -> float | None:
    """The value of a Retry-After header, in seconds; None when absent or a date."""
    try:
        return None if header is None else within_reason(float(header))
    except ValueError:
        return None


def within_reason(wait_s: float) -> float:
    """A stated wait, between a tenth of a second and an hour."""
    return min(max(wait_s, 0.1), 3600.0) if math.isfinite(wait_s) else 3600.0
