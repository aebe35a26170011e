"""Signing in and out, and what is not shown without."""

import pytest
from bs4 import BeautifulSoup
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from shopify_bot.bot import Bot
from shopify_bot.people.users import add_user, remove_user, set_password
from shopify_bot.review.returning import local_path
from shopify_bot.tables import Shop, User
from tests.review.browser import Browser
from tests.review.seeding import PASSWORD, add_review, add_shop

CLOSED_PAGES = ("/", "/review", "/review/1", "/live", "/history", "/operations")


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    return app.test_client()


@pytest.fixture
def stranger(client: FlaskClient) -> Browser:
    return Browser(client)


def add_ann(bot: Bot, shop: Shop | None = None) -> None:
    with bot.database.writing() as session:
        add_user(session, "ann", PASSWORD, shop)


def test_signs_in_with_the_right_password(stranger: Browser, bot: Bot, shop: Shop) -> None:
    add_ann(bot)
    stranger.open("/login")
    stranger.press("Sign in", name="ann", password=PASSWORD)
    assert stranger.path == "/review"
    assert "ann" in stranger.page.select_one(".menu").get_text()


@pytest.mark.parametrize(("name", "password"), [("ann", "wrong horse battery"), ("bob", PASSWORD), ("", "")])
def test_refuses_a_wrong_name_or_password(
    stranger: Browser, bot: Bot, shop: Shop, name: str, password: str
) -> None:
    add_ann(bot)
    stranger.open("/login")
    page = stranger.press("Sign in", name=name, password=password)
    assert stranger.response.status_code == 401
    assert "name or the password is wrong" in page.get_text()
    stranger.open("/review")
    assert stranger.path == "/login"


@pytest.mark.parametrize("database", ["sqlite", "postgresql"], indirect=True)
@pytest.mark.parametrize("name", ["\ud800", "x" * 100_000, "🧵" * 9000])
def test_any_name_and_password_can_be_refused(stranger: Browser, bot: Bot, shop: Shop, name: str) -> None:
    add_ann(bot)
    stranger.open("/login")
    sent = name.encode("utf-8", "surrogatepass")
    fields = {"csrf_token": stranger.token(), "name": sent, "password": sent}
    assert stranger.client.post("/login", data=fields).status_code == 401


def test_never_repeats_the_password(stranger: Browser, bot: Bot, shop: Shop) -> None:
    add_ann(bot)
    stranger.open("/login")
    stranger.press("Sign in", name="ann", password="my secret of another site")
    assert "my secret" not in stranger.response.text
    assert stranger.page.select_one("#name")["value"] == "ann"


@pytest.mark.parametrize("path", CLOSED_PAGES)
def test_every_page_asks_a_stranger_to_sign_in(client: FlaskClient, bot: Bot, shop: Shop, path: str) -> None:
    add_review(bot, shop)
    answer = client.get(path)
    assert answer.status_code == 303
    assert answer.location.startswith("/login")


def test_goes_where_the_stranger_wanted_to_go(stranger: Browser, bot: Bot, shop: Shop) -> None:
    add_ann(bot)
    stranger.open("/review?state=skipped")
    stranger.press("Sign in", name="ann", password=PASSWORD)
    assert "Nothing was skipped" in stranger.page.get_text()


@pytest.mark.parametrize(
    "path",
    [
        "https://evil.example",
        "http:///evil.example",
        "//evil.example",
        "///evil.example",
        "//[evil",
        "/\\evil.example",
        "\\\\evil.example",
        "/\t/evil.example",
        "/\n/evil.example",
        "javascript:alert(1)",
        "review",
        f"/review?q={'x' * 2000}",
        "",
        None,
    ],
)
def test_never_leads_to_another_host(path: str | None) -> None:
    assert local_path(path, "/review") == "/review"


def test_leads_to_paths_of_its_own() -> None:
    assert local_path("/review?after=3#review-4", "/") == "/review?after=3#review-4"


def test_without_a_user_it_tells_the_command(stranger: Browser, shop: Shop) -> None:
    page = stranger.open("/review")
    assert "shopify-bot users add" in page.select_one("code").get_text()
    assert page.select_one("input[type=password]") is None


def test_without_a_shop_it_tells_the_command(stranger: Browser, bot: Bot) -> None:
    add_ann(bot)
    stranger.open("/login")
    page = stranger.press("Sign in", name="ann", password=PASSWORD)
    assert "shopify-bot shops add" in page.select_one("code").get_text()
    stranger.press("Sign out")
    assert stranger.path == "/login"


def test_signing_out_ends_the_session(ann: Browser) -> None:
    ann.open("/review")
    ann.press("Sign out")
    ann.open("/review")
    assert ann.path == "/login"


def test_a_session_planted_before_the_sign_in_is_dropped(stranger: Browser, bot: Bot, shop: Shop) -> None:
    add_ann(bot)
    stranger.open("/login")
    with stranger.client.session_transaction() as session:
        session["shop"] = "planted"
        planted_token = session["csrf_token"]
    stranger.press("Sign in", name="ann", password=PASSWORD)
    with stranger.client.session_transaction() as session:
        assert session.permanent
        assert "shop" not in session
        assert session["csrf_token"] != planted_token


def test_a_new_password_ends_the_sessions_of_the_old_one(ann: Browser, bot: Bot) -> None:
    with bot.database.writing() as session:
        set_password(session, session.scalars(select(User)).one(), "another horse battery")
    ann.open("/review")
    assert ann.path == "/login"


def test_a_removed_user_is_signed_out(ann: Browser, bot: Bot) -> None:
    with bot.database.writing() as session:
        remove_user(session, session.scalars(select(User)).one())
    ann.open("/review")
    assert ann.path == "/login"


def test_a_form_without_token_is_refused(client: FlaskClient, bot: Bot, shop: Shop) -> None:
    add_ann(bot)
    answer = client.post("/login", data={"name": "ann", "password": PASSWORD})
    assert answer.status_code == 400
    assert "try that once more" in BeautifulSoup(answer.text, "html.parser").h1.get_text()


def test_the_owner_switches_between_shops(ann: Browser, bot: Bot, shop: Shop) -> None:
    add_review(bot, shop, "Only in the first")
    add_review(bot, add_shop(bot, "second.myshopify.com"), "Only in the second")
    assert "Only in the first" in ann.open("/review").get_text()
    page = ann.press("second.myshopify.com")
    assert "Only in the second" in page.get_text()
    assert "Only in the first" not in page.get_text()


def test_nobody_switches_to_a_shop_of_others(app: Flask, bot: Bot, shop: Shop) -> None:
    other = add_shop(bot, "other.myshopify.com")
    add_review(bot, other, "A secret product")
    add_ann(bot, shop)
    browser = Browser(app.test_client())
    browser.open("/login")
    browser.press("Sign in", name="ann", password=PASSWORD)
    assert not browser.has_button("other.myshopify.com")
    browser.post("/shop", shop=other.domain)
    page = browser.open("/review")
    assert "A secret product" not in page.get_text()
    assert "no such shop" in browser.toast
