"""Publish what is due: claim approved reviews and carry each through to the store."""

import logging
from dataclasses import dataclass
from functools import cached_property
from typing import Any, cast

from sqlalchemy import select
from sqlalchemy.orm import Session

from shopify_bot.bot import Bot
from shopify_bot.claims import TO_PUBLISH, settle
from shopify_bot.doorbell import PUBLISH
from shopify_bot.finding.noting import note_latest
from shopify_bot.jobs.process import this_worker, until_nothing_is_due
from shopify_bot.jobs.revert import RevertWork
from shopify_bot.jobs.store_work import StoreWork, keep_in_mind
from shopify_bot.labels import label_tree
from shopify_bot.mapping import Status, filing_for
from shopify_bot.publishing.collection_keeping import CollectionKeeper
from shopify_bot.publishing.person_category import CategoryChoice, latest_publication, written_by
from shopify_bot.publishing.plan_keeping import PlanKeeper
from shopify_bot.publishing.plans import Plan, plan_from
from shopify_bot.publishing.publisher import Publisher, Target
from shopify_bot.shopify.client import AdminClient
from shopify_bot.shopify.errors import Busy
from shopify_bot.states import State
from shopify_bot.stores import Stores
from shopify_bot.tables import Decision, Product, Publication, Review, now

log = logging.getLogger(__name__)


def publish_due(_reviews: list[int] | None = None) -> int:
    """The RQ job. The ids that rang are a hint only: whatever is due is published, or taken back.

    Returns how many were.
    """
    worker = this_worker()
    publish, revert = PublishWork(worker.bot, worker.stores), RevertWork(worker.bot, worker.stores)
    return until_nothing_is_due(worker.bot, PUBLISH, lambda: publish.one_batch() + revert.one_batch())


class PublishWork(StoreWork):
    """The publish step, with all it needs."""

    due, working, name = TO_PUBLISH, State.PUBLISHING, "publishing"

    def carry_out(self, review: Review) -> dict[str, Any]:
        return OneReview(self.bot, self.stores, review).publish()

    def record_success(self, session: Session, token: str, review: Review, outcome: dict[str, Any]) -> None:
        """The product is published."""
        if not settle(session, review, token, State.PUBLISHED, error=None, attempts=0, takeovers=0):
            log.warning("review %s was taken over meanwhile; its new owner finishes it", review.id)
            return
        publication = session.scalars(select(Publication).where(Publication.review_id == review.id)).one()
        publication.after, publication.finished_at = outcome, now()
        publication.collection_gid = outcome["collection"]
        keep_in_mind(session.get_one(Product, review.product_id), outcome)
        note_latest(session, review)
        log.info("published review %s of product %s", review.id, review.product.gid)


@dataclass(frozen=True)
class OneReview:
    """Publishing one review: gathers what the publisher needs."""

    bot: Bot
    stores: Stores
    review: Review

    def publish(self) -> dict[str, Any]:
        """Carry the review's product to the store; returns what stands there afterwards. Raises Busy."""
        keeper = PlanKeeper(self.bot.database, self.review, self.plan())
        collections = CollectionKeeper(self.client, self.bot.database, self.review.shop_id)
        return Publisher(self.client, collections).publish(self.target(), keeper)

    @cached_property
    def client(self) -> AdminClient:
        return self.stores.client(self.review.shop)

    @cached_property
    def decision(self) -> Decision:
        """The latest decision for a label."""
        return [decision for decision in self.review.decisions if decision.label is not None][-1]

    def plan(self) -> Plan:
        """What the decided label means in this shop now. Raises UnknownLabel."""
        shop, label = self.review.shop, self.decision.label or ""
        with self.bot.database.reading() as session:
            filing = filing_for(session, shop, label_tree(self.bot.settings.model), label)
        channels = filing.publication_ids
        online_store_alone = channels is None and not shop.publication_ids
        if channels is None:
            channels = tuple(self.stores.publications(shop))
        status = filing.status or shop.publish_status
        return Plan(self.decision.id, filing, channels, cast(Status, status), online_store_alone)

    def target(self) -> Target:
        """The product, what may be done to its category, and where earlier publications put it."""
        with self.bot.database.reading() as session:
            product = session.get_one(Product, self.review.product_id)
            self.refuse_while_reverting(product)
            written = frozenset(written_before(product, self.review))
            former = tuple(gid for review in product.reviews for gid in joined_by(review.publication))
        said = self.decision
        choice = CategoryChoice(written, said.replaces_category, said.store_category_id)
        return Target(self.review.product.gid, choice, former)

    def refuse_while_reverting(self, product: Product) -> None:
        """Raises Busy while an earlier publication of the product is being taken back."""
        if any(review.state == State.REVERTING for review in product.reviews):
            raise Busy("An earlier publication of this product is being taken back.", 1.0)


def written_before(product: Product, review: Review) -> set[str]:
    """Categories that our latest publication, or an earlier try of this one, wrote."""
    latest, own = latest_publication(product), review.publication
    found = {written_by(latest)} if latest else set()
    if own is not None and own.plan is not None:
        found |= set(plan_from(own.plan).categories)
    return {each for each in found if each is not None}


def joined_by(publication: Publication | None) -> list[str]:
    """Collections that a publication put the product into, and that it was not in before."""
    if publication is None or publication.reverted_at is not None:
        return []
    if publication.plan is not None:
        return [gid for gid, was_member in plan_from(publication.plan).joined.items() if not was_member]
    return [publication.collection_gid] if publication.collection_gid else []
