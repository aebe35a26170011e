"""Closed shoes seen from the side, the toe to the right."""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from functools import partial

from .fabric import metal
from .geometry import Outline, Point, along, at, bezier, box, closed, offset, ribbon, shift, smooth
from .palette import INK, WHITE, Colour, darker, lighter, luminance, mix, thread_of
from .sketch import Article, Shape, Sketch

GROUND = 96.0


@dataclass(frozen=True)
class Last:
    """A shoe: heights are y values, `sole` and `heel` are thicknesses, in sheet units."""

    back: float = -72
    dip: float = -44
    tongue: Point = (-52, -98)
    vamp: Point = (74, -22)
    toe: float = 232
    toe_top: float = 8
    point: float = 0.0
    sole: float = 30
    heel: float = 0
    form: str = "cup"
    parts: tuple[Callable[[Sketch, "Last"], None], ...] = field(default=())
    bright_sole: bool = True

    @property
    def base(self) -> float:
        return GROUND - self.sole


def collar_line(last: Last) -> Outline:
    """The rim of the opening, from the heel to the tongue."""
    return smooth(
        (-210, last.back),
        (-176, last.back + 12),
        (-126, last.dip),
        (-84, (last.dip + last.tongue[1]) / 2 + 6),
        last.tongue,
    )


def throat_line(last: Last) -> Outline:
    """From the top of the tongue over the vamp to the front of the toe."""
    x, y = last.vamp
    nose = last.base - 34 + 22 * last.point
    return smooth(
        last.tongue,
        ((last.tongue[0] + x) / 2 + 4, (last.tongue[1] + y) / 2 - 2),
        last.vamp,
        (x + (last.toe - x) * 0.55, last.toe_top),
        (last.toe - 12 + 8 * last.point, nose),
        (last.toe + 10 * last.point, last.base - 8),
    )


def upper_outline(last: Last) -> Outline:
    heel = smooth(
        (-214, last.base + 8),
        (-228, last.base - 42),
        (-221, (last.back + last.base) / 2 - 14),
        (-210, last.back),
    )
    return [*heel, *collar_line(last), *throat_line(last), (last.toe - 6, last.base + 8)]


def draw_shoe(sketch: Sketch, last: Last) -> None:
    canvas = sketch.canvas
    _opening(sketch, last)
    canvas.fill(upper_outline(last), sketch.cloth, volume=0.75)
    for part in last.parts:
        part(sketch, last)
    canvas.line(offset(collar_line(last), -7), thread_of(sketch.cloth.colour), 1.4)
    draw_sole(sketch, last)


def _opening(sketch: Sketch, last: Last) -> None:
    rim = collar_line(last)
    far = [(x + 12, y - 16 - 6 * (n / len(rim))) for n, (x, y) in enumerate(rim)]
    sketch.canvas.fill([*rim, *reversed(far)], darker(sketch.palette.second, 0.35), volume=0.3, edge=1.8)


def draw_sole(sketch: Sketch, last: Last) -> None:
    """The sole in its form: cup, runner, welt, gum, lug, wave or wedge."""
    canvas, base = sketch.canvas, last.base
    main = _sole_colour(sketch, last)
    toe = last.toe + 4
    spring = 10.0
    top = smooth(
        (-224, base - 4),
        (-120, base + 3),
        (0, base + 4),
        (120, base + 2),
        (toe - 40, base - 4),
        (toe, base - 16),
    )
    if last.form == "welt":
        top = [(x, y + 10) for x, y in top]
        low = [
            (toe + 6, GROUND - last.sole + 2),
            (toe - 20, GROUND - 4),
            (60, GROUND),
            (-70, GROUND - 2),
            (-76, GROUND - 2 + last.heel * 0.1),
        ]
        canvas.fill(
            [
                *top,
                *smooth(*low[:4]),
                (-84, GROUND + last.heel),
                (-218, GROUND + last.heel),
                (-226, base + 8),
            ],
            main,
            volume=0.4,
        )
        canvas.stitch(shift(top, 0, 4), lighter(main, 0.4), 1.4, 5)
        canvas.line([(-222, GROUND), (-80, GROUND)], darker(main, 0.5), 2)
        return
    back = -236 if last.form in ("runner", "wave") else -228
    low = smooth(
        (toe + 2, base - 6),
        (toe - 8, GROUND - spring),
        (toe - 70, GROUND),
        (40, GROUND),
        (-90, GROUND - (8 if last.form == "runner" else 0)),
        (-200, GROUND),
        (back, GROUND - 12),
        (back + 6, base + 2),
    )
    canvas.fill([*top, *low], main, volume=0.55)
    _tread(sketch, last, main, toe)


