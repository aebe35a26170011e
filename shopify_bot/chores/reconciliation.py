"""Reconciliation: reads from the store what changed since the watermark, for webhooks that never came.

Pages come in the order of their last change. What a page leads to, the watermark and the counts so far are
committed together, so a run that is killed goes on where it stood. A webhook for the same change does no
harm before or after: both ways lead through `shopify_bot.intake`.
"""

import logging
import time
from collections.abc import Iterator
from dataclasses import asdict, dataclass, fields, replace
from datetime import UTC, datetime, timedelta
from itertools import chain
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from shopify_bot import intake
from shopify_bot.bot import Bot
from shopify_bot.bulk import work as bulk_work
from shopify_bot.chores import rota
from shopify_bot.chores.rota import Held
from shopify_bot.doorbell import CLASSIFY
from shopify_bot.errors import LeaseLost
from shopify_bot.jobs.process import stopping
from shopify_bot.shopify.client import AdminClient
from shopify_bot.states import CLOSED
from shopify_bot.stores import Stores
from shopify_bot.tables import Product, Review, now
from shopify_bot.told import by_api, moment, text

log = logging.getLogger(__name__)

PAGE = 100
DEEPEST = 25_000
"""Objects after which the store pages no further; the reading starts anew at the watermark."""
ASKED_AT_ONCE = 250
OVERLAP = timedelta(minutes=10)
"""A change may show in the store's search a little after it was made, and our clock may be ahead."""
SLICE_S = 30.0
"""After this the other shops' chores have their turn, and this one goes on where it stood."""

Node = dict[str, Any]


def reconcile(bot: Bot, stores: Stores, held: Held) -> dict[str, Any]:
    """Find what changed in the shop, and what was deleted; returns the counts.

    `more` says that the time was up before everything was read. Raises Transient, Permanent, LeaseLost.
    """
    return Reconciliation(bot, stores.client(held.shop), held).run()


@dataclass(frozen=True)
class Counts:
    """Products read, those that were new to us, changed, deleted, and that could not be read."""

    read: int = 0
    new: int = 0
    changed: int = 0
    gone: int = 0
    odd: int = 0
    asked: int = 0
    """The last open review whose product the store was asked for."""
    more: bool = True

    def plus(self, **counts: int) -> "Counts":
        """With these added."""
        return Counts(**asdict(self) | {name: getattr(self, name) + more for name, more in counts.items()})


