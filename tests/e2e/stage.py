"""The whole bot as real processes beside a local store, for a real browser."""

import os
import signal
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from uuid import uuid4

from pydantic import SecretStr
from sqlalchemy import delete, func, select

from shopify_bot import decisions
from shopify_bot.bot import Bot, make_bot
from shopify_bot.bulk.beginning import begin
from shopify_bot.bulk.kinds import Kind
from shopify_bot.chores.subscriptions import WANTED
from shopify_bot.decisions import Reviewer
from shopify_bot.demo.showing import free_port
from shopify_bot.devstore import DevStore
from shopify_bot.devstore import Shop as StoreShop
from shopify_bot.devstore.catalogue import choose
from shopify_bot.devstore.drawing import write_catalogue
from shopify_bot.devstore.filling import fill
from shopify_bot.finding.selection import Selection
from shopify_bot.people.users import add_user
from shopify_bot.settings import Settings
from shopify_bot.states import State
from shopify_bot.tables import Decision, Delivery, Prediction, Product, Review, Shop, SignIn
from tests.acceptance.test_run import DOMAIN, TOKEN, Installation, wait_until
from tests.bot.test_classifying import jpeg
from tests.conftest import API_SECRET

PASSWORD = "correct horse battery"
PEOPLE = ("ann", "ben")
PATIENCE_S = 120.0
STILL_S = 3.0
UNHURRIED = {"LEASE": "15", "SUBSCRIPTIONS": "3600", "RECONCILE": "3600"}
"""Settings in seconds, as they are by default."""


@dataclass(frozen=True)
class Stage:
    """A running installation that serves one shop of a local store."""

    running: Installation
    store: DevStore
    shop: StoreShop
    bot: Bot

    @property
    def origin(self) -> str:
        """Where the pages are."""
        return f"http://127.0.0.1:{self.running.port}"

    def draw(self, folder: Path, count: int) -> None:
        """Create that many drawn products in the store, hard ones among them."""
        write_catalogue(folder, count, seed=11)
        fill(self.shop, choose(folder, count), late_seconds=2.0)

    def create(self, count: int = 1, label: str = "Watches", title: str = "A steel watch") -> list[int]:
        """Add products to the store and wait until they can be reviewed; returns the ids of their reviews."""
        gids = [self.shop.create_product(f"{title} {number}", jpeg(label, number)) for number in range(count)]
        wait_until(lambda: len(self.reviews(State.PENDING, gids)) == count, PATIENCE_S)
        return self.reviews(State.PENDING, gids)

    def approve_in_bulk(self, reviews: list[int]) -> int:
        """Begin a bulk action, as the page does; returns its id."""
        with self.bot.database.writing() as session:
            shop = session.scalars(select(Shop)).one()
            said = {"reviewer": "ann", "click": str(uuid4()), "regrets": timedelta(0)}
            return begin(session, shop, Kind.APPROVE, Selection(ids=tuple(reviews)), **said).id  # type: ignore[arg-type]

    def clear(self) -> None:
        """Dismiss whatever waits for a decision, so that a test knows what is on screen."""
        with self.bot.database.writing() as session:
            for review in session.scalars(select(Review).where(Review.state == State.PENDING.value)):
                shop = session.get_one(Shop, review.shop_id)
                decisions.dismiss(session, shop, review.id, Reviewer("sweeper", "cli"))

    def sign_everybody_out(self) -> None:
        """End every session, as time does."""
        with self.bot.database.writing() as session:
            session.execute(delete(SignIn))

    def reviews(self, state: State, gids: list[str] | None = None) -> list[int]:
        """Ids of the reviews in that state, oldest first, of these products or of all."""
        query = select(Review.id).join(Product, Product.id == Review.product_id).order_by(Review.id)
        query = query.where(Review.state == state.value)
        if gids is not None:
            query = query.where(Product.gid.in_(gids))
        with self.bot.database.reading() as session:
            return list(session.scalars(query))

    def decisions(self, review_id: int) -> list[tuple[str, str | None, str]]:
        """Kind, label and reviewer of every decision on a review, oldest first."""
        query = select(Decision).where(Decision.review_id == review_id).order_by(Decision.id)
        with self.bot.database.reading() as session:
            return [(each.kind, each.label, each.reviewer) for each in session.scalars(query)]

    def state(self, review_id: int) -> State:
        """Where a review stands."""
        with self.bot.database.reading() as session:
            return State(session.get_one(Review, review_id).state)

    def gid(self, review_id: int) -> str:
        """The product's id in the store."""
        with self.bot.database.reading() as session:
            return session.get_one(Product, session.get_one(Review, review_id).product_id).gid

    def settle(self, pending: int) -> None:
        """Return once that many wait for a decision, and nothing more has come of them for a while."""
        self.wait(lambda: len(self.reviews(State.PENDING)) == pending)
        seen: list[int] = []
        while len(seen) < 2 or seen[-1] != seen[-2]:
            time.sleep(STILL_S)
            with self.bot.database.reading() as session:
                rows = (session.scalar(select(func.count(each.id))) or 0 for each in (Delivery, Prediction))
                seen.append(sum(rows))
        self.wait(lambda: len(self.reviews(State.PENDING)) == pending)

    def wait_for(self, review_id: int, state: State) -> None:
        """Return once the review stands there."""
        self.wait(lambda: self.state(review_id) == state)

    def wait(self, true: Callable[[], bool]) -> None:
        """Return once it is true."""
        wait_until(true, PATIENCE_S)


@contextmanager
def raised(
    folder: Path,
    stocked: Callable[[StoreShop], None] = lambda _: None,
    begun: Callable[[Stage], None] = lambda _: None,
) -> Iterator[Stage]:
    """A fresh stage; everything ends with it.

    `stocked` makes what was in the store before us, `begun` what we hold before any of our processes runs.
    """
    with DevStore(None, API_SECRET) as store:  # it tells whoever subscribed
        shop = store.add_shop(DOMAIN, TOKEN)
        stocked(shop)
        running = Installation(folder / "data", store, free_port())
        running.env |= {f"SHOPIFY_BOT_{name}_S": seconds for name, seconds in UNHURRIED.items()}
        running.command("shops", "add", DOMAIN, "--token", TOKEN)
        bot = make_bot(
            Settings(data_dir=folder / "data", shopify_api_secret=SecretStr(API_SECRET), app_url="")
        )
        with bot.database.writing() as session:
            for name in PEOPLE:
                add_user(session, name, PASSWORD)
        stage = Stage(running, store, shop, bot)
        begun(stage)
        running.start()
        try:
            wait_until(lambda: len(shop.subscriptions) == len(WANTED), PATIENCE_S)
            yield stage
        finally:
            if running.process is not None and running.process.poll() is None:
                os.killpg(running.process.pid, signal.SIGTERM)
                running.process.wait(30)
            bot.database.close()
