"""Heels, flats, sandals and flip-flops, the toe to the right."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import partial

from .fabric import metal, sheen
from .geometry import Outline, Point, along, at, bezier, box, closed, offset, ribbon, shift, smooth, turn
from .palette import INK, WHITE, darker, lighter, mix, thread_of
from .sketch import Article, Shape, Sketch

GROUND = 130.0


@dataclass(frozen=True)
class Pump:
    """A shoe with a raised heel seen from the side."""

    lift: float = 130
    heel: str = "stiletto"
    platform: float = 8
    form: str = "court"
    point: float = 14
    parts: tuple[Callable[[Sketch, "Pump"], None], ...] = ()

    @property
    def seat(self) -> float:
        """Where the heel of the foot rests."""
        return GROUND - self.lift - self.platform


def bed(pump: Pump) -> Outline:
    """The line on which the foot stands, from the heel to the toe."""
    low = GROUND - pump.platform
    return smooth(
        (-190, pump.seat),
        (-140, pump.seat + 4),
        (-40, pump.seat + pump.lift * 0.55),
        (60, low - 5),
        (140, low - 4),
        (214 + pump.point, low - 10),
    )


def draw_pump(sketch: Sketch, pump: Pump) -> None:
    line = bed(pump)
    _FORMS[pump.form](sketch, pump, line)
    _heel(sketch, pump)
    _platform(sketch, pump, line)
    for part in pump.parts:
        part(sketch, pump)


def _platform(sketch: Sketch, pump: Pump, line: Outline) -> None:
    thick = max(pump.platform, 8)
    under = [(x, y + thick) for x, y in line]
    colour = darker(sketch.palette.main, 0.4) if pump.form == "court" else (196, 156, 112)
    surface = sketch.cloth if pump.platform > 20 else colour
    sketch.canvas.fill(
        [*line, (line[-1][0] + 3, line[-1][1] + 3), *reversed(under)], surface, volume=0.3, edge=1.8
    )


def _heel(sketch: Sketch, pump: Pump) -> None:
    top, canvas = pump.seat + 6, sketch.canvas
    mid = (top + GROUND) / 2
    forms: dict[str, Outline] = {
        "stiletto": [
            (-196, top - 2),
            *smooth((-192, top + 14), (-186, mid), (-184, GROUND)),
            (-172, GROUND),
            *smooth((-170, mid), (-150, top + 30), (-112, top + 16)),
        ],
        "kitten": [
            (-196, top - 2),
            *smooth((-194, top + 10), (-178, mid), (-186, GROUND)),
            (-166, GROUND),
            *smooth((-160, mid), (-140, top + 20), (-110, top + 10)),
        ],
        "block": [
            (-196, top - 2),
            (-190, GROUND),
            (-118, GROUND),
            *smooth((-116, mid), (-108, top + 24), (-90, top + 20)),
        ],
        "cone": [
            (-198, top - 2),
            *smooth((-194, top + 20), (-180, mid + 10), (-174, GROUND)),
            (-142, GROUND),
            *smooth((-132, mid), (-110, top + 30), (-84, top + 26)),
        ],
        "wedge": [(-196, top - 2), (-188, GROUND), (150, GROUND), *reversed(bed(pump)[:28])],
        "flat": [(-192, top), (-190, GROUND), (-120, GROUND), (-112, top + 6)],
    }
    colour = sketch.cloth if pump.heel != "wedge" or pump.form == "court" else sheen((190, 148, 104))
    canvas.fill(forms[pump.heel], colour, volume=0.6)
    if pump.heel == "wedge":
        for step in range(1, int(pump.lift / 16)):
            y = GROUND - step * 16
            canvas.line([(-189, y), (130 - step * 30, y)], darker(colour.colour, 0.25), 1.5)
    elif pump.heel != "flat":
        tip = forms[pump.heel]
        xs = sorted(x for x, y in tip if y >= GROUND - 1)
        canvas.fill(box(xs[0] - 1, GROUND - 7, xs[-1] + 1, GROUND + 1, 2), INK, volume=0, edge=0)


def _court(sketch: Sketch, pump: Pump, line: Outline) -> None:
    """A closed pump: the top line dips along the instep."""
    rim = smooth(
        (-198, pump.seat - 62),
        (-150, pump.seat - 40),
        (-50, pump.seat + pump.lift * 0.42 - 26),
        (40, GROUND - pump.platform - 44),
        (84, GROUND - pump.platform - 52),
    )
    front = smooth(
        rim[-1],
        (130, GROUND - pump.platform - 52),
        (190, GROUND - pump.platform - 32),
        (216 + pump.point, GROUND - pump.platform - 10),
    )
    far = [(x + 10, y - 11) for x, y in rim]
    sketch.canvas.fill(
        [*rim, *reversed(far)],
        darker(mix(sketch.cloth.colour, (214, 178, 142), 0.7), 0.2),
        volume=0.2,
        edge=1.6,
    )
    back = smooth((-192, pump.seat + 6), (-208, pump.seat - 24), (-198, pump.seat - 62))
    sketch.canvas.fill([*back, *rim, *front, *reversed(line)], sketch.cloth, volume=0.75)
    sketch.canvas.line(offset(rim, -6), thread_of(sketch.cloth.colour), 1.3)
    sketch.canvas.glow(
        closed(
            (120, GROUND - pump.platform - 44),
            (166, GROUND - pump.platform - 36),
            (186, GROUND - pump.platform - 20),
            (140, GROUND - pump.platform - 28),
        ),
        0.55,
        WHITE,
        8,
    )


def _open(sketch: Sketch, pump: Pump, line: Outline) -> None:
    """A bare bed; the straps come as parts."""
    far = [(x + 6, y - 9) for x, y in line]
    sketch.canvas.fill([*line, *reversed(far)], (224, 188, 148), volume=0.2, edge=1.6)


def _mule(sketch: Sketch, pump: Pump, line: Outline) -> None:
    _open(sketch, pump, line)
    low = GROUND - pump.platform
    vamp = [
        *smooth((-4, low - 34), (24, low - 78), (84, low - 80)),
        *smooth((84, low - 80), (140, low - 70), (168, low - 42)),
        (176, low - 8),
        (0, low - 2),
    ]
    sketch.canvas.fill(vamp, sketch.cloth, volume=0.75)


_FORMS: dict[str, Callable[[Sketch, Pump, Outline], None]] = {"court": _court, "open": _open, "mule": _mule}


def _toe_band(sketch: Sketch, pump: Pump, count: int = 1, wide: float = 34) -> None:
    low = GROUND - pump.platform
    for step in range(count):
        x = 96 + step * 46 - (count - 1) * 10
        strap = bezier((x - 30, low + 2), (x - 36, low - 58), (x + 10, low - 80), (x + 30, low - 52))
        sketch.canvas.fill(ribbon(strap, wide), sketch.cloth, volume=0.6, drop=2)


def _crossed(sketch: Sketch, pump: Pump) -> None:
    low = GROUND - pump.platform
    for start, end in (((20, low), (150, low - 50)), ((160, low), (40, low - 72))):
        strap = bezier(start, (start[0], low - 60), (end[0], end[1] - 24), end)
        sketch.canvas.fill(ribbon(strap, 24), sketch.cloth, volume=0.6, drop=3)


def _ankle_strap(sketch: Sketch, pump: Pump) -> None:
    """A strap round the ankle, the far half behind, with its heel piece and buckle."""
    y = pump.seat - 96
    counter = [
        *smooth((-192, pump.seat + 4), (-208, pump.seat - 30), (-196, y)),
        (-180, y),
        *smooth((-176, y + 20), (-160, pump.seat - 20), (-130, pump.seat + 6)),
    ]
    sketch.canvas.fill(
        ribbon(smooth((-190, y + 4), (-130, y - 26), (-72, y + 2)), 13),
        darker(sketch.cloth.colour, 0.35),
        volume=0.2,
        edge=1.5,
    )
    sketch.canvas.fill(counter, sketch.cloth, volume=0.6)
    sketch.canvas.fill(
        ribbon(smooth((-194, y + 6), (-130, y + 26), (-72, y + 2)), 16), sketch.cloth, volume=0.4, drop=2
    )
    sketch.canvas.fill(box(-124, y + 8, -100, y + 34, 4), metal(sketch.palette.metal), volume=0, edge=1.4)


def _t_strap(sketch: Sketch, pump: Pump) -> None:
    low = GROUND - pump.platform
    _ankle_strap(sketch, pump)
    sketch.canvas.fill(
        ribbon(smooth((90, low - 58), (0, low - 90), (-76, pump.seat - 92)), 15),
        sketch.cloth,
        volume=0.4,
        drop=2,
    )


def _slingback(sketch: Sketch, pump: Pump) -> None:
    low = GROUND - pump.platform
    strap = smooth(
        (-6, low - 40),
        (-90, pump.seat - 30),
        (-170, pump.seat - 74),
        (-206, pump.seat - 52),
        (-170, pump.seat - 44),
        (-84, pump.seat + 4),
    )
    sketch.canvas.line(strap, darker(sketch.cloth.colour, 0.4), 12)
    sketch.canvas.line(strap, sketch.cloth.colour, 8)


def _gladiator(sketch: Sketch, pump: Pump) -> None:
    low = GROUND - pump.platform
    for x, wide in ((150, 18), (104, 18), (58, 18)):
        sketch.canvas.fill(
            ribbon(bezier((x - 24, low), (x - 30, low - 52), (x + 4, low - 72), (x + 22, low - 46)), wide),
            sketch.cloth,
            volume=0.5,
            drop=2,
        )
    _t_strap(sketch, pump)
    y = pump.seat - 150
    sketch.canvas.fill(ribbon(smooth((-186, y + 2), (-130, y + 22), (-76, y)), 15), sketch.cloth, volume=0.4)
    sketch.canvas.fill(ribbon([(-188, y), (-188, y + 60)], 14), sketch.cloth, volume=0.4)


def _vamp_bow(sketch: Sketch, pump: Pump) -> None:
    x, y = 92, GROUND - pump.platform - 56
    for side in (-1, 1):
        sketch.canvas.fill(
            closed((x, y), (x + side * 34, y - 22), (x + side * 44, y + 2), (x + side * 30, y + 20)),
            sketch.palette.second,
            volume=0.6,
            drop=3,
        )
    sketch.canvas.dot((x, y), 9, sketch.palette.second)


def _vamp_buckle(sketch: Sketch, pump: Pump) -> None:
    x, y = 96, GROUND - pump.platform - 50
    sketch.canvas.fill(box(x - 26, y - 14, x + 26, y + 20, 8), metal(sketch.palette.metal), volume=0)
    sketch.canvas.fill(box(x - 16, y - 5, x + 16, y + 11, 5), sketch.cloth, volume=0, edge=1.3)


def _cap(sketch: Sketch, pump: Pump) -> None:
    low = GROUND - pump.platform
    nose = smooth((140, low - 50), (190, low - 32), (216 + pump.point, low - 10))
    sketch.canvas.fill([*nose, (150, low - 4)], sketch.palette.second, volume=0.6)


def _peep(sketch: Sketch, pump: Pump) -> None:
    low = GROUND - pump.platform
    sketch.canvas.fill(
        closed((186, low - 14), (200, low - 30), (222 + pump.point, low - 16), (206, low - 8)),
        darker((214, 178, 142), 0.45),
        volume=0.2,
    )


def _mary_jane(sketch: Sketch, pump: Pump) -> None:
    y = pump.seat + pump.lift * 0.42 - 36
    sketch.canvas.fill(
        ribbon(smooth((-66, y + 28), (-46, y - 22), (10, y - 24), (30, y + 20)), 15),
        sketch.cloth,
        volume=0.4,
        drop=3,
    )
    sketch.canvas.dot((24, y + 12), 8, metal(sketch.palette.metal))


def _studs(sketch: Sketch, pump: Pump) -> None:
    for index, (x, y) in enumerate(
        along(
            smooth(
                (-150, pump.seat - 22), (-40, pump.seat + pump.lift * 0.46), (90, GROUND - pump.platform - 30)
            ),
            12,
        )
    ):
        sketch.canvas.dot((x, y + 4), 5 if index % 2 else 3.4, metal(sketch.palette.metal), 1)


def _pumps(*pumps: Pump) -> tuple[Shape, ...]:
    return tuple(partial(draw_pump, pump=pump) for pump in pumps)


HIGH = Pump()
HEELS = _pumps(
    HIGH,
    Pump(form="open", parts=(_toe_band, _ankle_strap)),
    Pump(lift=70, heel="kitten", parts=(_vamp_bow,)),
    Pump(
        lift=120,
        heel="block",
        form="open",
        platform=24,
        parts=(partial(_toe_band, count=2, wide=30), _ankle_strap),
    ),
    Pump(lift=110, heel="wedge", form="open", platform=22, parts=(_crossed, _t_strap)),
    Pump(lift=90, heel="cone", point=2, parts=(_mary_jane,)),
    Pump(lift=126, platform=32, parts=(_peep, _vamp_buckle), point=-6),
    Pump(lift=84, heel="block", form="mule", point=-4),
    Pump(lift=100, heel="wedge", platform=10, parts=(_vamp_buckle,), point=0),
    Pump(lift=136, form="open", parts=(_gladiator,)),
)

FLAT = Pump(lift=12, heel="flat", platform=8, point=4)


@dataclass(frozen=True)
class Bed:
    """A flat sole seen from above at a slant."""

    tilt: float = 13
    thick: float = 22
    width: float = 1.0
    parts: tuple[Callable[[Sketch, "Bed"], None], ...] = ()
    wedge: float = 0
    sport: bool = False


def _sole_top(bed_: Bed) -> Outline:
    w = bed_.width
    return closed(
        (-232, 6),
        (-222, -32 * w),
        (-168, -48 * w),
        (-80, -42 * w),
        (0, -44 * w),
        (96, -60 * w),
        (176, -56 * w),
        (226, -30 * w),
        (240, 8),
        (214, 44 * w),
        (140, 58 * w),
        (50, 48 * w),
        (-60, 40 * w),
        (-160, 50 * w),
        (-214, 38 * w),
    )


def _lay(bed_: Bed, path: Outline) -> Outline:
    """From the sole's own plane to the slanting view."""
    slope = bed_.tilt / 60
    return [(x, y + x * slope) for x, y in path]


