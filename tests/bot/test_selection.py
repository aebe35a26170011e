"""Selecting reviews: filters, orders, pages, counts; the same on both databases."""

from dataclasses import replace
from datetime import UTC, date, datetime
from random import Random
from typing import Any

import pytest
from sqlalchemy import select
from werkzeug.datastructures import MultiDict

from shopify_bot.bot import Bot
from shopify_bot.finding import paging
from shopify_bot.finding.noting import note, searched
from shopify_bot.finding.paging import END
from shopify_bot.finding.selection import Selection, Sort
from shopify_bot.intake import open_review
from shopify_bot.states import State
from shopify_bot.tables import Product, Review, Shop
from shopify_bot.vendors import vendors
from tests.review.seeding import add_shop

EVERYTHING = Selection(
    states=(State.PENDING, State.FAILED),
    label="Shirts",
    sure=False,
    least=0.25,
    most=0.9,
    vendor="Acme & Sons",
    since=date(2026, 1, 2),
    until=date(2026, 3, 4),
    changed_by_us=True,
    persons_category=False,
    text="blue 100%",
    ids=(3, 1),
    sort=Sort.ALIKE,
)


def seed(bot: Bot, shop: Shop, *rows: dict[str, Any]) -> list[int]:
    """A product with a review for each; `title` and `vendor` are the product's, the rest the review's."""
    with bot.database.writing() as session:
        ids = []
        for number, values in enumerate(rows):
            title, vendor = values.pop("title", "Shirt"), values.pop("vendor", "Acme")
            product = Product(shop_id=shop.id, gid=f"gid://{shop.id}/{number}", title=title, vendor=vendor)
            session.add(product)
            session.flush()
            found_by = {"vendor": vendor, "search": searched(title, vendor), "state": "pending"}
            review = Review(shop_id=shop.id, product_id=product.id, **{**found_by, **values})
            session.add(review)
            session.flush()
            ids.append(review.id)
        return ids


def found(bot: Bot, shop: Shop, selection: Selection) -> list[int]:
    """Ids of all reviews, page by page of three, held against the count."""
    ids: list[int] = []
    with bot.database.reading() as session:
        page = selection.page(session, shop, limit=3)
        ids += [review.id for review in page.reviews]
        while page.after:
            page = selection.page(session, shop, after=page.after, limit=3)
            ids += [review.id for review in page.reviews]
        assert selection.count(session, shop) == len(ids)
    return ids


def backwards(bot: Bot, shop: Shop, selection: Selection) -> list[int]:
    """The same from the last page to the first."""
    with bot.database.reading() as session:
        page = selection.page(session, shop, before=END, limit=3)
        ids = [review.id for review in page.reviews]
        while page.before:
            page = selection.page(session, shop, before=page.before, limit=3)
            ids = [review.id for review in page.reviews] + ids
    return ids


@pytest.fixture
def shop(bot: Bot) -> Shop:
    add_shop(bot, "another.myshopify.com")
    return add_shop(bot, "demo.myshopify.com")


def test_each_filter(bot: Bot, shop: Shop) -> None:
    first_day = datetime(2026, 1, 2, 23, 59, tzinfo=UTC)
    a, b, c, d = seed(
        bot,
        shop,
        {"title": "Blue 100% Wool", "label": "Shirts", "confidence": 0.9, "created_at": first_day},
        {"title": "blue wool", "vendor": "O'Neill_x", "state": "failed", "confidence": 0.5},
        {"label": "Watches", "is_sure": True, "confidence": 0.25},
        {"changed_by_us": True, "has_persons_category": True, "state": "published"},
    )
    seen = {
        Selection(): [a, b, c, d],
        Selection(states=(State.FAILED, State.PUBLISHED)): [b, d],
        Selection(label="Shirts"): [a],
        Selection(sure=True): [c],
        Selection(sure=False): [a, b, d],
        Selection(least=0.5): [a, b],
        Selection(least=0.25, most=0.5): [b, c],
        Selection(vendor="O'Neill_x"): [b],
        Selection(since=date(2026, 1, 2), until=date(2026, 1, 2)): [a],
        Selection(until=date(2026, 1, 1)): [],
        Selection(changed_by_us=True): [d],
        Selection(persons_category=False): [a, b, c],
        Selection(text="WOOL blue"): [a, b],
        Selection(text="100%"): [a],
        Selection(text="_x"): [b],
        Selection(text="%"): [a],
        Selection(text="wool zebra"): [],
        Selection(ids=(d, a, 999)): [a, d],
        Selection(text="shirt", states=(State.PENDING,), sure=True): [c],
    }
    for selection, ids in seen.items():
        assert found(bot, shop, selection) == ids, selection
        assert sorted(backwards(bot, shop, selection)) == ids, selection


