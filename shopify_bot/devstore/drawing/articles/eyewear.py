"""Sunglasses, seen from the front."""

from dataclasses import dataclass
from functools import partial

from shopify_bot.devstore.drawing.fabric import Gradient, metal
from shopify_bot.devstore.drawing.geometry import closed, flip, ribbon, shift, smooth, stretch
from shopify_bot.devstore.drawing.palette import WHITE, darker, lighter, mix
from shopify_bot.devstore.drawing.sketch import Article, Shape, Sketch


@dataclass(frozen=True)
class Glasses:
    """The right lens's outline about its own middle, the rim and the bridge."""

    lens: tuple[tuple[float, float], ...]
    rim: float = 12
    apart: float = 122
    bridge: str = "saddle"
    browline: bool = False
    wire: bool = False


def draw_glasses(sketch: Sketch, glasses: Glasses) -> None:
    canvas, colour = sketch.canvas, sketch.palette.main
    frame = metal(sketch.palette.metal) if glasses.wire else sketch.cloth
    lens = closed(*glasses.lens)
    wide = max(x for x, _ in lens)
    for side in (-1, 1):
        hinge = (side * (glasses.apart + wide - 4), -34)
        temple = smooth(
            hinge,
            (hinge[0] + side * 30, hinge[1] - 26),
            (hinge[0] - side * 14, hinge[1] - 78),
            (side * 96, hinge[1] - 92),
        )
        canvas.fill(
            ribbon(temple, 11 if glasses.wire else 18, 8),
            darker(colour, 0.3) if not glasses.wire else frame,
            volume=0.4,
        )
    tint = mix((48, 44, 54), sketch.palette.accent, sketch.rng.choice((0.0, 0.25, 0.5)))
    glass = Gradient((darker(tint, 0.3), tint, lighter(tint, 0.45)))
    for side in (-1, 1):
        shape = shift(lens if side > 0 else flip(lens), side * glasses.apart, 0)
        middle = (side * glasses.apart, 0.0)
        grow = 1 + glasses.rim / wide
        if glasses.rim:
            canvas.fill(stretch(shape, grow, grow * 1.03, middle), frame, volume=0.5, drop=4)
        canvas.fill(shape, glass, volume=0.25, edge=2)
        tall = max(y for _, y in lens) * 0.6
        for left, thick in ((-0.5, 0.3), (-0.06, 0.1)):
            x = side * glasses.apart + left * wide
            slant = [
                (x, -tall),
                (x + thick * wide, -tall),
                (x + (thick - 0.28) * wide, tall),
                (x - 0.28 * wide, tall),
            ]
            canvas.glow(slant, 0.26, WHITE, 2)
        if glasses.browline:
            top = [(x, y) for x, y in stretch(shape, grow * 1.04, grow * 1.1, middle) if y < -8]
            canvas.fill(top, sketch.cloth, volume=0.6, drop=3)
    _bridge(sketch, glasses, glasses.apart - wide)


def _bridge(sketch: Sketch, glasses: Glasses, gap: float) -> None:
    frame = metal(sketch.palette.metal) if glasses.wire else sketch.cloth
    reach = gap + 6
    line = smooth((-reach, -10), (0, -30), (reach, -10))
    sketch.canvas.fill(ribbon(line, 7 if glasses.wire else 15), frame, volume=0.4)
    if glasses.bridge == "double":
        sketch.canvas.fill(
            ribbon(smooth((-reach - 22, -58), (0, -64), (reach + 22, -58)), 8), frame, volume=0.3
        )


GLASSES: tuple[Shape, ...] = tuple(
    partial(draw_glasses, glasses=glasses)
    for glasses in (
        Glasses(((-80, -52), (10, -62), (86, -50), (88, 10), (56, 56), (-30, 58), (-80, 14)), 13),
        Glasses(
            ((-72, -54), (20, -58), (84, -40), (80, 20), (30, 76), (-34, 60), (-76, 0)),
            6,
            112,
            "double",
            wire=True,
        ),
        Glasses(
            ((-74, 0), (-52, -54), (0, -74), (52, -54), (74, 0), (52, 54), (0, 74), (-52, 54)),
            7,
            108,
            wire=True,
        ),
        Glasses(((-80, -34), (0, -50), (104, -78), (96, -6), (50, 48), (-36, 46), (-82, 6)), 15, 118),
        Glasses(((-84, -66), (20, -74), (96, -62), (100, 20), (66, 76), (-30, 80), (-88, 26)), 18, 122),
        Glasses(
            ((-96, -30), (10, -36), (116, -26), (112, 12), (60, 32), (-40, 34), (-96, 16)), 8, 124, wire=True
        ),
        Glasses(
            ((-78, -44), (0, -52), (84, -44), (82, 14), (44, 56), (-36, 54), (-76, 10)),
            6,
            116,
            browline=True,
            wire=True,
        ),
        Glasses(((-84, -40), (0, -44), (124, -44), (118, 6), (56, 42), (-40, 40), (-86, 16)), 0, 114),
        Glasses(((-78, -60), (0, -60), (78, -60), (78, 0), (76, 54), (0, 58), (-76, 54), (-78, 0)), 16, 118),
    )
)


ARTICLES = (Article("Sunglasses", "leather", ("plain",), GLASSES, turns=4),)
