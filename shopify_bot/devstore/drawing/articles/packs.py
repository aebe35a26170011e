"""Backpacks and duffel bags, seen from the front."""

from functools import partial

from shopify_bot.devstore.drawing.articles.bag import (
    Bag,
    draw_arch,
    draw_bag,
    draw_belts,
    draw_flap,
    draw_outer_pocket,
    draw_panel,
    draw_zip_top,
)
from shopify_bot.devstore.drawing.fabric import metal
from shopify_bot.devstore.drawing.geometry import bezier, box, closed, mirror, ribbon, smooth
from shopify_bot.devstore.drawing.palette import darker, lighter
from shopify_bot.devstore.drawing.sketch import Article, Shape, Sketch


def _pack_straps(sketch: Sketch, bag: Bag) -> None:
    """The shoulder straps behind, and the loop on top."""
    for side in (1, -1):
        path = bezier(
            (side * bag.top * 0.5, bag.high + 6),
            (side * (bag.bottom + 52), bag.high + 30),
            (side * (bag.bottom + 66), bag.low - 120),
            (side * (bag.bottom - 14), bag.low - 20),
        )
        sketch.canvas.fill(ribbon(path, 28, 20), darker(sketch.cloth.colour, 0.35), volume=0.6)
    loop = bezier((-34, bag.high + 10), (-34, bag.high - 56), (34, bag.high - 56), (34, bag.high + 10))
    sketch.canvas.fill(ribbon(loop, 15), darker(sketch.cloth.colour, 0.3), volume=0.4)


def _pack_zip(sketch: Sketch, bag: Bag, drop: float = 150) -> None:
    x = bag.top - 20
    line = [
        *bezier(
            (-x - 6, bag.high + drop), (-x, bag.high + 20), (-x * 0.8, bag.high + 26), (0, bag.high + 26)
        ),
        *bezier((0, bag.high + 26), (x * 0.8, bag.high + 26), (x, bag.high + 20), (x + 6, bag.high + drop)),
    ]
    sketch.canvas.line(line, darker(sketch.cloth.colour, 0.5), 9)
    sketch.canvas.stitch(line, lighter(sketch.palette.metal, 0.2), 3.6, 5)
    sketch.canvas.fill(
        box(x - 2, bag.high + drop - 40, x + 8, bag.high + drop - 6, 4),
        sketch.palette.accent,
        volume=0,
        edge=1.2,
    )


def _round_pocket(sketch: Sketch, bag: Bag, share: float = 0.54) -> None:
    y = bag.high + (bag.low - bag.high) * share
    wide = bag.bottom - 34
    sketch.canvas.fill(
        mirror(
            [
                (0, y),
                *bezier((wide * 0.5, y), (wide, y), (wide, y + 26), (wide, y + 70), 8),
                (wide + 2, bag.low - 40),
                (wide - 24, bag.low - 18),
                (0, bag.low - 18),
            ]
        ),
        sketch.cloth,
        volume=0.6,
        drop=5,
    )
    line = bezier((-wide + 8, y + 64), (-wide * 0.9, y + 6), (wide * 0.9, y + 6), (wide - 8, y + 64))
    sketch.canvas.line(line, darker(sketch.cloth.colour, 0.5), 7)
    sketch.canvas.stitch(line, sketch.palette.metal, 3, 5)
    sketch.canvas.fill(box(-30, y + 74, 30, y + 104, 6), sketch.palette.second, volume=0.2, edge=1.5)


def _second_pocket(sketch: Sketch, bag: Bag) -> None:
    wide = bag.top - 36
    y = bag.high + 92
    sketch.canvas.fill(box(-wide, y, wide, y + 70, 16), sketch.cloth, volume=0.5, drop=3)
    sketch.canvas.line([(-wide + 10, y + 14), (wide - 10, y + 14)], sketch.palette.accent, 5)


def _side_pockets(sketch: Sketch, bag: Bag) -> None:
    for side in (1, -1):
        sketch.canvas.fill(
            [
                (side * (bag.bottom - 12), bag.low - 150),
                (side * (bag.bottom + 26), bag.low - 138),
                (side * (bag.bottom + 20), bag.low - 22),
                (side * (bag.bottom - 20), bag.low - 14),
            ],
            darker(sketch.cloth.colour, 0.3),
            volume=0.5,
            drop=2,
        )


