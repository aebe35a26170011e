"""Turning it on and off, and how strict it is; every change is written down with who made it."""

from dataclasses import dataclass

from sqlalchemy.orm import Session

from shopify_bot.people.changelog import ALONE_CHANGED, ALONE_OFF, ALONE_ON, log_change
from shopify_bot.tables import Shop, now

CHECKED_SHARES = (0.02, 0.05, 0.1, 0.25)
"""Shares to choose from of what goes to a person all the same."""


@dataclass(frozen=True)
class Terms:
    """What somebody agrees to: the least confidence, None for the model's own thresholds, and the checks."""

    above: float | None
    checked: float

    def are_looser(self, than: "Terms") -> bool:
        """Whether more would be decided without a person."""
        return (self.above or 0.0) < (than.above or 0.0) or self.checked < than.checked


def terms_of(shop: Shop) -> Terms:
    """How the shop has it."""
    return Terms(shop.alone_above, shop.checked_share)


def turn_on(session: Session, shop: Shop, terms: Terms, promise: float, by: str) -> bool:
    """Decide alone on these terms from now on; whether that was anything new.

    `promise` is the share of right ones that the model promises, which the checks are held against.
    """
    kept = session.get_one(Shop, shop.id, with_for_update=True)
    if kept.approves_alone and terms_of(kept) == terms and kept.alone_promise == promise:
        return False
    kind = ALONE_CHANGED if kept.approves_alone else ALONE_ON
    kept.approves_alone, kept.alone_since, kept.alone_stopped = True, now(), None
    kept.alone_above, kept.checked_share, kept.alone_promise = terms.above, terms.checked, promise
    log_change(session, kept, kind, by, above=terms.above, checked=terms.checked, promise=promise)
    return True


def is_held_up(shop: Shop, promise: float) -> bool:
    """Whether nothing is decided alone though it is on: the model promises less than was agreed to."""
    return shop.approves_alone and promise < (shop.alone_promise or 0.0)


def turn_off(session: Session, shop: Shop, by: str) -> bool:
    """Leave every product to a person again; whether that was anything new."""
    kept = session.get_one(Shop, shop.id, with_for_update=True)
    if not kept.approves_alone:
        return False
    kept.approves_alone = False
    log_change(session, kept, ALONE_OFF, by)
    return True


def read_reason(session: Session, shop: Shop) -> None:
    """Somebody has read why it turned itself off."""
    session.get_one(Shop, shop.id).alone_stopped = None
