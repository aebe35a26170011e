"""The page of operations: the health of each part, what failed, what is tried again, what waits."""

import subprocess
from datetime import timedelta

import pytest
from bs4 import BeautifulSoup
from redis import Redis
from rq.serializers import JSONSerializer
from rq.utils import utcformat

from shopify_bot.bot import Bot
from shopify_bot.doorbell import BULK, CLASSIFY, PUBLISH, QUEUES, connect, queue, redis_url
from shopify_bot.health.signs_of_life import SWEEP, note_seen
from shopify_bot.review.operations import retrying, rows
from shopify_bot.shops import uninstall
from shopify_bot.states import State
from shopify_bot.sweep import give_sign
from shopify_bot.tables import BulkAction, Chore, Delivery, Shop, now
from shopify_bot.working import PreloadedWorker
from tests.review.browser import Browser, words
from tests.review.seeding import add_review, add_shop, decisions_of, state_of


@pytest.fixture
def client(redis: subprocess.Popen[bytes], bot: Bot) -> Redis:
    url = redis_url(bot.settings)
    assert url is not None
    return connect(url)


def start_worker(client: Redis, name: str) -> PreloadedWorker:
    """A worker as Redis sees it."""
    worker = PreloadedWorker([queue(name, client)], connection=client, serializer=JSONSerializer)
    worker.register_birth()
    note_seen(client, name)
    return worker


def connect_shop(bot: Bot, shop: Shop) -> None:
    """Give the shop a token, so that its connection stands."""
    with bot.database.writing() as session:
        session.get_one(Shop, shop.id).token = "not a real one"


def tiles(page: BeautifulSoup) -> dict[str, str]:
    """What each tile says, by its name."""
    return {words(tile.dt): words(tile.dd) for tile in page.select(".tile")}


def troubles(page: BeautifulSoup) -> list[str]:
    return [words(each) for each in page.select(".trouble")]


def test_with_everything_running_all_is_well(ann: Browser, bot: Bot, shop: Shop, client: Redis) -> None:
    connect_shop(bot, shop)
    for name in QUEUES:
        start_worker(client, name)
    give_sign(bot)
    page = ann.open("/operations")
    assert troubles(page) == []
    assert "Every part is well." in page.get_text()
    found = tiles(page)
    assert found["Classify worker"] == "1 running Waits for work; seen just now"
    assert found["Sweep"] == "Running Seen just now"
    assert found["Redis"] == "Answers 0 jobs in its queues"
    assert found["Database"] == "Answers SQLite"
    assert found["Access token"] == "In use Does not expire"
    assert found["Last webhook"] == "None None came in the last week"
    assert len(page.select(".tile strong")) == len(found)


def test_a_worker_that_is_missing_is_named_with_what_to_start(
    ann: Browser, bot: Bot, shop: Shop, client: Redis
) -> None:
    connect_shop(bot, shop)
    start_worker(client, PUBLISH)
    dead = start_worker(client, CLASSIFY)
    client.set("shopify-bot:seen:classify", (now() - timedelta(minutes=3)).isoformat())
    client.hset(dead.key, "last_heartbeat", utcformat(now() - timedelta(minutes=3)))
    page = ann.open("/operations")
    assert tiles(page)["Classify worker"] == "Not running Seen 3 minutes ago"
    assert tiles(page)["Publish worker"].startswith("1 running")
    assert troubles(page) == [
        "No classify worker has been seen for 3 minutes. New products wait until one runs. Start it: "
        "python worker.py classify",
        "No bulk worker has been seen. Bulk actions and regular checks wait. Start it: python worker.py bulk",
        "The sweep has not been seen. Nothing is tried again without it. Start it: shopify-bot sweep",
    ]


def test_a_sweep_that_stopped_is_told(ann: Browser, bot: Bot, client: Redis) -> None:
    client.set(f"shopify-bot:seen:{SWEEP}", (now() - timedelta(hours=2)).isoformat())
    assert "The sweep has not been seen for 2 hours." in " ".join(troubles(ann.open("/operations")))


def test_without_redis_the_page_says_so_and_guesses_nothing(ann: Browser, bot: Bot, shop: Shop) -> None:
    connect_shop(bot, shop)
    page = ann.open("/operations")
    assert tiles(page)["Classify worker"] == "Not known Redis would tell"
    (trouble,) = troubles(page)
    assert trouble.startswith("No Redis is known")
    assert trouble.endswith("shopify-bot run")


