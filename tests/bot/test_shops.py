"""`shopify-bot shops`, with a store that answers: what is proven before a token is kept, and what is told."""

import dataclasses
import json
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from cryptography.fernet import Fernet
from sqlalchemy import func, select, update

from shopify_bot.bot import Bot, make_bot
from shopify_bot.chores import subscriptions
from shopify_bot.cli import main
from shopify_bot.connecting import leaving, tokens
from shopify_bot.connecting.connection import connection
from shopify_bot.connecting.shop_check import ShopCheck
from shopify_bot.devstore import DevStore
from shopify_bot.findings import Finding
from shopify_bot.shopify import client
from shopify_bot.shops import add_shop, uninstall
from shopify_bot.stores import Stores
from shopify_bot.tables import Base, Chore, Shop, now
from tests.conftest import API_SECRET

DOMAIN, TOKEN, KEY = "demo.myshopify.com", "shpat_devstore", "the key of the tests"
APP_URL = "https://bot.example"

Run = Callable[..., Result]


@pytest.fixture
def store() -> Iterator[DevStore]:
    with DevStore(api_key=KEY, api_secret=API_SECRET) as store:
        store.add_shop(DOMAIN, TOKEN)
        yield store


@pytest.fixture
def run(store: DevStore, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    for name, value in {
        "DATA_DIR": str(tmp_path / "data"),
        "ADMIN_ORIGIN": store.origin,
        "IMAGE_HOSTS": store.host,
        "APP_URL": APP_URL,
        "SHOPIFY_API_KEY": KEY,
        "SHOPIFY_API_SECRET": API_SECRET,
    }.items():
        monkeypatch.setenv(f"SHOPIFY_BOT_{name}", value)

    def invoke(*arguments: str, fails: bool = False) -> Result:
        result = CliRunner().invoke(main, ["shops", *arguments])
        assert (result.exit_code != 0) == fails, result.output
        return result

    return invoke


def shop_of(bot: Bot) -> Shop:
    with bot.database.reading() as session:
        return session.scalars(select(Shop)).one()


def count(bot: Bot, table: type[Base]) -> int:
    with bot.database.reading() as session:
        return session.scalar(select(func.count()).select_from(table)) or 0


def problems(bot: Bot) -> list[Finding]:
    found = ShopCheck(bot, Stores(bot), shop_of(bot))
    return [each for each in found if each.level != "ok"]


def test_a_token_is_tried_before_it_is_kept(run: Run) -> None:
    run("add", DOMAIN, "--token", TOKEN)
    assert run("list").stdout == f"{DOMAIN}\tactive\tstatic token\tdoes not expire\tall scopes\n"
    bot = make_bot()
    assert shop_of(bot).scopes == ["write_products", "write_publications"]
    assert count(bot, Chore) > 0


def test_a_token_that_fails_is_not_kept(run: Run, store: DevStore) -> None:
    store.add_shop("other.myshopify.com", "shpat_other")
    told = run("add", DOMAIN, "--token", "shpat_other", fails=True).stderr
    assert f"The token opens other.myshopify.com, not {DOMAIN}" in told
    assert "shpat_other" not in told
    told = run("add", DOMAIN, "--token", "shpat_wrong", fails=True).stderr
    assert f"{DOMAIN} refused the access token (401). Nothing was kept." in told
    assert "shops check" not in told
    assert run("list").stdout == ""


def test_a_store_that_cannot_answer_is_told(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(client, "BACKOFF_S", 0.01)
    monkeypatch.setenv("SHOPIFY_BOT_ADMIN_ORIGIN", "http://127.0.0.1:1")
    assert "--no-check" in run("add", DOMAIN, "--token", TOKEN, fails=True).stderr
    run("add", DOMAIN, "--token", TOKEN, "--no-check")


def test_lacking_scopes_are_told_at_once(run: Run, store: DevStore) -> None:
    store.add_shop("narrow.myshopify.com", "shpat_narrow", scopes=("write_products",))
    assert "lacks write_publications" in run("add", "narrow.myshopify.com", "--token", "shpat_narrow").stderr


def test_client_credentials_fetch_a_token_at_once(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    run("add", DOMAIN, "--client-credentials")
    assert "client credentials\tuntil 20" in run("list").stdout
    monkeypatch.setenv("SHOPIFY_BOT_SHOPIFY_API_SECRET", "wrong")
    told = run("add", DOMAIN, "--client-credentials", fails=True).stderr
    assert "Check SHOPIFY_BOT_SHOPIFY_API_KEY" in told
    monkeypatch.delenv("SHOPIFY_BOT_SHOPIFY_API_KEY")
    assert "must both be set" in run("add", DOMAIN, "--client-credentials", fails=True).stderr


def test_authorize_prints_the_page_to_open(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    assert run("add", "demo", "--authorize").stdout == f"{APP_URL}/auth/install?shop={DOMAIN}\n"
    assert "Give one of" in run("add", DOMAIN, "--authorize", "--client-credentials", fails=True).stderr
    monkeypatch.delenv("SHOPIFY_BOT_APP_URL")
    told = run("add", DOMAIN, "--authorize", fails=True).stderr
    assert "APP_URL is not set" in told
    assert "Open this page" not in told


def test_check_finds_everything_in_order(run: Run) -> None:
    run("add", DOMAIN, "--token", TOKEN)
    bot = make_bot()
    subscriptions.ensure(Stores(bot).client(shop_of(bot)), APP_URL)
    lines = run("check").stdout.splitlines()
    assert lines[0] == DOMAIN
    assert {line.split()[0] for line in lines[1:]} == {"ok"}
    told = json.loads(run("check", DOMAIN, "--json").stdout)
    about = [each["about"] for each in told[DOMAIN]]
    assert about == ["token", "version", "scopes", "webhooks", "channels", "categories", "pictures"]


def test_check_says_what_to_mend(run: Run, store: DevStore) -> None:
    run("add", DOMAIN, "--token", TOKEN)
    shop = store.shop(DOMAIN)
    shop.scopes = ("write_products", "read_publications")
    bot = make_bot()
    with bot.database.writing() as session:
        session.execute(update(Shop).values(publication_ids=["gid://shopify/Publication/1"]))
    told = run("check", fails=True).stdout
    assert "mend  The app lacks write_publications" in told
    assert "mend  The webhook to https://bot.example/webhooks is lacking, for PRODUCTS_CREATE, " in told
    assert "mend  There is no sales channel gid://shopify/Publication/1" in told


def test_check_names_the_way_that_the_shop_was_connected(run: Run, store: DevStore) -> None:
    run("add", DOMAIN, "--client-credentials")
    store.shop(DOMAIN).scopes = ("write_products",)
    told = run("check", fails=True).stdout
    assert f"then: shopify-bot shops add {DOMAIN} --client-credentials" in told


def test_check_names_archived_categories(run: Run, store: DevStore) -> None:
    run("add", DOMAIN, "--token", TOKEN)
    store.archive_category("gid://shopify/TaxonomyCategory/aa-6-11")
    told = run("check", fails=True).stdout
    assert "of Watches is archived. Choose another: shopify-bot mapping set" in told


def test_check_of_a_dead_token_asks_nothing_else(run: Run, store: DevStore) -> None:
    run("add", DOMAIN, "--token", TOKEN)
    store.shop(DOMAIN).uninstall()
    told = run("check", fails=True).stdout
    assert "mend  " in told
    assert "shopify-bot shops add" in told
    assert len(told.splitlines()) == 3


def test_check_lists_a_shop_that_left_with_what_to_do(run: Run, store: DevStore) -> None:
    assert "No shop yet" in run("check").stderr
    run("add", DOMAIN, "--client-credentials")
    bot = make_bot()
    with bot.database.writing() as session:
        uninstall(session.scalars(select(Shop)).one())
    for named in ((), (DOMAIN,)):
        told = run("check", *named, fails=True).stdout.splitlines()
        assert told[0] == DOMAIN
        assert "mend  The app was uninstalled on 20" in told[1]
        assert f"shopify-bot shops add {DOMAIN} --client-credentials." in told[1]
        assert told[1].endswith(f"shopify-bot shops remove {DOMAIN}")
    assert json.loads(run("check", "--json", fails=True).stdout)[DOMAIN][0]["about"] == "token"


def test_check_of_a_revoked_token_names_the_whole_command(run: Run, store: DevStore) -> None:
    run("add", DOMAIN, "--client-credentials")
    store.shop(DOMAIN).refuse_with = 401
    told = run("check", fails=True).stdout
    assert "refused the access token (401)" in told
    assert f"then: shopify-bot shops add {DOMAIN} --client-credentials" in told
    assert "shops check" not in told


def test_a_token_that_no_key_fits_is_told_with_the_command(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    for way, command in (
        (("--token", TOKEN), DOMAIN),
        (("--client-credentials",), f"{DOMAIN} --client-credentials"),
    ):
        run("add", DOMAIN, *way)
        with monkeypatch.context() as patch:
            patch.setenv("SHOPIFY_BOT_TOKEN_KEYS", Fernet.generate_key().decode())
            told = run("check", fails=True).stdout.splitlines()[1]
        assert "secrets/token_keys in the data folder" in told
        assert told.endswith(f"shopify-bot shops add {command}")


def test_a_connection_that_cannot_be_renewed_is_told(run: Run) -> None:
    run("add", DOMAIN, "--token", TOKEN)
    shop = shop_of(make_bot())
    shop.grant_type, shop.token_expires_at = tokens.AUTHORIZATION_CODE, now()
    assert "connect it again" in connection(shop).token
    uninstall(shop)
    assert connection(shop).problem == "no token: connect it again"
    assert (shop.token_expires_at, shop.refresh_token) == (None, None)


def test_removing_takes_rows_and_webhooks_away(run: Run) -> None:
    run("add", DOMAIN, "--token", TOKEN)
    bot = make_bot()
    there = Stores(bot).client(shop_of(bot))
    subscriptions.ensure(there, APP_URL)
    told = run("remove", DOMAIN, "--yes").stderr
    assert f"Removed {len(subscriptions.WANTED)} webhook subscriptions" in told
    assert subscriptions.read(there) == []
    assert [count(bot, table.class_) for table in Base.registry.mappers] == [0] * len(Base.registry.mappers)


def test_removing_goes_on_without_the_store(run: Run, store: DevStore) -> None:
    run("add", DOMAIN, "--token", TOKEN)
    store.shop(DOMAIN).uninstall()
    assert "could not be removed" in run("remove", DOMAIN, "--yes").stderr
    assert run("list").stdout == ""


def test_every_row_goes_with_its_shop() -> None:
    for table in Base.metadata.sorted_tables:
        belongs_to = "users" if table.name == "sign_ins" else "shops"
        keys = [key for key in table.foreign_keys if key.column.table.name == belongs_to]
        assert table.name == "shops" or [key.ondelete for key in keys] == ["CASCADE"], table.name


def test_redis_forgets_the_shop(bot: Bot, store: DevStore, redis: subprocess.Popen[bytes]) -> None:
    bot = dataclasses.replace(bot, settings=bot.settings.model_copy(update={"admin_origin": store.origin}))
    with bot.database.writing() as session:
        shop = add_shop(session, bot.settings, DOMAIN, TOKEN)
    Stores(bot).client(shop).execute("shop_and_scopes")
    connection = bot.doorbell.client()
    assert connection is not None
    assert [key for key in connection.keys() if DOMAIN.encode() in key]  # noqa: SIM118
    leaving.delete(bot, DOMAIN)
    assert not [key for key in connection.keys() if DOMAIN.encode() in key]  # noqa: SIM118


def test_keys_are_rotated_by_a_command(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    old, new = Fernet.generate_key().decode(), Fernet.generate_key().decode()
    monkeypatch.setenv("SHOPIFY_BOT_TOKEN_KEYS", old)
    run("add", DOMAIN, "--token", TOKEN)
    monkeypatch.setenv("SHOPIFY_BOT_TOKEN_KEYS", f"{new},{old}")
    for _ in range(2):
        assert "tokens of 1 shops" in run("reencrypt").stderr
    monkeypatch.setenv("SHOPIFY_BOT_TOKEN_KEYS", new)
    assert tokens.held(shop_of(make_bot()), DOMAIN, make_bot().settings).token == TOKEN
    monkeypatch.setenv("SHOPIFY_BOT_TOKEN_KEYS", old)
    told = run("reencrypt", fails=True).stderr
    assert f"No key fits the tokens of {DOMAIN}" in told
