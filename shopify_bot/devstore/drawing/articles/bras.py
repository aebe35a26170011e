"""Bras, laid flat and seen from the front."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from shopify_bot.devstore.drawing.articles.innerwear import SOFT
from shopify_bot.devstore.drawing.geometry import (
    Outline,
    along,
    at,
    bezier,
    box,
    closed,
    flip,
    mirror,
    offset,
    ribbon,
    smooth,
)
from shopify_bot.devstore.drawing.palette import darker, lighter, mix, thread_of
from shopify_bot.devstore.drawing.sketch import Article, Shape, Sketch


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
        Bra(110, 124, 26, 13, apart=10, parts=(_lace_tops, _centre_bow)),
        Bra(full=True, strap=24, parts=(_racer_panel,), band=44),
        Bra(straps="halter", rise=120),
        Bra(straps="none", rise=46, parts=(_centre_bow,), band=54),
        Bra(128, 116, strap=12, straps="wide", parts=(_seams,), band=62),
        Bra(full=True, straps="cross", strap=20, parts=(_front_zip,), band=60),
        Bra(96, 70, 22, 8, apart=16, parts=(_lace_tops,)),
        Bra(104, 124, 74, 16, parts=(_seams, _centre_bow)),
    )
)


ARTICLES = (Article("Bra", "intimate", SOFT, BRAS, zoom=1.15),)