def test_a_worker_at_work_tells_for_how_long(ann: Browser, bot: Bot, client: Redis) -> None:
    worker = start_worker(client, BULK)
    job = queue(BULK, client).enqueue("shopify_bot.jobs.chores.chores_due")
    worker.prepare_execution(job)
    worker.prepare_job_execution(job)
    client.hset(job.key, "started_at", utcformat(now() - timedelta(minutes=2)))
    assert tiles(ann.open("/operations"))["Bulk worker"] == "1 running At work for 2 minutes; seen just now"


def test_work_that_is_late_is_told(ann: Browser, bot: Bot, shop: Shop) -> None:
    add_review(bot, shop, state=State.APPROVED, next_attempt_at=now() - timedelta(minutes=12))
    add_review(bot, shop, state=State.RECEIVED, next_attempt_at=now() - timedelta(seconds=20))
    add_review(bot, shop, state=State.RECEIVED, next_attempt_at=now() + timedelta(hours=1))
    add_review(bot, add_shop(bot, "other.myshopify.com"), state=State.RECEIVED)
    page = ann.open("/operations")
    assert tiles(page)["To classify"] == "1 The first for 20 seconds"
    assert tiles(page)["To publish"] == "1 The first for 12 minutes"
    assert tiles(page)["To take back"] == "0 Nothing is due"
    assert "Products have been due to be published for 12 minutes." in " ".join(troubles(page))


def test_webhooks_and_regular_checks_are_told(ann: Browser, bot: Bot, shop: Shop) -> None:
    with bot.database.writing() as session:
        for topic, minutes in (("products/create", 30), ("products/update", 10)):
            session.add(
                Delivery(
                    shop_id=shop.id,
                    topic=topic,
                    event_id=topic,
                    body_hash="",
                    received_at=now() - timedelta(minutes=minutes),
                )
            )
        ago, soon = now() - timedelta(minutes=20), now() + timedelta(minutes=40)
        session.add(Chore(shop_id=shop.id, kind="reconcile", finished_at=ago, next_at=soon))
        session.add(Chore(shop_id=shop.id, kind="subscriptions", next_at=soon, error="The store said no"))
        session.add(Chore(shop_id=shop.id, kind="tidy", next_at=soon))
        session.add(Chore(shop_id=shop.id, kind="tally", next_at=soon, error="No."))
    page = ann.open("/operations")
    found = tiles(page)
    assert found["Last webhook"] == "10 minutes ago products/update"
    assert found["Reconciliation"] == "20 minutes ago Next in 40 minutes"
    assert found["Webhook subscriptions"] == "Went wrong Next in 40 minutes"
    assert ("Tidying" in found, found["Sums of the insights"]) == (False, "Went wrong Next in 40 minutes")
    said = "Webhook subscriptions went wrong: The store said no. It is tried again in 40 minutes."
    assert said in troubles(page)


def test_a_token_that_lacks_is_told(ann: Browser, bot: Bot, shop: Shop) -> None:
    page = ann.open("/operations")
    assert tiles(page)["Access token"].startswith("Not usable")
    assert "connect it again, on the page Connections" in " ".join(troubles(page))
    with bot.database.writing() as session:
        uninstall(session.get_one(Shop, shop.id))
    assert tiles(ann.open("/operations"))["Access token"] == "None The app was uninstalled from this shop"


def test_a_damaged_model_is_told_on_a_page_that_works(ann: Browser, bot: Bot, tmp_path: object) -> None:
    object.__setattr__(bot, "settings", bot.settings.model_copy(update={"model": tmp_path}))
    page = ann.open("/operations")
    assert ann.response.status_code == 200
    assert tiles(page)["Model"] == "Damaged"


def test_it_tells_reasons_and_what_sorts_itself_out(ann: Browser, bot: Bot, shop: Shop) -> None:
    add_review(bot, shop, "Broken", State.FAILED, error="The token was refused.")
    add_review(bot, shop, "Late picture", State.WAITING_FOR_IMAGE, note="the picture is not ready")
    add_review(bot, shop, "Throttled", State.PUBLISHING, error="The store asked us to wait.")
    page = ann.open("/operations")
    sections = {
        section["aria-labelledby"]: words(section) for section in page.select("section[aria-labelledby]")
    }
    assert "Broken The token was refused." in sections["failed"]
    assert "Throttled The store asked us to wait." in sections["retried"]
    assert "Late picture the picture is not ready" in sections["waiting"]
    assert len(page.select("main form")) == 1


