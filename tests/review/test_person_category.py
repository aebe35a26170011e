"""A category that a person set: beside ours on the card and the page, and the merchant chooses."""

from typing import Any

import pytest
from sqlalchemy import select

from shopify_bot.bot import Bot
from shopify_bot.states import State
from shopify_bot.tables import Decision, Product, Review, Shop
from tests.review.browser import Browser, words
from tests.review.seeding import add_publication, add_review, in_store, set_state, state_of

BLOUSES = "gid://shopify/TaxonomyCategory/aa-1-13-1"
SHIRTS = "gid://shopify/TaxonomyCategory/aa-1-13-7"
THEIRS: dict[str, Any] = {"category_id": BLOUSES, "category_name": "Apparel > Clothing Tops > Blouses"}


def chosen(bot: Bot, review_id: int) -> tuple[str, str | None, bool, str | None]:
    """Kind, label, whether it replaces the category, and the category that was seen."""
    with bot.database.reading() as session:
        query = select(Decision).where(Decision.review_id == review_id).order_by(Decision.id.desc())
        last = session.scalars(query).first()
        assert last is not None
        return last.kind, last.label, last.replaces_category, last.store_category_id


@pytest.mark.parametrize("page", ["/review", "/review/1"])
def test_it_stands_beside_ours(ann: Browser, bot: Bot, shop: Shop, page: str) -> None:
    add_review(bot, shop, product=THEIRS)
    shown = ann.open(page)
    told = [words(line) for line in shown.select(".clash div")]
    assert told == ["In the store Blouses , set by a person: it stays unless you replace it", "Ours Shirts"]
    assert words(shown.select_one("button.best")) == "Approve Shirts , keep Blouses A"
    assert words(shown.select_one("button.replace")) == "Approve and replace Blouses with Shirts R"


def test_the_page_says_what_approving_writes(ann: Browser, bot: Bot, shop: Shop) -> None:
    add_review(bot, shop, product=THEIRS)
    page = ann.open("/review")
    assert words(page.select_one(".changes tbody tr")) == (
        "Category Apparel > Clothing Tops > Blouses Apparel > Clothing Tops > Blouses "
        "A person set it, so it stays. Ours would be Shirts."
    )
    ann.press("Approve Shirts")
    assert ann.toast.endswith(
        "to the store: type Shirt, tag shirts, in the collection Topwear, active in the Online Store."
    )


@pytest.mark.parametrize(
    ("product", "status", "end"),
    [
        (
            {"tags": ["Shirts"]},
            "ACTIVE",
            "Shirts, type Shirt, in the collection Topwear, active in the Online Store",
        ),
        ({"store_status": "DRAFT"}, "UNCHANGED", "stays draft"),
        ({"store_status": "ACTIVE"}, "DRAFT", "as a draft"),
        ({"store_status": "ACTIVE"}, "UNCHANGED", "active in the Online Store"),
        ({"store_status": "ARCHIVED"}, "ACTIVE", "stays archived"),
        ({"store_status": "UNLISTED"}, "DRAFT", "stays unlisted"),
    ],
)
def test_the_status_that_approving_leaves_is_said(
    ann: Browser, bot: Bot, shop: Shop, product: dict[str, Any], status: str, end: str
) -> None:
    """What somebody has put away is not brought back."""
    add_review(bot, shop, product=product)
    with bot.database.writing() as session:
        session.scalars(select(Shop)).one().publish_status = status
    noted = words(ann.open("/review/1").select(".changes tbody tr")[-1])
    assert ("so it stays" in noted) == (product.get("store_status") in ("ARCHIVED", "UNLISTED"))
    ann.press("Approve Shirts")
    assert ann.toast.endswith(f"{end}.")


