"""Rings and bangles."""

from collections.abc import Callable
from functools import partial
from math import cos, pi, sin

from shopify_bot.devstore.drawing.articles.charms import Charm, flower, gem, stone_colour
from shopify_bot.devstore.drawing.fabric import metal
from shopify_bot.devstore.drawing.geometry import Outline, along, at, closed, ellipse, ribbon, shift
from shopify_bot.devstore.drawing.palette import darker, lighter
from shopify_bot.devstore.drawing.sketch import Article, Shape, Sketch


def _band(sketch: Sketch, thick: float, half: str) -> None:
    """A ring lying a little towards the viewer: its far half, then its near half."""
    ring = ellipse(0, 60, 128, 116, 176, 364) if half == "far" else ellipse(0, 60, 128, 116, -4, 184)
    if half == "far":
        sketch.canvas.fill(ribbon(ring, thick * 0.86), metal(darker(sketch.palette.main, 0.1)), volume=0.4)
        return
    sketch.canvas.fill(ribbon(ring, thick), metal(sketch.palette.main), volume=0.5)


def _ring(sketch: Sketch, thick: float, top: Callable[[Sketch], None]) -> None:
    _band(sketch, thick, "far")
    _band(sketch, thick, "near")
    top(sketch)


def _solitaire(sketch: Sketch) -> None:
    gem(sketch, (0, -84), 46, (226, 240, 248))
    for x in (-40, 40):
        sketch.canvas.line([(x * 0.5, -40), (x, -76)], darker(sketch.palette.main, 0.3), 6)


def _cluster(sketch: Sketch) -> None:
    for n in range(8):
        gem(sketch, (52 * cos(n * pi / 4), -72 + 44 * sin(n * pi / 4)), 17, (232, 242, 248))
    gem(sketch, (0, -72), 30)


def _eternity(sketch: Sketch) -> None:
    for x, y in along(ellipse(0, 60, 128, 116, 200, 340), 11):
        gem(sketch, (x, y), 13, (226, 240, 248))


def _signet(sketch: Sketch) -> None:
    sketch.canvas.fill(
        closed((-66, -60), (0, -92), (66, -60), (56, -14), (0, 4), (-56, -14)),
        metal(sketch.palette.main),
        volume=0.5,
    )
    sketch.canvas.fill(ellipse(0, -46, 38, 26), darker(sketch.palette.main, 0.2), volume=0.5)


def _three(sketch: Sketch) -> None:
    for x, y, size in ((-52, -58, 24), (52, -58, 24), (0, -76, 36)):
        gem(sketch, (x, y), size)


def _bare(sketch: Sketch) -> None:
    sketch.canvas.line(ellipse(0, 60, 128, 116, 20, 160), lighter(sketch.palette.main, 0.5), 4)


def _oval(sketch: Sketch) -> None:
    stone = stone_colour(sketch)
    sketch.canvas.fill(ellipse(0, -70, 82, 62), metal(sketch.palette.main), volume=0.2)
    sketch.canvas.fill(ellipse(0, -70, 66, 48), stone, volume=1)
    sketch.canvas.fill(ellipse(-24, -90, 20, 9), lighter(stone, 0.7), volume=0, edge=0)
    for x, y in along(ellipse(0, -70, 74, 55), 25):
        sketch.canvas.dot((x, y), 4, lighter(sketch.palette.main, 0.5), 0.8)


def _stacked(sketch: Sketch) -> None:
    for rise in (60, 30):
        ring = ellipse(0, 60 - rise, 128, 112, -4, 184)
        sketch.canvas.fill(ribbon(ring, 16), metal(sketch.palette.main), volume=0.4, drop=3)
        back = ellipse(0, 60 - rise, 128, 112, 184, 356)
        sketch.canvas.fill(ribbon(back, 13), metal(darker(sketch.palette.main, 0.12)), volume=0.4)


def _bloom_top(sketch: Sketch) -> None:
    flower(sketch, (0, -70), 76)


RINGS: tuple[Shape, ...] = tuple(
    partial(_ring, thick=thick, top=top)
    for thick, top in (
        (18, _solitaire),
        (22, _cluster),
        (26, _eternity),
        (38, _signet),
        (20, _three),
        (58, _bare),
        (24, _oval),
        (16, _stacked),
        (20, _bloom_top),
    )
)


