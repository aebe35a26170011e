"""The charts of the page, from its figures."""

from dataclasses import dataclass

from shopify_bot.review.insights import charts
from shopify_bot.review.insights.charts import Stack
from shopify_bot.review.insights.outcomes import Outcomes, Over
from shopify_bot.review.insights.sureness import Point, Sureness
from shopify_bot.review.insights.waits import Waits

PARTS = ("approved", "corrected", "dismissed", "skipped", "alone")
"""Parts of a bar from the bottom, which are classes of the style sheet as well."""
FEWEST = 10
"""Judgements that a point of the line is drawn from."""


@dataclass(frozen=True)
class OutcomeCharts:
    """Decisions step by step as bars, and the share that was right as a line, and where models begin."""

    bars: tuple[Stack, ...]
    most: int
    half: int
    line: str
    dots: str
    low: float
    begins: tuple[float, ...]
    told_every: int


def drawn_outcomes(over: Over) -> OutcomeCharts:
    """The two charts over time."""
    middles = charts.middles(len(over.each))
    most, half = charts.ticks(over.most)
    shares = [share_of(each) for each in over.each]
    low = charts.floor_of(share for share in shares if share is not None)
    height = charts.scale(low, 1)
    points = [(x, None if y is None else height(y)) for x, y in zip(middles, shares, strict=True)]
    return OutcomeCharts(
        charts.stacks([[(part, getattr(each, part)) for part in PARTS] for each in over.each], most),
        most,
        half,
        charts.line(points),
        charts.dots(points),
        low,
        tuple(middles[place] for place, _ in over.begins),
        charts.told_every(len(over.each)),
    )


def share_of(each: Outcomes) -> float | None:
    """The share that was right, where enough was judged."""
    return each.right.value if each.right.total >= FEWEST else None


@dataclass(frozen=True)
class Curve:
    """A line over thresholds from 0.5 to 1, the area of doubt around it, and where the chosen one is."""

    line: str
    band: str
    low: float
    chosen_x: float
    chosen: str


@dataclass(frozen=True)
class Curves:
    """How much is above a threshold, and how much of that is right."""

    above: Curve
    right: Curve


def drawn_curve(sure: Sureness) -> Curves:
    """Both curves."""
    across = charts.scale(0.5, 1)
    told = [point for point in sure.curve if point.right.total]
    low = charts.floor_of([*(point.right.interval[0] for point in told if point.right.total >= FEWEST)])
    height, whole = charts.scale(low, 1), charts.scale(0, 1)
    x = max(0.0, across(sure.chosen.threshold))
    doubt = [doubt_of(point, across(point.threshold), low) for point in told]
    return Curves(
        Curve(
            charts.line((across(p.threshold), whole(p.above.value or 0)) for p in sure.curve),
            "",
            0.0,
            x,
            charts.dots([(x, whole(sure.chosen.above.value or 0))]),
        ),
        Curve(
            charts.line((across(p.threshold), max(0.0, height(p.right.value or 0))) for p in told),
            charts.band(doubt),
            low,
            x,
            charts.dots([(x, clipped(sure.chosen, low))]),
        ),
    )


def doubt_of(point: Point, x: float, low: float) -> tuple[float, float, float]:
    """The interval of the share at one point, cut off below the axis."""
    height = charts.scale(low, 1)
    bottom, top = point.right.interval
    return x, max(0.0, height(bottom)), max(0.0, height(top))


def clipped(point: Point, low: float) -> float | None:
    """Where the share that was right stands; None without any."""
    value = point.right.value
    return None if value is None else max(0.0, charts.scale(low, 1)(value))


@dataclass(frozen=True)
class WaitChart:
    """Waits by powers of two."""

    bars: tuple[Stack, ...]
    told_every: int


def drawn_waits(waits: Waits) -> WaitChart:
    """The bars; half and high stand beside them as text."""
    most = max([1, *(bar.count for bar in waits.bars)])
    bars = charts.stacks([[("waited", bar.count)] for bar in waits.bars], most)
    return WaitChart(bars, charts.told_every(max(len(bars), 1), 6))
