"""A bag seen from the front, and the parts that most bags have."""

from collections.abc import Callable
from dataclasses import dataclass

from shopify_bot.devstore.drawing.fabric import metal
from shopify_bot.devstore.drawing.geometry import (
    Outline,
    along,
    bezier,
    box,
    ellipse,
    flip,
    mirror,
    ribbon,
    smooth,
)
from shopify_bot.devstore.drawing.palette import darker, thread_of
from shopify_bot.devstore.drawing.sketch import Sketch

Part = Callable[[Sketch, "Bag"], None]


@dataclass(frozen=True)
class Bag:
    """Half widths at the top and the bottom, heights in sheet units; the parts go on in order."""

    top: float = 150
    bottom: float = 180
    high: float = -60
    low: float = 180
    round_low: float = 34
    round_top: float = 20
    bulge: float = 6
    behind: tuple[Part, ...] = ()
    parts: tuple[Part, ...] = ()


def body_outline(bag: Bag) -> Outline:
    r, t = bag.round_low, bag.round_top
    middle = (bag.high + bag.low) / 2
    side = max(bag.top, bag.bottom) * 0.5 + min(bag.top, bag.bottom) * 0.5 + bag.bulge
    half = [
        (0.0, bag.high),
        *bezier(
            (bag.top - t, bag.high),
            (bag.top - t * 0.3, bag.high),
            (bag.top, bag.high + t * 0.3),
            (bag.top, bag.high + t),
            6,
        ),
        *smooth((bag.top, bag.high + t), (side, middle), (bag.bottom, bag.low - r)),
        *bezier(
            (bag.bottom, bag.low - r),
            (bag.bottom, bag.low - r * 0.3),
            (bag.bottom - r * 0.3, bag.low),
            (bag.bottom - r, bag.low),
            6,
        ),
        (0, bag.low),
    ]
    return mirror(half)


def draw_bag(sketch: Sketch, bag: Bag) -> None:
    for part in bag.behind:
        part(sketch, bag)
    sketch.canvas.fill(body_outline(bag), sketch.cloth, volume=0.65, drop=4)
    inner = [(x * 0.955, bag.high + 8 + (y - bag.high) * 0.94) for x, y in body_outline(bag)]
    sketch.canvas.stitch([*inner, inner[0]], thread_of(sketch.cloth.colour))
    for part in bag.parts:
        part(sketch, bag)


def draw_arch(
    sketch: Sketch, bag: Bag, wide: float = 80, tall: float = 150, thick: float = 16, back: bool = False
) -> None:
    """A round handle."""
    y = bag.high + (40 if not back else 8)
    reach = tall * 1.34
    path = bezier((-wide, y), (-wide * 0.92, y - reach), (wide * 0.92, y - reach), (wide, y), 28)
    if back:
        path = [(x * 0.93, v - 14) for x, v in path]
    colour = darker(sketch.cloth.colour, 0.35 if back else 0.12)
    sketch.canvas.fill(ribbon(path, thick), colour, volume=0.5, drop=0 if back else 4)
    if back:
        return
    sketch.canvas.stitch(path, thread_of(colour), 1.4)
    for side in (-1, 1):
        sketch.canvas.fill(
            box(side * wide - 15, y - 10, side * wide + 15, y + 36, 6), colour, volume=0.4, drop=3
        )
        sketch.canvas.dot((side * wide, y + 2), 9, metal(sketch.palette.metal))


def draw_long_strap(
    sketch: Sketch, bag: Bag, tall: float = 300, thick: float = 11, chain: bool = False
) -> None:
    x = max(bag.top - 12, 40)
    path = bezier(
        (-x, bag.high + 14),
        (-x * 0.9, bag.high - tall * 1.3),
        (x * 0.9, bag.high - tall * 1.3),
        (x, bag.high + 14),
        36,
    )
    if not chain:
        sketch.canvas.fill(ribbon(path, thick), darker(sketch.cloth.colour, 0.15), volume=0.4)
        sketch.canvas.stitch(path, thread_of(sketch.cloth.colour), 1.3)
        return
    for index, point in enumerate(along(path, int(tall / 4.2))):
        sketch.canvas.fill(
            ellipse(*point, 6.5, 4.4 if index % 2 else 6.5), metal(sketch.palette.metal), volume=0, edge=1.6
        )


