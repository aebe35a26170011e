"""French is complete: every text of ours is marked, translated and shown; dates and numbers follow."""

import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po
from bs4 import BeautifulSoup, Comment, Doctype, NavigableString, Tag
from flask import Flask
from werkzeug.datastructures import Headers

import shopify_bot
from shopify_bot.bot import Bot
from shopify_bot.finding.counting import Count
from shopify_bot.languages import LANGUAGES, LOCALES, SOURCE, _, language, locale, ngettext, translations
from shopify_bot.people.users import find_user
from shopify_bot.review.times import day, due, exact, spoken
from shopify_bot.states import State
from shopify_bot.tables import Shop, User, now
from tests.review.browser import Browser
from tests.review.seeding import ONLY_CATEGORY, SURE, UNSURE, add_publication, add_review, in_store, set_state

ROOT = Path(shopify_bot.__file__).parent
TEMPLATES = ROOT / "review" / "templates"
METHODS = [("**.py", "python"), ("**/templates/**.html", "jinja2")]
KEYWORDS = {"_": None, "gettext": None, "marked": None, "ngettext": (1, 2)}
OTHERS = sorted(set(LANGUAGES) - {SOURCE})
PLACEHOLDER = re.compile(r"%\((\w+)\)s|\{(\w+)\}|<(/?\w+)")

Texts = dict[str, tuple[str, ...]]
"""By the text in the singular: the text, and its plural where it has one."""


@pytest.fixture(scope="module")
def texts() -> Texts:
    """Every text that is marked in code and templates."""
    options = {"**/templates/**.html": {"silent": "false"}}
    found = extract_from_dir(ROOT, METHODS, options_map=options, keywords=KEYWORDS)
    each = (message if isinstance(message, tuple) else (message,) for _file, _line, message, *_more in found)
    return {forms[0]: forms for forms in each if forms[0]}


@pytest.fixture(params=OTHERS)
def catalog(request: pytest.FixtureRequest) -> Catalog:
    """The translation into one of the other languages."""
    with (LOCALES / f"{request.param}.po").open("rb") as file:
        return read_po(file, locale=request.param)


def forms(value: str | tuple[str, ...] | list[str]) -> tuple[str, ...]:
    return (value,) if isinstance(value, str) else tuple(value)


def test_every_text_is_translated(texts: Texts, catalog: Catalog) -> None:
    """Run `make messages`, then fill in what is empty in `shopify_bot/review/locales`."""
    known = {forms(message.id)[0]: message for message in catalog if message.id}
    assert sorted(set(texts) - set(known)) == []
    assert sorted(set(known) - set(texts)) == [], "no longer in the code"
    assert not catalog.obsolete
    for text, message in known.items():
        assert not message.fuzzy, text
        assert forms(message.id) == texts[text], text
        assert all(forms(message.string)), text


def test_translations_hold_the_same_places(catalog: Catalog) -> None:
    for message in catalog:
        if not message.id:
            continue
        allowed = [places(form) for form in forms(message.id)]
        for form in forms(message.string):
            assert places(form) in allowed, (message.id, form)
        assert "%" not in re.sub(r"%\(\w+\)s|%%", "", "".join(forms(message.string))), message.id


def places(text: str) -> list[str]:
    return sorted("".join(found) for found in PLACEHOLDER.findall(text))


def test_french_is_set_as_french_is(texts: Texts) -> None:
    """Spaces that do not break before double signs, and curved apostrophes."""
    for text in texts:
        found = translations("fr").gettext(text)
        outside = re.sub(r"<[^>]*>", "", found)
        assert not re.search(r" [:;?!»]|« |\w'\w", outside), found


def spots(tree: BeautifulSoup) -> Iterator[str]:
    """All that a person reads or hears on a page: texts, and attributes that are shown or spoken."""
    for node in tree.find_all(string=True):
        if isinstance(node, NavigableString) and not isinstance(node, Comment | Doctype):
            parent = node.parent
            if isinstance(parent, Tag) and parent.name not in ("script", "style", "code"):
                yield " ".join(node.split())
    for name in ("aria-label", "title", "placeholder", "alt", "data-label", "aria-description"):
        for tag in tree.select(f"[{name}]"):
            yield " ".join(str(tag[name]).split())


WORDS = re.compile(r"(?![\w-]+=)[A-Za-z]{2,}.*[a-z]")
"""Letters, unless they are an attribute, of which a template may hold the half."""
NO_WORDS = frozenset({"Shopify Bot", "my-store.myshopify.com", "--client-credentials", "https://"})
"""The same in every language."""


@pytest.mark.parametrize("path", sorted(TEMPLATES.glob("*.html")), ids=lambda path: path.stem)
def test_templates_leave_no_text_unmarked(path: Path) -> None:
    source = path.read_text("utf-8")
    source = re.sub(r"{%-?\s*trans\b.*?endtrans\s*-?%}", "", source, flags=re.DOTALL)
    source = re.sub(r"{#.*?#}|{%.*?%}", "", re.sub(r"{{.*?}}", "", source, flags=re.DOTALL), flags=re.DOTALL)
    left = {spot.strip(" ·,.:") for spot in spots(BeautifulSoup(source, "html.parser"))} - NO_WORDS
    assert sorted(spot for spot in left if WORDS.match(spot)) == []


