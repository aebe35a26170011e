"""What `GET /metrics` tells. No figure is kept in the process: another one would answer with another."""

from collections.abc import Iterator
from importlib.metadata import version

from prometheus_client.core import GaugeMetricFamily, InfoMetricFamily, Metric
from prometheus_client.registry import Collector
from sqlalchemy.exc import SQLAlchemyError

from shopify_bot.bot import Bot
from shopify_bot.doorbell import QUEUES
from shopify_bot.health.signs_of_life import SWEEP, Signs, read_signs
from shopify_bot.metrics.rows import of_the_database
from shopify_bot.tables import now


class BotCollector(Collector):
    """Reads everything anew at each scrape."""

    def __init__(self, bot: Bot) -> None:
        self.bot = bot

    def collect(self) -> Iterator[Metric]:
        yield InfoMetricFamily(
            "shopify_bot", "The version that answers.", {"version": version("shopify-bot")}
        )
        yield from of_redis(read_signs(self.bot))
        try:
            with self.bot.database.reading() as session:
                found = list(of_the_database(session))
        except SQLAlchemyError:
            found = []
        yield gauge("database_up", "Whether the database answers.", float(bool(found)))
        yield from found


def gauge(name: str, text: str, value: float) -> Metric:
    """One figure."""
    return GaugeMetricFamily(f"shopify_bot_{name}", text, value)


def of_redis(signs: Signs) -> Iterator[Metric]:
    """Workers, sweep and queues, as far as Redis tells; nothing but that it is down when it is."""
    yield gauge("redis_up", "Whether Redis answers.", float(signs.redis == "ok"))
    if signs.redis != "ok":
        return
    workers = GaugeMetricFamily("shopify_bot_workers", "Workers that give signs of life.", labels=["queue"])
    silent = GaugeMetricFamily("shopify_bot_workers_silent", "Workers that give none.", labels=["queue"])
    length = GaugeMetricFamily("shopify_bot_queue_length", "Jobs that no worker has taken.", labels=["queue"])
    for queue in QUEUES:
        mine = [each for each in signs.workers if each.queue == queue]
        workers.add_metric([queue], sum(not each.is_silent for each in mine))
        silent.add_metric([queue], sum(each.is_silent for each in mine))
        length.add_metric([queue], signs.waiting[queue])
    yield from (workers, silent, length, heartbeats(signs))


def heartbeats(signs: Signs) -> Metric:
    """How long ago each part gave its last sign; those that never did lack."""
    ages = GaugeMetricFamily(
        "shopify_bot_heartbeat_age_seconds",
        "Time since the last sign of any worker of the queue, or of the sweep.",
        labels=["part"],
    )
    for name in (*QUEUES, SWEEP):
        times = [each.seen_at for each in signs.workers if each.queue == name]
        last = max([*times, *([signs.seen[name]] if name in signs.seen else [])], default=None)
        if last is not None:
            ages.add_metric([name], max(0.0, (now() - last).total_seconds()))
    return ages
