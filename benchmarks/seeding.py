"""A shop with a believable past: as many products as asked for, in realistic proportions, by bulk inserts.

The same arguments give the same rows, except for the times, which end now.
"""

import itertools
import random
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass, field
from datetime import datetime, timedelta
from typing import Any

import numpy as np
from sqlalchemy import func, insert, select, text
from sqlalchemy.orm import Session

from classifier.labels import LabelTree
from shopify_bot.database import Database
from shopify_bot.finding.noting import searched
from shopify_bot.mapping import Filing, filing
from shopify_bot.publishing.plans import Plan
from shopify_bot.shopify.products import ProductState
from shopify_bot.states import State
from shopify_bot.tables import (
    Base,
    BulkAction,
    Decision,
    Delivery,
    Embedding,
    Prediction,
    Product,
    Publication,
    Review,
    Shop,
    now,
)

SHARES = {
    State.PUBLISHED: 0.600,
    State.PENDING: 0.200,
    State.GONE: 0.102,
    State.SKIPPED: 0.050,
    State.DISMISSED: 0.020,
    State.REVERTED: 0.010,
    State.FAILED: 0.005,
    State.APPROVED: 0.005,
    State.WAITING_FOR_IMAGE: 0.004,
    State.RECEIVED: 0.003,
    State.CLASSIFYING: 0.001,
}
UNSEEN = frozenset({State.RECEIVED, State.CLASSIFYING, State.WAITING_FOR_IMAGE})
NEWEST = frozenset({State.PENDING, State.APPROVED}) | UNSEEN
NEW_FROM = 0.8
"""What waits came in the last fifth of the time."""
WRITTEN = frozenset({State.PUBLISHED, State.REVERTED})
FIRST_PRODUCT = 8_200_000_000_001
CHUNK = 5_000
WIDTH = 256
"""Numbers in an embedding."""
RARE = "Quetzal"
RARE_EVERY = 14_000
"""Once in so many titles there is a word that no other has."""
ONE_VENDOR, ONE_VENDORS_SHARE = "Alder & Finch", 0.26
"""A vendor to whom this share of what is pending belongs."""
REVIEWERS = ("ann", "ben", "chloé", "dmitri")
COLOURS = "Navy Blue,Black,White,Olive,Rust,Sand,Sky Blue,Charcoal,Ivory,Plum,Teal"
KINDS = "Striped,Printed,Solid,Classic,Slim Fit,Casual,Linen,Cotton,Everyday,Soft"
VENDORS = (
    "Alder,Birch,Cedar,Dune,Ember,Fjord,Grove,Harbor,Iris,Juniper,Kestrel,Linden,Maple,North,Oak,Pine,Quay,"
    "River,Sable,Tern,Umber,Vale,Wren",
    "& Co,Apparel,Atelier,Brothers,Collective,Cotton,Denim,Finch,Goods,House,Label,Lane,Made,Mill,"
    "Outfitters,Sons,Studio,Supply,Thread,Works,Wear",
)
"""First and second parts of names, each of which goes with each."""
ERRORS = (
    "The store did not answer in time, five times in a row.",
    "The store refused the category: it is archived.",
    "The store refused the token; connect the shop again.",
)


@dataclass(frozen=True)
class Look:
    """How a product looks: the right label, title, vendor, and the address of its picture."""

    label: str
    title: str
    vendor: str
    picture: str


@dataclass(frozen=True)
class Plot:
    """What is seeded: into which shop, how many products, over how many days.

    `catalogue` is what the products look like, again and again in turn; without one they have titles made
    up from words, and pictures whose addresses lead nowhere.
    """

    shop: Shop
    tree: LabelTree
    products: int
    days: int = 90
    shares: dict[State, float] = field(default_factory=lambda: dict(SHARES))
    catalogue: tuple["Look", ...] = ()
    models: tuple[str, str] = ("fashion-2026-07", "fashion-2026-10")
    """Versions of the model in the first part of the time and in the second."""
    embeddings: bool = True