def _bangle(
    sketch: Sketch,
    thick: float = 34,
    open_at: float = 0,
    deck: Callable[[Sketch, Outline], None] | None = None,
    tilt: float = 0.62,
) -> None:
    rx, ry = 200.0, 200.0 * tilt
    back, front = ellipse(0, 0, rx, ry, 180, 360), ellipse(0, 0, rx, ry, 0, 180)
    inner = metal(darker(sketch.palette.main, 0.25))
    sketch.canvas.fill([*back, *reversed(shift(back, 0, thick))], inner, volume=0.3)
    face = front if not open_at else ellipse(0, 0, rx, ry, 0, 180 - open_at)
    sketch.canvas.fill([*face, *reversed(shift(face, 0, thick))], metal(sketch.palette.main), volume=0.35)
    if deck:
        deck(sketch, shift(face, 0, thick / 2))


def _gem_deck(sketch: Sketch, line: Outline) -> None:
    for point in along(line, 17)[1:-1]:
        gem(sketch, point, 9)


def _etched(sketch: Sketch, line: Outline) -> None:
    for index, (x, y) in enumerate(along(line, 30)[1:-1]):
        side = 1 if index % 2 else -1
        sketch.canvas.line(
            [(x - 7, y + side * 10), (x + 7, y - side * 10)], darker(sketch.palette.main, 0.5), 3
        )


def _enamel(sketch: Sketch, line: Outline) -> None:
    sketch.canvas.fill(ribbon(line, 26), stone_colour(sketch), volume=0.5)
    for point in along(line, 13)[1:-1]:
        sketch.canvas.dot(point, 7, lighter(sketch.palette.main, 0.2))


def _twist(sketch: Sketch, line: Outline) -> None:
    for x, y in along(line, 26):
        sketch.canvas.fill(
            closed((x - 15, y + 10), (x - 2, y - 14), (x + 15, y - 10), (x + 2, y + 14)),
            metal(sketch.palette.main),
            volume=0.3,
            edge=1.6,
        )


def _bangle_stack(sketch: Sketch, count: int, deck: Callable[[Sketch, Outline], None] | None) -> None:
    for index in reversed(range(count)):
        lift = (index - count / 2) * 32
        back, front = (
            shift(ellipse(0, 0, 190, 104, 180, 360), 0, lift),
            shift(ellipse(0, 0, 190, 104, 0, 180), 0, lift),
        )
        sketch.canvas.fill(ribbon(back, 16), metal(darker(sketch.palette.main, 0.25)), volume=0.3)
        sketch.canvas.fill(
            ribbon(front, 20),
            metal(sketch.palette.main if index % 2 else darker(sketch.palette.main, 0.1)),
            volume=0.3,
            drop=3,
        )
        if deck and index % 2 == 0:
            deck(sketch, front)


def _flat_ring(sketch: Sketch, deck: Charm) -> None:
    """Seen from above as one circle."""
    sketch.canvas.fill(ribbon(ellipse(0, 0, 176, 176), 30), metal(sketch.palette.main), volume=0.4)
    for point in along(ellipse(0, 0, 176, 176), 29):
        deck(sketch, point, 10)


def _open_cuff(sketch: Sketch) -> None:
    ring = ellipse(0, 0, 176, 160, 62, 382)
    sketch.canvas.fill(ribbon(ring, 22), metal(sketch.palette.main), volume=0.5)
    for end in (at(ring, 0), at(ring, 1)):
        gem(sketch, end, 26)


BANGLES: tuple[Shape, ...] = (
    partial(_bangle, thick=36),
    partial(_bangle, thick=30, deck=_gem_deck),
    partial(_bangle_stack, count=6, deck=None),
    partial(_bangle, thick=92, deck=_etched, tilt=0.5),
    partial(_flat_ring, deck=gem),
    _open_cuff,
    partial(_bangle, thick=44, deck=_enamel, tilt=0.76),
    partial(_bangle, thick=22, deck=_twist),
    partial(_bangle_stack, count=3, deck=_gem_deck),
)


UNPATTERNED = ("plain",)


ARTICLES = (
    Article("Ring", "metal", UNPATTERNED, RINGS, turns=8, zoom=1.25),
    Article("Bangle", "metal", UNPATTERNED, BANGLES, turns=6, zoom=1.1),
)
