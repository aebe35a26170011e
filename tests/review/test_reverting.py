"""Taking a publication back from the pages: the question first, what came of it afterwards."""

from typing import Any

import pytest
from sqlalchemy import select

from shopify_bot.bot import Bot
from shopify_bot.states import State
from shopify_bot.tables import Publication, Review, Shop, now
from tests.review.browser import Browser, words
from tests.review.seeding import (
    add_publication,
    add_review,
    add_shop,
    decisions_of,
    in_store,
    set_state,
    state_of,
)

COLLECTION, CHANNEL = "gid://shopify/Collection/1", "gid://shopify/Publication/1"
BEFORE = {"category_name": "Apparel", "category_id": "gid://a", "status": "DRAFT", "tags": ["sale"]}
AFTER = {
    "category_name": "Apparel > Shirts",
    "category_id": "gid://b",
    "category_written": "gid://b",
    "product_type": "Shirt",
    "tags": ["sale", "shirts"],
    "collection": COLLECTION,
    "collection_title": "Topwear",
}


def add_published(bot: Bot, shop: Shop, **values: Any) -> int:
    """A review that was decided by Ann and published."""
    review = add_review(bot, shop, **values)
    add_publication(bot, review, "Shirts", in_store(**BEFORE), in_store(**AFTER))
    filing = {
        "label": "Shirts",
        "category_id": "gid://b",
        "category": "Apparel > Shirts",
        "product_type": "Shirt",
        "tags": ["shirts"],
        "collection": "Topwear",
    }
    plan = {"decision_id": 1, "filing": filing, "publications": [CHANNEL], "status": "ACTIVE"}
    with bot.database.writing() as session:
        row = session.scalars(select(Publication).where(Publication.review_id == review)).one()
        row.plan = {**plan, "tags": ["shirts"], "joined": {COLLECTION: False}, "channels": [CHANNEL]}
        row.plan |= {"wrote": {"category": ["gid://b"], "productType": ["Shirt"], "status": ["ACTIVE"]}}
    set_state(bot, review, State.PUBLISHED)
    return review


@pytest.fixture
def published(ann: Browser, bot: Bot, shop: Shop) -> int:
    return add_published(bot, shop)


def test_it_asks_first_and_says_what_is_put_back(ann: Browser, bot: Bot, published: int) -> None:
    page = ann.open(f"/review/{published}")
    page = ann.open(page.find("a", string="Revert in store…")["href"])
    rows = [[words(cell) for cell in row.select("th, td")] for row in page.select(".changes tbody tr")]
    assert rows == [
        ["Category", "Apparel > Shirts", "Apparel"],
        ["Type", "Shirt", "Taken away"],
        ["Tags", "shirts", "Taken away"],
        ["Collection", "Topwear", "Taken away"],
        ["Status", "Active", "Draft"],
        ["Sales channels", "On 1 channel", "Taken off"],
    ]
    assert state_of(bot, published) == State.PUBLISHED
    ann.press("Revert in store")
    assert state_of(bot, published) == State.REVERTING
    assert decisions_of(bot, published) == [("revert", None, "ann", "web")]
    assert ann.path == f"/review/{published}"
    assert "is being taken back" in ann.toast


def test_a_second_click_is_harmless(ann: Browser, bot: Bot, published: int) -> None:
    ann.open(f"/review/{published}/revert")
    for _ in range(2):
        assert ann.post(f"/review/{published}/revert").status_code == 303
    assert [kind for kind, *_ in decisions_of(bot, published)] == ["revert"]


@pytest.mark.parametrize("state", [State.PENDING, State.APPROVED, State.SKIPPED])
def test_what_is_not_published_cannot_be_taken_back(ann: Browser, bot: Bot, shop: Shop, state: State) -> None:
    review = add_review(bot, shop, state=state)
    page = ann.open(f"/review/{review}")
    assert page.find("a", string="Revert in store…") is None
    ann.open(f"/review/{review}/revert")
    assert ann.path == f"/review/{review}"
    assert "nothing to take back" in ann.toast
    ann.post(f"/review/{review}/revert")
    assert state_of(bot, review) == state
    assert "Nothing was changed" in words(ann.open("/review").select_one(".toast"))