def draw_bed(sketch: Sketch, bed_: Bed) -> None:
    canvas = sketch.canvas
    top = _lay(bed_, _sole_top(bed_))
    side = darker(sketch.palette.second if bed_.sport else sketch.palette.main, 0.3)
    for step in (1.0, 0.5):
        deep = [(x, y + bed_.thick * step + (bed_.wedge * step * max(0.0, 120 - x) / 340)) for x, y in top]
        canvas.fill(deep, darker(side, 0.3) if step == 1 else side, volume=0.3, edge=1.6)
    surface = sketch.cloth if not bed_.sport else darker(sketch.palette.main, 0.15)
    canvas.fill(top, surface, volume=0.45)
    inner = [(x * 0.94, y * 0.86) for x, y in _sole_top(bed_)]
    canvas.line([*_lay(bed_, inner), _lay(bed_, inner)[0]], thread_of(sketch.palette.main), 2)
    canvas.glow(_lay(bed_, closed((-190, 0), (-150, -24), (-110, 0), (-150, 24))), 0.16, INK, 12)
    canvas.glow(_lay(bed_, closed((90, -4), (150, -34), (200, -2), (150, 34))), 0.14, INK, 12)
    for part in bed_.parts:
        part(sketch, bed_)


def _strap(
    sketch: Sketch, bed_: Bed, far: Point, near: Point, wide: float, rise: float = 60, second: bool = True
) -> Outline:
    """A band from the far edge of the sole over the foot to the near edge."""
    (a, b) = _lay(bed_, [far, near])
    path = bezier(a, (a[0] + 4, a[1] - rise), (b[0] + 10, b[1] - rise * 1.5), b)
    sketch.canvas.fill(
        ribbon(path, wide * 0.8, wide), sketch.palette.second if second else sketch.cloth, volume=0.6, drop=5
    )
    sketch.canvas.stitch(ribbon(path, wide * 0.55, wide * 0.72)[2:-2], thread_of(sketch.palette.second), 1.2)
    return path


