"""The history: decisions and writes in one line of time, filtered, page by page, and as a table."""

import csv
import io
from datetime import UTC, date, datetime, timedelta
from random import Random
from typing import Any

import pytest
from sqlalchemy import event, select

from shopify_bot.bot import Bot
from shopify_bot.review.history import download, page
from shopify_bot.review.history.filters import Filter
from shopify_bot.review.history.streams import Place, place_of, places, reviewers
from shopify_bot.states import State
from shopify_bot.tables import BulkAction, Decision, Publication, Review, Shop, now
from tests.review.browser import Browser, words
from tests.review.seeding import (
    ONLY_CATEGORY,
    SURE,
    UNSURE,
    add_publication,
    add_review,
    add_shop,
    in_store,
    predict_again,
)

BOTH = pytest.mark.parametrize("database", ["sqlite", "postgresql"], indirect=True)
START = datetime(2026, 11, 1, 12, tzinfo=UTC)
HOSTILE = ("<script>alert(1)</script>", "\u202egnirts", "W" * 10_000, "👗", '=HYPERLINK("http://evil")', "")


def heads(browser: Browser) -> list[str]:
    """What the entries on the page say, newest first."""
    return [words(each) for each in browser.page.select(".entry-head")]


def add_decision(bot: Bot, review: int, kind: str, moment: datetime, **values: Any) -> int:
    """A decision of a moment, by Ann on the pages unless said otherwise."""
    said = {"reviewer": "ann", "source": "web", "predicted_label": "Shirts", **values}
    with bot.database.writing() as session:
        shop = session.get_one(Review, review).shop_id
        row = Decision(shop_id=shop, review_id=review, kind=kind, created_at=moment, **said)
        session.add(row)
    return row.id


def publish(
    bot: Bot, review: int, moment: datetime, label: str = "Shirts", reverted: datetime | None = None
) -> None:
    """What was written at a moment, and taken back at another."""
    add_publication(bot, review, label, in_store(), in_store(product_type="Shirt"))
    with bot.database.writing() as session:
        row = session.scalars(select(Publication).where(Publication.review_id == review)).one()
        row.finished_at, row.reverted_at = moment, reverted
        row.reverted = {"put_back": [], "left": []} if reverted else None


def some(bot: Bot, shop: Shop) -> list[int]:
    """A correction, published and taken back, a skip by Ben in bulk, one decided alone; all on one day."""
    reviews = [add_review(bot, shop, f"Product {number}", State.REVERTED) for number in range(3)]
    with bot.database.writing() as session:
        bulk = BulkAction(shop_id=shop.id, kind="skip", selection={}, reviewer="ben", undo_until=now())
        session.add(bulk)
    add_decision(
        bot, reviews[0], "correct", START, label="Watches", confidence=0.4321, model_version="small-1"
    )
    publish(bot, reviews[0], START + timedelta(minutes=1), "Watches", START + timedelta(minutes=9))
    add_decision(bot, reviews[1], "skip", START + timedelta(minutes=2), reviewer="ben", bulk_id=bulk.id)
    alone = {"label": "Shirts", "source": "alone", "reviewer": "shopify-bot"}
    add_decision(bot, reviews[2], "approve", START + timedelta(minutes=3), **alone)
    return reviews


@BOTH
def test_decisions_and_writes_are_one_line_of_time(ann: Browser, bot: Bot, shop: Shop) -> None:
    some(bot, shop)
    ann.open("/history")
    assert heads(ann) == [
        "Taken back in the store by the worker",
        "Approved as Shirts decided alone",
        "Skipped by ben in bulk action 1",
        "Published as Watches decided by ann",
        "Corrected from Shirts to Watches by ann",
    ]
    assert words(ann.page.select_one("h2.day")) == "Sunday 1 November 2026"
    assert ann.page.select_one(".entry time")["title"] == "1 November 2026, 12:09:00 UTC"


