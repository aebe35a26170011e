"""Connecting a store in the browser: the way to the page of Shopify and back, and what is refused."""

import dataclasses
from collections.abc import Iterator
from urllib.parse import parse_qsl, urlencode, urlsplit

import pytest
import requests
from flask import Flask
from sqlalchemy import select

from shopify_bot.app import create_app
from shopify_bot.bot import Bot
from shopify_bot.connecting import beginnings
from shopify_bot.connecting.tokens import AUTHORIZATION_CODE, held
from shopify_bot.database import Database
from shopify_bot.devstore import DevStore
from shopify_bot.doorbell import Doorbell
from shopify_bot.people.users import add_user
from shopify_bot.settings import Settings
from shopify_bot.shops import add_shop
from shopify_bot.tables import Chore, Shop
from tests.conftest import API_SECRET
from tests.review.browser import Browser

DOMAIN, KEY, US = "demo.myshopify.com", "the key of the tests", "http://localhost"
INSTALL, PASSWORD = f"/auth/install?shop={DOMAIN}", "correct horse battery"


@pytest.fixture
def store() -> Iterator[DevStore]:
    back = f"{US}/auth/callback"
    with DevStore(api_key=KEY, api_secret=API_SECRET, redirect_uris=(back,)) as store:
        store.add_shop(DOMAIN, token=None, own_organization=False)
        yield store


@pytest.fixture
def bot(settings: Settings, database: Database, store: DevStore) -> Bot:
    more = {"admin_origin": store.origin, "shopify_api_key": KEY, "app_url": US}
    settings = settings.model_copy(update=more)
    return Bot(settings, database, Doorbell(settings))


@pytest.fixture
def app(bot: Bot) -> Flask:
    return create_app(bot)


def signed_in(app: Flask, bot: Bot, name: str, shop: Shop | None = None) -> Browser:
    with bot.database.writing() as session:
        add_user(session, name, PASSWORD, shop)
    browser = Browser(app.test_client())
    browser.open("/login")
    browser.press("Sign in", name=name, password=PASSWORD)
    return browser


@pytest.fixture
def owner(app: Flask, bot: Bot) -> Browser:
    return signed_in(app, bot, "owner")


def agree(browser: Browser, address: str = INSTALL) -> str:
    """Go to Shopify's page and agree; returns the way back to us."""
    sent = browser.client.get(address)
    assert sent.status_code == 302, sent.text
    answer = requests.get(sent.headers["Location"], timeout=5, allow_redirects=False)
    assert answer.status_code == 302, answer.text
    return answer.headers["Location"].removeprefix(US)


def shop_of(bot: Bot) -> Shop | None:
    with bot.database.reading() as session:
        return session.scalar(select(Shop))


def test_a_store_is_connected(owner: Browser, bot: Bot, store: DevStore) -> None:
    assert "Connect a shop" in owner.page.get_text()
    page = owner.open(agree(owner))
    assert owner.path == "/review"
    assert f"{DOMAIN} is connected" in page.get_text()
    shop = shop_of(bot)
    assert shop is not None
    assert (shop.domain, shop.grant_type, shop.state) == (DOMAIN, AUTHORIZATION_CODE, "active")
    pair = held(shop, DOMAIN, bot.settings)
    assert pair.token in store.shop(DOMAIN).tokens.alive()
    assert pair.refresh_token
    with bot.database.reading() as session:
        assert session.scalars(select(Chore)).all()
    page = owner.open("/shops")
    assert "authorization code" in page.get_text()
    assert "all scopes" in page.get_text()
    assert pair.token not in str(page)


def test_a_store_is_connected_again(owner: Browser, bot: Bot) -> None:
    for _ in range(2):
        owner.open(agree(owner))
        assert owner.path == "/review"
    with bot.database.reading() as session:
        assert len(session.scalars(select(Shop)).all()) == 1


def test_a_stranger_signs_in_first_and_comes_back(app: Flask, bot: Bot) -> None:
    with bot.database.writing() as session:
        add_user(session, "late", PASSWORD)
    browser = Browser(app.test_client())
    browser.open(INSTALL)
    assert browser.path == "/login"
    assert "https://*.myshopify.com" in browser.response.headers["Content-Security-Policy"]
    token = browser.page.select_one("input[name=csrf_token]")["value"]
    wanted = browser.page.select_one("input[name=next]")["value"]
    form = {"name": "late", "password": PASSWORD, "csrf_token": token, "next": wanted}
    assert browser.client.post("/login", data=form).headers["Location"] == INSTALL


def test_only_the_owner_connects_any_store(app: Flask, bot: Bot) -> None:
    with bot.database.writing() as session:
        mine = add_shop(session, bot.settings, DOMAIN, "shpat_mine")
        add_shop(session, bot.settings, "other.myshopify.com", "shpat_other")
    browser = signed_in(app, bot, "merchant", mine)
    page = browser.open("/shops")
    assert "other.myshopify.com" not in page.get_text()
    assert not browser.has_button("Connect")
    assert "--client-credentials" not in page.get_text()
    assert browser.client.get("/auth/install?shop=other.myshopify.com").status_code == 403
    assert browser.client.get(INSTALL).status_code == 302