@pytest.mark.parametrize("database", ["sqlite", "postgresql"], indirect=True)
def test_failed_ones_come_newest_first_in_pages(
    ann: Browser, bot: Bot, shop: Shop, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(rows, "PER_PAGE", 2)
    monkeypatch.setattr("shopify_bot.review.operations.page.PER_PAGE", 2)
    ids = [add_review(bot, shop, state=State.FAILED, error="No.") for _ in range(4)]
    ids.append(add_review(bot, shop, state=State.PUBLISHED, error="Undoing it failed."))
    add_review(bot, shop, state=State.PUBLISHED)
    add_review(bot, add_shop(bot, "other.myshopify.com"), "Secret", State.FAILED, error="No.")
    seen, path = [], "/operations"
    while path:
        page = ann.open(path)
        assert "Secret" not in page.get_text()
        seen += [int(row["data-review"]) for row in page.select("#failed-section .problem")]
        older = page.select_one("a[rel=next]")
        path = str(older["href"]) if older else ""
    assert seen == sorted(ids, reverse=True)


@pytest.mark.parametrize("database", ["sqlite", "postgresql"], indirect=True)
def test_all_are_tried_again_at_one_press(
    ann: Browser, bot: Bot, shop: Shop, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(retrying, "AT_ONCE", 2)
    mine = [add_review(bot, shop, state=State.FAILED, error="No.") for _ in range(5)]
    other = add_review(bot, add_shop(bot, "other.myshopify.com"), state=State.FAILED, error="No.")
    ann.open("/operations")
    ann.press("Try all 5 again")
    assert ann.toast == "5 products are tried again."
    assert {state_of(bot, each) for each in mine} == {State.RECEIVED}
    assert [kind for kind, *_ in decisions_of(bot, mine[0])] == ["retry"]
    assert state_of(bot, other) == State.FAILED
    assert ann.post("/operations/retry").status_code == 303
    ann.open("/operations")
    assert ann.toast == "Nothing is left to try again."
    assert [kind for kind, *_ in decisions_of(bot, mine[0])] == ["retry"]


def test_too_many_for_one_press_are_told(
    ann: Browser, bot: Bot, shop: Shop, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(retrying, "AT_ONCE", 2)
    monkeypatch.setattr(retrying.time, "monotonic", iter(range(0, 99, 2)).__next__)
    for _ in range(5):
        add_review(bot, shop, state=State.FAILED, error="No.")
    ann.open("/operations")
    ann.press("Try all 5 again")
    assert "2 products are tried again. There are more" in ann.toast


def test_bulk_actions_on_their_way_show_their_progress(ann: Browser, bot: Bot, shop: Shop) -> None:
    with bot.database.writing() as session:
        values = {"kind": "correct", "label": "Watches", "selection": {}, "undo_until": now()}
        for done in (3, 9):
            finished = now() if done == 9 else None
            session.add(
                BulkAction(
                    shop_id=shop.id, reviewer="ben", total=9, done=done, finished_at=finished, **values
                )
            )
    page = ann.open("/operations")
    (row,) = page.select("#bulk-section li")
    assert words(row) == "Correct to Watches by ben 3 of 9 done, 0 left alone"
    assert row["data-live-bulk"]
    assert (row.progress["max"], row.progress["value"]) == ("9", "3")


def test_what_may_have_changed_comes_by_itself(ann: Browser, bot: Bot, shop: Shop) -> None:
    page = ann.open("/operations")
    again = page.select_one("#operations")["data-again"]
    add_review(bot, shop, "<b>Broken</b>", State.FAILED, error="<script>alert(1)</script>")
    fresh = BeautifulSoup(ann.client.get(again).text, "html.parser")
    assert not fresh.select("header, script, b")
    assert "<b>Broken</b>" in fresh.get_text()
    assert [section["id"] for section in fresh.select("section")] == [
        section["id"] for section in page.select("#operations section")
    ]
