"""What people said of the products that were drawn as checks, and turning off when they say otherwise."""

from collections.abc import Iterable
from typing import Any, NamedTuple

from sqlalchemy import CursorResult, select, update
from sqlalchemy.orm import Session

from shopify_bot.alone.evidence import Share
from shopify_bot.people.changelog import ALONE_STOPPED, log_change
from shopify_bot.tables import Decision, Review, Shop, now

MOST_CHECKS = 500
"""Only as many of the latest checks are held against the promise."""

SAID = frozenset({"approve", "correct", "dismiss"})
"""Kinds of decisions that say whether the prediction was right."""

TAKEN_BACK = frozenset({"reopen", "skip"})
"""Kinds after which it is open again whether it was."""

OURSELVES = "shopify-bot"
"""Who decides, and who changes a setting, when no person does."""


def verdicts(session: Session, shop: Shop) -> Share:
    """How many of the checks since the shop decides alone as it does now came out as the model said.

    Those made with another model than the latest count no more, and those decided with many others at once
    not at all: nobody looked at them.
    """
    if shop.alone_since is None:
        return Share(0, 0)
    drawn = select(Review.id).where(Review.shop_id == shop.id, Review.is_check)
    # By themselves, so that PostgreSQL looks them up by their index rather than reading every decision.
    checks = session.scalars(drawn.order_by(Review.id.desc()).limit(MOST_CHECKS)).all()
    query = (
        select(
            Decision.review_id,
            Decision.kind,
            Decision.model_version,
            Decision.label == Decision.predicted_label,
        )
        .where(
            Decision.shop_id == shop.id,
            Decision.review_id.in_(checks),
            Decision.kind.in_(SAID | TAKEN_BACK),
            Decision.bulk_id.is_(None),
            Decision.created_at >= shop.alone_since,
        )
        .order_by(Decision.id.desc())
    )
    return told(Said(*row) for row in session.execute(query))


class Said(NamedTuple):
    """What one decision on a check comes to; `right` is None where no label was chosen."""

    review_id: int
    kind: str
    model_version: str | None
    right: bool | None


def told(newest_first: Iterable[Said]) -> Share:
    """What the decisions come to: of each review the latest, of all those with the model of the newest."""
    latest: dict[int, Said] = {}
    for said in newest_first:
        latest.setdefault(said.review_id, said)
    found = [said for said in latest.values() if said.kind in SAID]
    counted = [said for said in found if said.model_version == found[0].model_version]
    return Share(sum(bool(said.right) for said in counted), len(counted))


def watch(session: Session, review: Review) -> None:
    """After a decision on a check: stop deciding alone when the checks prove the promise broken."""
    shop = session.get_one(Shop, review.shop_id)
    if not shop.approves_alone or shop.alone_promise is None:
        return
    session.flush()
    found = verdicts(session, shop)
    if found.breaks(shop.alone_promise):
        stop(session, shop, found, shop.alone_promise)


def stop(session: Session, shop: Shop, found: Share, promise: float) -> None:
    """Turn it off, once, and keep the reason until somebody has read it."""
    reason: dict[str, Any] = {
        "wrong": found.total - found.right,
        "checks": found.total,
        "promise": promise,
        "at": now().isoformat(),
    }
    result: CursorResult[Any] = session.execute(  # type: ignore[assignment]
        update(Shop)
        .where(Shop.id == shop.id, Shop.approves_alone)
        .values(approves_alone=False, alone_stopped=reason)
        .execution_options(synchronize_session=False)
    )
    session.expire(shop)
    if result.rowcount == 1:
        said = {name: reason[name] for name in ("wrong", "checks", "promise")}
        log_change(session, shop, ALONE_STOPPED, OURSELVES, **said)