FOREIGN = ("/review", "/review?state=skipped", "/mapping", "/mapping/Shirts", "/shops", "/settings")
PAGES = (
    *FOREIGN,
    "/settings/team",
    "/settings/alone",
    "/settings/changes",
    "/table",
    "/history",
    "/insights",
)
PAGES = (*PAGES, "/try", "/operations", "/nowhere")


@pytest.fixture
def seeded(bot: Bot, shop: Shop) -> list[int]:
    """A product in every state, and one of each verdict; their reviews."""
    ids = [add_review(bot, shop, f"T{state}", state, predicted=SURE) for state in State]
    ids += [add_review(bot, shop, "Q1", predicted=values) for values in (ONLY_CATEGORY, UNSURE)]
    ids.append(add_review(bot, shop, "Q2", top=()))
    published = ids[list(State).index(State.PUBLISHED)]
    before, after = in_store(), in_store(product_type="Shirt", tags=["Shirts"], collections=["gid://1"])
    add_publication(bot, published, "Shirts", before, after)
    set_state(bot, ids[0], State.FAILED, error="E1")
    return ids


@pytest.fixture
def anne(ann: Browser) -> Browser:
    """Ann's browser, which prefers French."""
    ann.client.environ_base["HTTP_ACCEPT_LANGUAGE"] = "fr-CA,fr;q=0.9,en;q=0.5"
    return ann


def english(page: BeautifulSoup, texts: Texts) -> set[str]:
    """What of the page is a text of ours in English that French says otherwise."""
    french = translations("fr")
    other = {text for text in texts if french.gettext(text) != text and len(text) > 3}
    same = {french.gettext(text) for text in texts}
    return {spot for spot in spots(page) if spot in other - same}


def test_no_page_in_french_speaks_english(anne: Browser, seeded: list[int], texts: Texts) -> None:
    paths = [*PAGES, *(f"/review/{review_id}" for review_id in seeded)]
    for path in paths:
        page = anne.open(path)
        assert page.html["lang"] == "fr", path
        assert english(page, texts) == set(), path


def test_the_walk_would_see_english(ann: Browser, seeded: list[int], texts: Texts) -> None:
    for path in FOREIGN:
        page = ann.open(path)
        assert page.html["lang"] == "en"
        assert len(english(page, texts)) > 10, path


def test_the_sign_in_is_in_the_language_of_the_browser(app: Flask, anne: Browser, texts: Texts) -> None:
    stranger = Browser(app.test_client())
    stranger.client.environ_base["HTTP_ACCEPT_LANGUAGE"] = "de, fr;q=0.7, en;q=0.3"
    page = stranger.open("/login")
    assert page.h1.get_text() == "Se connecter"
    assert english(page, texts) == set()


@pytest.mark.parametrize(
    ("header", "expected"),
    [("fr", "fr"), ("fr-CA", "fr"), ("en-US, fr;q=0.5", "en"), ("de", "en"), ("*", "en"), ("", "en")],
)
def test_the_browser_chooses_until_somebody_does(app: Flask, header: str, expected: str) -> None:
    with app.test_request_context(headers=Headers({"Accept-Language": header})):
        assert language() == expected


def choose(bot: Bot, name: str, chosen: str | None) -> None:
    with bot.database.writing() as session:
        user: User | None = find_user(session, name)
        assert user is not None
        user.language = chosen


def test_what_somebody_chose_holds_on_every_device(anne: Browser, bot: Bot) -> None:
    choose(bot, "ann", "en")
    assert anne.open("/shops").html["lang"] == "en"
    choose(bot, "ann", None)
    assert anne.open("/shops").html["lang"] == "fr"
    choose(bot, "ann", "tlh")
    assert anne.open("/shops").html["lang"] == "fr"


def test_french_knows_one_zero_and_many(app: Flask) -> None:
    with app.test_request_context(headers={"Accept-Language": "fr"}):
        said = [ngettext("%(count)s day", "%(count)s days", count) for count in (0, 1, 2)]
    assert said == ["0 jour", "1 jour", "2 jours"]


def test_times_are_told_in_french(app: Flask) -> None:
    moment = datetime(2026, 2, 3, 14, 5, 9, tzinfo=UTC)
    with app.test_request_context(headers={"Accept-Language": "fr"}):
        assert spoken(now() - timedelta(minutes=3)) == "il y a 3 minutes"
        assert spoken(now() + timedelta(seconds=3601)) == "dans 1 heure"
        assert spoken(now()) == "à l\N{RIGHT SINGLE QUOTATION MARK}instant"
        assert due(now()) == "maintenant"
        assert day(moment) == "3 février 2026"
        assert exact(moment) == "3 février 2026, 14:05:09 UTC"
    with app.test_request_context(headers={"Accept-Language": "en-US"}):
        assert exact(moment) == "3 February 2026, 14:05:09 UTC"


def test_commands_stay_english() -> None:
    assert language() == SOURCE
    assert _("Approve") == "Approve"
    assert str(locale()) == "en_GB"


def test_counts_that_end_are_told_by_the_language(app: Flask) -> None:
    assert str(Count(10_001)) == "10,000+"
    with app.test_request_context(headers={"Accept-Language": "fr"}):
        assert str(Count(10_001)) == "10\N{NARROW NO-BREAK SPACE}000+"
