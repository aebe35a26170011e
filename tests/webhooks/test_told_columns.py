"""What the merchant changes while a product waits for a decision shows on its card, without another look."""

from typing import Any

import pytest
from sqlalchemy import select

from shopify_bot.bot import Bot
from shopify_bot.states import State
from shopify_bot.tables import Product
from tests.webhooks.conftest import Send, product, review
from tests.webhooks.test_webhooks import set_state

SHIRTS = "gid://shopify/TaxonomyCategory/aa-1-13-7"
CATEGORY = {"admin_graphql_api_id": SHIRTS, "name": "Shirts", "full_name": "Apparel > Shirts"}
CHANGED: dict[str, Any] = {"product_type": "Hemd", "tags": "a, b", "status": "archived", "category": CATEGORY}


def stored(bot: Bot) -> tuple[Any, ...]:
    with bot.database.reading() as session:
        row = session.scalars(select(Product)).one()
        return row.product_type, row.tags, row.store_status, row.category_id, row.category_name


@pytest.mark.parametrize("state", [State.PENDING, State.SKIPPED])
def test_type_tags_status_and_category_are_shown_as_they_are_now(bot: Bot, send: Send, state: State) -> None:
    send("products/create", product(1))
    set_state(bot, State.CLASSIFYING, State.PENDING, *([state] if state == State.SKIPPED else []))
    send("products/update", product(1, **CHANGED))
    assert stored(bot) == ("Hemd", ["a", "b"], "ARCHIVED", SHIRTS, "Apparel > Shirts")
    assert review(bot).state == state
    send("products/update", product(1, category=None, tags=""))
    assert stored(bot) == ("Hemd", [], "ARCHIVED", None, None)


ODD: list[dict[str, Any]] = [
    {},
    {"category": "x"},
    {"category": {"name": 1}},
    {"category": {"admin_graphql_api_id": "gid://shopify/TaxonomyCategory/" + "9" * 300}},
    {"tags": 1, "status": []},
    {"status": "x" * 300},
]


@pytest.mark.parametrize("odd", ODD, ids=range(len(ODD)))
def test_what_is_odd_or_not_told_changes_nothing(bot: Bot, send: Send, odd: dict[str, Any]) -> None:
    send("products/create", product(1))
    set_state(bot, State.CLASSIFYING, State.PENDING)
    send("products/update", product(1, **CHANGED))
    before = stored(bot)
    assert send("products/update", product(1, updated_at="later", **odd)) == 200
    assert stored(bot) == before


def test_once_it_is_decided_a_late_webhook_changes_nothing(bot: Bot, send: Send) -> None:
    """Our own writes are told too, and what we wrote is read back."""
    send("products/create", product(1))
    set_state(bot, State.CLASSIFYING, State.PENDING, State.APPROVED)
    before = stored(bot)
    send("products/update", product(1, **CHANGED))
    assert stored(bot) == before
