"""Take back what is due: claim reviews that are to be undone, and put back what stood in the store."""

import logging
from dataclasses import asdict
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from shopify_bot.claims import TO_REVERT, settle
from shopify_bot.errors import NotPublished
from shopify_bot.finding.noting import note_latest
from shopify_bot.jobs.store_work import StoreWork, keep_in_mind
from shopify_bot.publishing.reverting import Reverter
from shopify_bot.publishing.written import written_for
from shopify_bot.shopify.errors import Busy
from shopify_bot.states import State
from shopify_bot.tables import Product, Publication, Review, now

log = logging.getLogger(__name__)


class RevertWork(StoreWork):
    """The step that takes a publication back, with all it needs."""

    due, working, name = TO_REVERT, State.REVERTING, "reverting"

    def carry_out(self, review: Review) -> dict[str, Any]:
        """Put back what stood in the store. Raises NotPublished, Busy."""
        publication = review.publication
        if publication is None or publication.after is None:
            raise NotPublished(f"Review {review.id} was not published, so there is nothing to take back.")
        self.refuse_while_publishing(review)
        reverter = Reverter(self.stores.client(review.shop))
        state, outcome = reverter.revert(written_for(review.product.gid, publication))
        return {"state": asdict(state), "outcome": asdict(outcome)}

    def refuse_while_publishing(self, review: Review) -> None:
        """Raises Busy while a worker publishes another review of the product."""
        with self.bot.database.reading() as session:
            busy = select(Review.id).where(
                Review.shop_id == review.shop_id,
                Review.product_id == review.product_id,
                Review.state == State.PUBLISHING,
                Review.lease_until > now(),
            )
            if session.scalar(busy.limit(1)) is not None:
                raise Busy("Another publication of this product is under way.", 1.0)

    def record_success(self, session: Session, token: str, review: Review, outcome: dict[str, Any]) -> None:
        """The publication is taken back."""
        if not settle(session, review, token, State.REVERTED, error=None, attempts=0, takeovers=0):
            log.warning("review %s was taken over meanwhile; its new owner finishes it", review.id)
            return
        publication = session.scalars(select(Publication).where(Publication.review_id == review.id)).one()
        publication.reverted, publication.reverted_at = outcome["outcome"], now()
        keep_in_mind(session.get_one(Product, review.product_id), outcome["state"])
        note_latest(session, review)
        log.info("took back review %s of product %s", review.id, review.product.gid)
