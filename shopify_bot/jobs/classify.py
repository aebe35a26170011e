"""Classify what is due: claim a batch, look at each product, one forward pass, one commit."""

import logging
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import cached_property, partial

from classifier.predictor import Prediction as Predicted
from classifier.predictor import Predictor
from shopify_bot.bot import Bot
from shopify_bot.claims import TO_CLASSIFY, Claim, claim, held
from shopify_bot.doorbell import CLASSIFY
from shopify_bot.jobs.looking import Look, look
from shopify_bot.jobs.process import this_worker, until_nothing_is_due
from shopify_bot.jobs.recording import Recording
from shopify_bot.likeness import Likenesses
from shopify_bot.logs.ids import carried
from shopify_bot.states import State
from shopify_bot.stores import Stores

log = logging.getLogger(__name__)

THREADS = 16


def classify_due(_reviews: list[int] | None = None) -> int:
    """The RQ job. The ids that rang are a hint only: whatever is due is classified. Returns how many were."""
    worker = this_worker()
    assert worker.predictor is not None, "a classify worker loads the model at its start"
    work = ClassifyWork(worker.bot, worker.stores, worker.predictor, worker.likenesses)
    return until_nothing_is_due(worker.bot, CLASSIFY, work.one_batch)


@dataclass(frozen=True)
class ClassifyWork:
    """The classify step, with all it needs."""

    bot: Bot
    stores: Stores
    predictor: Predictor
    kept: Likenesses | None = None
    """What the process has seen so far; without it, it is read anew."""

    @cached_property
    def likenesses(self) -> Likenesses:
        """What the shops' latest products look like."""
        return self.kept or Likenesses(self.bot.database, self.predictor.bundle.version)

    def one_batch(self) -> int:
        """Classify up to one batch of due reviews; returns how many were claimed."""
        claimed = claim(self.bot, TO_CLASSIFY, State.CLASSIFYING, self.bot.settings.batch_size)
        if not claimed.reviews:
            return 0
        with held(self.bot, claimed.token):
            looks = self.look_at(claimed)
            predictions = self.predict(looks)
            self.compare(looks, predictions)
        bundle = self.predictor.bundle
        recording = Recording(self.bot, claimed.token, bundle.version, bundle.calibration.precision)
        recording.record_all([(seen, predictions.get(seen.review.id)) for seen in looks])
        log.info("classified %d of %d claimed reviews", len(predictions), len(looks))
        return len(looks)

    def look_at(self, claimed: Claim) -> list[Look]:
        """Read and fetch concurrently: the store and its picture host answer slowly, not our processor."""
        size = self.predictor.bundle.input_size
        with ThreadPoolExecutor(max_workers=min(THREADS, len(claimed.reviews))) as pool:
            return list(pool.map(carried(partial(look, self.stores, size)), claimed.reviews))

    def predict(self, looks: Sequence[Look]) -> dict[int, Predicted]:
        """One forward pass over whatever has a picture or a title; by review id."""
        usable = [seen for seen in looks if self.is_enough(seen)]
        if not usable:
            return {}
        try:
            found = self.predictor.predict([seen.given for seen in usable])
        except Exception as error:
            log.exception("the model failed on a batch of %d", len(usable))
            for seen in looks:
                seen.error = seen.error or error
            return {}
        return {seen.review.id: predicted for seen, predicted in zip(usable, found, strict=True)}

    def compare(self, looks: Sequence[Look], predictions: dict[int, Predicted]) -> None:
        """Note on each product with a picture which other ones look like it."""
        found = {review_id: predicted.embedding for review_id, predicted in predictions.items()}
        seen = [(one.review, each) for one in looks if (each := found.get(one.review.id)) is not None]
        likenesses = self.likenesses.group(seen)
        for one in looks:
            one.likeness = likenesses.get(one.review.id)

    def is_enough(self, seen: Look) -> bool:
        """Whether there is a picture, or a title and a model that has learnt to read."""
        return seen.picture is not None or (self.predictor.scorer.reads and seen.has_words)
