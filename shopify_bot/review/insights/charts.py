"""Charts as shapes on a field of 100 by 100, which the page stretches; texts stand beside it as text."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

GAP = 0.24
"""Of a step's width, between two bars."""
ROUNDED = 2


@dataclass(frozen=True)
class Rect:
    """A bar or a part of one; `tone` is a class of the style sheet."""

    x: float
    y: float
    width: float
    height: float
    tone: str


@dataclass(frozen=True)
class Stack:
    """One bar of several parts; `place` is its step."""

    place: int
    parts: tuple[Rect, ...]


def stacks(bars: Sequence[Iterable[tuple[str, int]]], most: int) -> tuple[Stack, ...]:
    """A bar for each step, from tones and counts, the first at the bottom."""
    return tuple(stack(place, parts, len(bars), most) for place, parts in enumerate(bars))


def stack(place: int, parts: Iterable[tuple[str, int]], steps: int, most: int) -> Stack:
    """The bar of one step."""
    step, top, found = 100 / steps, 100.0, []
    for tone, count in parts:
        height = max(count, 0) / most * 100
        top -= height
        if height:
            x, y, width, tall = (
                round(each, ROUNDED) for each in (step * (place + GAP / 2), top, step * (1 - GAP), height)
            )
            found.append(Rect(x, y, width, tall, tone))
    return Stack(place, tuple(found))


def middles(steps: int) -> list[float]:
    """Where the middle of each step is."""
    return [round((place + 0.5) * 100 / steps, ROUNDED) for place in range(steps)]


def line(points: Iterable[tuple[float, float | None]]) -> str:
    """A path through points, interrupted where there is none; y counts from below."""
    path, pen = [], "M"
    for x, y in points:
        if y is None:
            pen = "M"
            continue
        path.append(f"{pen}{x:g} {round(100 - y, ROUNDED):g}")
        pen = "L"
    return " ".join(path)


def dots(points: Iterable[tuple[float, float | None]]) -> str:
    """A path of nothing but dots, for a stroke with round ends."""
    return " ".join(f"M{x:g} {round(100 - y, ROUNDED):g}h0" for x, y in points if y is not None)


def band(points: Sequence[tuple[float, float, float]]) -> str:
    """The area between two lines: x, lower and upper y."""
    if not points:
        return ""
    upper = [(x, high) for x, _, high in points]
    lower = [(x, low) for x, low, _ in reversed(points)]
    return line([*upper, *lower]) + " Z"


def scale(low: float, high: float, size: float = 100.0) -> Callable[[float], float]:
    """Where a value between the two stands on the field."""
    return lambda value: round((value - low) / (high - low) * size, ROUNDED)


def ticks(most: int) -> tuple[int, int]:
    """A round number at or above the greatest count, and half of it, for the axis."""
    for unit in (10**n for n in range(12)):
        for step in (2, 4, 6, 8, 10, 20):
            if unit * step >= most:
                return unit * step, unit * step // 2
    return most, most // 2


def floor_of(values: Iterable[float]) -> float:
    """Where an axis of shares may begin so that all are on it: 0, 0.5, 0.8, 0.9 or 0.95."""
    least = min(values, default=0.0)
    return max((each for each in (0.0, 0.5, 0.8, 0.9, 0.95) if each <= least), default=0.0)


def told_every(steps: int, most: int = 7) -> int:
    """Every how manieth step has its date on the axis."""
    return max(1, -(-steps // most))
