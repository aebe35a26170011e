"""Sunglasses, belts, ties, caps, scarves and socks."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from .fabric import Gradient, metal
from .geometry import (
    Outline,
    along,
    at,
    bezier,
    box,
    closed,
    ellipse,
    flip,
    mirror,
    offset,
    ribbon,
    shift,
    smooth,
    stretch,
    turn,
)
from .palette import WHITE, darker, lighter, mix, thread_of
from .sketch import Article, Shape, Sketch


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
            slant = [(x, -tall), (x + thick * wide, -tall), (x + (thick - 0.28) * wide, tall), (x - 0.28 * wide, tall)]
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


@dataclass(frozen=True)
class Belt:
    """A belt coiled on a table: how wide the strap is, the buckle and the finish."""

    wide: float = 50
    buckle: str = "frame"
    finish: str = "stitched"
    tilt: float = 74


def draw_belt(sketch: Sketch, belt: Belt) -> None:
    canvas, w = sketch.canvas, belt.wide
    back, front = ellipse(0, -w * 0.2, 226, belt.tilt, 180, 360), ellipse(0, -w * 0.2, 226, belt.tilt, 0, 180)
    canvas.fill(
        [*back, *reversed(shift(back, 0, w))],
        darker(mix(sketch.cloth.colour, (170, 130, 96), 0.45), 0.15),
        volume=0.3,
    )
    strap = [*front, *reversed(shift(front, 0, w))]
    canvas.fill(strap, sketch.cloth, volume=0.5)
    if belt.finish == "stitched":
        for rise in (7, w - 7):
            canvas.stitch(shift(front, 0, rise), thread_of(sketch.cloth.colour), 1.8)
    elif belt.finish == "studs":
        for x, y in along(front, 23):
            canvas.dot((x, y + w / 2), 8, metal(sketch.palette.metal))
    elif belt.finish == "braid":
        for index, (x, y) in enumerate(along(front, 34)):
            side = 1 if index % 2 else -1
            canvas.fill(
                closed(
                    (x - 15, y + w * 0.5 + side * w * 0.44),
                    (x, y + w * 0.5),
                    (x + 15, y + w * 0.5 - side * w * 0.44),
                    (x + 2, y + w * 0.5 + side * 6),
                ),
                sketch.palette.main,
                volume=0.5,
            )
    elif belt.finish == "stripe":
        canvas.fill(ribbon(shift(front, 0, w / 2), w * 0.34), sketch.palette.second, volume=0.1, edge=0)
    elif belt.finish == "holes":
        for x, y in along(front, 25):
            canvas.dot((x, y + w / 2), 5.5, darker(sketch.cloth.colour, 0.75), 0.6)
    _BUCKLES[belt.buckle](sketch, belt, -w * 0.2 + belt.tilt + w / 2)


def _tongue_end(sketch: Sketch, belt: Belt, y: float) -> None:
    w = belt.wide
    tail = [
        (20, y - w / 2 - 2),
        (150, y - w / 2 - 20),
        (172, y - 22),
        (154, y + w / 2 - 22),
        (20, y + w / 2 - 2),
    ]
    sketch.canvas.fill(tail, sketch.cloth, volume=0.4, drop=4)
    for x in (70, 96, 122):
        sketch.canvas.dot((x, y - 4 - (x - 20) * 0.13), 4.6, darker(sketch.cloth.colour, 0.75), 0.6)


def _frame_buckle(sketch: Sketch, belt: Belt, y: float, form: Outline | None = None) -> None:
    w = belt.wide
    _tongue_end(sketch, belt, y)
    shape = form or box(-58, y - w * 0.78, 26, y + w * 0.78, 12)
    middle = (-16.0, y)
    sketch.canvas.fill(shape, metal(sketch.palette.metal, across=False), volume=0, drop=5)
    sketch.canvas.fill(stretch(shape, 0.68, 0.68, middle), sketch.cloth, volume=0.3, edge=1.8)
    sketch.canvas.fill(
        box(-50, y - 5, 20, y + 5, 4), metal(sketch.palette.metal, across=False), volume=0, edge=1.4, drop=2
    )


def _round_buckle(sketch: Sketch, belt: Belt, y: float) -> None:
    _frame_buckle(sketch, belt, y, ellipse(-16, y, belt.wide * 0.9, belt.wide * 0.9))


def _plate_buckle(sketch: Sketch, belt: Belt, y: float) -> None:
    w = belt.wide
    sketch.canvas.fill(
        box(-66, y - w * 0.62, 52, y + w * 0.62, 8), metal(sketch.palette.metal), volume=0.2, drop=5
    )
    sketch.canvas.line(
        [
            (-54, y - w * 0.46),
            (40, y - w * 0.46),
            (40, y + w * 0.46),
            (-54, y + w * 0.46),
            (-54, y - w * 0.46),
        ],
        darker(sketch.palette.metal, 0.4),
        2,
    )


def _oval_buckle(sketch: Sketch, belt: Belt, y: float) -> None:
    sketch.canvas.fill(ellipse(-10, y, 84, belt.wide * 1.05), metal(sketch.palette.metal), volume=0.2, drop=5)
    sketch.canvas.fill(ellipse(-10, y, 64, belt.wide * 0.78), sketch.palette.second, volume=0.5)
    sketch.canvas.dot((-10, y), 14, metal(sketch.palette.metal))


def _bow_buckle(sketch: Sketch, belt: Belt, y: float) -> None:
    for side in (-1, 1):
        sketch.canvas.fill(
            closed((0, y), (side * 60, y - 50), (side * 84, y), (side * 60, y + 48)),
            sketch.palette.second,
            volume=0.6,
            drop=4,
        )
    sketch.canvas.fill(box(-18, y - 24, 18, y + 24, 8), sketch.palette.second, volume=0.5)


def _ring_buckle(sketch: Sketch, belt: Belt, y: float) -> None:
    _tongue_end(sketch, belt, y)
    for x in (-34, -8):
        sketch.canvas.fill(
            ribbon(ellipse(x, y, 30, belt.wide * 0.72), 11),
            metal(sketch.palette.metal, across=False),
            volume=0,
            drop=3,
        )


_BUCKLES: dict[str, Callable[[Sketch, Belt, float], None]] = {
    "frame": _frame_buckle,
    "round": _round_buckle,
    "plate": _plate_buckle,
    "oval": _oval_buckle,
    "bow": _bow_buckle,
    "rings": _ring_buckle,
}


def draw_hung_belt(sketch: Sketch) -> None:
    """A belt rolled up into a spiral, the buckle beside it."""
    from math import cos, pi, sin

    coil = [
        (200 * (1 - n / 150) * cos(n / 12 * pi) - 10, 170 * (1 - n / 150) * sin(n / 12 * pi))
        for n in range(98)
    ]
    sketch.canvas.fill(ribbon(coil[::-1], 26), sketch.cloth, volume=0.4, edge=2)
    sketch.canvas.line(coil, thread_of(sketch.cloth.colour), 1.6)
    sketch.canvas.fill(box(164, -52, 232, 50, 12), metal(sketch.palette.metal), volume=0, drop=5)
    sketch.canvas.fill(box(180, -34, 216, 32, 6), sketch.cloth, volume=0)


BELTS: tuple[Shape, ...] = (
    *(
        partial(draw_belt, belt=belt)
        for belt in (
            Belt(),
            Belt(34, "round"),
            Belt(62, "plate", "plain"),
            Belt(58, "frame", "studs"),
            Belt(48, "frame", "braid"),
            Belt(110, "oval", "plain", 60),
            Belt(30, "bow", "plain", 84),
            Belt(54, "rings", "stripe"),
        )
    ),
    draw_hung_belt,
)


@dataclass(frozen=True)
class Tie:
    """A necktie: half width and length of the blade, the form of its end."""

    wide: float = 62
    length: float = 610
    end: str = "point"
    pose: str = "hung"


def _blade(tie: Tie, top: float) -> Outline:
    low, w = top + tie.length, tie.wide
    tip = {
        "point": [(w, low - w * 0.9), (0, low)],
        "square": [(w, low), (0, low)],
        "round": [*bezier((w, low - 30), (w, low), (w * 0.4, low + 4), (0, low + 4), 8)],
    }[tie.end]
    return mirror([(0, top), (w * 0.42, top), (w * 0.55, top + tie.length * 0.4), *tip])


def draw_tie(sketch: Sketch, tie: Tie) -> None:
    canvas = sketch.canvas
    top = -tie.length / 2 + 24
    if tie.pose == "rolled":
        _roll(sketch, tie, top)
        return
    if tie.pose == "looped":
        loop = [
            *bezier((-14, top + 10), (-150, top - 70), (-110, top - 150), (0, top - 140)),
            *bezier((0, top - 140), (110, top - 150), (150, top - 70), (14, top + 10)),
        ]
        canvas.fill(ribbon(loop, 40), sketch.cloth, volume=0.6, turned=70)
    narrow = _blade(Tie(tie.wide * 0.6, tie.length * 0.82, tie.end), top)
    canvas.fill(shift(turn(narrow, -5, (0, top)), 10), sketch.cloth, volume=0.4, turned=-5)
    canvas.fill(_blade(tie, top), sketch.cloth, volume=0.45, drop=6)
    canvas.crease([(0, top + 30), (0, top + tie.length - 70)], 16, 0.12, WHITE)
    knot = mirror([(0, top - 34), (tie.wide * 0.52 + 8, top - 30), (tie.wide * 0.4, top + 36), (0, top + 40)])
    canvas.fill(knot, sketch.cloth, volume=0.7, drop=5, turned=35)
    canvas.crease([(-8, top + 40), (2, top + 90)], 9, 0.35)


def _roll(sketch: Sketch, tie: Tie, top: float) -> None:
    """The way shops lay it: the narrow half wound up on top, its tail to the side."""
    canvas = sketch.canvas
    tail = [(10, top - 10), (150, top + 44), (186, top + 64), (168, top + 96), (136, top + 92), (0, top + 40)]
    canvas.fill(tail, sketch.cloth, volume=0.5, turned=-60)
    canvas.fill(_blade(tie, top), sketch.cloth, volume=0.45, drop=5)
    for radius in (56, 40, 24):
        canvas.fill(
            ellipse(0, top, radius, radius * 0.7), sketch.cloth, volume=0.7, edge=2, turned=radius * 2.2
        )
    canvas.fill(ellipse(0, top, 9, 6), darker(sketch.cloth.colour, 0.6), volume=0, edge=0)


def draw_bow_tie(sketch: Sketch, tall: float = 78, pointed: bool = False) -> None:
    canvas = sketch.canvas
    band = [*smooth((-200, -26), (0, -60), (200, -26)), *smooth((200, 0), (0, -30), (-200, 0))]
    canvas.fill(band, darker(sketch.cloth.colour, 0.3), volume=0.3)
    for side in (-1, 1):
        wing = [
            (side * 14, -20),
            *smooth((side * 60, -tall * 0.7), (side * 120, -tall), (side * 168, -tall + 6)),
        ]
        wing += [(side * (214 if pointed else 168), 6 if pointed else 0), (side * 168, tall)]
        wing += smooth((side * 168, tall), (side * 120, tall - 6), (side * 60, tall * 0.6), (side * 14, 24))
        canvas.fill(wing, sketch.cloth, volume=0.7, drop=4)
        canvas.crease([(side * 24, 0), (side * 96, -14)], 10, 0.4)
        canvas.crease([(side * 24, 12), (side * 90, 26)], 9, 0.3)
    canvas.fill(box(-28, -38, 28, 40, 14), sketch.cloth, volume=0.7, drop=4)


TIES: tuple[Shape, ...] = (
    partial(draw_tie, tie=Tie()),
    partial(draw_tie, tie=Tie(pose="rolled", wide=66, length=560)),
    partial(draw_tie, tie=Tie(42, 620, "square")),
    partial(draw_tie, tie=Tie(72, 540, pose="looped")),
    partial(draw_tie, tie=Tie(84, 470, "round")),
    draw_bow_tie,
    partial(draw_bow_tie, tall=52, pointed=True),
    partial(draw_tie, tie=Tie(46, 560, "square", "rolled")),
    partial(draw_tie, tie=Tie(50, 480, "point", "looped")),
)


@dataclass(frozen=True)
class Cap:
    """The crown's half width and height, and which parts it has."""

    wide: float = 176
    tall: float = 176
    parts: tuple[Callable[[Sketch, "Cap"], None], ...] = ()
    flat: float = 0.0


