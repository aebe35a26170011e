"""A hanging skirt with its folds, pleats and tiers."""

from dataclasses import dataclass, replace

from shopify_bot.devstore.drawing.geometry import Outline, box, ribbon, smooth
from shopify_bot.devstore.drawing.palette import WHITE, darker
from shopify_bot.devstore.drawing.sketch import Sketch


@dataclass(frozen=True)
class Hang:
    """A hanging skirt: half widths at waist and hem, the fullness of its folds."""

    waist: float = 70
    hem: float = 150
    top: float = -40
    bottom: float = 300
    folds: int = 6
    wave: float = 12
    curve: float = 0.5
    skew: float = 0


def skirt_outline(hang: Hang) -> Outline:
    reach = hang.waist + (hang.hem - hang.waist) * hang.curve
    middle = (hang.top + hang.bottom) / 2
    right = smooth((hang.waist, hang.top), (reach, middle), (hang.hem, hang.bottom))
    left = smooth((-hang.hem, hang.bottom + hang.skew), (-reach, middle), (-hang.waist, hang.top))
    return [*right, *reversed(hem_line(hang)), *left]


def hem_line(hang: Hang) -> Outline:
    """The hem from left to right, waving as many times as there are folds."""
    count = hang.folds * 2 + 1
    points = []
    for index in range(count):
        share = index / (count - 1)
        bow = hang.wave * 0.9 * (1 - (2 * share - 1) ** 2)
        wave = hang.wave * (0.5 if index % 2 else -0.5) * (0 < index < count - 1)
        points.append((-hang.hem + 2 * hang.hem * share, hang.bottom + bow + wave + hang.skew * (1 - share)))
    return smooth(*points, steps=5)


def draw_skirt(sketch: Sketch, hang: Hang) -> None:
    canvas = sketch.canvas
    canvas.fill(skirt_outline(hang), sketch.cloth, volume=0.55)
    for index in range(1, hang.folds * 2):
        share = 2 * index / (hang.folds * 2) - 1
        start = (hang.waist * share * 0.94, hang.top + 14 + 22 * (index % 3))
        end = (hang.hem * share * 0.97, hang.bottom - 2)
        bend = (start[0] + (end[0] - start[0]) * hang.curve, (start[1] + end[1]) / 2)
        light = index % 2 == 0
        canvas.crease(
            smooth(start, bend, end), 13, 0.2 if not light else 0.17, WHITE if light else (28, 26, 38)
        )


def draw_pleats(sketch: Sketch, hang: Hang, count: int = 9) -> None:
    """Sharp knife pleats from waist to hem."""
    for index in range(1, count):
        share = 2 * index / count - 1
        start, end = (hang.waist * share, hang.top + 26), (hang.hem * share, hang.bottom + hang.wave * 0.6)
        sketch.canvas.line([start, end], darker(sketch.cloth.colour, 0.42), 2)
        sketch.canvas.crease([(start[0] + 5, start[1]), (end[0] + 8, end[1])], 12, 0.3)


def draw_tiers(sketch: Sketch, hang: Hang, count: int = 3) -> None:
    """Gathered tiers, the lowest first."""
    for index in reversed(range(count)):
        low = hang.top + (hang.bottom - hang.top) * (index + 1) / count
        wide = hang.waist + (hang.hem - hang.waist) * ((index + 1) / count) ** 0.8 + 8
        part = replace(hang, bottom=low, hem=wide, folds=hang.folds + index, wave=12)
        sketch.canvas.fill(skirt_outline(part), sketch.cloth, volume=0.4, drop=5)
        level = hang.top + (hang.bottom - hang.top) * index / count
        for share in (x / (hang.folds + 1) for x in range(-hang.folds, hang.folds + 1)):
            sketch.canvas.crease([(share * wide * 0.9, level + 12), (share * wide * 0.98, low - 6)], 8, 0.22)


def draw_bow(sketch: Sketch, x: float, y: float, size: float) -> None:
    canvas, colour = sketch.canvas, sketch.palette.second
    for side in (1, -1):
        loop = [
            (x, y),
            *smooth(
                (x, y),
                (x + side * 26 * size, y - 20 * size),
                (x + side * 46 * size, y - 8 * size),
                (x + side * 40 * size, y + 16 * size),
                (x, y),
            ),
        ]
        tail = ribbon(
            smooth((x, y), (x + side * 14 * size, y + 40 * size), (x + side * 26 * size, y + 74 * size)),
            9 * size,
            20 * size,
        )
        canvas.fill(tail, colour, volume=0.4, drop=2)
        canvas.fill(loop, colour, volume=0.6, drop=3)
    canvas.fill(box(x - 9 * size, y - 10 * size, x + 9 * size, y + 10 * size, 5), colour, volume=0.5)
