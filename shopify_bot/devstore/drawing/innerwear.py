"""Bras, briefs, trunks and vests, laid flat and seen from the front."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import partial

from .garment import Cut
from .geometry import Outline, along, at, bezier, box, closed, flip, mirror, offset, ribbon, smooth
from .palette import darker, lighter, mix, thread_of
from .sketch import Article, Shape, Sketch
from .tops import Make, draw_make


@dataclass(frozen=True)
class Bra:
    """Cup width and height, how far up the straps go and what is on it."""

    cup: float = 118
    rise: float = 96
    band: float = 34
    strap: float = 15
    straps: str = "straight"
    apart: float = 6
    parts: tuple[Callable[[Sketch, "Bra"], None], ...] = ()
    full: bool = False


def draw_bra(sketch: Sketch, bra: Bra) -> None:
    canvas, cloth = sketch.canvas, sketch.cloth
    low, wide = 90.0, bra.cup * 1.72
    _bra_straps(sketch, bra, back=True)
    wing = [
        (bra.cup * 1.3, low - 58),
        *smooth((bra.cup * 1.3, low - 70), (wide, low - 40), (wide + 26, low - 22)),
        (wide + 24, low + 18),
        *smooth((wide, low + bra.band - 4), (bra.cup, low + bra.band), (0, low + bra.band)),
    ]
    canvas.fill(
        mirror([(0, low - 20), *wing]),
        darker(cloth.colour, 0.08) if cloth.pattern == "plain" else cloth,
        volume=0.4,
    )
    if bra.full:
        body = mirror(
            [
                (0, -30),
                *bezier((0, -30), (50, -34), (64, -100), (bra.cup * 0.64, -bra.rise - 50)),
                (bra.cup * 0.64 + 34, -bra.rise - 56),
                *bezier(
                    (bra.cup * 0.64 + 34, -bra.rise - 50),
                    (bra.cup * 1.1, -60),
                    (bra.cup * 1.3, -30),
                    (bra.cup * 1.52, 0),
                ),
                (bra.cup * 1.56, low),
                (0, low + 8),
            ]
        )
        canvas.fill(body, cloth, volume=0.6)
        for side in (-1, 1):
            canvas.crease(
                closed((side * 40, 60), (side * bra.cup * 0.7, 76), (side * bra.cup * 1.3, 40)), 12, 0.16
            )
    else:
        for side in (1, -1):
            canvas.fill(_cup(bra, side, low), cloth, volume=0.95, drop=3)
            canvas.stitch(offset(_cup(bra, side, low)[4:26], side * 7), thread_of(cloth.colour), 1.5)
    _bra_straps(sketch, bra, back=False)
    canvas.fill(
        [
            *smooth((-bra.cup * 1.5, low + 6), (0, low + 12), (bra.cup * 1.5, low + 6)),
            *smooth(
                (bra.cup * 1.5, low + bra.band), (0, low + bra.band + 6), (-bra.cup * 1.5, low + bra.band)
            ),
        ],
        mix(cloth.colour, sketch.palette.second, 0.15),
        volume=0.4,
    )
    for part in bra.parts:
        part(sketch, bra)


def _cup(bra: Bra, side: int, low: float) -> Outline:
    a, c, h = bra.apart, bra.cup, bra.rise
    cup = [
        *smooth((a, 40), (a + c * 0.3, -10), (a + c * 0.66, -h * 0.7), (a + c * 0.9, -h)),
        *smooth((a + c * 0.9, -h), (c * 1.34, -20), (c * 1.52, low - 46)),
        *smooth((c * 1.52, low - 46), (c * 1.2, low + 10), (c * 0.6, low + 18), (a + 8, low - 10), (a, 40)),
    ]
    return cup if side > 0 else flip(cup)


def _bra_straps(sketch: Sketch, bra: Bra, back: bool) -> None:
    top, x = (-250.0, bra.apart + bra.cup * 0.9)
    for side in (1, -1):
        start = (side * x, -bra.rise - (40 if bra.full else 0) + 10)
        if bra.straps == "none":
            return
        ends = {
            "straight": (side * (x - 10), top),
            "halter": (side * 16, top),
            "cross": (-side * 60, top),
            "wide": (side * (x - 6), top),
        }[bra.straps]
        if back:
            far = smooth((ends[0], ends[1] + 4), (ends[0] + side * 12, top + 60), (side * bra.cup * 1.5, 20))
            sketch.canvas.fill(
                ribbon(far, bra.strap * 0.8), darker(sketch.cloth.colour, 0.28), volume=0.2, edge=1.5
            )
        else:
            near = smooth(start, ((start[0] + ends[0]) / 2, (start[1] + top) / 2), ends)
            wide = bra.strap * (2.2 if bra.straps == "wide" else 1)
            sketch.canvas.fill(ribbon(near, wide), sketch.cloth, volume=0.3, edge=1.7)
            spot = at(near, 0.5)
            sketch.canvas.fill(
                box(spot[0] - wide * 0.7, spot[1] - 5, spot[0] + wide * 0.7, spot[1] + 5, 3),
                sketch.palette.metal,
                volume=0,
                edge=1.2,
            )


def _centre_bow(sketch: Sketch, bra: Bra) -> None:
    for side in (-1, 1):
        sketch.canvas.fill(
            closed((0, 52), (side * 22, 38), (side * 26, 62)), sketch.palette.second, volume=0.4, edge=1.4
        )
    sketch.canvas.dot((0, 52), 6, sketch.palette.second)


def _lace_tops(sketch: Sketch, bra: Bra) -> None:
    for side in (-1, 1):
        line = smooth(
            (side * bra.apart, 40),
            (side * (bra.apart + bra.cup * 0.3), -10),
            (side * (bra.apart + bra.cup * 0.9), -bra.rise),
        )
        for point in along(line, 9):
            sketch.canvas.dot(
                (point[0] + side * 8, point[1] + 6),
                13,
                lighter(mix(sketch.cloth.colour, sketch.palette.second, 0.3), 0.25),
                1.3,
            )


def _seams(sketch: Sketch, bra: Bra) -> None:
    for side in (-1, 1):
        sketch.canvas.line(
            smooth((side * bra.apart, 44), (side * bra.cup * 0.76, 4), (side * bra.cup * 1.46, 30)),
            darker(sketch.cloth.colour, 0.35),
            2,
        )
        sketch.canvas.line(
            smooth((side * bra.cup * 0.76, 4), (side * bra.cup * 0.8, 50), (side * bra.cup * 0.78, 104)),
            darker(sketch.cloth.colour, 0.35),
            2,
        )


def _racer_panel(sketch: Sketch, bra: Bra) -> None:
    for side in (-1, 1):
        sketch.canvas.fill(
            ribbon(
                smooth(
                    (side * bra.cup * 0.8, -bra.rise - 10),
                    (side * bra.cup * 1.12, -30),
                    (side * bra.cup * 1.42, 70),
                ),
                24,
            ),
            sketch.palette.second,
            volume=0.4,
        )


def _front_zip(sketch: Sketch, bra: Bra) -> None:
    sketch.canvas.line([(0, -26), (0, 120)], darker(sketch.cloth.colour, 0.5), 9)
    sketch.canvas.stitch([(0, -26), (0, 120)], sketch.palette.metal, 4, 5)


BRAS: tuple[Shape, ...] = tuple(
    partial(draw_bra, bra=bra)
    for bra in (
        Bra(),
        Bra(parts=(_lace_tops, _centre_bow)),
        Bra(full=True, strap=24, parts=(_racer_panel,), band=44),
        Bra(straps="halter", rise=120),
        Bra(straps="none", rise=46, parts=(_centre_bow,), band=54),
        Bra(128, 116, strap=12, straps="wide", parts=(_seams,), band=62),
        Bra(full=True, straps="cross", strap=20, parts=(_front_zip,), band=60),
        Bra(96, 70, 22, 8, apart=16, parts=(_lace_tops,)),
        Bra(104, 124, 74, 16, parts=(_seams, _centre_bow)),
    )
)


@dataclass(frozen=True)
class Brief:
    """Half width at the waist, height of the side and depth of the crotch."""

    wide: float = 186
    side: float = 90
    deep: float = 250
    leg: float = 0.5
    band: float = 36
    low_waist: float = 14
    parts: tuple[Callable[[Sketch, "Brief"], None], ...] = ()
    legs: float = 0


def draw_brief(sketch: Sketch, brief: Brief) -> None:
    canvas, cloth = sketch.canvas, sketch.cloth
    top = -brief.deep / 2
    w, low = brief.wide, top + brief.deep
    rim = [
        (0, top + brief.low_waist),
        *bezier((0, top + brief.low_waist), (w * 0.5, top + brief.low_waist), (w * 0.8, top + 4), (w, top)),
    ]
    if brief.legs:
        half = [
            *rim,
            *smooth((w, top), (w * 1.08, top + brief.side), (w * 1.04, low + brief.legs)),
            *smooth((30, low + brief.legs + 12), (14, low + 10), (0, low - 4)),
        ]
    else:
        half = [
            *rim,
            (w + 4, top + brief.side),
            *bezier(
                (w + 4, top + brief.side), (w * brief.leg, top + brief.side + 16), (64, low - 80), (46, low)
            ),
            (0, low + 6),
        ]
    back = mirror(
        [
            (0, top - 10),
            *bezier((0, top - 10), (w * 0.5, top - 10), (w * 0.8, top - 6), (w, top)),
            (w * 0.6, top + 40),
            (0, top + 40),
        ]
    )
    canvas.fill(back, darker(cloth.colour, 0.35), volume=0.2)
    canvas.fill(mirror(half), cloth, volume=0.75)
    low_rim = [(x * 1.004, y + brief.band) for x, y in rim]
    if brief.band:
        surface = sketch.palette.second if brief.band > 30 else darker(cloth.colour, 0.12)
        canvas.fill([*flip(rim[::-1]), *rim, *reversed(low_rim), *flip(low_rim)], surface, volume=0.4)
        canvas.line(
            [
                *flip([(x, y - brief.band * 0.45) for x, y in low_rim][::-1]),
                *[(x, y - brief.band * 0.45) for x, y in low_rim],
            ],
            lighter(surface, 0.4),
            3,
        )
    hem = half[len(rim) : -1]
    for side in (1, -1):
        edge = offset(hem if side > 0 else flip(hem), 9 * side)
        canvas.stitch(edge, thread_of(cloth.colour), 1.6)
    for part in brief.parts:
        part(sketch, brief)


def _pouch(sketch: Sketch, brief: Brief) -> None:
    top, low = -brief.deep / 2 + brief.low_waist + brief.band, brief.deep / 2
    for side in (1, -1):
        sketch.canvas.line(
            smooth((side * 60, top), (side * 66, (top + low) / 2), (side * 30, low - 6)),
            darker(sketch.cloth.colour, 0.4),
            2.2,
        )
    sketch.canvas.crease(smooth((-40, low - 50), (0, low - 30), (40, low - 50)), 14, 0.25)
    sketch.canvas.line([(8, top), (14, (top + low) / 2 + 10)], darker(sketch.cloth.colour, 0.4), 2)


def _y_front(sketch: Sketch, brief: Brief) -> None:
    top, low = -brief.deep / 2 + brief.low_waist + brief.band, brief.deep / 2
    for line in (
        smooth((0, low), (0, (top + low) / 2), (60, top)),
        smooth((0, (top + low) / 2 + 20), (-20, (top + low) / 2 - 20), (-60, top)),
    ):
        sketch.canvas.fill(ribbon(line, 12), sketch.palette.second, volume=0.3, edge=1.5)


def _brief_bow(sketch: Sketch, brief: Brief) -> None:
    y = -brief.deep / 2 + brief.low_waist + 8
    for side in (-1, 1):
        sketch.canvas.fill(
            closed((0, y), (side * 28, y - 15), (side * 32, y + 15)),
            sketch.palette.second,
            volume=0.4,
            edge=1.4,
        )
    sketch.canvas.dot((0, y), 7, sketch.palette.second)


def _lace_sides(sketch: Sketch, brief: Brief) -> None:
    top = -brief.deep / 2
    for side in (-1, 1):
        part = [
            (side * brief.wide, top),
            (side * brief.wide * 0.62, top + 6),
            (side * brief.wide * 0.6, top + brief.side + 10),
            (side * (brief.wide + 4), top + brief.side),
        ]
        sketch.canvas.fill(
            part, lighter(mix(sketch.cloth.colour, sketch.palette.second, 0.35), 0.2), volume=0.3
        )
        for x, y in along(
            [(side * brief.wide * 0.6, top + brief.side + 10), (side * (brief.wide + 4), top + brief.side)], 7
        ):
            sketch.canvas.dot(
                (x, y), 11, lighter(mix(sketch.cloth.colour, sketch.palette.second, 0.35), 0.3), 1.2
            )


def _side_strings(sketch: Sketch, brief: Brief) -> None:
    top = -brief.deep / 2
    for side in (-1, 1):
        for dx in (30, 52):
            sketch.canvas.line(
                smooth(
                    (side * brief.wide, top + 12),
                    (side * (brief.wide + dx), top - 20 + dx),
                    (side * (brief.wide + dx * 0.6), top + 90),
                ),
                sketch.palette.second,
                6,
            )


BRIEFS: tuple[Shape, ...] = tuple(
    partial(draw_brief, brief=brief)
    for brief in (
        Brief(parts=(_pouch,)),
        Brief(parts=(_y_front,), side=110, deep=290),
        Brief(196, 44, 220, 0.4, 16, 30, (_brief_bow,)),
        Brief(170, 150, 330, 0.5, 24, 6),
        Brief(190, 70, 230, 0.42, 18, 40, (_lace_sides, _brief_bow)),
        Brief(184, 22, 220, 0.26, 14, 40, (_side_strings,)),
        Brief(176, 130, 220, 0.6, 40, 12, (_pouch,), 14),
        Brief(200, 110, 230, 0.7, 0, 18, (_lace_sides,)),
    )
)
TRUNKS: tuple[Shape, ...] = tuple(
    partial(draw_brief, brief=brief)
    for brief in (
        Brief(170, 150, 230, 0.5, 44, 12, (_pouch,), 40),
        Brief(164, 150, 230, 0.5, 40, 10, (_pouch,), 130),
        Brief(176, 150, 220, 0.5, 20, 12, (_y_front,), 60),
        Brief(186, 150, 250, 0.5, 44, 12, (), 90),
        Brief(160, 130, 190, 0.5, 56, 8, (_pouch,), 30),
        Brief(158, 150, 220, 0.5, 30, 8, (_y_front,), 180),
        Brief(178, 120, 200, 0.5, 36, 30, (_pouch,), 20),
        Brief(170, 150, 300, 0.5, 40, 6, (), 60),
    )
)

VEST = Cut(length=500, shoulder=88, chest=118, waist=112, hem=118, neck=64, depth=110, trim="edge")


def _panel_seams(sketch: Sketch, cut: Cut) -> None:
    for side in (-1, 1):
        sketch.canvas.line(
            smooth((side * cut.neck, cut.top + 60), (side * 50, 0), (side * 60, cut.bottom)),
            darker(sketch.cloth.colour, 0.35),
            2,
        )


def _bib(sketch: Sketch, cut: Cut) -> None:
    sketch.canvas.fill(
        ribbon(
            smooth((-cut.chest + 8, cut.top + 160), (0, cut.top + 172), (cut.chest - 8, cut.top + 160)), 26
        ),
        sketch.palette.second,
        volume=0.2,
    )


VESTS: tuple[Shape, ...] = tuple(
    partial(draw_make, make=make)
    for make in (
        Make(VEST),
        Make(replace(VEST, neckline="vee", depth=130)),
        Make(replace(VEST, shoulder=62, neck=48, depth=150, chest=112)),
        Make(replace(VEST, shoulder=112, neck=56, depth=50, sleeve=80, cuff=42, spread=40)),
        Make(replace(VEST, trim="contrast", length=440, waist=96, hem=112), "band"),
        Make(replace(VEST, neckline="square", depth=90), "stitch", (_panel_seams,)),
        Make(replace(VEST, length=560, hem_drop=40), "stitch", (_bib,)),
        Make(replace(VEST, shoulder=100, neck=50, depth=44, length=400, hem=130, chest=126), "rib"),
    )
)

_SOFT = ("plain", "plain", "plain", "lace", "dots")
ARTICLES = (
    Article("Bra", "intimate", _SOFT, BRAS, zoom=1.15),
    Article("Briefs", "intimate", ("plain", "plain", "melange", "dots", "stripes"), BRIEFS, zoom=1.15),
    Article("Trunk", "active", ("plain", "plain", "melange", "stripes", "zigzag"), TRUNKS, zoom=1.15),
    Article("Innerwear Vests", "intimate", ("plain", "plain", "rib", "melange"), VESTS),
)
