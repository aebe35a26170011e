"""A shop's token: renewed in time, once over all threads and processes, and never lost in silence."""

import dataclasses
import logging
import multiprocessing
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor
from datetime import timedelta
from urllib.parse import parse_qs, urlsplit

import pytest
import requests
from cryptography.fernet import Fernet
from pydantic import SecretStr
from sqlalchemy import select, update

from shopify_bot.bot import Bot
from shopify_bot.connecting import admission, shop_access, tokens
from shopify_bot.connecting.shop_access import ShopAccess
from shopify_bot.connecting.tokens import AUTHORIZATION_CODE, CLIENT_CREDENTIALS
from shopify_bot.database import Database
from shopify_bot.devstore import DevStore
from shopify_bot.doorbell import Doorbell
from shopify_bot.errors import CannotDecrypt
from shopify_bot.settings import Settings
from shopify_bot.shopify.errors import (
    AppRefused,
    Busy,
    CodeUsedUp,
    ConnectionLost,
    OperationRefused,
    TokenRefused,
    Transient,
    Unreachable,
)
from shopify_bot.shopify.oauth import App, Granted, TokenDesk, granted
from shopify_bot.stores import Stores
from shopify_bot.tables import Shop, now
from tests.conftest import API_SECRET

DOMAIN, KEY, BACK = "demo.myshopify.com", "the key of the tests", "https://bot.example/auth/callback"

Connect = Callable[..., ShopAccess]


@pytest.fixture
def store() -> Iterator[DevStore]:
    with DevStore(api_key=KEY, api_secret=API_SECRET, redirect_uris=(BACK,)) as store:
        store.add_shop(DOMAIN, token=None)
        yield store


@pytest.fixture
def served(bot: Bot, store: DevStore) -> Bot:
    """The bot, knowing its app and where the store is."""
    settings = bot.settings.model_copy(update={"admin_origin": store.origin, "shopify_api_key": KEY})
    return dataclasses.replace(bot, settings=settings, doorbell=Doorbell(settings))


@pytest.fixture
def desk(store: DevStore) -> TokenDesk:
    return TokenDesk(DOMAIN, App(KEY, API_SECRET), store.origin)


def consent(store: DevStore) -> str:
    """The merchant agrees; the code that comes back."""
    query = {"client_id": KEY, "redirect_uri": BACK, "scope": "write_products,write_publications"}
    page = f"{store.origin}/{DOMAIN}/admin/oauth/authorize"
    answer = requests.get(page, query, timeout=5, allow_redirects=False)
    return parse_qs(urlsplit(answer.headers["Location"]).query)["code"][0]


@pytest.fixture
def connect(served: Bot, store: DevStore, desk: TokenDesk) -> Connect:
    """Connect the shop with a grant; its token has `left` to live."""

    def make(grant: str = AUTHORIZATION_CODE, left: timedelta = timedelta(hours=1)) -> ShopAccess:
        code = consent(store)
        granted = desk.exchange(code) if grant == AUTHORIZATION_CODE else desk.client_credentials()
        with served.database.writing() as session:
            shop = session.scalar(select(Shop)) or Shop(domain=DOMAIN)
            tokens.keep(shop, served.settings, granted, grant)
            shop.token_expires_at = now() + left
            session.add(shop)
            session.flush()
            return ShopAccess(served, shop.id, DOMAIN)

    return make


def row(bot: Bot) -> Shop:
    with bot.database.reading() as session:
        return session.scalars(select(Shop)).one()


def set_row(bot: Bot, **values: object) -> None:
    with bot.database.writing() as session:
        session.execute(update(Shop).values(**values))


def refreshes(store: DevStore) -> int:
    return len(store.oauth.calls.entries(grant="refresh_token"))


# The exchange


def test_what_the_store_gives(store: DevStore, desk: TokenDesk) -> None:
    pair = desk.exchange(consent(store))
    assert pair.scopes == ("write_products", "write_publications")
    assert pair.expires_at is not None
    assert timedelta(minutes=59) < pair.expires_at - now() < timedelta(minutes=61)
    assert pair.refresh_token is not None
    assert pair.refresh_expires_at is not None
    assert pair.refresh_expires_at - now() > timedelta(days=89)
    own = desk.client_credentials()
    assert own.refresh_token is None
    assert own.expires_at is not None
    assert own.expires_at - now() > timedelta(hours=23)