Rows = dict[type[Base], list[dict[str, Any]]]


def seed(database: Database, plot: Plot) -> None:
    """Insert everything; the shop must be there and have no reviews of its own that matter to ids.

    On PostgreSQL it also vacuums, as autovacuum would have done over the days.
    """
    with database.writing() as session:
        past = Past(plot, session)
    for chunk in chunks(past.plans(), CHUNK):
        rows: Rows = {}
        for plan in chunk:
            past.add(rows, *plan)
        with database.writing() as session:
            write(session, rows)
    settle(database, past)


def chunks(items: Iterable[Any], size: int) -> Iterator[list[Any]]:
    """Lists of at most that many."""
    left = iter(items)
    while chunk := list(itertools.islice(left, size)):
        yield chunk


ORDER: tuple[type[Base], ...] = (
    BulkAction,
    Product,
    Review,
    Prediction,
    Embedding,
    Decision,
    Publication,
    Delivery,
)


def write(session: Session, rows: Rows) -> None:
    """Insert a chunk, parents first."""
    for table in ORDER:
        if rows.get(table):
            session.execute(insert(table), rows[table])


def settle(database: Database, past: "Past") -> None:
    """Let PostgreSQL count on after our ids, and know how the rows are spread."""
    if database.is_sqlite:
        return
    with database.writing() as session:
        for table in ORDER:
            name = table.__tablename__
            session.execute(
                text(f"SELECT setval(pg_get_serial_sequence('{name}', 'id'), max(id)) FROM {name}")
            )
    with database.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.execute(text("VACUUM ANALYZE"))


