"""Products, apps and shops that go: what was under way is neither lost nor done any more."""

import time
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from sqlalchemy import Table, func, select, update
from sqlalchemy.orm import Session

from shopify_bot import shops
from shopify_bot.bot import Bot
from shopify_bot.chores import rota
from shopify_bot.claims import TO_CLASSIFY, TO_PUBLISH, claim, count_due, settle
from shopify_bot.connecting import tokens
from shopify_bot.states import State
from shopify_bot.tables import (
    Base,
    BulkAction,
    Category,
    CategoryCheck,
    Decision,
    Delivery,
    Embedding,
    Mapping,
    Prediction,
    Product,
    Publication,
    Review,
    SettingChange,
    Shop,
    Tally,
    User,
    now,
)
from tests.webhooks.conftest import OTHER, SHOP, Send, count, product, review


def set_state(bot: Bot, state: State) -> None:
    """Put the only review into a state, as if it had come that far."""
    with bot.database.writing() as session:
        session.execute(update(Review).values(state=state))


def the_shop(session: Session, domain: str = SHOP) -> Shop:
    return session.scalars(select(Shop).where(Shop.domain == domain)).one()


@pytest.mark.parametrize("state", [state for state in State if state != State.GONE])
def test_a_product_deleted_in_any_state_is_gone(bot: Bot, send: Send, state: State) -> None:
    send("products/create", product(1))
    set_state(bot, state)
    assert send("products/delete", {"id": 1}) == 200
    assert review(bot).state == State.GONE
    with bot.database.reading() as session:
        assert (count_due(session, TO_CLASSIFY), count_due(session, TO_PUBLISH)) == (0, 0)


@pytest.mark.parametrize(
    ("state", "states", "working", "after"),
    [
        (State.RECEIVED, TO_CLASSIFY, State.CLASSIFYING, State.PENDING),
        (State.APPROVED, TO_PUBLISH, State.PUBLISHING, State.PUBLISHED),
    ],
)
def test_the_late_result_of_a_worker_does_not_bring_it_back(
    bot: Bot, send: Send, state: State, states: tuple[State, ...], working: State, after: State
) -> None:
    send("products/create", product(1))
    set_state(bot, state)
    held = claim(bot, states, working, 1)
    send("products/delete", {"id": 1})
    with bot.database.writing() as session:
        assert not settle(session, held.reviews[0], held.token, after)
    assert review(bot).state == State.GONE


def test_a_product_that_was_never_known_may_be_deleted(bot: Bot, send: Send) -> None:
    assert send("products/delete", {"id": 1}) == 200
    assert send("products/delete", {"id": 1}, shop=OTHER) == 200
    assert (count(bot, Product), count(bot, Review)) == (0, 0)


def test_an_archived_product_is_left_alone(bot: Bot, send: Send) -> None:
    send("products/create", product(1, status="archived"))
    assert count(bot, Product) == 0
    send("products/update", product(1, status="draft"))
    assert count(bot, Review) == 1, "it came out of the archive"
    set_state(bot, State.PENDING)
    send("products/update", product(1, status="archived", title="Other"))
    assert review(bot).state == State.PENDING


def test_another_title_of_a_pending_product_is_looked_at_again(bot: Bot, send: Send) -> None:
    send("products/create", product(1))
    set_state(bot, State.PENDING)
    send("products/update", product(1, tags="shirt"))
    assert review(bot).state == State.PENDING
    send("products/update", product(1, title="Dress 1"))
    assert review(bot).state == State.RECEIVED


@pytest.mark.parametrize("state", [State.APPROVED, State.PUBLISHING, State.PUBLISHED, State.SKIPPED])
def test_another_title_of_a_decided_product_changes_nothing(bot: Bot, send: Send, state: State) -> None:
    send("products/create", product(1))
    set_state(bot, state)
    send("products/update", product(1, title="Dress 1"))
    assert review(bot).state == state