def draw_cap(sketch: Sketch, cap: Cap) -> None:
    canvas, w, top = sketch.canvas, cap.wide, 70 - cap.tall
    crown = [
        (-w, 70),
        *smooth(
            (-w, 70),
            (-w * 0.94, top + cap.tall * 0.4),
            (-w * (0.56 + cap.flat * 0.3), top + 12),
            (0, top),
            (w * (0.56 + cap.flat * 0.3), top + 12),
            (w * 0.94, top + cap.tall * 0.4),
            (w, 70),
        ),
        *smooth((w, 70), (0, 92), (-w, 70)),
    ]
    canvas.fill(crown, sketch.cloth, volume=0.75)
    for part in cap.parts:
        part(sketch, cap)


def _panels(sketch: Sketch, cap: Cap) -> None:
    top = 70 - cap.tall
    for x in (-0.62, -0.1, 0.46):
        seam = smooth((0, top + 2), (x * cap.wide * 0.8, top + cap.tall * 0.4), (x * cap.wide, 82))
        sketch.canvas.line(seam, darker(sketch.cloth.colour, 0.4), 2)
        sketch.canvas.stitch(shift(seam, 7), thread_of(sketch.cloth.colour), 1.5)
        sketch.canvas.dot(at(seam, 0.38), 5, darker(sketch.cloth.colour, 0.5))
    sketch.canvas.fill(ellipse(0, top - 1, 17, 9), sketch.palette.second, volume=0.5)


