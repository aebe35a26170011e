"""Necklaces and pendants."""

from functools import partial
from itertools import pairwise

from shopify_bot.devstore.drawing.articles.charms import (
    Charm,
    bead,
    cross,
    disc,
    drop,
    flower,
    gem,
    heart,
    leaf,
    moon,
    pearl,
    star,
)
from shopify_bot.devstore.drawing.articles.rings import UNPATTERNED
from shopify_bot.devstore.drawing.fabric import metal
from shopify_bot.devstore.drawing.geometry import Outline, along, bezier, closed, ellipse, ribbon, smooth
from shopify_bot.devstore.drawing.palette import darker, lighter
from shopify_bot.devstore.drawing.sketch import Article, Shape, Sketch


def _loop(wide: float, deep: float, top: float = -230) -> Outline:
    """A necklace's line: down from the clasp and round."""
    return bezier(
        (0, top), (-wide * 1.5, top + 10), (-wide * 1.36, top + deep * 1.32), (0, top + deep), 40
    ) + bezier((0, top + deep), (wide * 1.36, top + deep * 1.32), (wide * 1.5, top + 10), (0, top), 40)


def _links(sketch: Sketch, path: Outline, size: float, pitch: float) -> None:
    length = sum(((a[0] - b[0]) ** 2 + (a[1] - b[1]) ** 2) ** 0.5 for a, b in pairwise(path))
    for index, (x, y) in enumerate(along(path, int(length / pitch))):
        ring = ellipse(x, y, size, size * (0.55 if index % 2 else 1))
        sketch.canvas.line([*ring, ring[0]], darker(sketch.palette.main, 0.45), size * 0.62)
        sketch.canvas.line([*ring, ring[0]], lighter(sketch.palette.main, 0.15), size * 0.34)


def _fine(sketch: Sketch, path: Outline) -> None:
    sketch.canvas.line(path, darker(sketch.palette.main, 0.35), 5)
    sketch.canvas.stitch(path, lighter(sketch.palette.main, 0.45), 3, 6)


def _string(sketch: Sketch, path: Outline, charm: Charm, size: float, grow: float = 0) -> None:
    sketch.canvas.line(path, darker(sketch.palette.main, 0.4), 2)
    length = sum(((a[0] - b[0]) ** 2 + (a[1] - b[1]) ** 2) ** 0.5 for a, b in pairwise(path))
    low = max(y for _, y in path)
    for point in along(path, max(5, int(length / (size * 2.06 + grow * 0.8)))):
        share = max(0.0, (point[1] - low + 220) / 220)
        charm(sketch, point, size + grow * share)


def _chain_necklace(sketch: Sketch) -> None:
    _links(sketch, _loop(170, 440), 11, 16)


def _pearl_necklace(sketch: Sketch) -> None:
    _string(sketch, _loop(160, 400), pearl, 13, 6)


def _layers(sketch: Sketch, charm: Charm) -> None:
    for wide, deep in ((176, 470), (146, 390), (114, 310)):
        _string(sketch, _loop(wide, deep), charm, 8.5)


def _bib(sketch: Sketch) -> None:
    """A broad statement collar of stones."""
    for wide, deep, size in ((180, 440, 21), (146, 370, 16), (118, 310, 12)):
        path = _loop(wide, deep)
        _fine(sketch, path)
        for index, point in enumerate(along(path[14:-14], int(wide / size * 1.5))):
            (drop if size > 20 else gem)(sketch, point, size * (0.8 if index % 2 else 1))


def _hung(
    sketch: Sketch, charms: tuple[Charm, ...], sizes: tuple[float, ...], wide: float = 150, deep: float = 400
) -> None:
    path = _loop(wide, deep)
    _links(sketch, path, 7, 11)
    middle = path[28:54]
    for point, charm, size in zip(along(middle, len(charms) + 2)[1:-1], charms, sizes, strict=True):
        sketch.canvas.line([point, (point[0], point[1] + 16)], darker(sketch.palette.main, 0.3), 3)
        charm(sketch, (point[0], point[1] + 14 + size), size)


def _beaded(sketch: Sketch) -> None:
    _string(sketch, _loop(176, 460), bead, 11, 17)


def _choker(sketch: Sketch) -> None:
    """A stiff open collar."""
    ring = ellipse(0, 0, 170, 150, -66, 246)
    sketch.canvas.fill(ribbon(ring, 30), metal(sketch.palette.main), volume=0.4)
    for point in along(ribbon(ring, 0.1)[10:40], 9):
        gem(sketch, point, 8)


NECKLACES: tuple[Shape, ...] = (
    _chain_necklace,
    _pearl_necklace,
    partial(_layers, charm=bead),
    _bib,
    partial(_hung, charms=(leaf, leaf, leaf, leaf, leaf), sizes=(18, 24, 32, 24, 18)),
    _beaded,
    _choker,
    partial(_hung, charms=(star, moon, star), sizes=(22, 40, 22), wide=120, deep=480),
    partial(_layers, charm=pearl),
)


def _pendant(sketch: Sketch, charm: Charm, size: float, double: bool = False) -> None:
    """A fine open chain that leaves the sheet above, with one figure hanging from it."""
    low = 40.0
    for shift_by in (0, 22) if double else (0,):
        for side in (-1, 1):
            _fine(
                sketch,
                smooth(
                    (side * (150 - shift_by), -330),
                    (side * (112 - shift_by), -180),
                    (side * 50, -40),
                    (0, low + shift_by),
                ),
            )
    sketch.canvas.fill(
        closed((-9, low - 2), (9, low - 2), (6, low + 26), (-6, low + 26)),
        metal(sketch.palette.main),
        volume=0,
    )
    charm(sketch, (0, low + 22 + size * 1.2), size)


PENDANTS: tuple[Shape, ...] = tuple(
    partial(_pendant, charm=charm, size=size, double=double)
    for charm, size, double in (
        (heart, 78, False),
        (drop, 58, False),
        (cross, 76, False),
        (star, 72, False),
        (flower, 84, False),
        (leaf, 62, True),
        (moon, 80, False),
        (disc, 84, False),
        (gem, 56, True),
    )
)


ARTICLES = (
    Article("Necklace and Chains", "metal", UNPATTERNED, NECKLACES, turns=2),
    Article("Pendant", "metal", UNPATTERNED, PENDANTS, turns=1),
)
