"""What the pages show."""

import os
import subprocess
import sys
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from shopify_bot.bot import Bot
from shopify_bot.review.headers import content_security_policy
from shopify_bot.review.times import due, spoken
from shopify_bot.settings import ROOT, Settings
from shopify_bot.shops import uninstall
from shopify_bot.states import State
from shopify_bot.tables import Shop, now
from tests.review.browser import Browser, words
from tests.review.seeding import (
    ONLY_CATEGORY,
    SURE,
    UNSURE,
    add_publication,
    add_review,
    add_shop,
    decisions_of,
    in_store,
    set_state,
)

HOSTILE = (
    "<script>alert(1)</script><img src=x onerror=alert(1)>",
    "\u202egnirts desrever\u202c",
    "W" * 10_000,
    "👗🔥" * 300,
    "\"><svg onload=alert(1)> ' & {{ 7*7 }}",
    "",
)
PAGES = ("/review", "/review?state=skipped", "/history", "/operations", "/review/1")


@pytest.mark.parametrize(
    ("predicted", "said", "hint"),
    [
        (SURE, "Sure from picture and title", ""),
        (
            ONLY_CATEGORY,
            "Topwear, which one is unsure from the picture alone",
            "Sure of Topwear only. Approving takes the best guess, Shirts.",
        ),
        (
            ONLY_CATEGORY | {"category": "Shirts"},
            "Not quite sure from the picture alone",
            "Sure of the category, not of the label. Approving takes the best guess, Shirts.",
        ),
        (
            UNSURE,
            "Unsure from the title alone",
            "The model is unsure. Approving takes the best guess, Shirts.",
        ),
    ],
    ids=lambda value: value["sure"] if isinstance(value, dict) else "",
)
def test_the_page_says_what_is_sure_and_what_was_seen(
    ann: Browser, bot: Bot, shop: Shop, predicted: dict[str, Any], said: str, hint: str
) -> None:
    review = add_review(bot, shop, predicted=predicted)
    for path in ("/review", f"/review/{review}"):
        page = ann.open(path)
        assert words(page.select_one(".sure")) == said
        assert len(page.select(".choice")) == 4
        best = page.select_one("button.best")
        described = page.find(id=best.get("aria-describedby"))
        assert ("unsure" in best["class"]) == bool(hint)
        assert (words(described) if hint else "") == hint
    ann.press("Approve Shirts")
    assert decisions_of(bot, review) == [("approve", "Shirts", "ann", "web")]


def test_a_product_without_a_picture_is_predicted_from_its_title(ann: Browser, bot: Bot, shop: Shop) -> None:
    review = add_review(bot, shop, predicted=SURE | {"kind": "text"}, note="no usable picture: none came")
    page = ann.open(f"/review/{review}")
    assert words(page.select_one(".sure")) == "Sure from the title alone"
    assert "no usable picture: none came" in page.select_one(".note").get_text()
    story = [words(line) for line in page.select(".story li > span")]
    assert story[1] == "Predicted: Shirts, 91%, from the title alone by small-1"


def test_a_prediction_of_an_earlier_version_says_nothing_it_does_not_know(
    ann: Browser, bot: Bot, shop: Shop
) -> None:
    page = ann.open(f"/review/{add_review(bot, shop)}")
    assert words(page.select_one(".sure")) == ""
    assert "unsure" not in page.select_one("button.best")["class"]
    assert "Predicted: Shirts, 91% by small-1" in words(page.select_one(".story"))


@pytest.mark.parametrize(("probability", "percent"), [(0.9999, ">99%"), (1.0, "100%"), (0.004, "<1%")])
def test_a_probability_is_never_rounded_to_certainty(
    ann: Browser, bot: Bot, shop: Shop, probability: float, percent: str
) -> None:
    add_review(bot, shop, top=(("Shirts", probability),))
    page = ann.open("/review")
    assert page.select_one(".choice .percent").get_text() == percent


def test_the_page_of_a_product_says_what_approving_writes(ann: Browser, bot: Bot, shop: Shop) -> None:
    product = {"product_type": "Misc", "tags": ["sale"], "category_name": "Apparel", "store_status": "DRAFT"}
    review = add_review(bot, shop, product=product)
    page = ann.open(f"/review/{review}")
    rows = [[words(cell) for cell in row.select("th, td")] for row in page.select(".changes tbody tr")]
    assert rows == [
        ["Category", "Apparel", "Apparel & Accessories > Clothing > Clothing Tops > Shirts"],
        ["Type", "Misc", "Shirt"],
        ["Tags", "sale", "sale shirts"],
        ["Collection", "None known", "Topwear"],
        ["Status", "Draft", "Active, in the Online Store"],
    ]


def test_a_corrected_product_shows_what_the_chosen_label_writes(ann: Browser, bot: Bot, shop: Shop) -> None:
    review = add_review(bot, shop)
    ann.open(f"/review/{review}")
    ann.press("Watches")
    page = ann.open(f"/review/{review}")
    assert page.select_one(".writes-title").get_text() == "What is being written to the store"
    assert words(page.select_one(".changes tbody tr")).endswith("Jewelry > Watches")


