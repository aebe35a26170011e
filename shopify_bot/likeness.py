"""Which products look alike: what the network saw of each, as a few numbers that are kept with its review.

A product is put in the group of the first one that looks like it (leader grouping, as products come in), so
that a list can show the most similar ones together without comparing all with all.
"""

import threading
from collections import OrderedDict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache

import numpy as np
from sqlalchemy import delete, insert, select
from sqlalchemy.orm import Session

from classifier.nearest import nearest, unit_rows
from shopify_bot.database import Database
from shopify_bot.tables import Embedding, Review, Shop

WIDTH = 256
"""Numbers kept of a product; by the reduction cosines over 0.8 move by 0.016 (one standard deviation)."""

ALIKE = 0.85
"""Least cosine within a group. Of 5,000 product photographs each at 224 and at 60 pixels, 74 % and 63 % come
into a group with others, and 93 % and 91 % of those are of the same of 142 types as the first of their group;
at 0.8 it is 87 % and 78 % with 92 % and 90 %, at 0.9 54 % and 39 % with 95 % and 94 %."""

MOST_KEPT = 20_000
"""Products of a shop that are compared with, the latest ones; 1 KB each in memory."""
MOST_SHOPS = 8
MARGIN = 256
"""Rows with lower ids than the highest one read that may show only now: their transactions were longer."""


@dataclass(frozen=True)
class Likeness:
    """What is kept of a review: its numbers as they stand in the database, and the first one like it."""

    vector: bytes
    alike: int


def reduced(embeddings: np.ndarray) -> np.ndarray:
    """Rows of length one, float16 (n, WIDTH), whose cosines are about those of the embeddings (n, d)."""
    return unit_rows(unit_rows(embeddings) @ projection(embeddings.shape[1])).astype("<f2")


@lru_cache(maxsize=4)
def projection(width: int) -> np.ndarray:
    """A random projection, float32 (width, WIDTH), the same one wherever and whenever it is made."""
    return np.random.default_rng(width).standard_normal((width, WIDTH)).astype(np.float32)


def keep(session: Session, review: Review, likeness: Likeness | None, model_version: str) -> None:
    """Write what was seen of a review of this session, whose flush is left to the caller.

    `likeness` is None for a product without a picture.
    """
    of_review = (Embedding.shop_id == review.shop_id, Embedding.review_id == review.id)
    kept = select(Embedding.vector, Embedding.model_version).where(*of_review)
    there = session.execute(kept).one_or_none()
    vector = likeness.vector if likeness else None
    if there is not None and tuple(there) == (vector, model_version):
        return
    if there is not None:
        session.execute(delete(Embedding).where(*of_review))
    if vector is not None:
        fresh = {"shop_id": review.shop_id, "review_id": review.id, "model_version": model_version}
        session.execute(insert(Embedding).values(**fresh, vector=vector))
    review.alike = likeness.alike if likeness else review.id


class Likenesses:
    """The latest products of the shops that one process works for, in memory; threads may share it."""

    def __init__(self, database: Database, model_version: str) -> None:
        self.database, self.model_version = database, model_version
        self.lock = threading.Lock()
        self.shops: OrderedDict[tuple[int, str, datetime], ShopLikenesses] = OrderedDict()

    def group(self, seen: Sequence[tuple[Review, np.ndarray]]) -> dict[int, Likeness]:
        """The likeness of each review, by its id, from its embedding (d,); their shops must be loaded."""
        found: dict[int, Likeness] = {}
        by_shop: dict[int, list[int]] = {}
        vectors = reduced(np.stack([embedding for _, embedding in seen])) if seen else np.empty((0, WIDTH))
        for place, (review, _) in enumerate(seen):
            by_shop.setdefault(review.shop_id, []).append(place)
        for places in by_shop.values():
            reviews = [seen[place][0] for place in places]
            with self.lock:
                known = self.refreshed(reviews[0].shop)
                leaders = known.group([review.id for review in reviews], vectors[places])
            for review, place, leader in zip(reviews, places, leaders, strict=True):
                found[review.id] = Likeness(vectors[place].tobytes(), leader)
        return found

    def most_alike(self, shop: Shop, review_id: int, part: int = 500) -> Iterator[list[tuple[int, float]]]:
        """Other reviews of the shop with their cosines, best first, in parts; none if it has no picture."""
        with self.lock:
            ranked = self.refreshed(shop).ranked(review_id)
        for start in range(0, len(ranked), part):
            yield ranked[start : start + part]

    def refreshed(self, shop: Shop) -> "ShopLikenesses":
        """The shop's, with what was kept since; the lock must be held."""
        key = (shop.id, shop.domain, shop.authorized_at)  # a removed shop's number may be given to another
        known = self.shops.setdefault(key, ShopLikenesses(shop.id, self.model_version))
        self.shops.move_to_end(key)
        while len(self.shops) > MOST_SHOPS:
            self.shops.popitem(last=False)
        with self.database.reading() as session:
            known.refresh(session)
        return known


