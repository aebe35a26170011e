"""Texts that want to be more than text: on every page they are shown as what they are, in every CSV too."""

import csv
import io
import re
from collections.abc import Iterator

import pytest
from bs4 import BeautifulSoup, Tag
from flask import Flask

from shopify_bot.bot import Bot
from shopify_bot.states import State
from shopify_bot.tables import BulkAction, Chore, Decision, Mapping, Publication, Review, Shop, User, now
from tests.e2e.addresses import addresses
from tests.review.browser import Browser
from tests.review.seeding import add_review, in_store

MARK = "zqx"
TEXTS = {
    "markup": f"<script>alert('{MARK}')</script><img src=x onerror=alert(1)><svg onload=alert(1)>",
    "attribute": f'" onmouseover="alert(1)" style="color:red" {MARK} \' autofocus onfocus=alert(1) x=\'',
    "right to left": f"\u202e\u2067{MARK} gnp.exe\u202eabc",
    "long": f"{MARK} " + "A" * 10_000,
    "long words": f"{MARK} " + "شاي " * 2_500,
    "emoji": f"{MARK} 👩🏽‍🚀🧦" + "🇫🇷" * 40,
    "quotes": f"{MARK} \"'`\\ {{{{ 7*7 }}}} {{% raw %}} ${{7*7}} %(name)s %s &amp; &lt;b&gt; </title>",
    "control": f"{MARK}\x01\x08\x1b[31m\x7f\u2028\ufeff",
    "formula": f"=HYPERLINK(\"http://127.0.0.1/{MARK}\";\"click\")",
    "plus": f"+{MARK}",
    "minus": f"-1+1|cmd {MARK}",
    "at": f"@SUM({MARK})",
    "tab": f"\t={MARK}",
    "line": f"\r\n={MARK}",
    "address": f"javascript:alert('{MARK}')",
}  # fmt: skip
STARTS = ("=", "+", "-", "@", "\t", "\r", "\n")
ISOLATED = ("bdi", "option", "title", "textarea")
"""Elements out of which a change of direction does not reach."""
LARGEST_PAGE = 600_000
QUERY = {"q": MARK, "vendor": TEXTS["markup"], "label": TEXTS["attribute"], "next": TEXTS["address"]}


@pytest.fixture
def hostile(bot: Bot, shop: Shop, ann: Browser) -> list[int]:
    """A review in every state for every text; returns one id of each state and text."""
    ids = []
    for number, text in enumerate(TEXTS.values()):
        state = list(State)[number % len(State)]
        ids.append(hostile_review(bot, shop, text, state))
        ids.append(hostile_review(bot, shop, text, State.PENDING))
    with bot.database.writing() as session:
        for number, text in enumerate(TEXTS.values()):
            session.add(User(shop_id=shop.id, name=text[:200] + str(number), password_hash=""))
            session.add(Chore(shop_id=shop.id, kind=f"reconcile {number}"[:30], error=text))
        session.add(
            Mapping(
                shop_id=shop.id,
                label="Shirts",
                product_type=TEXTS["markup"],
                tags=list(TEXTS.values()),
                collection_kind="existing",
                collection_title=TEXTS["attribute"],
                collection_gid="gid://shopify/Collection/1",
                changed_by=TEXTS["quotes"][:200],
            )
        )
    return ids


