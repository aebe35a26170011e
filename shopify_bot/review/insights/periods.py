"""The period that is looked at, and the days, weeks or months that a chart tells apart in it."""

from bisect import bisect_right
from dataclasses import dataclass
from datetime import date, timedelta

from shopify_bot.review.languages import marked

DAYS = {"7": 7, "30": 30, "90": 90}
NAMES = {
    "7": marked("7 days"),
    "30": marked("30 days"),
    "90": marked("90 days"),
    "all": marked("All time"),
}
BEGINNING = "30"
MOST_DAYS, MOST_WEEKS = 31, 30
UNITS = {"day": marked("by day"), "week": marked("by week"), "month": marked("by month")}


@dataclass(frozen=True)
class Period:
    """A period by its name in the address; it ends today."""

    name: str
    today: date

    @property
    def since(self) -> date | None:
        """Its first day; None for all time."""
        days = DAYS.get(self.name)
        return None if days is None else self.today - timedelta(days=days - 1)


@dataclass(frozen=True)
class Steps:
    """Days, weeks or months in a row, each by its first day."""

    unit: str
    starts: tuple[date, ...]

    def place(self, day: date) -> int:
        """Which step the day is in; one before the first is taken for the first."""
        return max(bisect_right(self.starts, day) - 1, 0)


def steps(first: date, last: date) -> Steps:
    """From the first to the last day, as finely as a chart can show."""
    days = (last - first).days + 1
    if days <= MOST_DAYS:
        return Steps("day", tuple(first + timedelta(days=n) for n in range(days)))
    if days <= MOST_WEEKS * 7:
        monday = first - timedelta(days=first.weekday())
        return Steps(
            "week", tuple(monday + timedelta(days=7 * n) for n in range((last - monday).days // 7 + 1))
        )
    months = (last.year - first.year) * 12 + last.month - first.month + 1
    return Steps("month", tuple(month_after(first, n) for n in range(months)))


def month_after(day: date, months: int) -> date:
    """The first day of the month so many months later."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, 1)
