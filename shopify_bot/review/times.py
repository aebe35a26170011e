"""Times as people say them."""

from datetime import datetime

from shopify_bot.review.blueprint import pages
from shopify_bot.tables import now

STEPS = ((60, 1, "second"), (3600, 60, "minute"), (86400, 3600, "hour"), (30 * 86400, 86400, "day"))


@pages.app_template_filter()
def due(time: datetime) -> str:
    """A time that something is to happen at: `in 20 seconds`, or `now` from then on."""
    return "now" if time <= now() else spoken(time)


@pages.app_template_filter()
def spoken(time: datetime) -> str:
    """`just now`, `3 minutes ago`, `in 20 seconds`; after a month the date."""
    seconds = (now() - time).total_seconds()
    if abs(seconds) < 5:
        return "just now"
    for below, unit, name in STEPS:
        if abs(seconds) < below:
            count = max(1, round(abs(seconds) / unit))
            words = f"{count} {name}{'s' if count > 1 else ''}"
            return f"{words} ago" if seconds > 0 else f"in {words}"
    return time.strftime("%d %B %Y")
