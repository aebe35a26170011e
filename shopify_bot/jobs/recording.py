"""Writes what a look at a product and the model's answer come to, and moves the review on."""

import logging
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from classifier.errors import PictureError
from classifier.predictor import Prediction as Predicted
from shopify_bot import likeness
from shopify_bot.alone.deciding import decide_alone
from shopify_bot.bot import Bot
from shopify_bot.claims import drop, give_up, settle, try_again_or_fail
from shopify_bot.doorbell import PUBLISH
from shopify_bot.errors import CannotDecrypt
from shopify_bot.finding import noting
from shopify_bot.intake import FRESH
from shopify_bot.jobs.looking import Look
from shopify_bot.jobs.process import about_review
from shopify_bot.shopify.errors import (
    Permanent,
    PictureForbidden,
    PictureNotReady,
    PictureTooBig,
    ProductGone,
)
from shopify_bot.states import State
from shopify_bot.tables import Prediction, Product, Review, now

log = logging.getLogger(__name__)

TELLING = ("image_sha256", "model_version", "kind", "label", "sure")
"""Columns of a prediction; another one that has the same in them tells a reviewer nothing new."""


@dataclass(frozen=True)
class Recording:
    """Records the results of one claim, made with one model.

    `promise` is the share of right ones that it promises among those that it decides alone.
    """

    bot: Bot
    token: str
    model_version: str
    promise: float = 0.0
    decided_alone: list[int] = field(default_factory=list)
    """Ids of the reviews that were approved without a person."""

    def record_all(self, results: list[tuple[Look, Predicted | None]]) -> None:
        """Write all in one transaction; one that cannot be written is put off alone."""
        with self.bot.database.writing() as session:
            for seen, predicted in results:
                with about_review(seen.review):
                    self.record_or_put_off(session, seen, predicted)
        if self.decided_alone:
            self.bot.doorbell.ring_in(self.bot.settings.undo_s, PUBLISH, self.decided_alone)

    def record_or_put_off(self, session: Session, seen: Look, predicted: Predicted | None) -> None:
        """Write what was found; what cannot be written is tried again."""
        try:
            with session.begin_nested():
                self.record(session, seen, predicted)
        except Exception as error:
            log.exception("review %s could not be recorded", seen.review.id)
            try_again_or_fail(self.bot, session, seen.review, self.token, error)

    def record(self, session: Session, seen: Look, predicted: Predicted | None) -> None:
        """Write what was found of one product."""
        review = seen.review
        if seen.product is not None:
            row = update(Product).where(Product.id == review.product_id)
            session.execute(row.values(**product_values(seen)))
        if self.has_changed_since(session, seen):
            self.wait(session, seen, timedelta(0), review.image_reads, "The product changed meanwhile.")
        elif predicted is None or seen.picture is None:
            error = seen.error or PictureNotReady("There is no picture.")
            self.record_error(session, seen, predicted, error)
        elif self.is_published_as_it_is(session, seen):
            drop(session, review, self.token)
        else:
            self.to_pending(session, seen, predicted, note=None)

    def record_error(
        self, session: Session, seen: Look, predicted: Predicted | None, error: Exception
    ) -> None:
        """Wait, ask a person, try again or give up, as the error calls for.

        `predicted`, if anything, is what the title alone says: of use once no picture is to be waited for.
        """
        review, token = seen.review, self.token
        if isinstance(error, ProductGone):
            self.wait_or_gone(session, seen, error)
        elif isinstance(error, PictureNotReady):
            self.wait_for_picture(session, seen, predicted, error)
        elif isinstance(error, PictureError | PictureForbidden | PictureTooBig):
            self.to_pending(session, seen, predicted, note=f"no usable picture: {error}")
        elif isinstance(error, Permanent | CannotDecrypt):
            give_up(session, review, token, error)
        else:
            log.warning("review %s: %s: %s", review.id, type(error).__name__, error)
            try_again_or_fail(self.bot, session, review, token, error)

    def has_changed_since(self, session: Session, seen: Look) -> bool:
        """Whether the store told of a change after we began to look."""
        changed_at = session.scalar(select(Review.changed_at).where(Review.id == seen.review.id))
        return changed_at is not None and changed_at > seen.started

    def is_published_as_it_is(self, session: Session, seen: Look) -> bool:
        """Whether the product was published with this very picture, classified by this very model."""
        query = (
            select(Prediction.id)
            .join(Review, Review.id == Prediction.review_id)
            .where(
                Review.product_id == seen.review.product_id,
                Review.state == State.PUBLISHED,
                Prediction.image_sha256 == seen.picture_sha256,
                Prediction.model_version == self.model_version,
            )
        )
        return session.scalar(query.limit(1)) is not None

    def wait_for_picture(
        self, session: Session, seen: Look, predicted: Predicted | None, error: Exception
    ) -> None:
        """Ask again later; after the last wait the title has to do."""
        waits, reads = self.bot.settings.image_retry_s, seen.review.image_reads
        if reads < len(waits):
            self.wait(session, seen, timedelta(seconds=waits[reads]), reads + 1, str(error))
        else:
            self.to_pending(session, seen, predicted, note=f"no usable picture: {error}")

    def wait_or_gone(self, session: Session, seen: Look, error: Exception) -> None:
        """A product just made may not show yet; any other that is not there was deleted."""
        waits, reads = self.bot.settings.image_retry_s, seen.review.image_reads
        if reads < len(waits) and seen.review.created_at > now() - FRESH:
            self.wait(session, seen, timedelta(seconds=waits[reads]), reads + 1, str(error))
        else:
            settle(session, seen.review, self.token, State.GONE, error=None)

    def wait(self, session: Session, seen: Look, wait: timedelta, reads: int, note: str) -> None:
        """Look at the product again after `wait`."""
        values: dict[str, Any] = {"image_reads": reads, "note": note, "attempts": 0, "error": None}
        due = now() + wait
        settle(
            session,
            seen.review,
            self.token,
            State.WAITING_FOR_IMAGE,
            next_attempt_at=due,
            takeovers=0,
            **values,
        )

    def to_pending(self, session: Session, seen: Look, predicted: Predicted | None, note: str | None) -> None:
        """Hand the review to a person, with the prediction if there is one."""
        calm: dict[str, Any] = {"attempts": 0, "takeovers": 0, "error": None}
        if not settle(session, seen.review, self.token, State.PENDING, note=note, **calm):
            log.warning("review %s was taken over meanwhile; our result is dropped", seen.review.id)
            noting.note(session, session.get_one(Review, seen.review.id))
            return
        if not self.is_known(session, fresh := self.prediction(seen, predicted)):
            session.add(fresh)
        review = session.get_one(Review, seen.review.id)
        likeness.keep(session, review, seen.likeness, self.model_version)
        noting.note(session, review)
        regrets = timedelta(seconds=self.bot.settings.undo_s)
        if decide_alone(session, review, self.promise, regrets, self.bot.settings.model):
            self.decided_alone.append(review.id)
        log.info("classified review %s as %s; it is %s", review.id, fresh.label or note, review.state)

    def is_known(self, session: Session, fresh: Prediction) -> bool:
        """Whether the review's latest prediction says the same of the same picture, by the same model."""
        latest = session.scalar(
            select(Prediction)
            .where(Prediction.review_id == fresh.review_id)
            .order_by(Prediction.id.desc())
            .limit(1)
        )
        return latest is not None and all(getattr(latest, name) == getattr(fresh, name) for name in TELLING)

    def prediction(self, seen: Look, predicted: Predicted | None) -> Prediction:
        """The row to write; it has no label when there was nothing to predict from."""
        return Prediction(
            shop_id=seen.review.shop_id,
            review_id=seen.review.id,
            model_version=self.model_version,
            image_sha256=seen.picture_sha256,
            seconds=(now() - seen.review.created_at).total_seconds(),
            **prediction_values(predicted),
        )


def prediction_values(predicted: Predicted | None) -> dict[str, Any]:
    """Columns of the prediction's row, as the model told them."""
    if predicted is None:
        return {"top": []}
    return {
        "label": predicted.label,
        "confidence": predicted.confidence,
        "top": [{"label": label, "probability": probability} for label, probability in predicted.top],
        "sure": predicted.sure,
        "category": predicted.category,
        "category_confidence": predicted.category_confidence,
        "kind": predicted.kind,
        "decides_alone": predicted.decides_alone,
    }


def product_values(seen: Look) -> dict[str, Any]:
    """Columns of the product's row, as the store tells them now."""
    product = seen.product
    assert product is not None
    return {
        "title": product.title,
        "vendor": product.vendor,
        "product_type": product.product_type,
        "tags": list(product.tags),
        "store_status": product.status,
        "category_id": product.category_id,
        "category_name": product.category_name,
        "image_url": seen.picture_url,
        "pictures": [each.url for each in product.pictures],
        "collections": list(product.collections),
        "image_key": seen.picture_key,
        "image_sha256": seen.picture_sha256,
        "updated_at": now(),
    }