@pytest.mark.parametrize(
    ("state", "states", "working", "after"),
    [
        (State.RECEIVED, TO_CLASSIFY, State.CLASSIFYING, State.FAILED),
        (State.APPROVED, TO_PUBLISH, State.PUBLISHING, State.FAILED),
    ],
)
def test_work_at_hand_survives_an_uninstallation(
    bot: Bot, send: Send, state: State, states: tuple[State, ...], working: State, after: State
) -> None:
    send("products/create", product(1))
    set_state(bot, state)
    held = claim(bot, states, working, 1)
    send("app/uninstalled", {"myshopify_domain": SHOP})
    with bot.database.writing() as session:  # the store refused the worker's token meanwhile
        assert not settle(session, held.reviews[0], held.token, after, error="refused")
    assert claim(bot, states, working, 1).reviews == []
    assert SHOP not in shops_with_chores(bot)
    with bot.database.writing() as session:
        shops.add_shop(session, bot.settings, SHOP, "shpat_again")
    assert [each.id for each in claim(bot, states, working, 1).reviews] == [review(bot).id]


def test_an_uninstallation_told_after_the_shop_came_back_changes_nothing(bot: Bot, send: Send) -> None:
    before = (now() - timedelta(minutes=30)).isoformat()
    gone = {"myshopify_domain": SHOP}
    send("app/uninstalled", gone, **{"X-Shopify-Triggered-At": before})
    with bot.database.reading() as session:
        assert the_shop(session).state == "active"
    send("app/uninstalled", gone, **{"X-Shopify-Triggered-At": now().isoformat()})
    with bot.database.reading() as session:
        assert the_shop(session).state == "uninstalled"


def test_an_uninstallation_told_after_an_active_shop_got_another_token_changes_nothing(
    bot: Bot, send: Send
) -> None:
    happened = now() + timedelta(seconds=10)
    with bot.database.writing() as session:
        shop = shops.add_shop(session, bot.settings, SHOP, "shpat_again")
        shop.authorized_at = happened + timedelta(minutes=1)
    send("app/uninstalled", {"myshopify_domain": SHOP}, **{"X-Shopify-Triggered-At": happened.isoformat()})
    with bot.database.reading() as session:
        assert the_shop(session).state == "active"


@pytest.mark.parametrize("topic", ["app/uninstalled", "shop/redact"])
def test_a_shop_that_comes_back_at_this_very_moment_stays(bot: Bot, send: Send, topic: str) -> None:
    if bot.database.is_sqlite:
        pytest.skip("SQLite has one writer at a time")
    payload, happened = {"myshopify_domain": SHOP, "shop_domain": SHOP}, now() + timedelta(seconds=10)
    with ThreadPoolExecutor() as pool:
        with bot.database.writing() as session:
            shop = shops.add_shop(session, bot.settings, SHOP, "shpat_again")
            shop.authorized_at = happened + timedelta(minutes=1)
            session.flush()
            headers = {"X-Shopify-Triggered-At": happened.isoformat()}
            told = pool.submit(lambda: send(topic, payload, **headers))
            time.sleep(0.5)  # until the delivery waits for the row
        assert told.result() == 200
    with bot.database.reading() as session:
        assert (the_shop(session).state, the_shop(session).token) == ("active", shop.token)


def test_a_shop_that_leaves_while_it_is_connected_is_active(bot: Bot) -> None:
    if bot.database.is_sqlite:
        pytest.skip("SQLite has one writer at a time")

    def connect() -> None:
        with bot.database.writing() as session:
            shops.add_shop(session, bot.settings, SHOP, "shpat_again")

    with bot.database.writing() as session:
        shops.add_shop(session, bot.settings, SHOP, "shpat_first")
    with ThreadPoolExecutor() as pool:
        with bot.database.writing() as session:
            shops.uninstall(the_shop(session))
            session.flush()
            done = pool.submit(connect)
            time.sleep(0.5)  # until it waits for the row
        done.result()
    with bot.database.reading() as session:
        assert the_shop(session).state == "active"


def test_a_shop_that_two_connect_at_once_is_there_once(bot: Bot) -> None:
    if bot.database.is_sqlite:
        pytest.skip("SQLite has one writer at a time")
    third = "third.myshopify.com"

    def connect(token: str) -> None:
        with bot.database.writing() as session:
            shops.add_shop(session, bot.settings, third, token)

    with ThreadPoolExecutor() as pool:
        with bot.database.writing() as session:
            shops.add_shop(session, bot.settings, third, "shpat_first")
            done = pool.submit(connect, "shpat_second")
            time.sleep(0.5)  # until it waits for the row
        done.result()
    with bot.database.reading() as session:
        found = tokens.held(the_shop(session, third), third, bot.settings)
    assert found.token == "shpat_second"


