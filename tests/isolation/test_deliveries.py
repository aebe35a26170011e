"""Every webhook topic for one shop, about product ids that both shops have: the other's rows stay."""

import json

import pytest
from flask.testing import FlaskClient

from shopify_bot.app import create_app
from shopify_bot.bot import Bot
from tests.conftest import API_SECRET
from tests.isolation.two_shops import MINE, THEIRS, rows_of
from webhooks.signature import sign
from webhooks.topics import TOPICS


@pytest.fixture
def client(serving: Bot) -> FlaskClient:
    return create_app(serving).test_client()


@pytest.mark.parametrize("topic", TOPICS)
def test_a_delivery_for_one_shop_leaves_the_other_alone(
    client: FlaskClient, serving: Bot, reviews: dict[str, list[int]], topic: str
) -> None:
    mine, theirs = rows_of(serving, MINE), rows_of(serving, THEIRS)
    for number in range(len(reviews[MINE])):
        about_product: dict[str, object] = {"id": 8_100_000_000_100 + number}
        if topic != "products/delete":
            about_product |= {"title": "New title", "images": [{"src": "http://x/y"}]}
        about_shop = {"myshopify_domain": MINE, "shop_domain": MINE, "current": ["read_products"]}
        body = json.dumps(about_product if topic.startswith("products/") else about_shop).encode()
        answer = client.post(
            "/webhooks",
            data=body,
            headers={
                "X-Shopify-Topic": topic,
                "X-Shopify-Shop-Domain": MINE,
                "X-Shopify-Event-Id": f"{topic} {number}",
                "X-Shopify-Hmac-Sha256": sign(body, API_SECRET).decode(),
            },
        )
        assert answer.status_code == 200
    assert rows_of(serving, THEIRS) == theirs
    assert rows_of(serving, MINE) != mine
