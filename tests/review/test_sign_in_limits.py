"""How often a sign-in may be tried."""

import subprocess

import pytest
from flask import Flask

from shopify_bot.app import create_app
from shopify_bot.bot import Bot
from shopify_bot.people.users import add_user
from shopify_bot.review.signing import limits
from shopify_bot.review.signing.limits import TRIES_PER_ADDRESS, TRIES_PER_NAME
from shopify_bot.tables import Shop
from tests.review.browser import Browser
from tests.review.seeding import PASSWORD

ELSEWHERE = "203.0.113.9"
FEW = 4
"""Tries for one name, and from one address where that is set, lest these tests check many passwords."""


@pytest.fixture(autouse=True)
def ann_exists(bot: Bot, shop: Shop, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "TRIES_PER_NAME", FEW)
    with bot.database.writing() as session:
        add_user(session, "ann", PASSWORD)


def stranger(app: Flask) -> Browser:
    browser = Browser(app.test_client())
    browser.open("/login")
    return browser


def attempt(browser: Browser, name: str, password: str = "wrong horse battery", **more: str) -> int:
    fields = {"name": name, "password": password, "csrf_token": browser.token()}
    return browser.client.post("/login", data=fields, **more).status_code  # type: ignore[arg-type]


def attempts(browser: Browser, name: str, count: int) -> list[int]:
    return [attempt(browser, name) for _ in range(count)]


def test_one_try_too_many_for_a_name_is_refused_whoever_bears_it(app: Flask) -> None:
    browser = stranger(app)
    answers = {name: attempts(browser, name, FEW + 1) for name in ("ann", "nobody of that name")}
    assert answers["ann"] == answers["nobody of that name"] == [401] * FEW + [429]


def test_the_page_says_how_long_to_wait(app: Flask) -> None:
    browser = stranger(app)
    attempts(browser, "ann", FEW)
    page = browser.press("Sign in", name="ann", password=PASSWORD)
    assert browser.response.status_code == 429
    assert 0 < int(browser.response.headers["Retry-After"]) <= 300
    assert "Too many tries. Please wait 5 minutes" in page.get_text()
    browser.open("/review")
    assert browser.path == "/login"


def test_case_and_blanks_make_no_other_name(app: Flask) -> None:
    browser = stranger(app)
    answers = [attempt(browser, name) for name in ("ann", "Ann ", " ANN") * FEW]
    assert answers.count(401) == FEW


def test_a_right_password_clears_what_was_counted(app: Flask) -> None:
    browser = stranger(app)
    for _ in range(2):
        assert attempts(browser, "ann", FEW - 1) == [401] * (FEW - 1)
        assert attempt(browser, "ann", PASSWORD) == 303
        browser.open("/review")
        browser.press("Sign out")


def test_many_names_from_one_address(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    assert TRIES_PER_ADDRESS > TRIES_PER_NAME
    monkeypatch.setattr(limits, "TRIES_PER_ADDRESS", FEW)
    browser = stranger(app)
    answers = [attempt(browser, f"name {number}") for number in range(FEW + 1)]
    assert answers == [401] * FEW + [429]
    there = {"REMOTE_ADDR": ELSEWHERE}
    assert attempt(browser, "ann", PASSWORD, environ_overrides=there) == 303  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("address", "same", "other"),
    [
        ("2001:db8:0:1::1", "2001:db8:0:1:ffff::2", "2001:db8:0:2::1"),
        ("198.51.100.7", "::ffff:198.51.100.7", "198.51.100.8"),
        ("unix:", "unix:", ""),
    ],
)
def test_a_network_of_addresses_counts_as_one(address: str, same: str, other: str) -> None:
    assert limits.network(address) == limits.network(same) != limits.network(other)


def test_what_a_visitor_says_of_their_own_address_is_not_believed(
    bot: Bot, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The proxy adds the true one behind it."""
    monkeypatch.setattr(limits, "TRIES_PER_ADDRESS", FEW)
    settings = bot.settings.model_copy(update={"trusted_proxies": 1})
    browser = stranger(create_app(Bot(settings, bot.database, bot.doorbell)))
    answers = [
        attempt(browser, f"name {n}", headers={"X-Forwarded-For": f"10.0.0.{n}, {ELSEWHERE}"})  # type: ignore[arg-type]
        for n in range(FEW + 1)
    ]
    assert answers == [401] * FEW + [429]


@pytest.mark.parametrize(("proxies", "refused"), [(0, 429), (1, 401)])
def test_behind_a_proxy_each_visitor_counts_for_themselves(
    bot: Bot, proxies: int, refused: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(limits, "TRIES_PER_ADDRESS", FEW)
    settings = bot.settings.model_copy(update={"trusted_proxies": proxies})
    browser = stranger(create_app(Bot(settings, bot.database, bot.doorbell)))
    addresses = ["198.51.100.7"] * FEW + [ELSEWHERE]
    answers = [
        attempt(browser, f"name {number}", headers={"X-Forwarded-For": address})  # type: ignore[arg-type]
        for number, address in enumerate(addresses)
    ]
    assert answers[-1] == refused


def test_two_processes_count_together_in_redis(app: Flask, bot: Bot, redis: subprocess.Popen[bytes]) -> None:
    first, second = stranger(app), stranger(create_app(bot))
    assert attempts(first, "ann", FEW // 2) == [401] * (FEW // 2)
    answers = attempts(second, "ann", FEW)
    assert answers == [401] * (FEW // 2) + [429] * (FEW // 2)


def test_a_redis_that_goes_away_does_not_keep_people_out(app: Flask, redis: subprocess.Popen[bytes]) -> None:
    browser = stranger(app)
    assert attempt(browser, "ann") == 401
    redis.kill()
    redis.wait()
    assert attempts(browser, "ann", FEW + 1) == [401] * FEW + [429]


def test_names_are_not_kept_in_the_counter(app: Flask) -> None:
    assert "ann" not in limits.of_name("ann").key.replace("name", "")
