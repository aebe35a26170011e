"""Handbags and clutches, seen from the front."""

from functools import partial

from shopify_bot.devstore.drawing.articles.bag import (
    Bag,
    draw_arch,
    draw_bag,
    draw_belts,
    draw_flap,
    draw_long_strap,
    draw_outer_pocket,
    draw_panel,
    draw_zip_top,
)
from shopify_bot.devstore.drawing.fabric import metal
from shopify_bot.devstore.drawing.geometry import bezier, box, ellipse, ribbon, smooth
from shopify_bot.devstore.drawing.palette import darker
from shopify_bot.devstore.drawing.sketch import Article, Shape, Sketch


def _tag(sketch: Sketch, bag: Bag) -> None:
    y = bag.high + 46
    sketch.canvas.line([(46, y - 10), (66, y + 26)], darker(sketch.cloth.colour, 0.4), 3)
    sketch.canvas.fill(box(52, y + 22, 86, y + 76, 8), sketch.palette.second, volume=0.4, drop=5)


def _gather(sketch: Sketch, bag: Bag) -> None:
    """The folds of a soft hobo bag."""
    for share in (-0.8, -0.5, -0.22, 0.08, 0.36, 0.66, 0.88):
        start = (bag.top * share, bag.high + 26)
        sketch.canvas.crease(
            smooth(
                start, (bag.bottom * share * 0.9, bag.high + 90), (bag.bottom * share * 0.95, bag.high + 150)
            ),
            13,
            0.3,
        )
    sketch.canvas.fill(
        [
            (-bag.top - 2, bag.high),
            (bag.top + 2, bag.high),
            (bag.top + 5, bag.high + 30),
            (-bag.top - 5, bag.high + 30),
        ],
        sketch.palette.second,
        volume=0.4,
        drop=3,
    )


def _open_top(sketch: Sketch, bag: Bag) -> None:
    rim = ellipse(0, bag.high + 1, bag.top - 3, 17)
    sketch.canvas.fill(rim, darker(sketch.palette.second, 0.35), volume=0.3)


def _weave(sketch: Sketch, bag: Bag) -> None:
    for y in range(int(bag.high) + 28, int(bag.low) - 8, 22):
        sketch.canvas.line([(-bag.top + 2, y), (bag.top - 2, y)], darker(sketch.cloth.colour, 0.28), 2)
        for x in range(-int(bag.top) + 14 + 14 * ((y // 22) % 2), int(bag.top) - 10, 28):
            sketch.canvas.line([(x, y), (x, y + 22)], darker(sketch.cloth.colour, 0.28), 2)


def _frame(sketch: Sketch, bag: Bag) -> None:
    """A metal frame with a kiss lock."""
    bar = [
        *bezier(
            (-bag.top - 3, bag.high + 46),
            (-bag.top - 3, bag.high),
            (-bag.top + 10, bag.high - 4),
            (-bag.top + 44, bag.high - 4),
        ),
        *bezier(
            (bag.top - 44, bag.high - 4),
            (bag.top - 10, bag.high - 4),
            (bag.top + 3, bag.high),
            (bag.top + 3, bag.high + 46),
        ),
    ]
    sketch.canvas.fill(ribbon(bar, 15), metal(sketch.palette.metal, across=False), volume=0, drop=3)
    for x in (-10, 10):
        sketch.canvas.dot((x, bag.high - 18), 11, metal(sketch.palette.metal))


HANDBAGS: tuple[Shape, ...] = tuple(
    partial(draw_bag, bag=bag)
    for bag in (
        Bag(behind=(partial(draw_arch, back=True),), parts=(draw_zip_top, draw_arch, _tag)),
        Bag(
            170,
            140,
            -40,
            200,
            20,
            8,
            0,
            behind=(partial(draw_arch, wide=70, tall=210, back=True), _open_top),
            parts=(partial(draw_arch, wide=70, tall=210, thick=13),),
        ),
        Bag(
            140,
            150,
            -40,
            150,
            30,
            26,
            behind=(partial(draw_long_strap, tall=270),),
            parts=(partial(draw_flap, depth=0.66),),
        ),
        Bag(
            120,
            196,
            -20,
            190,
            100,
            40,
            24,
            behind=(partial(draw_long_strap, tall=190, thick=24),),
            parts=(_gather,),
        ),
        Bag(
            186,
            176,
            -20,
            150,
            60,
            56,
            10,
            behind=(partial(draw_arch, wide=76, tall=110, back=True),),
            parts=(
                draw_zip_top,
                partial(draw_outer_pocket, share=0.42, inset=70),
                partial(draw_arch, wide=76, tall=110),
            ),
        ),
        Bag(
            110,
            170,
            -70,
            190,
            26,
            10,
            0,
            behind=(partial(draw_arch, wide=52, tall=90, back=True),),
            parts=(partial(draw_panel, share=0.62), partial(draw_arch, wide=52, tall=90, thick=18)),
        ),
        Bag(
            144,
            144,
            -60,
            130,
            16,
            16,
            0,
            behind=(partial(draw_long_strap, tall=250, chain=True),),
            parts=(partial(draw_flap, depth=0.74, form="point"),),
        ),
        Bag(
            128,
            112,
            -30,
            190,
            46,
            8,
            0,
            behind=(partial(draw_arch, wide=96, tall=190, back=True), _open_top),
            parts=(_weave, partial(draw_arch, wide=96, tall=190, thick=12)),
        ),
        Bag(
            150,
            178,
            -50,
            180,
            70,
            26,
            12,
            behind=(partial(draw_arch, wide=90, tall=140, back=True),),
            parts=(draw_belts, _frame, partial(draw_arch, wide=90, tall=140, thick=14)),
        ),
    )
)


CLUTCHES: tuple[Shape, ...] = tuple(
    partial(draw_bag, bag=bag)
    for bag in (
        Bag(212, 212, -66, 84, 10, 10, 0, parts=(partial(draw_flap, depth=0.6, form="square"),)),
        Bag(212, 212, -66, 84, 10, 10, 0, parts=(partial(draw_flap, depth=0.86, form="point"),)),
        Bag(190, 206, -80, 90, 40, 26, 0, parts=(_gather, _frame)),
        Bag(216, 176, -70, 84, 30, 6, -8, parts=(partial(draw_panel, share=0.5),)),
        Bag(
            196,
            196,
            -76,
            92,
            80,
            76,
            12,
            behind=(partial(draw_long_strap, tall=120, chain=True),),
            parts=(partial(draw_flap, depth=0.9),),
        ),
        Bag(
            200,
            200,
            -74,
            86,
            14,
            14,
            0,
            parts=(draw_zip_top, partial(draw_outer_pocket, share=0.44, inset=90)),
        ),
        Bag(176, 222, -62, 84, 26, 12, -6, parts=(partial(draw_flap, depth=0.52), draw_belts)),
        Bag(150, 150, -110, 110, 140, 130, 16, parts=(_frame,)),
        Bag(
            206,
            206,
            -70,
            80,
            8,
            8,
            0,
            behind=(partial(draw_arch, wide=196, tall=14, thick=12, back=True),),
            parts=(_weave, _frame),
        ),
    )
)


ARTICLES = (
    Article(
        "Handbags",
        "bag",
        ("plain", "plain", "leather", "croc", "quilt", "floral"),
        HANDBAGS,
        standing=True,
        zoom=1.14,
    ),
    Article(
        "Clutches", "lady", ("plain", "plain", "croc", "quilt", "lace", "zigzag"), CLUTCHES, standing=True
    ),
)