def _sole_colour(sketch: Sketch, last: Last) -> Colour:
    if last.form == "gum":
        return (188, 136, 88)
    if last.form == "welt":
        return darker(sketch.cloth.colour, 0.55)
    return (240, 239, 235) if last.bright_sole else darker(sketch.palette.main, 0.5)


def _tread(sketch: Sketch, last: Last, main: Colour, toe: float) -> None:
    canvas, base = sketch.canvas, last.base
    if last.form in ("cup", "gum"):
        canvas.line(
            smooth((-226, base + 9), (0, base + 14), (toe - 30, base + 6)),
            sketch.palette.second if last.form == "cup" else darker(main, 0.3),
            3,
        )
    elif last.form == "runner":
        wave = smooth(
            (-234, GROUND - 16),
            (-140, base + 12),
            (-60, GROUND - 14),
            (60, base + 14),
            (toe - 20, GROUND - 16),
        )
        canvas.fill(
            [*wave, (toe - 30, GROUND - 2), (-220, GROUND - 2)], sketch.palette.accent, volume=0.3, edge=1.4
        )
        for x in range(-206, int(toe) - 30, 26):
            canvas.line([(x, GROUND - 7), (x + 9, GROUND - 1)], darker(main, 0.5), 3)
    elif last.form == "wave":
        for x in (-190, -160, -130, -100):
            canvas.fill(box(x, base + 12, x + 20, GROUND - 8, 8), sketch.palette.accent, volume=0.4, edge=1.4)
    elif last.form == "lug":
        for x in range(-212, int(toe) - 40, 34):
            canvas.fill(box(x, GROUND - 8, x + 22, GROUND + 9, 3), darker(main, 0.3), volume=0.2, edge=1.2)
    elif last.form == "stud":
        for x in (-196, -150, 60, 110, 160):
            canvas.fill(
                [(x, GROUND - 4), (x + 24, GROUND - 4), (x + 18, GROUND + 16), (x + 6, GROUND + 16)],
                darker(main, 0.3),
                volume=0.3,
                edge=1.3,
            )


def _laces(
    sketch: Sketch, last: Last, rows: int = 5, panel: bool = True, colour: Colour | None = None
) -> None:
    """An eyelet panel along the throat with laces across it."""
    canvas = sketch.canvas
    throat = throat_line(last)[:17]
    inner, outer = offset(throat, -5), offset(throat, -32)
    if panel:
        canvas.fill(
            [*inner, *reversed(outer)],
            mix(sketch.cloth.colour, sketch.palette.second, 0.35),
            volume=0.35,
            edge=1.6,
        )
    ink = colour or (
        lighter(sketch.palette.second, 0.7)
        if luminance(sketch.cloth.colour) < 190
        else darker(sketch.palette.second, 0.2)
    )
    for (x, y), (u, v) in zip(
        along(offset(throat, -22)[1:-1], rows), along(offset(throat, 7)[1:-1], rows), strict=True
    ):
        canvas.dot((x, y), 4.2, darker(ink, 0.5), 0)
        canvas.fill(ribbon([(x, y), (u + 4, v)], 8), ink, volume=0.2, edge=1.4)
    knot = at(throat, 0.1)
    for side, reach in ((-1, 26), (1, 34)):
        loop = closed(
            (knot[0], knot[1] - 4),
            (knot[0] + side * reach * 0.7, knot[1] - 24),
            (knot[0] + side * reach, knot[1] - 4),
            (knot[0] + side * reach * 0.4, knot[1] + 4),
        )
        canvas.line([*loop, loop[0]], darker(ink, 0.45), 6.4)
        canvas.line([*loop, loop[0]], ink, 4)