@pytest.mark.parametrize("is_filtered", [False, True])
def test_each_order_forwards_and_backwards(bot: Bot, shop: Shop, is_filtered: bool) -> None:
    values = [(0.5, 4), (None, None), (0.2, 1), (0.5, 1), (None, 4), (0.9, None), (0.2, 4), (0.7, 7)]
    ids = seed(bot, shop, *({"confidence": sure, "alike": leader} for sure, leader in values))
    by_id = dict(zip(ids, values, strict=True))
    plain = Selection((State.PENDING,), persons_category=False if is_filtered else None)
    wanted = {
        Sort.OLDEST: ids,
        Sort.NEWEST: ids[::-1],
        Sort.LEAST_SURE: sorted(ids, key=lambda id: (by_id[id][0] or -1, id)),
        Sort.ALIKE: sorted(ids, key=lambda id: (by_id[id][1] or 99, id)),
    }
    for sort, order in wanted.items():
        selection = Selection(plain.states, persons_category=plain.persons_category, sort=sort)
        assert found(bot, shop, selection) == order, sort
        assert backwards(bot, shop, selection) == order, sort


def test_pages_stay_whole_while_reviews_come_and_go(bot: Bot, shop: Shop) -> None:
    ids = seed(bot, shop, *({"confidence": number / 10} for number in range(6)))
    selection = Selection((State.PENDING,), sort=Sort.LEAST_SURE)
    with bot.database.reading() as session:
        first = selection.page(session, shop, limit=3)
    with bot.database.writing() as session:
        session.get_one(Review, ids[2]).state = "skipped"
        product = Product(shop_id=shop.id, gid="new")
        session.add(product)
        session.flush()
        early = Review(shop_id=shop.id, product_id=product.id, state="pending", confidence=0.01)
        session.add(early)
        session.flush()
    with bot.database.reading() as session:
        second = selection.page(session, shop, after=first.after, limit=3)
        again = selection.page(session, shop, before=second.before, limit=3)
        cursor = selection.cursor_of(session.get_one(Review, ids[4]))
        assert [each.id for each in selection.page(session, shop, after=cursor).reviews] == [ids[5]]
    assert [review.id for review in second.reviews] == ids[3:]
    assert second.after is None
    assert [review.id for review in again.reviews] == [ids[0], early.id, ids[1]]


RUBBISH = ["", "x", "1~", "~", "0.5~x", "9" * 30, "-1", "²", END * 2, "nan~0", "0"]
NO_VALUES = ["nan~1", "x~1", "9" * 25 + "~1"]


@pytest.mark.parametrize("sort", list(Sort))
def test_a_cursor_that_makes_no_sense_means_the_start(bot: Bot, shop: Shop, sort: Sort) -> None:
    ids = seed(bot, shop, {}, {})
    selection = Selection(sort=sort)
    for cursor in RUBBISH + (NO_VALUES if sort in (Sort.LEAST_SURE, Sort.ALIKE) else []):
        with bot.database.reading() as session:
            for page in (
                selection.page(session, shop, after=cursor),
                selection.page(session, shop, before=cursor),
            ):
                assert sorted(review.id for review in page.reviews) == ids, cursor


def test_a_product_is_there_once_by_its_latest_review(bot: Bot, shop: Shop) -> None:
    (old,) = seed(bot, shop, {"state": "published", "changed_by_us": True})
    with bot.database.writing() as session:
        product = session.get_one(Review, old).product
        fresh = open_review(session, product)
        assert fresh is not None
    assert found(bot, shop, Selection()) == [fresh.id]
    assert found(bot, shop, Selection(changed_by_us=True)) == [fresh.id]
    assert found(bot, shop, Selection((State.PUBLISHED,))) == []


