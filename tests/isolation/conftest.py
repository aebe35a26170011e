"""A bot that serves two shops of one local store."""

import dataclasses
import io
from collections.abc import Iterator
from pathlib import Path

import pytest
from PIL import Image
from pydantic import SecretStr

from shopify_bot.bot import Bot
from shopify_bot.database import Database
from shopify_bot.devstore import DevStore
from tests.conftest import API_SECRET, fresh_database
from tests.isolation.two_shops import open_stores, serve_both


@pytest.fixture
def database(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Database]:
    """SQLite alone: the walk asks what the queries leave out, which the kind of database does not change."""
    database = fresh_database(request, "sqlite", tmp_path)
    yield database
    database.close()


@pytest.fixture
def store() -> Iterator[DevStore]:
    picture = io.BytesIO()
    Image.new("RGB", (64, 64), "navy").save(picture, "JPEG")
    with DevStore(api_secret=API_SECRET) as store:
        open_stores(store, picture.getvalue())
        yield store


@pytest.fixture
def serving(bot: Bot, store: DevStore) -> Bot:
    """The bot, connected to the local store; its figures are for whoever runs it, so they have a token."""
    settings = bot.settings.model_copy(
        update={
            "admin_origin": store.origin,
            "image_hosts": (store.host,),
            "metrics_token": SecretStr("for nobody here"),
        }
    )
    return dataclasses.replace(bot, settings=settings)


@pytest.fixture
def reviews(serving: Bot) -> dict[str, list[int]]:
    """Ids of the reviews of each shop, one in every state."""
    return serve_both(serving)