def _toe_cap(sketch: Sketch, last: Last, colour: Colour | None = None) -> None:
    throat = throat_line(last)
    start = int(len(throat) * 0.68)
    seam = smooth(
        (throat[start][0], throat[start][1]),
        (throat[start][0] + 14, (throat[start][1] + last.base) / 2),
        (throat[start][0] - 12, last.base + 6),
    )
    cap = [*throat[start:], (last.toe - 8, last.base + 8), *reversed(seam)]
    sketch.canvas.fill(cap, colour or sketch.palette.second, volume=0.6)
    sketch.canvas.stitch(shift(seam, -8), thread_of(sketch.cloth.colour))


def _rubber_toe(sketch: Sketch, last: Last) -> None:
    _toe_cap(sketch, last, (240, 238, 232))


def _brogue(sketch: Sketch, last: Last) -> None:
    _toe_cap(sketch, last, darker(sketch.cloth.colour, 0.12))
    throat = throat_line(last)
    x, y = throat[int(len(throat) * 0.66)]
    for step in range(9):
        sketch.canvas.dot(
            (x + 12 * (step % 2) * 0.4, y + 8 + step * (last.base - y) / 10),
            2.4,
            darker(sketch.cloth.colour, 0.7),
            0,
        )
    for step in range(14):
        sketch.canvas.dot(
            (-200 + step * 17, last.base - 18 - 10 * (step / 14)), 2.2, darker(sketch.cloth.colour, 0.7), 0
        )


def _heel_counter(sketch: Sketch, last: Last) -> None:
    seam = smooth((-196, last.back + 6), (-150, (last.back + last.base) / 2), (-118, last.base + 8))
    heel = smooth(
        (-214, last.base + 8),
        (-228, last.base - 42),
        (-221, (last.back + last.base) / 2 - 14),
        (-210, last.back),
    )
    sketch.canvas.fill([*heel, *seam], sketch.palette.second, volume=0.5)
    sketch.canvas.stitch(shift(seam, 7), thread_of(sketch.cloth.colour))


def _side_bars(sketch: Sketch, last: Last, count: int = 3) -> None:
    for step in range(count):
        x = -66 + step * 38
        sketch.canvas.fill(
            ribbon([(x - 36, last.base + 2), (x + 18, last.base - 78 + step * 10)], 18, 13),
            sketch.palette.second,
            volume=0.2,
            edge=1.4,
        )


def _swoosh(sketch: Sketch, last: Last) -> None:
    """A swept leaf along the side."""
    curve = [
        *bezier((-170, last.base - 46), (-90, last.base + 8), (10, last.base - 26), (96, last.base - 62)),
        *bezier((96, last.base - 62), (20, last.base - 40), (-60, last.base - 20), (-120, last.base - 62)),
    ]
    sketch.canvas.fill(curve, sketch.palette.second, volume=0.2, edge=1.6)


def _overlays(sketch: Sketch, last: Last) -> None:
    """The welded side panels of a running shoe."""
    panel = closed(
        (-150, last.base),
        (-120, last.base - 60),
        (-40, last.base - 84),
        (30, last.base - 58),
        (96, last.base - 44),
        (150, last.base - 6),
        (40, last.base - 14),
        (-40, last.base - 20),
        (-90, last.base),
    )
    sketch.canvas.fill(panel, sketch.palette.second, volume=0.4, edge=1.6)
    sketch.canvas.line(
        smooth((-60, last.base - 14), (-16, last.base - 40), (8, last.base - 76)), sketch.palette.accent, 8
    )
    sketch.canvas.line(
        smooth((-20, last.base - 10), (20, last.base - 30), (48, last.base - 62)), sketch.palette.accent, 8
    )


