"""Work that is done in the store for claimed reviews, a few side by side, and what becomes of its faults."""

import logging
from abc import ABC, abstractmethod
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from dataclasses import dataclass
from typing import Any, ClassVar

from sqlalchemy.orm import Session

from classifier.errors import ClassifierError
from shopify_bot.bot import Bot
from shopify_bot.claims import Claim, claim, give_up, held, settle, try_again_or_fail
from shopify_bot.errors import CannotDecrypt, CollectionUnfit, NotPublished, UnknownLabel
from shopify_bot.jobs.process import about_review, stopping
from shopify_bot.logs.ids import carried
from shopify_bot.shopify.errors import Permanent, ProductGone, Transient, UserErrors
from shopify_bot.states import State
from shopify_bot.stores import Stores
from shopify_bot.tables import Product, Review

log = logging.getLogger(__name__)

CLAIM_AT_ONCE = 6
"""Done side by side, since the store answers slowly; few, so that several workers share the work."""
FOR_A_PERSON = (Permanent, CollectionUnfit, UnknownLabel, NotPublished, CannotDecrypt, ClassifierError)
"""Faults that another attempt would only meet again."""


@dataclass(frozen=True)
class StoreWork(ABC):
    """One step in the store: which reviews are due for it, and their state meanwhile and afterwards."""

    bot: Bot
    stores: Stores

    due: ClassVar[tuple[State, ...]]
    working: ClassVar[State]
    name: ClassVar[str]

    def one_batch(self) -> int:
        """Work on a few due reviews; returns how many were claimed."""
        claimed = claim(self.bot, self.due, self.working, CLAIM_AT_ONCE)
        if not claimed.reviews:
            return 0
        with held(self.bot, claimed.token), ThreadPoolExecutor(max_workers=CLAIM_AT_ONCE) as pool:
            one = carried(self.one)
            first = {pool.submit(one, claimed, review): review.shop_id for review in claimed.reviews}
            return len(first) + self.meanwhile(pool, first)

    def meanwhile(self, pool: ThreadPoolExecutor, first: dict[Future[None], int]) -> int:
        """Until the `first` are done, each with its shop, work on more of the shops that are quicker.

        Returns how many more were claimed.
        """
        count, more = 0, dict[Future[None], int]()
        while first:
            for done in wait([*first, *more], return_when=FIRST_COMPLETED).done:
                done.result()
                shop_id = first.pop(done, None) or more.pop(done)
                slower = {*first.values()} - {shop_id}
                if stopping.is_set() or not slower:
                    continue
                claimed = claim(self.bot, self.due, self.working, 1, slower)
                if claimed.reviews:
                    more[pool.submit(carried(self.one_more), claimed)] = claimed.reviews[0].shop_id
                    count += 1
        for late in more:
            late.result()
        return count

    def one_more(self, claimed: Claim) -> None:
        """Work on one review that was claimed by itself."""
        with held(self.bot, claimed.token):
            self.one(claimed, claimed.reviews[0])

    def one(self, claimed: Claim, review: Review) -> None:
        """Work on one review; whatever goes wrong lands on the review."""
        with about_review(review):
            self.do(claimed, review)

    def do(self, claimed: Claim, review: Review) -> None:
        """Carry it out, and write what came of it."""
        try:
            outcome = self.carry_out(review)
        except Exception as error:
            if isinstance(error, UserErrors):
                self.stores.forget_channels(review.shop)
            with self.bot.database.writing() as session:
                self.record_failure(session, claimed.token, review, error)
            return
        with self.bot.database.writing() as session:
            self.record_success(session, claimed.token, review, outcome)

    @abstractmethod
    def carry_out(self, review: Review) -> dict[str, Any]:
        """Do it in the store; returns what came of it. Safe to repeat."""

    @abstractmethod
    def record_success(self, session: Session, token: str, review: Review, outcome: dict[str, Any]) -> None:
        """Write what came of it."""

    def record_failure(self, session: Session, token: str, review: Review, error: Exception) -> None:
        """Put the review off, or say why no further automatic attempt is made."""
        log.warning("%s review %s failed: %s", self.name, review.id, error)
        if isinstance(error, Transient):
            try_again_or_fail(self.bot, session, review, token, error)
        elif isinstance(error, ProductGone):
            settle(session, review, token, State.GONE, error=str(error))
        elif isinstance(error, FOR_A_PERSON):
            give_up(session, review, token, error)
        else:
            log.exception("a fault of ours in %s review %s", self.name, review.id, exc_info=error)
            try_again_or_fail(self.bot, session, review, token, error)


def keep_in_mind(product: Product, state: dict[str, Any]) -> None:
    """Note on the product's row what stands in the store now."""
    product.category_id, product.category_name = state["category_id"], state["category_name"]
    product.product_type, product.store_status = state["product_type"], state["status"]
    product.tags = list(state["tags"])