def test_what_the_model_is_sure_of_is_noted(bot: Bot, shop: Shop) -> None:
    (review_id,) = seed(bot, shop, {})
    with bot.database.writing() as session:
        review = session.get_one(Review, review_id)
        review.is_sure = True
        note(session, review)
        assert review.is_sure is False


def test_an_address_says_all_of_it() -> None:
    assert Selection.from_args(MultiDict(EVERYTHING.args())) == EVERYTHING
    assert Selection.from_args(EVERYTHING.args()) == EVERYTHING
    assert Selection.from_json(EVERYTHING.as_json()) == EVERYTHING
    assert Selection.from_json({"ids": [3, 1]}) == Selection(ids=(3, 1))
    assert Selection().args() == {}


def test_rubbish_is_left_out() -> None:
    rubbish = {
        "state": ["nonsense", "pending", "pending"],
        "sure": "perhaps",
        "least": "nan",
        "most": "1e999",
        "since": "2026-02-30",
        "until": "9999-12-31",
        "q": "  a\x00b   c ",
        "ids": "0,-1,x,2,2,99999999999999999999,²",
        "sort": "biggest",
        "ours": "",
        "unknown": "x",
    }
    assert Selection.from_args(MultiDict(rubbish)) == Selection((State.PENDING,), text="a\x00b c", ids=(2,))
    assert Selection.from_args({"least": "150", "most": "-3"}) == Selection(least=1.0, most=0.0)
    assert len(Selection.from_args({"ids": ",".join(map(str, range(1, 5000)))}).ids) == 1000


def test_a_count_ends(bot: Bot, shop: Shop) -> None:
    seed(bot, shop, *({} for _ in range(5)))
    with bot.database.reading() as session:
        assert Selection().count(session, shop, most=3) == 4


def test_hostile_words_are_searched_for(bot: Bot, shop: Shop) -> None:
    (review,) = seed(bot, shop, {"title": "<b>50%_off\\</b> שלום 😀 'x'"})
    for text in ("50%_off\\", "<b>", "שלום", "😀", "'x'"):
        assert found(bot, shop, Selection(text=text)) == [review], text
    assert found(bot, shop, Selection(text="\x00")) == [review]


@pytest.mark.parametrize("most", [1, 3, 5, 100])
@pytest.mark.parametrize("chance_seed", range(3))
def test_the_shorter_way_leads_to_the_same(
    bot: Bot, shop: Shop, monkeypatch: pytest.MonkeyPatch, most: int, chance_seed: int
) -> None:
    chance = Random(chance_seed)
    rows: list[dict[str, Any]] = [
        {
            "title": chance.choice(("Blue Shirt", "Red Shirt", "Watch")),
            "confidence": chance.choice((None, 0.2, 0.5, 0.5, 0.9)),
            "alike": chance.choice((None, 1, 2, 2, 9)),
            "state": chance.choice(("pending", "skipped", "published")),
            "is_sure": chance.random() < 0.5,
        }
        for _ in range(16)
    ]
    seed(bot, shop, *(dict(row) for row in rows))
    filters = (
        Selection(),
        Selection(text="shirt"),
        Selection(text="blue", states=(State.PENDING, State.SKIPPED)),
        Selection((State.PENDING,), sure=True),
        Selection(least=0.3, most=0.6),
    )
    for selection in filters:
        for sort in (Sort.LEAST_SURE, Sort.ALIKE):
            monkeypatch.setattr(paging, "MOST_WALKED", 0)
            whole = replace(selection, sort=sort)
            order = found(bot, shop, whole)
            monkeypatch.setattr(paging, "MOST_WALKED", most)
            assert found(bot, shop, whole) == order, whole
            assert backwards(bot, shop, whole) == order, whole


def test_the_vendors_to_choose_from(bot: Bot, shop: Shop) -> None:
    names = ["Émile", "Acme", "", "Zed", "Acme", "O'Neill_x"]
    seed(bot, shop, *({"vendor": name} for name in names))
    with bot.database.reading() as session:
        assert sorted(vendors(session, shop)) == sorted({*names} - {""})
        assert len(vendors(session, shop, most=2)) == 2
        other = session.scalars(select(Shop).where(Shop.id != shop.id)).one()
        assert vendors(session, other) == []
