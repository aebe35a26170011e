"""What each topic does to the database; each is safe to repeat. True asks for the classify bell.

Neither the topic nor the shop is signed, only the body. So whatever takes something away looks at the body
first: one that was signed for another topic, or another shop, must do no harm.
"""

import logging
from collections.abc import Callable
from datetime import timedelta

from sqlalchemy import delete
from sqlalchemy.orm import Session

from shopify_bot import intake, leases, shops
from shopify_bot.tables import Shop
from shopify_bot.told import by_webhook
from webhooks.inbox import Envelope

log = logging.getLogger(__name__)

CLOCK_SKEW = timedelta(seconds=5)

Handler = Callable[[Session, Shop, Envelope], bool]


def product_created(session: Session, shop: Shop, envelope: Envelope) -> bool:
    """A new product starts its road."""
    gid = envelope.product_gid
    return gid is not None and intake.created(session, shop, gid, by_webhook(envelope.payload))


def product_updated(session: Session, shop: Shop, envelope: Envelope) -> bool:
    """A picture may have become ready; picture or title may have changed."""
    gid = envelope.product_gid
    return gid is not None and intake.updated(session, shop, gid, by_webhook(envelope.payload))


def product_deleted(session: Session, shop: Shop, envelope: Envelope) -> bool:
    """The product leaves the queue. A body that tells more than which product is about no deletion."""
    if envelope.product_gid is not None and "title" not in envelope.payload:
        intake.deleted(session, shop, envelope.product_gid)
    return False


def app_uninstalled(session: Session, shop: Shop, envelope: Envelope) -> bool:
    """Forget the tokens; the reviews stay until Shopify asks for their deletion, or the shop comes back.

    Work at hand is taken from its workers, whose calls are refused from now on: a review would fail for it.
    """
    is_about_the_shop = envelope.payload.get("myshopify_domain") == shop.domain
    if is_about_the_shop and not is_from_before(shop, envelope):
        shops.uninstall(shop)
        leases.release(session, shop)
    return False


def is_from_before(shop: Shop, envelope: Envelope) -> bool:
    """Whether it happened before the shop was last given a token: deliveries are repeated for hours."""
    happened = envelope.triggered_at
    return happened is not None and happened < shop.authorized_at - CLOCK_SKEW


def scopes_updated(session: Session, shop: Shop, envelope: Envelope) -> bool:
    """Remember what the app may do now, and go on with what failed for a scope."""
    current = envelope.payload.get("current")
    return isinstance(current, list) and shops.note_scopes(session, shop, [str(each) for each in current]) > 0


def shop_redacted(session: Session, shop: Shop, envelope: Envelope) -> bool:
    """Delete all we hold of the shop, unless it came back since; its rows go with it."""
    payload = envelope.payload
    is_of_this_kind = payload.get("shop_domain") == shop.domain and "customer" not in payload
    if is_of_this_kind and not is_from_before(shop, envelope):
        session.execute(delete(Shop).where(Shop.id == shop.id))
    return False


def no_customer_data(session: Session, shop: Shop, envelope: Envelope) -> bool:
    """We hold nothing about customers, so there is nothing to hand out or to delete."""
    return False


TOPICS: dict[str, Handler] = {
    "products/create": product_created,
    "products/update": product_updated,
    "products/delete": product_deleted,
    "app/uninstalled": app_uninstalled,
    "app/scopes_update": scopes_updated,
    "customers/data_request": no_customer_data,
    "customers/redact": no_customer_data,
    "shop/redact": shop_redacted,
}


AFTER_THE_SHOP = frozenset({"shop/redact", "customers/data_request", "customers/redact", "app/uninstalled"})
"""Topics that may come for a shop whose rows are deleted already: there is nothing left to do."""


ABOUT_THE_SHOP = frozenset({"shop/redact", "app/uninstalled", "app/scopes_update"})
"""Topics that change the shop's own row: they wait for whoever connects it, and see what came of it."""


def act(session: Session, shop: Shop, envelope: Envelope) -> bool:
    """Do what the topic asks for; returns whether a worker should look. Unknown topics are only recorded."""
    handler = TOPICS.get(envelope.topic)
    if handler is None:
        log.warning("%s sent the topic %s, which we do not use", shop.domain, envelope.topic)
        return False
    return handler(session, shop, envelope)