def _mesh_toe(sketch: Sketch, last: Last) -> None:
    for step in range(6):
        for row in range(3):
            sketch.canvas.dot(
                (120 + step * 15 - row * 5, last.toe_top + 14 + row * 13 + step * 3),
                2.6,
                darker(sketch.cloth.colour, 0.4),
                0,
            )


def _velcro(sketch: Sketch, last: Last, count: int = 2) -> None:
    throat = throat_line(last)[:18]
    for x, y in along(throat, count + 2)[1:-1]:
        strap = smooth((x + 12, y - 3), (x - 24, y + 30), (x - 46, y + 66))
        sketch.canvas.fill(ribbon(strap, 34, 30), sketch.palette.second, volume=0.5, drop=4)
        sketch.canvas.stitch(ribbon(strap, 24, 20), thread_of(sketch.palette.second), 1.3)


def _elastic(sketch: Sketch, last: Last) -> None:
    """The stretch gore of a slip-on."""
    x, y = last.tongue
    gore = [(x - 44, y + 30), (x + 6, y + 10), (x + 10, y + 62), (x - 26, y + 70)]
    sketch.canvas.fill(gore, darker(sketch.cloth.colour, 0.4), volume=0.2, edge=1.6)
    for step in range(1, 6):
        sketch.canvas.line(
            [(x - 44 + step * 8, y + 30 - step * 3), (x - 26 + step * 6, y + 68 - step)],
            darker(sketch.cloth.colour, 0.65),
            1.6,
        )


def _moc_seam(sketch: Sketch, last: Last) -> None:
    """The raised apron seam of a moccasin."""
    x, y = last.vamp
    seam = smooth(
        (x - 70, y + 12),
        (x - 10, y + 34),
        (x + 70, y + 44),
        (last.toe - 40, last.toe_top + 26),
        (last.toe - 34, last.toe_top + 12),
    )
    sketch.canvas.line(seam, darker(sketch.cloth.colour, 0.5), 3)
    for px, py in along(seam, 16):
        sketch.canvas.line([(px - 2, py - 6), (px + 2, py + 6)], darker(sketch.cloth.colour, 0.5), 2)


def _boat_lace(sketch: Sketch, last: Last) -> None:
    rim = offset(collar_line(last), -16)
    sketch.canvas.stitch(rim, lighter(sketch.palette.second, 0.6), 5, 20)
    x, y = last.vamp
    for step in (0, 18):
        sketch.canvas.fill(
            ribbon([(x - 60 + step, y - 30 + step * 0.5), (x - 36 + step, y + 14 + step * 0.5)], 7),
            lighter(sketch.palette.second, 0.6),
            volume=0.2,
            edge=1.4,
        )


def _saddle(sketch: Sketch, last: Last) -> None:
    """The strap with its slot across a penny loafer, or the metal bit on it."""
    x, y = last.vamp
    strap = smooth((x - 50, y - 24), (x - 44, y + 20), (x - 62, last.base + 4))
    sketch.canvas.fill(ribbon(strap, 46, 56), darker(sketch.cloth.colour, 0.1), volume=0.5, drop=3)
    if sketch.rng.random() < 0.5:
        sketch.canvas.fill(
            ribbon([(x - 62, y + 4), (x - 20, y + 8)], 10), metal(sketch.palette.metal), volume=0, edge=1.3
        )
    else:
        sketch.canvas.fill(
            closed((x - 56, y + 6), (x - 40, y + 2), (x - 26, y + 8), (x - 40, y + 13)),
            darker(sketch.cloth.colour, 0.6),
            volume=0,
            edge=1,
        )


