"""The web process with two shops, and a store that signs what it sends."""

import json
from collections.abc import Callable
from typing import Any

import pytest
from flask.testing import FlaskClient
from sqlalchemy import func, select

from shopify_bot.app import create_app
from shopify_bot.bot import Bot
from shopify_bot.shops import add_shop
from shopify_bot.tables import Review
from tests.conftest import API_SECRET
from webhooks.signature import sign

SHOP, OTHER = "demo.myshopify.com", "other.myshopify.com"
Send = Callable[..., int]


@pytest.fixture
def client(bot: Bot) -> FlaskClient:
    with bot.database.writing() as session:
        add_shop(session, bot.settings, SHOP, "shpat_test")
        add_shop(session, bot.settings, OTHER, "shpat_other")
    return create_app(bot).test_client()


@pytest.fixture
def send(client: FlaskClient) -> Send:
    numbers = iter(range(1000))

    def post(topic: str, payload: Any, shop: str = SHOP, event: str | None = None, **headers: str) -> int:
        body = payload if isinstance(payload, bytes) else json.dumps(payload).encode()
        given = {
            "X-Shopify-Topic": topic,
            "X-Shopify-Shop-Domain": shop,
            "X-Shopify-Event-Id": event or f"event-{next(numbers)}",
            "X-Shopify-Hmac-Sha256": sign(body, API_SECRET).decode(),
        }
        return client.post("/webhooks", data=body, headers={**given, **headers}).status_code

    return post


def product(number: int = 1, **more: Any) -> dict[str, Any]:
    return {"id": number, "title": f"Shirt {number}", "vendor": "Maker", **more}


def count(bot: Bot, table: type) -> int:
    with bot.database.reading() as session:
        return session.scalar(select(func.count()).select_from(table)) or 0


def review(bot: Bot) -> Review:
    with bot.database.reading() as session:
        return session.scalars(select(Review)).one()