def _peak(sketch: Sketch, cap: Cap, flat: bool = False) -> None:
    w = cap.wide
    surface = sketch.palette.second if sketch.rng.random() < 0.5 else sketch.cloth
    low = 150 if not flat else 124
    brim = [
        (-w * 0.72, 62),
        *smooth((-w * 0.72, 62), (-w * 0.1, 46), (w * 0.6, 56), (w * 1.02, 72)),
        *smooth((w * 1.02, 72), (w * 1.12, low - 30), (w * 0.5, low), (-w * 0.2, low - 12), (-w * 0.72, 62)),
    ]
    sketch.canvas.fill(brim, surface, volume=0.8, drop=6)
    for step in (0.25, 0.5, 0.75):
        line = smooth(
            (-w * 0.6 + step * 30, 66 + step * 12),
            (w * 0.2, 62 + step * (low - 74)),
            (w * 1.0, 76 + step * 20),
        )
        sketch.canvas.stitch(line, thread_of(surface if isinstance(surface, tuple) else surface.colour), 1.4)


def _cap_badge(sketch: Sketch, cap: Cap) -> None:
    y = 70 - cap.tall * 0.48
    sketch.canvas.fill(ellipse(cap.wide * 0.12, y, 36, 32), sketch.palette.second, volume=0.1, edge=1.6)
    sketch.canvas.fill(
        mirror([(0, y - 18), (20, y + 14), (0, y + 8)])
        if cap.wide < 0
        else [(x + cap.wide * 0.12, v) for x, v in mirror([(0, y - 18), (18, y + 14), (0, y + 7)])],
        sketch.palette.accent,
        volume=0,
        edge=0,
    )