def _thong(sketch: Sketch, bed_: Bed, wide: float = 24, back: float = -30) -> None:
    """The Y of a flip-flop: two bands that meet between the toes."""
    post, far, near = _lay(bed_, [(142, -8), (back + 10, -42), (back - 10, 46)])
    knot = (post[0] - 12, post[1] - 26)
    sketch.canvas.fill(ribbon([post, knot], 9), sketch.palette.second, volume=0.2, edge=1.4)
    for end, lift, first in ((far, 30, wide * 0.5), (near, 48, wide * 0.6)):
        path = bezier(
            knot, (knot[0] - 50, knot[1] - lift * 0.6), (end[0] + 40, end[1] - lift - 14), (end[0], end[1])
        )
        sketch.canvas.fill(ribbon(path, first, wide), sketch.palette.second, volume=0.6, drop=5)
        sketch.canvas.line(path[2:-2], lighter(sketch.palette.second, 0.35), 2)
    sketch.canvas.dot(knot, 7, sketch.palette.second)


def _bloom(sketch: Sketch, bed_: Bed) -> None:
    x, y = _lay(bed_, [(128, -34)])[0]
    for dx, dy in ((0, -13), (13, -4), (8, 11), (-8, 11), (-13, -4)):
        sketch.canvas.dot((x + dx, y + dy), 9, sketch.palette.accent)
    sketch.canvas.dot((x, y), 7, sketch.palette.metal)


