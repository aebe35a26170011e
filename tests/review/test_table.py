"""The table: filters, pages, exports, and one decision about many products."""

import csv
import io
import re
from urllib.parse import parse_qs, urlsplit

import pytest
from bs4 import BeautifulSoup

from shopify_bot.bot import Bot
from shopify_bot.bulk import work
from shopify_bot.finding.noting import note
from shopify_bot.review.table import page as table_page
from shopify_bot.spreadsheet import BYTE_ORDER_MARK
from shopify_bot.states import State
from shopify_bot.tables import BulkAction, Review, Shop
from tests.review.browser import Browser, words
from tests.review.seeding import SURE, TOP, TOPS, UNSURE, add_review, decisions_of, set_state, state_of

BOTH = pytest.mark.parametrize("database", ["sqlite", "postgresql"], indirect=True)
HOSTILE = '=HYPERLINK("http://evil.example")<script>alert(1)</script> \u202e שלום 😀 ' + "x" * 10_000
WATCHES = (("Watches", 0.4), ("Shirts", 0.3))


def add(bot: Bot, shop: Shop, title: str = "Blue shirt", **values: object) -> int:
    """A product with its columns for the table."""
    review_id = add_review(bot, shop, title, **values)  # type: ignore[arg-type]
    with bot.database.writing() as session:
        note(session, session.get_one(Review, review_id))
    return review_id


def titles(page: BeautifulSoup) -> list[str]:
    return [words(link) for link in page.select("table.index .cell-title a")]


def carry_out(bot: Bot) -> None:
    while work.one_turn(bot):
        pass


@BOTH
def test_filters_and_orders(ann: Browser, bot: Bot, shop: Shop) -> None:
    theirs = {"vendor": "Acme", "category_id": "gid://x", "category_name": f"{TOPS} > Blouses"}
    add(bot, shop, "Blue shirt", product=theirs, predicted=SURE)
    add(bot, shop, "Red watch", top=WATCHES, predicted=UNSURE)
    add(bot, shop, "Old shirt", state=State.PUBLISHED)
    seen = {
        "/table": ["Blue shirt", "Red watch", "Old shirt"],
        "/table?sort=newest": ["Old shirt", "Red watch", "Blue shirt"],
        "/table?sort=least_sure&state=pending": ["Red watch", "Blue shirt"],
        "/table?sure=yes&state=pending": ["Blue shirt"],
        "/table?label=Watches": ["Red watch"],
        "/table?vendor=Acme": ["Blue shirt"],
        "/table?q=SHIRT": ["Blue shirt", "Old shirt"],
        "/table?person=yes": ["Blue shirt"],
        "/table?least=50": ["Blue shirt", "Old shirt"],
        "/table?q=zebra": [],
        "/table?state=nonsense&sort=x&after=x&least=x": ["Blue shirt", "Red watch", "Old shirt"],
    }
    for address, there in seen.items():
        assert titles(ann.open(address)) == there, address
    row = words(ann.open("/table?vendor=Acme").select("table.index tbody tr")[0])
    assert "Shirts 91% Sure" in row
    assert "Blouses set by a person" in row
    assert "To review" in row


def test_active_filters_can_be_taken_away(ann: Browser, bot: Bot, shop: Shop) -> None:
    add(bot, shop, "Blue shirt", product={"vendor": "<b>&"})
    page = ann.open("/table?vendor=%3Cb%3E%26&q=blue&least=12.5&state=pending")
    chips = {words(chip): str(chip["href"]) for chip in page.select(".chips a.chip")}
    (vendor,) = [address for text, address in chips.items() if text.startswith("Vendor: <b>&")]
    assert parse_qs(urlsplit(vendor).query) == {"q": ["blue"], "least": ["12.5"], "state": ["pending"]}
    assert len(chips) == 4
    one_at_a_time = page.find("a", string="Review these one at a time")
    assert "vendor=%3Cb%3E%26" in str(one_at_a_time["href"])  # type: ignore[index]
    assert not ann.open("/table?state=pending&sort=newest").select(".chips")


