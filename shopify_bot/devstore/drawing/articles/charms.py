"""Stones, pearls and small metal figures."""

from collections.abc import Callable
from math import cos, pi, sin

from shopify_bot.devstore.drawing.fabric import metal, sheen
from shopify_bot.devstore.drawing.geometry import Point, closed, ellipse, smooth, stretch
from shopify_bot.devstore.drawing.palette import COLOURS, WHITE, Colour, darker, lighter
from shopify_bot.devstore.drawing.sketch import Sketch

_STONES = ("Red", "Teal", "Sea Green", "Purple", "Blue", "Pink", "White", "Black", "Turquoise Blue")


Charm = Callable[[Sketch, Point, float], None]


def stone_colour(sketch: Sketch) -> Colour:
    return COLOURS[_STONES[sketch.cloth.seed % len(_STONES)]]


def gem(sketch: Sketch, centre: Point, radius: float, colour: Colour | None = None) -> None:
    """A round cut stone in its setting."""
    stone = colour or stone_colour(sketch)
    canvas, (x, y) = sketch.canvas, centre
    canvas.dot(centre, radius * 1.2, metal(sketch.palette.main))
    canvas.dot(centre, radius, stone)
    canvas.fill(ellipse(x, y, radius * 0.55, radius * 0.55), lighter(stone, 0.3), volume=0, edge=0)
    canvas.fill(
        [
            (x - radius * 0.5, y - radius * 0.1),
            (x - radius * 0.1, y - radius * 0.6),
            (x + radius * 0.05, y - radius * 0.1),
        ],
        lighter(stone, 0.75),
        volume=0,
        edge=0,
    )


def pearl(sketch: Sketch, centre: Point, radius: float) -> None:
    sketch.canvas.dot(centre, radius, (240, 233, 224))
    x, y = centre
    sketch.canvas.fill(
        ellipse(x - radius * 0.3, y - radius * 0.35, radius * 0.26, radius * 0.2), WHITE, volume=0, edge=0
    )


def bead(sketch: Sketch, centre: Point, radius: float) -> None:
    colour = stone_colour(sketch)
    sketch.canvas.dot(centre, radius, colour)
    x, y = centre
    sketch.canvas.fill(
        ellipse(x - radius * 0.3, y - radius * 0.35, radius * 0.28, radius * 0.2),
        lighter(colour, 0.7),
        volume=0,
        edge=0,
    )


def disc(sketch: Sketch, centre: Point, radius: float) -> None:
    sketch.canvas.dot(centre, radius, metal(sketch.palette.main))
    sketch.canvas.dot(centre, radius * 0.62, sheen(sketch.palette.main))


def drop(sketch: Sketch, centre: Point, radius: float) -> None:
    """A pear-shaped stone."""
    x, y = centre
    stone = stone_colour(sketch)
    shape = [
        *smooth(
            (x, y - radius * 1.8),
            (x + radius * 0.5, y - radius * 0.7),
            (x + radius, y + radius * 0.2),
            (x, y + radius),
            (x - radius, y + radius * 0.2),
            (x - radius * 0.5, y - radius * 0.7),
            (x, y - radius * 1.8),
        )
    ]
    sketch.canvas.fill(stretch(shape, 1.22, 1.16, centre), metal(sketch.palette.main), volume=0)
    sketch.canvas.fill(shape, stone, volume=0.9, edge=1.3)
    sketch.canvas.fill(
        ellipse(x - radius * 0.35, y - radius * 0.3, radius * 0.2, radius * 0.34),
        lighter(stone, 0.7),
        volume=0,
        edge=0,
    )


def heart(sketch: Sketch, centre: Point, radius: float) -> None:
    x, y = centre
    shape = [
        *smooth(
            (x, y - radius * 0.45),
            (x + radius * 0.5, y - radius * 0.95),
            (x + radius, y - radius * 0.3),
            (x, y + radius),
        ),
        *smooth(
            (x, y + radius),
            (x - radius, y - radius * 0.3),
            (x - radius * 0.5, y - radius * 0.95),
            (x, y - radius * 0.45),
        ),
    ]
    sketch.canvas.fill(shape, metal(sketch.palette.main), volume=0.4)
    sketch.canvas.fill(stretch(shape, 0.66, 0.66, (x, y)), stone_colour(sketch), volume=0.7, edge=1.3)


def leaf(sketch: Sketch, centre: Point, radius: float) -> None:
    x, y = centre
    sketch.canvas.fill(
        closed(
            (x, y - radius * 1.7),
            (x + radius * 0.7, y - radius * 0.3),
            (x, y + radius * 1.5),
            (x - radius * 0.7, y - radius * 0.3),
        ),
        metal(sketch.palette.main),
        volume=0.4,
    )
    sketch.canvas.line([(x, y - radius * 1.5), (x, y + radius * 1.3)], darker(sketch.palette.main, 0.45), 1.8)
    for step in (-0.6, 0, 0.6):
        for side in (-1, 1):
            sketch.canvas.line(
                [(x, y + step * radius), (x + side * radius * 0.45, y + step * radius - radius * 0.4)],
                darker(sketch.palette.main, 0.45),
                1.4,
            )


def star(sketch: Sketch, centre: Point, radius: float) -> None:
    x, y = centre
    points = [
        (
            x + radius * (1.2 if n % 2 == 0 else 0.5) * sin(n * pi / 5),
            y - radius * (1.2 if n % 2 == 0 else 0.5) * cos(n * pi / 5),
        )
        for n in range(10)
    ]
    sketch.canvas.fill(points, metal(sketch.palette.main), volume=0.4)
    gem(sketch, centre, radius * 0.3)


def cross(sketch: Sketch, centre: Point, radius: float) -> None:
    x, y = centre
    w = radius * 0.26
    outline = [
        (x - w, y - radius * 1.3),
        (x + w, y - radius * 1.3),
        (x + w, y - w * 2),
        (x + radius, y - w * 2),
        (x + radius, y),
        (x + w, y),
        (x + w, y + radius * 1.5),
        (x - w, y + radius * 1.5),
        (x - w, y),
        (x - radius, y),
        (x - radius, y - w * 2),
        (x - w, y - w * 2),
    ]
    sketch.canvas.fill(outline, metal(sketch.palette.main), volume=0.4)
    gem(sketch, (x, y - w), w * 0.8)


def flower(sketch: Sketch, centre: Point, radius: float) -> None:
    x, y = centre
    for n in range(6):
        sketch.canvas.fill(
            ellipse(
                x + radius * 0.62 * cos(n * pi / 3),
                y + radius * 0.62 * sin(n * pi / 3),
                radius * 0.42,
                radius * 0.42,
            ),
            metal(sketch.palette.main),
            volume=0.3,
            edge=1.6,
        )
    gem(sketch, centre, radius * 0.34)


def moon(sketch: Sketch, centre: Point, radius: float) -> None:
    x, y = centre
    outline = [
        *ellipse(x, y, radius, radius, -60, 240),
        *reversed(ellipse(x + radius * 0.1, y - radius * 0.28, radius * 0.72, radius * 0.72, -70, 250)),
    ]
    sketch.canvas.fill(outline, metal(sketch.palette.main), volume=0.3)
