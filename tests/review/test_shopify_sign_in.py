"""Signing in with Shopify: the way to its page and back, who may come in, and who may not."""

from collections.abc import Iterator
from datetime import timedelta
from urllib.parse import parse_qsl, urlencode, urlsplit

import pytest
import requests
from flask import Flask
from pydantic import SecretStr
from sqlalchemy import select

from shopify_bot.app import create_app
from shopify_bot.bot import Bot
from shopify_bot.connecting import beginnings
from shopify_bot.database import Database
from shopify_bot.devstore import DevStore
from shopify_bot.devstore import Shop as Store
from shopify_bot.doorbell import Doorbell
from shopify_bot.people.sign_ins import LASTS_WITH_SHOPIFY
from shopify_bot.people.users import add_user, remove_user, take_back
from shopify_bot.review.signing import limits
from shopify_bot.settings import Settings
from shopify_bot.shopify.staff import PER_USER
from shopify_bot.shops import add_shop, uninstall
from shopify_bot.tables import Shop, SignIn, User, now
from tests.conftest import API_SECRET
from tests.review.browser import Browser
from tests.review.seeding import PASSWORD

DOMAIN, OTHER = "demo.myshopify.com", "other.myshopify.com"
KEY, US = "the key of the tests", "http://localhost"
SIGN_IN = f"/login/shopify?shop={DOMAIN}"

on_both = pytest.mark.parametrize("database", ["sqlite", "postgresql"], indirect=True)


@pytest.fixture
def store() -> Iterator[DevStore]:
    with DevStore(api_key=KEY, api_secret=API_SECRET, redirect_uris=(f"{US}/auth/callback",)) as store:
        store.add_shop(DOMAIN, "shpat_demo")
        store.add_shop(OTHER, "shpat_other")
        yield store


@pytest.fixture
def demo(store: DevStore) -> Store:
    """The store at Shopify, where Olive is logged in."""
    return store.shop(DOMAIN)


@pytest.fixture
def bot(settings: Settings, database: Database, store: DevStore) -> Bot:
    more = {"admin_origin": store.origin, "shopify_api_key": KEY, "app_url": US}
    bot = Bot(settings.model_copy(update=more), database, Doorbell(settings))
    with database.writing() as session:
        add_shop(session, bot.settings, DOMAIN, "shpat_demo")
        add_shop(session, bot.settings, OTHER, "shpat_other")
    return bot


@pytest.fixture
def app(bot: Bot) -> Flask:
    return create_app(bot)


@pytest.fixture
def browser(app: Flask) -> Browser:
    browser = Browser(app.test_client())
    browser.open("/login")
    return browser


def at_shopify(browser: Browser, address: str = SIGN_IN) -> requests.Response:
    """Go to Shopify's page; its answer."""
    sent = browser.client.get(address)
    assert sent.status_code == 302, sent.text
    return requests.get(sent.headers["Location"], timeout=5, allow_redirects=False)


def way_back(browser: Browser, address: str = SIGN_IN) -> str:
    """Where Shopify leads whoever is logged in there."""
    answer = at_shopify(browser, address)
    assert answer.status_code == 302, answer.text
    return answer.headers["Location"].removeprefix(US)


def come_in(browser: Browser, address: str = SIGN_IN) -> str:
    """Sign in with Shopify; the text of the page where that ends."""
    return browser.open(way_back(browser, address)).get_text()


def is_out(browser: Browser) -> bool:
    browser.open("/review")
    return browser.path == "/login"


def people(bot: Bot) -> list[User]:
    with bot.database.reading() as session:
        return list(session.scalars(select(User).order_by(User.id)))


@on_both
def test_staff_sign_in_and_see_their_own_shop_alone(browser: Browser, bot: Bot) -> None:
    page = browser.open("/login")
    assert "Sign in with Shopify" in page.get_text()
    assert page.select_one("input[type=password]") is None
    text = come_in(browser)
    assert browser.path == "/review"
    assert "Olive Owner" in text
    assert OTHER not in text
    [olive] = people(bot)
    assert (olive.name, olive.password_hash, olive.language) == ("Olive Owner", "", "en")
    assert olive.shopify_id
    assert olive.seen_at


@on_both
def test_the_same_person_is_found_again_whatever_they_are_called(
    browser: Browser, bot: Bot, demo: Store
) -> None:
    demo.add_staff("Ann", "Able", locale="fr-CA")
    come_in(browser)
    demo.remove_staff(demo.staff[-1])
    demo.add_staff("Ann", "Married")
    come_in(browser)
    [ann] = people(bot)
    assert (ann.name, ann.language) == ("Ann Able", "fr")


def test_leads_to_where_they_wanted_to_go(browser: Browser) -> None:
    browser.open("/review?state=skipped")
    fields = {i["name"]: i["value"] for i in browser.page.select("form[action='/login/shopify'] [name=next]")}
    come_in(browser, f"{SIGN_IN}&{urlencode(fields)}")
    assert "Nothing was skipped" in browser.page.get_text()


