"""What we write to the store comes back as `products/update`, and to be reconciled: it opens nothing."""

from collections.abc import Iterator

import pytest
from sqlalchemy import delete, select, update

from classifier.predictor import Predictor
from shopify_bot import decisions
from shopify_bot.bot import Bot
from shopify_bot.chores import subscriptions
from shopify_bot.chores.rota import Kind
from shopify_bot.devstore import DevStore
from shopify_bot.devstore import Shop as StoreShop
from shopify_bot.jobs.chores import ChoreWork
from shopify_bot.jobs.classify import ClassifyWork
from shopify_bot.jobs.publish import PublishWork
from shopify_bot.labels import label_tree
from shopify_bot.states import State
from shopify_bot.stores import Stores
from shopify_bot.tables import Chore, Delivery, Prediction, Review, Shop, now
from tests.bot.conftest import ME
from tests.bot.test_classifying import jpeg
from tests.bot.web import web

PRODUCTS = 3


@pytest.fixture
def subscribed(served: Bot, stores: Stores, store: DevStore) -> Iterator[Bot]:
    """The bot, hearing from the store through subscriptions of its own."""
    with web(served) as url:
        with served.database.reading() as session:
            subscriptions.ensure(stores.client(session.scalars(select(Shop)).one()), url)
        yield served
        store.webhooks.settle()


def approve_all(bot: Bot) -> None:
    """A person says what each pending product is."""
    with bot.database.writing() as session:
        shop = session.scalars(select(Shop)).one()
        for review_id in session.scalars(select(Review.id).where(Review.state == State.PENDING)).all():
            decisions.correct(session, shop, review_id, "Shirts", ME, label_tree(bot.settings.model))


def publish_all(bot: Bot, stores: Stores) -> None:
    """Publish whatever was approved, ending every wait."""
    work = PublishWork(bot, stores)
    for _ in range(20):
        with bot.database.writing() as session:
            session.execute(update(Review).values(next_attempt_at=now()))
        if not work.one_batch():
            return


def heard(bot: Bot, topic: str) -> int:
    """How many deliveries of a topic were taken in."""
    with bot.database.reading() as session:
        return len(session.scalars(select(Delivery.id).where(Delivery.topic == topic)).all())


def test_our_own_writes_come_back_and_open_nothing(
    subscribed: Bot, stores: Stores, store: DevStore, store_shop: StoreShop, predictor: Predictor
) -> None:
    bot, classify = subscribed, ClassifyWork(subscribed, stores, predictor)
    for number in range(PRODUCTS):
        store_shop.create_product(f"Shirt {number}", jpeg(shape=number))
    assert store.webhooks.settle()
    assert classify.one_batch() == PRODUCTS
    before = heard(bot, "products/update")
    approve_all(bot)
    publish_all(bot, stores)
    assert store.webhooks.settle()
    assert heard(bot, "products/update") >= before + PRODUCTS, "the store told us of our own writes"
    assert classify.one_batch() == 0
    with bot.database.writing() as session:
        session.execute(delete(Chore).where(Chore.kind != Kind.RECONCILE))
    assert ChoreWork(bot, stores).one() == 1
    assert classify.one_batch() == 0
    with bot.database.reading() as session:
        assert session.scalars(select(Review.state)).all() == ["published"] * PRODUCTS
        assert len(session.scalars(select(Prediction.id)).all()) == PRODUCTS
        found = session.scalars(select(Chore.found)).one() or {}
    assert (found["read"], found["new"], found["changed"]) == (PRODUCTS, 0, 0)


def test_a_picture_that_the_merchant_replaces_afterwards_is_looked_at(
    subscribed: Bot, stores: Stores, store: DevStore, store_shop: StoreShop, predictor: Predictor
) -> None:
    bot, classify = subscribed, ClassifyWork(subscribed, stores, predictor)
    gid = store_shop.create_product("Shirt", jpeg())
    assert store.webhooks.settle()
    classify.one_batch()
    approve_all(bot)
    publish_all(bot, stores)
    assert store.webhooks.settle()
    store_shop.update_product(gid, picture=jpeg("Shirts", 3))
    assert store.webhooks.settle()
    assert classify.one_batch() == 1
    with bot.database.reading() as session:
        assert session.scalars(select(Review.state).order_by(Review.id)).all() == ["published", "pending"]


def test_a_product_renamed_while_it_is_pending_is_predicted_anew(
    subscribed: Bot, stores: Stores, store: DevStore, store_shop: StoreShop, predictor: Predictor
) -> None:
    classify = ClassifyWork(subscribed, stores, predictor)
    gid = store_shop.create_product("Thing", jpeg())
    assert store.webhooks.settle()
    classify.one_batch()
    store_shop.update_product(gid, title="Titan Men Black Dial Watch")
    assert store.webhooks.settle()
    assert classify.one_batch() == 1
    with subscribed.database.reading() as session:
        review = session.scalars(select(Review)).one()
        assert (review.state, review.product.title) == ("pending", "Titan Men Black Dial Watch")
