"""Reviews that failed for their shop's token: taken up by themselves once the store takes one again."""

from collections.abc import Callable

import pytest
from click.testing import CliRunner
from sqlalchemy import select, text, update

from shopify_bot import decisions, shops
from shopify_bot.bot import Bot
from shopify_bot.chores import rota
from shopify_bot.claims import TO_CLASSIFY, claim, give_up
from shopify_bot.cli import main
from shopify_bot.connecting import admission
from shopify_bot.connecting.taking_up import take_up
from shopify_bot.devstore import DevStore
from shopify_bot.devstore import Shop as StoreShop
from shopify_bot.jobs.publish import PublishWork
from shopify_bot.jobs.revert import RevertWork
from shopify_bot.shopify.errors import StoreFrozen, TokenRefused, UserErrors
from shopify_bot.states import State
from shopify_bot.stores import Stores
from shopify_bot.tables import Chore, Review, Shop, now
from tests.bot.conftest import DOMAIN, ME, TOKEN, find

Approved = Callable[..., int]
Receive = Callable[..., int]


def connected_again(bot: Bot, token: str) -> int:
    """Add the shop again; how many reviews were taken up."""
    return admission.admit_with_token(bot, DOMAIN, token, check=False).taken_up


def fail_with(bot: Bot, error: Exception) -> None:
    """A classifying worker claims what is due and meets an error."""
    claimed = claim(bot, TO_CLASSIFY, State.CLASSIFYING, 10)
    assert claimed.reviews
    with bot.database.writing() as session:
        for review in claimed.reviews:
            give_up(session, review, claimed.token, error)


def test_each_goes_on_where_it_failed(
    served: Bot, stores: Stores, store_shop: StoreShop, approved: Approved, receive: Receive
) -> None:
    published, decided = (approved(store_shop.create_product(name)) for name in ("One", "Two"))
    with served.database.writing() as session:
        session.execute(update(Review).where(Review.id == decided).values(state=State.PENDING))
    PublishWork(served, stores).one_batch()
    with served.database.writing() as session:
        shop = session.scalars(select(Shop)).one()
        decisions.revert(session, shop, published, ME)
        session.execute(update(Review).where(Review.id == decided).values(state=State.APPROVED))
    new = receive(store_shop.create_product("Three"))
    store_shop.token = "shpat_rotated"
    PublishWork(served, stores).one_batch()
    RevertWork(served, stores).one_batch()
    fail_with(served, TokenRefused("refused"))
    assert {find(served, each).state for each in (published, decided, new)} == {State.FAILED}
    assert connected_again(served, "shpat_rotated") == 3
    after = [find(served, each) for each in (published, decided, new)]
    assert [each.state for each in after] == [State.REVERTING, State.APPROVED, State.RECEIVED]
    assert {(each.error, each.attempts, each.awaits_token) for each in after} == {(None, 0, False)}
    PublishWork(served, stores).one_batch()
    RevertWork(served, stores).one_batch()
    assert find(served, published).state == State.REVERTED
    assert find(served, decided).state == State.PUBLISHED
    assert connected_again(served, "shpat_rotated") == 0


def test_what_failed_for_another_reason_stays(served: Bot, receive: Receive) -> None:
    first = receive("gid://shopify/Product/1")
    fail_with(served, TokenRefused("refused"))
    with served.database.writing() as session:
        decisions.retry(session, session.scalars(select(Shop)).one(), first, ME)
    fail_with(served, UserErrors("no"))
    assert connected_again(served, "shpat_again") == 0
    assert find(served, first).state == State.FAILED


def test_a_review_that_fails_by_a_token_replaced_meanwhile_is_tried_again(
    served: Bot, receive: Receive
) -> None:
    review = receive("gid://shopify/Product/1")
    claimed = claim(served, TO_CLASSIFY, State.CLASSIFYING, 10)
    assert connected_again(served, "shpat_again") == 0
    with served.database.writing() as session:
        give_up(session, claimed.reviews[0], claimed.token, TokenRefused("refused"))
    assert find(served, review).state == State.CLASSIFYING
    fail_with(served, TokenRefused("refused"))
    assert find(served, review).state == State.FAILED


def test_a_review_fails_neither_while_its_shop_is_connected_nor_waits_for_it(
    served: Bot, receive: Receive
) -> None:
    if served.database.is_sqlite:
        pytest.skip("SQLite has one writer at a time")
    review = receive("gid://shopify/Product/1")
    claimed = claim(served, TO_CLASSIFY, State.CLASSIFYING, 10)
    with served.database.writing() as connecting:
        connecting.execute(update(Shop).values(authorized_at=now()))
        with served.database.writing() as session:
            session.execute(text("SET LOCAL lock_timeout = '2s'"))
            give_up(session, claimed.reviews[0], claimed.token, TokenRefused("refused"))
    assert find(served, review).state == State.CLASSIFYING


def test_a_settled_account_is_noticed(served: Bot, receive: Receive) -> None:
    review = receive("gid://shopify/Product/1")
    fail_with(served, StoreFrozen("frozen"))
    for error in (StoreFrozen("frozen"), None):
        with served.database.writing() as session:
            assert find(served, review).state == State.FAILED
            session.execute(update(Chore).values(next_at=now()))
        while held := rota.claim(served):
            if error:
                rota.fail(served, held, error)
            else:
                rota.succeed(served, held, {})
    assert find(served, review).state == State.RECEIVED


def test_how_many_is_told(
    served: Bot, store: DevStore, receive: Receive, monkeypatch: pytest.MonkeyPatch
) -> None:
    for number in range(2):
        receive(f"gid://shopify/Product/{number}")
    fail_with(served, TokenRefused("refused"))
    database = served.database.engine.url.render_as_string(hide_password=False)
    for name, value in {
        "ADMIN_ORIGIN": store.origin,
        "DATABASE_URL": database,
        "TOKEN_KEYS": served.settings.token_keys.get_secret_value(),
    }.items():
        monkeypatch.setenv(f"SHOPIFY_BOT_{name}", value)
    told = CliRunner().invoke(main, ["shops", "add", DOMAIN, "--token", TOKEN]).stderr
    assert "Going on with 2 products that had failed" in told
    assert "Going on" not in CliRunner().invoke(main, ["shops", "add", DOMAIN, "--token", TOKEN]).stderr


def test_other_shops_reviews_stay(served: Bot, store: DevStore, receive: Receive) -> None:
    review = receive("gid://shopify/Product/1")
    fail_with(served, TokenRefused("refused"))
    with served.database.writing() as session:
        other = shops.add_shop(session, served.settings, "other.myshopify.com", "shpat_other")
        assert take_up(session, other) == 0
    assert find(served, review).state == State.FAILED