FOUND = (
    ("kind=corrected", [4]),
    ("kind=skipped", [2]),
    ("kind=approved", [1]),
    ("kind=alone", [1]),
    ("kind=bulk", [2]),
    ("kind=published", [3]),
    ("kind=reverted", [0]),
    ("kind=dismissed", []),
    ("who=ben", [2]),
    ("who=nobody", []),
    ("label=Watches", [0, 3, 4]),
    ("label=Watches&predicted=Shirts", [4]),
    ("review=1", [0, 3, 4]),
    ("bulk=1", [2]),
    ("since=2026-11-02", []),
    ("until=2026-11-01&since=2026-11-01", [0, 1, 2, 3, 4]),
    ("until=2026-10-31", []),
    ("kind=nonsense&since=yesterday&review=x&bulk=-1&until=0001-01-01", [0, 1, 2, 3, 4]),
)
"""What is asked, and which of the entries are found, counted from the newest."""


@BOTH
def test_a_filter_finds_what_it_names(ann: Browser, bot: Bot, shop: Shop) -> None:
    some(bot, shop)
    ann.open("/history")
    every = heads(ann)
    for asked, found in FOUND:
        ann.open(f"/history?{asked}")
        assert heads(ann) == [every[number] for number in found], asked
        rows = csv.reader(io.StringIO(ann.client.get(f"/history.csv?{asked}").text))
        assert len(list(rows)) == len(found) + 1, asked


