"""Chores: what is done for a shop again and again. When each is due, who does it, and how it went.

A chore is claimed under a lease by compare-and-set, as a review is. One that went well is due again after
its period; a passing fault puts it off a little longer each time; what only a person can mend is tried
again at the period, with the reason on the row.
"""

import logging
import uuid
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum
from typing import Any

from sqlalchemy import ColumnElement, CursorResult, func, or_, select, update
from sqlalchemy.orm import Session

from shopify_bot.bot import Bot
from shopify_bot.connecting.taking_up import take_up
from shopify_bot.errors import CannotDecrypt
from shopify_bot.leases import is_free, lease_end
from shopify_bot.settings import Settings
from shopify_bot.shopify.errors import Busy, Permanent, Throttled
from shopify_bot.tables import Chore, Shop, now

log = logging.getLogger(__name__)


class Kind(StrEnum):
    """Public names of the chores."""

    SUBSCRIPTIONS = "subscriptions"
    RECONCILE = "reconcile"
    CATEGORIES = "categories"
    TIDY = "tidy"
    TALLY = "tally"


DAILY = timedelta(days=1)
TALLIED = timedelta(minutes=5)


def period(settings: Settings, kind: str) -> timedelta:
    """How long after it went well a chore is due again."""
    if kind in (Kind.CATEGORIES, Kind.TIDY):
        return DAILY
    if kind == Kind.TALLY:
        return TALLIED
    return timedelta(seconds=settings.reconcile_s if kind == Kind.RECONCILE else settings.subscriptions_s)


def schedule(session: Session, shop: Shop) -> None:
    """Make the shop's chores, due at once; harmless to repeat.

    Those that are there are due at once as well where they failed last, or have not been done since the
    shop was given its token. Whoever is at one of them works with the last token, and is not waited for.
    """
    known = set(session.scalars(select(Chore.kind).where(Chore.shop_id == shop.id)))
    session.add_all(Chore(shop_id=shop.id, kind=kind.value) for kind in Kind if kind not in known)
    stale = or_(Chore.finished_at.is_(None), Chore.finished_at < shop.authorized_at, Chore.error.is_not(None))
    anew = {"next_at": now(), "attempts": 0, "error": None, "lease_until": None, "lease_token": None}
    session.execute(update(Chore).where(Chore.shop_id == shop.id, stale).values(anew))
    session.flush()


def lacking(session: Session) -> list[Shop]:
    """Active shops that lack some chores, such as those that an older version added."""
    count = select(func.count()).where(Chore.shop_id == Shop.id).scalar_subquery()
    return list(session.scalars(select(Shop).where(Shop.state == "active", count < len(Kind))))


def ring_now(session: Session, shop: Shop, kind: str) -> None:
    """Make one chore of a shop due at once; the sweep rings for it."""
    session.execute(update(Chore).where(Chore.shop_id == shop.id, Chore.kind == kind).values(next_at=now()))


@dataclass(frozen=True)
class Held:
    """A claimed chore, its shop, and the token that proves the claim."""

    chore: Chore
    shop: Shop
    token: str

    @property
    def is_mine(self) -> tuple[ColumnElement[bool], ...]:
        """Conditions under which we may still write the row."""
        return Chore.id == self.chore.id, Chore.lease_token == self.token


def due() -> tuple[ColumnElement[bool], ...]:
    """Conditions of a chore that a worker should do now; shops that were uninstalled have none."""
    active = select(Shop.id).where(Shop.state == "active")
    return Chore.next_at <= now(), is_free(Chore), Chore.shop_id.in_(active)


def count_due(session: Session) -> int:
    """How many chores a worker should do now."""
    return session.scalar(select(func.count()).select_from(Chore).where(*due())) or 0


def claim(bot: Bot) -> Held | None:
    """Claim the chore that has been due longest; None when none is due.

    One whose worker died is put off as after a fault, lest it take down one worker after another.
    """
    token = str(uuid.uuid4())
    with bot.database.writing() as session:
        query = select(Chore).where(*due()).order_by(Chore.next_at, Chore.id).limit(1)
        chore = session.scalar(query.with_for_update(skip_locked=True))
        if chore is None:
            return None
        if chore.lease_token is not None:
            chore.attempts += 1
        chore.next_at = now() + wait_after(bot.settings, chore)
        chore.lease_until, chore.lease_token = lease_end(bot), token
        return Held(chore, session.get_one(Shop, chore.shop_id), token)


def save(session: Session, held: Held, **values: Any) -> bool:
    """Write columns of a claimed chore; False, and nothing written, when it was taken over."""
    result: CursorResult[Any] = session.execute(  # type: ignore[assignment]
        update(Chore).where(*held.is_mine).values(**values).execution_options(synchronize_session=False)
    )
    return bool(result.rowcount == 1)


def succeed(bot: Bot, held: Held, found: dict[str, Any]) -> None:
    """The chore went well; one that has `more` to do is due again at once, behind the others."""
    wait = timedelta(0) if found.get("more") else period(bot.settings, held.chore.kind)
    with bot.database.writing() as session:
        let_go(session, held, wait, found=found, finished_at=now(), attempts=0, error=None)
        if held.chore.error is not None:
            take_up(session, held.shop)  # what was wrong with the store may have been mended there


def fail(bot: Bot, held: Held, error: Exception) -> None:
    """The chore did not go well: say why, and when it is tried again."""
    chore, every = held.chore, period(bot.settings, held.chore.kind)
    log.warning("chore %s of %s: %s: %s", chore.kind, held.shop.domain, type(error).__name__, error)
    with bot.database.writing() as session:
        if isinstance(error, Permanent | CannotDecrypt):
            let_go(session, held, every, error=str(error), attempts=chore.attempts + 1)
        elif isinstance(error, Throttled | Busy):
            let_go(session, held, stated(error), error=str(error))
        else:
            wait = max(wait_after(bot.settings, chore), stated(error))
            text = str(error) or type(error).__name__
            let_go(session, held, wait, error=text, attempts=chore.attempts + 1)


def wait_after(settings: Settings, chore: Chore) -> timedelta:
    """How long to wait when the chore goes wrong once more: longer each time, up to its period."""
    waits, every = settings.retry_s, period(settings, chore.kind)
    if chore.attempts >= len(waits):
        return every
    return min(timedelta(seconds=waits[chore.attempts]), every)


def stated(error: Exception) -> timedelta:
    """The wait that the store asked for, at least a second."""
    return timedelta(seconds=getattr(error, "wait_s", None) or 1.0)


def let_go(session: Session, held: Held, wait: timedelta, **values: Any) -> None:
    """Give the lease back; the chore is due again after `wait`."""
    if not save(session, held, next_at=now() + wait, lease_until=None, lease_token=None, **values):
        log.warning("chore %s of %s was taken over meanwhile", held.chore.kind, held.shop.domain)


def listing(session: Session, shop: Shop | None) -> list[dict[str, Any]]:
    """Every chore of one shop, or of all: when it last went well, when it is due, and what is wrong."""
    query = select(Chore, Shop.domain).join(Shop, Shop.id == Chore.shop_id).order_by(Shop.domain, Chore.kind)
    if shop is not None:
        query = query.where(Chore.shop_id == shop.id)
    return [
        {
            "shop": domain,
            "kind": chore.kind,
            "finished_at": chore.finished_at and chore.finished_at.isoformat(),
            "next_at": chore.next_at.isoformat(),
            "found": chore.found,
            "error": chore.error,
        }
        for chore, domain in session.execute(query)
    ]
