"""Skirts, seen from the front."""

from collections.abc import Callable
from dataclasses import replace
from functools import partial

from shopify_bot.devstore.drawing.articles.dresses import FLOWING_PRINTS
from shopify_bot.devstore.drawing.articles.hanging import (
    Hang,
    draw_bow,
    draw_pleats,
    draw_skirt,
    draw_tiers,
    hem_line,
)
from shopify_bot.devstore.drawing.fabric import metal
from shopify_bot.devstore.drawing.geometry import along, bezier, box, smooth
from shopify_bot.devstore.drawing.palette import darker, thread_of
from shopify_bot.devstore.drawing.sketch import Article, Shape, Sketch


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


ARTICLES = (Article("Skirts", "fabric", (*FLOWING_PRINTS, "denim", "tartan"), SKIRTS),)