def _gems(sketch: Sketch, bed_: Bed) -> None:
    post, near = _lay(bed_, [(120, -36), (-30, 10)])
    for index, point in enumerate(along(bezier(post, (70, post[1] - 30), (20, near[1] - 40), near), 9)):
        sketch.canvas.dot(point, 7 if index % 2 else 5, lighter(sketch.palette.accent, 0.4))


def _sole_stripes(sketch: Sketch, bed_: Bed) -> None:
    for x, ink in ((-190, 0), (-160, 1), (-130, 0)):
        line = _lay(bed_, [(x, -38), (x + 8, 38)])
        sketch.canvas.line(line, (sketch.palette.second, sketch.palette.accent)[ink], 12)


def _slide(sketch: Sketch, bed_: Bed) -> None:
    path = _strap(sketch, bed_, (96, -56), (84, 54), 112, 66)
    for share in (0.42, 0.58, 0.74):
        x, y = at(path, share)
        sketch.canvas.line([(x - 34, y), (x + 38, y + 6)], sketch.palette.accent, 7)


def _two_bands(sketch: Sketch, bed_: Bed) -> None:
    for x in (130, 34):
        path = _strap(sketch, bed_, (x, -54), (x - 14, 52), 56, 64)
        cx, cy = at(path, 0.62)
        sketch.canvas.fill(box(cx - 16, cy - 14, cx + 16, cy + 14, 4), metal(sketch.palette.metal), volume=0)
        sketch.canvas.fill(box(cx - 8, cy - 7, cx + 8, cy + 7, 2), sketch.palette.second, volume=0, edge=1)