def test_what_the_store_refuses(store: DevStore, desk: TokenDesk) -> None:
    code = consent(store)
    desk.exchange(code)
    with pytest.raises(CodeUsedUp, match="Connect it again"):
        desk.exchange(code)
    with pytest.raises(ConnectionLost, match=f"shops add {DOMAIN} --authorize"):
        desk.refresh("made up")
    with pytest.raises(AppRefused, match="SHOPIFY_BOT_SHOPIFY_API_SECRET"):
        TokenDesk(DOMAIN, App(KEY, "wrong"), store.origin).client_credentials()
    store.add_shop("foreign.myshopify.com", token=None, own_organization=False)
    with pytest.raises(AppRefused, match="same organisation"):
        TokenDesk("foreign.myshopify.com", App(KEY, API_SECRET), store.origin).client_credentials()
    with pytest.raises(OperationRefused, match="no store at nobody"):
        TokenDesk("nobody.myshopify.com", App(KEY, API_SECRET), store.origin).client_credentials()


@pytest.mark.parametrize("fault", ["5xx", "429", "reset"])
def test_passing_faults_may_be_tried_again_and_tell_no_secret(
    store: DevStore, desk: TokenDesk, fault: str, caplog: pytest.LogCaptureFixture
) -> None:
    consent(store)
    code = consent(store)
    store.faults.plan(fault, operation="access_token")
    with caplog.at_level(logging.DEBUG), pytest.raises(Transient) as told:
        desk.exchange(code)
    for secret in (API_SECRET, code):
        assert secret not in f"{told.value} {told.value!r} {told.value.__cause__} {caplog.text} {desk!r}"


@pytest.mark.parametrize(
    "answer",
    ["", "[]", "{}", '{"access_token": 5}', '{"access_token": "a\\nb"}', '{"access_token": ""}', "<"],
)
def test_an_unreadable_answer_may_be_better_the_next_time(answer: str) -> None:
    with pytest.raises(Transient):
        granted(DOMAIN, answer, now())


# Renewing


def test_a_token_with_time_left_is_used(connect: Connect, store: DevStore) -> None:
    access = connect(left=timedelta(minutes=6))
    assert access.token() in store.shop(DOMAIN).tokens.alive()
    assert refreshes(store) == 0


def test_a_token_is_renewed_five_minutes_early(connect: Connect, store: DevStore, served: Bot) -> None:
    access = connect(left=timedelta(minutes=4))
    before = row(served)
    new = access.token()
    after = row(served)
    assert tokens.held(before, DOMAIN, served.settings).token != new
    assert before.refresh_token != after.refresh_token
    assert (after.renewing_until, after.renewing_token) == (None, None)
    assert after.token_expires_at is not None
    assert after.token_expires_at > now() + timedelta(minutes=50)
    assert access.token() == new
    assert refreshes(store) == 1
    assert all(new not in str(value) for value in vars(after).values())


def test_client_credentials_ask_again(connect: Connect, store: DevStore) -> None:
    access = connect(CLIENT_CREDENTIALS, left=timedelta(minutes=4))
    assert access.token() in store.shop(DOMAIN).tokens.alive()
    assert len(store.oauth.calls.entries(grant="client_credentials")) == 2


def test_a_refused_token_is_renewed(connect: Connect, store: DevStore) -> None:
    access = connect()
    old = access.token()
    assert access.renewed(old)
    assert access.token() != old
    assert access.renewed(old)
    assert refreshes(store) == 1


def test_many_threads_refresh_once(connect: Connect, served: Bot, store: DevStore) -> None:
    shop_id = connect(left=timedelta(0)).shop_id
    store.faults.set(delay_s=0.2)
    with ThreadPoolExecutor(12) as pool:
        found = list(pool.map(lambda _: ShopAccess(served, shop_id, DOMAIN).token(), range(12)))
    assert len(set(found)) == 1
    assert refreshes(store) == 1


def token_in_a_process(settings: Settings, url: str, shop_id: int) -> list[str]:
    """What several threads of another process get."""
    bot = Bot(settings, Database(url), Doorbell(settings))
    with ThreadPoolExecutor(4) as pool:
        return list(pool.map(lambda _: ShopAccess(bot, shop_id, DOMAIN).token(), range(4)))


def test_many_processes_refresh_once(connect: Connect, served: Bot, store: DevStore) -> None:
    shop_id = connect(left=timedelta(0)).shop_id
    store.oauth.set(retained_s=0)
    store.faults.set(delay_s=0.3)
    url = served.database.engine.url.render_as_string(hide_password=False)
    with ProcessPoolExecutor(2, multiprocessing.get_context("spawn")) as pool:
        jobs = [pool.submit(token_in_a_process, served.settings, url, shop_id) for _ in range(2)]
        found = {token for job in jobs for token in job.result()}
    assert len(found) == 1
    assert refreshes(store) == 1


