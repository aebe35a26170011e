"""Finding a label by what a person types."""

import pytest

from shopify_bot.bot import Bot
from shopify_bot.tables import Mapping, Shop
from tests.review.browser import Browser


def found(browser: Browser, typed: str) -> list[str]:
    """The labels that are offered, in their order."""
    answer = browser.client.get("/labels.json", query_string={"q": typed}).get_json()
    assert answer["problem"] is None
    return [each["value"] for each in answer["found"]]


@pytest.mark.parametrize(
    ("typed", "labels"),
    [
        ("watch", ["Watches"]),
        ("SHIRT", ["Shirts", "Tshirts"]),
        ("tees", ["Tshirts"]),
        ("jewelry", ["Watches"]),
        ("clothing tops", ["Shirts", "Tshirts"]),
        ("sho ath", ["Sports Shoes"]),
        ("spaceship", []),
        ("%", []),
        ("x" * 10_000, []),
        ("", ["Sports Shoes", "Shirts", "Tshirts", "Watches"]),
    ],
)
def test_by_name_tag_type_and_path(ann: Browser, typed: str, labels: list[str]) -> None:
    assert found(ann, typed) == labels


def test_by_the_categories_that_the_shop_chose(ann: Browser, bot: Bot, shop: Shop) -> None:
    with bot.database.writing() as session:
        session.add(
            Mapping(shop_id=shop.id, label="Watches", category_id="gid://x", category_name="Gifts > Clocks")
        )
    assert found(ann, "clocks") == ["Watches"]
    (offer,) = ann.client.get("/labels.json?q=clocks").get_json()["found"]
    assert (offer["value"], offer["text"], offer["note"]) == ("Watches", "Watches", "Gifts > Clocks")


def test_all_labels_come_with_what_they_are_found_by(ann: Browser) -> None:
    """So that a page need not ask again for every letter."""
    answer = ann.client.get("/labels.json").get_json()
    assert answer["whole"]
    shirts = next(each for each in answer["found"] if each["value"] == "Tshirts")
    assert shirts["also"].split() == ["T-Shirt", "tees"]
    assert shirts["path"] == "Topwear Apparel & Accessories > Clothing > Clothing Tops > T-Shirts"
    assert not ann.client.get("/labels.json?q=shirt").get_json()["whole"]


def test_only_for_somebody_signed_in(ann: Browser) -> None:
    ann.open("/review")
    ann.press("Sign out")
    assert ann.client.get("/labels.json?q=watch").status_code == 303