def _mesh_back(sketch: Sketch, cap: Cap) -> None:
    w, top = cap.wide, 70 - cap.tall
    part = [
        (-w, 70),
        *smooth((-w, 70), (-w * 0.94, top + cap.tall * 0.4), (-w * 0.56, top + 12), (-w * 0.1, top + 1)),
        *smooth((-w * 0.1, top + 1), (-w * 0.3, 0), (-w * 0.34, 84)),
    ]
    sketch.canvas.fill(part, sketch.palette.second, volume=0.5)
    for row in range(7):
        for column in range(7):
            x, y = -w * 0.9 + column * w * 0.085, top + 60 + row * 18
            if x > -w * 0.94 + (6 - row) * 3:
                sketch.canvas.dot((x + (row % 2) * 6, y), 3.4, darker(sketch.palette.second, 0.4), 0)


def _ribbed_cuff(sketch: Sketch, cap: Cap) -> None:
    w = cap.wide + 5
    band = [*smooth((-w, 26), (0, 44), (w, 26)), *smooth((w - 3, 108), (0, 128), (-w + 3, 108))]
    sketch.canvas.fill(band, darker(sketch.cloth.colour, 0.12), volume=0.6, drop=5)
    for index in range(1, 24):
        x = -w + 2 * w * index / 24
        bow = 18 * (1 - (x / w) ** 2)
        sketch.canvas.line([(x, 30 + bow), (x * 0.99, 104 + bow)], darker(sketch.cloth.colour, 0.35), 2)


