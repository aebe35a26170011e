"""Dresses and nightdresses, seen from the front."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import partial

from shopify_bot.devstore.drawing.articles.closures import draw_buttons
from shopify_bot.devstore.drawing.articles.garment import Cut, draw_back, draw_body, draw_sleeves, front_neck
from shopify_bot.devstore.drawing.articles.hanging import (
    Hang,
    draw_bow,
    draw_pleats,
    draw_skirt,
    draw_tiers,
    hem_line,
)
from shopify_bot.devstore.drawing.articles.necklines import draw_trim
from shopify_bot.devstore.drawing.fabric import metal
from shopify_bot.devstore.drawing.geometry import along, bezier, box, mirror, ribbon, smooth
from shopify_bot.devstore.drawing.palette import darker, lighter
from shopify_bot.devstore.drawing.sketch import Article, Sketch

Front = Callable[[Sketch, "Gown"], None]


@dataclass(frozen=True)
class Gown:
    """A bodice on a skirt."""

    bodice: Cut
    skirt: Hang
    sash: str = "seam"
    fronts: tuple[Front, ...] = ()
    style: str = "folds"


def draw_gown(sketch: Sketch, gown: Gown) -> None:
    draw_skirt(sketch, gown.skirt)
    if gown.style == "pleats":
        draw_pleats(sketch, gown.skirt)
    elif gown.style == "tiers":
        draw_tiers(sketch, gown.skirt)
    bodice = replace(gown.bodice, neck_at=gown.skirt.top - gown.bodice.length)
    draw_sleeves(sketch, bodice)
    draw_back(sketch, bodice)
    draw_body(sketch, bodice)
    for front in gown.fronts:
        front(sketch, replace(gown, bodice=bodice))
    draw_trim(sketch, bodice)
    _sash(sketch, gown)


def _sash(sketch: Sketch, gown: Gown) -> None:
    canvas, y, wide = sketch.canvas, gown.skirt.top, gown.skirt.waist + 2
    line = smooth((-wide, y), (0, y + 6), (wide, y))
    if gown.sash == "seam":
        canvas.line(line, darker(sketch.cloth.colour, 0.42), 2)
    elif gown.sash in ("belt", "bow"):
        canvas.fill(ribbon(line, 24), sketch.palette.second, volume=0.4, drop=3)
    if gown.sash == "belt":
        canvas.fill(box(-16, y - 12, 16, y + 22, 5), metal(sketch.palette.metal), volume=0)
        canvas.fill(box(-9, y - 5, 9, y + 15, 3), sketch.palette.second, volume=0, edge=1.2)
    elif gown.sash == "bow":
        draw_bow(sketch, 0, y + 6, 1.0)


def _straps(sketch: Sketch, gown: Gown) -> None:
    cut = gown.bodice
    for side in (1, -1):
        x, y = side * cut.neck * 0.99, cut.top
        sketch.canvas.fill(
            ribbon(smooth((x, y + 16), (x - side * 6, y - 36), (x - side * 14, y - 78)), 9),
            sketch.cloth,
            volume=0.3,
            edge=1.5,
        )


def _halter(sketch: Sketch, gown: Gown) -> None:
    cut = gown.bodice
    for side in (1, -1):
        sketch.canvas.fill(
            ribbon(
                bezier(
                    (side * cut.neck, cut.top + 12),
                    (side * cut.neck, cut.top - 40),
                    (side * 30, cut.top - 70),
                    (0, cut.top - 78),
                ),
                22,
                10,
            ),
            sketch.cloth,
            volume=0.4,
            edge=1.5,
        )


def _wrap(sketch: Sketch, gown: Gown) -> None:
    cut = gown.bodice
    edge = bezier(
        (-cut.neck, cut.top),
        (-cut.neck * 0.6, cut.top + 70),
        (cut.waist * 0.3, cut.bottom - 40),
        (cut.waist, cut.bottom),
    )
    sketch.canvas.line(edge, darker(sketch.cloth.colour, 0.45), 2.2)
    sketch.canvas.crease(edge, 12, 0.3)
    sketch.canvas.line(
        smooth(
            (gown.skirt.waist * 0.8, gown.skirt.top),
            (20, gown.skirt.bottom - 90),
            (-30, gown.skirt.bottom + 6),
        ),
        darker(sketch.cloth.colour, 0.45),
        2.2,
    )


def _buttons(sketch: Sketch, gown: Gown) -> None:
    full = replace(gown.bodice, length=gown.skirt.bottom - gown.bodice.top, hem_drop=gown.skirt.wave)
    draw_buttons(sketch, full, 1.0, 9, 12)


def _lace_yoke(sketch: Sketch, gown: Gown) -> None:
    cut = gown.bodice
    low = cut.top + cut.depth + 54
    half = [*front_neck(cut), cut.tip, (cut.tip[0] - 14, low), (0, low + 14)]
    sketch.canvas.fill(mirror(half), lighter(sketch.cloth.colour, 0.4), volume=0.2, edge=1.5)
    for point in along(smooth((-cut.tip[0] + 16, low), (0, low + 14), (cut.tip[0] - 16, low)), 13):
        sketch.canvas.dot(point, 7, lighter(sketch.cloth.colour, 0.5), 1.2)


def _hem_band(sketch: Sketch, gown: Gown) -> None:
    line = hem_line(gown.skirt)
    sketch.canvas.fill(
        [*line, *reversed([(x * 0.985, y - 34) for x, y in line])],
        sketch.palette.second,
        volume=0.2,
        edge=1.4,
    )


def _shoulders(sketch: Sketch, gown: Gown) -> None:
    """A wide frill over bare shoulders."""
    cut = gown.bodice
    top, reach = cut.top + 26, cut.shoulder
    upper = smooth(
        (-reach - 34, top + 4),
        (-reach - 20, top - 8),
        (0, top + 12),
        (reach + 20, top - 8),
        (reach + 34, top + 4),
    )
    across = along([(reach + 44, 0), (-reach - 44, 0)], 13)
    lower = [(x, top + 62 + (8 if n % 2 else -4)) for n, (x, _) in enumerate(across)]
    sketch.canvas.fill([*upper, *smooth(*lower, steps=4)], sketch.cloth, volume=0.6, drop=5)


BODICE = Cut(
    length=210,
    shoulder=96,
    chest=100,
    waist=76,
    hem=74,
    waist_at=0.92,
    neck=50,
    depth=50,
    hem_drop=4,
    trim="edge",
)


BARE = replace(BODICE, shoulder=80, neck=66, depth=10, trim="none", neckline="heart", length=160)


DRESSES = tuple(
    partial(draw_gown, gown=gown)
    for gown in (
        Gown(replace(BODICE, sleeve=0, shoulder=82), Hang(74, 168, -70, 270)),
        Gown(replace(BODICE, sleeve=88, cuff=36, spread=36), Hang(74, 190, -70, 250, 7), "belt"),
        Gown(replace(BARE, depth=18), Hang(74, 210, -110, 280, 8, 18), "bow", (_straps,)),
        Gown(
            replace(BODICE, sleeve=230, cuff=25, spread=20, depth=90, neckline="vee", trim="none"),
            Hang(76, 140, -60, 260, 4),
            "bow",
            (_wrap,),
        ),
        Gown(replace(BODICE, sleeve=0, shoulder=86, depth=40), Hang(76, 92, -70, 220, 2, 6, 1.35), "seam"),
        Gown(
            replace(BARE, neckline="vee", depth=60),
            Hang(72, 176, -130, 330, 7, 16),
            "seam",
            (_halter, _hem_band),
        ),
        Gown(
            replace(BODICE, sleeve=120, cuff=34, spread=30, trim="collar", depth=26, neck=44),
            Hang(78, 150, -60, 270, 5),
            "belt",
            (_buttons,),
        ),
        Gown(replace(BARE, length=170), Hang(74, 170, -100, 250, 6), "seam", (_shoulders,), "tiers"),
        Gown(
            replace(BODICE, sleeve=60, cuff=36, spread=50, sleeve_form="puff", neckline="square", depth=52),
            Hang(74, 176, -80, 180, 7, 14),
            "seam",
            (),
            "pleats",
        ),
        Gown(
            replace(BODICE, sleeve=250, cuff=34, spread=24, sleeve_form="bell", depth=44),
            Hang(74, 200, -80, 340, 8, 18),
            "seam",
            (_lace_yoke,),
            "tiers",
        ),
    )
)


NIGHTDRESSES = tuple(
    partial(draw_gown, gown=gown)
    for gown in (
        Gown(
            replace(BARE, neckline="vee", depth=44, length=150, hem=96, waist=94),
            Hang(96, 134, -130, 140, 5),
            "seam",
            (_straps, _hem_band),
        ),
        Gown(
            replace(BODICE, sleeve=100, cuff=42, spread=36, hem=110, waist=104, length=190),
            Hang(110, 160, -110, 230, 6),
            "seam",
        ),
        Gown(
            replace(
                BODICE, sleeve=240, cuff=34, spread=22, hem=116, waist=108, trim="collar", depth=28, neck=44
            ),
            Hang(116, 150, -90, 260, 4),
            "none",
            (_buttons,),
        ),
        Gown(
            replace(BODICE, sleeve=0, shoulder=80, hem=100, waist=92, length=150),
            Hang(100, 170, -150, 300, 8, 16),
            "bow",
        ),
        Gown(
            replace(BARE, length=130, hem=92, waist=90),
            Hang(92, 150, -130, 110, 6),
            "bow",
            (_straps,),
            "tiers",
        ),
        Gown(
            replace(
                BODICE,
                sleeve=90,
                cuff=40,
                sleeve_form="puff",
                spread=46,
                hem=104,
                waist=96,
                length=150,
                neckline="square",
            ),
            Hang(104, 186, -130, 300, 8),
            "seam",
            (_lace_yoke,),
        ),
        Gown(
            replace(
                BODICE,
                sleeve=130,
                cuff=56,
                spread=44,
                hem=126,
                waist=122,
                chest=124,
                length=190,
                depth=80,
                neckline="vee",
            ),
            Hang(126, 138, -90, 170, 3, 6),
            "none",
        ),
        Gown(
            replace(BARE, neckline="vee", depth=70, length=160, hem=90, waist=86),
            Hang(90, 150, -120, 330, 7, 14),
            "belt",
            (_halter,),
        ),
    )
)


FLOWING_PRINTS = ("plain", "plain", "floral", "floral", "dots", "stripes", "zigzag", "paisley", "gingham")


ARTICLES = (
    Article("Dresses", "fabric", FLOWING_PRINTS, DRESSES),
    Article("Nightdress", "intimate", ("plain", "dots", "floral", "lace", "stripes"), NIGHTDRESSES),
)
