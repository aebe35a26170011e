"""What a decision is answered with when a script sends it: the next product without another request."""

from typing import Any

import pytest

from shopify_bot.bot import Bot
from shopify_bot.states import State
from shopify_bot.tables import Shop
from tests.review.browser import Browser
from tests.review.seeding import (
    add_publication,
    add_review,
    add_shop,
    decisions_of,
    in_store,
    predict_again,
    set_state,
    state_of,
)
from tests.review.test_one import shown_in

JSON = {"Accept": "application/json"}


def send(browser: Browser, path: str, **fields: Any) -> tuple[int, dict[str, Any]]:
    """Status and answer of a decision that a script sends."""
    form = {"csrf_token": browser.token(), **fields}
    answer = browser.client.post(path, data=form, headers=JSON)
    return answer.status_code, answer.get_json()


@pytest.fixture
def reviews(ann: Browser, bot: Bot, shop: Shop) -> list[int]:
    """Four products that wait, and Ann looking at the first."""
    added = [add_review(bot, shop, f"Product {number}") for number in range(4)]
    ann.open("/review")
    return added


@pytest.mark.parametrize("database", ["sqlite", "postgresql"], indirect=True)
def test_a_decision_brings_what_fills_the_page_up(ann: Browser, bot: Bot, reviews: list[int]) -> None:
    first, second, third, fourth = reviews
    status, told = send(ann, f"/review/{first}/approve", after=second, held=f"{first},{second}", want=1)
    assert (status, told["ok"], told["tone"], told["state"]) == (200, True, "success", "approved")
    assert told["text"].startswith("Approved as Shirts. Being written to the store: Shirts, ")
    assert [shown_in(html) for html in told["fragments"]] == [third]
    assert (told["left"], told["totals"]["pending"], told["totals"]["publishing"]) == (3, 3, 1)
    assert (told["undo"], told["here"], told["revert"]) == (f"/review/{first}/reopen", None, None)
    assert told["empty"] is None
    assert decisions_of(bot, first) == [("approve", "Shirts", "ann", "web")]
    assert fourth not in [shown_in(html) for html in told["fragments"]]


def test_it_leaves_no_message_for_the_next_page(ann: Browser, reviews: list[int]) -> None:
    """Two answers that cross would otherwise overwrite each other's cookie."""
    form = {"csrf_token": ann.token()}
    answer = ann.client.post(f"/review/{reviews[0]}/skip", data=form, headers=JSON)
    assert answer.status_code == 200
    ann.open("/review")
    assert ann.toast == ""


@pytest.mark.parametrize(
    ("action", "fields", "state"),
    [
        ("correct", {"label": "watches"}, State.APPROVED),
        ("skip", {}, State.SKIPPED),
        ("dismiss", {}, State.DISMISSED),
    ],
)
def test_every_decision_is_answered(
    ann: Browser, bot: Bot, reviews: list[int], action: str, fields: dict[str, str], state: State
) -> None:
    status, told = send(ann, f"/review/{reviews[0]}/{action}", **fields)
    assert (status, told["state"], told["undo"]) == (200, state, f"/review/{reviews[0]}/reopen")
    assert state_of(bot, reviews[0]) == state


def test_undo_brings_the_product_back(ann: Browser, bot: Bot, reviews: list[int]) -> None:
    send(ann, f"/review/{reviews[0]}/approve")
    status, told = send(ann, f"/review/{reviews[0]}/reopen", want=5, after=reviews[1], held=reviews[0])
    assert (status, told["ok"], told["text"]) == (200, True, "Taken up again.")
    assert shown_in(told["here"]) == reviews[0]
    assert state_of(bot, reviews[0]) == State.PENDING
    assert told["left"] == 4


def test_a_late_undo_offers_to_revert(ann: Browser, bot: Bot, reviews: list[int]) -> None:
    send(ann, f"/review/{reviews[0]}/approve")
    add_publication(bot, reviews[0], "Shirts", in_store(), in_store())
    set_state(bot, reviews[0], State.PUBLISHED)
    status, told = send(ann, f"/review/{reviews[0]}/reopen")
    assert (status, told["ok"], told["tone"]) == (409, False, "warning")
    assert "It is published." in told["text"]
    assert (told["undo"], told["revert"]) == (None, f"/review/{reviews[0]}/revert")


