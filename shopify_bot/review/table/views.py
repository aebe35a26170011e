"""Ways to look at the table: tabs, orders, and the filters that are on, each with its way out."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from babel.dates import format_date
from flask import url_for

from shopify_bot.finding.selection import Selection, Sort
from shopify_bot.review.languages import _, locale, marked
from shopify_bot.review.standing import BADGES
from shopify_bot.states import State

PENDING = (State.PENDING,)
TABS: tuple[tuple[str, Selection, str], ...] = (
    (marked("To review"), Selection(PENDING), "pending"),
    (marked("Sure"), Selection(PENDING, sure=True), ""),
    (marked("Unsure"), Selection(PENDING, sure=False), ""),
    (marked("Skipped"), Selection((State.SKIPPED,)), "skipped"),
    (marked("Published"), Selection((State.PUBLISHED,)), "published"),
    (marked("Failed"), Selection((State.FAILED,)), "failed"),
    (marked("All"), Selection(), ""),
)
"""Name, what it shows, and under which name its count is known, if it is."""
ORDERS = {
    Sort.OLDEST: marked("Oldest first"),
    Sort.NEWEST: marked("Newest first"),
    Sort.LEAST_SURE: marked("Least sure first"),
    Sort.ALIKE: marked("Most similar together"),
}


@dataclass(frozen=True)
class Tab:
    """A common view; `count` names the total that stands beside it."""

    text: str
    address: str
    is_current: bool
    count: str


@dataclass(frozen=True)
class Chip:
    """A filter that is on, in words, and the address of the table without it."""

    text: str
    without: str


def address(selection: Selection, endpoint: str = "pages.table", **more: Any) -> str:
    """Where that selection is shown."""
    return url_for(endpoint, **selection.args(), **more)


def tabs(selection: Selection) -> list[Tab]:
    """The common views, in the order chosen."""
    plain = replace(selection, sort=Sort.OLDEST)
    return [
        Tab(_(text), address(replace(view, sort=selection.sort)), view == plain, count)
        for text, view, count in TABS
    ]


def is_common(selection: Selection) -> bool:
    """Whether a tab shows just that."""
    return any(view == replace(selection, sort=Sort.OLDEST) for _name, view, _count in TABS)


def orders(selection: Selection) -> list[tuple[str, str, bool]]:
    """The orders to choose from: value, words, whether it is this one."""
    return [(sort.value, _(text), sort == selection.sort) for sort, text in ORDERS.items()]


def states() -> list[tuple[str, str]]:
    """The states to choose from: value and words."""
    return [(state.value, _(shown.text)) for state, shown in BADGES.items()]


def chips(selection: Selection) -> list[Chip]:
    """The filters that are on."""
    return [Chip(text, address(replace(selection, **without))) for text, without in said(selection)]


def said(selection: Selection) -> Iterator[tuple[str, dict[str, Any]]]:
    """Each filter in words, and what turns it off."""
    if selection.states:
        names = ", ".join(_(BADGES[state].text) for state in selection.states)
        yield _("State: %(states)s", states=names), {"states": ()}
    if selection.sure is not None:
        yield _("Sure of the label") if selection.sure else _("Unsure of the label"), {"sure": None}
    if selection.label:
        yield _("Label: %(label)s", label=selection.label), {"label": None}
    if selection.vendor:
        yield _("Vendor: %(vendor)s", vendor=selection.vendor), {"vendor": None}
    yield from said_of_ranges(selection)
    yield from said_of_flags(selection)
    if selection.text:
        yield _("“%(text)s”", text=selection.text), {"text": ""}
    if selection.ids:
        yield _("%(count)s chosen products", count=len(selection.ids)), {"ids": ()}


def said_of_ranges(selection: Selection) -> Iterator[tuple[str, dict[str, Any]]]:
    """The filters on confidence and days."""
    if selection.least is not None:
        yield _("Confidence from %(share)s%%", share=shown(selection.least)), {"least": None}
    if selection.most is not None:
        yield _("Confidence up to %(share)s%%", share=shown(selection.most)), {"most": None}
    if selection.since is not None:
        yield _("Since %(day)s", day=day(selection.since)), {"since": None}
    if selection.until is not None:
        yield _("Until %(day)s", day=day(selection.until)), {"until": None}


def said_of_flags(selection: Selection) -> Iterator[tuple[str, dict[str, Any]]]:
    """The filters that are yes or no."""
    if selection.changed_by_us is not None:
        text = _("Changed by us") if selection.changed_by_us else _("Not changed by us")
        yield text, {"changed_by_us": None}
    if selection.persons_category is not None:
        text = _("Category set by a person") if selection.persons_category else _("No category from a person")
        yield text, {"persons_category": None}


def shown(share: float | None) -> str:
    """A share as the number of a percentage; empty for none."""
    return "" if share is None else f"{share * 100:.4g}"


def day(of: date) -> str:
    """A day in the words of the reader."""
    return format_date(of, "medium", locale=locale())
