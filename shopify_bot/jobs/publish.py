"""Publish what is due: claim approved reviews and carry each through to the store."""

import logging
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from classifier.errors import ClassifierError
from shopify_bot.bot import Bot
from shopify_bot.claims import TO_PUBLISH, Claim, claim, held, settle, try_again_or_fail
from shopify_bot.collection_keeping import CollectionKeeper
from shopify_bot.doorbell import PUBLISH
from shopify_bot.errors import CannotDecrypt, UnknownLabel
from shopify_bot.jobs.process import this_worker, until_nothing_is_due
from shopify_bot.labels import label_tree
from shopify_bot.mapping import Filing, filing
from shopify_bot.publishing import Publisher, Target
from shopify_bot.shopify.client import AdminClient
from shopify_bot.shopify.errors import Permanent, ProductGone, Transient, UserErrors
from shopify_bot.states import State
from shopify_bot.stores import Stores
from shopify_bot.tables import Product, Publication, Review, now

log = logging.getLogger(__name__)

CLAIM_AT_ONCE = 6
"""Published side by side, since the store answers slowly; few, so that several workers share the work."""


def publish_due(_reviews: list[int] | None = None) -> int:
    """The RQ job. The ids that rang are a hint only: whatever is due is published. Returns how many were."""
    worker = this_worker()
    work = PublishWork(worker.bot, worker.stores)
    return until_nothing_is_due(worker.bot, PUBLISH, work.one_batch)


@dataclass(frozen=True)
class PublishWork:
    """The publish step, with all it needs."""

    bot: Bot
    stores: Stores

    def one_batch(self) -> int:
        """Publish a few approved reviews; returns how many were claimed."""
        claimed = claim(self.bot, TO_PUBLISH, State.PUBLISHING, CLAIM_AT_ONCE)
        if claimed.reviews:
            with held(self.bot, claimed.token), ThreadPoolExecutor(max_workers=CLAIM_AT_ONCE) as pool:
                list(pool.map(lambda review: self.one(claimed, review), claimed.reviews))
        return len(claimed.reviews)

    def one(self, claimed: Claim, review: Review) -> None:
        """Publish one review; whatever goes wrong lands on the review."""
        try:
            after = OneReview(self.bot, self.stores, review).publish()
        except Exception as error:
            if isinstance(error, UserErrors):
                self.stores.forget_channels(review.shop)
            with self.bot.database.writing() as session:
                self.record_failure(session, claimed.token, review, error)
            return
        with self.bot.database.writing() as session:
            self.record_success(session, claimed.token, review, after)

    def record_success(self, session: Session, token: str, review: Review, after: dict[str, Any]) -> None:
        """The product is published."""
        if not settle(session, review, token, State.PUBLISHED, error=None, attempts=0, takeovers=0):
            log.warning("review %s was taken over meanwhile; its new owner finishes it", review.id)
            return
        publication = session.scalars(select(Publication).where(Publication.review_id == review.id)).one()
        publication.after, publication.finished_at = after, now()
        publication.collection_gid = after["collection"]
        product = session.get_one(Product, review.product_id)
        product.category_id, product.category_name = after["category_id"], after["category_name"]
        product.product_type, product.store_status = after["product_type"], after["status"]
        product.tags = list(after["tags"])
        log.info("published review %s of product %s", review.id, product.gid)

    def record_failure(self, session: Session, token: str, review: Review, error: Exception) -> None:
        """Put the review off, or say why no further automatic attempt is made."""
        log.warning("review %s was not published: %s", review.id, error)
        if isinstance(error, Transient):
            try_again_or_fail(self.bot, session, review, token, error)
        elif isinstance(error, ProductGone):
            settle(session, review, token, State.GONE, error=str(error))
        elif isinstance(error, Permanent | UnknownLabel | CannotDecrypt | ClassifierError):
            settle(session, review, token, State.FAILED, error=str(error))
        else:
            log.exception("a fault of ours in publishing review %s", review.id, exc_info=error)
            try_again_or_fail(self.bot, session, review, token, error)


@dataclass(frozen=True)
class OneReview:
    """Publishing one review: gathers what the publisher needs, and keeps what stood there before."""

    bot: Bot
    stores: Stores
    review: Review

    def publish(self) -> dict[str, Any]:
        """Carry the review's product to the store; returns what stands there afterwards."""
        keeper = CollectionKeeper(self.client, self.bot.database, self.review.shop_id)
        return Publisher(self.client, keeper).publish(self.target(), self.remember)

    @cached_property
    def client(self) -> AdminClient:
        return self.stores.client(self.review.shop)

    def target(self) -> Target:
        """What to write, and where."""
        channels = self.stores.publications(self.review.shop)
        return Target(self.review.product.gid, self.filing(), channels, self.former())

    def filing(self) -> Filing:
        """What the decided label means in the store. Raises UnknownLabel."""
        decided = [decision.label for decision in self.review.decisions if decision.label is not None]
        return filing(label_tree(self.bot.settings.model), decided[-1])

    def former(self) -> tuple[str, ...]:
        """Collections that earlier publications of this product put it into."""
        query = (
            select(Publication.collection_gid)
            .join(Review, Review.id == Publication.review_id)
            .where(Review.product_id == self.review.product_id, Publication.collection_gid.is_not(None))
        )
        with self.bot.database.reading() as session:
            return tuple(gid for gid in session.scalars(query) if gid)

    def remember(self, before: dict[str, Any]) -> None:
        """Keep what stood in the store before our first write; a repeat must not overwrite it."""
        with self.bot.database.writing() as session:
            known = session.scalar(select(Publication).where(Publication.review_id == self.review.id))
            if known is None:
                session.add(
                    Publication(
                        shop_id=self.review.shop_id,
                        review_id=self.review.id,
                        label=self.filing().label,
                        before=before,
                    )
                )