def _lid(sketch: Sketch, bag: Bag) -> None:
    """The flap of a rucksack with its two buckled straps."""
    draw_flap(sketch, bag, 0.46)
    for side in (1, -1):
        x = side * bag.top * 0.46
        sketch.canvas.fill(
            box(x - 12, bag.high + 40, x + 12, bag.high + 210, 5), sketch.palette.second, volume=0.4, drop=3
        )
        sketch.canvas.fill(
            box(x - 19, bag.high + 150, x + 19, bag.high + 184, 6), metal(sketch.palette.metal), volume=0
        )
        sketch.canvas.fill(
            box(x - 10, bag.high + 158, x + 10, bag.high + 176, 3), sketch.palette.second, volume=0, edge=1
        )


def _roll_top(sketch: Sketch, bag: Bag) -> None:
    sketch.canvas.fill(
        box(-bag.top - 8, bag.high - 26, bag.top + 8, bag.high + 30, 26), sketch.cloth, volume=0.8, drop=5
    )
    for side in (1, -1):
        sketch.canvas.fill(
            box(side * (bag.top - 6) - 14, bag.high - 22, side * (bag.top - 6) + 14, bag.high + 130, 4),
            sketch.palette.second,
            volume=0.4,
            drop=3,
        )


def _drawstring(sketch: Sketch, bag: Bag) -> None:
    for x in range(-int(bag.top) + 14, int(bag.top), 20):
        sketch.canvas.crease([(x, bag.high + 4), (x * 1.05, bag.high + 80)], 9, 0.34)
    sketch.canvas.line(
        smooth((-bag.top, bag.high + 30), (0, bag.high + 40), (bag.top, bag.high + 30)),
        lighter(sketch.palette.second, 0.4),
        7,
    )
    for x in (-12, 12):
        sketch.canvas.line(
            smooth((0, bag.high + 38), (x, bag.high + 80), (x * 1.6, bag.high + 130)),
            lighter(sketch.palette.second, 0.4),
            6,
        )


def _bungee(sketch: Sketch, bag: Bag) -> None:
    y, wide = bag.high + 110, bag.top - 50
    for row in range(3):
        sketch.canvas.line([(-wide, y + row * 40), (wide, y + row * 40 + 40)], sketch.palette.accent, 5)
        sketch.canvas.line([(wide, y + row * 40), (-wide, y + row * 40 + 40)], sketch.palette.accent, 5)


def _diagonal_zip(sketch: Sketch, bag: Bag) -> None:
    for rise in (0, 90):
        line = smooth(
            (-bag.bottom + 30, bag.low - 60 - rise),
            (0, bag.low - 110 - rise),
            (bag.bottom - 30, bag.low - 190 - rise),
        )
        sketch.canvas.line(line, darker(sketch.cloth.colour, 0.5), 9)
        sketch.canvas.line(line, sketch.palette.accent, 3)


BACKPACKS: tuple[Shape, ...] = tuple(
    partial(draw_bag, bag=bag)
    for bag in (
        Bag(140, 160, -190, 210, 46, 110, 8, (_pack_straps,), (_pack_zip, _round_pocket)),
        Bag(132, 150, -180, 210, 30, 40, 6, (_pack_straps, _side_pockets), (_lid,)),
        Bag(150, 150, -170, 200, 26, 26, 2, (_pack_straps,), (_pack_zip, _second_pocket, _round_pocket)),
        Bag(
            130,
            146,
            -190,
            210,
            24,
            14,
            4,
            (_pack_straps,),
            (_roll_top, partial(draw_outer_pocket, share=0.6)),
        ),
        Bag(
            110,
            166,
            -180,
            200,
            70,
            30,
            20,
            (_pack_straps,),
            (_drawstring, partial(_round_pocket, share=0.62)),
        ),
        Bag(
            150,
            168,
            -220,
            220,
            60,
            140,
            6,
            (_pack_straps, _side_pockets),
            (partial(_pack_zip, drop=200), _bungee),
        ),
        Bag(
            126,
            138,
            -140,
            170,
            70,
            110,
            12,
            (_pack_straps,),
            (partial(draw_panel, share=0.55), partial(_pack_zip, drop=110)),
        ),
        Bag(160, 172, -210, 216, 50, 90, 6, (_pack_straps, _side_pockets), (_pack_zip, _diagonal_zip)),
        Bag(
            140,
            140,
            -190,
            200,
            20,
            18,
            0,
            (_pack_straps,),
            (draw_zip_top, draw_belts, partial(draw_outer_pocket, share=0.66)),
        ),
    )
)