def _knit_rows(sketch: Sketch, cap: Cap) -> None:
    top = 70 - cap.tall
    for x in range(-7, 8):
        line = smooth(
            (x * 5, top + 8), (x * cap.wide * 0.11, top + cap.tall * 0.42), (x * cap.wide * 0.132, 74)
        )
        sketch.canvas.crease(line, 7, 0.3)


def _pompom(sketch: Sketch, cap: Cap) -> None:
    y = 70 - cap.tall - 26
    for radius, shade in ((46, 0.2), (38, 0.08), (26, 0.0)):
        fuzzy = closed(
            *(
                (radius * (1 + 0.12 * (n % 2)) * c, y + radius * (1 + 0.12 * (n % 2)) * s)
                for n, (c, s) in enumerate(ellipse(0, 0, 1, 1)[:-1:3])
            ),
            steps=3,
        )
        sketch.canvas.fill(
            fuzzy, darker(sketch.palette.second, shade), volume=0.5, edge=1.4 if radius > 40 else 0
        )


def _ear_flaps(sketch: Sketch, cap: Cap) -> None:
    for side in (-1, 1):
        flap = smooth(
            (side * (cap.wide + 2), 40),
            (side * (cap.wide + 8), 110),
            (side * (cap.wide - 20), 190),
            (side * (cap.wide - 76), 170),
            (side * (cap.wide - 96), 80),
        )
        sketch.canvas.fill(flap, sketch.cloth, volume=0.7, drop=3)
        sketch.canvas.line(
            smooth(
                (side * (cap.wide - 28), 186), (side * (cap.wide - 20), 240), (side * (cap.wide - 34), 290)
            ),
            sketch.palette.second,
            8,
        )


def _bucket_brim(sketch: Sketch, cap: Cap, spread: float = 70, low: float = 120) -> None:
    w = cap.wide
    brim = [
        *smooth((-w + 2, 52), (0, 74), (w - 2, 52)),
        *smooth((w + spread, low), (0, low + 48), (-w - spread, low)),
    ]
    sketch.canvas.fill(brim, sketch.cloth, volume=0.7, drop=4)
    for step in (0.3, 0.55, 0.8):
        sketch.canvas.stitch(
            smooth(
                (-w - spread * step, 52 + (low - 52) * step),
                (0, 74 + (low - 26) * step),
                (w + spread * step, 52 + (low - 52) * step),
            ),
            thread_of(sketch.cloth.colour),
            1.5,
        )


def _hat_band(sketch: Sketch, cap: Cap) -> None:
    w = cap.wide
    sketch.canvas.fill(
        [*smooth((-w * 0.985, 22), (0, 42), (w * 0.985, 22)), *smooth((w, 62), (0, 82), (-w, 62))],
        sketch.palette.second,
        volume=0.4,
    )


def _pinch(sketch: Sketch, cap: Cap) -> None:
    top = 70 - cap.tall
    sketch.canvas.fill(
        closed((-cap.wide * 0.5, top + 16), (0, top - 8), (cap.wide * 0.5, top + 16), (0, top + 40)),
        darker(sketch.cloth.colour, 0.25),
        volume=0.5,
    )


def _visor_gap(sketch: Sketch, cap: Cap) -> None:
    _ribless = [
        *smooth((-cap.wide, 20), (0, 44), (cap.wide, 20)),
        *smooth((cap.wide, 74), (0, 96), (-cap.wide, 74)),
    ]
    sketch.canvas.fill(_ribless, sketch.palette.second, volume=0.6)


