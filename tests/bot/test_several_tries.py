"""A publication that took several tries, with other things happening in between, and its taking back."""

from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy import select

from shopify_bot import decisions
from shopify_bot.bot import Bot
from shopify_bot.devstore import Shop as StoreShop
from shopify_bot.jobs.publish import PublishWork
from shopify_bot.jobs.revert import RevertWork
from shopify_bot.labels import label_tree
from shopify_bot.mapping import filing
from shopify_bot.shopify.client import AdminClient
from shopify_bot.shopify.errors import OperationRefused
from shopify_bot.states import State
from shopify_bot.tables import Shop
from tests.bot.conftest import ME, find
from tests.bot.test_publishing_mapped import map_label
from tests.bot.test_reverting import ask_back, reverted, seen, work_off

Approve = Callable[..., int]


@pytest.fixture
def fail_after(monkeypatch: pytest.MonkeyPatch) -> Callable[..., None]:
    """Let the call after the next one of an operation about a product fail for good."""
    real, wanted, reached = AdminClient.execute, list[tuple[str, str]](), list[str]()

    def refuse(client: AdminClient, name: str, **given: Any) -> dict[str, Any]:
        if reached:
            raise OperationRefused(f"The store refused it, after {reached.pop()}.")
        answer = real(client, name, **given)
        if (name, given.get("id", "")) in wanted:
            wanted.remove((name, given["id"]))
            reached.append(name)
        return answer

    monkeypatch.setattr(AdminClient, "execute", refuse)
    return lambda name, gid: wanted.append((name, gid))


def decide_anew(bot: Bot, review_id: int, label: str) -> None:
    """A person tries the failed review again, thinks better of it in time, and takes another label."""
    with bot.database.writing() as session:
        shop = session.scalars(select(Shop)).one()
        decisions.retry(session, shop, review_id, ME)
        decisions.reopen(session, shop, review_id, ME)
        decisions.correct(session, shop, review_id, label, ME, label_tree(bot.settings.model))


def test_whatever_the_first_decision_wrote_is_taken_back_with_the_second(
    store_shop: StoreShop,
    publish: PublishWork,
    revert: RevertWork,
    approved: Approve,
    fail_after: Callable[..., None],
) -> None:
    """Its collection, which the second left, and its channels, which the second has not."""
    gid = store_shop.create_product("Oxford", tags=("summer",))
    before = seen(store_shop, gid)
    map_label(publish.bot, publication_ids=[store_shop.publication("shop").id])
    map_label(publish.bot, "Watches", publication_ids=[store_shop.publication("pos").id])
    review_id = approved(gid, "Shirts")
    fail_after("publish", gid)
    work_off(publish)
    assert find(publish.bot, review_id).state == State.FAILED
    decide_anew(publish.bot, review_id, "Watches")
    work_off(publish)
    assert find(publish.bot, review_id).state == State.PUBLISHED
    ask_back(revert.bot, review_id)
    work_off(revert)
    assert find(revert.bot, review_id).state == State.REVERTED
    assert seen(store_shop, gid) == before
    assert reverted(revert.bot, review_id)["left"] == []


def test_what_a_person_changed_before_our_first_write_is_what_stood_there(
    store_shop: StoreShop,
    publish: PublishWork,
    revert: RevertWork,
    approved: Approve,
) -> None:
    """The first try only read; days may pass until somebody tries again."""
    gid = store_shop.create_product("Oxford", product_type="Misc", tags=("summer",))
    theirs = store_shop.create_collection("Topwear")
    review_id = approved(gid, "Shirts")
    store_shop.scopes = ("read_products", "read_publications")
    work_off(publish)
    assert find(publish.bot, review_id).state == State.FAILED
    store_shop.scopes = ("write_products", "write_publications")
    store_shop.update_product(gid, product_type="Oxfords", status="ACTIVE", tags=["summer", "Shirts"])
    store_shop.collections[theirs].sources[0].selections[gid] = 0.0
    stood = seen(store_shop, gid)
    with publish.bot.database.writing() as session:
        decisions.retry(session, session.scalars(select(Shop)).one(), review_id, ME)
    work_off(publish)
    assert find(publish.bot, review_id).state == State.PUBLISHED
    assert seen(store_shop, gid) != stood
    ask_back(revert.bot, review_id)
    work_off(revert)
    assert seen(store_shop, gid) == stood


def test_what_a_person_put_away_between_two_tries_stays_away_when_it_is_taken_back(
    store_shop: StoreShop,
    publish: PublishWork,
    revert: RevertWork,
    approved: Approve,
    fail_after: Callable[..., None],
) -> None:
    gid = store_shop.create_product("Oxford")
    review_id = approved(gid, "Shirts")
    fail_after("publish", gid)
    work_off(publish)
    assert store_shop.product(gid).status == "ACTIVE"
    store_shop.update_product(gid, status="ARCHIVED")
    with publish.bot.database.writing() as session:
        decisions.retry(session, session.scalars(select(Shop)).one(), review_id, ME)
    work_off(publish)
    assert find(publish.bot, review_id).state == State.PUBLISHED
    ask_back(revert.bot, review_id)
    work_off(revert)
    stands = seen(store_shop, gid)
    assert (stands["status"], stands["category"], stands["channels"]) == ("ARCHIVED", None, set())


def test_a_person_who_does_what_we_were_refused_keeps_the_category(
    store_shop: StoreShop, publish: PublishWork, approved: Approve
) -> None:
    """It is theirs, though it is the one that we set out to write: another label does not replace it."""
    gid = store_shop.create_product("Oxford")
    review_id = approved(gid, "Shirts")
    store_shop.scopes = ("read_products", "read_publications")
    work_off(publish)
    store_shop.scopes = ("write_products", "write_publications")
    shirts = filing(label_tree(publish.bot.settings.model), "Shirts").category_id
    store_shop.update_product(gid, category=shirts)
    decide_anew(publish.bot, review_id, "Watches")
    work_off(publish)
    assert find(publish.bot, review_id).state == State.PUBLISHED
    assert store_shop.product(gid).category == shirts
