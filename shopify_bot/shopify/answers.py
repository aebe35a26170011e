"""What the store's answers mean: the errors of its three layers, the waits and the costs that it states."""

import json
import math
from dataclasses import dataclass
from typing import Any

from shopify_bot.shopify.errors import (
    OperationRefused,
    ScopeMissing,
    StoreFrozen,
    StoreUnavailable,
    Throttled,
    TokenRefused,
    UserErrors,
)

UNSTATED_WAIT_S = 1.0
"""For a store that throttles without saying for how long."""
LONGEST_TEXT = 1000
"""Characters of the store's own words that go into an error."""


@dataclass(frozen=True)
class Cost:
    """Points, as an answer states them; `actual` is 0 for a call that was refused."""

    requested: float
    actual: float
    available: float
    maximum: float
    restore_rate: float
    """Points per second."""


def check_status(domain: str, name: str, status: int, retry_after: str | None) -> None:
    """Turn an HTTP status other than 200 into the error it stands for."""
    if status == 200:
        return
    if status == 429:
        raise Throttled(f"The store is throttling {name} (429).", seconds(retry_after) or UNSTATED_WAIT_S)
    if status >= 500 or status in (408, 423):
        raise StoreUnavailable(f"The store answered {name} with {status}.", seconds(retry_after))
    if status == 401:
        raise TokenRefused(
            f"{domain} refused the access token (401). To see the command that connects it again: "
            f"shopify-bot shops check {domain}"
        )
    if status == 402:
        raise StoreFrozen(f"{domain} is frozen (402). The merchant must settle the account with Shopify.")
    if status == 403:
        raise ScopeMissing(f"{domain} forbids {name} (403). Check the app's access scopes.")
    raise OperationRefused(f"{domain} answered {name} with {status}. See: shopify-bot shops check {domain}")


def parsed(name: str, body: bytes) -> dict[str, Any]:
    """A GraphQL answer, whatever it says. Raises StoreUnavailable when it is none."""
    try:
        answer = json.loads(body)
    except ValueError:
        raise StoreUnavailable(f"The store answered {name} with something that is not JSON.") from None
    if not isinstance(answer, dict):
        raise StoreUnavailable(f"The store answered {name} with something that is not a GraphQL answer.")
    return answer


def data_of(name: str, answer: dict[str, Any]) -> dict[str, Any]:
    """The `data` of an answer. Raises the errors it tells of, and StoreUnavailable when it tells nothing."""
    check_errors(name, answer)
    data = answer.get("data")
    if not isinstance(data, dict):
        raise StoreUnavailable(f"The store answered {name} without data.")
    check_user_errors(name, data)
    return data


def check_errors(name: str, answer: dict[str, Any]) -> None:
    """Turn top-level GraphQL errors, which come with status 200, into the error they stand for."""
    errors = answer.get("errors")
    if not errors:
        return
    if not isinstance(errors, list):
        raise OperationRefused(f"The store refused {name}: {shortened(str(errors))}")
    told = [error if isinstance(error, dict) else {"message": error} for error in errors]
    codes = {(error.get("extensions") or {}).get("code") for error in told}
    text = shortened("; ".join(str(error.get("message")) for error in told))
    if "THROTTLED" in codes:
        refuse_beyond_bucket(name, stated_cost(answer))
        raise Throttled(f"The store is throttling {name}.", wait_for_points(answer))
    if "ACCESS_DENIED" in codes:
        raise ScopeMissing(f"The access token may not do {name}: {text}")
    if codes & {"INTERNAL_SERVER_ERROR", "TIMEOUT"}:
        raise StoreUnavailable(f"The store failed at {name}: {text}")
    raise OperationRefused(f"The store refused {name}: {text}")


def refuse_beyond_bucket(name: str, cost: Cost | None) -> None:
    """Raise OperationRefused for a call that costs more than the bucket ever holds: no wait helps it."""
    if cost is not None and cost.requested > cost.maximum:
        raise OperationRefused(
            f"{name} costs {cost.requested:g} points, and the store's bucket never holds more than "
            f"{cost.maximum:g}. Please report this."
        )


def check_user_errors(name: str, data: dict[str, Any]) -> None:
    """Raise UserErrors when the store read the mutation and refused it."""
    for payload in data.values():
        refused = payload.get("userErrors") if isinstance(payload, dict) else None
        if refused:
            reasons = "; ".join(
                f"{'.'.join(map(str, error.get('field') or []))}: {error['message']}" for error in refused
            )
            raise UserErrors(f"The store refused {name}: {shortened(reasons)}")


def shortened(text: str) -> str:
    """The beginning of what the store says."""
    return text if len(text) <= LONGEST_TEXT else f"{text[:LONGEST_TEXT]}…"


def stated_cost(answer: dict[str, Any]) -> Cost | None:
    """What the answer says the call cost and what is left; None when it does not say."""
    try:
        cost = answer["extensions"]["cost"]
        bucket = cost["throttleStatus"]
        stated = Cost(
            requested=float(cost["requestedQueryCost"]),
            actual=float(cost.get("actualQueryCost") or 0),
            available=float(bucket["currentlyAvailable"]),
            maximum=float(bucket["maximumAvailable"]),
            restore_rate=float(bucket["restoreRate"]),
        )
    except (KeyError, TypeError, ValueError):
        return None
    return stated if stated.maximum > 0 and stated.restore_rate > 0 else None


def wait_for_points(answer: dict[str, Any]) -> float:
    """Seconds until the cost bucket holds what the operation asks for, as the store states it."""
    cost = stated_cost(answer)
    if cost is None:
        return UNSTATED_WAIT_S
    return within_reason((cost.requested - cost.available) / cost.restore_rate)


def seconds(header: str | None) -> float | None:
    """The value of a Retry-After header, in seconds; None when absent or a date."""
    try:
        return None if header is None else within_reason(float(header))
    except ValueError:
        return None


def within_reason(wait_s: float) -> float:
    """A stated wait, between a tenth of a second and an hour."""
    return min(max(wait_s, 0.1), 3600.0) if math.isfinite(wait_s) else 3600.0
