"""The schema on SQLite and PostgreSQL: migrations, tenant isolation, writers side by side."""

import threading
from datetime import UTC, datetime, timedelta, timezone

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from sqlalchemy import select, text
from sqlalchemy.exc import IntegrityError

from shopify_bot.database import Database, alembic_config
from shopify_bot.states import State
from shopify_bot.tables import Base, Decision, Delivery, Prediction, Product, Publication, Review, Shop


def test_migrations_make_what_the_tables_say(database: Database) -> None:
    database.migrate()
    assert database.is_current()
    with database.engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, Base.metadata) == []


def test_predictions_of_earlier_versions_are_kept(database: Database) -> None:
    one, _, product = two_shops(database)
    with database.writing() as session:
        review = Review(shop_id=one.id, product_id=product.id, state=State.PENDING)
        session.add(review)
        session.flush()
        session.add(Prediction(shop_id=one.id, review_id=review.id, model_version="m", label="Shirts"))
    config = alembic_config()
    with database.engine.begin() as connection:
        config.attributes["connection"] = connection
        command.downgrade(config, "0001")
    with database.engine.begin() as connection:
        connection.execute(text("UPDATE predictions SET label = 'Watches'"))
        columns = connection.execute(text("SELECT * FROM predictions")).keys()
    assert "sure" not in columns
    database.migrate()
    with database.reading() as session:
        kept = session.scalars(select(Prediction)).one()
        assert all(shop.authorized_at == shop.connected_at for shop in session.scalars(select(Shop)))
    assert (kept.label, kept.sure, kept.kind, kept.decides_alone) == ("Watches", None, None, None)


def test_every_table_belongs_to_a_shop() -> None:
    for table in Base.metadata.sorted_tables:
        if table.name not in ("shops", "users", "sign_ins"):
            assert not table.c.shop_id.nullable, table.name


def two_shops(database: Database) -> tuple[Shop, Shop, Product]:
    with database.writing() as session:
        one, other = Shop(domain="one.myshopify.com"), Shop(domain="other.myshopify.com")
        session.add_all([one, other])
        session.flush()
        product = Product(shop_id=one.id, gid="gid://shopify/Product/1")
        session.add(product)
    return one, other, product


def test_the_schema_refuses_a_review_of_another_shops_product(database: Database) -> None:
    _, other, product = two_shops(database)
    with pytest.raises(IntegrityError), database.writing() as session:
        session.add(Review(shop_id=other.id, product_id=product.id, state=State.RECEIVED))


@pytest.mark.parametrize(
    "row",
    [
        lambda **ids: Prediction(model_version="m", **ids),
        lambda **ids: Decision(kind="approve", reviewer="r", source="cli", **ids),
        lambda **ids: Publication(label="Shirts", before={}, **ids),
    ],
)
def test_the_schema_refuses_rows_of_another_shops_review(database: Database, row) -> None:  # type: ignore[no-untyped-def]
    one, other, product = two_shops(database)
    with database.writing() as session:
        review = Review(shop_id=one.id, product_id=product.id, state=State.RECEIVED)
        session.add(review)
    with pytest.raises(IntegrityError), database.writing() as session:
        session.add(row(shop_id=other.id, review_id=review.id))
    with database.writing() as session:
        session.add(row(shop_id=one.id, review_id=review.id))


def test_an_error_tells_no_value(database: Database) -> None:
    two_shops(database)
    again = Shop(domain="one.myshopify.com", token="the encrypted token")
    with pytest.raises(IntegrityError) as told, database.writing() as session:
        session.add(again)
    assert "the encrypted token" not in str(told.value)


def test_a_product_has_one_open_review(database: Database) -> None:
    one, _, product = two_shops(database)

    def add(state: State) -> None:
        with database.writing() as session:
            session.add(Review(shop_id=one.id, product_id=product.id, state=state))

    add(State.PUBLISHED)
    add(State.PENDING)
    add(State.GONE)
    with pytest.raises(IntegrityError):
        add(State.RECEIVED)


def test_times_come_back_aware_and_in_utc(database: Database) -> None:
    moment = datetime(2026, 1, 2, 3, 4, 5, tzinfo=timezone(timedelta(hours=2)))
    with database.writing() as session:
        session.add(Shop(domain="one.myshopify.com", connected_at=moment))
    with database.reading() as session:
        found = session.scalars(select(Shop.connected_at)).one()
    assert found == moment
    assert found.tzinfo == UTC


def test_writers_wait_for_each_other(database: Database) -> None:
    with database.writing() as session:
        session.add(Shop(domain="one.myshopify.com"))
    errors: list[Exception] = []

    def write(writer: int) -> None:
        try:
            for number in range(25):
                with database.writing() as session:
                    shop = session.scalars(select(Shop)).one()  # read first: a deferred lock would fail here
                    event = f"{writer}-{number}"
                    session.add(Delivery(shop_id=shop.id, topic="t", event_id=event, body_hash="h"))
        except Exception as error:
            errors.append(error)

    threads = [threading.Thread(target=write, args=(writer,)) for writer in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert errors == []
    with database.reading() as session:
        assert len(session.scalars(select(Delivery)).all()) == 100
