"""Briefs, trunks and vests, laid flat and seen from the front."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import partial

from shopify_bot.devstore.drawing.articles.garment import Cut
from shopify_bot.devstore.drawing.articles.tops import Make, draw_make
from shopify_bot.devstore.drawing.geometry import along, bezier, closed, flip, mirror, offset, ribbon, smooth
from shopify_bot.devstore.drawing.palette import darker, lighter, mix, thread_of
from shopify_bot.devstore.drawing.sketch import Article, Shape, Sketch


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
        Make(replace(VEST, neckline="vee", depth=136, length=550, waist=102, hem=108)),
        Make(replace(VEST, shoulder=62, neck=48, depth=150, chest=112)),
        Make(replace(VEST, shoulder=112, neck=56, depth=50, sleeve=80, cuff=42, spread=40)),
        Make(replace(VEST, trim="contrast", length=440, waist=96, hem=112), "band"),
        Make(
            replace(VEST, neckline="square", depth=90, length=430, shoulder=80, waist=98, hem=104),
            "stitch",
            (_panel_seams,),
        ),
        Make(replace(VEST, length=560, hem_drop=40), "stitch", (_bib,)),
        Make(replace(VEST, shoulder=100, neck=50, depth=44, length=400, hem=130, chest=126), "rib"),
    )
)


SOFT = ("plain", "plain", "plain", "lace", "dots")


ARTICLES = (
    Article("Briefs", "intimate", ("plain", "plain", "melange", "dots", "stripes"), BRIEFS, zoom=1.15),
    Article("Trunk", "active", ("plain", "plain", "melange", "stripes", "zigzag"), TRUNKS, zoom=1.15),
    Article("Innerwear Vests", "intimate", ("plain", "plain", "rib", "melange"), VESTS),
)
