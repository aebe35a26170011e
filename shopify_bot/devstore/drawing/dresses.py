"""Dresses, nightdresses and skirts, seen from the front."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import partial

from .fabric import metal
from .garment import (
    Cut,
    body_half,
    draw_back,
    draw_body,
    draw_buttons,
    draw_hem,
    draw_sleeves,
    draw_trim,
    draw_zip,
    front_neck,
)
from .geometry import Outline, along, bezier, box, flip, mirror, offset, ribbon, smooth
from .palette import WHITE, darker, lighter, thread_of
from .sketch import Article, Shape, Sketch

Front = Callable[[Sketch, "Gown"], None]


@dataclass(frozen=True)
class Hang:
    """A hanging skirt: half widths at waist and hem, the fullness of its folds."""

    waist: float = 70
    hem: float = 150
    top: float = -40
    bottom: float = 300
    folds: int = 6
    wave: float = 12
    curve: float = 0.5
    skew: float = 0


def skirt_outline(hang: Hang) -> Outline:
    reach = hang.waist + (hang.hem - hang.waist) * hang.curve
    middle = (hang.top + hang.bottom) / 2
    right = smooth((hang.waist, hang.top), (reach, middle), (hang.hem, hang.bottom))
    left = smooth((-hang.hem, hang.bottom + hang.skew), (-reach, middle), (-hang.waist, hang.top))
    return [*right, *reversed(hem_line(hang)), *left]


def hem_line(hang: Hang) -> Outline:
    """The hem from left to right, waving as many times as there are folds."""
    count = hang.folds * 2 + 1
    points = []
    for index in range(count):
        share = index / (count - 1)
        bow = hang.wave * 0.9 * (1 - (2 * share - 1) ** 2)
        wave = hang.wave * (0.5 if index % 2 else -0.5) * (0 < index < count - 1)
        points.append((-hang.hem + 2 * hang.hem * share, hang.bottom + bow + wave + hang.skew * (1 - share)))
    return smooth(*points, steps=5)


def draw_skirt(sketch: Sketch, hang: Hang) -> None:
    canvas = sketch.canvas
    canvas.fill(skirt_outline(hang), sketch.cloth, volume=0.55)
    for index in range(1, hang.folds * 2):
        share = 2 * index / (hang.folds * 2) - 1
        start = (hang.waist * share * 0.94, hang.top + 14 + 22 * (index % 3))
        end = (hang.hem * share * 0.97, hang.bottom - 2)
        bend = (start[0] + (end[0] - start[0]) * hang.curve, (start[1] + end[1]) / 2)
        light = index % 2 == 0
        canvas.crease(
            smooth(start, bend, end), 13, 0.2 if not light else 0.17, WHITE if light else (28, 26, 38)
        )


def draw_pleats(sketch: Sketch, hang: Hang, count: int = 9) -> None:
    """Sharp knife pleats from waist to hem."""
    for index in range(1, count):
        share = 2 * index / count - 1
        start, end = (hang.waist * share, hang.top + 26), (hang.hem * share, hang.bottom + hang.wave * 0.6)
        sketch.canvas.line([start, end], darker(sketch.cloth.colour, 0.42), 2)
        sketch.canvas.crease([(start[0] + 5, start[1]), (end[0] + 8, end[1])], 12, 0.3)


def draw_tiers(sketch: Sketch, hang: Hang, count: int = 3) -> None:
    """Gathered tiers, the lowest first."""
    for index in reversed(range(count)):
        low = hang.top + (hang.bottom - hang.top) * (index + 1) / count
        wide = hang.waist + (hang.hem - hang.waist) * ((index + 1) / count) ** 0.8 + 8
        part = replace(hang, bottom=low, hem=wide, folds=hang.folds + index, wave=12)
        sketch.canvas.fill(skirt_outline(part), sketch.cloth, volume=0.4, drop=5)
        level = hang.top + (hang.bottom - hang.top) * index / count
        for share in (x / (hang.folds + 1) for x in range(-hang.folds, hang.folds + 1)):
            sketch.canvas.crease([(share * wide * 0.9, level + 12), (share * wide * 0.98, low - 6)], 8, 0.22)


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
    rise = gown.skirt.top - gown.bodice.bottom
    with_place = _Raised(gown.bodice, rise)
    draw_sleeves(sketch, with_place.cut)
    draw_back(sketch, with_place.cut)
    draw_body(sketch, with_place.cut)
    for front in gown.fronts:
        front(sketch, replace(gown, bodice=with_place.cut))
    draw_trim(sketch, with_place.cut)
    _sash(sketch, gown)


@dataclass(frozen=True)
class _Placed(Cut):
    """A cut whose neck is at a given height."""

    neck_at: float = 0

    @property
    def top(self) -> float:
        return self.neck_at


class _Raised:
    """A bodice moved so that its hem meets the skirt."""

    def __init__(self, cut: Cut, rise: float) -> None:
        self.cut = _Placed(**vars(cut), neck_at=cut.top + rise)


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


def draw_bow(sketch: Sketch, x: float, y: float, size: float) -> None:
    canvas, colour = sketch.canvas, sketch.palette.second
    for side in (1, -1):
        loop = [
            (x, y),
            *smooth(
                (x, y),
                (x + side * 26 * size, y - 20 * size),
                (x + side * 46 * size, y - 8 * size),
                (x + side * 40 * size, y + 16 * size),
                (x, y),
            ),
        ]
        tail = ribbon(
            smooth((x, y), (x + side * 14 * size, y + 40 * size), (x + side * 26 * size, y + 74 * size)),
            9 * size,
            20 * size,
        )
        canvas.fill(tail, colour, volume=0.4, drop=2)
        canvas.fill(loop, colour, volume=0.6, drop=3)
    canvas.fill(box(x - 9 * size, y - 10 * size, x + 9 * size, y + 10 * size, 5), colour, volume=0.5)


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
    upper = smooth((-reach - 34, top + 4), (-reach - 20, top - 8), (0, top + 12), (reach + 20, top - 8), (reach + 34, top + 4))
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


def draw_separate(
    sketch: Sketch,
    hang: Hang,
    style: str = "folds",
    band: str = "band",
    fronts: tuple[Callable[[Sketch, Hang], None], ...] = (),
) -> None:
    """A skirt with its waistband."""
    canvas = sketch.canvas
    draw_skirt(sketch, hang)
    if style == "pleats":
        draw_pleats(sketch, hang, 11)
    elif style == "tiers":
        draw_tiers(sketch, hang)
    for front in fronts:
        front(sketch, hang)
    y, wide = hang.top, hang.waist
    inside = [
        *smooth((-wide, y - 20), (0, y - 26), (wide, y - 20)),
        *smooth((wide, y - 20), (0, y - 10), (-wide, y - 20)),
    ]
    canvas.fill(inside, darker(sketch.cloth.colour, 0.42), volume=0, edge=1.5)
    rim = smooth((-wide, y - 20), (0, y - 10), (wide, y - 20))
    low = smooth((-wide - 4, y + 12), (0, y + 22), (wide + 4, y + 12))
    canvas.fill(
        [*rim, *reversed(low)],
        sketch.palette.second if band == "contrast" else sketch.cloth,
        volume=0.35,
        drop=3,
    )
    if band == "elastic":
        for (x, v), (u, w) in zip(along(rim, 24), along(low, 24), strict=True):
            canvas.line([(x, v + 3), (u, w - 3)], darker(sketch.cloth.colour, 0.32), 1.4)
    elif band == "loops":
        for x in (-wide * 0.7, -wide * 0.25, wide * 0.25, wide * 0.7):
            canvas.fill(box(x - 5, y - 17, x + 5, y + 22, 2), sketch.cloth, volume=0.3, edge=1.4)
        canvas.dot((0, y + 3), 6.5, metal(sketch.palette.metal))
    elif band == "bow":
        draw_bow(sketch, 0, y + 4, 0.8)


def _skirt_buttons(sketch: Sketch, hang: Hang) -> None:
    sketch.canvas.fill(box(-12, hang.top, 12, hang.bottom + hang.wave), sketch.cloth, volume=0.2, edge=1.6)
    for _, y in along([(0, hang.top + 34), (0, hang.bottom - 10)], 7):
        sketch.canvas.dot((0, y), 6, sketch.palette.metal)


def _skirt_pockets(sketch: Sketch, hang: Hang) -> None:
    for side in (1, -1):
        curve = bezier(
            (side * hang.waist * 0.5, hang.top + 22),
            (side * hang.waist * 0.6, hang.top + 60),
            (side * hang.waist * 0.9, hang.top + 66),
            (side * (hang.waist + 12), hang.top + 60),
        )
        sketch.canvas.line(curve, darker(sketch.cloth.colour, 0.5), 2.2)
        sketch.canvas.stitch([(x, y + 6) for x, y in curve], thread_of(sketch.cloth.colour))
    sketch.canvas.line([(0, hang.top + 20), (0, hang.top + 110)], darker(sketch.cloth.colour, 0.5), 2)
    sketch.canvas.stitch([(x, y - 12) for x, y in hem_line(hang)], thread_of(sketch.cloth.colour))


def _slit(sketch: Sketch, hang: Hang) -> None:
    sketch.canvas.fill(
        [
            (hang.waist * 0.45, hang.bottom - 130),
            (hang.waist * 0.45 + 22, hang.bottom + 8),
            (hang.waist * 0.45 - 4, hang.bottom + 8),
        ],
        darker(sketch.cloth.colour, 0.6),
        volume=0,
        edge=1.4,
    )
    sketch.canvas.line([(0, hang.top + 20), (0, hang.bottom - 20)], darker(sketch.cloth.colour, 0.3), 1.6)


def _flounce(sketch: Sketch, hang: Hang) -> None:
    part = replace(
        hang,
        top=hang.bottom - 70,
        waist=hang.hem - 10,
        hem=hang.hem + 30,
        bottom=hang.bottom + 16,
        folds=8,
        wave=14,
        curve=0.6,
    )
    draw_skirt(sketch, part)
    sketch.canvas.line(
        [(-hang.hem + 10, part.top), (hang.hem - 10, part.top)], darker(sketch.cloth.colour, 0.45), 2
    )


def _wrap_over(sketch: Sketch, hang: Hang) -> None:
    edge = bezier(
        (hang.waist * 0.5, hang.top),
        (hang.waist * 0.5, 60),
        (-10, hang.bottom - 120),
        (-hang.hem * 0.4, hang.bottom + 4),
    )
    sketch.canvas.crease(edge, 14, 0.35)
    sketch.canvas.line(edge, darker(sketch.cloth.colour, 0.5), 2.4)


def _border(sketch: Sketch, hang: Hang) -> None:
    line = hem_line(hang)
    for rise, tall, ink in ((6, 26, sketch.palette.second), (44, 8, sketch.palette.accent)):
        sketch.canvas.fill(
            [
                *((x * 0.99, y - rise) for x, y in line),
                *reversed([(x * 0.97, y - rise - tall) for x, y in line]),
            ],
            ink,
            volume=0,
            edge=1,
        )


SKIRTS: tuple[Shape, ...] = (
    partial(draw_separate, hang=Hang(92, 170, -120, 150)),
    partial(draw_separate, hang=Hang(92, 108, -170, 190, 2, 6, 1.5), fronts=(_slit,)),
    partial(draw_separate, hang=Hang(92, 200, -100, 110, 8), style="pleats"),
    partial(draw_separate, hang=Hang(84, 220, -230, 300, 9, 20), style="tiers", band="elastic"),
    partial(draw_separate, hang=Hang(104, 142, -110, 90, 2, 8, 0.7), band="loops", fronts=(_skirt_pockets,)),
    partial(draw_separate, hang=Hang(88, 240, -120, 130, 9, 26, 0.75), band="contrast"),
    partial(draw_separate, hang=Hang(88, 186, -210, 270, 7, 18, 0.5, 50), band="bow", fronts=(_wrap_over,)),
    partial(draw_separate, hang=Hang(90, 150, -150, 190, 4), band="band", fronts=(_skirt_buttons,)),
    partial(draw_separate, hang=Hang(92, 100, -180, 130, 2, 6, 1.4), fronts=(_flounce,)),
    partial(draw_separate, hang=Hang(78, 230, -250, 310, 10, 14, 0.55), band="elastic", fronts=(_border,)),
)

_PRINTS = ("plain", "plain", "floral", "floral", "dots", "stripes", "zigzag", "paisley", "gingham")
ARTICLES = (
    Article("Dresses", "fabric", _PRINTS, DRESSES),
    Article("Nightdress", "intimate", ("plain", "dots", "floral", "lace", "stripes"), NIGHTDRESSES),
    Article("Skirts", "fabric", (*_PRINTS, "denim", "tartan"), SKIRTS),
)
