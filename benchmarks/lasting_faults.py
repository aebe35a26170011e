"""Rows of the fault table whose faults last: two shops, one of which is in order."""

import os
import signal
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

from sqlalchemy import select

from shopify_bot import decisions
from shopify_bot.bot import Bot, make_bot
from shopify_bot.decisions import Reviewer
from shopify_bot.demo.showing import free_port
from shopify_bot.devstore import DevStore
from shopify_bot.devstore import Shop as StoreShop
from shopify_bot.labels import label_tree
from shopify_bot.settings import PREFIX, ROOT
from shopify_bot.shops import add_shop
from shopify_bot.states import State
from shopify_bot.tables import Product, Review, Shop

SICK, WELL = "sick.myshopify.com", "well.myshopify.com"
ENDED = (State.PUBLISHED, State.FAILED, State.GONE)
PATIENCE_S = 120.0


def refuse_with(status: int) -> Callable[[StoreShop, Shop], None]:
    """Let the store answer every call with that status."""

    def begin(store_shop: StoreShop, _shop: Shop) -> None:
        store_shop.refuse_with = status

    return begin


def delete_products(store_shop: StoreShop, _shop: Shop) -> None:
    """Every product goes."""
    for gid in list(store_shop.products):
        store_shop.delete_product(gid)


def choose_no_channel(_store_shop: StoreShop, shop: Shop) -> None:
    """The merchant chose a sales channel that is gone: the store reads the mutation and refuses it."""
    shop.publication_ids = ["gid://shopify/Publication/404"]


LASTING: dict[str, Callable[[StoreShop, Shop], None]] = {
    "401": refuse_with(401),
    "402": refuse_with(402),
    "403": refuse_with(403),
    "product gone": delete_products,
    "user error": choose_no_channel,
}


def run_lasting(name: str, products: int) -> dict[str, Any]:
    """Publish `products` in each of two shops while one of them has the fault; returns the figures."""
    with tempfile.TemporaryDirectory(prefix="shopify-bot-faults-") as folder, DevStore() as store:
        bot = installation(Path(folder), store)
        begin = LASTING[name]
        for domain in (SICK, WELL):
            store_shop = store.add_shop(domain, f"shpat_{domain}")
            with bot.database.writing() as session:
                shop = add_shop(session, bot.settings, domain, f"shpat_{domain}")
                session.flush()
                for number in range(products):
                    approve(bot, session, shop, store_shop.create_product(f"Shirt {number}"))
                if domain == SICK:
                    begin(store_shop, shop)
        seconds = run_bot(bot)
        figures = outcome(bot, store, products) | {"seconds": round(seconds, 1)}
        bot.database.close()
        return figures


def installation(folder: Path, store: DevStore) -> Bot:
    """A fresh bot in a folder, pointed at the store; processes that are started later are of it too."""
    for name in [name for name in os.environ if name.startswith(PREFIX)]:
        del os.environ[name]
    made = {
        "DATA_DIR": str(folder),
        "ADMIN_ORIGIN": store.origin,
        "IMAGE_HOSTS": store.host,
        "SHOPIFY_API_SECRET": "the secret of a benchmark",
    }
    os.environ.update({PREFIX + name: value for name, value in made.items()})
    bot = make_bot()
    bot.database.migrate()
    return bot


def approve(bot: Bot, session: Any, shop: Shop, gid: str) -> None:
    """A product whose label a person has chosen."""
    product = Product(shop_id=shop.id, gid=gid, title="Shirt")
    session.add(product)
    session.flush()
    review = Review(shop_id=shop.id, product_id=product.id, state=State.PENDING)
    session.add(review)
    session.flush()
    tree = label_tree(bot.settings.model)
    decisions.correct(session, shop, review.id, "Shirts", Reviewer("benchmark", "cli"), tree)


def run_bot(bot: Bot) -> float:
    """Run all processes until every review has ended; returns the seconds."""
    command = [sys.executable, "-m", "shopify_bot", "run", "--port", str(free_port())]
    began = time.monotonic()
    with (
        (bot.settings.data_dir / "run.log").open("wb") as log,
        subprocess.Popen(command, cwd=ROOT, stdout=log, stderr=log) as process,
    ):
        while time.monotonic() - began < PATIENCE_S and not all_ended(bot):
            time.sleep(0.2)
        seconds = time.monotonic() - began
        process.send_signal(signal.SIGTERM)
    return seconds


def all_ended(bot: Bot) -> bool:
    """Whether no review is under way."""
    with bot.database.reading() as session:
        return session.scalars(select(Review.id).where(Review.state.not_in(ENDED))).first() is None


def outcome(bot: Bot, store: DevStore, products: int) -> dict[str, Any]:
    """How the reviews of both shops ended, the reasons, and what was asked of the store for each product."""
    ends: dict[str, Counter[str]] = {SICK: Counter(), WELL: Counter()}
    reasons: Counter[str] = Counter()
    with bot.database.reading() as session:
        for review in session.scalars(select(Review)):
            ends[review.shop.domain][review.state] += 1
            if review.shop.domain == SICK:
                reasons[review.error or "no reason"] += 1
    operations = Counter(call.operation for call in store.calls.entries(shop=SICK))
    ledger = Counter((entry.shop, entry.kind) for entry in store.ledger.entries(effective=True))
    return {
        "sick": dict(ends[SICK]),
        "well": dict(ends[WELL]),
        "attempts_per_sick_product": round(max(operations.values(), default=0) / products, 2),
        "reasons": len(reasons),
        "reason": reasons.most_common(1)[0][0],
        "category_writes_in_well": ledger[WELL, "category_written"],
    }
