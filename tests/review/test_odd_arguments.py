"""Whatever stands in an address or a form, no route breaks: PostgreSQL refuses texts that SQLite takes."""

import pytest
from flask import Flask
from werkzeug.routing import Rule

from shopify_bot.bot import Bot
from shopify_bot.tables import Shop
from tests.review.browser import Browser
from tests.review.seeding import add_review

ODD = {"nul": "\0", "half a pair": b"\xed\xa0\x80", "huge number": "9" * 400}
NAMES = [
    "after",
    "action",
    "above",
    "address",
    "before",
    "bulk",
    "category",
    "channels",
    "checked",
    "click",
    "collection_id",
    "collection_title",
    "current",
    "filter",
    "held",
    "id",
    "ids",
    "kind",
    "label",
    "labels",
    "least",
    "most",
    "model",
    "name",
    "next",
    "note",
    "ours",
    "own",
    "password",
    "period",
    "person",
    "picture",
    "predicted",
    "prediction",
    "product_type",
    "q",
    "replace",
    "review",
    "reviews",
    "search",
    "sees",
    "shop",
    "since",
    "sort",
    "state",
    "status",
    "store_category",
    "sure",
    "tags",
    "title",
    "until",
    "user",
    "vendor",
    "want",
    "who",
]
ENDS_THE_VISIT = "/logout"


def path(rule: Rule, review_id: int) -> str:
    values = {
        name: review_id if name == "review_id" else 1 if "id" in name else "\0" for name in rule.arguments
    }
    built = rule.build(values, append_unknown=False)
    assert built is not None, rule.rule
    return built[1]


@pytest.mark.parametrize("database", ["postgresql"], indirect=True)
@pytest.mark.parametrize("value", ODD.values(), ids=ODD)
def test_no_route_breaks(ann: Browser, app: Flask, bot: Bot, shop: Shop, value: str | bytes) -> None:
    review_id = add_review(bot, shop)
    ann.open("/shops")
    odd = dict.fromkeys(NAMES, value)
    for rule in sorted(app.url_map.iter_rules(), key=lambda rule: rule.rule == ENDS_THE_VISIT):
        for method in sorted({"GET", "POST"} & (rule.methods or set())):
            data = {"csrf_token": ann.token(), **odd} if method == "POST" else {}
            query = odd if method == "GET" else {}
            answer = ann.client.open(
                path(rule, review_id), method=method, query_string=query, data=data, buffered=True
            )
            is_away = answer.status_code == 503 and "Retry-After" in answer.headers
            assert answer.status_code < 500 or is_away, (method, rule.rule, answer.status_code)