def test_while_one_renews_the_others_use_the_old_token(
    connect: Connect, served: Bot, store: DevStore
) -> None:
    access = connect(left=timedelta(minutes=4))
    set_row(served, renewing_until=now() + timedelta(minutes=1), renewing_token="another")
    assert access.token() in store.shop(DOMAIN).tokens.alive()
    assert refreshes(store) == 0


def test_a_dead_renewer_is_taken_over(connect: Connect, served: Bot, store: DevStore) -> None:
    access = connect(left=timedelta(0))
    set_row(served, renewing_until=now() + timedelta(seconds=0.5), renewing_token="killed")
    assert access.token() in store.shop(DOMAIN).tokens.alive()
    assert refreshes(store) == 1


def test_an_endless_renewer_is_not_waited_for(
    connect: Connect, served: Bot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(shop_access, "LONGEST_WAIT_S", 0.3)
    access = connect(left=timedelta(0))
    set_row(served, renewing_until=now() + timedelta(minutes=1), renewing_token="another")
    with pytest.raises(Busy):
        access.token()


def test_the_old_token_is_used_while_the_store_cannot_renew_it(
    connect: Connect, served: Bot, store: DevStore
) -> None:
    access = connect(left=timedelta(minutes=4))
    old = tokens.held(row(served), DOMAIN, served.settings).token
    store.faults.plan("5xx", operation="access_token")
    assert access.token() == old
    assert access.token() == old
    assert refreshes(store) == 1
    set_row(served, renewing_until=None)
    assert access.token() != old


def test_without_a_valid_token_a_passing_fault_is_told(connect: Connect, store: DevStore) -> None:
    access = connect(left=timedelta(0))
    store.faults.plan("5xx", operation="access_token")
    with pytest.raises(Transient):
        access.token()
    with pytest.raises(Busy) as told:  # at once: nobody asks for a moment
        access.token()
    assert told.value.wait_s is not None
    assert refreshes(store) == 1


def test_an_answer_that_was_lost_is_asked_for_again(connect: Connect, served: Bot, store: DevStore) -> None:
    access = connect(left=timedelta(0))
    store.faults.plan("timeout_after_apply", operation="access_token")
    store.faults.set(timeout_s=0.1)
    with pytest.raises(Transient):
        access.token()
    set_row(served, renewing_until=None)
    assert access.token() in store.shop(DOMAIN).tokens.alive()


def test_a_pair_lost_for_good_says_connect_again(connect: Connect, served: Bot, store: DevStore) -> None:
    store.oauth.set(retained_s=0)
    access = connect(left=timedelta(0))
    refresh = tokens.held(row(served), DOMAIN, served.settings).refresh_token
    assert refresh is not None
    TokenDesk(DOMAIN, App(KEY, API_SECRET), store.origin).refresh(refresh)  # and killed before the commit
    for _ in range(2):
        with pytest.raises(ConnectionLost, match=f"shops add {DOMAIN} --authorize"):
            access.token()
    assert refreshes(store) == 2
    assert connect().token() in store.shop(DOMAIN).tokens.alive()


def test_one_that_slept_through_its_lease_takes_the_token_of_the_other(
    connect: Connect, served: Bot, store: DevStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    store.oauth.set(retained_s=0)
    access, other = connect(left=timedelta(0)), ShopAccess(served, row(served).id, DOMAIN)
    real = ShopAccess.ask

    def sleep_first(self: ShopAccess, held: tokens.Held) -> Granted:
        if self is access:
            set_row(served, renewing_until=None)
            other.token()
        return real(self, held)

    monkeypatch.setattr(ShopAccess, "ask", sleep_first)
    assert access.token() == other.token()


def test_one_that_slept_through_its_lease_leaves_that_of_the_other(
    connect: Connect, served: Bot, monkeypatch: pytest.MonkeyPatch
) -> None:
    access = connect(left=timedelta(0))

    def sleep(_: ShopAccess, __: tokens.Held) -> Granted:
        set_row(served, renewing_until=now() + timedelta(seconds=30), renewing_token="the other's")
        raise Unreachable("no answer")

    monkeypatch.setattr(ShopAccess, "ask", sleep)
    with pytest.raises(Unreachable):
        access.token()
    assert row(served).renewing_token == "the other's"


def test_a_shop_that_left_meanwhile_gets_no_token_back(
    connect: Connect, served: Bot, monkeypatch: pytest.MonkeyPatch
) -> None:
    access, real = connect(left=timedelta(0)), ShopAccess.ask

    def leave_first(self: ShopAccess, held: tokens.Held) -> Granted:
        granted = real(self, held)
        with served.database.writing() as session:
            tokens.forget(session.scalars(select(Shop)).one())
        return granted

    monkeypatch.setattr(ShopAccess, "ask", leave_first)
    with pytest.raises(TokenRefused, match=f"no access token.*shops add {DOMAIN} --authorize$"):
        access.token()
    assert (row(served).token, row(served).refresh_token) == (None, None)


def test_a_store_that_refuses_the_app_is_asked_once_for_all(
    connect: Connect, served: Bot, store: DevStore
) -> None:
    access = connect(CLIENT_CREDENTIALS, left=timedelta(0))
    store.shop(DOMAIN).own_organization = False
    for _ in range(3):
        with pytest.raises(AppRefused):
            access.token()
    assert len(store.oauth.calls.entries(grant="client_credentials")) == 2
    set_row(served, renewing_until=None)
    with pytest.raises(AppRefused):
        access.token()
    assert len(store.oauth.calls.entries(grant="client_credentials")) == 3


# Clients and keys


def test_the_client_goes_on_when_its_token_dies(connect: Connect, served: Bot, store: DevStore) -> None:
    store.oauth.set(client_credentials_s=0.2)
    connect(CLIENT_CREDENTIALS)
    store.oauth.set(client_credentials_s=1000)
    while store.shop(DOMAIN).tokens.alive():
        time.sleep(0.05)
    client = Stores(served).client(row(served))
    for _ in range(2):
        client.execute("publications", after=None)
    assert [call.status for call in store.calls.entries()] == [401, 200, 200]
    assert len(store.oauth.calls.entries(grant="client_credentials")) == 2


def test_a_shop_that_bears_the_number_of_a_removed_one_gets_a_client_of_its_own(
    connect: Connect, served: Bot, store: DevStore
) -> None:
    other = "other.myshopify.com"
    store.add_shop(other, token=None)
    access, stores = connect(CLIENT_CREDENTIALS), Stores(served)
    stores.client(row(served)).execute("shop_and_scopes")
    with served.database.writing() as session:
        session.delete(session.scalars(select(Shop)).one())
    with served.database.writing() as session:  # SQLite gives the number of the last row anew
        session.add(shop := Shop(id=access.shop_id, domain=other))
        granted = TokenDesk(other, App(KEY, API_SECRET), store.origin).client_credentials()
        tokens.keep(shop, served.settings, granted, CLIENT_CREDENTIALS)
    client = stores.client(row(served))
    assert client.domain == other
    assert client.execute("shop_and_scopes")["shop"]["myshopifyDomain"] == other
    with pytest.raises(TokenRefused, match="no access token"):
        access.token()


def test_a_shop_that_is_connected_again_uses_its_new_token_at_once(
    connect: Connect, served: Bot, store: DevStore, desk: TokenDesk
) -> None:
    connect()
    stores = Stores(served)
    stores.client(row(served)).execute("shop_and_scopes")
    admission.admit_with_code(served, DOMAIN, consent(store))
    new = tokens.held(row(served), DOMAIN, served.settings).token
    assert stores.client(row(served)).access.token() == new


def test_keys_are_rotated(connect: Connect, served: Bot) -> None:
    connect()
    old = served.settings.token_keys.get_secret_value()
    new = Fernet.generate_key().decode()
    both = served.settings.model_copy(update={"token_keys": SecretStr(f"{new},{old}")})
    only_new = served.settings.model_copy(update={"token_keys": SecretStr(new)})
    before = tokens.held(row(served), DOMAIN, served.settings)
    with pytest.raises(CannotDecrypt):
        tokens.held(row(served), DOMAIN, only_new)
    with served.database.writing() as session:
        assert tokens.reencrypt(session, both, row(served).id)
    after = tokens.held(row(served), DOMAIN, only_new)
    assert (after.token, after.refresh_token) == (before.token, before.refresh_token)


def test_a_key_rotated_during_a_refresh_costs_no_token(
    connect: Connect, served: Bot, monkeypatch: pytest.MonkeyPatch
) -> None:
    access, real = connect(left=timedelta(0)), ShopAccess.ask

    def rotate_first(self: ShopAccess, held: tokens.Held) -> Granted:
        with served.database.writing() as session:
            tokens.reencrypt(session, served.settings, self.shop_id)
        return real(self, held)

    monkeypatch.setattr(ShopAccess, "ask", rotate_first)
    token = access.token()
    assert tokens.held(row(served), DOMAIN, served.settings).token == token
