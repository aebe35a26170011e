"""The same pages on PostgreSQL: every query once."""

import pytest

from shopify_bot.bot import Bot
from shopify_bot.states import State
from shopify_bot.tables import Shop
from tests.review.browser import Browser
from tests.review.seeding import add_review, decisions_of, set_state

pytestmark = pytest.mark.parametrize("database", ["postgresql"], indirect=True)


def test_a_day_of_reviewing(ann: Browser, ben: Browser, bot: Bot, shop: Shop) -> None:
    first, second, third = (add_review(bot, shop, title) for title in ("One", "Two", "Three"))
    ann.open("/review")
    ben.open("/review")
    ann.press("Approve Shirts")
    ben.press("Tshirts")
    assert "Approved as Shirts by ann." in ben.toast
    ben.open(f"/review/{second}")
    ben.press("Correct", label="watches")
    ben.press("Undo")
    ben.open(f"/review/{third}")
    ben.press("Skip")
    assert decisions_of(bot, first) == [("approve", "Shirts", "ann", "web")]
    assert [kind for kind, *_ in decisions_of(bot, second)] == ["correct", "reopen"]
    assert ben.client.get("/live").get_json()["counts"]["skipped"] == 1


def test_every_page_answers(ann: Browser, bot: Bot, shop: Shop) -> None:
    review = add_review(bot, shop)
    ann.open(f"/review/{review}")
    ann.press("Approve Shirts")
    set_state(bot, review, State.FAILED, error="The store said no.")
    for path in (f"review/{review}", "history?before=99", "operations?before=99", "review?after=99"):
        ann.open(f"/{path}")
        assert ann.response.status_code == 200
    ann.open("/operations")
    ann.press("Try again")
    assert decisions_of(bot, review)[-1] == ("retry", "Shirts", "ann", "web")