CAPS: tuple[Shape, ...] = tuple(
    partial(draw_cap, cap=cap)
    for cap in (
        Cap(parts=(_panels, _peak)),
        Cap(170, 190, (_mesh_back, _cap_badge, _peak)),
        Cap(160, 210, (_knit_rows, _ribbed_cuff)),
        Cap(160, 200, (_knit_rows, _ribbed_cuff, _pompom)),
        Cap(130, 150, (_bucket_brim,), 0.6),
        Cap(150, 200, (_knit_rows, _ear_flaps, _pompom)),
        Cap(120, 160, (_pinch, _hat_band, partial(_bucket_brim, spread=130, low=96)), 0.5),
        Cap(186, 120, (partial(_peak, flat=True),), 0.1),
        Cap(180, 170, (_panels, _cap_badge, partial(_peak, flat=True)), 0.9),
        Cap(166, 260, (_knit_rows, _visor_gap)),
    )
)


def _fringe(sketch: Sketch, edge: Outline, length: float, lean: float = 0) -> None:
    for x, y in along(edge, max(5, int(abs(edge[0][0] - edge[-1][0]) / 9))):
        sketch.canvas.line([(x, y), (x + lean, y + length)], darker(sketch.cloth.colour, 0.12), 3.4)


def _tail(sketch: Sketch, path: Outline, wide: float, fringe: float, drop: float = 6) -> None:
    band = ribbon(path, wide * 0.72, wide)
    (x, y), (u, v) = path[-2], path[-1]
    if fringe:
        end = [band[len(path) - 1], band[len(path)]]
        for px, py in along(end, max(6, int(wide / 9))):
            sketch.canvas.line(
                [(px, py), (px + (u - x) * fringe / 9, py + fringe)], darker(sketch.cloth.colour, 0.14), 3.4
            )
    sketch.canvas.fill(band, sketch.cloth, volume=0.65, drop=drop, turned=(u - path[0][0]) * -0.05)
    for share in (-0.22, 0.2):
        sketch.canvas.crease(offset(path, wide * share), 9, 0.22)


def draw_knotted(
    sketch: Sketch, wide: float = 96, fringe: float = 40, length: float = 250, cross: float = 60
) -> None:
    """A scarf looped round an absent neck, its ends crossing below."""
    canvas = sketch.canvas
    loop = ellipse(0, -170, 104, 104, 120, 420)
    canvas.fill(ribbon(loop, wide * 0.7), sketch.cloth, volume=0.8)
    canvas.crease(ellipse(0, -170, 96, 98, 130, 410), 9, 0.25)
    _tail(sketch, smooth((34, -90), (0, 30), (-cross, -60 + length), (-cross - 20, length)), wide, fringe)
    _tail(
        sketch, smooth((-40, -100), (10, 10), (cross, -40 + length), (cross + 30, length + 26)), wide, fringe
    )
    canvas.fill(
        closed((-62, -104), (0, -126), (58, -100), (50, -40), (0, -24), (-52, -46)),
        sketch.cloth,
        volume=0.8,
        drop=7,
        turned=40,
    )


def draw_folded(sketch: Sketch, wide: float = 190, tall: float = 150, fringe: float = 44) -> None:
    """Folded into a block, one end laid over."""
    canvas = sketch.canvas
    for step in range(3):
        y = -tall + step * 16
        canvas.fill(box(-wide, y, wide, y + tall * 1.5, 14), sketch.cloth, volume=0.5, drop=3)
    _fringe(sketch, [(-wide + 22, tall * 0.86), (wide * 0.5, tall * 0.86)], fringe)
    canvas.fill(
        [
            (-wide + 14, -tall + 32),
            (wide * 0.52, -tall + 32),
            (wide * 0.52, tall * 0.88),
            (-wide + 14, tall * 0.88),
        ],
        sketch.cloth,
        volume=0.5,
        drop=8,
    )