class Reconciliation:
    """One run over one shop, or as much of it as its time allows."""

    def __init__(self, bot: Bot, client: AdminClient, held: Held) -> None:
        self.bot, self.client, self.held = bot, client, held
        found = held.chore.found or {}
        goes_on = bool(found.get("more"))
        known = {each.name for each in fields(Counts)}
        self.counts = Counts(**{k: v for k, v in found.items() if k in known}) if goes_on else Counts()
        self.reached = held.chore.watermark or held.shop.connected_at
        self.watermark = self.reached if goes_on else self.reached - OVERLAP

    def run(self) -> dict[str, Any]:
        """Step by step, each committed, until all is done, the time is up, or somebody waits for the worker.

        Times are told to the second: before the watermark is beyond the one we started at, breaking off
        would mean to read the same again.
        """
        deadline = time.monotonic() + SLICE_S
        for is_further in chain(self.changes(), self.deletions()):
            is_late = time.monotonic() > deadline or self.is_awaited()
            if stopping.is_set() or (is_further and is_late):
                return asdict(self.counts)
        with self.bot.database.writing() as session:
            self.watermark = max(self.watermark, self.reached)
            self.counts = replace(self.counts, more=False)
            self.save(session)
        return asdict(self.counts)

    def is_awaited(self) -> bool:
        """Whether a person waits for a bulk action, which the same worker carries out."""
        with self.bot.database.reading() as session:
            return bulk_work.count_due(session) > 0

    def changes(self) -> Iterator[bool]:
        """Take in page after page of what changed; yields whether the watermark has moved on."""
        start, after, depth = self.watermark, None, 0
        while True:
            query = changed_since(start)
            page = self.client.execute("products_changed", first=PAGE, after=after, query=query)["products"]
            self.take_in([node for node in page["nodes"] if node])
            yield self.is_beyond(start)
            after, depth = page["pageInfo"]["endCursor"], depth + PAGE
            if depth + PAGE > DEEPEST:
                start, after, depth = self.beyond(start), None, 0
            elif not page["pageInfo"]["hasNextPage"]:
                return

    def is_beyond(self, start: datetime) -> bool:
        """Whether the watermark is in a later second."""
        return self.watermark.replace(microsecond=0) > start.replace(microsecond=0)

    def beyond(self, start: datetime) -> datetime:
        """Where to start anew; it must be later than the last start, or the reading would turn in circles."""
        if self.is_beyond(start):
            return self.watermark
        log.warning("%s: more than %d products changed at %s", self.client.domain, DEEPEST, start)
        return start + timedelta(seconds=1)

    def take_in(self, nodes: list[Node]) -> None:
        """Commit what a page leads to, together with the watermark."""
        times = [moment(text(node, "updatedAt")) for node in nodes]
        self.watermark = max([self.watermark, *(each for each in times if each)])
        with self.bot.database.writing() as session:
            known = self.known(session, nodes)
            # Workers lock reviews by their ids, too: another order might end in a deadlock.
            nodes.sort(key=lambda node: known.get(node["id"]) or 0)
            counted = [self.one(session, node, node["id"] in known) for node in nodes]
            found = {name: counted.count(name) for name in ("new", "changed", "odd")}
            self.counts = self.counts.plus(read=len(nodes), **found)
            self.save(session)
        if found["new"] or found["changed"]:
            self.bot.doorbell.ring(CLASSIFY)

    def known(self, session: Session, nodes: list[Node]) -> dict[str, int | None]:
        """Ids of those products that we know, with the number of their latest review."""
        query = (
            select(Product.gid, func.max(Review.id))
            .outerjoin(Review, Review.product_id == Product.id)
            .where(Product.shop_id == self.held.shop.id, Product.gid.in_([node["id"] for node in nodes]))
            .group_by(Product.gid)
        )
        return {row[0]: row[1] for row in session.execute(query)}

    def one(self, session: Session, node: Node, is_known: bool) -> str:
        """Do what the product's webhook would have done: new, changed, odd, or nothing for neither."""
        try:
            with session.begin_nested():
                wanted = intake.updated(session, self.held.shop, node["id"], by_api(node))
        except (IntegrityError, TypeError, ValueError, AttributeError) as error:
            # A clash is the product's webhook, at this very moment.
            log.warning("%s: %s is passed over: %s", self.client.domain, node["id"], error)
            return "odd"
        return ("changed" if is_known else "new") if wanted else ""

    def deletions(self) -> Iterator[bool]:
        """Ask for the products of open reviews, and take out of the queue what is no longer there."""
        while batch := self.open_reviews():
            asked = self.client.execute("products_exist", ids=[gid for _, gid in batch])["nodes"]
            there = {node["id"] for node in asked if node}
            with self.bot.database.writing() as session:
                gone = [gid for _, gid in batch if gid not in there]
                for gid in gone:
                    intake.deleted(session, self.held.shop, gid)
                self.counts = self.counts.plus(gone=len(gone), asked=batch[-1][0] - self.counts.asked)
                self.save(session)
            yield True

    def open_reviews(self) -> list[tuple[int, str]]:
        """The next open reviews to be asked about, with their products' ids."""
        query = (
            select(Review.id, Product.gid)
            .join(Product, Product.id == Review.product_id)
            .where(
                Review.shop_id == self.held.shop.id,
                Review.state.not_in(CLOSED),
                Review.created_at < now() - intake.FRESH,
                Review.id > self.counts.asked,
            )
            .order_by(Review.id)
            .limit(ASKED_AT_ONCE)
        )
        with self.bot.database.reading() as session:
            return [(review, gid) for review, gid in session.execute(query)]

    def save(self, session: Session) -> None:
        """Keep watermark and counts; a run that goes on later starts from them. Raises LeaseLost."""
        found = asdict(self.counts)
        if not rota.save(session, self.held, watermark=self.watermark, found=found):
            raise LeaseLost("Another worker has taken over this chore; it goes on from what is kept.")


def changed_since(start: datetime) -> str:
    """The search for what changed; archived products are left where the merchant put them."""
    return f"status:active,draft,unlisted AND updated_at:>='{start.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}'"
