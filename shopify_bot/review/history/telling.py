"""What an entry of the history says, in a few words."""

from datetime import date, datetime
from itertools import groupby

from babel.dates import format_date

from shopify_bot.alone.checks import OURSELVES
from shopify_bot.review.blueprint import pages
from shopify_bot.review.history.entries import Entry
from shopify_bot.review.languages import _, language, marked
from shopify_bot.tables import Decision

TONES = {
    "approve": "good",
    "correct": "attention",
    "skip": "quiet",
    "dismiss": "quiet",
    "reopen": "quiet",
    "published": "good",
    "reverted": "busy",
    "revert": "busy",
}
SOURCES = {
    "web": marked("on these pages"),
    "cli": marked("on the command line"),
    "alone": marked("by the model, sure enough of it"),
}
PLAIN = {
    "approve": marked("Approved"),
    "correct": marked("Corrected"),
    "skip": marked("Skipped"),
    "dismiss": marked("Not ours"),
    "reopen": marked("Taken up again"),
    "undo": marked("Undone"),
    "retry": marked("Tried again"),
    "revert": marked("Asked to take back"),
    "published": marked("Published"),
    "reverted": marked("Taken back"),
}


def kind_of(entry: Entry) -> str:
    """The kind, which tells an undoing from taking up again."""
    undoes = entry.decision is not None and entry.decision.undoes_id is not None
    return "undo" if undoes else entry.kind


@pages.app_template_filter("entry_kind")
def in_a_word(entry: Entry) -> str:
    """The kind of entry."""
    return _(PLAIN.get(kind_of(entry), entry.kind))


@pages.app_template_filter("entry_tone")
def tone(entry: Entry) -> str:
    """The colour of its mark."""
    return "bad" if entry.is_failed else TONES.get(entry.kind, "quiet")


@pages.app_template_filter("is_ours")
def is_ours(decision: Decision) -> bool:
    """Whether no person made the decision."""
    return decision.source == "alone" or decision.reviewer == OURSELVES


@pages.app_template_filter("decided_where")
def where(decision: Decision) -> str:
    """Where it was decided."""
    return _(SOURCES[decision.source]) if decision.source in SOURCES else decision.source


@pages.app_template_filter("day_by_day")
def day_by_day(entries: list[Entry]) -> list[tuple[object, list[Entry]]]:
    """The entries under their days, in UTC."""
    return [(day, list(those)) for day, those in groupby(entries, key=lambda entry: entry.moment.date())]


@pages.app_template_filter("clock")
def clock(moment: datetime) -> str:
    """Such as 17:45."""
    return moment.strftime("%H:%M")


@pages.app_template_filter("weekday")
def weekday(day: date) -> str:
    """Such as Saturday 21 November 2026."""
    return str(format_date(day, "EEEE d MMMM y", locale=language()))
