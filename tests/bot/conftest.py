"""A local store with one shop, and a bot that serves it."""

import dataclasses
from collections.abc import Callable, Iterator

import pytest
from sqlalchemy import select, update

from classifier.predictor import Predictor, load_predictor
from shopify_bot import decisions
from shopify_bot.bot import Bot
from shopify_bot.decisions import CategorySaid, Reviewer
from shopify_bot.devstore import DevStore
from shopify_bot.devstore import Shop as StoreShop
from shopify_bot.doorbell import Doorbell
from shopify_bot.jobs.publish import PublishWork
from shopify_bot.jobs.revert import RevertWork
from shopify_bot.labels import label_tree
from shopify_bot.settings import Settings
from shopify_bot.shopify import client
from shopify_bot.shops import add_shop
from shopify_bot.states import State
from shopify_bot.stores import Stores
from shopify_bot.tables import Product, Review, Shop, now
from tests.conftest import API_SECRET

DOMAIN, TOKEN = "demo.myshopify.com", "shpat_devstore"
ME = Reviewer("tester", "cli")


@pytest.fixture(scope="session")
def predictor() -> Predictor:
    """The shipped model."""
    return load_predictor(Settings().model, device="cpu")


@pytest.fixture
def store() -> Iterator[DevStore]:
    with DevStore(api_secret=API_SECRET) as store:
        store.add_shop(DOMAIN, TOKEN)
        yield store


@pytest.fixture
def store_shop(store: DevStore) -> StoreShop:
    return store.shop(DOMAIN)


@pytest.fixture
def served(bot: Bot, store: DevStore) -> Bot:
    """The bot, serving the store's shop."""
    settings = bot.settings.model_copy(update={"admin_origin": store.origin, "image_hosts": (store.host,)})
    with bot.database.writing() as session:
        add_shop(session, settings, DOMAIN, TOKEN)
    return dataclasses.replace(bot, settings=settings, doorbell=Doorbell(settings))


@pytest.fixture
def stores(served: Bot, monkeypatch: pytest.MonkeyPatch) -> Stores:
    monkeypatch.setattr(client, "BACKOFF_S", 0.01)
    return Stores(served)


@pytest.fixture
def publish(served: Bot, stores: Stores) -> PublishWork:
    return PublishWork(served, stores)


@pytest.fixture
def revert(served: Bot, stores: Stores) -> RevertWork:
    return RevertWork(served, stores)


@pytest.fixture
def receive(served: Bot) -> Callable[..., int]:
    """Put a product on the road, as its webhook would; returns the review's id."""

    def put(gid: str, state: State = State.RECEIVED) -> int:
        with served.database.writing() as session:
            shop = session.scalars(select(Shop)).one()
            product = session.scalar(select(Product).where(Product.gid == gid))
            if product is None:
                product = Product(shop_id=shop.id, gid=gid, title="A product")
                session.add(product)
                session.flush()
            review = Review(shop_id=shop.id, product_id=product.id, state=state)
            session.add(review)
            session.flush()
            return review.id

    return put


@pytest.fixture
def approved(served: Bot, receive: Callable[..., int]) -> Callable[..., int]:
    """A review whose label a person has chosen, ready to be published."""

    def decide(gid: str, label: str = "Shirts", replaces: bool = False, seen: str | None = None) -> int:
        review_id = receive(gid, State.PENDING)
        with served.database.writing() as session:
            shop = session.scalars(select(Shop)).one()
            tree, category = label_tree(served.settings.model), CategorySaid(replaces, seen)
            decisions.correct(session, shop, review_id, label, ME, tree, category)
        return review_id

    return decide


def find(bot: Bot, review_id: int) -> Review:
    """The review as it stands."""
    with bot.database.reading() as session:
        return session.get_one(Review, review_id)


def make_due(bot: Bot) -> None:
    """End every wait."""
    with bot.database.writing() as session:
        session.execute(update(Review).values(next_attempt_at=now()))