def test_a_published_product_shows_what_stood_there_before(ann: Browser, bot: Bot, shop: Shop) -> None:
    before = in_store(category_name="Apparel", product_type="Misc", tags=["sale"], status="DRAFT")
    after = in_store(
        category_name="Apparel > Tops", product_type="Shirt", tags=["sale", "shirts"], published=True
    )
    review = add_review(bot, shop, state=State.PUBLISHED)
    add_publication(bot, review, "Shirts", before, after)
    page = ann.open(f"/review/{review}")
    rows = [[words(cell) for cell in row.select("th, td")] for row in page.select(".changes tr")]
    assert rows == [
        ["", "Before", "After"],
        ["Category", "Apparel", "Apparel > Tops"],
        ["Type", "Misc", "Shirt"],
        ["Tags", "sale", "sale shirts"],
        ["Collection", "None", "Topwear"],
        ["Status", "Draft", "Active, in your sales channels"],
    ]
    assert [tag.get_text() for tag in page.select(".chip.new")] == ["shirts"]


def test_a_label_that_the_model_no_longer_has_is_still_shown(ann: Browser, bot: Bot, shop: Shop) -> None:
    review = add_review(bot, shop, top=(("Capes", 0.7), ("Shirts", 0.3)))
    page = ann.open(f"/review/{review}")
    assert ann.has_button("Approve Capes")
    assert words(page.select_one(".changes tbody tr")) == "Category None As you choose"


@pytest.mark.parametrize("title", HOSTILE)
def test_a_hostile_title_is_text(ann: Browser, bot: Bot, shop: Shop, title: str) -> None:
    review = add_review(bot, shop, title, product={"vendor": title})
    add_review(bot, shop, title, State.FAILED, error=title)
    for path in ("/review", f"/review/{review}", "/operations"):
        page = ann.open(path)
        assert ann.response.status_code == 200
        assert not page.select("[onerror], [onload], main script, svg[onload]")
        shown = page.select_one("h2 bdi, h1 bdi, .problem-title bdi").get_text()
        expected = title or "Untitled product"
        assert shown == expected or (shown.endswith("…") and expected.startswith(shown[:-1]))
    ann.open(f"/review/{review}")
    ann.press("Approve Shirts")
    page = ann.open("/history")
    assert page.select_one(".entry-product bdi").get_text()[:20] == (title or "Untitled product")[:20]


def test_a_picture_address_that_is_no_address_is_not_shown(ann: Browser, bot: Bot, shop: Shop) -> None:
    add_review(bot, shop, product={"image_url": "javascript:alert(1)"})
    page = ann.open("/review")
    assert page.select_one("article img") is None
    assert "No picture" in page.get_text()


@pytest.mark.parametrize(
    ("path", "sentence"),
    [
        ("/review", "You are all caught up"),
        ("/review?state=skipped", "Nothing was skipped"),
        ("/history", "No decisions yet"),
        ("/operations", "No problems"),
    ],
)
def test_an_empty_page_says_what_happens_next(ann: Browser, path: str, sentence: str) -> None:
    page = ann.open(path)
    assert page.select_one(".empty :is(h1, h2)").get_text() == sentence
    assert page.select_one(".empty p").get_text()


def test_an_empty_queue_tells_what_is_on_its_way(ann: Browser, bot: Bot, shop: Shop) -> None:
    add_review(bot, shop, state=State.CLASSIFYING)
    assert "on their way" in ann.open("/review").select_one(".empty h1").get_text()
    set_state(bot, 1, State.SKIPPED)
    assert "except for what you skipped" in ann.open("/review").select_one(".empty h1").get_text()


@pytest.mark.parametrize("after", ["x", "-1", "99999999999999999999999", "1e3", ""])
def test_a_senseless_page_is_the_first(ann: Browser, bot: Bot, shop: Shop, after: str) -> None:
    add_review(bot, shop)
    for path in ("/review/next?want=1&after=", "/history?before=", "/operations?before="):
        ann.open(path + after)
        assert ann.response.status_code == 200


@pytest.mark.parametrize("number", ["0", "12345", "99999999999999999999999"])
def test_a_review_that_is_not_there_is_a_page_of_ours(ann: Browser, number: str) -> None:
    page = ann.open(f"/review/{number}")
    assert ann.response.status_code == 404
    assert "cannot find" in page.h1.get_text()


def test_a_program_gets_no_page_for_an_unknown_address(ann: Browser) -> None:
    answer = ann.client.get("/nowhere", headers={"Accept": "application/json"})
    assert answer.status_code == 404
    assert "Shopify Bot" not in answer.text


def test_another_shops_review_looks_like_one_that_is_not_there(ann: Browser, bot: Bot, shop: Shop) -> None:
    foreign = add_review(bot, add_shop(bot, "other.myshopify.com"), "A secret product")
    absent = ann.client.get(f"/review/{foreign + 999}")
    answer = ann.client.get(f"/review/{foreign}")
    assert (answer.status_code, answer.text) == (404, absent.text)
    for path in ("/review", "/history", "/operations"):
        assert "A secret product" not in ann.open(path).get_text()


