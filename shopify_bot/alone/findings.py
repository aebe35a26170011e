"""How deciding alone stands in each shop, for those who look after the installation."""

from collections.abc import Iterator

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from shopify_bot.alone.switching import is_held_up
from shopify_bot.findings import Finding
from shopify_bot.tables import Shop


def standing_alone(session: Session, promise: float) -> Iterator[Finding]:
    """One finding for each shop where it is on or turned itself off; `promise` is the present model's."""
    query = select(Shop).where(or_(Shop.approves_alone, Shop.alone_stopped.is_not(None)))
    for shop in session.scalars(query.order_by(Shop.domain)):
        if shop.approves_alone:
            yield is_on(shop, promise)
        elif shop.alone_stopped:
            yield stopped(shop)


def is_on(shop: Shop, promise: float) -> Finding:
    """It is on; whether anything comes of it."""
    if is_held_up(shop, promise):
        text = f"the model in use promises {promise:.1%}, but {shop.alone_promise:.1%} was agreed to"
        return Finding("warning", f"{shop.domain}: {text}: nothing is decided alone. See /settings/alone.")
    least = "the model's own thresholds" if shop.alone_above is None else f"{shop.alone_above:.1%}"
    checked = f"{shop.checked_share:.0%} of it goes to a person as a check"
    return Finding("ok", f"{shop.domain}: the model decides alone from {least} on; {checked}.")


def stopped(shop: Shop) -> Finding:
    """It turned itself off, and nobody has read why."""
    reason = shop.alone_stopped or {}
    why = f"since {reason.get('wrong')} of {reason.get('checks')} checks were wrong"
    text = f"{shop.domain}: deciding alone turned itself off, {why}. See /settings/alone."
    return Finding("warning", text)
