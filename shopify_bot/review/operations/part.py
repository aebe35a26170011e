"""A part of the bot as the page shows it, and how long ago something was in words."""

from dataclasses import dataclass
from datetime import datetime

from shopify_bot.review.languages import ngettext
from shopify_bot.tables import now


@dataclass(frozen=True)
class Part:
    """One tile; `tone` is good, busy, attention, bad or quiet."""

    name: str
    tone: str
    value: str
    detail: str = ""
    trouble: str = ""
    """What is wrong with it, in a sentence; empty when nothing is."""
    command: str = ""
    """What to start or to ask, on the machine that the bot runs on."""


def for_how_long(since: datetime) -> str:
    """The time since then, rounded: `3 minutes`."""
    seconds = max(0.0, (now() - since).total_seconds())
    if seconds < 60:
        return ngettext("%(count)s second", "%(count)s seconds", round(seconds))
    if seconds < 3600:
        return ngettext("%(count)s minute", "%(count)s minutes", round(seconds / 60))
    if seconds < 86400:
        return ngettext("%(count)s hour", "%(count)s hours", round(seconds / 3600))
    return ngettext("%(count)s day", "%(count)s days", round(seconds / 86400))
