"""The audit: what the store's ledger says was done to each product."""

import time
from collections import Counter
from dataclasses import dataclass, field
from typing import Any

import requests

from shopify_bot.errors import StartError

ONCE = ("category_written", "member_added", "published")
TIMEOUT_S = 30.0


def local_session() -> requests.Session:
    """Speaks to this machine, whatever proxy the environment names."""
    session = requests.Session()
    session.trust_env = False
    return session


@dataclass(frozen=True)
class Store:
    """The local store's control plane."""

    origin: str
    http: requests.Session = field(default_factory=local_session)

    def wait_until_open(self) -> None:
        """Return once the store answers. Raises StartError."""
        deadline = time.monotonic() + TIMEOUT_S
        while time.monotonic() < deadline:
            try:
                self.get("faults")
            except requests.ConnectionError:
                time.sleep(0.1)
            else:
                return
        raise StartError(f"The local store did not start on {self.origin}.")

    def get(self, what: str) -> list[dict[str, Any]]:
        """A list from the control plane: products, ledger, calls or webhooks."""
        answer = self.http.get(f"{self.origin}/_devstore/{what}", timeout=TIMEOUT_S)
        answer.raise_for_status()
        rows: list[dict[str, Any]] = answer.json()
        return rows

    def truth(self) -> dict[str, str]:
        """The right label of every product made so far, by id."""
        return {row["id"]: row["truth"] for row in self.get("products")}


@dataclass(frozen=True)
class Audit:
    """`sound` products are online, in one collection, each effect written once; `faults` name the others."""

    sound: int
    faults: list[str]
    collections: int
    webhooks: int
    calls: Counter[str]
    """Admin API calls by operation."""


def audit(store: Store, right_categories: dict[str, str]) -> Audit:
    """Hold every product of the store against the ledger; `right_categories` is by product id."""
    effects = Counter(
        (entry["subject"], entry["kind"]) for entry in store.get("ledger") if entry["effective"]
    )
    products = store.get("products")
    faults = [fault for row in products for fault in faults_of(row, effects, right_categories[row["id"]])]
    unsound = {fault.split(": ")[0] for fault in faults}
    return Audit(
        sound=len(products) - len(unsound),
        faults=faults,
        collections=sum(count for (_, kind), count in effects.items() if kind == "collection_created"),
        webhooks=len(store.get("webhooks")),
        calls=Counter(row["operation"] for row in store.get("calls")),
    )


def faults_of(row: dict[str, Any], effects: Counter[tuple[str, str]], category: str) -> list[str]:
    """What is wrong with one product in the store, one line each."""
    gid = row["id"]
    wrong = [f"{kind} {effects[gid, kind]} times instead of once" for kind in ONCE if effects[gid, kind] != 1]
    if not row["online"]:
        wrong.append("not to be seen in the Online Store")
    if row["category"] != category:
        wrong.append(f"category {row['category']} instead of {category}")
    if len(row["collections"]) != 1:
        wrong.append(f"in {len(row['collections'])} collections")
    return [f"{gid}: {each}" for each in wrong]