@pytest.mark.parametrize(
    ("button", "fields", "expected"),
    [
        ("Approve Shirts", {}, ("approve", "Shirts", False, BLOUSES)),
        ("Approve and replace", {}, ("approve", "Shirts", True, BLOUSES)),
        ("Tshirts", {}, ("correct", "Tshirts", False, BLOUSES)),
        ("Correct", {"label": "Watches"}, ("correct", "Watches", False, BLOUSES)),
        ("Correct", {"label": "Watches", "replace_category": "1"}, ("correct", "Watches", True, BLOUSES)),
    ],
)
def test_the_merchant_chooses(
    ann: Browser, bot: Bot, shop: Shop, button: str, fields: dict[str, str], expected: tuple[Any, ...]
) -> None:
    review = add_review(bot, shop, product=THEIRS)
    ann.open("/review")
    ann.press(button, **fields)
    assert chosen(bot, review) == expected
    assert ("replacing the category" in ann.toast) == expected[2]


def test_the_choice_is_about_the_category_on_screen(ann: Browser, bot: Bot, shop: Shop) -> None:
    """Publishing keeps another one that somebody set since."""
    review = add_review(bot, shop, product=THEIRS)
    ann.open("/review")
    with bot.database.writing() as session:
        session.scalars(select(Product)).one().category_id = "gid://shopify/TaxonomyCategory/aa-1-4"
    ann.press("Approve and replace")
    assert chosen(bot, review) == ("approve", "Shirts", True, BLOUSES)


def test_a_double_click_on_replace_counts_once(ann: Browser, bot: Bot, shop: Shop) -> None:
    review = add_review(bot, shop, product=THEIRS)
    ann.open("/review")
    for _ in range(2):
        assert ann.post(f"/review/{review}/approve", replace_category="1").status_code == 303
        set_state(bot, review, State.PUBLISHING)
    assert "success" in ann.open("/review").select_one(".toast")["class"]
    assert ann.post(f"/review/{review}/approve").status_code == 303
    assert "warning" in ann.open("/review").select_one(".toast")["class"]


@pytest.mark.parametrize(
    "product",
    [{}, {"category_id": SHIRTS, "category_name": "Shirts"}],
    ids=["none", "the same as ours"],
)
def test_where_there_is_nothing_to_choose_nothing_is_asked(
    ann: Browser, bot: Bot, shop: Shop, product: dict[str, Any]
) -> None:
    add_review(bot, shop, product=product)
    page = ann.open("/review")
    assert page.select(".clash, .replace") == []
    assert words(page.select_one("button.best")) == "Approve Shirts A"


def test_one_that_we_wrote_is_no_persons(ann: Browser, bot: Bot, shop: Shop) -> None:
    review = add_review(bot, shop, product=THEIRS, state=State.PUBLISHED)
    after = in_store(category_id=BLOUSES, category_name="Blouses", category_written=BLOUSES)
    add_publication(bot, review, "Watches", in_store(), after)
    with bot.database.writing() as session:
        row = session.get_one(Review, review)
        session.add(Review(shop_id=row.shop_id, product_id=row.product_id, state=State.SKIPPED))
    page = ann.open("/review?state=skipped")
    assert "set by a person" not in words(page.select_one("article.one"))


def test_without_a_prediction_the_store_alone_is_shown(ann: Browser, bot: Bot, shop: Shop) -> None:
    review = add_review(bot, shop, top=(), product=THEIRS)
    page = ann.open("/review")
    (line,) = page.select(".clash div")
    assert words(line) == "In the store Blouses , set by a person: it stays unless you replace it"
    ann.press("Use label", label="Watches", replace_category="1")
    assert chosen(bot, review) == ("correct", "Watches", True, BLOUSES)


def test_what_was_kept_is_said_on_the_page_and_in_the_history(ann: Browser, bot: Bot, shop: Shop) -> None:
    review = add_review(bot, shop, product=THEIRS)
    ann.open("/review")
    ann.press("Approve Shirts")
    sentence = "The category Blouses was kept: a person had set it."
    add_publication(bot, review, "Shirts", in_store(), in_store(said=[sentence], category_written=None))
    set_state(bot, review, State.PUBLISHED)
    assert sentence in words(ann.open(f"/review/{review}"))
    assert sentence in words(ann.open("/history").select_one(".entry-said"))
    assert state_of(bot, review) == State.PUBLISHED