def again(bot: Bot, published: int, state: State) -> int:
    """Another review of the same product."""
    with bot.database.writing() as session:
        row = session.get_one(Review, published)
        later = Review(shop_id=row.shop_id, product_id=row.product_id, state=state)
        session.add(later)
        session.flush()
        return later.id


def test_a_later_publication_must_be_taken_back_first(ann: Browser, bot: Bot, published: int) -> None:
    """It is said before somebody is asked to confirm, and a form from before finds it refused."""
    later = again(bot, published, State.PUBLISHED)
    add_publication(bot, later, "Watches", in_store(**BEFORE), in_store(**AFTER))
    ann.open(f"/review/{published}/revert")
    assert ann.path == f"/review/{published}"
    assert f"Take back review {later} first" in ann.toast
    ann.post(f"/review/{published}/revert")
    assert f"Take back review {later} first" in ann.open("/review").select_one(".toast").text
    assert state_of(bot, published) == State.PUBLISHED


def test_nor_while_the_product_is_about_to_be_published_again(ann: Browser, bot: Bot, published: int) -> None:
    """There is nothing to take back of the other yet, so that is not what is asked for."""
    later = again(bot, published, State.APPROVED)
    ann.open(f"/review/{published}/revert")
    assert f"about to be published again, by review {later}. Undo that approval" in ann.toast


def test_afterwards_the_page_says_what_was_put_back_and_what_was_left(
    ann: Browser, bot: Bot, published: int
) -> None:
    ann.open(f"/review/{published}/revert")
    ann.press("Revert in store")
    with bot.database.writing() as session:
        row = session.scalars(select(Publication)).one()
        row.reverted_at = now()
        row.reverted = {
            "put_back": [{"what": "Status", "to": "Draft"}],
            "left": [{"what": "Category", "because": "somebody changed it to Dresses since"}],
        }
    set_state(bot, published, State.REVERTED)
    page = ann.open(f"/review/{published}")
    assert [words(line) for line in page.select(".facts div")] == [
        "Status Draft",
        "Category somebody changed it to Dresses since",
    ]
    story = [words(line) for line in page.select(".story li > span")]
    assert story[-3:] == [
        "Published as Shirts",
        "Reverted by ann",
        "Taken back in the store, except for what was left",
    ]
    assert "somebody changed it to Dresses since" in words(ann.open("/history"))


def test_what_was_taken_back_can_be_reviewed_again(ann: Browser, bot: Bot, published: int) -> None:
    set_state(bot, published, State.REVERTED)
    ann.open(f"/review/{published}")
    ann.press("Review again")
    assert state_of(bot, published) == State.REVERTED
    assert ann.path == f"/review/{published + 1}"
    assert state_of(bot, published + 1) == State.RECEIVED
    assert "is being classified" in ann.toast
    ann.open(f"/review/{published}")
    ann.press("Review again")
    assert "Nothing was changed" in ann.toast


@pytest.mark.parametrize("state", [State.FAILED, State.PUBLISHED])
def test_one_that_failed_stands_among_the_problems_and_is_tried_again(
    ann: Browser, bot: Bot, published: int, state: State
) -> None:
    """It is `published` where its product has another open review by then."""
    set_state(bot, published, state, error="The store said no.")
    assert "The store said no." in words(ann.open(f"/review/{published}"))
    assert "The store said no." in words(ann.open("/operations"))
    ann.press("Try again")
    assert state_of(bot, published) == State.REVERTING


def test_another_shops_review_is_not_there(ann: Browser, bot: Bot, shop: Shop) -> None:
    foreign = add_published(bot, add_shop(bot, "other.myshopify.com"))
    ann.open("/review")
    assert ann.client.get(f"/review/{foreign}/revert").status_code == 404
    assert ann.post(f"/review/{foreign}/revert").status_code == 404
    assert state_of(bot, foreign) == State.PUBLISHED


def test_the_question_is_asked_in_the_readers_language(ann: Browser, published: int) -> None:
    ann.client.environ_base["HTTP_ACCEPT_LANGUAGE"] = "fr"
    table = [words(row) for row in ann.open(f"/review/{published}/revert").select(".changes tbody tr")]
    assert [row for row in table if "canal" in row] == ["Canaux de vente Sur 1 canal Retiré"]
    assert "Actif Brouillon" in " ".join(table)
