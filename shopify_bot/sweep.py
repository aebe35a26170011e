"""The sweep: rings for what is due and was not heard of: reviews, bulk actions, chores, ended leases."""

import logging
import math
import signal
import threading

from redis.exceptions import RedisError
from sqlalchemy.exc import SQLAlchemyError

from shopify_bot.bot import Bot
from shopify_bot.bulk import work
from shopify_bot.chores import rota
from shopify_bot.claims import TO_CLASSIFY, TO_PUBLISH, TO_REVERT, count_due
from shopify_bot.doorbell import BULK, CLASSIFY, PUBLISH, queue
from shopify_bot.health.signs_of_life import SWEEP, note_seen
from shopify_bot.jobs.store_work import CLAIM_AT_ONCE

log = logging.getLogger(__name__)

MOST_BELLS = 4
"""Bells in a queue at most: each job works until nothing is due, so more would only be found late."""


def sweep_once(bot: Bot) -> dict[str, int]:
    """Ring as often as due reviews, bulk actions and chores need; returns how many are due by queue."""
    make_lacking_chores(bot)
    with bot.database.reading() as session:
        due = {
            CLASSIFY: count_due(session, TO_CLASSIFY),
            PUBLISH: count_due(session, TO_PUBLISH + TO_REVERT),
            BULK: rota.count_due(session) + work.count_due(session),
        }
    at_once = {CLASSIFY: bot.settings.batch_size, PUBLISH: CLAIM_AT_ONCE, BULK: 1}
    for name, count in due.items():
        wanted = min(math.ceil(count / at_once[name]), MOST_BELLS)
        for _ in range(wanted - waiting_bells(bot, name)):
            bot.doorbell.ring(name)
    return due


def make_lacking_chores(bot: Bot) -> None:
    """Make the chores of shops that an older version added; no write lock is taken where there are none."""
    with bot.database.reading() as session:
        if not rota.lacking(session):
            return
    with bot.database.writing() as session:
        for shop in rota.lacking(session):
            rota.schedule(session, shop)


def waiting_bells(bot: Bot, name: str) -> int:
    """Bells that no worker has heard yet; as many as would be rung when Redis is away."""
    try:
        redis = bot.doorbell.client()
        return queue(name, redis).count if redis else MOST_BELLS
    except RedisError:
        return MOST_BELLS


def give_sign(bot: Bot) -> None:
    """Let the pages show that the sweep lives."""
    try:
        redis = bot.doorbell.client()
        if redis is not None:
            note_seen(redis, SWEEP)
    except (RedisError, ValueError) as error:
        log.debug("redis does not hear the heartbeat: %s", error)


def sweep_until_stopped(bot: Bot) -> None:
    """Sweep every `sweep_s` seconds until SIGINT or SIGTERM."""
    stop = threading.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_: stop.set())
    while not stop.is_set():
        try:
            sweep_once(bot)
            give_sign(bot)
        except SQLAlchemyError as error:
            log.warning("the database is away, sweeping again in %.0f s: %s", bot.settings.sweep_s, error)
        stop.wait(bot.settings.sweep_s)
