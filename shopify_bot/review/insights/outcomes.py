"""What became of products: in all, step by step, and by the model that had predicted."""

from collections.abc import Iterable
from dataclasses import dataclass, fields
from datetime import date
from typing import Any

from shopify_bot.alone.evidence import Share
from shopify_bot.review.insights.periods import Period, Steps, steps
from shopify_bot.tallies import Sum

ALONE, PREDICTION = "alone", "prediction"
Sums = dict[tuple[Any, ...], Sum]


@dataclass(frozen=True)
class Outcomes:
    """Decisions that hold, by what was said; `alone` are those of no person, `predicted` new products."""

    approved: int = 0
    corrected: int = 0
    dismissed: int = 0
    skipped: int = 0
    alone: int = 0
    predicted: int = 0

    @property
    def by_people(self) -> int:
        """Decisions of people."""
        return self.judged + self.skipped

    @property
    def judged(self) -> int:
        """Decisions of people that say whether the prediction was right."""
        return self.approved + self.corrected + self.dismissed

    @property
    def decided(self) -> int:
        """All decisions."""
        return self.by_people + self.alone

    @property
    def right(self) -> Share:
        """Approved as predicted, of those judged."""
        return Share(self.approved, self.judged)

    def part(self, name: str) -> Share:
        """That kind of decision of those judged; of skips, of all by people; of those alone, of all."""
        of = {"skipped": self.by_people, "alone": self.decided}
        return Share(getattr(self, name), of.get(name, self.judged))


FIELDS = {
    "approve": "approved",
    "correct": "corrected",
    "dismiss": "dismissed",
    "skip": "skipped",
    PREDICTION: "predicted",
}
NAMES = tuple(each.name for each in fields(Outcomes))


def outcomes(rows: Iterable[tuple[str, str, int]]) -> Outcomes:
    """From kind, source and count."""
    found = dict.fromkeys(NAMES, 0)
    for kind, source, count in rows:
        found["alone" if source == ALONE else FIELDS.get(kind, "predicted")] += count
    return Outcomes(**found)


@dataclass(frozen=True)
class Over:
    """Outcomes step by step, and the models that began: the place of the step, and the version."""

    steps: Steps
    each: tuple[Outcomes, ...]
    begins: tuple[tuple[int, str], ...]

    @property
    def most(self) -> int:
        """Decisions in the fullest step, at least one."""
        return max([1, *(each.decided for each in self.each)])


def in_all(sums: Sums) -> Outcomes:
    """Sums by day, kind, source and model together."""
    return outcomes((kind, source, total.count) for (_, kind, source, _), total in sums.items())


def over_time(sums: Sums, period: Period, versions: dict[str, str]) -> Over:
    """The same sums step by step, from the period's or the first day on."""
    first = period.since or min((date.fromisoformat(day) for day, *_ in sums), default=period.today)
    line = steps(first, period.today)
    rows: list[list[tuple[str, str, int]]] = [[] for _ in line.starts]
    for (day, kind, source, _), total in sums.items():
        rows[line.place(date.fromisoformat(day))].append((kind, source, total.count))
    begun = [(date.fromisoformat(day), version) for version, day in versions.items()]
    begins = sorted((line.place(day), version) for day, version in begun if day >= first)
    return Over(line, tuple(map(outcomes, rows)), tuple(begins))


@dataclass(frozen=True)
class Pace:
    """How much a day on average, since the first day with anything; and the day on which most was decided."""

    predicted: float
    decided: float
    busiest: date
    most: int


def pace(sums: Sums, period: Period) -> Pace | None:
    """From sums by day, kind, source and model; None when there are none."""
    by_day: dict[str, list[tuple[str, str, int]]] = {}
    for (day, kind, source, _), total in sums.items():
        by_day.setdefault(day, []).append((kind, source, total.count))
    if not by_day:
        return None
    days = {date.fromisoformat(day): outcomes(rows) for day, rows in by_day.items()}
    length = max((period.today - min(days)).days + 1, 1)
    predicted, decided = (
        sum(getattr(each, name) for each in days.values()) / length for name in ("predicted", "decided")
    )
    busiest = max(days, key=lambda day: (days[day].decided, day))
    return Pace(predicted, decided, busiest, days[busiest].decided)


@dataclass(frozen=True)
class OfModel:
    """What became of the products that one version had predicted."""

    version: str
    since: date
    outcomes: Outcomes


def by_model(sums: Sums, versions: dict[str, str]) -> list[OfModel]:
    """Every version that was decided on, the newest first."""
    rows: dict[str, list[tuple[str, str, int]]] = {}
    for (_, kind, source, version), total in sums.items():
        rows.setdefault(version, []).append((kind, source, total.count))
    return [
        OfModel(version, date.fromisoformat(day), outcomes(rows[version]))
        for version, day in versions.items()
        if version in rows
    ]
