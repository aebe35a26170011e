"""Classify what is due: claim a batch, look at each product, one forward pass, one commit."""

import logging
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import numpy as np
from sqlalchemy import select, update
from sqlalchemy.orm import Session

from classifier.errors import ClassifierError
from classifier.predictor import Prediction as Predicted
from classifier.predictor import Predictor
from shopify_bot.bot import Bot
from shopify_bot.claims import TO_CLASSIFY, Claim, claim, drop, held, settle, try_again_or_fail
from shopify_bot.doorbell import CLASSIFY
from shopify_bot.jobs.looking import Look, look
from shopify_bot.jobs.process import this_worker, until_nothing_is_due
from shopify_bot.shopify.errors import (
    PictureForbidden,
    PictureNotReady,
    PictureTooBig,
    ProductGone,
    Transient,
)
from shopify_bot.states import State
from shopify_bot.stores import Stores
from shopify_bot.tables import Prediction, Product, Review, now

log = logging.getLogger(__name__)

THREADS = 16


def classify_due(_reviews: list[int] | None = None) -> int:
    """The RQ job. The ids that rang are a hint only: whatever is due is classified. Returns how many were."""
    worker = this_worker()
    assert worker.predictor is not None, "a classify worker loads the model at its start"
    work = ClassifyWork(worker.bot, worker.stores, worker.predictor)
    return until_nothing_is_due(worker.bot, CLASSIFY, work.one_batch)


@dataclass(frozen=True)
class ClassifyWork:
    """The classify step, with all it needs."""

    bot: Bot
    stores: Stores
    predictor: Predictor

    def one_batch(self) -> int:
        """Classify up to one batch of due reviews; returns how many were claimed."""
        claimed = claim(self.bot, TO_CLASSIFY, State.CLASSIFYING, self.bot.settings.batch_size)
        if not claimed.reviews:
            return 0
        with held(self.bot, claimed.token):
            looks = self.look_at(claimed)
            predictions = self.predict(looks)
            with self.bot.database.writing() as session:
                for seen in looks:
                    self.record(session, claimed.token, seen, predictions.get(seen.review.id))
        log.info("classified %d of %d claimed reviews", len(predictions), len(looks))
        return len(looks)

    def look_at(self, claimed: Claim) -> list[Look]:
        """Read and fetch concurrently: the store and its picture host answer slowly, not our processor."""
        size = self.predictor.bundle.input_size
        with ThreadPoolExecutor(max_workers=min(THREADS, len(claimed.reviews))) as pool:
            return list(pool.map(lambda review: look(self.stores, size, review), claimed.reviews))

    def predict(self, looks: Sequence[Look]) -> dict[int, Predicted]:
        """One forward pass over the pictures that could be read; by review id."""
        usable = [(seen.review.id, seen.picture) for seen in looks if seen.picture is not None]
        if not usable:
            return {}
        found = self.predictor.predict(np.stack([picture for _, picture in usable]))
        return dict(zip([review_id for review_id, _ in usable], found, strict=True))

    def record(self, session: Session, token: str, seen: Look, predicted: Predicted | None) -> None:
        """Write what was found, and move the review on."""
        review, error = seen.review, seen.error
        if seen.product is not None:
            session.execute(
                update(Product).where(Product.id == review.product_id).values(**product_values(seen))
            )
        if predicted is not None and self.is_published_as_it_is(session, seen):
            drop(session, review, token)
        elif predicted is not None:
            self.to_pending(session, token, seen, predicted, note=None)
        elif isinstance(error, ProductGone):
            settle(session, review, token, State.GONE, error=None)
        elif isinstance(error, PictureNotReady):
            self.wait_for_picture(session, token, seen, error)
        elif isinstance(error, ClassifierError | PictureForbidden | PictureTooBig):
            self.to_pending(session, token, seen, None, note=f"no usable picture: {error}")
        elif isinstance(error, Transient):
            try_again_or_fail(self.bot, session, review, token, error)
        else:
            settle(session, review, token, State.FAILED, error=str(error))

    def is_published_as_it_is(self, session: Session, seen: Look) -> bool:
        """Whether the product was published with this very picture, classified by this very model."""
        query = (
            select(Prediction.id)
            .join(Review, Review.id == Prediction.review_id)
            .where(
                Review.product_id == seen.review.product_id,
                Review.state == State.PUBLISHED,
                Prediction.image_sha256 == seen.picture_sha256,
                Prediction.model_version == self.predictor.bundle.version,
            )
        )
        return session.scalar(query.limit(1)) is not None

    def wait_for_picture(self, session: Session, token: str, seen: Look, error: Exception) -> None:
        """Ask again later; after the last wait a person labels the product without its picture."""
        waits = self.bot.settings.image_retry_s
        reads = seen.review.image_reads
        if reads >= len(waits):
            self.to_pending(session, token, seen, None, note=f"no usable picture: {error}")
            return
        later = now() + timedelta(seconds=waits[reads])
        settle(
            session,
            seen.review,
            token,
            State.WAITING_FOR_IMAGE,
            next_attempt_at=later,
            image_reads=reads + 1,
            note=str(error),
            attempts=0,
            error=None,
        )

    def to_pending(
        self, session: Session, token: str, seen: Look, predicted: Predicted | None, note: str | None
    ) -> None:
        """Hand the review to a person, with the prediction if there is one."""
        if not settle(session, seen.review, token, State.PENDING, note=note, attempts=0, error=None):
            log.warning("review %s was taken over meanwhile; our result is dropped", seen.review.id)
            return
        if not self.is_known(session, seen):
            session.add(self.prediction(seen, predicted))

    def is_known(self, session: Session, seen: Look) -> bool:
        """Whether the review's latest prediction is of this picture by this model."""
        latest = session.scalar(
            select(Prediction)
            .where(Prediction.review_id == seen.review.id)
            .order_by(Prediction.id.desc())
            .limit(1)
        )
        this = (seen.picture_sha256, self.predictor.bundle.version)
        return latest is not None and (latest.image_sha256, latest.model_version) == this

    def prediction(self, seen: Look, predicted: Predicted | None) -> Prediction:
        """The row to write; without a usable picture it has no label."""
        return Prediction(
            shop_id=seen.review.shop_id,
            review_id=seen.review.id,
            model_version=self.predictor.bundle.version,
            label=predicted.label if predicted else None,
            confidence=predicted.confidence if predicted else None,
            top=[{"label": label, "probability": p} for label, p in predicted.top] if predicted else [],
            image_sha256=seen.picture_sha256,
        )


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
        "image_key": seen.picture_key,
        "image_sha256": seen.picture_sha256,
        "updated_at": now(),
    }
