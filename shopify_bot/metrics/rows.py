"""Figures out of the database, by shop: each is one query, by an index."""

from collections.abc import Iterable, Iterator
from datetime import timedelta
from itertools import accumulate

from prometheus_client.core import GaugeMetricFamily, HistogramMetricFamily, Metric
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from shopify_bot import turns
from shopify_bot.health.backlog import STEPS
from shopify_bot.states import State
from shopify_bot.tables import BulkAction, Chore, Delivery, Review, Shop, Tally, now
from shopify_bot.tallies.counting import LONGEST_WAIT, PREDICTION, SHORTEST_WAIT, Part

Shops = dict[int, str]
"""Domains by id."""

HOUR = timedelta(hours=1)


def of_the_database(session: Session) -> Iterator[Metric]:
    """Everything, of every shop."""
    shops = {row.id: row for row in session.scalars(select(Shop))}
    domains = {shop_id: shop.domain for shop_id, shop in shops.items()}
    active = family("shop_active", "Whether the shop has the app.")
    for shop in shops.values():
        active.add_metric([shop.domain], float(shop.state == "active"))
    yield active
    yield reviews(session, domains)
    yield from due(session, domains)
    yield from webhooks(session, domains)
    yield from chores(session, domains)
    yield bulk_actions(session, domains)
    yield decisions(session, domains)
    yield waits(session, domains)


def family(name: str, text: str, *labels: str) -> GaugeMetricFamily:
    """A figure of each shop, told apart by further labels."""
    return GaugeMetricFamily(f"shopify_bot_{name}", text, labels=["shop", *labels])


def reviews(session: Session, domains: Shops) -> Metric:
    """How many stand in each state."""
    told = family("reviews", "Products in each state.", "state")
    query = select(Review.shop_id, Review.state, func.count()).group_by(Review.shop_id, Review.state)
    found = {(shop_id, state): count for shop_id, state, count in session.execute(query)}
    for shop_id, domain in domains.items():
        for state in State:
            told.add_metric([domain, state.value], found.get((shop_id, state.value), 0))
    return told


def due(session: Session, domains: Shops) -> Iterable[Metric]:
    """What a worker should have taken up, and since when; of shops that have the app."""
    moment = now()
    count = family("due", "Products that a worker should take up now.", "step")
    oldest = family("oldest_due_age_seconds", "For how long the first of them is due; 0 without any.", "step")
    for step, states in STEPS.items():
        query = select(Review.shop_id, func.count(), func.min(Review.next_attempt_at))
        by_shop = query.where(*turns.due(states)).group_by(Review.shop_id)
        found = {row[0]: row for row in session.execute(by_shop)}
        for shop_id, domain in domains.items():
            _, many, first = found.get(shop_id, (shop_id, 0, moment))
            count.add_metric([domain, step], many)
            oldest.add_metric([domain, step], max(0.0, (moment - first).total_seconds()))
    return count, oldest


def webhooks(session: Session, domains: Shops) -> Iterable[Metric]:
    """Deliveries of the last hour: they are deleted after a week, so there is no total that only grows."""
    hourly = family("webhooks_last_hour", "Deliveries taken in during the last hour.", "topic")
    # Grouped by an expression: for the column SQLite would read the whole week in the order of topics.
    topic = func.trim(Delivery.topic)
    query = (
        select(Shop.id, topic, func.count())
        .join(Delivery, Delivery.shop_id == Shop.id)
        .where(Shop.id.in_(domains), Delivery.received_at > now() - HOUR)
        .group_by(Shop.id, topic)
    )
    for shop_id, name, count in session.execute(query):
        hourly.add_metric([domains[shop_id], name], count)
    last = family("last_webhook_timestamp_seconds", "When the last delivery came, of those of the last week.")
    newest = select(func.max(Delivery.received_at)).where(Delivery.shop_id == Shop.id).scalar_subquery()
    for shop_id, received_at in session.execute(select(Shop.id, newest).where(Shop.id.in_(domains))):
        if received_at is not None:
            last.add_metric([domains[shop_id]], received_at.timestamp())
    return hourly, last


def chores(session: Session, domains: Shops) -> Iterable[Metric]:
    """The regular checks: when each last went well, and whether it is going wrong."""
    done = family("chore_last_success_timestamp_seconds", "When the check last went well.", "chore")
    wrong = family("chore_failing", "Whether the check went wrong the last time.", "chore")
    late = family("chore_overdue_seconds", "For how long the check has been due; 0 when it is not.", "chore")
    query = select(Chore).where(Chore.shop_id.in_(domains)).order_by(Chore.shop_id, Chore.kind)
    for chore in session.scalars(query):
        labels = [domains[chore.shop_id], chore.kind]
        wrong.add_metric(labels, float(chore.error is not None))
        late.add_metric(labels, max(0.0, (now() - chore.next_at).total_seconds()))
        if chore.finished_at is not None:
            done.add_metric(labels, chore.finished_at.timestamp())
    return done, wrong, late


def bulk_actions(session: Session, domains: Shops) -> Metric:
    """Bulk actions that are not done."""
    told = family("bulk_actions_running", "Bulk actions that are on their way.")
    query = select(BulkAction.shop_id, func.count()).where(BulkAction.finished_at.is_(None))
    found = dict(session.execute(query.group_by(BulkAction.shop_id)).all())
    for shop_id, domain in domains.items():
        told.add_metric([domain], found.get(shop_id, 0))
    return told


def decisions(session: Session, domains: Shops) -> Metric:
    """Decisions that hold, from the sums of the insights; taking one back makes the figure smaller."""
    told = family("decisions", "Decisions that hold, as far as they are summed up.", "kind", "source")
    query = (
        select(Tally.shop_id, Tally.kind, Tally.source, func.sum(Tally.count))
        .where(Tally.shop_id.in_(domains), Tally.part == Part.DAYS, Tally.kind != PREDICTION)
        .group_by(Tally.shop_id, Tally.kind, Tally.source)
    )
    for shop_id, kind, source, count in session.execute(query):
        told.add_metric([domains[shop_id], kind, source], count)
    return told


def waits(session: Session, domains: Shops) -> Metric:
    """From the webhook to the first prediction."""
    told = HistogramMetricFamily(
        "shopify_bot_prediction_seconds",
        "From a product's webhook to its first prediction, as far as they are summed up.",
        labels=["shop"],
    )
    query = (
        select(Tally.shop_id, Tally.bucket, func.sum(Tally.count), func.sum(Tally.seconds))
        .where(
            Tally.shop_id.in_(domains),
            Tally.part == Part.WAITS,
            Tally.day == "",
            Tally.kind == PREDICTION,
        )
        .group_by(Tally.shop_id, Tally.bucket)
    )
    found: dict[int, dict[int, tuple[int, float]]] = {}
    for shop_id, bucket, count, seconds in session.execute(query):
        found.setdefault(shop_id, {})[bucket] = (count, seconds)
    for shop_id, by_bucket in found.items():
        total = sum(seconds for _, seconds in by_bucket.values())
        told.add_metric([domains[shop_id]], buckets(by_bucket), total)
    return told


def buckets(by_bucket: dict[int, tuple[int, float]]) -> list[tuple[str, float]]:
    """Counts up to each power of two, as Prometheus wants them."""
    powers = range(SHORTEST_WAIT, LONGEST_WAIT + 1)
    counts = list(accumulate(by_bucket.get(power, (0, 0.0))[0] for power in powers))
    told = [(str(2.0**power), float(count)) for power, count in zip(powers, counts, strict=True)]
    return [*told, ("+Inf", float(counts[-1]))]
