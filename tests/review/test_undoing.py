"""What a key may undo, after a reload too: one's own, of the last minutes, without an effect so far."""

import subprocess
from datetime import timedelta

import pytest
from redis import Redis
from sqlalchemy import select

from shopify_bot.bot import Bot
from shopify_bot.doorbell import PUBLISH, queue, redis_url
from shopify_bot.review.queue.undoing import WITHIN
from shopify_bot.states import State
from shopify_bot.tables import Decision, Shop, now
from tests.devstore.conftest import wait_until
from tests.review.browser import Browser
from tests.review.seeding import add_review, decisions_of, set_state, state_of
from tests.review.test_answers import send


def undoable(browser: Browser) -> list[int]:
    """Ids of the reviews that the key undoes one after the other, the latest first."""
    text = browser.client.get("/review").text
    parts = text.split('<template class="undoable" data-review="')[1:]
    return [int(part.split('"')[0]) for part in reversed(parts)]


@pytest.fixture
def reviews(ann: Browser, ben: Browser, bot: Bot, shop: Shop) -> list[int]:
    """Six products that wait, before two people."""
    added = [add_review(bot, shop, f"Product {number}") for number in range(6)]
    ann.open("/review")
    ben.open("/review")
    return added


@pytest.mark.parametrize("database", ["sqlite", "postgresql"], indirect=True)
def test_ones_own_decisions_can_be_undone_after_a_reload(
    ann: Browser, ben: Browser, bot: Bot, reviews: list[int]
) -> None:
    """Not those of others, what was written, what was undone already, nor what was decided long ago."""
    skipped, approved, bens, written, undone, old = reviews
    for review in (old, undone, written, skipped):
        send(ann, f"/review/{review}/skip")
    send(ann, f"/review/{approved}/approve")
    send(ben, f"/review/{bens}/skip")
    set_state(bot, written, State.PUBLISHED)
    send(ann, f"/review/{undone}/reopen")
    with bot.database.writing() as session:
        first = session.scalars(select(Decision).where(Decision.review_id == old)).one()
        first.created_at = now() - WITHIN - timedelta(seconds=1)
    assert undoable(ann) == [approved, skipped]
    assert undoable(ben) == [bens]


def test_what_somebody_decided_since_is_theirs(
    ann: Browser, ben: Browser, bot: Bot, reviews: list[int]
) -> None:
    """Ann's undo comes late: Ben has taken the product up again, and skipped it for reasons of his own."""
    review = reviews[0]
    send(ann, f"/review/{review}/skip")
    send(ben, f"/review/{review}/reopen")
    send(ben, f"/review/{review}/dismiss")
    assert undoable(ann) == []
    status, told = send(ann, f"/review/{review}/reopen", own="1")
    assert (status, told["ok"]) == (409, False)
    assert "Set aside as not ours by ben." in told["text"]
    assert state_of(bot, review) == State.DISMISSED
    assert [kind for kind, *_ in decisions_of(bot, review)] == ["skip", "reopen", "dismiss"]


def test_the_page_of_a_product_undoes_what_anybody_decided(
    ann: Browser, ben: Browser, bot: Bot, reviews: list[int]
) -> None:
    """There one sees whose decision it is."""
    send(ben, f"/review/{reviews[0]}/approve")
    ann.open(f"/review/{reviews[0]}")
    ann.press("Undo", within=".act")
    assert state_of(bot, reviews[0]) == State.PENDING


def test_what_others_decided_is_no_longer_held(ann: Browser, ben: Browser, reviews: list[int]) -> None:
    first, second, third, *_ = reviews
    send(ben, f"/review/{second}/skip")
    held = ",".join(map(str, (second, third)))
    _, told = send(ann, f"/review/{first}/skip", after=third, held=held, want=1)
    assert told["gone"] == [second]
    assert ann.client.get(f"/review/next?held={held}").get_json()["gone"] == [second]
    assert ann.client.get("/review/next").get_json()["gone"] == []


def test_the_publisher_is_rung_for_when_the_approval_is_due(
    ann: Browser, bot: Bot, reviews: list[int], redis: subprocess.Popen[bytes]
) -> None:
    """A bell at the click would find nothing to do, and the sweep comes only every few seconds."""
    with Redis.from_url(redis_url(bot.settings) or "") as connection:
        bells = queue(PUBLISH, connection)
        for review, undo_s, rung in ((reviews[0], 3600.0, 0), (reviews[1], 0.2, 1), (reviews[2], 0.0, 2)):
            object.__setattr__(bot, "settings", bot.settings.model_copy(update={"undo_s": undo_s}))
            send(ann, f"/review/{review}/approve")
            wait_until(lambda expected=rung: bells.count == expected)