class Past:
    """Makes up what happened; every number is drawn from one seed."""

    def __init__(self, plot: Plot, session: Session) -> None:
        self.plot = plot
        self.chance = random.Random(5)
        self.normal = np.random.default_rng(5)
        self.ends = now()
        self.labels = list(plot.tree.leaves)
        self.filings: dict[str, Filing] = {label: filing(plot.tree, label) for label in self.labels}
        self.colours, self.kinds = COLOURS.split(","), KINDS.split(",")
        self.vendors = [
            " ".join(parts) for parts in itertools.product(*(each.split(",") for each in VENDORS))
        ]
        self.weights = [1 / (place + 8) for place in range(len(self.vendors))]
        self.leaders: dict[str, int] = {}
        self.last = {table: session.scalar(select(func.max(table.id))) or 0 for table in ORDER}
        self.centres = self.normal.normal(size=(len(self.labels), WIDTH))
        self.ids: dict[type[Base], itertools.count[int]] = {
            table: itertools.count(self.last[table] + 1) for table in ORDER
        }
        self.bulk: dict[int, int] = {}
        self.looks = itertools.cycle(plot.catalogue)
        self.near: dict[str, list[str]] = {}
        for leaf in plot.tree.leaves.values():
            self.near.setdefault(leaf.category, []).append(leaf.name)

    def plans(self) -> Iterator[tuple[int, State]]:
        """Number and state of every product, oldest first; what waits is mostly new."""
        states = [
            state
            for state, share in self.plot.shares.items()
            for _ in range(round(share * self.plot.products))
        ]
        states.sort(
            key=lambda state: (
                NEW_FROM + (1 - NEW_FROM) * self.chance.random() if state in NEWEST else self.chance.random()
            )
        )
        yield from enumerate(states)

    def add(self, rows: Rows, number: int, state: State) -> None:
        """One product, its review, and what became of it."""
        chance = self.chance
        came = self.ends - timedelta(days=self.plot.days) * (1 - number / self.plot.products)
        product, review = next(self.ids[Product]), next(self.ids[Review])
        look = self.look(number, state, product)
        title, vendor, truth = look.title, look.vendor, look.label
        persons = state not in WRITTEN and chance.random() < 0.05
        put(rows, Product, self.product(product, look, state, persons, came))
        said = None if state in UNSEEN else self.prediction(review, truth, came)
        row = self.review(review, product, title, vendor, state, persons, came)
        put(rows, Review, row)
        put(rows, Delivery, self.delivery(product, came))
        if said is None:
            return
        row |= {
            "label": said["label"],
            "confidence": said["confidence"],
            "is_sure": said["sure"] == "leaf",
        }
        put(rows, Prediction, said)
        if self.plot.embeddings:
            put(rows, Embedding, self.embedding(review, truth, said["created_at"]))
        row["alike"] = self.leader(truth, review)
        self.decide(rows, row, said, truth, state)

    def decide(self, rows: Rows, row: dict[str, Any], said: dict[str, Any], truth: str, state: State) -> None:
        """The decisions that lead to the state, and what was written."""
        kinds = {State.SKIPPED: "skip", State.DISMISSED: "dismiss"}
        undecided = (State.PENDING, State.FAILED) if self.chance.random() < 0.5 else (State.PENDING,)
        if state in undecided or (state == State.GONE and self.chance.random() < 0.3):
            return
        kind = kinds.get(state) or ("approve" if said["label"] == truth else "correct")
        label = None if kind in kinds.values() else truth
        if self.chance.random() < 0.03:
            undone = self.decision(rows, row, said, "skip", None)
            self.decision(rows, row, said, "reopen", None, undoes=undone["id"])
        last = self.decision(rows, row, said, kind, label)
        row["label"] = label or row["label"]
        row["updated_at"] = last["created_at"]
        if state in WRITTEN and label:
            put(rows, Publication, self.publication(row, last, label))
        if state == State.REVERTED:
            self.decision(rows, row, said, "revert", None)

    def vendor(self, state: State) -> str:
        """Few vendors have many products, many have few."""
        if state == State.PENDING and self.chance.random() < ONE_VENDORS_SHARE:
            return ONE_VENDOR
        return self.chance.choices(self.vendors, self.weights)[0]

    def title(self, vendor: str, label: str, number: int) -> str:
        """As titles look in shops."""
        pick = self.chance.choice
        word = f"{RARE} " if number % RARE_EVERY == RARE_EVERY // 2 else ""
        who = pick(("Men", "Women", "Unisex", "Kids"))
        return (
            f"{vendor} {who} {word}{pick(self.colours)} {pick(self.kinds)} {self.filings[label].product_type}"
        )

    def look(self, number: int, state: State, product: int) -> Look:
        """The next of the catalogue, or one that is made up; few labels have many products."""
        if self.plot.catalogue:
            return next(self.looks)
        label = self.labels[min(int(self.chance.expovariate(1 / 28)), len(self.labels) - 1)]
        vendor = self.vendor(state)
        nowhere = f"https://cdn.shopify.com/s/files/1/0/{product % 997}/products/{product}.jpg?width=448"
        return Look(label, self.title(vendor, label, number), vendor, nowhere)

    def product(self, id: int, look: Look, state: State, persons: bool, came: datetime) -> dict[str, Any]:
        meant = self.filings[look.label]
        more = [] if self.plot.catalogue else [f"{look.picture}&n={n}" for n in range(id % 4)]
        has_category = persons or state == State.PUBLISHED
        return {
            "id": id,
            "shop_id": self.plot.shop.id,
            "gid": f"gid://shopify/Product/{FIRST_PRODUCT + id}",
            "title": look.title,
            "vendor": look.vendor,
            "product_type": meant.product_type if state == State.PUBLISHED else "",
            "tags": ["new", *meant.tags] if state == State.PUBLISHED else ["new"],
            "store_status": "ACTIVE" if state == State.PUBLISHED else "DRAFT",
            "category_id": meant.category_id if has_category else None,
            "category_name": meant.category if has_category else None,
            "image_url": None if state == State.WAITING_FOR_IMAGE else look.picture,
            "pictures": [] if state == State.WAITING_FOR_IMAGE else [look.picture, *more],
            "collections": [meant.collection] if state == State.PUBLISHED else [],
            "image_key": f"/products/{id}.jpg",
            "payload_image_key": f"/products/{id}.jpg",
            "image_sha256": f"{id:064x}",
            "created_at": came,
            "updated_at": came,
        }

    def review(
        self, id: int, product: int, title: str, vendor: str, state: State, persons: bool, came: datetime
    ) -> dict[str, Any]:
        failed = state == State.FAILED
        return {
            "id": id,
            "shop_id": self.plot.shop.id,
            "product_id": product,
            "state": state.value,
            "next_attempt_at": came + timedelta(minutes=2),
            "attempts": 5 if failed else 0,
            "error": self.chance.choice(ERRORS) if failed else None,
            "label": None,
            "confidence": None,
            "vendor": vendor,
            "search": searched(title, vendor),
            "has_persons_category": persons,
            "alike": None,
            "is_sure": False,
            "changed_by_us": state == State.PUBLISHED,
            "is_check": self.chance.random() < 0.005,
            "created_at": came,
            "updated_at": came,
        }

    def prediction(self, review: int, truth: str, came: datetime) -> dict[str, Any]:
        """Calibrated: of those said with 90 % nine in ten are right."""
        chance = self.chance
        sure = 1 - (1 - 0.25) * chance.random() ** 3.5 if chance.random() < 0.85 else chance.uniform(0.1, 0.9)
        sure = min(sure, 0.9985)
        others = self.others(truth)
        best, *rest = [truth, *others[:3]] if chance.random() < sure else [others[0], truth, *others[1:3]]
        left = [(1 - sure) * share for share in (0.6, 0.25, 0.1)]
        top = [{"label": best, "probability": round(sure, 4)}]
        top += [{"label": each, "probability": round(p, 4)} for each, p in zip(rest, left, strict=True)]
        seconds = chance.lognormvariate(1.2, 0.6)
        progress = (came - (self.ends - timedelta(days=self.plot.days))) / timedelta(days=self.plot.days)
        return {
            "id": next(self.ids[Prediction]),
            "shop_id": self.plot.shop.id,
            "review_id": review,
            "model_version": self.plot.models[progress > 0.6],
            "label": best,
            "confidence": round(sure, 4),
            "sure": "leaf" if sure > 0.7 else "category" if sure > 0.4 else "nothing",
            "category": self.plot.tree.leaves[best].category,
            "category_confidence": round(min(0.999, sure + 0.05), 4),
            "kind": chance.choices(("image_and_text", "image", "text"), (90, 6, 4))[0],
            "decides_alone": sure > 0.965,
            "top": top,
            "image_sha256": f"{review:064x}",
            "seconds": round(seconds, 2),
            "created_at": came + timedelta(seconds=seconds),
        }

    def others(self, truth: str) -> list[str]:
        """Four labels that it is not, those of its category first."""
        near = [label for label in self.near[self.plot.tree.leaves[truth].category] if label != truth]
        near = self.chance.sample(near, min(3, len(near)))
        far = [label for label in self.labels if label != truth and label not in near]
        return [*near, *self.chance.sample(far, 4 - len(near))]

    def embedding(self, review: int, truth: str, made: datetime) -> dict[str, Any]:
        numbers = self.centres[self.labels.index(truth)] + self.normal.normal(size=WIDTH)
        vector = (numbers / np.linalg.norm(numbers)).astype("<f2").tobytes()
        return {
            "id": next(self.ids[Embedding]),
            "shop_id": self.plot.shop.id,
            "review_id": review,
            "model_version": self.plot.models[1],
            "vector": vector,
            "created_at": made,
        }

    def leader(self, label: str, review: int) -> int:
        """Every third product looks like one that came before."""
        if label in self.leaders and self.chance.random() < 0.33:
            return self.leaders[label]
        self.leaders[label] = review
        return review

    def decision(
        self,
        rows: Rows,
        row: dict[str, Any],
        said: dict[str, Any],
        kind: str,
        label: str | None,
        undoes: int | None = None,
    ) -> dict[str, Any]:
        """One row; the later decisions of a review come later."""
        chance = self.chance
        before = max(row["updated_at"], said["created_at"])
        when = min(before + timedelta(seconds=chance.lognormvariate(7.5, 1.5)), self.ends)
        alone = kind == "approve" and said["decides_alone"] and chance.random() < 0.15
        in_bulk = kind == "approve" and not alone and chance.random() < 0.2
        reviewer = "the model" if alone else chance.choice(REVIEWERS)
        made = {
            "id": next(self.ids[Decision]),
            "shop_id": self.plot.shop.id,
            "review_id": row["id"],
            "kind": kind,
            "label": label,
            "predicted_label": said["label"],
            "reviewer": reviewer,
            "source": "alone" if alone else chance.choices(("web", "cli"), (97, 3))[0],
            "replaces_category": False,
            "store_category_id": None,
            "bulk_id": self.bulk_action(rows, when) if in_bulk else None,
            "confidence": said["confidence"],
            "model_version": said["model_version"],
            "decides_alone": said["decides_alone"],
            "seconds": (when - said["created_at"]).total_seconds(),
            "counts": -1 if undoes else 1 if kind in ("approve", "correct", "skip", "dismiss") else 0,
            "undoes_id": undoes,
            "created_at": when,
        }
        put(rows, Decision, made)
        row["updated_at"] = when
        return made

    def bulk_action(self, rows: Rows, when: datetime) -> int:
        """The bulk approval of that day."""
        day = when.date().toordinal()
        if day not in self.bulk:
            self.bulk[day] = next(self.ids[BulkAction])
            values = {
                "id": self.bulk[day],
                "shop_id": self.plot.shop.id,
                "kind": "approve",
                "label": None,
                "selection": {"ids": []},
                "reviewer": REVIEWERS[day % 2],
                "newest_prediction": 0,
                "newest_review": 0,
                "total": 120,
                "done": 118,
                "refused": 2,
                "reached": 0,
                "undo_until": when,
                "next_attempt_at": when,
                "attempts": 0,
                "finished_at": when,
                "created_at": when,
            }
            put(rows, BulkAction, values)
        return self.bulk[day]

    def publication(self, row: dict[str, Any], last: dict[str, Any], label: str) -> dict[str, Any]:
        meant = self.filings[label]
        gid = f"gid://shopify/Collection/{self.labels.index(label) + 1}"
        before = asdict(ProductState(None, None, "", "DRAFT", ("new",), (), published=False))
        after = asdict(
            ProductState(
                meant.category_id,
                meant.category,
                meant.product_type,
                "ACTIVE",
                ("new", *meant.tags),
                (gid,),
                published=True,
            )
        )
        plan = Plan(last["id"], meant, (), "ACTIVE", True, {"category": [meant.category_id]}, meant.tags)
        done = min(last["created_at"] + timedelta(seconds=6), self.ends)
        reverted = row["state"] == State.REVERTED
        return {
            "id": next(self.ids[Publication]),
            "shop_id": self.plot.shop.id,
            "review_id": row["id"],
            "label": label,
            "before": before,
            "after": after,
            "collection_gid": gid,
            "plan": plan.as_json(),
            "finished_at": done,
            "reverted": {"put_back": [{"what": "Category", "to": "none"}], "left": []} if reverted else None,
            "reverted_at": done if reverted else None,
            "created_at": last["created_at"],
        }

    def delivery(self, product: int, came: datetime) -> dict[str, Any]:
        return {
            "id": next(self.ids[Delivery]),
            "shop_id": self.plot.shop.id,
            "topic": "products/create",
            "event_id": f"event {product}",
            "body_hash": f"{product:064x}",
            "product_gid": f"gid://shopify/Product/{FIRST_PRODUCT + product}",
            "received_at": came,
        }


def put(rows: Rows, table: type[Base], values: dict[str, Any]) -> None:
    """Add a row to the chunk."""
    rows.setdefault(table, []).append(values)
