"""What closes or decorates a front: buttons, zips, pockets, prints."""

from math import cos, radians, sin

from shopify_bot.devstore.drawing.articles.garment import Cut
from shopify_bot.devstore.drawing.fabric import metal
from shopify_bot.devstore.drawing.geometry import Point, along, box, closed, ellipse
from shopify_bot.devstore.drawing.palette import darker, lighter, mix, thread_of
from shopify_bot.devstore.drawing.sketch import Sketch


def draw_buttons(sketch: Sketch, cut: Cut, until: float = 1.0, count: int = 6, wide: float = 13) -> None:
    """A placket down the front, to a share of the length."""
    canvas, cloth = sketch.canvas, sketch.cloth
    start, end = cut.top + cut.depth + 2, cut.top + cut.length * until + (cut.hem_drop if until >= 1 else 0)
    canvas.fill(box(-wide, start, wide, end), cloth, volume=0.15, edge=1.6, drop=2)
    for x in (-wide + 4, wide - 4):
        canvas.stitch([(x, start + 4), (x, end - 3)], thread_of(cloth.colour), 1.2)
    button = mix(lighter(cloth.colour, 0.75), sketch.palette.accent, 0.2)
    for _, y in along([(0, start + 16), (0, end - 22)], count):
        canvas.dot((0, y), 5.2, button, 1.3)
        canvas.dot((0, y), 1.2, darker(button, 0.6), 0)


def draw_zip(sketch: Sketch, cut: Cut, until: float = 1.0) -> None:
    canvas = sketch.canvas
    start, end = cut.top + cut.depth - 4, cut.top + cut.length * until + (cut.hem_drop if until >= 1 else 0)
    canvas.fill(box(-8, start, 8, end), darker(sketch.cloth.colour, 0.4), volume=0, edge=1)
    teeth = sketch.palette.metal
    canvas.line([(0, start), (0, end)], darker(teeth, 0.3), 5)
    canvas.stitch([(0, start), (0, end)], lighter(teeth, 0.5), 5, 4)
    canvas.fill(box(-5, start + 6, 5, start + 30, 4), metal(teeth), volume=0, edge=1.2)


def draw_pocket(sketch: Sketch, centre: Point, wide: float = 62, flap: bool = False) -> None:
    canvas, cloth = sketch.canvas, sketch.cloth
    x, y = centre
    half, deep = wide / 2, wide * 1.12
    outline = [
        (x - half, y),
        (x + half, y),
        (x + half, y + deep * 0.82),
        (x, y + deep),
        (x - half, y + deep * 0.82),
    ]
    canvas.fill(outline, cloth, volume=0.25, edge=1.6)
    canvas.stitch([(x - half + 4, y + 8), (x + half - 4, y + 8)], thread_of(cloth.colour), 1.2)
    if flap:
        canvas.fill(
            [
                (x - half - 3, y - 8),
                (x + half + 3, y - 8),
                (x + half + 3, y + 14),
                (x, y + 26),
                (x - half - 3, y + 14),
            ],
            cloth,
            volume=0.3,
            edge=1.6,
            drop=3,
        )
        canvas.dot((x, y + 15), 4, sketch.palette.metal)


def draw_motif(sketch: Sketch, centre: Point, radius: float) -> None:
    """A print on the chest: one of several drawn figures."""
    canvas, palette = sketch.canvas, sketch.palette
    x, y = centre
    ink, other = palette.second, palette.accent
    kind = sketch.rng.randrange(6)
    if kind == 0:
        canvas.fill(ellipse(x, y, radius, radius), ink, volume=0, edge=0)
        for step in range(3):
            level = y + radius * (0.15 + step * 0.28)
            canvas.line([(x - radius * 0.9, level), (x + radius * 0.9, level)], sketch.cloth.colour, 5 - step)
    elif kind == 1:
        for step, colour in enumerate((ink, other, ink)):
            level = y - radius * 0.5 + step * radius * 0.45
            canvas.fill(
                box(x - radius * 1.1, level, x + radius * 1.1, level + radius * 0.3), colour, volume=0, edge=0
            )
    elif kind == 2:
        canvas.fill(
            [
                (x - radius, y + radius * 0.7),
                (x - radius * 0.2, y - radius * 0.6),
                (x + radius * 0.1, y),
                (x + radius * 0.4, y - radius * 0.3),
                (x + radius, y + radius * 0.7),
            ],
            ink,
            volume=0,
            edge=0,
        )
        canvas.fill(
            ellipse(x + radius * 0.55, y - radius * 0.7, radius * 0.24, radius * 0.24),
            other,
            volume=0,
            edge=0,
        )
    elif kind == 3:
        points = [
            (
                x + radius * (1 if n % 2 == 0 else 0.42) * sin(radians(n * 36)),
                y - radius * (1 if n % 2 == 0 else 0.42) * cos(radians(n * 36)),
            )
            for n in range(10)
        ]
        canvas.fill(points, ink, volume=0, edge=0)
    elif kind == 4:
        canvas.fill(
            closed(
                (x, y + radius * 0.9),
                (x - radius * 0.95, y - radius * 0.1),
                (x - radius * 0.5, y - radius * 0.75),
                (x, y - radius * 0.3),
                (x + radius * 0.5, y - radius * 0.75),
                (x + radius * 0.95, y - radius * 0.1),
            ),
            ink,
            volume=0,
            edge=0,
        )
    else:
        for step in range(4):
            reach = radius * (1 - step * 0.24)
            canvas.fill(
                ellipse(x, y + radius * 0.4, reach, reach, 180, 360), (ink, other)[step % 2], volume=0, edge=0
            )
