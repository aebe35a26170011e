"""The page on which one product is reviewed at a time: what it shows, and which product comes when."""

from typing import Any

import pytest
from bs4 import BeautifulSoup, Tag

from shopify_bot.bot import Bot
from shopify_bot.finding.paging import Keyset
from shopify_bot.finding.selection import Selection
from shopify_bot.review.queue.walk import Walk
from shopify_bot.states import State
from shopify_bot.tables import Review, Shop
from tests.review.browser import Browser, words
from tests.review.seeding import ONLY_CATEGORY, SURE, add_review, add_shop, set_state, state_of

CDN = "https://cdn.shopify.com"


def shown(page: Tag) -> int:
    """Id of the review on screen."""
    article = page.select_one("#stage article.one")
    assert article is not None
    return int(str(article["data-review"]))


def pieces(browser: Browser, path: str) -> list[int]:
    """Ids of the reviews that `/review/next` tells."""
    answer = browser.client.get(path, headers={"Accept": "application/json"}).get_json()
    return [shown_in(html) for html in answer["fragments"]]


def shown_in(html: str) -> int:
    """Id of the review that a piece of the page shows."""
    article = BeautifulSoup(html, "html.parser").article
    assert article is not None
    return int(str(article["data-review"]))


def test_it_shows_the_first_with_its_four_likeliest_labels(ann: Browser, bot: Bot, shop: Shop) -> None:
    first = add_review(bot, shop, product={"vendor": "Acme", "image_url": f"{CDN}/1.jpg"})
    add_review(bot, shop, "Red shirt")
    page = ann.open("/review")
    assert shown(page) == first
    article = page.select_one("article.one")
    assert (article["data-product"], article["data-state"]) == ("gid://shopify/Product/1", "pending")
    assert [(each["data-key"], words(each)) for each in article.select(".choice")] == [
        ("1", "1 Shirts 91%"),
        ("2", "2 Tshirts 6%"),
        ("3", "3 Sports Shoes 2%"),
        ("4", "4 Watches 1%"),
    ]
    assert [(each["data-key"], words(each)) for each in article.select(".act button")] == [
        ("a", "Approve Shirts A"),
        ("s", "Skip S"),
        ("x", "Not ours X"),
    ]
    assert words(article.select_one(".one-title")) == "To review Acme Blue shirt"
    assert (article.img["src"], article.img["alt"]) == (f"{CDN}/1.jpg", "Blue shirt")
    assert words(page.select_one("#left")) == "2 left"


def test_the_next_ones_stand_ready_in_the_page(ann: Browser, bot: Bot, shop: Shop) -> None:
    reviews = [add_review(bot, shop, f"Product {number}") for number in range(8)]
    text = ann.client.get("/review").text
    ready = BeautifulSoup(text, "html.parser").find_all("template", class_="ahead")
    assert [int(str(template.article["data-review"])) for template in ready] == reviews[1:6]


def test_every_picture_can_be_looked_at_without_a_script(ann: Browser, bot: Bot, shop: Shop) -> None:
    product = {
        "image_url": f"{CDN}/1.jpg",
        "pictures": [f"{CDN}/1.jpg", f"{CDN}/2.jpg", "javascript:alert(1)"],
    }
    page = ann.open(f"/review/{add_review(bot, shop, product=product)}")
    assert [image["src"] for image in page.select(".shot img")] == [f"{CDN}/1.jpg", f"{CDN}/2.jpg"]
    for link, shot in zip(page.select(".thumbs a"), page.select(".shot"), strict=True):
        assert link["href"] == f"#{shot['id']}"
    assert page.select(".shot img")[1]["loading"] == "lazy"


def test_one_picture_needs_no_row_of_small_ones(ann: Browser, bot: Bot, shop: Shop) -> None:
    product = {"image_url": f"{CDN}/1.jpg", "pictures": [f"{CDN}/1.jpg"]}
    assert not ann.open(f"/review/{add_review(bot, shop, product=product)}").select(".thumbs")


