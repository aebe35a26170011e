"""Two requests that meet: the second has read the product before the first is written."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from sqlalchemy import text

from shopify_bot import decisions
from shopify_bot.bot import Bot
from shopify_bot.decisions import Reviewer
from shopify_bot.tables import Shop
from tests.devstore.conftest import wait_until
from tests.review.browser import Browser
from tests.review.seeding import add_review, decisions_of
from tests.review.test_answers import JSON

WAITING = text("select count(*) from pg_locks where not granted")


@pytest.mark.parametrize(
    ("first", "second", "status", "told"),
    [
        ("ann", "approve", 200, "Approved as Shirts by ann."),
        ("ann", "skip", 409, "Nothing was changed. Approved as Shirts by ann."),
        ("ben", "approve", 409, "Nothing was changed. Approved as Shirts by ben."),
    ],
)
@pytest.mark.parametrize("database", ["postgresql"], indirect=True)
def test_of_two_that_meet_one_counts(
    ann: Browser, bot: Bot, shop: Shop, first: str, second: str, status: int, told: str
) -> None:
    """A double click is no error; somebody else's decision is one."""
    review = add_review(bot, shop)
    ann.open("/review")
    form = {"csrf_token": ann.token()}
    with ThreadPoolExecutor(1) as pool:
        with bot.database.writing() as session:
            decisions.approve(session, shop, review, Reviewer(first, "web"))
            answer = pool.submit(ann.client.post, f"/review/{review}/{second}", data=form, headers=JSON)
            wait_until(lambda: is_waiting(bot), timeout_s=20)
        found = answer.result()
    assert (found.status_code, found.get_json()["ok"]) == (status, status == 200)
    assert told in found.get_json()["text"]
    assert decisions_of(bot, review) == [("approve", "Shirts", first, "web")]


def is_waiting(bot: Bot) -> bool:
    """Whether a request waits for a row that another holds."""
    with bot.database.reading() as session:
        return bool(session.scalar(WAITING))
