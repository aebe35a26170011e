"""Every form is refused without its token, whoever sends it: a stranger or somebody signed in."""

import pytest
from flask import Flask
from werkzeug.routing import Rule

from shopify_bot.bot import Bot
from shopify_bot.tables import Shop
from tests.review.browser import Browser
from tests.review.seeding import add_review

SIGNED_BY_SHOPIFY = {"/webhooks"}
"""Their senders prove themselves otherwise."""

CHANGES = {"POST", "PUT", "PATCH", "DELETE"}


def path(rule: Rule) -> str:
    """An address of the rule."""
    values = {name: 1 if "id" in name else "Shirts" for name in rule.arguments}
    built = rule.build(values, append_unknown=False)
    assert built is not None, rule.rule
    return built[1]


@pytest.fixture(params=["stranger", "signed in"])
def browser(request: pytest.FixtureRequest, app: Flask) -> Browser:
    return Browser(app.test_client()) if request.param == "stranger" else request.getfixturevalue("ann")


def test_every_route_that_changes_something_wants_the_token(
    browser: Browser, app: Flask, bot: Bot, shop: Shop
) -> None:
    add_review(bot, shop)
    rules = [rule for rule in app.url_map.iter_rules() if CHANGES & (rule.methods or set())]
    assert len(rules) > 12
    for rule in rules:
        for method in sorted(CHANGES & (rule.methods or set())):
            for token in ({}, {"csrf_token": "made up"}):
                answer = browser.client.open(path(rule), method=method, data=token)
                expected = 401 if rule.rule in SIGNED_BY_SHOPIFY else 400
                assert answer.status_code == expected, (method, rule.rule, answer.status_code)
                assert "Set-Cookie" not in answer.headers or "sign_in" not in answer.headers["Set-Cookie"]


def test_the_token_of_one_session_is_worth_nothing_in_another(ann: Browser, ben: Browser) -> None:
    ann.open("/shops")
    ben.open("/shops")
    answer = ben.client.post("/logout", data={"csrf_token": ann.token()})
    assert answer.status_code == 400
    ben.open("/shops")
    assert ben.path == "/shops"