class ShopLikenesses:
    """A shop's latest products: a ring of rows, float32 (up to MOST_KEPT, WIDTH)."""

    def __init__(self, shop_id: int, model_version: str, most: int = MOST_KEPT) -> None:
        self.shop_id, self.model_version, self.most = shop_id, model_version, most
        self.rows = np.empty((0, WIDTH), dtype=np.float32)
        self.reviews = np.empty(0, dtype=np.int64)
        self.leads = np.empty(0, dtype=bool)
        self.places: dict[int, int] = {}
        self.next_place = 0
        self.newest = 0
        self.recent: dict[int, datetime] = {}
        """When each of the rows was made whose ids are at most MARGIN below the newest."""

    def refresh(self, session: Session) -> None:
        """Read what was kept since the last time, oldest first."""
        query = select(Embedding.id, Embedding.created_at).where(
            Embedding.shop_id == self.shop_id,
            Embedding.model_version == self.model_version,
            Embedding.id > self.newest - MARGIN,
        )
        told = session.execute(query.order_by(Embedding.id.desc()).limit(self.most)).all()
        fresh = [row_id for row_id, made_at in told if self.recent.get(row_id) != made_at]
        if told:
            self.newest = max(self.newest, told[0][0])
        self.recent = {row_id: made_at for row_id, made_at in told if row_id > self.newest - MARGIN}
        if fresh:
            self.read(session, min(fresh), frozenset(fresh))

    def read(self, session: Session, since: int, wanted: frozenset[int]) -> None:
        """Take in the rows of those ids, none of which is below `since`."""
        query = (
            select(Embedding.id, Embedding.review_id, Review.alike, Embedding.vector)
            .join(Review, (Review.shop_id == Embedding.shop_id) & (Review.id == Embedding.review_id))
            .where(
                Embedding.shop_id == self.shop_id,
                Embedding.model_version == self.model_version,
                Embedding.id >= since,
            )
            .order_by(Embedding.id)
        )
        for row_id, review_id, alike, vector in session.execute(query):
            if row_id in wanted and len(vector) == 2 * WIDTH:
                place = self.place_for(review_id)
                self.rows[place] = np.frombuffer(vector, dtype="<f2")
                self.reviews[place], self.leads[place] = review_id, alike == review_id

    def place_for(self, review_id: int) -> int:
        """Where the review's row goes: where it was, else at the end, else in the place of the oldest."""
        if review_id in self.places:
            return self.places[review_id]
        place = self.next_place
        if place >= len(self.rows) and len(self.rows) < self.most:
            self.grow()
        elif len(self.places) >= self.most:
            del self.places[int(self.reviews[place])]
        self.places[review_id] = place
        self.next_place = (place + 1) % self.most
        return place

    def grow(self) -> None:
        """Make room for twice as many."""
        size = min(self.most, max(256, 2 * len(self.rows)))
        more = size - len(self.rows)
        self.rows = np.vstack([self.rows, np.zeros((more, WIDTH), dtype=np.float32)])
        self.reviews = np.concatenate([self.reviews, np.zeros(more, dtype=np.int64)])
        self.leads = np.concatenate([self.leads, np.zeros(more, dtype=bool)])

    def group(self, ids: Sequence[int], vectors: np.ndarray) -> list[int]:
        """The first review like each of the new ones (n, WIDTH), which may be one of these; else its own."""
        queries, count = vectors.astype(np.float32), len(self.places)
        cosines = queries @ self.rows[:count].T
        cosines += np.where(self.leads[:count] & ~np.isin(self.reviews[:count], ids), 0.0, -2.0)
        among_themselves = queries @ queries.T
        found: list[int] = []
        fresh: list[int] = []
        for place, review_id in enumerate(ids):
            likely = [(float(among_themselves[place, other]), ids[other]) for other in fresh]
            if count:
                best = int(cosines[place].argmax())
                likely.append((float(cosines[place, best]), int(self.reviews[best])))
            cosine, leader = max(likely, default=(-1.0, review_id))
            if cosine < ALIKE:
                leader = review_id
                fresh.append(place)
            found.append(leader)
        return found

    def ranked(self, review_id: int) -> list[tuple[int, float]]:
        """All other reviews with their cosines, best first."""
        place, count = self.places.get(review_id), len(self.places)
        if place is None:
            return []
        places, cosines = nearest(self.rows[place][None], self.rows[:count], count)
        pairs = zip(self.reviews[places[0]].tolist(), cosines[0].tolist(), strict=True)
        return [(other, cosine) for other, cosine in pairs if other != review_id]
