"""Trying everything that failed again, at one press."""

import time
from datetime import timedelta

from flask import redirect, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy import select
from sqlalchemy.orm import Session

from shopify_bot import decisions
from shopify_bot.decisions import Reviewer
from shopify_bot.doorbell import CLASSIFY, PUBLISH
from shopify_bot.review.blueprint import LARGEST_ID, pages, the_bot
from shopify_bot.review.languages import _, ngettext
from shopify_bot.review.notices import tell
from shopify_bot.review.session import visit
from shopify_bot.states import State
from shopify_bot.tables import Review, Shop

AT_ONCE = 50
"""Reviews in one transaction, which workers may have to wait for."""
LONGEST_S = 3.0
"""Nobody waits longer for the answer; the rest is left for another press."""


@pages.post("/operations/retry")
def retry_all() -> ResponseReturnValue:
    """`POST /operations/retry`: try everything that failed in this shop again where it failed.

    Safe to repeat: what is being tried by then has no longer failed.
    """
    me = Reviewer(visit().user, "web", timedelta(seconds=the_bot().settings.undo_s))
    count, below, deadline = 0, LARGEST_ID, time.monotonic() + LONGEST_S
    while time.monotonic() < deadline:
        with the_bot().database.writing() as database:
            ids = failed_below(database, visit().shop, below)
            for review_id in ids:
                decisions.retry(database, visit().shop, review_id, me)
        count += len(ids)
        if len(ids) < AT_ONCE:
            return told(count, is_all=True)
        below = ids[-1]
    return told(count, is_all=False)


def failed_below(database: Session, shop: Shop, below: int) -> list[int]:
    """The newest failed reviews with a smaller id, locked: those retried already may have failed anew."""
    mine = (Review.shop_id == shop.id, Review.state == State.FAILED, Review.id < below)
    query = select(Review.id).where(*mine).order_by(Review.id.desc()).limit(AT_ONCE)
    return list(database.scalars(query.with_for_update(skip_locked=True)))


def told(count: int, is_all: bool) -> ResponseReturnValue:
    """Ring for the workers, and say what came of it."""
    for name in (CLASSIFY, PUBLISH) if count else ():
        the_bot().doorbell.ring(name)
    if not count:
        tell(_("Nothing is left to try again."), tone="info")
    elif is_all:
        tell(ngettext("%(count)s product is tried again.", "%(count)s products are tried again.", count))
    else:
        tell(_("%(count)s products are tried again. There are more: press once more for them.", count=count))
    return redirect(url_for("pages.operations"), 303)
