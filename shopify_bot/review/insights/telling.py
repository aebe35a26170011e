"""Figures as people say them, in the language of the request."""

from datetime import date
from functools import lru_cache
from math import floor

from babel.dates import format_date
from babel.numbers import format_decimal, format_percent

from shopify_bot.alone.evidence import Share
from shopify_bot.review.blueprint import pages
from shopify_bot.review.languages import _, language

MINUTE, HOUR, DAY = 60.0, 3600.0, 86400.0
NOTHING = "\N{EN DASH}"
ENOUGH = 1000
"""Of so many a share is told without the interval that it is known to."""


@pages.app_template_filter("rate")
def rate(value: float | None) -> str:
    """A share between 0 and 1 with at most one digit behind the point, never rounded to certainty."""
    if value is None:
        return NOTHING
    tenths = floor(value * 1000 + 1e-9) if value > 0.5 else round(value * 1000)
    if tenths == 0 and value > 0:
        return f"<{rate(0.001)}"
    return in_percent(tenths, language())


@lru_cache(maxsize=2002)
def in_percent(tenths: int, locale: str) -> str:
    """Tenths of a per cent."""
    return str(format_percent(tenths / 1000, format="#,##0.#%", locale=locale))


@pages.app_template_filter("many")
def many(value: float) -> str:
    """A count with its thousands apart."""
    return in_digits(value, language())


@lru_cache(maxsize=4096)
def in_digits(value: float, locale: str) -> str:
    """Kept, since a page has hundreds of them."""
    return str(format_decimal(value, locale=locale))


@pages.app_template_filter("about")
def about(value: float) -> str:
    """A mean: with one digit behind the point below ten."""
    return many(round(value) if value >= 10 else round(value, 1))


@pages.app_template_filter("between")
def between(share: Share) -> str:
    """Where the true share lies, of a small sample; empty for a large one."""
    if not 0 < share.total < ENOUGH:
        return ""
    low, high = share.interval
    return _("between %(low)s and %(high)s", low=rate(low), high=rate(high))


@pages.app_template_filter("short_day")
def short_day(day: date) -> str:
    """Such as 21 Nov."""
    return str(format_date(day, "d MMM", locale=language()))


@pages.app_template_filter("long_day")
def long_day(day: date) -> str:
    """Such as 21 November 2026."""
    return str(format_date(day, "d MMMM y", locale=language()))


@pages.app_template_filter("lasting")
def lasting(seconds: float | None) -> str:
    """Such as 0.4 s, 12 s, 3 min, 2 h, 5 days."""
    if seconds is None:
        return NOTHING
    if seconds < MINUTE:
        return _(
            "%(count)s s", count=format_decimal(round(seconds, 1 if seconds < 10 else 0), locale=language())
        )
    for unit, above, text in (
        (MINUTE, HOUR, _("%(count)s min")),
        (HOUR, 2 * DAY, _("%(count)s h")),
    ):
        if seconds < above:
            return text % {"count": many(round(seconds / unit))}
    return _("%(count)s days", count=many(round(seconds / DAY)))
