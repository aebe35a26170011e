"""A web process on a seeded database, and a browser without JavaScript that is signed in."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask

from classifier.bundle import Contents, write_bundle
from classifier.calibration import Calibration
from classifier.datasets.split import PartIds
from classifier.labels import LabelTree, read_tree
from shopify_bot.app import create_app
from shopify_bot.bot import Bot
from shopify_bot.database import Database
from shopify_bot.people.users import add_user
from shopify_bot.settings import Settings
from shopify_bot.tables import Shop
from tests.conftest import fresh_database
from tests.review.browser import Browser
from tests.review.seeding import PASSWORD, add_shop, small_tree


@pytest.fixture(scope="session")
def bundle(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A small bundle: four labels, and weights that nobody opens."""
    tree = small_tree()
    contents = Contents(
        "none",
        32,
        Calibration(),
        tuple(tree.leaves),
        tree,
        {},
        PartIds(frozenset(), frozenset(), frozenset()),
        card="For tests.",
    )
    folder = tmp_path_factory.mktemp("models") / "small"
    write_bundle(folder, contents, lambda path: save_nothing(path))
    return folder


def save_nothing(path: Path) -> None:
    """Weights of no network; the pages never open them."""
    (path / "weights.keras" if path.is_dir() else path).write_bytes(b"none")


@pytest.fixture
def database(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Database]:
    """SQLite, unless a test asks for PostgreSQL: the pages are many, and their queries few."""
    database = fresh_database(request, getattr(request, "param", "sqlite"), tmp_path)
    yield database
    database.close()


@pytest.fixture
def tree(bundle: Path) -> LabelTree:
    """The labels that the pages offer."""
    return read_tree(bundle / "labels.json")


@pytest.fixture
def settings(settings: Settings, bundle: Path) -> Settings:
    """The settings of all tests, with the small bundle."""
    return settings.model_copy(update={"model": bundle})


@pytest.fixture
def app(bot: Bot) -> Flask:
    """The web process as it is served, CSRF checks and all."""
    return create_app(bot)


@pytest.fixture
def shop(bot: Bot) -> Shop:
    """A shop to review."""
    return add_shop(bot, "demo.myshopify.com")


@pytest.fixture
def ann(app: Flask, bot: Bot, shop: Shop) -> Browser:
    """Ann's browser, signed in."""
    return signed_in(app, bot, "ann")


@pytest.fixture
def ben(app: Flask, bot: Bot, shop: Shop) -> Browser:
    """Ben's browser, signed in, for what two people do at once."""
    return signed_in(app, bot, "ben")


def signed_in(app: Flask, bot: Bot, name: str) -> Browser:
    """Add a user and sign in over the form."""
    with bot.database.writing() as session:
        add_user(session, name, PASSWORD)
    browser = Browser(app.test_client())
    browser.open("/login")
    browser.press("Sign in", name=name, password=PASSWORD)
    return browser
