"""Every route, asked with the other shop's ids: it shows nothing of theirs and changes nothing of theirs."""

from collections.abc import Iterator
from dataclasses import dataclass

import pytest
from flask import Flask
from sqlalchemy import select
from werkzeug.routing import Rule
from werkzeug.test import TestResponse

from shopify_bot.app import create_app
from shopify_bot.bot import Bot
from shopify_bot.devstore import DevStore
from shopify_bot.tables import Shop, User
from tests.isolation.two_shops import LABEL, MARK, MINE, PASSWORD, THEIRS, rows_of
from tests.review.browser import Browser

ENDS_THE_VISIT = "/logout"
THEIR_ACTION = 2
"""Id of the other shop's bulk action; ours comes before it."""


@pytest.fixture
def app(serving: Bot) -> Flask:
    return create_app(serving)


def sign_in(app: Flask, name: str) -> Browser:
    browser = Browser(app.test_client())
    browser.open("/login")
    browser.press("Sign in", name=name, password=PASSWORD)
    browser.open("/review")
    return browser


def addresses(rule: Rule, reviews: list[int]) -> Iterator[tuple[str, bool]]:
    """The rule's paths with the other shop's ids, and whether they name one of its reviews.

    An argument that is not known here fails the test: say what the other shop's value of it would be.
    """
    unknown = rule.arguments - {"review_id", "action_id", "label", "filename"}
    assert not unknown, f"{rule.rule}: tell this test how to fill {unknown}"
    for review_id in reviews if "review_id" in rule.arguments else [0]:
        values = {"review_id": review_id, "label": LABEL, "filename": "review.css", "action_id": THEIR_ACTION}
        built = rule.build({name: values[name] for name in rule.arguments}, append_unknown=False)
        assert built is not None
        yield built[1], bool(rule.arguments & {"review_id", "action_id"})


@dataclass(frozen=True)
class Asked:
    """One request and its answer; `tells_domain` when the request itself named the other shop."""

    what: str
    names_review: bool
    tells_domain: bool
    answer: TestResponse

    @property
    def text(self) -> str:
        """What came back, which may be a picture or an archive."""
        return self.answer.get_data().decode("utf-8", "replace")

    @property
    def is_answered(self) -> bool:
        """Whether nothing broke; what needs a worker says that there is none here."""
        return self.answer.status_code < 500 or "Retry-After" in self.answer.headers


def walk(app: Flask, browser: Browser, reviews: list[int], shop: str) -> Iterator[Asked]:
    """Ask every route with every method; `shop` is what is sent where a domain is asked for."""
    rules = sorted(app.url_map.iter_rules(), key=lambda rule: rule.rule == ENDS_THE_VISIT)
    assert len(rules) > 15
    told = {"shop": shop, "before": str(reviews[-1]), "q": MARK[:4], "search": "shirt", "state": "skipped"}
    told |= {"reviews": ",".join(map(str, reviews)), "bulk": "1,2,3", "want": "5"}
    told |= {"kind": "skip", "row": str(reviews[0]), "click": "7f0c1f4e-0d0f-4f0e-9b0a-1f0e2d3c4b5a"}
    fields = told | {"label": LABEL, "next": "/review", "ids": str(reviews[0]), "review": str(reviews[0])}
    fields |= {"user": user_of(app, THEIRS), "password": "another password", "above": "", "checked": "0.05"}
    for rule in rules:
        for path, names_review in addresses(rule, reviews):
            if "GET" in (rule.methods or ()):
                yield Asked(f"GET {path}", names_review, False, browser.client.get(path, buffered=True))
                answer = browser.client.get(path, query_string=told, buffered=True)
                yield Asked(f"GET {path}?…", names_review, True, answer)
            if "POST" in (rule.methods or ()):
                yield Asked(f"POST {path}", names_review, True, browser.post(path, **fields))


def user_of(app: Flask, domain: str) -> str:
    """The id of somebody who may sign in to that shop alone."""
    with app.extensions["bot"].database.reading() as session:
        query = select(User.id).join(Shop, Shop.id == User.shop_id).where(Shop.domain == domain)
        return str(session.scalars(query).first())


@pytest.mark.parametrize("name", ["user of mine", "owner"])
def test_no_route_shows_or_changes_the_other_shop(
    app: Flask, serving: Bot, store: DevStore, reviews: dict[str, list[int]], name: str
) -> None:
    browser = sign_in(app, name)
    browser.post("/shop", shop=MINE)
    before, calls = rows_of(serving, THEIRS), len(store.calls.entries(THEIRS))
    for asked in walk(app, browser, reviews[THEIRS], MINE if name == "owner" else THEIRS):
        assert asked.is_answered, asked
        assert MARK not in asked.text, asked
        assert THEIRS not in asked.text or asked.tells_domain or name == "owner", asked
        if asked.names_review:
            assert asked.answer.status_code == 404, asked
    assert rows_of(serving, THEIRS) == before
    assert len(store.calls.entries(THEIRS)) == calls
    assert not store.ledger.entries(shop=THEIRS)


def test_the_walk_would_see_a_leak(app: Flask, serving: Bot, reviews: dict[str, list[int]]) -> None:
    """The same walk by somebody of the other shop shows the mark and changes rows, or it proves nothing."""
    browser = sign_in(app, f"user of {MARK}")
    before = rows_of(serving, THEIRS)
    assert sum(MARK in asked.text for asked in walk(app, browser, reviews[THEIRS], THEIRS)) > 10
    assert rows_of(serving, THEIRS) != before


def test_a_stranger_sees_nothing(app: Flask, serving: Bot, reviews: dict[str, list[int]]) -> None:
    browser = Browser(app.test_client())
    browser.open("/login")
    before = rows_of(serving, THEIRS), rows_of(serving, MINE)
    for asked in walk(app, browser, reviews[THEIRS], THEIRS):
        assert asked.is_answered, asked
        assert MARK not in asked.text, asked
    assert (rows_of(serving, THEIRS), rows_of(serving, MINE)) == before
