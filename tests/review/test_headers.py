"""Headers of every page: what may be loaded, who may frame it, and what browsers are to remember."""

import pytest
from flask import Flask

from shopify_bot.app import create_app
from shopify_bot.bot import Bot
from shopify_bot.errors import SettingsError
from shopify_bot.people.users import add_user
from shopify_bot.settings import Settings
from shopify_bot.tables import Shop
from tests.review.browser import Browser
from tests.review.seeding import PASSWORD

HTTPS = "https://bot.example.com"
ADMIN = "https://admin.shopify.com"


def served(bot: Bot, **values: object) -> Browser:
    """A browser at an app with these settings, that speaks https."""
    settings = bot.settings.model_copy(update=values)
    app: Flask = create_app(Bot(settings, bot.database, bot.doorbell))
    browser = Browser(app.test_client())
    browser.client.environ_base["wsgi.url_scheme"] = "https"
    browser.client.environ_base["HTTP_REFERER"] = "https://localhost/"
    return browser


def sign_in(browser: Browser, bot: Bot) -> None:
    with bot.database.writing() as session:
        add_user(session, "ann", PASSWORD)
    browser.open("/login")
    browser.press("Sign in", name="ann", password=PASSWORD)


def ancestors(browser: Browser, path: str) -> str:
    browser.open(path)
    rules = browser.response.headers["Content-Security-Policy"].split("; ")
    return next(rule.partition(" ")[2] for rule in rules if rule.startswith("frame-ancestors "))


@pytest.mark.parametrize(
    "path", ["/login", "/review", "/shops", "/static/review.css", "/nowhere", "/auth/callback"]
)
def test_every_answer_is_hardened(ann: Browser, path: str) -> None:
    ann.open(path)
    headers = ann.response.headers
    policy = headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    assert "frame-ancestors 'none'" in policy
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] == "same-origin"
    assert headers["Cross-Origin-Opener-Policy"] == "same-origin"
    assert headers["Cross-Origin-Resource-Policy"] == "same-origin"
    assert "camera=()" in headers["Permissions-Policy"]
    assert "Strict-Transport-Security" not in headers
    assert (
        headers["Cache-Control"] != "no-store" if "static" in path else headers["Cache-Control"] == "no-store"
    )


def test_over_https_browsers_are_to_stay_there(bot: Bot, shop: Shop) -> None:
    browser = served(bot, app_url=HTTPS)
    browser.open("/login")
    assert browser.response.headers["Strict-Transport-Security"] == "max-age=31536000"


def test_over_https_the_cookies_are_for_this_host_and_https_alone(bot: Bot, shop: Shop) -> None:
    browser = served(bot, app_url=HTTPS)
    sign_in(browser, bot)
    assert browser.path == "/review"
    cookies = {
        name: browser.client.get_cookie(name) for name in ("__Host-shopify_bot", "__Host-shopify_bot_sign_in")
    }
    for cookie in cookies.values():
        assert cookie is not None
        assert cookie.secure
        assert cookie.http_only
        assert cookie.same_site == "Lax"
        assert (cookie.domain, cookie.path, cookie.origin_only) == ("localhost", "/", True)


def test_what_any_cache_may_keep_holds_nobodys_cookie(ann: Browser) -> None:
    address = ann.open("/review").select_one("link[rel=stylesheet]")["href"]
    answer = ann.client.get(str(address))
    assert answer.headers["Cache-Control"].startswith("public")
    assert "Set-Cookie" not in answer.headers


def test_only_the_admin_of_the_shop_on_screen_may_frame_it(bot: Bot, shop: Shop) -> None:
    browser = served(bot, app_url=HTTPS, embedded=True)
    assert ancestors(browser, "/login") == ADMIN
    sign_in(browser, bot)
    for path in ("/review", "/shops", "/review/999"):
        assert ancestors(browser, path) == f"https://{shop.domain} {ADMIN}"


def test_in_a_frame_the_cookies_are_sent_and_kept_apart(bot: Bot, shop: Shop) -> None:
    browser = served(bot, app_url=HTTPS, embedded=True)
    with bot.database.writing() as session:
        add_user(session, "ann", PASSWORD)
    browser.open("/login")
    answer = browser.post("/login", name="ann", password=PASSWORD)
    cookies = answer.headers.getlist("Set-Cookie")
    assert len(cookies) == 2
    for cookie in cookies:
        for rule in ("Secure", "HttpOnly", "SameSite=None", "Partitioned"):
            assert rule in cookie


@pytest.mark.parametrize("address", ["", "http://bot.example.com"])
def test_frames_need_https(address: str) -> None:
    with pytest.raises(SettingsError, match="SHOPIFY_BOT_EMBEDDED needs an SHOPIFY_BOT_APP_URL"):
        Settings(embedded=True, app_url=address)
    assert Settings(embedded=True, app_url=HTTPS).embedded
