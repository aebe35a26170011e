"""`GET /metrics`: what it tells, and to whom."""

import dataclasses
from datetime import timedelta
from pathlib import Path

import pytest
from flask.testing import FlaskClient
from prometheus_client.parser import text_string_to_metric_families
from pydantic import SecretStr
from werkzeug.test import TestResponse

from shopify_bot.app import create_app
from shopify_bot.bot import Bot
from shopify_bot.doorbell import BULK, CLASSIFY, connect, redis_url
from shopify_bot.health.signs_of_life import note_seen
from shopify_bot.settings import load
from shopify_bot.states import State
from shopify_bot.sweep import give_sign
from shopify_bot.tables import BulkAction, Chore, Decision, Delivery, Prediction, Product, Review, Shop, now
from shopify_bot.tallies.rolling import roll_up

TOKEN = "a token of forty characters, or thereabouts"
DEMO = {"shop": "demo.myshopify.com"}
OTHER = {"shop": 'ot"her\\.myshopify.com'}


def client_of(bot: Bot, **settings: object) -> FlaskClient:
    """A client of a web process with these settings."""
    changed = bot.settings.model_copy(update=settings)
    return create_app(dataclasses.replace(bot, settings=changed)).test_client()


def figures(answer: TestResponse) -> dict[tuple[str, frozenset[tuple[str, str]]], float]:
    """Every sample by its name and labels, as Prometheus reads them."""
    assert answer.status_code == 200
    families = text_string_to_metric_families(answer.text)
    return {
        (sample.name.removeprefix("shopify_bot_"), frozenset(sample.labels.items())): sample.value
        for family in families
        for sample in family.samples
    }


def of(name: str, **labels: str) -> tuple[str, frozenset[tuple[str, str]]]:
    return name, frozenset(labels.items())


@pytest.fixture
def shops(bot: Bot) -> list[Shop]:
    """Two shops, the second with a name that must be escaped."""
    with bot.database.writing() as session:
        found = [Shop(domain=DEMO["shop"]), Shop(domain=OTHER["shop"], state="uninstalled")]
        session.add_all(found)
    return found


def add_review(bot: Bot, shop: Shop, state: State, **values: object) -> int:
    with bot.database.writing() as session:
        product = Product(
            shop_id=shop.id, gid=f"gid://shopify/Product/{now().timestamp()}", title="A product"
        )
        session.add(product)
        session.flush()
        review = Review(shop_id=shop.id, product_id=product.id, state=state.value, **values)
        session.add(review)
        session.flush()
        return review.id


def test_an_empty_installation_tells_that_it_is_there(bot: Bot) -> None:
    told = figures(client_of(bot).get("/metrics"))
    assert told[of("database_up")] == 1
    assert told[of("redis_up")] == 0
    assert any(name == "info" for name, _ in told)


def test_reviews_and_what_is_due_are_told_by_shop(bot: Bot, shops: list[Shop]) -> None:
    demo, other = shops
    for _ in range(3):
        add_review(bot, demo, State.PENDING)
    add_review(bot, demo, State.APPROVED, next_attempt_at=now() - timedelta(minutes=2))
    add_review(bot, demo, State.PUBLISHING, lease_until=now() + timedelta(minutes=2))
    add_review(bot, other, State.RECEIVED)
    told = figures(client_of(bot).get("/metrics"))
    assert told[of("reviews", **DEMO, state="pending")] == 3
    assert told[of("reviews", **DEMO, state="failed")] == 0
    assert told[of("reviews", **OTHER, state="received")] == 1
    assert told[of("due", **DEMO, step="publish")] == 1
    assert 119 < told[of("oldest_due_age_seconds", **DEMO, step="publish")] < 180
    assert told[of("oldest_due_age_seconds", **DEMO, step="classify")] == 0
    assert told[of("due", **OTHER, step="classify")] == 0, "nobody works for a shop without the app"
    assert (told[of("shop_active", **DEMO)], told[of("shop_active", **OTHER)]) == (1, 0)


def test_webhooks_chores_and_bulk_actions_are_told(bot: Bot, shops: list[Shop]) -> None:
    demo, ago = shops[0], now() - timedelta(minutes=20)
    with bot.database.writing() as session:
        for number, received_at in enumerate((ago, now() - timedelta(hours=3))):
            session.add(
                Delivery(
                    shop_id=demo.id,
                    topic="products/create",
                    event_id=str(number),
                    body_hash="",
                    received_at=received_at,
                )
            )
        session.add(Chore(shop_id=demo.id, kind="reconcile", finished_at=ago, next_at=ago))
        session.add(Chore(shop_id=demo.id, kind="tidy", error="No.", next_at=now() + timedelta(hours=1)))
        session.add(BulkAction(shop_id=demo.id, kind="skip", selection={}, reviewer="a", undo_until=now()))
    told = figures(client_of(bot).get("/metrics"))
    assert told[of("webhooks_last_hour", **DEMO, topic="products/create")] == 1
    assert told[of("last_webhook_timestamp_seconds", **DEMO)] == pytest.approx(ago.timestamp(), abs=1e-3)
    assert of("last_webhook_timestamp_seconds", **OTHER) not in told
    assert told[of("chore_failing", **DEMO, chore="tidy")] == 1
    assert told[of("chore_failing", **DEMO, chore="reconcile")] == 0
    assert told[of("chore_overdue_seconds", **DEMO, chore="tidy")] == 0
    assert told[of("chore_overdue_seconds", **DEMO, chore="reconcile")] > 1100
    assert told[of("bulk_actions_running", **DEMO)] == 1
    assert told[of("bulk_actions_running", **OTHER)] == 0


