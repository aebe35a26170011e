"""The demo without hands: a scripted merchant reviews everything, then the ledger is checked."""

import json
import logging
import time
from dataclasses import dataclass
from typing import Any

import requests

from shopify_bot.bot import Bot
from shopify_bot.demo.audit import Audit, Store, Wanted, audit
from shopify_bot.demo.memory import peak_mb
from shopify_bot.demo.merchant import Merchant
from shopify_bot.errors import ShopifyBotError
from shopify_bot.finding.listing import counts
from shopify_bot.labels import label_tree
from shopify_bot.mapping import filing
from shopify_bot.running.supervisor import Supervisor
from shopify_bot.states import State

log = logging.getLogger(__name__)

PATIENCE_S = 180.0
"""Without any progress for this long, what is missing counts as lost."""
PAUSE_S = 0.3


@dataclass
class Rehearsal:
    """One run: `products` are made by the store, all of them must come out published."""

    bot: Bot
    store: Store
    merchant: Merchant
    supervisor: Supervisor
    products: int
    as_json: bool = False
    exit_status: int = 1

    def run(self) -> None:
        """Review until all is published, or nothing moves any more; print figures; stop everything."""
        try:
            self.review_all()
            self.report()
        except (requests.RequestException, ShopifyBotError) as error:
            log.error("the demo broke off: %s", error)
        finally:
            self.supervisor.stopping.set()

    def review_all(self) -> None:
        """Decide whatever waits, until every product is published."""
        self.store.wait_until_open()
        self.merchant.sign_in()
        last, moved_at = (0, 0), time.monotonic()
        while self.published() < self.products and time.monotonic() - moved_at < PATIENCE_S:
            if self.supervisor.stopping.is_set():
                return
            if not self.merchant.review_next(self.store.truth()):
                time.sleep(PAUSE_S)
            standing = (
                len(self.merchant.decided.approved | self.merchant.decided.corrected),
                self.published(),
            )
            if standing != last:
                last, moved_at = standing, time.monotonic()

    def published(self) -> int:
        """How many products are published, by our own account."""
        with self.bot.database.reading() as session:
            return counts(session, None)[State.PUBLISHED]

    def report(self) -> None:
        """Print the figures, hold them against the ledger, and set the exit status."""
        truth = self.store.truth()
        result = audit(self.store, self.wanted(truth))
        lost = self.products - min(result.sound, self.published())
        self.exit_status = 0 if lost == 0 and len(truth) == self.products else 1
        if self.as_json:
            print(json.dumps(self.outcome(result, lost)))
            return
        for fault in result.faults[:20]:
            print(f"  wrong: {fault}")
        for name, value in self.figures(result).items():
            print(f"  {name:<32} {value}")
        decided = self.merchant.decided
        print(
            f"demo: {self.products} products, {len(decided.approved)} approved as predicted, "
            f"{len(decided.corrected)} corrected, {len(decided.without_prediction)} without a prediction, "
            f"{self.published()} published, {lost} lost"
        )

    def wanted(self, truth: dict[str, str]) -> dict[str, Wanted]:
        """How every product should end, by its id."""
        tree = label_tree(self.bot.settings.model)
        filings = {gid: filing(tree, label) for gid, label in truth.items()}
        return {gid: Wanted(each.category_id, each.collection) for gid, each in filings.items()}

    def outcome(self, result: Audit, lost: int) -> dict[str, Any]:
        """The figures for a program."""
        return {
            "products": self.products,
            "published_once": result.once,
            "right_collection": result.right,
            "lost": lost,
            "duplicates": result.duplicates,
            "seconds": round(result.seconds, 1),
            "calls": result.calls.total(),
            "answers": dict(result.answers),
            "refused_for_points": result.refused,
            "lowest_points": result.lowest,
            "before_stated_wait": len(result.early),
            "early": result.early[:20],
            "wrong": result.faults[:20],
        }

    def figures(self, result: Audit) -> dict[str, str]:
        """The table: name and value."""
        decided = self.merchant.decided
        predicted = len(decided.approved) + len(decided.corrected)
        memory = peak_mb(self.supervisor.children)
        return {
            "seconds": f"{result.seconds:.0f}",
            "products per second": f"{self.products / max(result.seconds, 1):.2f}",
            "predicted right": share(len(decided.approved), predicted),
            "sure of the label": share(len(decided.sure), predicted),
            "right where sure": share(len(decided.sure & decided.approved), len(decided.sure)),
            "webhooks sent": str(result.webhooks),
            "Admin API calls": str(result.calls.total()),
            **{f"  {name}": str(count) for name, count in result.calls.most_common()},
            "refused for want of points": str(result.refused),
            "lowest points in the bucket": f"{result.lowest:.0f}",
            "calls before a stated wait": str(len(result.early)),
            "collections made": str(result.collections),
            "sound by the store's ledger": str(result.sound),
            **{f"peak memory of {name}": f"{mb} MB" for name, mb in memory.items()},
        }


def share(part: int, whole: int) -> str:
    """Such as `97.5% of 40`."""
    return f"{part / whole:.1%} of {whole}" if whole else "none"