@BOTH
def test_pages_show_every_entry_once_in_order_whatever_comes_meanwhile(
    ann: Browser, bot: Bot, shop: Shop, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(page, "PER_PAGE", 3)
    random, others = Random(1), add_shop(bot, "zzz.myshopify.com")
    for number in range(7):
        review = add_review(bot, shop, f"Product {number}")
        moments = [START + timedelta(minutes=random.randrange(4)) for _ in range(3)]
        add_decision(bot, review, "approve", moments[0], label=f"L{number}")
        publish(bot, review, moments[1], reverted=moments[2] if number % 2 else None)
        add_decision(bot, add_review(bot, others), "approve", moments[0])
    with bot.database.reading() as session:
        every = places(session, shop, Filter(), None, 99)
    assert every == sorted(every, reverse=True)
    assert len(every) == 7 + 7 + 3
    ann.open("/history")
    seen = len(heads(ann))
    while older := ann.page.find("a", rel="next"):
        add_decision(bot, 1, "retry", now())
        ann.open(older["href"])
        assert "Tried again by ann" not in heads(ann)
        seen += len(heads(ann))
    assert seen == len(every)
    assert words(ann.page.select_one(".paging a")) == "Newest"


def test_a_cursor_comes_back_as_it_was() -> None:
    place = Place(START + timedelta(microseconds=7), 1, 12)
    assert place_of(place.cursor) == place
    for senseless in ("", "x", "2026-11-01~1", "2026-11-01~7~1", "2026-11-01~1~0", "0001-01-01~1~1", None):
        assert place_of(senseless) is None


@BOTH
def test_people_are_named_once(bot: Bot, shop: Shop) -> None:
    with bot.database.reading() as session:
        assert reviewers(session, shop) == []
    review, foreign = add_review(bot, shop), add_review(bot, add_shop(bot, "zzz.myshopify.com"))
    for name in ("ben", "ann", "ben", "chloé", "ann"):
        add_decision(bot, review, "skip", START, reviewer=name)
    add_decision(bot, foreign, "skip", START, reviewer="zoe")
    with bot.database.reading() as session:
        assert sorted(reviewers(session, shop)) == ["ann", "ben", "chloé"]


def test_an_entry_tells_what_was_predicted_when_it_was_decided(ann: Browser, bot: Bot, shop: Shop) -> None:
    for predicted in (SURE, ONLY_CATEGORY, UNSURE):
        review = add_review(bot, shop, predicted=predicted)
        add_decision(bot, review, "approve", now(), label="Shirts")
    predict_again(bot, 1, (("Watches", 0.99),))
    review = add_review(bot, shop, top=())
    add_decision(bot, review, "skip", now(), predicted_label=None)
    ann.open("/history")
    told = [each.find_next("dd") for each in ann.page.find_all("dt", string="Predicted")]
    assert sorted(map(words, told)) == [
        "Nothing",
        "Shirts, 91% from picture and title",
        "Topwear, which one is unsure from the picture alone",
        "Unsure from the title alone",
    ]


def test_details_tell_model_confidence_and_wait(ann: Browser, bot: Bot, shop: Shop) -> None:
    review = add_review(bot, shop)
    add_decision(
        bot,
        review,
        "correct",
        START,
        label="Watches",
        source="cli",
        confidence=0.9996,
        model_version="small-1",
        seconds=90.0,
        replaces_category=True,
    )
    ann.open("/history")
    assert heads(ann) == ["Corrected from Shirts to Watches by ann on the command line"]
    facts = words(ann.page.select_one(".entry .facts"))
    for told in ("1 November 2026, 12:00:00 UTC", "ann , on the command line", "99.9%", "small-1", "2 min"):
        assert told in facts
    assert "Ours in place of the one that a person had set" in facts


def test_what_was_written_is_told_before_and_after(ann: Browser, bot: Bot, shop: Shop) -> None:
    review = add_review(bot, shop, state=State.PUBLISHED)
    add_decision(bot, review, "approve", START, label="Shirts")
    said = ["The category Blouses was kept: a person had set it."]
    before, after = (
        in_store(product_type="Misc", tags=["new"]),
        in_store(product_type="Shirt", tags=["new", "tees"]),
    )
    add_publication(bot, review, "Shirts", before, after | {"said": said})
    ann.open("/history")
    entry = ann.page.select_one(".entry")
    rows = {
        words(row.th): [words(cell) for cell in row.select("td")] for row in entry.select(".changes tbody tr")
    }
    assert rows["Type"] == ["Misc", "Shirt"]
    assert rows["Tags"] == ["new", "new tees"]
    assert said[0] in words(entry)
    assert [each.get_text() for each in ann.page.find_all("a", string="Revert…")] == ["Revert…"]


def test_what_was_left_when_it_was_taken_back_is_told(ann: Browser, bot: Bot, shop: Shop) -> None:
    review = add_review(bot, shop, state=State.REVERTED)
    publish(bot, review, START, reverted=START + timedelta(hours=1))
    with bot.database.writing() as session:
        session.scalars(select(Publication)).one().reverted = {
            "put_back": [{"what": "Status", "to": "Draft"}],
            "left": [{"what": "Category", "because": "somebody changed it to Dresses since"}],
        }
    ann.open("/history")
    assert heads(ann)[0] == "Taken back in the store, except for what was left by the worker"
    assert "Category left: somebody changed it to Dresses since ." in words(ann.page.select_one(".entry"))
    assert "Status Draft" in words(ann.page.select_one(".entry .facts"))


def test_why_it_failed_stands_with_the_last_decision(ann: Browser, bot: Bot, shop: Shop) -> None:
    review = add_review(bot, shop, state=State.FAILED, error="The store refused the category.")
    add_decision(bot, review, "approve", START, label="Shirts")
    add_decision(bot, review, "retry", START + timedelta(hours=1), label="Shirts")
    ann.open("/history")
    reasons = ann.page.select(".entry-said.bad")
    assert [words(each) for each in reasons] == ["The store refused the category."]
    assert words(reasons[0].find_parent("li").select_one(".entry-head")) == "Tried again by ann"
    assert "bad" in reasons[0].find_parent("li")["class"]


def test_the_last_decision_can_be_undone_from_here(ann: Browser, bot: Bot, shop: Shop) -> None:
    review = add_review(bot, shop, "A watch in truth")
    ann.open("/history")
    ann.client.get(f"/review/{review}")
    ann.post(f"/review/{review}/correct", label="Watches")
    ann.open("/history?label=Watches")
    assert heads(ann) == ["Corrected from Shirts to Watches by ann"]
    assert "A watch in truth" in words(ann.page.select_one(".entry"))
    form = ann.page.select_one(f'.entry [data-live-review="{review}"] form')
    assert form["data-while"] == "approved dismissed skipped"
    ann.press("Undo", within=".entry")
    assert ann.path == "/history"
    assert not ann.has_button("Undo", within=".entry")
    ann.open("/history")
    assert heads(ann) == ["Decision undone by ann", "Corrected from Shirts to Watches by ann"]


def test_from_here_it_is_taken_back_and_leads_here_again(ann: Browser, bot: Bot, shop: Shop) -> None:
    review = add_review(bot, shop, state=State.PUBLISHED)
    publish(bot, review, START)
    ann.open("/history?kind=published")
    ann.open(ann.page.find("a", string="Revert…")["href"])
    ann.press("Revert in store")
    assert ann.path == "/history"
    assert ann.page.find("a", string="Revert…") is None


@pytest.mark.parametrize("title", HOSTILE, ids=["markup", "rtl", "long", "emoji", "formula", "empty"])
def test_hostile_texts_show_as_text_here_and_in_the_table(
    ann: Browser, bot: Bot, shop: Shop, title: str
) -> None:
    review = add_review(bot, shop, title, state=State.FAILED, error=title)
    add_decision(
        bot, review, "correct", START, label=title[:200], reviewer=title[:200] or "ann", predicted_label="=1"
    )
    page = ann.open("/history")
    assert not page.select("main script")
    shown = page.select_one(".entry-product bdi").get_text()
    assert shown[:20] == (title or "Untitled product")[:20]
    (row,) = table(ann)
    assert row["title"] == (f"'{title}" if title.startswith("=") else title)
    assert row["predicted"] == "'=1"


def table(browser: Browser, asked: str = "") -> list[dict[str, str]]:
    """The rows of the table to take away."""
    answer = browser.client.get(f"/history.csv{asked}")
    assert answer.headers["Content-Type"].startswith("text/csv")
    assert "history.csv" in answer.headers["Content-Disposition"]
    return list(csv.DictReader(io.StringIO(answer.get_data().decode("utf-8-sig"), newline="")))


def test_the_table_tells_everything(
    ann: Browser, bot: Bot, shop: Shop, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(download, "AT_ONCE", 2)
    some(bot, shop)
    rows = table(ann)
    assert [row["what"] for row in rows] == ["reverted", "approve", "skip", "published", "correct"]
    last, written = rows[-1], rows[-2]
    assert last["time"] == "2026-11-01T12:00:00+00:00"
    assert (last["predicted"], last["confidence"], last["label"]) == ("Shirts", "0.4321", "Watches")
    assert (last["who"], last["where"], last["model version"]) == ("ann", "web", "small-1")
    assert (rows[1]["where"], rows[2]["bulk action"]) == ("alone", "1")
    assert (written["where"], written["type before"], written["type after"]) == ("worker", "", "Shirt")
    assert table(ann, "?kind=skipped") == [rows[2]]


def test_the_table_is_read_piece_by_piece(
    ann: Browser, bot: Bot, shop: Shop, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(download, "AT_ONCE", 10)
    review = add_review(bot, shop)
    for number in range(35):
        add_decision(bot, review, "skip", START + timedelta(seconds=number))
    most = 0

    def count(session: Any, row: Any) -> None:
        nonlocal most
        if isinstance(row, Decision):
            most = max(most, sum(isinstance(each, Decision) for each in session))

    event.listen(Decision, "load", lambda row, context: count(context.session, row))
    assert len(table(ann)) == 35
    assert most <= 10


def test_the_queries_do_not_grow_with_the_entries(ann: Browser, bot: Bot, shop: Shop) -> None:
    asked: list[str] = []
    event.listen(bot.database.engine, "before_cursor_execute", lambda *args: asked.append(args[2]))
    counts = []
    for _ in range(2):
        for number in range(10):
            review = add_review(bot, shop, f"Product {number}", State.PUBLISHED)
            add_decision(bot, review, "approve", START, label="Shirts")
            publish(bot, review, START)
        asked.clear()
        ann.open("/history")
        counts.append(len(asked))
    assert counts[0] == counts[1]
    assert len(heads(ann)) == 40


def test_an_empty_history_says_what_will_be_here(ann: Browser, bot: Bot, shop: Shop) -> None:
    assert "No decisions yet" in words(ann.open("/history").select_one(".empty"))
    assert "Nothing of that kind" in words(ann.open("/history?kind=alone").select_one(".empty"))


def test_days_are_whole(bot: Bot, shop: Shop) -> None:
    review = add_review(bot, shop)
    add_decision(bot, review, "skip", datetime(2026, 11, 1, 23, 59, 59, 999_999, tzinfo=UTC))
    day = date(2026, 11, 1)
    with bot.database.reading() as session:
        assert len(places(session, shop, Filter(since=day, until=day), None, 9)) == 1
        assert not places(session, shop, Filter(since=day + timedelta(days=1)), None, 9)
