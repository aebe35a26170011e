"""Two legs and a waistband: the cut that trousers, shorts and leggings share."""

from collections.abc import Callable
from dataclasses import dataclass

from shopify_bot.devstore.drawing.fabric import metal
from shopify_bot.devstore.drawing.geometry import Outline, along, box, flip, ribbon, smooth
from shopify_bot.devstore.drawing.palette import COLOURS, WHITE, darker, lighter, thread_of
from shopify_bot.devstore.drawing.sketch import Sketch

GOLD_THREAD = COLOURS["Mustard"]


@dataclass(frozen=True)
class Leg:
    """Half widths from the middle line and lengths down from the waist, in sheet units."""

    length: float = 620
    waist: float = 84
    hip: float = 118
    rise: float = 170
    thigh: float = 116
    knee: float = 64
    ankle: float = 52
    stance: float = 44
    band: str = "belt loops"
    fly: bool = True
    extras: tuple[Callable[[Sketch, "Leg"], None], ...] = ()

    @property
    def top(self) -> float:
        return -self.length / 2

    @property
    def bottom(self) -> float:
        return self.top + self.length


def leg_sides(leg: Leg) -> tuple[Outline, Outline]:
    """The outer and inner edges of the right leg, downwards."""
    crotch = leg.top + leg.rise
    knee_y = crotch + (leg.bottom - crotch) * 0.46
    middle = leg.stance + leg.ankle
    if leg.length <= 440:
        low = (middle + leg.ankle, leg.bottom)
        outer = smooth((leg.waist, leg.top), (leg.hip, leg.top + leg.rise * 0.6), low)
        return outer, smooth((0, crotch), (5, crotch + 12), (middle - leg.ankle, leg.bottom))
    knee_middle = (leg.thigh / 2 + 2) * 0.45 + middle * 0.55 if leg.length > 380 else middle
    outer = smooth(
        (leg.waist, leg.top),
        (leg.hip, leg.top + leg.rise * 0.62),
        (leg.thigh + 6, crotch + 20),
        (knee_middle + leg.knee, knee_y),
        (middle + leg.ankle, leg.bottom),
    )
    inner = smooth(
        (0, crotch),
        (10, crotch + 16),
        (max(knee_middle - leg.knee, 5), knee_y),
        (middle - leg.ankle, leg.bottom),
    )
    return outer, inner


def draw_legs(sketch: Sketch, leg: Leg) -> None:
    canvas, cloth = sketch.canvas, sketch.cloth
    outer, inner = leg_sides(leg)
    half = [(0, leg.top), *outer, *reversed(inner)]
    for part, side in ((flip(half), -1), (half, 1)):
        canvas.fill(part, cloth, volume=0.75, turned=-side * 4)
        _leg_folds(sketch, leg, side)
    _waistband(sketch, leg)
    if leg.fly:
        _fly(sketch, leg)
    for extra in leg.extras:
        extra(sketch, leg)


def _leg_folds(sketch: Sketch, leg: Leg, side: int) -> None:
    crotch = leg.top + leg.rise
    canvas = sketch.canvas
    canvas.crease(smooth((side * 8, crotch - 6), (side * 46, crotch + 10), (side * 84, crotch + 2)), 12, 0.2)
    if leg.length > 380:
        knee = crotch + (leg.bottom - crotch) * 0.46
        x = leg.stance + leg.ankle
        for rise in (0, 22):
            canvas.crease([(side * (x - 34), knee + rise), (side * (x + 26), knee + 10 + rise)], 9, 0.15)
    middle = [(side * (leg.hip * 0.58), leg.top + 60), (side * (leg.stance + leg.ankle + 4), leg.bottom - 30)]
    canvas.crease(middle, 26, 0.16, WHITE)


def _waistband(sketch: Sketch, leg: Leg) -> None:
    canvas, cloth = sketch.canvas, sketch.cloth
    deep = 46.0 if leg.band == "wide" else 26.0
    rim = smooth((-leg.waist, leg.top), (0, leg.top + 9), (leg.waist, leg.top))
    back = smooth((-leg.waist, leg.top), (0, leg.top - 5), (leg.waist, leg.top))
    canvas.fill([*back, *reversed(rim)], darker(cloth.colour, 0.4), volume=0, edge=1.5)
    low = [(x * (1 + deep / 420), y + deep) for x, y in rim]
    surface = sketch.palette.second if leg.band == "contrast" else cloth
    canvas.fill([*rim, *reversed(low)], surface, volume=0.3)
    if leg.band == "belt loops":
        for x in (-leg.waist * 0.68, -leg.waist * 0.3, leg.waist * 0.3, leg.waist * 0.68):
            canvas.fill(box(x - 5, leg.top + 3, x + 5, leg.top + 35, 2), cloth, volume=0.3, edge=1.4)
    elif leg.band in ("elastic", "contrast", "drawstring"):
        for (x, y), (u, v) in zip(along(rim, 27), along(low, 27), strict=True):
            canvas.line(
                [(x, y + 3), (u, v - 3)],
                darker(surface if isinstance(surface, tuple) else surface.colour, 0.3),
                1.4,
            )
    if leg.band == "drawstring":
        for side, drop in ((1, 86), (-1, 74)):
            cord = smooth(
                (side * 6, leg.top + 22), (side * 14, leg.top + drop * 0.6), (side * 10, leg.top + drop)
            )
            canvas.line(cord, lighter(sketch.palette.second, 0.5), 4.5)
            canvas.line(cord[-2:], darker(cloth.colour, 0.5), 6)
    elif leg.band == "tie":
        for side in (1, -1):
            canvas.fill(
                ribbon(
                    smooth(
                        (0, leg.top + 20),
                        (side * 34, leg.top + 2),
                        (side * 44, leg.top + 24),
                        (0, leg.top + 22),
                    ),
                    10,
                ),
                cloth,
                volume=0.4,
            )
            canvas.fill(
                ribbon(
                    smooth((0, leg.top + 22), (side * 18, leg.top + 70), (side * 30, leg.top + 108)), 9, 15
                ),
                cloth,
                volume=0.4,
            )


def _fly(sketch: Sketch, leg: Leg) -> None:
    canvas, colour = sketch.canvas, sketch.cloth.colour
    end = leg.top + leg.rise * 0.72
    canvas.line([(0, leg.top + 34), (0, leg.top + leg.rise)], darker(colour, 0.5), 2)
    canvas.stitch(smooth((20, leg.top + 36), (19, end - 24), (2, end)), leg_thread(sketch))
    canvas.dot(
        (0, leg.top + 21),
        6.5,
        metal(sketch.palette.metal) if sketch.cloth.pattern == "denim" else darker(colour, 0.5),
    )


def leg_thread(sketch: Sketch) -> tuple[int, int, int]:
    return GOLD_THREAD if sketch.cloth.pattern == "denim" else thread_of(sketch.cloth.colour)