def test_counts_are_of_this_shop_alone(ann: Browser, bot: Bot, shop: Shop) -> None:
    add_review(bot, shop)
    add_review(bot, shop, state=State.FAILED)
    add_review(bot, add_shop(bot, "other.myshopify.com"))
    counts = ann.client.get("/live").get_json()["counts"]
    assert (counts["pending"], counts["failed"], counts["published"]) == (1, 1, 0)


def test_an_uninstalled_shop_is_marked(ann: Browser, bot: Bot, shop: Shop) -> None:
    with bot.database.writing() as session:
        uninstall(session.get_one(Shop, shop.id))
    assert "uninstalled from this shop" in ann.open("/review").select_one(".banner").get_text()


@pytest.mark.parametrize(
    ("seconds", "said"),
    [
        (0, "just now"),
        (-90, "2 minutes ago"),
        (-3600, "1 hour ago"),
        (-7200, "2 hours ago"),
        (600, "in 10 minutes"),
    ],
)
def test_times_are_told_as_people_tell_them(seconds: int, said: str) -> None:
    assert spoken(now() + timedelta(seconds=seconds)) == said


def test_a_time_to_come_is_now_once_it_has_passed() -> None:
    assert due(now() - timedelta(minutes=5)) == "now"
    assert due(now() + timedelta(seconds=42)) == "in 42 seconds"


@pytest.mark.parametrize("state", list(State))
def test_a_product_can_be_looked_at_in_every_state(ann: Browser, bot: Bot, shop: Shop, state: State) -> None:
    review = add_review(bot, shop, state=state)
    page = ann.open(f"/review/{review}")
    assert ann.response.status_code == 200
    assert ann.has_button("Approve") == (state == State.PENDING)
    assert ann.has_button("Try again") == (state == State.FAILED)
    assert page.select_one(".badge")


@pytest.mark.parametrize("path", ["/login", "/nowhere", *PAGES])
def test_every_page_is_hardened(ann: Browser, bot: Bot, shop: Shop, path: str) -> None:
    add_review(bot, shop)
    headers = ann.client.get(path).headers
    assert "frame-ancestors 'none'" in headers["Content-Security-Policy"]
    assert "unsafe" not in headers["Content-Security-Policy"]
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] == "same-origin"
    assert headers["Cache-Control"] == "no-store"


@pytest.mark.parametrize("path", PAGES)
def test_no_page_has_inline_script_or_style(ann: Browser, bot: Bot, shop: Shop, path: str) -> None:
    add_review(bot, shop)
    page = ann.open(path)
    assert not page.select("style, [style], script:not([src])")
    assert all(link["href"].startswith("/static/") for link in page.select("link"))


@pytest.mark.parametrize("path", PAGES)
def test_fields_have_labels_and_forms_have_tokens(ann: Browser, bot: Bot, shop: Shop, path: str) -> None:
    add_review(bot, shop)
    page = ann.open(path)
    for field in page.select("input:not([type=hidden])"):
        assert page.select_one(f"label[for={field['id']}]")
    for form in page.select("form:not([method=get])"):
        assert form["method"] == "post"
        assert form.select_one("input[name=csrf_token]")


def test_pictures_come_from_the_hosts_in_the_settings(settings: Settings) -> None:
    local = settings.model_copy(update={"image_hosts": ("127.0.0.1:9000",)})
    assert "img-src 'self' https://127.0.0.1:9000 http://127.0.0.1:9000;" in content_security_policy(local)
    live = settings.model_copy(update={"env": "production"})
    assert "img-src 'self' https://cdn.shopify.com;" in content_security_policy(live)


def test_a_damaged_model_is_told(ann: Browser, bot: Bot, bundle: Path, tmp_path: Path) -> None:
    object.__setattr__(bot, "settings", bot.settings.model_copy(update={"model": tmp_path}))
    page = ann.open("/review")
    assert ann.response.status_code == 503
    assert "shopify-bot doctor" in page.get_text()


def test_the_web_process_loads_no_model_library(bundle: Path, tmp_path: Path) -> None:
    """Not even when it has served a page, for which it reads the model's labels."""
    code = """
import sys, wsgi
from shopify_bot.review.blueprint import labels_of
wsgi.app.extensions["bot"].database.migrate()
assert wsgi.app.test_client().get("/login").status_code == 200
assert labels_of(wsgi.app.extensions["bot"]).leaves
heavy = {"tensorflow", "keras", "jax", "torch", "openvino", "scipy", "sklearn", "py3langid", "matplotlib"}
found = heavy & {name.partition(".")[0] for name in sys.modules}
sys.exit(f"imported: {found}" if found else 0)
"""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("SHOPIFY_BOT_")}
    own = {"SHOPIFY_BOT_DATA_DIR": str(tmp_path / "web"), "SHOPIFY_BOT_MODEL": str(bundle)}
    environment = kept | own
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, env=environment, capture_output=True, text=True, timeout=120
    )
    assert done.returncode == 0, done.stderr
