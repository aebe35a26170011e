"""What tops, shirts and jackets wear on the front: pockets, panels, seams, lapels."""

from collections.abc import Callable
from functools import partial

from shopify_bot.devstore.drawing.articles.closures import draw_buttons, draw_motif, draw_pocket, draw_zip
from shopify_bot.devstore.drawing.articles.garment import Cut
from shopify_bot.devstore.drawing.fabric import metal, plain_cloth
from shopify_bot.devstore.drawing.geometry import along, bezier, box, flip, mirror, ribbon, smooth
from shopify_bot.devstore.drawing.palette import darker, lighter, thread_of
from shopify_bot.devstore.drawing.sketch import Sketch

Front = Callable[[Sketch, Cut], None]


def draw_print(sketch: Sketch, cut: Cut) -> None:
    if sketch.cloth.pattern in ("plain", "melange"):
        draw_motif(sketch, (0, cut.top + cut.depth + 96), 50)


def draw_badge(sketch: Sketch, cut: Cut) -> None:
    x, y = cut.chest * 0.46, cut.top + 112
    sketch.canvas.fill(box(x - 13, y - 13, x + 13, y + 13, 4), sketch.palette.second, volume=0, edge=1.2)


def draw_chest_pocket(sketch: Sketch, cut: Cut) -> None:
    draw_pocket(sketch, (cut.chest * 0.48, cut.top + 122), 58)


def draw_flap_pockets(sketch: Sketch, cut: Cut) -> None:
    for side in (-1, 1):
        draw_pocket(sketch, (side * cut.chest * 0.5, cut.top + 118), 62, flap=True)


def draw_kangaroo(sketch: Sketch, cut: Cut) -> None:
    low = cut.bottom - 34
    pouch = mirror(
        [
            (0, low - 96),
            (50, low - 96),
            *bezier((50, low - 96), (60, low - 60), (72, low - 46), (90, low - 40), 6),
            (90, low),
            (0, low),
        ]
    )
    sketch.canvas.fill(pouch, sketch.cloth, volume=0.4, drop=3)
    for side in (1, -1):
        sketch.canvas.stitch([(side * 58, low - 92), (side * 92, low - 44)], thread_of(sketch.cloth.colour))


def draw_chest_band(sketch: Sketch, cut: Cut) -> None:
    top = cut.top + 132
    wide = cut.chest - 2
    sketch.canvas.fill(
        [(-wide, top), (wide, top), (wide - 3, top + 62), (-wide + 3, top + 62)],
        sketch.palette.second,
        volume=0.2,
        edge=1,
    )
    sketch.canvas.line([(-wide, top + 72), (wide, top + 72)], sketch.palette.accent, 5)


def draw_yoke(sketch: Sketch, cut: Cut) -> None:
    level = cut.top + 92
    sketch.canvas.line(
        smooth((-cut.shoulder + 10, level), (0, level + 8), (cut.shoulder - 10, level)),
        darker(sketch.cloth.colour, 0.4),
        2,
    )
    sketch.canvas.stitch(
        smooth((-cut.shoulder + 10, level + 6), (0, level + 14), (cut.shoulder - 10, level + 6)),
        thread_of(sketch.cloth.colour),
    )


def draw_colour_yoke(sketch: Sketch, cut: Cut) -> None:
    low = cut.top + 128
    side = [
        cut.tip,
        *bezier(
            cut.tip,
            (cut.tip[0] - 14, cut.tip[1] + 50),
            (cut.chest - 22, cut.armpit[1] - 30),
            (cut.chest - 4, low),
            8,
        ),
    ]
    half = [
        (0, cut.top + cut.depth),
        *bezier(
            (0, cut.top + cut.depth),
            (cut.neck * 0.62, cut.top + cut.depth),
            (cut.neck, cut.top + cut.depth * 0.6),
            (cut.neck, cut.top),
            8,
        ),
        *side,
        (0, low),
    ]
    sketch.canvas.fill(mirror(half), plain_cloth(sketch.palette.second), volume=0.2, edge=1.6)


def draw_raglan(sketch: Sketch, cut: Cut) -> None:
    for side in (1, -1):
        seam = bezier(
            (cut.neck, cut.top + 4),
            (cut.neck + 10, cut.top + 60),
            (cut.chest - 40, cut.armpit[1] - 30),
            cut.armpit,
        )
        cap = [
            *seam,
            *reversed(
                bezier(
                    cut.tip,
                    (cut.tip[0] - 8, cut.tip[1] + 50),
                    (cut.chest - 12, cut.armpit[1] - 24),
                    cut.armpit,
                )
            ),
            cut.tip,
        ]
        sketch.canvas.fill(cap if side > 0 else flip(cap), sketch.palette.second, volume=0.3)


