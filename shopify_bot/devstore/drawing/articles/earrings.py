"""Earrings, as a pair."""

from collections.abc import Callable
from functools import partial
from math import cos, pi, sin

from shopify_bot.devstore.drawing.articles.charms import (
    Charm,
    bead,
    disc,
    drop,
    flower,
    gem,
    leaf,
    pearl,
    stone_colour,
)
from shopify_bot.devstore.drawing.articles.rings import UNPATTERNED
from shopify_bot.devstore.drawing.fabric import metal
from shopify_bot.devstore.drawing.geometry import Point, along, closed, ellipse, ribbon, smooth
from shopify_bot.devstore.drawing.palette import darker, lighter
from shopify_bot.devstore.drawing.sketch import Article, Shape, Sketch


def hoop(sketch: Sketch, centre: Point, radius: float, thick: float = 13) -> None:
    x, y = centre
    sketch.canvas.fill(
        ribbon(ellipse(x, y, radius, radius, -84, 264), thick), metal(sketch.palette.main), volume=0.3
    )


def hook(sketch: Sketch, x: float, y: float) -> None:
    """The ear wire that ends at a point."""
    sketch.canvas.line(
        smooth((x, y), (x - 1, y - 34), (x + 14, y - 54), (x + 30, y - 38), (x + 34, y - 4)),
        darker(sketch.palette.main, 0.3),
        5,
    )
    sketch.canvas.line(
        smooth((x, y), (x - 1, y - 34), (x + 14, y - 54), (x + 30, y - 38), (x + 34, y - 4)),
        lighter(sketch.palette.main, 0.25),
        2.4,
    )


def _pair(sketch: Sketch, one: Callable[[Sketch, float], None]) -> None:
    for x in (-104, 104):
        one(sketch, x)


def _stud(sketch: Sketch, x: float, charm: Charm, size: float) -> None:
    charm(sketch, (x, 0), size)


def _dangle(sketch: Sketch, x: float, charms: tuple[tuple[Charm, float], ...]) -> None:
    y = -120.0
    hook(sketch, x, y)
    for charm, size in charms:
        sketch.canvas.line([(x, y), (x, y + 14)], darker(sketch.palette.main, 0.3), 3)
        y += 14 + size
        charm(sketch, (x, y), size)
        y += size


def _hooped(sketch: Sketch, x: float, radius: float, thick: float, charm: Charm | None) -> None:
    hoop(sketch, (x, 0), radius, thick)
    sketch.canvas.line([(x - 4, -radius), (x + 10, -radius - 10)], darker(sketch.palette.main, 0.3), 4)
    if charm:
        for angle in (40, 65, 90, 115, 140):
            charm(
                sketch,
                (
                    x + (radius + thick + 4) * cos(angle * pi / 180),
                    (radius + thick + 4) * sin(angle * pi / 180),
                ),
                10,
            )


def _jhumka(sketch: Sketch, x: float) -> None:
    """The bell-shaped earring of India."""
    gem(sketch, (x, -86), 26)
    sketch.canvas.line([(x, -54), (x, -30)], darker(sketch.palette.main, 0.3), 4)
    bell = [
        (x - 12, -32),
        *smooth((x - 12, -32), (x - 48, -6), (x - 66, 52)),
        *smooth((x + 66, 52), (x + 48, -6), (x + 12, -32)),
    ]
    sketch.canvas.fill(bell, metal(sketch.palette.main), volume=0.5)
    for y, wide in ((16, 46), (34, 56)):
        for point in along(smooth((x - wide, y), (x, y + 8), (x + wide, y)), 7):
            sketch.canvas.dot(point, 4.2, stone_colour(sketch), 0.8)
    for point in along(smooth((x - 60, 58), (x, 68), (x + 60, 58)), 9):
        pearl(sketch, (point[0], point[1] + 8), 8)


def _chandelier(sketch: Sketch, x: float) -> None:
    hook(sketch, x, -116)
    sketch.canvas.fill(
        closed((x, -120), (x + 40, -84), (x + 54, -36), (x, -24), (x - 54, -36), (x - 40, -84)),
        metal(sketch.palette.main),
        volume=0.4,
    )
    gem(sketch, (x, -70), 18)
    for n, length in enumerate((46, 74, 100, 74, 46)):
        top = (x - 44 + n * 22, -34 + (8 if 0 < n < 4 else 0))
        sketch.canvas.line([top, (top[0], top[1] + length)], darker(sketch.palette.main, 0.2), 3)
        drop(sketch, (top[0], top[1] + length + 12), 9)


def _tassel(sketch: Sketch, x: float) -> None:
    hook(sketch, x, -116)
    disc(sketch, (x, -96), 22)
    colour = stone_colour(sketch)
    sketch.canvas.fill([(x - 13, -72), (x + 13, -72), (x + 26, 110), (x - 26, 110)], colour, volume=0.6)
    for step in range(-3, 4):
        sketch.canvas.line([(x + step * 3, -60), (x + step * 7, 108)], darker(colour, 0.35), 1.5)
    sketch.canvas.fill(
        [(x - 16, -76), (x + 16, -76), (x + 18, -50), (x - 18, -50)], metal(sketch.palette.main), volume=0
    )


EARRINGS: tuple[Shape, ...] = (
    partial(_pair, one=partial(_stud, charm=gem, size=54)),
    partial(_pair, one=partial(_hooped, radius=84, thick=14, charm=None)),
    partial(_pair, one=_jhumka),
    partial(_pair, one=partial(_dangle, charms=((pearl, 16), (drop, 34)))),
    partial(_pair, one=_chandelier),
    partial(_pair, one=partial(_stud, charm=flower, size=74)),
    partial(_pair, one=partial(_dangle, charms=((gem, 14), (leaf, 60)))),
    partial(_pair, one=partial(_hooped, radius=56, thick=26, charm=bead)),
    partial(_pair, one=_tassel),
    partial(_pair, one=partial(_dangle, charms=((disc, 20), (disc, 32), (disc, 46)))),
)


ARTICLES = (Article("Earrings", "metal", UNPATTERNED, EARRINGS, turns=1, zoom=1.4),)