def draw_hanging(sketch: Sketch, wide: float = 110, fringe: float = 44) -> None:
    """Folded in two and hanging by the fold."""
    for x, low in ((52, 250), (-46, 270)):
        _tail(sketch, smooth((x * 0.4, -300), (x * 0.8, -100), (x, low)), wide, fringe)
    sketch.canvas.fill(ellipse(0, -296, 62, 26), sketch.cloth, volume=0.7, drop=4)


def draw_snood(sketch: Sketch) -> None:
    """An endless loop, wound twice."""
    for radius, y in ((196, -30), (176, 40)):
        ring = ellipse(0, y, radius, radius * 0.78)
        sketch.canvas.fill(ribbon(ring, 92), sketch.cloth, volume=0.8, drop=6)
        for gap in (-18, 16):
            sketch.canvas.crease(offset(ring, gap), 10, 0.22)


def draw_square(sketch: Sketch) -> None:
    """A silk square spread out, one corner folded back."""
    square = [(0, -264), (250, 0), (0, 264), (-250, 0)]
    sketch.canvas.fill(square, sketch.palette.second, volume=0.3)
    sketch.canvas.fill([(x * 0.86, y * 0.86) for x, y in square], sketch.cloth, volume=0.3, turned=45)
    sketch.canvas.line([(x * 0.8, y * 0.8) for x, y in [*square, square[0]]], sketch.palette.accent, 4)
    sketch.canvas.fill(
        [(60, -200), (0, -264), (-62, -198), (0, -96)],
        darker(sketch.palette.second, 0.18),
        volume=0.4,
        drop=6,
    )


def draw_draped(sketch: Sketch) -> None:
    """Laid round an absent neck, both ends hanging straight down."""
    behind = ellipse(0, -190, 92, 96, 180, 360)
    sketch.canvas.fill(ribbon(behind, 70), darker(sketch.cloth.colour, 0.2), volume=0.7)
    for side, low in ((-1, 250.0), (1, 280.0)):
        path = smooth((side * 92, -200), (side * 84, -110), (side * 74, 40), (side * 80, low))
        _tail(sketch, path, 112, 44)


def draw_spread(sketch: Sketch) -> None:
    """A long shawl laid out flat."""
    for y, way in ((-290, -46), (290, 46)):
        for x in range(-120, 125, 10):
            sketch.canvas.line([(x, y), (x, y + way)], darker(sketch.cloth.colour, 0.14), 3.6)
    sketch.canvas.fill(box(-128, -292, 128, 292, 3), sketch.cloth, volume=0.35)
    for y in (-236, 206):
        sketch.canvas.fill(box(-128, y, 128, y + 30), sketch.palette.second, volume=0, edge=1.2)


SCARVES: tuple[Shape, ...] = (
    draw_knotted,
    draw_folded,
    draw_hanging,
    draw_snood,
    draw_square,
    draw_draped,
    partial(draw_knotted, wide=60, fringe=0, length=180, cross=96),
    draw_spread,
    partial(draw_knotted, wide=130, fringe=56, length=230, cross=30),
)


@dataclass(frozen=True)
class Sock:
    """Height of the leg above the heel, half width, and what decorates it."""

    tall: float = 300
    wide: float = 52
    trim: str = "cuff"
    pair: str = "side"


def _sock_outline(sock: Sock) -> Outline:
    w, top = sock.wide, 130 - sock.tall
    return [
        (-w, top),
        (w, top),
        *smooth(
            (w, top),
            (w * 0.92, 60),
            (w * 1.1, 120),
            (130, 178),
            (196, 210),
            (206, 244),
            (170, 268),
            (90, 258),
            (0, 230),
            (-w * 1.1, 190),
            (-w * 1.16, 130),
            (-w * 0.9, 40),
            (-w, top),
        ),
    ]


