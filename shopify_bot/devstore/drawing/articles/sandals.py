"""Sandals, flats and flip-flops seen from above at a slant, the toe to the right."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import partial

from shopify_bot.devstore.drawing.articles.pumps import (
    FLAT,
    draw_ankle_strap,
    draw_mary_jane,
    draw_nose_cap,
    draw_pumps,
    draw_studs,
    draw_toe_band,
    draw_vamp_bow,
    draw_vamp_buckle,
)
from shopify_bot.devstore.drawing.fabric import metal
from shopify_bot.devstore.drawing.geometry import (
    Outline,
    Point,
    along,
    at,
    bezier,
    box,
    closed,
    ribbon,
    shift,
    smooth,
    turn,
)
from shopify_bot.devstore.drawing.palette import INK, darker, lighter, thread_of
from shopify_bot.devstore.drawing.sketch import Article, Shape, Sketch


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
    *draw_pumps(
        replace(FLAT, point=16),
        replace(FLAT, parts=(draw_vamp_bow,), point=-16),
        replace(FLAT, point=46, lift=6, parts=(draw_nose_cap, draw_studs)),
        replace(FLAT, parts=(draw_mary_jane,), point=-10, lift=34),
        replace(FLAT, parts=(draw_vamp_buckle,), point=24, lift=22, platform=16),
        replace(FLAT, form="mule", point=-2),
        replace(FLAT, form="open", parts=(draw_toe_band, draw_ankle_strap)),
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