def _cross_bands(sketch: Sketch, bed_: Bed) -> None:
    _strap(sketch, bed_, (20, -44), (150, 56), 44, 64)
    _strap(sketch, bed_, (150, -56), (10, 48), 44, 64)


def _back_strap(sketch: Sketch, bed_: Bed, high: float = 74) -> None:
    """The loop behind the heel and over the instep."""
    heel, far, near = _lay(bed_, [(-222, 0), (-60, -44), (-80, 46)])
    for end, shade in ((far, True), (near, False)):
        path = smooth(
            end,
            ((end[0] + heel[0]) / 2 + 10, (end[1] + heel[1]) / 2 - high),
            (heel[0] + 4, heel[1] - high + 6),
        )
        sketch.canvas.fill(
            ribbon(path, 20), darker(sketch.palette.second, 0.3 if shade else 0), volume=0.5, drop=3
        )
    over = bezier(far, (far[0] + 6, far[1] - high), (near[0] + 30, near[1] - high * 1.5), near)
    sketch.canvas.fill(ribbon(over, 22), sketch.palette.second, volume=0.6, drop=4)
    x, y = at(over, 0.62)
    sketch.canvas.fill(
        box(x - 13, y - 12, x + 13, y + 12, 4), metal(sketch.palette.metal), volume=0, edge=1.4
    )


def _toe_loop(sketch: Sketch, bed_: Bed) -> None:
    _strap(sketch, bed_, (178, -52), (176, 44), 22, 40)


def _fine_straps(sketch: Sketch, bed_: Bed) -> None:
    for x in (160, 116, 72, 28):
        _strap(sketch, bed_, (x, -54), (x - 16, 50), 17, 54)


def _fisherman(sketch: Sketch, bed_: Bed) -> None:
    for x in (150, 104, 58):
        _strap(sketch, bed_, (x, -56), (x - 10, 52), 30, 62)
    spine = smooth(*_lay(bed_, [(196, -28), (140, -66), (60, -86), (-6, -90)]))
    sketch.canvas.fill(ribbon(spine, 22), sketch.palette.second, volume=0.5, drop=3)


def _braid(sketch: Sketch, bed_: Bed) -> None:
    a, b = _lay(bed_, [(104, -56), (88, 54)])
    path = bezier(a, (a[0], a[1] - 62), (b[0] + 10, b[1] - 90), b)
    for index, (x, y) in enumerate(along(path, 12)):
        sketch.canvas.fill(
            closed((x - 30, y - 8), (x + 2, y - 14), (x + 32, y + 4), (x, y + 12)),
            sketch.palette.second if index % 2 else sketch.palette.accent,
            volume=0.5,
        )