def test_the_page_stands_in_the_same_frame_as_the_others(owner: Browser, bot: Bot) -> None:
    for has_shop in (False, True):
        if has_shop:
            with bot.database.writing() as session:
                add_shop(session, bot.settings, DOMAIN, "shpat_mine")
        page = owner.open("/shops")
        called = page.select_one(".menu-item[aria-current=page]").get_text()
        assert page.h1.get_text() == called == "Connections"
        assert bool(page.select(".tab[href='/review']")) == has_shop
        assert page.body.has_attr("data-live") == has_shop
        commands = [each.get_text() for each in page.select("code")]
        assert commands == [
            "shopify-bot shops add DOMAIN --client-credentials",
            "shopify-bot shops add DOMAIN",
        ]
        assert owner.has_button("Sign out")


def test_what_is_not_set_is_told(app: Flask, bot: Bot, owner: Browser) -> None:
    app.extensions["bot"] = dataclasses.replace(bot, settings=bot.settings.model_copy(update={"app_url": ""}))
    assert "SHOPIFY_BOT_APP_URL is not set" in owner.open("/shops").get_text()
    assert owner.client.get(INSTALL).status_code == 400
    app.extensions["bot"] = dataclasses.replace(
        bot, settings=bot.settings.model_copy(update={"shopify_api_key": ""})
    )
    assert "SHOPIFY_BOT_SHOPIFY_API_KEY" in owner.open("/shops").get_text()


def test_a_wrong_domain_is_refused(owner: Browser) -> None:
    answer = owner.client.get("/auth/install?shop=evil.example")
    assert answer.status_code == 400
    assert "is no shop domain" in answer.text


def refused(browser: Browser, address: str) -> str:
    answer = browser.client.get(address)
    assert answer.status_code == 400
    assert "Location" not in answer.headers
    return answer.text


def test_an_answer_counts_once(owner: Browser) -> None:
    back = agree(owner)
    owner.open(back)
    assert "Nothing was begun" in refused(owner, back)


def test_an_answer_of_another_browser_is_refused(app: Flask, bot: Bot, owner: Browser) -> None:
    back = agree(owner)
    other = signed_in(app, bot, "other")
    assert "Nothing was begun" in refused(other, back)
    agree(other)
    assert "not the answer" in refused(other, back)
    assert app.test_client().get(back).status_code == 403
    assert shop_of(bot) is None


def test_an_answer_that_comes_late_is_refused(owner: Browser, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(beginnings, "STATE_S", -1)
    assert "minutes ago" in refused(owner, agree(owner))


@pytest.mark.parametrize("change", ["code", "shop", "timestamp", "hmac", "state"])
def test_a_changed_answer_is_refused(owner: Browser, bot: Bot, change: str) -> None:
    parts = urlsplit(agree(owner))
    query = dict(parse_qsl(parts.query)) | {change: "other.myshopify.com"}
    text = refused(owner, f"{parts.path}?{urlencode(query)}")
    assert "was not connected" in text
    assert shop_of(bot) is None


def test_an_answer_for_another_store_is_refused(owner: Browser, store: DevStore, bot: Bot) -> None:
    store.add_shop("other.myshopify.com", token=None, own_organization=False)
    sent = owner.client.get(INSTALL).headers["Location"].replace(DOMAIN, "other.myshopify.com")
    back = requests.get(sent, timeout=5, allow_redirects=False).headers["Location"]
    assert "another store" in refused(owner, back.removeprefix(US))
    assert shop_of(bot) is None


def test_no_is_an_answer(owner: Browser, store: DevStore) -> None:
    store.oauth.set(consent=False)
    assert "said no" in refused(owner, agree(owner))


def test_a_code_that_is_used_up_is_told_without_it(owner: Browser, store: DevStore) -> None:
    store.oauth.set(code_s=0)
    back = agree(owner)
    text = refused(owner, back)
    assert "used already or is too old" in text
    assert dict(parse_qsl(urlsplit(back).query))["code"] not in text


def test_a_store_that_cannot_answer_is_told(owner: Browser, store: DevStore) -> None:
    back = agree(owner)
    store.faults.plan("5xx", operation="access_token")
    assert owner.client.get(back).status_code == 503


def test_scopes_that_were_not_granted_are_told(owner: Browser, store: DevStore) -> None:
    sent = owner.client.get(INSTALL).headers["Location"].replace("%2Cwrite_publications", "")
    back = requests.get(sent, timeout=5, allow_redirects=False).headers["Location"]
    assert "lacks write_publications" in owner.open(back.removeprefix(US)).get_text()


def test_the_state_is_new_each_time(owner: Browser) -> None:
    found = {dict(parse_qsl(urlsplit(agree(owner)).query))["state"] for _ in range(3)}
    assert len(found) == 3
    assert all(len(state) >= 32 for state in found)