def _buckle(sketch: Sketch, last: Last, count: int = 1) -> None:
    canvas = sketch.canvas
    for step in range(count):
        x, y = last.tongue[0] + 26 + step * 34, last.tongue[1] + 42 + step * 16
        canvas.fill(
            ribbon(smooth((x + 14, y - 34), (x - 12, y + 14), (x - 54, y + 62)), 26),
            darker(sketch.cloth.colour, 0.12),
            volume=0.5,
            drop=4,
        )
        canvas.fill(
            closed((x - 34, y + 16), (x - 14, y + 2), (x + 4, y + 22), (x - 16, y + 38)),
            metal(sketch.palette.metal),
            volume=0,
        )
        canvas.fill(
            closed((x - 26, y + 18), (x - 14, y + 10), (x - 4, y + 22), (x - 16, y + 30)),
            darker(sketch.cloth.colour, 0.2),
            volume=0,
            edge=1.2,
        )


def _zip_side(sketch: Sketch, last: Last) -> None:
    line = smooth((-92, last.dip - 10), (-80, 0), (-60, last.base - 4))
    sketch.canvas.line(line, darker(sketch.cloth.colour, 0.6), 8)
    sketch.canvas.stitch(line, sketch.palette.metal, 3.4, 5)


def _pull_tab(sketch: Sketch, last: Last) -> None:
    tab = smooth(
        (-212, last.back + 26), (-226, last.back - 12), (-204, last.back - 22), (-200, last.back + 4)
    )
    sketch.canvas.fill(tab, sketch.palette.accent, volume=0.4, edge=1.6)


def _gloss(sketch: Sketch, last: Last) -> None:
    """The shine of polished leather on the toe and the heel."""
    toe = closed(
        (132, last.toe_top + 4),
        (176, last.toe_top + 14),
        (206, last.base - 36),
        (186, last.base - 34),
        (146, last.toe_top + 18),
    )
    sketch.canvas.glow(toe, 0.75, WHITE, 8)
    sketch.canvas.glow(closed((-212, -10), (-202, -30), (-192, 20), (-204, 34)), 0.5, WHITE, 8)


def _ankle_patch(sketch: Sketch, last: Last) -> None:
    sketch.canvas.dot((-128, last.back + 44), 25, sketch.palette.second)
    sketch.canvas.dot((-128, last.back + 44), 15, sketch.palette.accent)


def _made(*lasts: Last) -> tuple[Shape, ...]:
    return tuple(partial(draw_shoe, last=last) for last in lasts)


CASUAL = Last()
RUN = Last(
    form="runner",
    sole=38,
    toe_top=2,
    parts=(_mesh_toe, _overlays, _heel_counter, _laces, _pull_tab),
    back=-84,
    dip=-46,
)
FORMAL = Last(
    form="welt",
    sole=20,
    heel=20,
    back=-58,
    dip=-40,
    tongue=(-54, -72),
    vamp=(66, -6),
    toe=238,
    toe_top=22,
    point=0.6,
    bright_sole=False,
)