@pytest.mark.parametrize(
    ("predicted", "top", "sentence"),
    [
        (
            SURE,
            0.91,
            "In tests, about 91 of 100 predictions like this were right. It is sure enough",
        ),
        (SURE, 0.9991, "In tests, more than 99 of 100 predictions like this were right. It is sure"),
        (
            ONLY_CATEGORY,
            0.44,
            "Approving takes the best guess, Shirts. In tests, about 44 of 100 predictions",
        ),
        (ONLY_CATEGORY, 0.003, "In tests, about 1 of 100 predictions like this was right."),
        ({}, 0.91, ""),
    ],
)
def test_how_sure_it_is_is_said_as_a_share_of_a_hundred(
    ann: Browser, bot: Bot, shop: Shop, predicted: dict[str, Any], top: float, sentence: str
) -> None:
    """A probability of an earlier version was not calibrated, so nothing is said of it."""
    page = ann.open(f"/review/{add_review(bot, shop, top=(('Shirts', top),), predicted=predicted)}")
    said = words(page.select_one(".one-sure"))
    assert sentence in said
    assert ("In tests" in said) == bool(predicted)


def test_collections_are_kept_and_ours_is_added(ann: Browser, bot: Bot, shop: Shop) -> None:
    page = ann.open(f"/review/{add_review(bot, shop, product={'collections': ['Sale', 'Summer']})}")
    row = page.select(".changes tbody tr")[3]
    assert [words(cell) for cell in row.select("th, td")] == [
        "Collection",
        "Sale Summer",
        "Sale Summer Topwear",
    ]
    assert [chip.get_text() for chip in row.select(".chip.new")] == ["Topwear"]


@pytest.mark.parametrize(
    ("sort", "order"),
    [
        ("oldest", [0, 1, 2]),
        ("newest", [2, 1, 0]),
        ("least_sure", [1, 2, 0]),
        ("alike", [0, 2, 1]),
        ("no", [0, 1, 2]),
    ],
)
@pytest.mark.parametrize("database", ["sqlite", "postgresql"], indirect=True)
def test_products_come_in_the_order_asked_for(
    ann: Browser, bot: Bot, shop: Shop, sort: str, order: list[int]
) -> None:
    """Without a script, from one page to the next."""
    reviews = [
        add_review(bot, shop, confidence=confidence, alike=alike)
        for confidence, alike in ((0.9, 1), (0.2, 2), (0.6, 1))
    ]
    page = ann.open(f"/review?sort={sort}")
    seen = [shown(page)]
    for _ in range(2):
        page = ann.press("Approve Shirts")
        seen.append(shown(page))
    assert seen == [reviews[place] for place in order]
    ann.press("Approve Shirts")
    assert "all caught up" in ann.page.get_text() or "Nothing is left" in ann.page.get_text()


def test_the_order_is_chosen_on_the_page(ann: Browser, bot: Bot, shop: Shop) -> None:
    add_review(bot, shop, confidence=0.9)
    unsure = add_review(bot, shop, confidence=0.1)
    page = ann.open("/review")
    menu = page.select_one("details.order")
    assert words(menu.summary) == "Order: Oldest first"
    page = ann.open(menu.find("a", string="Least sure first")["href"])
    assert shown(page) == unsure
    assert words(page.select_one("details.order summary")) == "Order: Least sure first"


def test_a_selection_of_the_table_is_gone_through(ann: Browser, bot: Bot, shop: Shop) -> None:
    wanted = [add_review(bot, shop, "Blue", vendor="Acme"), add_review(bot, shop, "Red", vendor="Acme")]
    add_review(bot, shop, "Other", vendor="Other")
    page = ann.open("/review?vendor=Acme")
    assert words(page.select_one("#left")) == "2 left"
    assert shown(page) == wanted[0]
    page = ann.press("Approve Shirts")
    assert shown(page) == wanted[1]
    page = ann.press("Skip")
    assert words(page.select_one(".empty h1")) == "Nothing is left of your selection"
    assert state_of(bot, wanted[1]) == State.SKIPPED


def test_neighbours_are_reached_without_deciding(ann: Browser, bot: Bot, shop: Shop) -> None:
    reviews = [add_review(bot, shop, f"Product {number}") for number in range(3)]
    page = ann.open(f"/review/{reviews[1]}?sort=newest")
    assert page.select_one("a[data-key=j]")["href"] == f"/review/{reviews[0]}?sort=newest"
    assert page.select_one("a[data-key=k]")["href"] == f"/review/{reviews[2]}?sort=newest"
    page = ann.open(f"/review/{reviews[0]}")
    assert not page.select_one("a[data-key=k]").has_attr("href")