def test_scopes_that_were_granted_let_go_on_what_failed_for_them(bot: Bot, send: Send) -> None:
    send("products/create", product(1))
    with bot.database.writing() as session:
        session.execute(update(Review).values(state=State.FAILED, awaits_token=True))
    send("app/scopes_update", {"current": ["write_products"]})
    assert review(bot).state == State.FAILED
    send("app/scopes_update", {"current": ["write_products", "write_publications"]})
    assert review(bot).state == State.RECEIVED


def test_a_redaction_told_after_the_shop_came_back_deletes_nothing(bot: Bot, send: Send) -> None:
    before = (now() - timedelta(minutes=30)).isoformat()
    send("shop/redact", {"shop_domain": SHOP}, **{"X-Shopify-Triggered-At": before})
    assert count(bot, Shop) == 2
    send("shop/redact", {"shop_domain": SHOP}, **{"X-Shopify-Triggered-At": now().isoformat()})
    assert count(bot, Shop) == 1


def shops_with_chores(bot: Bot) -> list[str]:
    """The shops for which something is to be done now."""
    found = []
    while held := rota.claim(bot):
        found.append(held.shop.domain)
    return found


def test_every_token_is_forgotten(bot: Bot, send: Send) -> None:
    with bot.database.writing() as session:
        shop = the_shop(session)
        shop.refresh_token, shop.refresh_expires_at = "secret", now() + timedelta(days=90)
        shop.token_expires_at = now() + timedelta(hours=1)
    send("app/uninstalled", {"myshopify_domain": SHOP})
    with bot.database.reading() as session:
        shop = the_shop(session)
        assert (shop.state, shop.token, shop.refresh_token) == ("uninstalled", None, None)
        assert the_shop(session, OTHER).token is not None


def test_redaction_leaves_no_row_of_the_shop_in_any_table(bot: Bot, send: Send) -> None:
    for domain in (SHOP, OTHER):
        send("products/create", product(1), shop=domain)
        fill_every_table(bot, domain)
    tables = [table for table in Base.metadata.sorted_tables if "shop_id" in table.c]
    with bot.database.reading() as session:
        shop_id = the_shop(session).id
        for table in tables:
            assert rows(session, table, shop_id), f"the test leaves {table.name} empty"
    assert send("shop/redact", {"shop_id": 1, "shop_domain": SHOP}) == 200
    with bot.database.reading() as session:
        assert [table.name for table in tables if rows(session, table, shop_id)] == []
        assert [shop.domain for shop in session.scalars(select(Shop))] == [OTHER]
        kept = the_shop(session, OTHER).id
        assert all(rows(session, table, kept) for table in tables)


def rows(session: Session, table: Table, shop_id: int) -> int:
    """How many rows of a shop a table has."""
    mine = select(func.count()).select_from(table).where(table.c.shop_id == shop_id)
    return session.scalar(mine) or 0


def fill_every_table(bot: Bot, domain: str) -> None:
    """Give the shop a row in whatever table belongs to shops."""
    with bot.database.writing() as session:
        shop = the_shop(session, domain)
        rota.schedule(session, shop)
        of_review = {
            "shop_id": shop.id,
            "review_id": session.scalars(select(Review.id).where(Review.shop_id == shop.id)).one(),
        }
        session.add_all(
            [
                Prediction(model_version="1", **of_review),
                Decision(kind="skip", reviewer="me", source="cli", **of_review),
                Publication(label="Shirts", before={}, **of_review),
                Embedding(model_version="1", vector=b"v", **of_review),
                BulkAction(shop_id=shop.id, kind="skip", selection={}, reviewer="me", undo_until=now()),
                Tally(shop_id=shop.id, part="labels", day="2026-11-21", kind="skip", count=1),
                SettingChange(shop_id=shop.id, kind="alone_off", made_by="me"),
                Category(shop_id=shop.id, name="Shirts"),
                Mapping(shop_id=shop.id, label="Shirts"),
                CategoryCheck(shop_id=shop.id, category_id="gid://1", standing="current"),
                User(shop_id=shop.id, name=domain, password_hash="x"),
                Delivery(shop_id=shop.id, topic="t", event_id="e", body_hash="h"),
            ]
        )
