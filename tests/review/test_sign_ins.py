"""A browser that is signed in: its token changes, ends, and is worth nothing afterwards."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import event, select, update

from shopify_bot.bot import Bot
from shopify_bot.chores.tidying import tidy
from shopify_bot.people import sign_ins
from shopify_bot.people.sign_ins import FORMER_IS_GOOD, LASTS, RENEWED_EVERY, TOKEN_LENGTH
from shopify_bot.people.users import find_user, remove_user
from shopify_bot.review.signing.browser import COOKIE
from shopify_bot.tables import Shop, SignIn, User, now
from tests.review.browser import Browser
from tests.review.conftest import signed_in
from tests.review.seeding import PASSWORD

on_both = pytest.mark.parametrize("database", ["sqlite", "postgresql"], indirect=True)


def token_of(browser: Browser) -> str:
    cookie = browser.client.get_cookie(COOKIE)
    return cookie.value if cookie else ""


def with_token(app: Flask, token: str) -> Browser:
    """Another browser that holds this token."""
    browser = Browser(app.test_client())
    browser.client.set_cookie(COOKIE, token)
    return browser


def is_in(browser: Browser) -> bool:
    browser.open("/shops")
    return browser.path == "/shops"


def rows(bot: Bot) -> list[SignIn]:
    with bot.database.reading() as session:
        return list(session.scalars(select(SignIn).order_by(SignIn.id)))


def make_older(bot: Bot, by: timedelta) -> None:
    """Let time go by."""
    with bot.database.writing() as session:
        for row in session.scalars(select(SignIn)):
            row.renewed_at -= by
            row.expires_at -= by


@pytest.fixture
def queries(bot: Bot) -> Iterator[list[str]]:
    """The statements that ask who is signed in."""
    asked: list[str] = []

    def note(_connection: object, _cursor: object, statement: str, *_: object) -> None:
        if "sign_ins" in statement:
            asked.append(statement)

    event.listen(bot.database.engine, "before_cursor_execute", note)
    yield asked
    event.remove(bot.database.engine, "before_cursor_execute", note)


def test_only_a_hash_is_kept(ann: Browser, bot: Bot) -> None:
    token = token_of(ann)
    assert len(token) == TOKEN_LENGTH
    [row] = rows(bot)
    assert token not in (row.token_hash, row.former_hash)
    assert LASTS - timedelta(minutes=1) < row.expires_at - now() <= LASTS


@on_both
def test_a_page_asks_once_who_is_there_and_writes_nothing(ann: Browser, queries: list[str]) -> None:
    ann.open("/shops")
    assert len(queries) == 1
    assert queries[0].startswith("SELECT")
    assert "Set-Cookie" not in ann.response.headers or COOKIE not in ann.response.headers["Set-Cookie"]


@on_both
def test_every_hour_the_token_is_another(ann: Browser, app: Flask, bot: Bot) -> None:
    old = token_of(ann)
    make_older(bot, RENEWED_EVERY)
    assert is_in(ann)
    new = token_of(ann)
    assert new != old
    assert len(rows(bot)) == 1
    assert is_in(ann)
    assert token_of(ann) == new
    assert is_in(with_token(app, old))
    make_older(bot, FORMER_IS_GOOD)
    assert not is_in(with_token(app, old))
    assert is_in(ann)


@on_both
def test_requests_that_cross_are_given_the_same_token(ann: Browser, app: Flask, bot: Bot) -> None:
    old = token_of(ann)
    make_older(bot, RENEWED_EVERY)
    browsers = [with_token(app, old) for _ in range(4)]
    with ThreadPoolExecutor(4) as pool:
        assert all(pool.map(is_in, browsers))
    assert len({token_of(browser) for browser in browsers}) == 1
    assert token_of(browsers[0]) != old


def test_a_renewed_visit_goes_on_for_another_fortnight(ann: Browser, bot: Bot) -> None:
    make_older(bot, LASTS - timedelta(minutes=1))
    assert is_in(ann)
    make_older(bot, LASTS - timedelta(minutes=1))
    assert is_in(ann)
    make_older(bot, LASTS)
    assert not is_in(ann)


@pytest.mark.parametrize("path", ["/logout"])
def test_what_was_stolen_is_worth_nothing_after_signing_out(
    ann: Browser, app: Flask, bot: Bot, path: str
) -> None:
    old = token_of(ann)
    make_older(bot, RENEWED_EVERY)
    ann.open("/shops")
    new = token_of(ann)
    ann.post(path)
    assert not token_of(ann)
    assert not is_in(with_token(app, old))
    assert not is_in(with_token(app, new))
    assert rows(bot) == []


def test_signing_out_with_a_token_just_replaced_ends_the_new_one(ann: Browser, app: Flask, bot: Bot) -> None:
    late = with_token(app, token_of(ann))
    late.open("/shops")
    make_older(bot, RENEWED_EVERY)
    assert is_in(ann)
    late.post("/logout")
    assert not is_in(ann)


def test_a_sign_in_takes_the_place_of_the_one_before(ann: Browser, bot: Bot) -> None:
    old = token_of(ann)
    ann.open("/shops")
    ann.post("/login", name="ann", password=PASSWORD)
    assert token_of(ann) != old
    assert len(rows(bot)) == 1


@pytest.mark.parametrize("token", ["", "x", "A" * TOKEN_LENGTH, "é" * TOKEN_LENGTH])
def test_what_is_no_token_opens_nothing(app: Flask, ann: Browser, token: str) -> None:
    assert not is_in(with_token(app, token))


def test_nobody_makes_up_the_next_token(ann: Browser, bot: Bot) -> None:
    [row] = rows(bot)
    token = token_of(ann)
    ours = bot.settings.secret_key.get_secret_value()
    assert sign_ins.next_token(token, row.id, "guessed") != sign_ins.next_token(token, row.id, ours)


@on_both
def test_everywhere_is_every_browser_but_this(app: Flask, bot: Bot, shop: Shop) -> None:
    first = signed_in(app, bot, "ann")
    signed_in(app, bot, "ben")
    second = Browser(app.test_client())
    second.open("/login")
    second.press("Sign in", name="ann", password=PASSWORD)
    with bot.database.writing() as session:
        users = list(session.scalars(select(User).order_by(User.name)))
        assert list(sign_ins.counts(session, users).values()) == [2, 1]
        assert sign_ins.end_all(session, users[0], but=rows(bot)[0].id) == 1
    assert is_in(first)
    assert not is_in(second)
    with bot.database.writing() as session:
        sign_ins.end_all(session, users[0])
        assert list(sign_ins.counts(session, users)) == [users[1].id]
    assert not is_in(first)


def test_when_somebody_last_signed_in_is_noted(ann: Browser, bot: Bot) -> None:
    with bot.database.reading() as session:
        seen = find_user(session, "ann").seen_at
    assert now() - seen < timedelta(minutes=1)


def test_removing_somebody_removes_their_sign_ins(ann: Browser, bot: Bot) -> None:
    with bot.database.writing() as session:
        remove_user(session, find_user(session, "ann"))
    assert rows(bot) == []


@on_both
def test_what_has_ended_is_tidied_away(ann: Browser, ben: Browser, bot: Bot, shop: Shop) -> None:
    with bot.database.writing() as session:
        session.execute(update(SignIn).where(SignIn.id == rows(bot)[0].id).values(expires_at=now()))
    assert tidy(bot, shop)["sign_ins"] == 1
    assert len(rows(bot)) == 1
    assert is_in(ben)