def button_front(until: float = 1.0, count: int = 6, wide: float = 13) -> Front:
    return partial(draw_buttons, until=until, count=count, wide=wide)


def zip_front(until: float = 1.0) -> Front:
    return partial(draw_zip, until=until)


def draw_open_front(sketch: Sketch, cut: Cut) -> None:
    """A cardigan's overlapping edge, with buttons."""
    edge = [(0, cut.top + cut.depth), (0, cut.bottom + cut.hem_drop)]
    for side in (1, -1):
        lapel = bezier(
            (side * cut.neck, cut.top),
            (side * cut.neck * 0.8, cut.top + 40),
            (side * 12, cut.top + cut.depth - 30),
            (0, cut.top + cut.depth),
        )
        sketch.canvas.fill(ribbon(lapel, 18), darker(sketch.cloth.colour, 0.14), volume=0.3)
    sketch.canvas.fill(ribbon(edge, 22), darker(sketch.cloth.colour, 0.14), volume=0.3, drop=3)
    for _, y in along([(0, cut.top + cut.depth + 16), (0, cut.bottom - 20)], 5):
        sketch.canvas.dot((0, y), 6.5, darker(sketch.cloth.colour, 0.5))


def draw_side_pockets(sketch: Sketch, cut: Cut) -> None:
    for side in (1, -1):
        slit = [(side * cut.waist * 0.72, cut.bottom - 150), (side * cut.waist * 0.52, cut.bottom - 76)]
        sketch.canvas.fill(ribbon(slit, 11), darker(sketch.cloth.colour, 0.25), volume=0.2, edge=1.6)
        sketch.canvas.line(slit, darker(sketch.cloth.colour, 0.6), 2)


def draw_puffer(sketch: Sketch, cut: Cut) -> None:
    for step in range(1, 7):
        level = cut.top + 46 + step * (cut.length - 70) / 7
        wide = cut.chest - 3 if level > cut.armpit[1] else cut.shoulder - 8
        seam = smooth(
            (-wide, level), (-wide * 0.5, level + 7), (0, level + 2), (wide * 0.5, level + 7), (wide, level)
        )
        sketch.canvas.crease(seam, 20, 0.4)
        sketch.canvas.line(seam, darker(sketch.cloth.colour, 0.4), 2)
        sketch.canvas.crease([(x, y + 16) for x, y in seam], 14, 0.22, (255, 255, 255))


def draw_biker(sketch: Sketch, cut: Cut) -> None:
    canvas, cloth = sketch.canvas, sketch.cloth
    line = [(30, cut.top + 50), (58, cut.top + 90), (26, cut.bottom + cut.hem_drop)]
    canvas.line(line, darker(cloth.colour, 0.5), 9)
    canvas.stitch(line, sketch.palette.metal, 4, 5)
    for side in (1, -1):
        lapel = [
            (side * x, y)
            for x, y in (
                (6, cut.top + cut.depth),
                (cut.neck + 4, cut.top - 2),
                (cut.neck + 36, cut.top + 62),
                (cut.neck - 2, cut.top + 76),
                (44, cut.top + 118),
            )
        ]
        canvas.fill(lapel, cloth, volume=0.6, drop=5)
    canvas.fill(
        box(-100, cut.bottom - 96, -42, cut.bottom - 86, 3), metal(sketch.palette.metal), volume=0, edge=1
    )
    canvas.fill(
        ribbon([(-cut.hem + 2, cut.bottom - 22), (cut.hem - 2, cut.bottom - 22)], 26), cloth, volume=0.4
    )
    canvas.fill(box(14, cut.bottom - 40, 48, cut.bottom - 6, 5), metal(sketch.palette.metal), volume=0)
    canvas.fill(box(21, cut.bottom - 33, 41, cut.bottom - 13, 3), cloth, volume=0)


def draw_lapels(sketch: Sketch, cut: Cut) -> None:
    """The turned lapels of a tailored front over a shirt-deep opening."""
    for side in (1, -1):
        lapel = [
            (side * x, y)
            for x, y in (
                (0, cut.top + cut.depth),
                (cut.neck - 4, cut.top - 8),
                (cut.neck + 12, cut.top + 2),
                (cut.neck + 30, cut.top + 58),
                (cut.neck + 10, cut.top + 66),
                (cut.neck + 22, cut.top + 84),
            )
        ]
        sketch.canvas.fill(
            lapel,
            darker(sketch.cloth.colour, 0.08) if sketch.cloth.pattern == "plain" else sketch.cloth,
            volume=0.5,
            drop=4,
        )


