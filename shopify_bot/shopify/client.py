"""The Admin GraphQL client: one call, its time-outs, its token, and trying again where that is safe."""

import copy
import logging
import random
import re
import time
from functools import cached_property, lru_cache
from importlib import resources
from typing import Any

import requests
from urllib3.exceptions import ConnectTimeoutError, HTTPError, MaxRetryError, NewConnectionError

from shopify_bot.shopify.access import Access
from shopify_bot.shopify.answers import Cost, check_status, data_of, parsed, stated_cost
from shopify_bot.shopify.errors import (
    NotSent,
    StoreUnavailable,
    Throttled,
    TokenRefused,
    TooBig,
    Transient,
    Unreachable,
)
from shopify_bot.shopify.pacing import Pace, shape_of
from shopify_bot.shopify.pacing import pace as make_pace
from shopify_bot.shopify.reading import Timed, read_whole, within

log = logging.getLogger(__name__)

API_VERSION = "2026-10"
CONNECT_S, CALL_S = 5.0, 20.0
"""A call may take so many seconds to connect, and so many in all."""
LARGEST_ANSWER = 32_000_000
TRIES = 5
BACKOFF_S = 0.25
LONGEST_WAIT_S = 10.0
"""A longer wait is not sat out here: the review is put off until then."""
LONGEST_WAIT_BEFORE_ONCE_S = 4.0
"""The same for a call that must not be repeated: whoever makes it holds a lease for not much longer."""
HURRIED_S, SHORTEST_CALL_S = 3.0, 0.5
"""While somebody waits for a page: so long for waits, tries and answers together; the last try's share."""
TOKEN = re.compile(r"[\x21-\x7e]+")
VERSION = re.compile(r"\d{4}-\d{2}|unstable")


@lru_cache(maxsize=64)
def operation(name: str) -> str:
    """The text of `operations/<name>.graphql`."""
    return resources.files(__package__).joinpath("operations", f"{name}.graphql").read_text("utf-8")