def hostile_review(bot: Bot, shop: Shop, text: str, state: State) -> int:
    """Everything about it that comes from a store, a person or a model is that text."""
    label = text[:200]
    product = {
        "vendor": text,
        "product_type": text,
        "tags": [text, "plain"],
        "category_id": "gid://shopify/TaxonomyCategory/aa-1",
        "category_name": text,
        "image_url": text,
        "pictures": [text, "https://cdn.shopify.com/1.jpg"],
        "collections": [text],
    }
    said = {"sure": "leaf", "category": label, "kind": "image_and_text", "decides_alone": True}
    review_id = add_review(
        bot, shop, text, state, ((label, 0.7), ("Shirts", 0.2)), product, said, note=text, error=text,
        label=label, confidence=0.7, vendor=text[:255], search=text.casefold()[:300],
    )  # fmt: skip
    with bot.database.writing() as session:
        review = session.get_one(Review, review_id)
        bulk = BulkAction(
            shop_id=shop.id, kind="correct", label=label, selection={}, reviewer=label,
            undo_until=now(), error=text,
        )  # fmt: skip
        session.add(bulk)
        session.flush()
        of_review = {"shop_id": shop.id, "review_id": review.id}
        if state in (State.PENDING, State.RECEIVED):
            return review_id
        session.add(
            Decision(
                **of_review, kind="correct", label=label, predicted_label=label, reviewer=label, source="web",
                bulk_id=bulk.id, counts=1, model_version=text[:100], confidence=0.7,
            )
        )  # fmt: skip
        if state in (State.PUBLISHED, State.REVERTED, State.REVERTING):
            stood = in_store(category_id="gid://x", category_name=text, product_type=text, tags=[text])
            session.add(Publication(**of_review, label=label, before=stood, after=stood, finished_at=now()))
    return review_id


def asked(app: Flask, ids: list[int]) -> Iterator[str]:
    """Every address that answers GET, for every review, without and with hostile arguments."""
    for rule in app.url_map.iter_rules():
        if "GET" in (rule.methods or ()) and "filename" not in rule.arguments:
            yield from addresses(rule, {"review_id": list(ids), "label": ["Shirts"], "action_id": [1, 2, 5]})


def test_every_page_shows_it_as_text(app: Flask, ann: Browser, hostile: list[int]) -> None:
    shown, wrong = 0, []
    for path in asked(app, hostile):
        for query in ({}, QUERY):
            answer = ann.client.get(path, query_string=query)
            body = answer.data
            assert answer.status_code < 500, path
            if answer.mimetype == "text/html" and answer.status_code == 200:
                text = body.decode()
                wrong += [f"{path}: {each}" for each in faults_of(BeautifulSoup(text, "html.parser"))]
                assert len(text) < LARGEST_PAGE, (path, len(text))
                shown += MARK in text
    assert not wrong, "\n".join(wrong)
    assert shown > 30, "or the walk proves nothing"


def faults_of(page: BeautifulSoup) -> Iterator[str]:
    """Whatever came out of a text and became more than text."""
    for element in page.find_all(True):
        assert isinstance(element, Tag)
        if element.name == "script" and not (
            str(element.get("src", "")).startswith("/static/") and not element.get_text(strip=True)
        ):
            yield f"a script: {element}"
        if element.name in ("style", "iframe", "object", "embed", "base"):
            yield f"an element: {element}"
        for name, value in element.attrs.items():
            if name.startswith("on") or name in ("style", "srcdoc"):
                yield f"an attribute: {element}"
            if name in ("href", "action", "formaction") and not re.match(
                r"https?://|/|\?|#|mailto:", str(value)
            ):
                yield f"an address: {element}"
    for text in page.find_all(string=re.compile("[\u202e\u2067]")):
        if not any(parent.name in ISOLATED for parent in text.parents):
            yield f"turns its surroundings around: {text[:80]!r} in {text.parent}"


def test_the_walk_would_see_a_fault() -> None:
    for text in ("markup", "right to left"):
        page = BeautifulSoup(f"<p>{TEXTS[text]}</p>", "html.parser")
        assert list(faults_of(page)), text
    page = BeautifulSoup(
        f'<p title="{TEXTS["attribute"]}"><a href="{TEXTS["address"]}">x</a></p>', "html.parser"
    )
    assert len(list(faults_of(page))) >= 2


def test_no_cell_of_a_csv_begins_a_formula(app: Flask, ann: Browser, hostile: list[int]) -> None:
    files = [rule.rule for rule in app.url_map.iter_rules() if rule.rule.endswith(".csv")]
    for path in files:
        answer = ann.client.get(path)
        assert answer.status_code == 200, path
        rows = list(csv.reader(io.StringIO(answer.text.removeprefix("\ufeff"), newline="")))
        assert MARK in answer.text, path
        assert len({len(row) for row in rows}) == 1, "every row has every column"
        for cell in (cell for row in rows for cell in row):
            assert not cell.startswith(STARTS), (path, cell[:80])
    assert files
