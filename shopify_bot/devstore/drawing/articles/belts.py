"""Belts, coiled on a table."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from shopify_bot.devstore.drawing.fabric import metal
from shopify_bot.devstore.drawing.geometry import Outline, along, box, closed, ellipse, ribbon, shift, stretch
from shopify_bot.devstore.drawing.palette import darker, mix, thread_of
from shopify_bot.devstore.drawing.sketch import Article, Shape, Sketch


@dataclass(frozen=True)
class Belt:
    """A belt coiled on a table: how wide the strap is, the buckle and the finish."""

    wide: float = 50
    buckle: str = "frame"
    finish: str = "stitched"
    tilt: float = 74


def draw_belt(sketch: Sketch, belt: Belt) -> None:
    canvas, w = sketch.canvas, belt.wide
    back, front = ellipse(0, -w * 0.2, 226, belt.tilt, 180, 360), ellipse(0, -w * 0.2, 226, belt.tilt, 0, 180)
    canvas.fill(
        [*back, *reversed(shift(back, 0, w))],
        darker(mix(sketch.cloth.colour, (170, 130, 96), 0.45), 0.15),
        volume=0.3,
    )
    strap = [*front, *reversed(shift(front, 0, w))]
    canvas.fill(strap, sketch.cloth, volume=0.5)
    if belt.finish == "stitched":
        for rise in (7, w - 7):
            canvas.stitch(shift(front, 0, rise), thread_of(sketch.cloth.colour), 1.8)
    elif belt.finish == "studs":
        for x, y in along(front, 23):
            canvas.dot((x, y + w / 2), 8, metal(sketch.palette.metal))
    elif belt.finish == "braid":
        for index, (x, y) in enumerate(along(front, 34)):
            side = 1 if index % 2 else -1
            canvas.fill(
                closed(
                    (x - 15, y + w * 0.5 + side * w * 0.44),
                    (x, y + w * 0.5),
                    (x + 15, y + w * 0.5 - side * w * 0.44),
                    (x + 2, y + w * 0.5 + side * 6),
                ),
                sketch.palette.main,
                volume=0.5,
            )
    elif belt.finish == "stripe":
        canvas.fill(ribbon(shift(front, 0, w / 2), w * 0.34), sketch.palette.second, volume=0.1, edge=0)
    elif belt.finish == "holes":
        for x, y in along(front, 25):
            canvas.dot((x, y + w / 2), 5.5, darker(sketch.cloth.colour, 0.75), 0.6)
    _BUCKLES[belt.buckle](sketch, belt, -w * 0.2 + belt.tilt + w / 2)


def _tongue_end(sketch: Sketch, belt: Belt, y: float) -> None:
    w = belt.wide
    tail = [
        (20, y - w / 2 - 2),
        (150, y - w / 2 - 20),
        (172, y - 22),
        (154, y + w / 2 - 22),
        (20, y + w / 2 - 2),
    ]
    sketch.canvas.fill(tail, sketch.cloth, volume=0.4, drop=4)
    for x in (70, 96, 122):
        sketch.canvas.dot((x, y - 4 - (x - 20) * 0.13), 4.6, darker(sketch.cloth.colour, 0.75), 0.6)


def _frame_buckle(sketch: Sketch, belt: Belt, y: float, form: Outline | None = None) -> None:
    w = belt.wide
    _tongue_end(sketch, belt, y)
    shape = form or box(-58, y - w * 0.78, 26, y + w * 0.78, 12)
    middle = (-16.0, y)
    sketch.canvas.fill(shape, metal(sketch.palette.metal, across=False), volume=0, drop=5)
    sketch.canvas.fill(stretch(shape, 0.68, 0.68, middle), sketch.cloth, volume=0.3, edge=1.8)
    sketch.canvas.fill(
        box(-50, y - 5, 20, y + 5, 4), metal(sketch.palette.metal, across=False), volume=0, edge=1.4, drop=2
    )


def _round_buckle(sketch: Sketch, belt: Belt, y: float) -> None:
    _frame_buckle(sketch, belt, y, ellipse(-16, y, belt.wide * 0.9, belt.wide * 0.9))


def _plate_buckle(sketch: Sketch, belt: Belt, y: float) -> None:
    w = belt.wide
    sketch.canvas.fill(
        box(-66, y - w * 0.62, 52, y + w * 0.62, 8), metal(sketch.palette.metal), volume=0.2, drop=5
    )
    sketch.canvas.line(
        [
            (-54, y - w * 0.46),
            (40, y - w * 0.46),
            (40, y + w * 0.46),
            (-54, y + w * 0.46),
            (-54, y - w * 0.46),
        ],
        darker(sketch.palette.metal, 0.4),
        2,
    )


def _oval_buckle(sketch: Sketch, belt: Belt, y: float) -> None:
    sketch.canvas.fill(ellipse(-10, y, 84, belt.wide * 1.05), metal(sketch.palette.metal), volume=0.2, drop=5)
    sketch.canvas.fill(ellipse(-10, y, 64, belt.wide * 0.78), sketch.palette.second, volume=0.5)
    sketch.canvas.dot((-10, y), 14, metal(sketch.palette.metal))


def _bow_buckle(sketch: Sketch, belt: Belt, y: float) -> None:
    for side in (-1, 1):
        sketch.canvas.fill(
            closed((0, y), (side * 60, y - 50), (side * 84, y), (side * 60, y + 48)),
            sketch.palette.second,
            volume=0.6,
            drop=4,
        )
    sketch.canvas.fill(box(-18, y - 24, 18, y + 24, 8), sketch.palette.second, volume=0.5)


def _ring_buckle(sketch: Sketch, belt: Belt, y: float) -> None:
    _tongue_end(sketch, belt, y)
    for x in (-34, -8):
        sketch.canvas.fill(
            ribbon(ellipse(x, y, 30, belt.wide * 0.72), 11),
            metal(sketch.palette.metal, across=False),
            volume=0,
            drop=3,
        )


_BUCKLES: dict[str, Callable[[Sketch, Belt, float], None]] = {
    "frame": _frame_buckle,
    "round": _round_buckle,
    "plate": _plate_buckle,
    "oval": _oval_buckle,
    "bow": _bow_buckle,
    "rings": _ring_buckle,
}


def draw_hung_belt(sketch: Sketch) -> None:
    """A belt rolled up into a spiral, the buckle beside it."""
    from math import cos, pi, sin

    coil = [
        (200 * (1 - n / 150) * cos(n / 12 * pi) - 10, 170 * (1 - n / 150) * sin(n / 12 * pi))
        for n in range(98)
    ]
    sketch.canvas.fill(ribbon(coil[::-1], 26), sketch.cloth, volume=0.4, edge=2)
    sketch.canvas.line(coil, thread_of(sketch.cloth.colour), 1.6)
    sketch.canvas.fill(box(164, -52, 232, 50, 12), metal(sketch.palette.metal), volume=0, drop=5)
    sketch.canvas.fill(box(180, -34, 216, 32, 6), sketch.cloth, volume=0)


BELTS: tuple[Shape, ...] = (
    *(
        partial(draw_belt, belt=belt)
        for belt in (
            Belt(),
            Belt(34, "round"),
            Belt(62, "plate", "plain"),
            Belt(58, "frame", "studs"),
            Belt(48, "frame", "braid"),
            Belt(110, "oval", "plain", 60),
            Belt(30, "bow", "plain", 84),
            Belt(54, "rings", "stripe"),
        )
    ),
    draw_hung_belt,
)


ARTICLES = (Article("Belts", "leather", ("plain", "leather", "croc"), BELTS, turns=2, flips=True),)