CASUAL_SHOES = _made(
    replace(CASUAL, parts=(_heel_counter, _laces)),
    replace(CASUAL, parts=(_rubber_toe, _laces, _ankle_patch), back=-150, dip=-136, tongue=(-64, -170)),
    replace(CASUAL, parts=(_elastic,), tongue=(-30, -62), dip=-34, back=-56, form="gum"),
    replace(CASUAL, parts=(_moc_seam, _boat_lace), tongue=(-30, -64), back=-56, dip=-34, sole=20),
    replace(
        CASUAL,
        parts=(partial(_laces, rows=3),),
        back=-132,
        dip=-128,
        tongue=(-70, -144),
        vamp=(54, -26),
        form="gum",
        sole=24,
    ),
    replace(CASUAL, parts=(_velcro, _heel_counter)),
    replace(CASUAL, parts=(_moc_seam, _saddle), tongue=(-26, -60), back=-54, dip=-30, sole=18, form="cup"),
    replace(
        CASUAL,
        parts=(_toe_cap, _laces, _pull_tab),
        form="lug",
        sole=40,
        back=-148,
        dip=-140,
        tongue=(-70, -166),
        bright_sole=False,
    ),
    replace(CASUAL, parts=(_side_bars, _laces), sole=52, form="cup", toe_top=0),
)
SPORTS_SHOES = _made(
    RUN,
    replace(RUN, form="wave", parts=(_mesh_toe, _swoosh, _laces, _heel_counter)),
    replace(
        RUN,
        form="cup",
        sole=34,
        back=-152,
        dip=-128,
        tongue=(-66, -172),
        parts=(_toe_cap, partial(_laces, rows=7), _heel_counter, _ankle_patch),
    ),
    replace(
        RUN,
        form="stud",
        sole=18,
        back=-60,
        dip=-38,
        tongue=(-50, -80),
        toe_top=16,
        point=0.3,
        parts=(_side_bars, _laces, _heel_counter),
    ),
    replace(RUN, form="lug", sole=34, parts=(_toe_cap, _overlays, _laces), bright_sole=False),
    replace(RUN, form="runner", sole=28, parts=(_side_bars, _velcro), bright_sole=True),
    replace(
        RUN,
        form="wave",
        sole=54,
        parts=(_mesh_toe, partial(_side_bars, count=2), _laces, _pull_tab),
        toe_top=-6,
    ),
    replace(
        RUN,
        form="cup",
        sole=22,
        parts=(_swoosh, _toe_cap, _laces),
        back=-60,
        dip=-40,
        tongue=(-50, -82),
        toe_top=14,
    ),
    replace(
        RUN,
        form="runner",
        sole=42,
        tongue=(-62, -120),
        back=-112,
        dip=-92,
        parts=(_elastic, _overlays, _pull_tab, _mesh_toe),
    ),
)
FORMAL_SHOES = _made(
    replace(FORMAL, parts=(partial(_laces, rows=4, panel=True, colour=INK), _gloss)),
    replace(FORMAL, parts=(_brogue, partial(_laces, rows=4, colour=INK))),
    replace(FORMAL, parts=(_elastic, _gloss), tongue=(-26, -62), vamp=(70, 0)),
    replace(FORMAL, parts=(_moc_seam, _saddle, _gloss), tongue=(-20, -58), back=-52, dip=-28),
    replace(FORMAL, parts=(_buckle, _gloss), tongue=(-40, -70)),
    replace(
        FORMAL,
        parts=(partial(_laces, rows=6, colour=INK), _gloss),
        back=-150,
        dip=-146,
        tongue=(-76, -160),
        vamp=(60, -4),
    ),
    replace(
        FORMAL, parts=(_elastic, _zip_side, _gloss), back=-166, dip=-166, tongue=(-84, -172), vamp=(54, -8)
    ),
    replace(FORMAL, parts=(partial(_buckle, count=2), _gloss), point=1.0, toe=246),
    replace(
        FORMAL,
        parts=(_gloss,),
        point=1.2,
        toe=252,
        toe_top=30,
        tongue=(-6, -44),
        vamp=(86, 8),
        back=-50,
        dip=-22,
    ),
)

ARTICLES = (
    Article(
        "Casual Shoes",
        "shoe",
        ("plain", "plain", "leather", "melange", "denim"),
        CASUAL_SHOES,
        standing=True,
        flips=True, zoom=1.1),
    Article("Sports Shoes", "shoe", ("plain", "plain", "melange"), SPORTS_SHOES, standing=True, flips=True, zoom=1.1),
    Article(
        "Formal Shoes", "dress leather",
        ("plain", "plain", "leather", "croc"),
        FORMAL_SHOES,
        standing=True,
        flips=True, zoom=1.08),
)
