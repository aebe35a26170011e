"""What the page of a product says of the collections, sales channels and sureness of what was decided."""

import pytest
from flask import Flask
from sqlalchemy import select

from shopify_bot.bot import Bot
from shopify_bot.mapping import Filing
from shopify_bot.publishing.plans import Plan
from shopify_bot.states import State
from shopify_bot.store_search import Answer, Channel, StoreSearch
from shopify_bot.tables import Publication, Shop
from tests.review.browser import Browser, words
from tests.review.seeding import UNSURE, add_publication, add_review, in_store

ONLINE, POS = "gid://shopify/Publication/1", "gid://shopify/Publication/2"
OURS = "gid://shopify/Collection/1"


def add_published(
    bot: Bot, shop: Shop, before: list[str], after: list[str], on: list[str], online_store_alone: bool = True
) -> int:
    """A published review: the collections before and after, and the sales channels it is on."""
    review = add_review(bot, shop, state=State.PUBLISHED, predicted=UNSURE)
    told = {"collection_title": "Topwear", "published_on": on, "collections": after}
    add_publication(bot, review, "Shirts", in_store(collections=before), in_store(**told))
    plan = Plan(1, Filing("Shirts", "", "", "", (), ""), (ONLINE,), "ACTIVE", online_store_alone)
    with bot.database.writing() as session:
        row = session.scalars(select(Publication)).one()
        row.collection_gid, row.plan = OURS, plan.as_json()
    return review


def row_of(ann: Browser, review: int, name: str) -> list[str]:
    """Before and after of that row of the table of changes."""
    table = ann.open(f"/review/{review}").select(".changes tbody tr")
    found = {words(row.th): [words(cell) for cell in row.select("td")] for row in table}
    return found[name]


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        ([], [OURS], ["None", "Topwear"]),
        (["a"], ["a", OURS], ["1 collection", "Topwear and 1 other"]),
        (["a", "b", OURS], ["a", "b", OURS], ["Topwear and 2 others"] * 2),
    ],
)
def test_the_collections_before_are_told(
    ann: Browser, bot: Bot, shop: Shop, before: list[str], after: list[str], expected: list[str]
) -> None:
    review = add_published(bot, shop, before, after, [ONLINE])
    assert row_of(ann, review, "Collection") == expected


@pytest.mark.parametrize(
    ("on", "alone", "known", "expected"),
    [
        ([ONLINE], True, [], "in the Online Store"),
        ([ONLINE], False, [], "in your sales channels"),
        ([ONLINE, POS], True, [], "in your sales channels"),
        ([ONLINE, POS], True, [(ONLINE, "Online Store")], "in your sales channels"),
        ([POS, ONLINE], False, [(ONLINE, "Online Store"), (POS, "Counter")], "in Counter and Online Store"),
    ],
)
def test_sales_channels_are_named_where_their_names_are_known(
    app: Flask,
    ann: Browser,
    bot: Bot,
    shop: Shop,
    on: list[str],
    alone: bool,
    known: list[tuple[str, str]],
    expected: str,
) -> None:
    """No page asks the store for them: this shop has no token, and nothing is said of that."""
    search: StoreSearch = app.extensions["store_search"]
    search.kept_channels[shop.domain] = (0.0, Answer([Channel(*each) for each in known]))
    review = add_published(bot, shop, [], [OURS], on, alone)
    assert row_of(ann, review, "Status")[1] == f"Active, {expected}"


def test_channels_that_were_chosen_are_named_before_anything_is_written(
    app: Flask, ann: Browser, bot: Bot, shop: Shop
) -> None:
    review = add_review(bot, shop)
    with bot.database.writing() as session:
        session.get_one(Shop, shop.id).publication_ids = [POS]
    assert row_of(ann, review, "Status")[1] == "Active, in your sales channels"
    search: StoreSearch = app.extensions["store_search"]
    search.kept_channels[shop.domain] = (0.0, Answer([Channel(POS, "Counter")]))
    assert row_of(ann, review, "Status")[1] == "Active, in Counter"


@pytest.mark.parametrize(
    ("state", "shown"), [(State.PENDING, True), (State.SKIPPED, True), (State.PUBLISHED, False)]
)
def test_how_sure_the_model_was_is_shown_until_somebody_has_decided(
    ann: Browser, bot: Bot, shop: Shop, state: State, shown: bool
) -> None:
    review = add_review(bot, shop, state=state, predicted=UNSURE)
    page = ann.open(f"/review/{review}")
    assert bool(page.select_one(".one-sure .sure")) == shown
    assert "Predicted: Unsure" in words(page.select_one(".story"))
