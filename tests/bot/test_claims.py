"""States, claims and leases: one worker gets a review, a dead one loses it, a late one is refused."""

import threading
from datetime import timedelta

import pytest
from sqlalchemy import select, update

from shopify_bot.bot import Bot
from shopify_bot.claims import (
    MOST_TAKEOVERS,
    TO_CLASSIFY,
    claim,
    count_due,
    held,
    settle,
    try_again_or_fail,
)
from shopify_bot.errors import IllegalMove
from shopify_bot.shopify.errors import Throttled, Unreachable
from shopify_bot.shops import add_shop
from shopify_bot.states import State, move
from shopify_bot.tables import Product, Review, Shop, now


def add_reviews(bot: Bot, count: int = 1) -> None:
    with bot.database.writing() as session:
        shop = add_shop(session, bot.settings, "demo.myshopify.com", "shpat_test")
        for number in range(count):
            product = Product(shop_id=shop.id, gid=f"gid://shopify/Product/{number}")
            session.add(product)
            session.flush()
            session.add(Review(shop_id=shop.id, product_id=product.id, state=State.RECEIVED))


def only_review(bot: Bot) -> Review:
    with bot.database.reading() as session:
        return session.scalars(select(Review)).one()


def expire_leases(bot: Bot) -> None:
    with bot.database.writing() as session:
        session.execute(update(Review).values(lease_until=now() - timedelta(seconds=1)))


def test_a_move_counts_once(bot: Bot) -> None:
    add_reviews(bot)
    first, second = only_review(bot), only_review(bot)
    with bot.database.writing() as session:
        assert move(session, first, State.CLASSIFYING)
    with bot.database.writing() as session:
        assert not move(session, second, State.CLASSIFYING)


def test_a_step_that_does_not_exist_is_refused(bot: Bot) -> None:
    add_reviews(bot)
    review = only_review(bot)
    with (
        bot.database.writing() as session,
        pytest.raises(IllegalMove, match="received; it cannot become published"),
    ):
        move(session, review, State.PUBLISHED)


def test_many_workers_claim_each_review_once(bot: Bot) -> None:
    add_reviews(bot, 40)
    got: list[int] = []

    def take_all() -> None:
        while reviews := claim(bot, TO_CLASSIFY, State.CLASSIFYING, 3).reviews:
            got.extend(review.id for review in reviews)

    threads = [threading.Thread(target=take_all) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    while reviews := claim(bot, TO_CLASSIFY, State.CLASSIFYING, 3).reviews:
        got.extend(review.id for review in reviews)
    assert sorted(got) == sorted(set(got))
    assert len(got) == 40


def test_an_expired_lease_is_taken_over_and_the_late_worker_refused(bot: Bot) -> None:
    add_reviews(bot)
    dead = claim(bot, TO_CLASSIFY, State.CLASSIFYING, 10)
    assert claim(bot, TO_CLASSIFY, State.CLASSIFYING, 10).reviews == []
    expire_leases(bot)
    heir = claim(bot, TO_CLASSIFY, State.CLASSIFYING, 10)
    assert len(heir.reviews) == 1
    with bot.database.writing() as session:
        assert not settle(session, dead.reviews[0], dead.token, State.PENDING)
        assert settle(session, heir.reviews[0], heir.token, State.PENDING)
    assert only_review(bot).lease_token is None


def test_a_lease_is_renewed_while_work_goes_on(bot: Bot) -> None:
    add_reviews(bot)
    bot.settings.lease_s = 0.3
    claimed = claim(bot, TO_CLASSIFY, State.CLASSIFYING, 10)
    first = only_review(bot).lease_until
    with held(bot, claimed.token):
        threading.Event().wait(0.5)
        renewed = only_review(bot).lease_until
    assert first is not None
    assert renewed is not None
    assert renewed > first


def test_a_product_that_kills_workers_waits_for_a_person(bot: Bot) -> None:
    add_reviews(bot)
    for _ in range(MOST_TAKEOVERS + 1):
        assert claim(bot, TO_CLASSIFY, State.CLASSIFYING, 10).reviews
        expire_leases(bot)
    assert claim(bot, TO_CLASSIFY, State.CLASSIFYING, 10).reviews == []
    review = only_review(bot)
    assert review.state == State.FAILED
    assert "died" in (review.error or "")


def test_a_passing_fault_keeps_the_state_until_the_waits_are_used_up(bot: Bot) -> None:
    add_reviews(bot)
    for _ in bot.settings.retry_s:
        fail_once(bot, Unreachable("no answer"))
        assert only_review(bot).state == State.CLASSIFYING
    fail_once(bot, Unreachable("no answer"))
    assert only_review(bot).state == State.FAILED
    assert only_review(bot).error == "no answer"


def test_throttling_never_fails_a_review(bot: Bot) -> None:
    add_reviews(bot)
    for _ in range(10):
        fail_once(bot, Throttled("slow down", 30.0))
        review = only_review(bot)
        assert (review.state, review.attempts) == (State.CLASSIFYING, 0)
        assert review.next_attempt_at > now() + timedelta(seconds=25)
        make_due(bot)


def fail_once(bot: Bot, error: Exception) -> None:
    make_due(bot)
    claimed = claim(bot, TO_CLASSIFY, State.CLASSIFYING, 10)
    with bot.database.writing() as session:
        try_again_or_fail(bot, session, claimed.reviews[0], claimed.token, error)


def make_due(bot: Bot) -> None:
    with bot.database.writing() as session:
        session.execute(update(Review).values(next_attempt_at=now()))


def test_reviews_of_an_uninstalled_shop_are_left_alone(bot: Bot) -> None:
    add_reviews(bot)
    with bot.database.writing() as session:
        session.execute(update(Shop).values(state="uninstalled"))
    with bot.database.reading() as session:
        assert count_due(session, TO_CLASSIFY) == 0
    assert claim(bot, TO_CLASSIFY, State.CLASSIFYING, 10).reviews == []


def test_takeovers_use_up_no_retries(bot: Bot) -> None:
    add_reviews(bot)
    for _ in range(5):
        claim(bot, TO_CLASSIFY, State.CLASSIFYING, 10)
        expire_leases(bot)
    fail_once(bot, Unreachable("no answer"))
    review = only_review(bot)
    assert (review.state, review.attempts, review.takeovers) == (State.CLASSIFYING, 1, 5)
