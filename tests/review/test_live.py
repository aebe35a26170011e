"""`GET /live`: what a page on screen asks for again and again."""

import pytest

from shopify_bot.bot import Bot
from shopify_bot.finding import counting
from shopify_bot.finding.counting import Count
from shopify_bot.states import State
from shopify_bot.tables import BulkAction, Shop, now
from tests.review.browser import Browser
from tests.review.seeding import add_review, add_shop, set_state


def add_bulk(bot: Bot, shop: Shop, **values: int) -> int:
    """A bulk action on its way."""
    with bot.database.writing() as session:
        action = BulkAction(
            shop_id=shop.id, kind="approve", selection={}, reviewer="ann", undo_until=now(), **values
        )
        session.add(action)
        session.flush()
        return action.id


@pytest.mark.parametrize("database", ["sqlite", "postgresql"], indirect=True)
def test_it_tells_counts_reviews_and_bulk_actions(ann: Browser, bot: Bot, shop: Shop) -> None:
    first, second = add_review(bot, shop), add_review(bot, shop)
    bulk = add_bulk(bot, shop, total=9, done=3, refused=1)
    set_state(bot, first, State.PUBLISHING)
    now_there = ann.client.get(f"/live?reviews={first},{second}&bulk={bulk}").get_json()
    assert now_there["signed_in"]
    assert (now_there["counts"]["pending"], now_there["counts"]["publishing"]) == (1, 1)
    assert now_there["newest"] == second
    assert now_there["reviews"] == {
        str(first): {"state": "publishing", "badge": "Publishing", "tone": "busy"},
        str(second): {"state": "pending", "badge": "To review", "tone": "attention"},
    }
    progress = {"done": 3, "refused": 1, "total": 9, "finished": False, "error": None}
    assert now_there["bulk"] == {str(bulk): progress}


def test_another_shops_are_not_there(ann: Browser, bot: Bot, shop: Shop) -> None:
    other = add_shop(bot, "other.myshopify.com")
    review, bulk = add_review(bot, other), add_bulk(bot, other)
    now_there = ann.client.get(f"/live?reviews={review}&bulk={bulk}").get_json()
    assert (now_there["reviews"], now_there["bulk"], now_there["newest"]) == ({}, {}, None)


@pytest.mark.parametrize("ids", ["", ",", "x", "1,x,-2,٣", "9" * 30, "1;drop", "," * 5000])
def test_what_is_no_id_is_passed_over(ann: Browser, ids: str) -> None:
    answer = ann.client.get("/live", query_string={"reviews": ids, "bulk": ids})
    assert answer.get_json()["reviews"] == {}


def test_a_hundred_ids_are_enough(ann: Browser, bot: Bot, shop: Shop) -> None:
    review = add_review(bot, shop)
    behind = ",".join(["999999"] * 100 + [str(review)])
    assert ann.client.get(f"/live?reviews={behind}").get_json()["reviews"] == {}


def test_a_stranger_is_sent_to_the_sign_in(ann: Browser) -> None:
    ann.open("/review")
    ann.press("Sign out")
    assert ann.client.get("/live").status_code == 303


def test_counting_ends_somewhere(ann: Browser, bot: Bot, shop: Shop, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(counting, "MOST_COUNTED", 2)
    for _ in range(4):
        add_review(bot, shop)
    assert ann.client.get("/live").get_json()["counts"]["pending"] == 3
    assert ann.open("/review").select_one("[data-count=pending]").get_text() == "2+"


def test_a_count_shows_as_a_number_or_as_more() -> None:
    assert (str(Count(10_000)), f"{Count(10_001)}", str(Count(0))) == ("10000", "10,000+", "0")


def test_a_page_names_what_it_shows(ann: Browser, bot: Bot, shop: Shop) -> None:
    page = ann.open("/review")
    assert page.body["data-live"] == "/live"
    assert [note.get_text(" ", strip=True) for note in page.select(".live-note[hidden]")] == [
        "Not connected; trying again",
        "You were signed out Sign in",
    ]