def test_decisions_and_waits_come_from_the_sums(bot: Bot, shops: list[Shop]) -> None:
    demo = shops[0]
    for seconds in (3.0, 100.0):
        review = add_review(bot, demo, State.PENDING)
        with bot.database.writing() as session:
            mine = {"shop_id": demo.id, "review_id": review}
            session.add(Prediction(**mine, model_version="small-1", label="Shirts", seconds=seconds))
            session.add(
                Decision(**mine, kind="approve", label="Shirts", reviewer="a", source="web", counts=1)
            )
    assert roll_up(bot, demo, settled=timedelta(0))["decisions"] == 2
    told = figures(client_of(bot).get("/metrics"))
    assert told[of("decisions", **DEMO, kind="approve", source="web")] == 2
    assert told[of("prediction_seconds_count", **DEMO)] == 2
    assert told[of("prediction_seconds_sum", **DEMO)] == 103
    assert told[of("prediction_seconds_bucket", **DEMO, le="2.0")] == 0
    assert told[of("prediction_seconds_bucket", **DEMO, le="4.0")] == 1
    assert told[of("prediction_seconds_bucket", **DEMO, le="128.0")] == 2
    assert told[of("prediction_seconds_bucket", **DEMO, le="+Inf")] == 2


@pytest.mark.usefixtures("redis")
def test_workers_and_queues_are_told(bot: Bot) -> None:
    bot.doorbell.ring(CLASSIFY)
    give_sign(bot)
    url = redis_url(bot.settings)
    assert url is not None
    note_seen(connect(url), BULK)
    told = figures(client_of(bot).get("/metrics"))
    assert told[of("redis_up")] == 1
    assert told[of("queue_length", queue=CLASSIFY)] == 1
    assert told[of("workers", queue=CLASSIFY)] == 0
    assert 0 <= told[of("heartbeat_age_seconds", part="sweep")] < 60
    assert of("heartbeat_age_seconds", part="bulk") in told
    assert of("heartbeat_age_seconds", part="publish") not in told


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
def test_a_database_that_is_away_is_told(bot: Bot, tmp_path: Path) -> None:
    client = client_of(bot)
    with bot.database.writing() as session:
        session.connection().exec_driver_sql("DROP TABLE deliveries")
    told = figures(client.get("/metrics"))
    assert told[of("database_up")] == 0


NEAR = {"REMOTE_ADDR": "127.0.0.1"}


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
@pytest.mark.parametrize(
    ("env", "headers", "environ", "status"),
    [
        ("development", {}, NEAR, 200),
        ("development", {}, {"REMOTE_ADDR": "::1"}, 200),
        ("development", {}, {"REMOTE_ADDR": "192.0.2.7"}, 403),
        ("development", {}, {"REMOTE_ADDR": ""}, 403),
        ("development", {"X-Forwarded-For": "127.0.0.1"}, NEAR, 403),
        ("development", {"X-Forwarded-Proto": "https"}, NEAR, 403),
        ("development", {"Forwarded": "for=127.0.0.1"}, NEAR, 403),
        ("development", {"Host": "rebound.example:8000"}, NEAR, 403),
        ("development", {"Authorization": "Bearer "}, {"REMOTE_ADDR": "192.0.2.7"}, 403),
        ("production", {}, NEAR, 403),
    ],
)
def test_without_a_token_only_this_machine_is_told_and_only_in_development(
    bot: Bot, env: str, headers: dict[str, str], environ: dict[str, str], status: int
) -> None:
    answer = client_of(bot, env=env).get("/metrics", headers=headers, environ_overrides=environ)
    assert answer.status_code == status
    assert (status == 200) != ("Set SHOPIFY_BOT_METRICS_TOKEN" in answer.text)


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
@pytest.mark.parametrize("proxies", [0, 1])
def test_a_trusted_proxy_makes_nobody_near(bot: Bot, proxies: int) -> None:
    client = client_of(bot, trusted_proxies=proxies)
    answer = client.get("/metrics", headers={"X-Forwarded-For": "127.0.0.1"}, environ_overrides=NEAR)
    assert answer.status_code == 403


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
@pytest.mark.parametrize(
    ("given", "status"),
    [
        (f"Bearer {TOKEN}", 200),
        ("Bearer other", 401),
        (TOKEN, 401),
        (f"bearer {TOKEN}", 200),
        ("Bearer ünfit", 401),
        (None, 401),
    ],
)
def test_with_a_token_whoever_bears_it_is_told(bot: Bot, given: str | None, status: int) -> None:
    client = client_of(bot, metrics_token=SecretStr(TOKEN), env="production")
    headers = {"Authorization": given} if given else {}
    answer = client.get("/metrics", headers=headers, environ_overrides={"REMOTE_ADDR": "192.0.2.7"})
    assert answer.status_code == status
    assert TOKEN not in answer.text


def test_the_token_may_stand_in_a_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "token").write_text(f"{TOKEN}\n")
    monkeypatch.setenv("SHOPIFY_BOT_METRICS_TOKEN_FILE", str(tmp_path / "token"))
    settings = load()
    assert settings.metrics_token.get_secret_value() == TOKEN
    assert TOKEN not in repr(settings)
