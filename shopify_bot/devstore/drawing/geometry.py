"""Outlines as lists of points. Units: a 600 x 800 sheet whose origin is the centre, y pointing down."""

import math
from collections.abc import Sequence
from itertools import pairwise

Point = tuple[float, float]
Outline = list[Point]


def smooth(*points: Point, steps: int = 8) -> Outline:
    """A Catmull-Rom spline through all the points, ends included."""
    padded = (points[0], *points, points[-1])
    path: Outline = []
    for before, start, end, after in zip(padded, padded[1:], padded[2:], padded[3:], strict=False):
        path += [_catmull(before, start, end, after, step / steps) for step in range(steps)]
    return [*path, points[-1]]


def _catmull(p0: Point, p1: Point, p2: Point, p3: Point, t: float) -> Point:
    def axis(a: float, b: float, c: float, d: float) -> float:
        square, cube = t * t, t * t * t
        return 0.5 * (
            2 * b + (c - a) * t + (2 * a - 5 * b + 4 * c - d) * square + (3 * b - a - 3 * c + d) * cube
        )

    return axis(p0[0], p1[0], p2[0], p3[0]), axis(p0[1], p1[1], p2[1], p3[1])


def closed(*points: Point, steps: int = 8) -> Outline:
    """A smooth closed outline through the points."""
    ring = smooth(points[-1], *points, points[0], points[1], steps=steps)
    return ring[steps:-steps]


def bezier(start: Point, pull: Point, push: Point, end: Point, steps: int = 14) -> Outline:
    """A cubic Bezier curve."""
    path: Outline = []
    for step in range(steps + 1):
        t = step / steps
        a, b, c, d = (1 - t) ** 3, 3 * t * (1 - t) ** 2, 3 * t * t * (1 - t), t**3
        path.append(
            (
                a * start[0] + b * pull[0] + c * push[0] + d * end[0],
                a * start[1] + b * pull[1] + c * push[1] + d * end[1],
            )
        )
    return path


def ellipse(cx: float, cy: float, rx: float, ry: float, start: float = 0, end: float = 360) -> Outline:
    """Points of an ellipse from one angle to another, in degrees, clockwise from the right."""
    steps = max(8, int(abs(end - start) / 6))
    angles = [math.radians(start + (end - start) * step / steps) for step in range(steps + 1)]
    return [(cx + rx * math.cos(a), cy + ry * math.sin(a)) for a in angles]


def box(left: float, top: float, right: float, bottom: float, radius: float = 0) -> Outline:
    """A rectangle with round corners."""
    if radius <= 0:
        return [(left, top), (right, top), (right, bottom), (left, bottom)]
    r = min(radius, (right - left) / 2, (bottom - top) / 2)
    corners = (
        (right - r, top + r, -90),
        (right - r, bottom - r, 0),
        (left + r, bottom - r, 90),
        (left + r, top + r, 180),
    )
    return [point for cx, cy, at in corners for point in ellipse(cx, cy, r, r, at, at + 90)]


def mirror(half: Sequence[Point]) -> Outline:
    """Close the right half of a symmetric outline with its reflection on the left."""
    return [*half, *((-x, y) for x, y in reversed(half))]


def flip(path: Sequence[Point]) -> Outline:
    return [(-x, y) for x, y in path]


def shift(path: Sequence[Point], dx: float, dy: float = 0) -> Outline:
    return [(x + dx, y + dy) for x, y in path]


def turn(path: Sequence[Point], degrees: float, about: Point = (0, 0)) -> Outline:
    cos, sin = math.cos(math.radians(degrees)), math.sin(math.radians(degrees))
    ax, ay = about
    return [(ax + (x - ax) * cos - (y - ay) * sin, ay + (x - ax) * sin + (y - ay) * cos) for x, y in path]


def stretch(path: Sequence[Point], sx: float, sy: float, about: Point = (0, 0)) -> Outline:
    return [(about[0] + (x - about[0]) * sx, about[1] + (y - about[1]) * sy) for x, y in path]


def at(path: Sequence[Point], t: float) -> Point:
    """The point at a share of a path's length."""
    spans = [math.dist(a, b) for a, b in pairwise(path)]
    left = t * sum(spans)
    for (x, y), (u, v), span in zip(path, path[1:], spans, strict=False):
        if left <= span and span:
            return x + (u - x) * left / span, y + (v - y) * left / span
        left -= span
    return path[-1]


def along(path: Sequence[Point], count: int) -> Outline:
    """Points spread evenly over a path, ends included."""
    spans = [math.dist(a, b) for a, b in pairwise(path)]
    pitch = sum(spans) / max(count - 1, 1)
    points: Outline = [path[0]]
    walked = 0.0
    for (x, y), (u, v), span in zip(path, path[1:], spans, strict=False):
        while len(points) < count - 1 and len(points) * pitch <= walked + span:
            share = (len(points) * pitch - walked) / span
            points.append((x + (u - x) * share, y + (v - y) * share))
        walked += span
    return [*points, path[-1]][:count]


def offset(path: Sequence[Point], distance: float) -> Outline:
    """The path moved sideways: to its left for a positive distance."""
    moved: Outline = []
    for index, (x, y) in enumerate(path):
        before, after = path[max(index - 1, 0)], path[min(index + 1, len(path) - 1)]
        dx, dy = after[0] - before[0], after[1] - before[1]
        span = math.hypot(dx, dy) or 1
        moved.append((x + dy / span * distance, y - dx / span * distance))
    return moved


def ribbon(path: Sequence[Point], width: float, end: float | None = None) -> Outline:
    """A band along a path, from one width to another."""
    last = width if end is None else end
    count = max(len(path) - 1, 1)
    left, right = offset(path, 0.5), offset(path, -0.5)
    one: Outline = []
    other: Outline = []
    for index, (centre, a, b) in enumerate(zip(path, left, right, strict=True)):
        wide = width + (last - width) * index / count
        one.append((centre[0] + (a[0] - centre[0]) * wide, centre[1] + (a[1] - centre[1]) * wide))
        other.append((centre[0] + (b[0] - centre[0]) * wide, centre[1] + (b[1] - centre[1]) * wide))
    return one + other[::-1]