@pytest.mark.parametrize("goal", ["https://evil.example", "//evil.example", "/\\evil.example"])
def test_never_leads_to_another_host(browser: Browser, goal: str) -> None:
    back = way_back(browser, f"{SIGN_IN}&{urlencode({'next': goal})}")
    assert browser.client.get(back).headers["Location"] == "/review"


def test_the_token_is_not_kept(browser: Browser, bot: Bot, demo: Store) -> None:
    before = set(demo.tokens.alive())
    come_in(browser)
    [given] = set(demo.tokens.alive()) - before
    with bot.database.reading() as session:
        kept = [shop.token for shop in session.scalars(select(Shop))]
    assert given not in str(kept)
    assert given not in browser.response.text


@on_both
def test_the_name_is_one_that_nobody_has(browser: Browser, app: Flask, bot: Bot, store: DevStore) -> None:
    with bot.database.writing() as session:
        add_user(session, "Olive Owner", PASSWORD)
    come_in(browser)
    store.shop(DOMAIN).add_staff("Olive", "Owner")
    come_in(Browser(app.test_client()))
    come_in(Browser(app.test_client()), f"/login/shopify?shop={OTHER}")
    third = f"Olive Owner (demo, {people(bot)[2].shopify_id})"
    names = [user.name for user in people(bot)]
    assert names == ["Olive Owner", "Olive Owner (demo)", third, "Olive Owner (other)"]


@pytest.mark.parametrize("name", ["", "   ", "\u202eevil\x00\n", "x" * 5000, "🧵" * 300])
def test_any_name_will_do(browser: Browser, bot: Bot, demo: Store, name: str) -> None:
    demo.add_staff(name)
    come_in(browser)
    assert browser.path == "/review"
    [user] = people(bot)
    assert 0 < len(user.name) <= 150
    assert user.name.isprintable()


def test_it_lasts_a_day(browser: Browser, bot: Bot) -> None:
    come_in(browser)
    with bot.database.writing() as session:
        row = session.scalars(select(SignIn)).one()
        assert LASTS_WITH_SHOPIFY - timedelta(minutes=1) < row.expires_at - now() <= LASTS_WITH_SHOPIFY
        row.renewed_at -= timedelta(hours=2)
        row.expires_at = ends = now() + timedelta(minutes=5)
    assert not is_out(browser)
    with bot.database.reading() as session:
        assert session.scalars(select(SignIn)).one().expires_at == ends


def test_a_password_cannot_be_guessed_where_there_is_none(browser: Browser, bot: Bot) -> None:
    come_in(browser)
    with bot.database.writing() as session:
        add_user(session, "ann", PASSWORD)
    browser.press("Sign out")
    assert browser.post("/login", name="Olive Owner", password="").status_code == 401


def test_collaborators_and_unproven_addresses_are_the_same_to_us(browser: Browser, demo: Store) -> None:
    demo.add_staff("Cole", "Laborator", collaborator=True, email_verified=False)
    come_in(browser)
    assert not is_out(browser)


def test_who_may_not_edit_products_there_may_not_here(browser: Browser, demo: Store) -> None:
    demo.add_staff("Rea", "Der", scopes=("read_products",))
    assert "You may not edit products in demo.myshopify.com" in come_in(browser)
    assert browser.response.status_code == 403
    assert is_out(browser)


@on_both
def test_who_was_removed_stays_out_until_taken_back(browser: Browser, bot: Bot) -> None:
    come_in(browser)
    with bot.database.writing() as session:
        remove_user(session, session.scalars(select(User)).one())
    assert is_out(browser)
    assert "You were removed from the team" in come_in(browser)
    assert browser.response.status_code == 403
    assert is_out(browser)
    with bot.database.writing() as session:
        take_back(session.scalars(select(User)).one())
    come_in(browser)
    assert not is_out(browser)


@pytest.mark.parametrize("domain", ["stranger.myshopify.com", "evil.example", ""])
def test_only_for_stores_that_are_served(browser: Browser, store: DevStore, domain: str) -> None:
    answer = browser.client.get("/login/shopify", query_string={"shop": domain})
    assert answer.status_code in (400, 403)
    assert not store.oauth.calls.entries()


def test_not_for_a_store_that_left(browser: Browser, bot: Bot) -> None:
    back = way_back(browser)
    with bot.database.writing() as session:
        uninstall(session.scalars(select(Shop).where(Shop.domain == DOMAIN)).one())
    answers = [browser.client.get(path) for path in (SIGN_IN, back)]
    assert [answer.status_code for answer in answers] == [403, 403]
    assert all("is not connected here" in answer.text for answer in answers)
    assert people(bot) == []


def change(path: str, **values: str) -> str:
    """The way back with other values, signed anew by nobody."""
    parts = urlsplit(path)
    return f"{parts.path}?{urlencode(dict(parse_qsl(parts.query)) | values)}"


@pytest.mark.parametrize(
    "values", [{"shop": OTHER}, {"code": "another"}, {"hmac": "0" * 64}, {"state": "guessed"}, {"state": ""}]
)
def test_an_answer_that_was_changed_is_not_believed(
    browser: Browser, bot: Bot, values: dict[str, str]
) -> None:
    answer = browser.client.get(change(way_back(browser), **values))
    assert answer.status_code == 400
    assert people(bot) == []
    assert is_out(browser)