class AdminClient:
    """Speaks to one shop's Admin API; may be used from several threads.

    `access` gives the token; `pace` keeps all clients of the shop within its cost bucket, and without one
    the client minds only itself.
    """

    def __init__(self, domain: str, access: Access, origin: str = "", pace: Pace | None = None) -> None:
        self.domain, self.access = domain, access
        self.pace = pace or make_pace(domain, None)
        self.backoff_s = BACKOFF_S
        self.hurries = False
        self.served_version = API_VERSION
        self.url = f"{origin.rstrip('/') or f'https://{domain}'}/admin/api/{API_VERSION}/graphql.json"
        self.http = requests.Session()
        self.http.trust_env = False  # a .netrc or a proxy variable must not see the token
        for scheme in ("http://", "https://"):
            self.http.mount(scheme, Timed(pool_maxsize=32))

    @cached_property
    def hurried(self) -> "AdminClient":
        """The same client for somebody who waits: after HURRIED_S seconds it gives up."""
        other = copy.copy(self)
        other.hurries = True
        return other

    def execute(self, name: str, *, repeatable: bool = True, **variables: Any) -> dict[str, Any]:
        """Run `operations/<name>.graphql`; returns its `data`.

        Waits as the store states it. A call that was refused before it was read is tried again; other
        passing faults only when the operation is `repeatable`, since a time-out may hide a mutation that
        was applied. Raises Transient when the store needs longer, Permanent when a person must act.
        """
        patience_s = LONGEST_WAIT_S if repeatable else LONGEST_WAIT_BEFORE_ONCE_S
        until = time.monotonic() + (HURRIED_S if self.hurries else patience_s)
        for attempt in range(1, TRIES + 1):
            try:
                return self.with_token(name, variables, until)
            except Transient as fault:
                wait_s = fault.wait_s if fault.wait_s is not None else self.backoff(attempt)
                safe = repeatable or isinstance(fault, Throttled | NotSent)
                if attempt == TRIES or not safe or time.monotonic() + wait_s > until:
                    raise
                log.info("%s: %s: %s; again in %.1f s", self.domain, name, fault, wait_s)
                if fault.wait_s is None:  # else the pace makes everyone wait
                    time.sleep(wait_s)
        raise AssertionError("unreachable")

    def backoff(self, attempt: int) -> float:
        """Seconds before the next try: doubled each time, and never the same for two callers."""
        return self.backoff_s * float(2**attempt) * random.uniform(0.5, 1.0)

    def with_token(self, name: str, variables: dict[str, Any], until: float) -> dict[str, Any]:
        """One call; a second one when the token was refused and there is a new one by now."""
        token = self.access.token()
        try:
            return self.paced(name, variables, token, until)
        except TokenRefused:
            if not self.access.renewed(token):
                raise
        return self.paced(name, variables, self.access.token(), until)

    def paced(self, name: str, variables: dict[str, Any], token: str, until: float) -> dict[str, Any]:
        """One call, once its shop's pace lets it go; whatever comes back is told to the pace."""
        ticket = self.pace.before(shape_of(name, variables), until - time.monotonic())
        cost: Cost | None = None
        hold_s, spent = None, True
        try:
            answer = parsed(name, self.once(name, variables, token, self.call_s(until)))
            cost = stated_cost(answer)
            return data_of(name, answer)
        except Transient as fault:
            hold_s, spent = fault.wait_s, not isinstance(fault, Throttled | NotSent)
            raise
        finally:
            self.pace.after(ticket, cost, spent, hold_s)

    def call_s(self, until: float) -> float:
        """Seconds that one call may take: what is left until then for who hurries, else CALL_S."""
        left_s = max(until - time.monotonic(), min(SHORTEST_CALL_S, HURRIED_S))
        return min(CALL_S, left_s) if self.hurries else CALL_S

    def once(self, name: str, variables: dict[str, Any], token: str, call_s: float) -> bytes:
        """One HTTP round trip within `call_s` seconds; returns the answer's body.

        The token is taken out of it, should the store say it back.
        """
        if not TOKEN.fullmatch(token):  # the libraries below would quote it in their errors
            raise TokenRefused(
                f"The access token of {self.domain} holds characters that no token has. To see the "
                f"command that gives it a new one: shopify-bot shops check {self.domain}"
            )
        try:
            with self.http.post(
                self.url,
                json={"query": operation(name), "variables": variables},
                headers={"X-Shopify-Access-Token": token, "Accept": "application/json"},
                timeout=within(call_s, CONNECT_S),
                allow_redirects=False,
                stream=True,
            ) as answer:
                check_status(self.domain, name, answer.status_code, answer.headers.get("Retry-After"))
                self.check_version(answer.headers.get("X-Shopify-API-Version", API_VERSION))
                return read_whole(answer, LARGEST_ANSWER).replace(token.encode(), b"[token]")
        except TooBig:
            raise StoreUnavailable(f"The store's answer to {name} is too large to read.") from None
        except (requests.RequestException, HTTPError) as error:
            # Without the cause: its request carries the token.
            kind = type(error).__name__
            if was_never_made(error):
                raise NotSent(f"No connection to the store for {name} ({kind}).") from None
            raise Unreachable(f"The store did not answer {name} ({kind}).") from None

    def check_version(self, served: str) -> None:
        """A version that Shopify no longer serves falls forward without an error; say so, once."""
        if served != self.served_version and VERSION.fullmatch(served):
            self.served_version = served
            log.warning(
                "%s answers as API version %s, not %s: update the bot", self.domain, served, API_VERSION
            )


def was_never_made(error: Exception) -> bool:
    """Whether the connection failed before anything was sent over it."""
    reason = error.args[0] if error.args else None
    if isinstance(reason, MaxRetryError):
        reason = reason.reason
    return isinstance(reason, NewConnectionError | ConnectTimeoutError)