def _ring_strap(sketch: Sketch, bed_: Bed) -> None:
    _strap(sketch, bed_, (150, -56), (150, 52), 20, 46)
    hub = _lay(bed_, [(60, -70)])[0]
    for x, y in _lay(bed_, [(148, -64), (-30, -42), (-20, 46), (70, 54)]):
        sketch.canvas.fill(
            ribbon(smooth((x, y), ((x + hub[0]) / 2, (y + hub[1]) / 2 - 16), hub), 18),
            sketch.palette.second,
            volume=0.5,
            drop=3,
        )
    sketch.canvas.dot(hub, 22, metal(sketch.palette.metal))
    sketch.canvas.dot(hub, 12, sketch.palette.accent)


def _beds(*beds: Bed) -> tuple[Shape, ...]:
    return tuple(partial(draw_bed, bed_=bed_) for bed_ in beds)


def draw_pair(sketch: Sketch, bed_: Bed) -> None:
    """A pair seen from straight above, toes up."""
    canvas = sketch.canvas
    for side in (-1, 1):
        top = [(x * side, y) for x, y in turn(_sole_top(replace(bed_, width=1.2)), -90)]
        foot = shift(top, side * 84, 0)
        canvas.fill(shift(foot, 0, 8), darker(sketch.palette.main, 0.4), volume=0, edge=1.6)
        canvas.fill(foot, sketch.cloth, volume=0.5)
        toe = (side * 84 + side * 4, -136)
        for edge in (-58, 56):
            end = (side * 84 + edge, 26)
            path = bezier(toe, (toe[0] + edge * 0.5, toe[1] + 20), (end[0] + edge * 0.1, end[1] - 70), end)
            canvas.fill(ribbon(path, 14, 26), sketch.palette.second, volume=0.6, drop=5)
        canvas.dot(toe, 11, sketch.palette.accent)


FLATS: tuple[Shape, ...] = (
    *_pumps(
        FLAT,
        replace(FLAT, parts=(_vamp_bow,)),
        replace(FLAT, point=22, parts=(_cap, _studs)),
        replace(FLAT, parts=(_mary_jane,)),
        replace(FLAT, parts=(_vamp_buckle,), point=18, lift=24),
        replace(FLAT, form="mule", point=-2),
        replace(FLAT, form="open", parts=(_toe_band, _ankle_strap)),
    ),
    *_beds(
        Bed(parts=(partial(_thong, wide=16),), thick=12),
        Bed(parts=(_fine_straps,), thick=12),
        Bed(parts=(_ring_strap,), thick=14),
    ),
)
SANDALS = _beds(
    Bed(parts=(_two_bands,)),
    Bed(parts=(_back_strap, _cross_bands)),
    Bed(parts=(_back_strap, _two_bands), thick=34, sport=True),
    Bed(parts=(_back_strap, _fisherman)),
    Bed(parts=(_slide,), thick=30, sport=True),
    Bed(parts=(_braid,), wedge=40),
    Bed(parts=(partial(_thong, wide=34, back=-50), _back_strap)),
    Bed(parts=(_toe_loop, partial(_thong, wide=30, back=-10)), thick=18),
    Bed(parts=(_back_strap, _toe_loop, _fine_straps), wedge=50, thick=26),
)
FLIP_FLOPS: tuple[Shape, ...] = (
    *_beds(
        Bed(parts=(_thong,)),
        Bed(parts=(partial(_thong, wide=44),), thick=34, sport=True),
        Bed(parts=(_sole_stripes, partial(_thong, wide=20)), width=0.86),
        Bed(parts=(_thong, _bloom), wedge=54, thick=24),
        Bed(parts=(partial(_thong, wide=15), _gems), thick=14, width=0.88),
        Bed(parts=(partial(_thong, wide=32, back=-90),), tilt=4, thick=28),
        Bed(parts=(_sole_stripes, partial(_thong, wide=30, back=20)), tilt=20, width=1.12),
    ),
    partial(draw_pair, bed_=Bed()),
)

ARTICLES = (
    Article("Heels", "lady", ("plain", "plain", "plain", "croc", "dots"), HEELS, standing=True, flips=True),
    Article(
        "Flats",
        "lady",
        ("plain", "plain", "leather", "dots", "floral", "zigzag"),
        FLATS,
        standing=True,
        flips=True,
    ),
    Article("Sandals", "leather", ("plain", "leather"), SANDALS, turns=2, flips=True, zoom=1.06),
    Article(
        "Flip Flops",
        "shoe",
        ("plain", "stripes", "camo", "floral", "dots", "zigzag"),
        FLIP_FLOPS,
        standing=False,
        flips=True,
    ),
)