def _end_panels(sketch: Sketch, bag: Bag) -> None:
    for side in (1, -1):
        x = side * (bag.bottom - 34)
        part = closed(
            (x, bag.high + 20),
            (x + side * 40, bag.high + 40),
            (x + side * 46, bag.low - 50),
            (x, bag.low - 10),
            (x - side * 10, 80),
        )
        sketch.canvas.fill(part, sketch.palette.second, volume=0.6, edge=1.8)


def _webbing(sketch: Sketch, bag: Bag) -> None:
    """Straps that run down the front and rise into the carrying handles."""
    y, x = bag.high - 84, 84
    handle = bezier((-x, bag.low - 8), (-x + 8, y - 60), (x - 8, y - 60), (x, bag.low - 8), 30)
    sketch.canvas.fill(ribbon(handle, 18), darker(sketch.palette.second, 0.1), volume=0.4, drop=4)
    sketch.canvas.fill(
        box(-32, bag.high - 66, 32, bag.high - 38, 10), darker(sketch.cloth.colour, 0.4), volume=0.6, drop=3
    )


def _duffel_strap(sketch: Sketch, bag: Bag) -> None:
    path = bezier(
        (-bag.top + 8, bag.high + 40),
        (-bag.top * 0.8, bag.high - 240),
        (bag.top * 0.8, bag.high - 240),
        (bag.top - 8, bag.high + 40),
        36,
    )
    sketch.canvas.fill(ribbon(path, 14), darker(sketch.cloth.colour, 0.35), volume=0.4)
    sketch.canvas.fill(ribbon(path[15:22], 28), darker(sketch.cloth.colour, 0.2), volume=0.5)


def _stripe(sketch: Sketch, bag: Bag) -> None:
    middle = (bag.high + bag.low) / 2
    for rise, ink in ((-20, sketch.palette.second), (10, sketch.palette.accent)):
        sketch.canvas.fill(
            box(-bag.bottom + 8, middle + rise, bag.bottom - 8, middle + rise + 22), ink, volume=0.1, edge=0
        )


DUFFELS: tuple[Shape, ...] = tuple(
    partial(draw_bag, bag=bag)
    for bag in (
        Bag(200, 230, -50, 140, 50, 60, 6, (_duffel_strap,), (draw_zip_top, _webbing, _end_panels)),
        Bag(226, 226, -60, 130, 84, 84, 12, (), (_end_panels, draw_zip_top, _webbing)),
        Bag(
            180,
            226,
            -70,
            140,
            30,
            90,
            14,
            (_duffel_strap,),
            (draw_zip_top, partial(draw_outer_pocket, share=0.45, inset=90)),
        ),
        Bag(
            216,
            216,
            -40,
            130,
            20,
            20,
            0,
            (partial(draw_arch, wide=90, tall=100, back=True),),
            (partial(draw_panel, share=0.6), draw_zip_top, partial(draw_arch, wide=90, tall=100)),
        ),
        Bag(210, 220, -60, 150, 60, 40, 10, (), (_stripe, draw_zip_top, _webbing)),
        Bag(
            150,
            220,
            -80,
            140,
            40,
            60,
            20,
            (partial(draw_arch, wide=70, tall=120, back=True),),
            (draw_belts, draw_zip_top, partial(draw_arch, wide=70, tall=120)),
        ),
        Bag(236, 236, -30, 120, 74, 70, 6, (_duffel_strap,), (_stripe, _end_panels, draw_zip_top)),
        Bag(
            190,
            214,
            -110,
            170,
            40,
            50,
            8,
            (_duffel_strap,),
            (partial(_pack_zip, drop=60), partial(draw_outer_pocket, share=0.5, inset=60), _webbing),
        ),
    )
)


ARTICLES = (
    Article(
        "Backpacks",
        "active",
        ("plain", "plain", "melange", "camo", "dots", "denim"),
        BACKPACKS,
        standing=True,
    ),
    Article("Duffel Bag", "active", ("plain", "plain", "melange", "camo", "leather"), DUFFELS, standing=True),
)
