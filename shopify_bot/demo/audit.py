"""The audit: what the store's ledger says was done to each product."""

import time
from collections import Counter
from dataclasses import dataclass, field
from typing import Any

import requests

from shopify_bot.errors import StartError

ONCE = ("category_written", "member_added", "published")
TIMEOUT_S = 30.0
ON_THEIR_WAY_S = 0.2
"""A busy machine needs so long to bring a call that was sent before anybody was told to wait."""


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
        """A list from the control plane: products, ledger, calls, early-calls or webhooks."""
        rows: list[dict[str, Any]] = self.ask(what)
        return rows

    def buckets(self) -> list[dict[str, float]]:
        """The cost bucket of every shop."""
        return list(self.ask("buckets").values())

    def ask(self, what: str) -> Any:
        """Whatever the control plane answers."""
        answer = self.http.get(f"{self.origin}/_devstore/{what}", timeout=TIMEOUT_S)
        answer.raise_for_status()
        return answer.json()

    def truth(self) -> dict[str, str]:
        """The right label of every product made so far, by id."""
        return {row["id"]: row["truth"] for row in self.get("products")}


@dataclass(frozen=True)
class Wanted:
    """How a product should end: the id of its category, the title of its collection."""

    category: str
    collection: str


@dataclass(frozen=True)
class Audit:
    """`sound` products are online, in their collection alone, each effect written once; `faults` name others.

    `once` are those with each effect written once, `right` those in their collection alone, `duplicates`
    effects and collections beyond the first. `seconds` are those between the first product and the last
    publication. `lowest` is in points; `refused` counts what the store refused
    for want of points; `early` are the calls that came before a wait that the store had stated was over:
    seconds after the answer that stated it, and the seconds stated.
    """

    sound: int
    faults: list[str]
    once: int
    right: int
    duplicates: int
    collections: int
    webhooks: int
    calls: Counter[str]
    """Admin API calls by operation."""
    answers: Counter[str]
    """The same by how they were answered."""
    lowest: float
    refused: int
    early: list[tuple[float, float]]
    seconds: float


Effects = Counter[tuple[str, str]]


def audit(store: Store, wanted: dict[str, Wanted]) -> Audit:
    """Hold every product of the store against the ledger; `wanted` is by product id."""
    done = [entry for entry in store.get("ledger") if entry["effective"]]
    effects = Counter((entry["subject"], entry["kind"]) for entry in done)
    products, calls, buckets = store.get("products"), store.get("calls"), store.buckets()
    faults = [fault for row in products for fault in faults_of(row, effects, wanted[row["id"]])]
    made = sum(count for (_, kind), count in effects.items() if kind == "collection_created")
    surplus = made - len({each.collection for each in wanted.values()})
    more = sum(max(0, effects[row["id"], kind] - 1) for row in products for kind in ONCE)
    return Audit(
        sound=len(products) - len({fault.split(": ")[0] for fault in faults}),
        faults=faults,
        once=sum(all(effects[row["id"], kind] == 1 for kind in ONCE) and row["online"] for row in products),
        right=sum(row["collection_titles"] == [wanted[row["id"]].collection] for row in products),
        duplicates=more + max(0, surplus),
        collections=made,
        webhooks=len(store.get("webhooks")),
        calls=Counter(call["operation"] for call in calls),
        answers=Counter(call["answer"] for call in calls),
        lowest=min((bucket["lowest"] for bucket in buckets), default=0.0),
        refused=int(sum(bucket["refused"] for bucket in buckets)),
        early=[
            (round(call["at"] - told["answered_at"], 3), round(told["wait_s"], 3))
            for told, call in store.ask(f"early-calls?grace_s={ON_THEIR_WAY_S}")
        ],
        seconds=seconds_of(products, done),
    )


def seconds_of(products: list[dict[str, Any]], done: list[dict[str, Any]]) -> float:
    """Seconds between the first product and the last publication; 0 when nothing was published."""
    published = [entry["at"] for entry in done if entry["kind"] == "published"]
    return max(published) - min(row["created_at"] for row in products) if published and products else 0.0


def faults_of(row: dict[str, Any], effects: Effects, wanted: Wanted) -> list[str]:
    """What is wrong with one product in the store, one line each."""
    gid = row["id"]
    wrong = [f"{kind} {effects[gid, kind]} times instead of once" for kind in ONCE if effects[gid, kind] != 1]
    if not row["online"]:
        wrong.append("not to be seen in the Online Store")
    if row["category"] != wanted.category:
        wrong.append(f"category {row['category']} instead of {wanted.category}")
    if row["collection_titles"] != [wanted.collection]:
        wrong.append(f"in the collections {row['collection_titles']} instead of {wanted.collection}")
    return [f"{gid}: {each}" for each in wrong]