@pytest.mark.parametrize("second", ["approve", "skip", "dismiss"])
def test_of_two_people_the_second_is_told_who_decided_what(
    ann: Browser, ben: Browser, bot: Bot, reviews: list[int], second: str
) -> None:
    ben.open("/review")
    send(ann, f"/review/{reviews[0]}/correct", label="Watches")
    status, told = send(ben, f"/review/{reviews[0]}/{second}")
    assert (status, told["ok"], told["waits"]) == (409, False, False)
    assert "Corrected to Watches by ann." in told["text"]
    assert decisions_of(bot, reviews[0]) == [("correct", "Watches", "ann", "web")]


def test_the_same_decision_of_two_people_is_told_too(
    ann: Browser, ben: Browser, bot: Bot, reviews: list[int]
) -> None:
    ben.open("/review")
    send(ann, f"/review/{reviews[0]}/approve")
    status, told = send(ben, f"/review/{reviews[0]}/approve")
    assert (status, told["tone"]) == (200, "info")
    assert "Already decided. Approved as Shirts by ann." in told["text"]
    assert len(decisions_of(bot, reviews[0])) == 1


@pytest.mark.parametrize("meanwhile", [None, State.PUBLISHING, State.PUBLISHED])
def test_the_same_press_twice_counts_once(
    ann: Browser, bot: Bot, reviews: list[int], meanwhile: State | None
) -> None:
    """A key that repeats, or a request that is sent again because its answer was lost."""
    for _ in range(2):
        status, told = send(ann, f"/review/{reviews[0]}/approve")
        assert (status, told["ok"]) == (200, True)
        if meanwhile is not None:
            set_state(bot, reviews[0], meanwhile)
    assert len(decisions_of(bot, reviews[0])) == 1


def test_a_newer_prediction_brings_the_product_back(ann: Browser, bot: Bot, reviews: list[int]) -> None:
    seen = ann.page.select_one("input[name=prediction]")["value"]
    predict_again(bot, reviews[0], (("Watches", 0.8),))
    status, told = send(ann, f"/review/{reviews[0]}/approve", prediction=seen)
    assert (status, told["ok"], told["waits"]) == (409, False, True)
    assert "newer prediction" in told["text"]
    assert "Approve <bdi>Watches</bdi>" in told["here"]
    assert decisions_of(bot, reviews[0]) == []


def test_an_unknown_label_brings_the_product_back(ann: Browser, bot: Bot, reviews: list[int]) -> None:
    status, told = send(ann, f"/review/{reviews[0]}/correct", label="Spaceships")
    assert (status, told["waits"]) == (409, True)
    assert "no label “Spaceships”" in told["text"]


def test_the_last_decision_says_what_is_going_on(ann: Browser, bot: Bot, shop: Shop) -> None:
    review = add_review(bot, shop)
    ann.open("/review")
    _, told = send(ann, f"/review/{review}/skip", want=5, held=review, after=review)
    assert told["fragments"] == []
    assert "All done, except for what you skipped" in told["empty"]


def test_it_stays_on_the_way_that_was_chosen(ann: Browser, bot: Bot, shop: Shop) -> None:
    first = add_review(bot, shop, vendor="Acme")
    add_review(bot, shop, vendor="Other")
    third = add_review(bot, shop, vendor="Acme")
    ann.open("/review?vendor=Acme")
    path = ann.page.select_one("form.decide [data-key=a]")["formaction"]
    _, told = send(ann, path, want=5, after=first, held=first)
    assert [shown_in(html) for html in told["fragments"]] == [third]
    assert told["left"] == 1
    assert told["undo"] == f"/review/{first}/reopen?vendor=Acme"


def test_another_shops_review_is_not_there(ann: Browser, bot: Bot, shop: Shop) -> None:
    foreign = add_review(bot, add_shop(bot, "other.myshopify.com"), "A secret product")
    ann.open("/review")
    answer = ann.client.post(f"/review/{foreign}/approve", data={"csrf_token": ann.token()}, headers=JSON)
    assert answer.status_code == 404
    assert state_of(bot, foreign) == State.PENDING


def test_without_a_token_nothing_happens(ann: Browser, bot: Bot, reviews: list[int]) -> None:
    assert ann.client.post(f"/review/{reviews[0]}/approve", headers=JSON).status_code == 400
    assert decisions_of(bot, reviews[0]) == []