def _one_sock(sketch: Sketch, sock: Sock, dx: float, dy: float) -> None:
    canvas, w, top = sketch.canvas, sock.wide, 130 - sock.tall
    canvas.fill(shift(_sock_outline(sock), dx, dy), sketch.cloth, volume=0.65, drop=6)
    second = sketch.palette.second
    if sock.trim in ("toe", "both"):
        canvas.fill(
            shift(
                [
                    (150, 190),
                    *smooth((150, 190), (196, 210), (206, 244), (170, 268), (132, 263)),
                    *smooth((132, 263), (128, 226), (150, 190)),
                ],
                dx,
                dy,
            ),
            second,
            volume=0.5,
        )
        canvas.fill(
            shift(
                [
                    (-w * 1.02, 92),
                    *smooth((-w * 1.02, 92), (-w * 1.17, 132), (-w * 1.1, 190), (-10, 228)),
                    *smooth((-10, 228), (0, 150), (-w * 1.02, 92)),
                ],
                dx,
                dy,
            ),
            second,
            volume=0.5,
        )
    elif sock.trim == "stripes":
        for y in (26, 54):
            canvas.fill(box(-w + dx, top + y + dy, w + dx, top + y + 16 + dy), second, volume=0, edge=0)
    elif sock.trim == "frill":
        frill = smooth(
            *((-w - 14 + n * (2 * w + 28) / 10 + dx, top + (34 if n % 2 else 22) + dy) for n in range(11)),
            steps=4,
        )
        canvas.fill(
            [(-w - 8 + dx, top - 4 + dy), (w + 8 + dx, top - 4 + dy), *reversed(frill)],
            WHITE,
            volume=0.4,
            drop=3,
        )
        return
    elif sock.trim == "diamonds":
        for n in range(int(sock.tall / 90)):
            y = top + 66 + n * 78 + dy
            canvas.fill(
                [(dx, y - 34), (24 + dx, y), (dx, y + 34), (-24 + dx, y)],
                (second, sketch.palette.accent)[n % 2],
                volume=0,
                edge=0,
            )
    deep = 34.0 if sock.tall > 120 else 18.0
    canvas.fill(
        shift(box(-w - 2, top - 2, w + 2, top + deep, 4), dx, dy),
        darker(sketch.cloth.colour, 0.12) if sock.trim != "both" else second,
        volume=0.5,
    )
    for x in range(-int(w) + 6, int(w), 9):
        canvas.line(
            [(x + dx, top + 3 + dy), (x + dx, top + deep - 4 + dy)], darker(sketch.cloth.colour, 0.3), 1.6
        )
    canvas.crease(shift([(30, 150), (66, 196)], dx, dy), 10, 0.22)


def draw_socks(sketch: Sketch, sock: Sock) -> None:
    lift = sock.tall / 2 - 190
    steps = {
        "side": ((-20, -26), (-96, 20)),
        "one": ((-60, 0),),
        "three": ((60, -40), (-30, -10), (-120, 20)),
    }[sock.pair]
    for dx, dy in steps:
        _one_sock(sketch, sock, dx, dy + lift)


SOCKS: tuple[Shape, ...] = tuple(
    partial(draw_socks, sock=sock)
    for sock in (
        Sock(),
        Sock(60, 54, "toe"),
        Sock(430, 56, "stripes"),
        Sock(190, 56, "both"),
        Sock(240, 54, "frill", "one"),
        Sock(330, 58, "diamonds", "one"),
        Sock(130, 50, "stripes", "three"),
        Sock(300, 46, "both", "three"),
    )
)

_SCARF = ("plain", "tartan", "tartan", "stripes", "floral", "knit", "paisley", "zigzag", "dots", "rib")
ARTICLES = (
    Article("Sunglasses", "leather", ("plain",), GLASSES, turns=4),
    Article("Belts", "leather", ("plain", "leather", "croc"), BELTS, turns=2, flips=True),
    Article(
        "Ties",
        "fabric",
        ("plain", "diagonal", "diagonal", "dots", "paisley", "tartan", "zigzag"),
        TIES,
        turns=2,
        flips=True,
    ),
    Article(
        "Caps", "fabric", ("plain", "plain", "denim", "camo", "tartan", "melange"), CAPS, turns=3, flips=True, zoom=1.08),
    Article("Scarves", "fabric", _SCARF, SCARVES, turns=4, flips=True),
    Article(
        "Socks",
        "fabric",
        ("plain", "stripes", "stripes", "dots", "melange", "rib", "zigzag"),
        SOCKS,
        turns=8,
        flips=True, zoom=1.1),
)
