"""The processes that must run beside the web process, and the Redis between them."""

from datetime import datetime, timedelta

from shopify_bot.doorbell import BULK, CLASSIFY, PUBLISH
from shopify_bot.health.signs_of_life import SILENT_AFTER, SWEEP, Signs, Worker
from shopify_bot.review.languages import _, marked, ngettext
from shopify_bot.review.operations.part import Part, for_how_long
from shopify_bot.review.times import spoken
from shopify_bot.tables import now

WORKERS = {
    CLASSIFY: (
        marked("Classify worker"),
        marked("No classify worker has been seen for %(time)s. New products wait until one runs. Start it:"),
        marked("No classify worker has been seen. New products wait until one runs. Start it:"),
    ),
    PUBLISH: (
        marked("Publish worker"),
        marked("No publish worker has been seen for %(time)s. Nothing is written to stores. Start it:"),
        marked("No publish worker has been seen. Nothing is written to stores. Start it:"),
    ),
    BULK: (
        marked("Bulk worker"),
        marked("No bulk worker has been seen for %(time)s. Bulk actions and regular checks wait. Start it:"),
        marked("No bulk worker has been seen. Bulk actions and regular checks wait. Start it:"),
    ),
}
"""Of each queue: its worker's name, and what to say when there is none."""

REDIS = {
    "away": marked(
        "Redis does not answer, so workers do not hear of new work. Nothing is lost: it is done once Redis "
        "is back. See whether it runs, and whether SHOPIFY_BOT_REDIS_URL is right:"
    ),
    "none": marked(
        "No Redis is known, so workers do not hear of new work. Set SHOPIFY_BOT_REDIS_URL, or start "
        "everything at once, with a Redis of its own:"
    ),
}


def processes(signs: Signs, sweep_s: float) -> list[Part]:
    """Workers, sweep and Redis; `sweep_s` is how often the sweep looks."""
    return [*(worker_part(signs, name) for name in WORKERS), sweep_part(signs, sweep_s), redis_part(signs)]


def redis_part(signs: Signs) -> Part:
    """Whether Redis answers."""
    if signs.redis == "ok":
        return Part(_("Redis"), "good", _("Answers"), bells(sum(signs.waiting.values())))
    command = "shopify-bot doctor" if signs.redis == "away" else "shopify-bot run"
    return Part(_("Redis"), "bad", _("Away"), trouble=_(REDIS[signs.redis]), command=command)


def bells(count: int) -> str:
    """How many jobs no worker has taken up yet."""
    return ngettext("%(count)s job in its queues", "%(count)s jobs in its queues", count)


def worker_part(signs: Signs, queue: str) -> Part:
    """How many workers of the queue there are, and what they do now."""
    name, silent, never = WORKERS[queue]
    living = signs.living(queue)
    if living:
        value = ngettext("%(count)s running", "%(count)s running", len(living))
        return Part(_(name), "good", value, doing(living))
    if signs.redis != "ok":
        return unknown(_(name))
    last = last_seen(signs, queue)
    trouble = _(silent, time=for_how_long(last)) if last else _(never)
    return Part(_(name), "bad", _("Not running"), seen(last), trouble, f"python worker.py {queue}")


def doing(living: list[Worker]) -> str:
    """What they do now, and when the last sign came."""
    busy = [each.busy_since for each in living if each.busy_since]
    when = spoken(max(each.seen_at for each in living))
    if not busy:
        return _("Waits for work; seen %(when)s", when=when)
    return _("At work for %(time)s; seen %(when)s", time=for_how_long(min(busy)), when=when)


def last_seen(signs: Signs, queue: str) -> datetime | None:
    """When the last worker of the queue gave a sign."""
    times = [each.seen_at for each in signs.workers if each.queue == queue]
    return max([*times, *([signs.seen[queue]] if queue in signs.seen else [])], default=None)


def seen(last: datetime | None) -> str:
    """When it was seen last, if ever."""
    return _("Seen %(when)s", when=spoken(last)) if last else _("Never seen")


def sweep_part(signs: Signs, sweep_s: float) -> Part:
    """Whether the sweep runs."""
    last = signs.seen.get(SWEEP)
    if signs.redis != "ok":
        return unknown(_("Sweep"))
    if last is not None and now() - last < max(SILENT_AFTER, timedelta(seconds=3 * sweep_s)):
        return Part(_("Sweep"), "good", _("Running"), seen(last))
    trouble = (
        _("The sweep has not been seen for %(time)s. Nothing is tried again without it. Start it:",
          time=for_how_long(last))
        if last
        else _("The sweep has not been seen. Nothing is tried again without it. Start it:")
    )  # fmt: skip
    return Part(_("Sweep"), "bad", _("Not running"), seen(last), trouble, "shopify-bot sweep")


def unknown(name: str) -> Part:
    """A part that only Redis could tell of."""
    return Part(name, "quiet", _("Not known"), _("Redis would tell"))
