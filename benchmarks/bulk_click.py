"""Approving 5,000 products with one click: how long the click takes, and how long the worker."""

import time
from urllib.parse import urlencode

from asking import Ask, Visitor
from bs4 import BeautifulSoup
from seeding import ONE_VENDOR
from sqlalchemy import func, select

from shopify_bot.bot import Bot
from shopify_bot.bulk.work import one_turn
from shopify_bot.tables import BulkAction

TABLE = {"state": "pending", "vendor": ONE_VENDOR, "kind": "approve", "all": "1"}
CLICKS = 5


def click_and_work(bot: Bot, visitor: Visitor) -> tuple[float, float, int]:
    """Milliseconds until the click returned, seconds that the worker then took, and for how many products.

    The click is repeated as a double click would, which begins nothing more; the slowest counts.
    """
    page = BeautifulSoup(visitor.text(Ask(f"/bulk/new?{urlencode(TABLE)}")), "html.parser")
    form = page.select_one("form[action='/bulk']")
    assert form is not None, page.get_text(" ", strip=True)[:500]
    fields = {str(each["name"]): str(each["value"]) for each in form.select("input[name]")}
    spent = max(visitor.milliseconds(Ask("/bulk", form=fields)) for _ in range(CLICKS))
    started = time.perf_counter()
    while one_turn(bot):
        pass
    with bot.database.reading() as session:
        last = session.get_one(BulkAction, session.scalar(select(func.max(BulkAction.id))))
    assert last.finished_at is not None
    return spent, time.perf_counter() - started, last.done