def draw_jacket_buttons(sketch: Sketch, cut: Cut, rows: int = 1, count: int = 2) -> None:
    edge = [(0, cut.top + cut.depth), (4, cut.bottom - 60), (26, cut.bottom + cut.hem_drop)]
    sketch.canvas.line(smooth(*edge), darker(sketch.cloth.colour, 0.55), 2.4)
    for column in (0,) if rows == 1 else (-28, 28):
        for _, y in along([(0, cut.top + cut.depth + 12), (0, cut.bottom - 90)], count):
            sketch.canvas.dot((column + (4 if rows == 1 else 0), y), 7.5, darker(sketch.cloth.colour, 0.5))


def draw_welt_pockets(sketch: Sketch, cut: Cut) -> None:
    for side in (1, -1):
        x, y = side * cut.waist * 0.58, cut.bottom - 104
        sketch.canvas.fill(box(x - 34, y, x + 34, y + 17, 2), sketch.cloth, volume=0.3, edge=1.8, drop=2)


def draw_waist_tie(sketch: Sketch, cut: Cut) -> None:
    level = cut.top + cut.length * cut.waist_at
    sketch.canvas.fill(
        ribbon(smooth((-cut.waist, level), (0, level + 8), (cut.waist, level)), 20),
        sketch.palette.second,
        volume=0.3,
    )
    for end in ((-30, 70), (26, 82)):
        sketch.canvas.fill(
            ribbon(smooth((0, level + 6), (end[0] * 0.6, level + 36), (end[0], level + end[1])), 10, 15),
            sketch.palette.second,
            volume=0.3,
        )
    sketch.canvas.dot((0, level + 8), 12, sketch.palette.second)


def draw_gathers(sketch: Sketch, cut: Cut) -> None:
    level = cut.top + cut.length * 0.44
    sketch.canvas.line(
        smooth((-cut.chest + 4, level), (0, level + 8), (cut.chest - 4, level)),
        darker(sketch.cloth.colour, 0.45),
        2.4,
    )
    for x in range(-100, 101, 25):
        sketch.canvas.crease(
            [(x * cut.chest / 130, level + 8), (x * cut.hem / 112, cut.bottom - 10)], 9, 0.24
        )


def draw_ruffle(sketch: Sketch, cut: Cut) -> None:
    top = cut.top + cut.depth
    for side in (1, -1):
        frill = smooth(*((side * (10 + (18 if n % 2 else 34)), top + n * 24) for n in range(9)))
        sketch.canvas.fill([(0, top), *frill, (0, frill[-1][1])], sketch.cloth, volume=0.6, drop=3)


def draw_side_slits(sketch: Sketch, cut: Cut) -> None:
    tall = 110
    lean = (cut.hem - cut.waist) * tall / ((1 - cut.waist_at) * cut.length)
    for side in (1, -1):
        slit = [(side * (cut.hem - 10), cut.bottom), (side * (cut.hem - 12 - lean), cut.bottom - tall)]
        sketch.canvas.line(slit, darker(sketch.cloth.colour, 0.55), 3)


def draw_front_panel(sketch: Sketch, cut: Cut) -> None:
    panel = mirror(
        [(0, cut.top + cut.depth), (40, cut.top + 30), (46, cut.bottom + 6), (0, cut.bottom + cut.hem_drop)]
    )
    sketch.canvas.fill(panel, sketch.palette.second, volume=0.2, edge=1.4)
    for side in (1, -1):
        for _, y in along([(0, cut.top + 60), (0, cut.bottom - 10)], 18):
            sketch.canvas.dot((side * 40, y), 3.4, sketch.palette.accent, 0)


def draw_cable_panel(sketch: Sketch, cut: Cut) -> None:
    for x in (-52, 0, 52):
        for _, y in along([(0, cut.top + 90), (0, cut.bottom - 50)], 9):
            for side in (1, -1):
                sketch.canvas.fill(
                    ribbon(smooth((x - side * 11, y - 20), (x, y), (x + side * 11, y + 20)), 11),
                    lighter(sketch.cloth.colour, 0.08),
                    volume=0.4,
                    edge=1.5,
                )


def draw_argyle(sketch: Sketch, cut: Cut) -> None:
    palette = sketch.palette
    for row in range(3):
        for column in (-1, 0, 1):
            x, y = column * 66.0, cut.top + 152 + row * 92
            sketch.canvas.fill(
                [(x, y - 44), (x + 31, y), (x, y + 44), (x - 31, y)],
                (palette.second, palette.accent)[(row + column) % 2],
                volume=0,
                edge=0,
            )