def test_an_answer_counts_once_and_in_its_own_browser(browser: Browser, app: Flask, bot: Bot) -> None:
    back = way_back(browser)
    elsewhere = app.test_client().get(back)
    assert (elsewhere.status_code, people(bot)) == (403, [])
    come_in(browser)
    browser.press("Sign out")
    again = browser.client.get(back)
    assert again.status_code == 403
    assert is_out(browser)


def test_an_answer_that_comes_late_is_not_believed(
    browser: Browser, bot: Bot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(beginnings, "STATE_S", -1)
    assert browser.client.get(way_back(browser)).status_code == 400
    assert people(bot) == []


def test_an_answer_for_the_other_store_is_not_believed(browser: Browser, app: Flask, bot: Bot) -> None:
    way_back(browser)
    state = dict(parse_qsl(urlsplit(browser.client.get(SIGN_IN).headers["Location"]).query))["state"]
    theirs = at_other(app, state)
    answer = browser.client.get(theirs)
    assert answer.status_code == 400
    assert "another store" in answer.text
    assert people(bot) == []


def at_other(app: Flask, state: str) -> str:
    """The other store's answer, signed by Shopify, to the state of this browser."""
    sent = app.test_client().get(f"/login/shopify?shop={OTHER}").headers["Location"]
    parts = urlsplit(sent)
    query = urlencode(dict(parse_qsl(parts.query)) | {"state": state})
    answer = requests.get(f"{parts._replace(query=query).geturl()}", timeout=5, allow_redirects=False)
    return answer.headers["Location"].removeprefix(US)


def test_whoever_says_no_is_told_so(browser: Browser, store: DevStore) -> None:
    store.oauth.set(consent=False)
    assert "gave no permission" in come_in(browser)
    assert is_out(browser)


def test_an_answer_about_no_person_lets_nobody_in(browser: Browser, bot: Bot) -> None:
    sent = browser.client.get(SIGN_IN).headers["Location"].replace("&grant_options%5B%5D=per-user", "")
    back = requests.get(sent, timeout=5, allow_redirects=False).headers["Location"].removeprefix(US)
    assert "did not say who you are" in browser.open(back).get_text()
    assert people(bot) == []


def test_a_store_that_is_away_says_so(browser: Browser, store: DevStore) -> None:
    back = way_back(browser)
    store.faults.plan("5xx", operation="access_token")
    browser.open(back)
    assert browser.response.status_code == 503
    assert "You are not signed in" in browser.page.h1.get_text()


def test_signing_in_connects_no_store(browser: Browser, bot: Bot) -> None:
    """The answer to a sign-in is no answer to connecting, and the other way round."""
    come_in(browser)
    with bot.database.reading() as session:
        shop = session.scalars(select(Shop).where(Shop.domain == DOMAIN)).one()
        assert shop.grant_type == "static"


def test_the_token_of_a_person_is_not_kept_as_the_stores(browser: Browser, bot: Bot) -> None:
    with bot.database.writing() as session:
        add_user(session, "ann", PASSWORD)
    browser.open("/login")
    browser.press("Sign in", "form[method=post]", name="ann", password=PASSWORD)
    sent = browser.client.get(f"/auth/install?shop={DOMAIN}").headers["Location"] + PER_USER
    back = requests.get(sent, timeout=5, allow_redirects=False).headers["Location"].removeprefix(US)
    assert "Connect it again" in browser.open(back).get_text()
    assert browser.response.status_code == 400
    with bot.database.reading() as session:
        shop = session.scalars(select(Shop).where(Shop.domain == DOMAIN)).one()
        assert shop.grant_type == "static"


def test_too_many_beginnings_from_one_address(browser: Browser, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "TRIES_PER_ADDRESS", 3)
    answers = [browser.client.get(SIGN_IN) for _ in range(4)]
    assert [answer.status_code for answer in answers] == [302, 302, 302, 429]
    assert int(answers[-1].headers["Retry-After"]) > 0


@pytest.mark.parametrize("lacking", ["app_url", "shopify_api_key", "shopify_api_secret"])
def test_without_its_settings_the_password_remains(bot: Bot, lacking: str) -> None:
    empty = SecretStr("") if lacking == "shopify_api_secret" else ""
    settings = bot.settings.model_copy(update={lacking: empty})
    with bot.database.writing() as session:
        add_user(session, "ann", PASSWORD)
    browser = Browser(create_app(Bot(settings, bot.database, bot.doorbell)).test_client())
    page = browser.open("/login")
    assert "Shopify asks" not in page.get_text()
    assert browser.client.get(SIGN_IN).status_code == 400
    browser.press("Sign in", name="ann", password=PASSWORD)
    assert browser.path == "/review"


def test_the_store_that_shopify_names_is_filled_in(browser: Browser) -> None:
    page = browser.open(f"/?shop={DOMAIN}&hmac=x&host=y")
    assert page.select_one("#shop")["value"] == DOMAIN
