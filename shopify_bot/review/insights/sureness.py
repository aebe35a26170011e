"""What a threshold on the confidence promises: how much is above it, and how much of that is right."""

from dataclasses import dataclass
from typing import Any

from shopify_bot.alone.evidence import Share
from shopify_bot.tallies import Sum, confidence_bucket

TOLD = (500, 600, 700, 800, 900, 950, 980, 990, 995)
"""Thresholds of the table, in thousandths."""
LOWEST = 500
"""Where the curve begins."""
SAYS = frozenset({"approve", "correct", "dismiss"})


@dataclass(frozen=True)
class Point:
    """At a threshold, from 0 to 1: how much is above of what was decided, and of that is right."""

    threshold: float
    above: Share
    right: Share


@dataclass(frozen=True)
class Sureness:
    """The points of the curve and of the table, and the one of the threshold in use.

    `is_models` says that the latter is the model's own, one for each label: its threshold is that of the
    curve at which as much is above.
    """

    curve: tuple[Point, ...]
    table: tuple[Point, ...]
    chosen: Point
    is_models: bool


class Buckets:
    """Decisions by confidence, from sums by kind, source, whether the model decides alone, and bucket."""

    def __init__(self, sums: dict[tuple[Any, ...], Sum]) -> None:
        self.rows = [
            (kind, source, decides, bucket, total.count)
            for (kind, source, decides, bucket), total in sums.items()
            if kind in SAYS
        ]

    @property
    def total(self) -> int:
        """All that were decided and not put off."""
        return sum(row[-1] for row in self.rows)

    def point(self, thousandths: int, decides_alone: bool = False) -> Point:
        """What is above; with `decides_alone`, only where the model would decide alone as well."""
        above = [row for row in self.rows if row[3] >= thousandths and (row[2] or not decides_alone)]
        judged = [row for row in above if not row[1]]
        right = sum(row[-1] for row in judged if row[0] == "approve")
        counted = Share(sum(row[-1] for row in above), self.total)
        return Point(thousandths / 1000, counted, Share(right, sum(row[-1] for row in judged)))

    def curve(self) -> tuple[Point, ...]:
        """From a half to certainty, in one pass from above."""
        added: dict[int, Point] = {}
        nothing = Point(0.0, Share(0, self.total), Share(0, 0))
        for kind, source, _, bucket, count in self.rows:
            judged = 0 if source else count
            more = Point(0.0, Share(count, 0), Share(judged if kind == "approve" else 0, judged))
            added[bucket] = together(added.get(bucket, nothing), more, bucket)
        found, above = [], nothing
        for bucket in sorted((each for each in {*added, LOWEST} if each >= LOWEST), reverse=True):
            above = together(above, added.get(bucket, nothing), bucket)
            found.append(above)
        return tuple(reversed(found))


def together(one: Point, other: Point, thousandths: int) -> Point:
    """What is in either, of the first's total, as a point at that threshold."""
    above = Share(one.above.right + other.above.right, one.above.total)
    right = Share(one.right.right + other.right.right, one.right.total + other.right.total)
    return Point(thousandths / 1000, above, right)


def sureness(sums: dict[tuple[Any, ...], Sum], alone_above: float | None) -> Sureness:
    """The curve, with the threshold of the shop, None for the model's own."""
    buckets = Buckets(sums)
    curve = buckets.curve()
    chosen = buckets.point(0 if alone_above is None else confidence_bucket(alone_above), decides_alone=True)
    if alone_above is None:
        alike = min(curve, key=lambda each: abs(each.above.right - chosen.above.right))
        chosen = Point(alike.threshold, chosen.above, chosen.right)
    return Sureness(curve, tuple(map(buckets.point, TOLD)), chosen, alone_above is None)