def draw_flap(sketch: Sketch, bag: Bag, depth: float = 0.55, form: str = "round") -> None:
    low = bag.high + (bag.low - bag.high) * depth
    x = bag.top + 3
    lower = {
        "round": bezier((x, bag.high + 24), (x, low + 12), (x * 0.4, low), (0, low), 14),
        "point": [(x, bag.high + 30), (x - 6, low - 70), (0, low + 10)],
        "square": [(x, bag.high + 24), (x + 2, low - 22), (x - 16, low), (0, low)],
    }[form]
    outline = mirror([(0, bag.high - 6), (x - 14, bag.high - 6), (x, bag.high + 10), *lower])
    sketch.canvas.fill(outline, sketch.cloth, volume=0.55, drop=7)
    seam = [*flip(lower), *reversed(lower)]
    sketch.canvas.stitch([(px * 0.95, py - 8) for px, py in seam], thread_of(sketch.cloth.colour))
    draw_clasp(sketch, low - 8)


def draw_clasp(sketch: Sketch, y: float) -> None:
    canvas = sketch.canvas
    canvas.fill(box(-19, y - 20, 19, y + 16, 7), metal(sketch.palette.metal), volume=0, drop=3)
    canvas.fill(box(-9, y - 10, 9, y + 6, 3), darker(sketch.palette.metal, 0.4), volume=0, edge=1)


def draw_zip_top(sketch: Sketch, bag: Bag) -> None:
    y = bag.high + 16
    line = [(-bag.top + 26, y), (bag.top - 26, y)]
    sketch.canvas.line(line, darker(sketch.cloth.colour, 0.55), 10)
    sketch.canvas.stitch(line, sketch.palette.metal, 4, 5)
    sketch.canvas.fill(
        box(bag.top - 60, y - 4, bag.top - 22, y + 6, 4), metal(sketch.palette.metal), volume=0, edge=1.2
    )


def draw_outer_pocket(sketch: Sketch, bag: Bag, share: float = 0.5, inset: float = 44) -> None:
    y = bag.high + (bag.low - bag.high) * share
    wide = bag.bottom - inset
    sketch.canvas.fill(box(-wide, y, wide, bag.low - 18, 20), sketch.cloth, volume=0.5, drop=4)
    sketch.canvas.line([(-wide + 14, y + 14), (wide - 14, y + 14)], darker(sketch.cloth.colour, 0.5), 5)
    sketch.canvas.stitch([(-wide + 14, y + 14), (wide - 14, y + 14)], sketch.palette.metal, 3, 5)
    sketch.canvas.fill(
        box(wide - 52, y + 11, wide - 24, y + 19, 4), metal(sketch.palette.metal), volume=0, edge=1.1
    )


def draw_panel(sketch: Sketch, bag: Bag, share: float = 0.6) -> None:
    """The lower part in the second colour."""
    y = bag.high + (bag.low - bag.high) * share
    part = [(x, v) for x, v in body_outline(bag) if v >= y]
    sketch.canvas.fill(part, sketch.palette.second, volume=0.5)
    sketch.canvas.stitch(
        [(part[0][0] - 6, y + 8), (-part[0][0] + 6, y + 8)], thread_of(sketch.palette.second)
    )


def draw_belts(sketch: Sketch, bag: Bag) -> None:
    for side in (-1, 1):
        x = side * bag.top * 0.5
        sketch.canvas.fill(
            box(x - 13, bag.high + 4, x + 13, bag.low - 60, 4),
            darker(sketch.cloth.colour, 0.15),
            volume=0.4,
            drop=3,
        )
        sketch.canvas.fill(
            box(x - 20, bag.high + 90, x + 20, bag.high + 124, 6), metal(sketch.palette.metal), volume=0
        )
        sketch.canvas.fill(
            box(x - 11, bag.high + 98, x + 11, bag.high + 116, 3),
            darker(sketch.cloth.colour, 0.15),
            volume=0,
            edge=1,
        )
