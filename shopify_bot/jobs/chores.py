"""Do the bulk actions and the chores that are due, one after another."""

import logging
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from shopify_bot import tallies
from shopify_bot.bot import Bot
from shopify_bot.bulk.work import one_turn
from shopify_bot.chores import category_check, reconciliation, rota, subscriptions, tidying
from shopify_bot.chores.rota import Held, Kind
from shopify_bot.doorbell import BULK
from shopify_bot.jobs.process import this_worker, until_nothing_is_due
from shopify_bot.languages import marked
from shopify_bot.leases import kept_alive
from shopify_bot.stores import Stores
from shopify_bot.tables import Chore

log = logging.getLogger(__name__)

NO_ADDRESS = marked(
    "SHOPIFY_BOT_APP_URL is not set, so no webhooks are subscribed: unless they come by another way, new "
    "products are found by the reconciliation alone. Set it to the address at which the store reaches this "
    "app, such as https://bot.example.com, and start the bot again."
)


def chores_due(_ids: list[int] | None = None) -> int:
    """The RQ job: whatever is due is done, bulk actions first, since somebody waits for them.

    Returns how many chores and turns at bulk actions that were.
    """
    worker = this_worker()
    chores = ChoreWork(worker.bot, worker.stores)
    return until_nothing_is_due(worker.bot, BULK, lambda: one_turn(worker.bot) or chores.one())


@dataclass(frozen=True)
class ChoreWork:
    """The chores, with all they need."""

    bot: Bot
    stores: Stores

    def one(self) -> int:
        """Do the chore that has been due longest; 0 when none is."""
        held = rota.claim(self.bot)
        if held is None:
            return 0
        try:
            with kept_alive(self.bot, Chore, held.token):
                found = DOERS[Kind(held.chore.kind)](self.bot, self.stores, held)
        except Exception as error:  # whatever goes wrong in one shop must not stop the others
            rota.fail(self.bot, held, error)
        else:
            rota.succeed(self.bot, held, found)
            log.info("chore %s of %s: %s", held.chore.kind, held.shop.domain, found)
        return 1


def keep_subscriptions(bot: Bot, stores: Stores, held: Held) -> dict[str, Any]:
    """Put lacking webhook subscriptions there."""
    if not bot.settings.app_url:
        return {"says": NO_ADDRESS}
    ensured = subscriptions.ensure(stores.client(held.shop), bot.settings.app_url)
    return ensured.as_json()


def check_categories(bot: Bot, stores: Stores, held: Held) -> dict[str, Any]:
    """See whether the taxonomy still has the categories that the shop's labels are mapped to."""
    return category_check.check(bot, stores, held.shop)


def tidy(bot: Bot, stores: Stores, held: Held) -> dict[str, Any]:
    """Delete what is kept no longer."""
    return tidying.tidy(bot, held.shop)


def tally(bot: Bot, stores: Stores, held: Held) -> dict[str, Any]:
    """Add what was decided and predicted to the sums that the insights read."""
    return tallies.roll_up(bot, held.shop)


DOERS: dict[Kind, Callable[[Bot, Stores, Held], dict[str, Any]]] = {
    Kind.SUBSCRIPTIONS: keep_subscriptions,
    Kind.RECONCILE: reconciliation.reconcile,
    Kind.CATEGORIES: check_categories,
    Kind.TIDY: tidy,
    Kind.TALLY: tally,
}
