"""Handbags, backpacks, wallets, clutches and duffel bags, seen from the front."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from .fabric import metal
from .geometry import Outline, along, bezier, box, closed, ellipse, flip, mirror, offset, ribbon, smooth
from .palette import WHITE, darker, lighter, thread_of
from .sketch import Article, Shape, Sketch

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


def _arch(
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


def _long_strap(sketch: Sketch, bag: Bag, tall: float = 300, thick: float = 11, chain: bool = False) -> None:
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


def _flap(sketch: Sketch, bag: Bag, depth: float = 0.55, form: str = "round") -> None:
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
    _clasp(sketch, low - 8)


def _clasp(sketch: Sketch, y: float) -> None:
    canvas = sketch.canvas
    canvas.fill(box(-19, y - 20, 19, y + 16, 7), metal(sketch.palette.metal), volume=0, drop=3)
    canvas.fill(box(-9, y - 10, 9, y + 6, 3), darker(sketch.palette.metal, 0.4), volume=0, edge=1)


def _zip_top(sketch: Sketch, bag: Bag) -> None:
    y = bag.high + 16
    line = [(-bag.top + 26, y), (bag.top - 26, y)]
    sketch.canvas.line(line, darker(sketch.cloth.colour, 0.55), 10)
    sketch.canvas.stitch(line, sketch.palette.metal, 4, 5)
    sketch.canvas.fill(
        box(bag.top - 60, y - 4, bag.top - 22, y + 6, 4), metal(sketch.palette.metal), volume=0, edge=1.2
    )


def _pocket(sketch: Sketch, bag: Bag, share: float = 0.5, inset: float = 44) -> None:
    y = bag.high + (bag.low - bag.high) * share
    wide = bag.bottom - inset
    sketch.canvas.fill(box(-wide, y, wide, bag.low - 18, 20), sketch.cloth, volume=0.5, drop=4)
    sketch.canvas.line([(-wide + 14, y + 14), (wide - 14, y + 14)], darker(sketch.cloth.colour, 0.5), 5)
    sketch.canvas.stitch([(-wide + 14, y + 14), (wide - 14, y + 14)], sketch.palette.metal, 3, 5)
    sketch.canvas.fill(
        box(wide - 52, y + 11, wide - 24, y + 19, 4), metal(sketch.palette.metal), volume=0, edge=1.1
    )


def _panel(sketch: Sketch, bag: Bag, share: float = 0.6) -> None:
    """The lower part in the second colour."""
    y = bag.high + (bag.low - bag.high) * share
    part = [(x, v) for x, v in body_outline(bag) if v >= y]
    sketch.canvas.fill(part, sketch.palette.second, volume=0.5)
    sketch.canvas.stitch(
        [(part[0][0] - 6, y + 8), (-part[0][0] + 6, y + 8)], thread_of(sketch.palette.second)
    )


def _tag(sketch: Sketch, bag: Bag) -> None:
    y = bag.high + 46
    sketch.canvas.line([(46, y - 10), (66, y + 26)], darker(sketch.cloth.colour, 0.4), 3)
    sketch.canvas.fill(box(52, y + 22, 86, y + 76, 8), sketch.palette.second, volume=0.4, drop=5)


def _gather(sketch: Sketch, bag: Bag) -> None:
    """The folds of a soft hobo bag."""
    for share in (-0.8, -0.5, -0.22, 0.08, 0.36, 0.66, 0.88):
        start = (bag.top * share, bag.high + 26)
        sketch.canvas.crease(
            smooth(
                start, (bag.bottom * share * 0.9, bag.high + 90), (bag.bottom * share * 0.95, bag.high + 150)
            ),
            13,
            0.3,
        )
    sketch.canvas.fill(
        [
            (-bag.top - 2, bag.high),
            (bag.top + 2, bag.high),
            (bag.top + 5, bag.high + 30),
            (-bag.top - 5, bag.high + 30),
        ],
        sketch.palette.second,
        volume=0.4,
        drop=3,
    )


def _belts(sketch: Sketch, bag: Bag) -> None:
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


def _open_top(sketch: Sketch, bag: Bag) -> None:
    rim = ellipse(0, bag.high + 1, bag.top - 3, 17)
    sketch.canvas.fill(rim, darker(sketch.palette.second, 0.35), volume=0.3)


def _weave(sketch: Sketch, bag: Bag) -> None:
    for y in range(int(bag.high) + 28, int(bag.low) - 8, 22):
        sketch.canvas.line([(-bag.top + 2, y), (bag.top - 2, y)], darker(sketch.cloth.colour, 0.28), 2)
        for x in range(-int(bag.top) + 14 + 14 * ((y // 22) % 2), int(bag.top) - 10, 28):
            sketch.canvas.line([(x, y), (x, y + 22)], darker(sketch.cloth.colour, 0.28), 2)


def _frame(sketch: Sketch, bag: Bag) -> None:
    """A metal frame with a kiss lock."""
    bar = [
        *bezier(
            (-bag.top - 3, bag.high + 46),
            (-bag.top - 3, bag.high),
            (-bag.top + 10, bag.high - 4),
            (-bag.top + 44, bag.high - 4),
        ),
        *bezier(
            (bag.top - 44, bag.high - 4),
            (bag.top - 10, bag.high - 4),
            (bag.top + 3, bag.high),
            (bag.top + 3, bag.high + 46),
        ),
    ]
    sketch.canvas.fill(ribbon(bar, 15), metal(sketch.palette.metal, across=False), volume=0, drop=3)
    for x in (-10, 10):
        sketch.canvas.dot((x, bag.high - 18), 11, metal(sketch.palette.metal))


HANDBAGS: tuple[Shape, ...] = tuple(
    partial(draw_bag, bag=bag)
    for bag in (
        Bag(behind=(partial(_arch, back=True),), parts=(_zip_top, _arch, _tag)),
        Bag(
            170,
            140,
            -40,
            200,
            20,
            8,
            0,
            behind=(partial(_arch, wide=70, tall=210, back=True), _open_top),
            parts=(partial(_arch, wide=70, tall=210, thick=13),),
        ),
        Bag(
            140,
            150,
            -40,
            150,
            30,
            26,
            behind=(partial(_long_strap, tall=270),),
            parts=(partial(_flap, depth=0.66),),
        ),
        Bag(
            120,
            196,
            -20,
            190,
            100,
            40,
            24,
            behind=(partial(_long_strap, tall=190, thick=24),),
            parts=(_gather,),
        ),
        Bag(
            186,
            176,
            -20,
            150,
            60,
            56,
            10,
            behind=(partial(_arch, wide=76, tall=110, back=True),),
            parts=(_zip_top, partial(_pocket, share=0.42, inset=70), partial(_arch, wide=76, tall=110)),
        ),
        Bag(
            110,
            170,
            -70,
            190,
            26,
            10,
            0,
            behind=(partial(_arch, wide=52, tall=90, back=True),),
            parts=(partial(_panel, share=0.62), partial(_arch, wide=52, tall=90, thick=18)),
        ),
        Bag(
            144,
            144,
            -60,
            130,
            16,
            16,
            0,
            behind=(partial(_long_strap, tall=250, chain=True),),
            parts=(partial(_flap, depth=0.74, form="point"),),
        ),
        Bag(
            128,
            112,
            -30,
            190,
            46,
            8,
            0,
            behind=(partial(_arch, wide=96, tall=190, back=True), _open_top),
            parts=(_weave, partial(_arch, wide=96, tall=190, thick=12)),
        ),
        Bag(
            150,
            178,
            -50,
            180,
            70,
            26,
            12,
            behind=(partial(_arch, wide=90, tall=140, back=True),),
            parts=(_belts, _frame, partial(_arch, wide=90, tall=140, thick=14)),
        ),
    )
)
CLUTCHES: tuple[Shape, ...] = tuple(
    partial(draw_bag, bag=bag)
    for bag in (
        Bag(212, 212, -66, 84, 10, 10, 0, parts=(partial(_flap, depth=0.6, form="square"),)),
        Bag(212, 212, -66, 84, 10, 10, 0, parts=(partial(_flap, depth=0.86, form="point"),)),
        Bag(190, 206, -80, 90, 40, 26, 0, parts=(_gather, _frame)),
        Bag(216, 176, -70, 84, 30, 6, -8, parts=(partial(_panel, share=0.5),)),
        Bag(
            196,
            196,
            -76,
            92,
            80,
            76,
            12,
            behind=(partial(_long_strap, tall=120, chain=True),),
            parts=(partial(_flap, depth=0.9),),
        ),
        Bag(200, 200, -74, 86, 14, 14, 0, parts=(_zip_top, partial(_pocket, share=0.44, inset=90))),
        Bag(176, 222, -62, 84, 26, 12, -6, parts=(partial(_flap, depth=0.52), _belts)),
        Bag(150, 150, -110, 110, 140, 130, 16, parts=(_frame,)),
        Bag(
            206,
            206,
            -70,
            80,
            8,
            8,
            0,
            behind=(partial(_arch, wide=196, tall=14, thick=12, back=True),),
            parts=(_weave, _frame),
        ),
    )
)


def _pack_straps(sketch: Sketch, bag: Bag) -> None:
    """The shoulder straps behind, and the loop on top."""
    for side in (1, -1):
        path = bezier(
            (side * bag.top * 0.5, bag.high + 6),
            (side * (bag.bottom + 52), bag.high + 30),
            (side * (bag.bottom + 66), bag.low - 120),
            (side * (bag.bottom - 14), bag.low - 20),
        )
        sketch.canvas.fill(ribbon(path, 28, 20), darker(sketch.cloth.colour, 0.35), volume=0.6)
    loop = bezier((-34, bag.high + 10), (-34, bag.high - 56), (34, bag.high - 56), (34, bag.high + 10))
    sketch.canvas.fill(ribbon(loop, 15), darker(sketch.cloth.colour, 0.3), volume=0.4)


def _pack_zip(sketch: Sketch, bag: Bag, drop: float = 150) -> None:
    x = bag.top - 20
    line = [
        *bezier(
            (-x - 6, bag.high + drop), (-x, bag.high + 20), (-x * 0.8, bag.high + 26), (0, bag.high + 26)
        ),
        *bezier((0, bag.high + 26), (x * 0.8, bag.high + 26), (x, bag.high + 20), (x + 6, bag.high + drop)),
    ]
    sketch.canvas.line(line, darker(sketch.cloth.colour, 0.5), 9)
    sketch.canvas.stitch(line, lighter(sketch.palette.metal, 0.2), 3.6, 5)
    sketch.canvas.fill(
        box(x - 2, bag.high + drop - 40, x + 8, bag.high + drop - 6, 4),
        sketch.palette.accent,
        volume=0,
        edge=1.2,
    )


def _round_pocket(sketch: Sketch, bag: Bag, share: float = 0.54) -> None:
    y = bag.high + (bag.low - bag.high) * share
    wide = bag.bottom - 34
    sketch.canvas.fill(
        mirror(
            [
                (0, y),
                *bezier((wide * 0.5, y), (wide, y), (wide, y + 26), (wide, y + 70), 8),
                (wide + 2, bag.low - 40),
                (wide - 24, bag.low - 18),
                (0, bag.low - 18),
            ]
        ),
        sketch.cloth,
        volume=0.6,
        drop=5,
    )
    line = bezier((-wide + 8, y + 64), (-wide * 0.9, y + 6), (wide * 0.9, y + 6), (wide - 8, y + 64))
    sketch.canvas.line(line, darker(sketch.cloth.colour, 0.5), 7)
    sketch.canvas.stitch(line, sketch.palette.metal, 3, 5)
    sketch.canvas.fill(box(-30, y + 74, 30, y + 104, 6), sketch.palette.second, volume=0.2, edge=1.5)


def _second_pocket(sketch: Sketch, bag: Bag) -> None:
    wide = bag.top - 36
    y = bag.high + 92
    sketch.canvas.fill(box(-wide, y, wide, y + 70, 16), sketch.cloth, volume=0.5, drop=3)
    sketch.canvas.line([(-wide + 10, y + 14), (wide - 10, y + 14)], sketch.palette.accent, 5)


def _side_pockets(sketch: Sketch, bag: Bag) -> None:
    for side in (1, -1):
        sketch.canvas.fill(
            [
                (side * (bag.bottom - 12), bag.low - 150),
                (side * (bag.bottom + 26), bag.low - 138),
                (side * (bag.bottom + 20), bag.low - 22),
                (side * (bag.bottom - 20), bag.low - 14),
            ],
            darker(sketch.cloth.colour, 0.3),
            volume=0.5,
            drop=2,
        )


def _lid(sketch: Sketch, bag: Bag) -> None:
    """The flap of a rucksack with its two buckled straps."""
    _flap(sketch, bag, 0.46)
    for side in (1, -1):
        x = side * bag.top * 0.46
        sketch.canvas.fill(
            box(x - 12, bag.high + 40, x + 12, bag.high + 210, 5), sketch.palette.second, volume=0.4, drop=3
        )
        sketch.canvas.fill(
            box(x - 19, bag.high + 150, x + 19, bag.high + 184, 6), metal(sketch.palette.metal), volume=0
        )
        sketch.canvas.fill(
            box(x - 10, bag.high + 158, x + 10, bag.high + 176, 3), sketch.palette.second, volume=0, edge=1
        )


def _roll_top(sketch: Sketch, bag: Bag) -> None:
    sketch.canvas.fill(
        box(-bag.top - 8, bag.high - 26, bag.top + 8, bag.high + 30, 26), sketch.cloth, volume=0.8, drop=5
    )
    for side in (1, -1):
        sketch.canvas.fill(
            box(side * (bag.top - 6) - 14, bag.high - 22, side * (bag.top - 6) + 14, bag.high + 130, 4),
            sketch.palette.second,
            volume=0.4,
            drop=3,
        )


def _drawstring(sketch: Sketch, bag: Bag) -> None:
    for x in range(-int(bag.top) + 14, int(bag.top), 20):
        sketch.canvas.crease([(x, bag.high + 4), (x * 1.05, bag.high + 80)], 9, 0.34)
    sketch.canvas.line(
        smooth((-bag.top, bag.high + 30), (0, bag.high + 40), (bag.top, bag.high + 30)),
        lighter(sketch.palette.second, 0.4),
        7,
    )
    for x in (-12, 12):
        sketch.canvas.line(
            smooth((0, bag.high + 38), (x, bag.high + 80), (x * 1.6, bag.high + 130)),
            lighter(sketch.palette.second, 0.4),
            6,
        )


def _bungee(sketch: Sketch, bag: Bag) -> None:
    y, wide = bag.high + 110, bag.top - 50
    for row in range(3):
        sketch.canvas.line([(-wide, y + row * 40), (wide, y + row * 40 + 40)], sketch.palette.accent, 5)
        sketch.canvas.line([(wide, y + row * 40), (-wide, y + row * 40 + 40)], sketch.palette.accent, 5)


def _diagonal_zip(sketch: Sketch, bag: Bag) -> None:
    for rise in (0, 90):
        line = smooth(
            (-bag.bottom + 30, bag.low - 60 - rise),
            (0, bag.low - 110 - rise),
            (bag.bottom - 30, bag.low - 190 - rise),
        )
        sketch.canvas.line(line, darker(sketch.cloth.colour, 0.5), 9)
        sketch.canvas.line(line, sketch.palette.accent, 3)


BACKPACKS: tuple[Shape, ...] = tuple(
    partial(draw_bag, bag=bag)
    for bag in (
        Bag(140, 160, -190, 210, 46, 110, 8, (_pack_straps,), (_pack_zip, _round_pocket)),
        Bag(132, 150, -180, 210, 30, 40, 6, (_pack_straps, _side_pockets), (_lid,)),
        Bag(150, 150, -170, 200, 26, 26, 2, (_pack_straps,), (_pack_zip, _second_pocket, _round_pocket)),
        Bag(130, 146, -190, 210, 24, 14, 4, (_pack_straps,), (_roll_top, partial(_pocket, share=0.6))),
        Bag(
            110,
            166,
            -180,
            200,
            70,
            30,
            20,
            (_pack_straps,),
            (_drawstring, partial(_round_pocket, share=0.62)),
        ),
        Bag(
            150,
            168,
            -220,
            220,
            60,
            140,
            6,
            (_pack_straps, _side_pockets),
            (partial(_pack_zip, drop=200), _bungee),
        ),
        Bag(
            126,
            138,
            -140,
            170,
            70,
            110,
            12,
            (_pack_straps,),
            (partial(_panel, share=0.55), partial(_pack_zip, drop=110)),
        ),
        Bag(160, 172, -210, 216, 50, 90, 6, (_pack_straps, _side_pockets), (_pack_zip, _diagonal_zip)),
        Bag(
            140, 140, -190, 200, 20, 18, 0, (_pack_straps,), (_zip_top, _belts, partial(_pocket, share=0.66))
        ),
    )
)


def _end_panels(sketch: Sketch, bag: Bag) -> None:
    for side in (1, -1):
        x = side * (bag.bottom - 34)
        part = closed(
            (x, bag.high + 20),
            (x + side * 40, bag.high + 40),
            (x + side * 46, bag.low - 50),
            (x, bag.low - 10),
            (x - side * 10, 80),
        )
        sketch.canvas.fill(part, sketch.palette.second, volume=0.6, edge=1.8)


def _webbing(sketch: Sketch, bag: Bag) -> None:
    """Straps that run down the front and rise into the carrying handles."""
    y, x = bag.high - 84, 84
    handle = bezier((-x, bag.low - 8), (-x + 8, y - 60), (x - 8, y - 60), (x, bag.low - 8), 30)
    sketch.canvas.fill(ribbon(handle, 18), darker(sketch.palette.second, 0.1), volume=0.4, drop=4)
    sketch.canvas.fill(
        box(-32, bag.high - 66, 32, bag.high - 38, 10), darker(sketch.cloth.colour, 0.4), volume=0.6, drop=3
    )


def _duffel_strap(sketch: Sketch, bag: Bag) -> None:
    path = bezier(
        (-bag.top + 8, bag.high + 40),
        (-bag.top * 0.8, bag.high - 240),
        (bag.top * 0.8, bag.high - 240),
        (bag.top - 8, bag.high + 40),
        36,
    )
    sketch.canvas.fill(ribbon(path, 14), darker(sketch.cloth.colour, 0.35), volume=0.4)
    sketch.canvas.fill(ribbon(path[15:22], 28), darker(sketch.cloth.colour, 0.2), volume=0.5)


def _stripe(sketch: Sketch, bag: Bag) -> None:
    middle = (bag.high + bag.low) / 2
    for rise, ink in ((-20, sketch.palette.second), (10, sketch.palette.accent)):
        sketch.canvas.fill(
            box(-bag.bottom + 8, middle + rise, bag.bottom - 8, middle + rise + 22), ink, volume=0.1, edge=0
        )


DUFFELS: tuple[Shape, ...] = tuple(
    partial(draw_bag, bag=bag)
    for bag in (
        Bag(200, 230, -50, 140, 50, 60, 6, (_duffel_strap,), (_zip_top, _webbing, _end_panels)),
        Bag(226, 226, -60, 130, 84, 84, 12, (), (_end_panels, _zip_top, _webbing)),
        Bag(
            180,
            226,
            -70,
            140,
            30,
            90,
            14,
            (_duffel_strap,),
            (_zip_top, partial(_pocket, share=0.45, inset=90)),
        ),
        Bag(
            216,
            216,
            -40,
            130,
            20,
            20,
            0,
            (partial(_arch, wide=90, tall=100, back=True),),
            (partial(_panel, share=0.6), _zip_top, partial(_arch, wide=90, tall=100)),
        ),
        Bag(210, 220, -60, 150, 60, 40, 10, (), (_stripe, _zip_top, _webbing)),
        Bag(
            150,
            220,
            -80,
            140,
            40,
            60,
            20,
            (partial(_arch, wide=70, tall=120, back=True),),
            (_belts, _zip_top, partial(_arch, wide=70, tall=120)),
        ),
        Bag(236, 236, -30, 120, 74, 70, 6, (_duffel_strap,), (_stripe, _end_panels, _zip_top)),
        Bag(
            190,
            214,
            -110,
            170,
            40,
            50,
            8,
            (_duffel_strap,),
            (partial(_pack_zip, drop=60), partial(_pocket, share=0.5, inset=60), _webbing),
        ),
    )
)


@dataclass(frozen=True)
class Fold:
    """A wallet: half width and height, whether folded, and the parts on it."""

    wide: float = 170
    tall: float = 130
    book: bool = True
    parts: tuple[Callable[[Sketch, "Fold"], None], ...] = ()


def draw_wallet(sketch: Sketch, fold: Fold) -> None:
    canvas = sketch.canvas
    w, h = fold.wide, fold.tall
    if fold.book:
        canvas.fill(
            [(-w, -h), (w + 6, -h - 22), (w + 8, h - 20), (-w, h)],
            darker(sketch.cloth.colour, 0.3),
            volume=0.4,
        )
        canvas.fill(
            [(-w + 4, -h + 6), (w, -h - 8), (w + 2, h - 12), (-w, h)],
            lighter(sketch.palette.second, 0.1),
            volume=0,
            edge=1.2,
        )
    canvas.fill(box(-w, -h, w, h, 16), sketch.cloth, volume=0.55, drop=3)
    inner = box(-w + 10, -h + 10, w - 10, h - 10, 10)
    canvas.stitch([*inner, inner[0]], thread_of(sketch.cloth.colour), 1.7)
    for part in fold.parts:
        part(sketch, fold)


def _emboss(sketch: Sketch, fold: Fold) -> None:
    x, y = fold.wide - 62, fold.tall - 42
    sketch.canvas.fill(
        box(x - 34, y - 13, x + 34, y + 13, 4), metal(sketch.palette.metal), volume=0, edge=1.3
    )


def _wallet_tab(sketch: Sketch, fold: Fold) -> None:
    w = fold.wide
    sketch.canvas.fill(
        [*box(w - 64, -26, w + 20, 26, 18)], darker(sketch.cloth.colour, 0.12), volume=0.5, drop=4
    )
    sketch.canvas.dot((w - 34, 0), 12, metal(sketch.palette.metal))


def _wallet_zip(sketch: Sketch, fold: Fold) -> None:
    w, h = fold.wide, fold.tall
    rim = [*box(-w + 1, -h + 1, w - 1, h - 1, 20)]
    sketch.canvas.line([*rim, rim[0]], darker(sketch.cloth.colour, 0.5), 11)
    sketch.canvas.stitch([*rim, rim[0]], sketch.palette.metal, 4.4, 6)
    sketch.canvas.fill(
        ribbon([(w - 4, -h + 30), (w + 22, -h + 90)], 13), metal(sketch.palette.metal), volume=0, edge=1.3
    )


def _wallet_flap(sketch: Sketch, fold: Fold) -> None:
    w, h = fold.wide, fold.tall
    sketch.canvas.fill(
        mirror([(0, -h - 4), (w + 3, -h - 4), (w + 3, 6), (w - 18, 24), (0, 24)]),
        sketch.cloth,
        volume=0.5,
        drop=6,
    )
    _clasp(sketch, 22)


def _wallet_band(sketch: Sketch, fold: Fold) -> None:
    w, h = fold.wide, fold.tall
    sketch.canvas.fill(
        [(-w * 0.5, -h + 2), (-w * 0.18, -h + 2), (-w * 0.18, h - 2), (-w * 0.5, h - 2)],
        sketch.palette.second,
        volume=0.2,
    )
    sketch.canvas.line([(-w * 0.1, -h + 6), (-w * 0.1, h - 6)], sketch.palette.accent, 5)


def _cards(sketch: Sketch, fold: Fold) -> None:
    w, h = fold.wide, fold.tall
    for step in range(3):
        y = -h + 34 + step * h * 0.42
        sketch.canvas.fill(
            box(-w + 26, y - 20, w - 26, y + 60, 8),
            (lighter(sketch.palette.accent, 0.2), lighter(sketch.palette.second, 0.1), (228, 226, 220))[step],
            volume=0.2,
            edge=1.4,
        )
        sketch.canvas.fill(box(-w + 16, y + 4, w - 16, h - 16, 8), sketch.cloth, volume=0.4, drop=4)


def _wrist(sketch: Sketch, fold: Fold) -> None:
    w, h = fold.wide, fold.tall
    loop = closed(
        (-w + 10, -h + 24), (-w - 40, -h + 60), (-w - 58, h * 0.6), (-w - 36, h + 40), (-w - 20, h * 0.4)
    )
    sketch.canvas.line([*loop, loop[0]], darker(sketch.cloth.colour, 0.55), 13)
    sketch.canvas.line([*loop, loop[0]], darker(sketch.cloth.colour, 0.1), 9)


def _wallet_quilt(sketch: Sketch, fold: Fold) -> None:
    w, h = fold.wide, fold.tall
    for x in range(-int(w), int(w), 56):
        a, b = max(x, -w + 12), min(x + 2 * h * 0.9, w - 12)
        sketch.canvas.line(
            [(a, -h + 12 + (a - x)), (b, -h + 12 + (b - x))], darker(sketch.cloth.colour, 0.35), 2
        )
        sketch.canvas.line(
            [(-a, -h + 12 + (a - x)), (-b, -h + 12 + (b - x))], darker(sketch.cloth.colour, 0.35), 2
        )


WALLETS: tuple[Shape, ...] = tuple(
    partial(draw_wallet, fold=fold)
    for fold in (
        Fold(parts=(_emboss,)),
        Fold(parts=(_wallet_band,)),
        Fold(150, 136, parts=(_wallet_tab,)),
        Fold(206, 100, book=False, parts=(_wallet_zip,)),
        Fold(206, 108, book=False, parts=(_wallet_flap,)),
        Fold(112, 160, parts=(_emboss, _wallet_band)),
        Fold(150, 104, book=False, parts=(_cards,)),
        Fold(190, 100, book=False, parts=(_wrist, _wallet_zip, _wallet_quilt)),
        Fold(110, 168, book=False, parts=(_wallet_zip, _wallet_tab)),
    )
)

ARTICLES = (
    Article(
        "Handbags", "bag", ("plain", "plain", "leather", "croc", "quilt", "floral"), HANDBAGS, standing=True, zoom=1.14),
    Article(
        "Backpacks",
        "active",
        ("plain", "plain", "melange", "camo", "dots", "denim"),
        BACKPACKS,
        standing=True,
    ),
    Article("Wallets", "leather", ("plain", "leather", "croc"), WALLETS, turns=2),
    Article(
        "Clutches", "lady", ("plain", "plain", "croc", "quilt", "lace", "zigzag"), CLUTCHES, standing=True
    ),
    Article("Duffel Bag", "active", ("plain", "plain", "melange", "camo", "leather"), DUFFELS, standing=True),
)
