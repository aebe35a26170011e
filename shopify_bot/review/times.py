"""Times as people say them."""

from datetime import UTC, datetime

from babel.dates import format_date, format_time

from shopify_bot.review.blueprint import pages
from shopify_bot.review.languages import _, locale, ngettext
from shopify_bot.tables import now

SOON_S = 5
MINUTE, HOUR, DAY = 60, 3600, 86400
MONTH = 30 * DAY


@pages.app_template_filter()
def due(time: datetime) -> str:
    """A time that something is to happen at: `in 20 seconds`, or `now` from then on."""
    return _("now") if time <= now() else spoken(time)


@pages.app_template_filter()
def spoken(time: datetime) -> str:
    """`just now`, `3 minutes ago`, `in 20 seconds`; after a month the date."""
    seconds = (now() - time).total_seconds()
    if abs(seconds) < SOON_S:
        return _("just now")
    if abs(seconds) >= MONTH:
        return day(time)
    return ago(seconds) if seconds > 0 else ahead(-seconds)


def ago(seconds: float) -> str:
    """How long ago something was, in the largest unit that fits."""
    if seconds < MINUTE:
        return ngettext("%(count)s second ago", "%(count)s seconds ago", whole(seconds, 1))
    if seconds < HOUR:
        return ngettext("%(count)s minute ago", "%(count)s minutes ago", whole(seconds, MINUTE))
    if seconds < DAY:
        return ngettext("%(count)s hour ago", "%(count)s hours ago", whole(seconds, HOUR))
    return ngettext("%(count)s day ago", "%(count)s days ago", whole(seconds, DAY))


def ahead(seconds: float) -> str:
    """In how long something will be."""
    if seconds < MINUTE:
        return ngettext("in %(count)s second", "in %(count)s seconds", whole(seconds, 1))
    if seconds < HOUR:
        return ngettext("in %(count)s minute", "in %(count)s minutes", whole(seconds, MINUTE))
    if seconds < DAY:
        return ngettext("in %(count)s hour", "in %(count)s hours", whole(seconds, HOUR))
    return ngettext("in %(count)s day", "in %(count)s days", whole(seconds, DAY))


def whole(seconds: float, unit: int) -> int:
    """How many of the unit these are, at least one."""
    return max(1, round(seconds / unit))


@pages.app_template_filter()
def day(time: datetime) -> str:
    """A date, such as 3 March 2026."""
    return str(format_date(time.astimezone(UTC), "long", locale=locale()))


@pages.app_template_filter()
def exact(time: datetime) -> str:
    """A date and a time to the second, such as 3 March 2026, 14:05:09 UTC."""
    clock = format_time(time.astimezone(UTC), "HH:mm:ss", locale=locale())
    return f"{day(time)}, {clock} UTC"