def test_skipped_ones_are_taken_up_and_decided_one_after_the_other(
    ann: Browser, bot: Bot, shop: Shop
) -> None:
    first, second = (add_review(bot, shop, title, State.SKIPPED) for title in ("One", "Two"))
    page = ann.open("/review?state=skipped")
    assert shown(page) == first
    ann.press("Take up again")
    assert ann.path == f"/review/{first}"
    page = ann.press("Approve Shirts")
    assert shown(page) == second


def test_what_comes_next_leaves_out_what_is_there_already(ann: Browser, bot: Bot, shop: Shop) -> None:
    reviews = [add_review(bot, shop, f"Product {number}") for number in range(6)]
    a, b, c, d, e, f = reviews
    assert pieces(ann, "/review/next?want=3") == [a, b, c]
    assert pieces(ann, f"/review/next?want=2&after={b}&held={c}") == [d, e]
    assert pieces(ann, f"/review/next?want=4&after={e}&held={a},{e}") == [f, b, c, d]
    assert pieces(ann, f"/review/next?before={d}") == [c]
    assert pieces(ann, f"/review/next?before={d}&held={c}") == [b]
    assert pieces(ann, "/review/next") == []
    assert len(pieces(ann, "/review/next?want=99999")) == 6
    assert pieces(ann, "/review/next?want=x&held=,,z&after=~") == []


def test_what_comes_next_is_of_this_shop(ann: Browser, bot: Bot, shop: Shop) -> None:
    add_review(bot, add_shop(bot, "other.myshopify.com"), "A secret product")
    answer = ann.client.get("/review/next?want=5").get_json()
    assert (answer["fragments"], answer["left"]) == ([], 0)
    assert "all caught up" in answer["empty"]


def test_what_comes_next_tells_how_many_are_left(ann: Browser, bot: Bot, shop: Shop) -> None:
    add_review(bot, shop, vendor="Acme")
    set_state(bot, add_review(bot, shop), State.SKIPPED)
    answer = ann.client.get("/review/next?want=5&vendor=Acme").get_json()
    assert (answer["left"], answer["totals"]["skipped"], answer["empty"]) == (1, 1, None)


@pytest.mark.parametrize("database", ["sqlite", "postgresql"], indirect=True)
def test_the_next_ones_are_found_by_an_index(bot: Bot, shop: Shop) -> None:
    """However many others there are: nothing is sorted and no table is read as a whole."""
    walk = Walk(shop, Selection(states=(State.PENDING,)))
    keyset = Keyset(walk.selection.key, walk.conditions())
    ((_part, query),) = keyset.queries(None, descends=False)
    with bot.database.reading() as session:
        connection = session.connection()
        is_sqlite = connection.dialect.name == "sqlite"
        if not is_sqlite:
            connection.exec_driver_sql("SET enable_seqscan = off")
        sql = query.limit(6).compile(connection, compile_kwargs={"literal_binds": True})
        explained = connection.exec_driver_sql(f"EXPLAIN {'QUERY PLAN ' if is_sqlite else ''}{sql}")
        plan = " ".join(map(str, explained))
    assert "ix_reviews_shop_id_state_id" in plan
    assert "Sort" not in plan
    assert "TEMP B-TREE" not in plan


def test_a_hostile_product_is_text_in_a_piece_too(ann: Browser, bot: Bot, shop: Shop) -> None:
    title = "<script>alert(1)</script>\u202e{{ 7*7 }}"
    add_review(bot, shop, title, product={"vendor": title, "collections": [title], "tags": [title]})
    (html,) = ann.client.get("/review/next?want=1").get_json()["fragments"]
    piece = BeautifulSoup(html, "html.parser")
    assert not piece.select("script")
    assert piece.h1.bdi.get_text() == title


def test_the_columns_of_a_review_are_not_needed_to_show_it(ann: Browser, bot: Bot, shop: Shop) -> None:
    """One that was decided elsewhere can still be looked at, whatever the way leads through."""
    with bot.database.writing() as session:
        review = session.get_one(Review, add_review(bot, shop, state=State.PUBLISHED))
        review.confidence = None
    assert shown(ann.open("/review/1?sort=least_sure")) == 1