@BOTH
def test_pages_forwards_and_backwards(
    ann: Browser, bot: Bot, shop: Shop, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(table_page, "PER_PAGE", 2)
    for number in range(5):
        add(bot, shop, f"Shirt {number}")

    def follow(text: str) -> list[str]:
        link = next(each for each in ann.page.select(".paging a") if words(each) == text)
        return titles(ann.open(str(link["href"])))

    assert titles(ann.open("/table")) == ["Shirt 0", "Shirt 1"]
    assert follow("Next") == ["Shirt 2", "Shirt 3"]
    assert follow("Next") == ["Shirt 4"]
    assert follow("Previous") == ["Shirt 2", "Shirt 3"]
    assert follow("First") == ["Shirt 0", "Shirt 1"]
    assert follow("Last") == ["Shirt 3", "Shirt 4"]
    assert follow("Previous") == ["Shirt 1", "Shirt 2"]
    assert titles(ann.open("/table?after=999")) == ["Shirt 0", "Shirt 1"]


@BOTH
def test_approving_all_that_match(ann: Browser, ben: Browser, bot: Bot, shop: Shop) -> None:
    ids = [add(bot, shop, f"Shirt {number}", predicted=SURE) for number in range(3)]
    unsure = add(bot, shop, "A watch", top=WATCHES, predicted=UNSURE)
    published = add(bot, shop, "Old", state=State.PUBLISHED)
    ann.open("/table")
    page = ann.open("/bulk/new?all=1&kind=approve")
    text = words(page.main)  # type: ignore[arg-type]
    assert "Approve 4 products?" in text
    assert "3 \u00d7 Shirts Shirts Shirt shirts Topwear in the Online Store" in text
    assert "1 \u00d7 Watches Watches Watch None Watches" in text
    assert "The model is unsure of 1 of them" in text
    assert "1 product of your choice is left alone" in text
    ben.open(f"/review/{ids[0]}")
    ben.post(f"/review/{ids[0]}/skip")
    ann.press("Approve 4", within="main")
    assert "Approving 3 products" in words(ann.page.h1)  # type: ignore[arg-type]
    assert state_of(bot, ids[1]) == State.PENDING
    carry_out(bot)
    assert [state_of(bot, each) for each in [*ids, unsure, published]] == [
        State.SKIPPED,
        State.APPROVED,
        State.APPROVED,
        State.APPROVED,
        State.PUBLISHED,
    ]
    assert decisions_of(bot, ids[1]) == [("approve", "Shirts", "ann", "web")]
    ann.open(ann.path)
    assert "Finished" in words(ann.page.main)  # type: ignore[arg-type]
    ann.press("Undo", within="main")
    assert "Undoing 3 decisions" in words(ann.page.h1)  # type: ignore[arg-type]
    carry_out(bot)
    assert state_of(bot, ids[1]) == State.PENDING
    assert not ann.open("/bulk/1").select("[action$=undo]")


@BOTH
def test_correcting_those_chosen(ann: Browser, bot: Bot, shop: Shop) -> None:
    theirs = {"category_id": "gid://x", "category_name": f"{TOPS} > Blouses"}
    one, two, three = add(bot, shop, product=theirs), add(bot, shop), add(bot, shop)
    page = ann.open(f"/bulk/new?kind=correct&to=watches&row={one}&row={three}&q=nothing")
    text = words(page.main)  # type: ignore[arg-type]
    assert "Correct 2 products to Watches ?" in text
    assert "2 \u00d7 Watches" in text
    assert "1 of them has a category that a person set: it stays." in text
    ann.press("Correct 2", within="main")
    carry_out(bot)
    assert [state_of(bot, each) for each in (one, two, three)] == ["approved", "pending", "approved"]
    assert decisions_of(bot, one) == [("correct", "Watches", "ann", "web")]


def test_a_double_click_counts_once(ann: Browser, bot: Bot, shop: Shop) -> None:
    review = add(bot, shop)
    page = ann.open(f"/bulk/new?kind=skip&row={review}")
    fields = {str(i["name"]): str(i["value"]) for i in page.select("main form input[name]")}
    first, second = ann.client.post("/bulk", data=fields), ann.client.post("/bulk", data=fields)
    assert first.status_code == second.status_code == 303
    assert first.location == second.location
    with bot.database.reading() as session:
        assert session.query(BulkAction).count() == 1


def test_what_cannot_be_done_is_said(ann: Browser, bot: Bot, shop: Shop) -> None:
    review = add(bot, shop, state=State.PUBLISHED)
    ann.open("/bulk/new?kind=approve&q=blue")
    assert (ann.path, ann.toast) == ("/table", "Choose products first.")
    ann.open(f"/bulk/new?kind=explode&row={review}")
    assert ann.toast == "Choose products first."
    ann.open(f"/bulk/new?kind=correct&to=Zebra&row={review}")
    assert ann.toast == "There is no label “Zebra”."
    page = ann.open(f"/bulk/new?kind=approve&row={review}")
    assert "There is nothing to do" in words(page.main)  # type: ignore[arg-type]
    assert not page.select("form[action$=bulk]")
    ann.post("/bulk", kind="correct", to="Zebra", ids=str(review), click="one")
    assert ann.client.get("/bulk/999").status_code == 404
    with bot.database.reading() as session:
        assert session.query(BulkAction).count() == 0


def test_progress_is_live(ann: Browser, bot: Bot, shop: Shop) -> None:
    review = add(bot, shop)
    ann.open(f"/bulk/new?kind=approve&row={review}")
    page = ann.press("Approve 1", within="main")
    number = page.select_one("[data-live-bulk]")["data-live-bulk"]  # type: ignore[index]
    assert "Approving 1 product" in words(ann.open("/table").select_one(".bulk-banner"))  # type: ignore[arg-type]
    carry_out(bot)
    told = ann.client.get(f"/live?bulk={number}").get_json()["bulk"][str(number)]
    assert (told["done"], told["total"], told["finished"]) == (1, 1, True)
    assert not ann.open("/table").select(".bulk-banner")
    set_state(bot, review, State.PUBLISHED)
    ann.post(f"/bulk/{number}/undo")
    assert "Nothing of it can be taken back any more" in words(ann.open("/table").select_one(".toast"))  # type: ignore[arg-type]


@BOTH
def test_a_file_for_spreadsheets(ann: Browser, bot: Bot, shop: Shop, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("shopify_bot.review.table.export.AT_ONCE", 2)
    add(bot, shop, HOSTILE, product={"vendor": "@cmd", "tags": ["+1", "b"], "product_type": "-x"})
    for number in range(4):
        add(bot, shop, f"Shirt {number}", state=State.SKIPPED if number == 3 else State.PENDING)
    answer = ann.client.get("/table.csv?state=pending&sort=newest")
    assert answer.mimetype == "text/csv"
    assert "attachment" in answer.headers["Content-Disposition"]
    text = answer.get_data(as_text=True)
    rows = list(csv.DictReader(io.StringIO(text.removeprefix(BYTE_ORDER_MARK), newline="")))
    assert [row["title"] for row in rows] == [f"'{HOSTILE}", "Shirt 0", "Shirt 1", "Shirt 2"]
    assert [rows[0][name] for name in ("vendor", "tags in the store", "type in the store")] == [
        "'@cmd",
        "'+1, b",
        "'-x",
    ]
    assert (rows[1]["label"], rows[1]["confidence"]) == ("Shirts", f"{TOP[0][1]:.4f}")
    assert not any(re.match(r"[=+\-@\t\r]", cell) for row in rows for cell in row.values())


def test_hostile_text_is_text(ann: Browser, bot: Bot, shop: Shop) -> None:
    review = add(bot, shop, HOSTILE, top=(("<i>Label", 0.9),), product={"vendor": "<img src=x onerror=1>"})
    for address in (
        "/table",
        "/table?vendor=%3Cscript%3E&q=%3Cscript%3Ealert",
        f"/bulk/new?kind=approve&row={review}",
    ):
        page = ann.open(address)
        assert not page.select("main script, main img[src=x], main i")
    (title,) = titles(ann.open("/table"))
    assert "<script>alert(1)</script>" in title
    assert len(title) <= 300
