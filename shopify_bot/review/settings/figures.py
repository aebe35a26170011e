"""Shares, numbers and names as a sentence of the page holds them."""

from babel.numbers import format_decimal, format_percent

from shopify_bot.review.blueprint import pages
from shopify_bot.review.languages import language

MOST = 0.999
"""The highest share that is told, below all."""


@pages.app_template_filter("share")
def share(value: float) -> str:
    """A share between 0 and 1, such as 99.5%; rounded, but never to all."""
    rounded = round(value, 3)
    return bound(MOST if rounded == 1 and value < 1 else rounded)


@pages.app_template_filter("bound")
def bound(value: float) -> str:
    """The end of an interval, rounded to whatever is nearest."""
    return str(format_percent(round(value, 3), locale=language(), decimal_quantization=False))


@pages.app_template_filter("of_hundred")
def of_hundred(value: float) -> str:
    """The same out of a hundred, such as 99.5."""
    return str(format_decimal(round(value * 100, 1), locale=language()))


@pages.app_template_filter("number")
def number(value: int) -> str:
    """A count with its thousands apart."""
    return str(format_decimal(value, locale=language()))


def isolated(name: str) -> str:
    """A name that may be written from right to left, kept from turning the sentence around it."""
    return f"\N{FIRST STRONG ISOLATE}{name}\N{POP DIRECTIONAL ISOLATE}"
