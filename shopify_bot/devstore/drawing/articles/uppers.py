"""What is sewn on a shoe: laces, caps, straps, seams, buckles."""

from shopify_bot.devstore.drawing.articles.lasts import Last, collar_line, throat_line
from shopify_bot.devstore.drawing.fabric import metal
from shopify_bot.devstore.drawing.geometry import along, at, bezier, closed, offset, ribbon, shift, smooth
from shopify_bot.devstore.drawing.palette import WHITE, Colour, darker, lighter, luminance, mix, thread_of
from shopify_bot.devstore.drawing.sketch import Sketch


def draw_laces(
    sketch: Sketch, last: Last, rows: int = 5, panel: bool = True, colour: Colour | None = None
) -> None:
    """An eyelet panel along the throat with laces across it."""
    canvas = sketch.canvas
    throat = throat_line(last)[:17]
    inner, outer = offset(throat, -5), offset(throat, -32)
    if panel:
        canvas.fill(
            [*inner, *reversed(outer)],
            mix(sketch.cloth.colour, sketch.palette.second, 0.35),
            volume=0.35,
            edge=1.6,
        )
    ink = colour or (
        lighter(sketch.palette.second, 0.7)
        if luminance(sketch.cloth.colour) < 190
        else darker(sketch.palette.second, 0.2)
    )
    for (x, y), (u, v) in zip(
        along(offset(throat, -22)[1:-1], rows), along(offset(throat, 7)[1:-1], rows), strict=True
    ):
        canvas.dot((x, y), 4.2, darker(ink, 0.5), 0)
        canvas.fill(ribbon([(x, y), (u + 4, v)], 8), ink, volume=0.2, edge=1.4)
    knot = at(throat, 0.1)
    for side, reach in ((-1, 26), (1, 34)):
        loop = closed(
            (knot[0], knot[1] - 4),
            (knot[0] + side * reach * 0.7, knot[1] - 24),
            (knot[0] + side * reach, knot[1] - 4),
            (knot[0] + side * reach * 0.4, knot[1] + 4),
        )
        canvas.line([*loop, loop[0]], darker(ink, 0.45), 6.4)
        canvas.line([*loop, loop[0]], ink, 4)


def draw_toe_cap(sketch: Sketch, last: Last, colour: Colour | None = None) -> None:
    throat = throat_line(last)
    start = int(len(throat) * 0.68)
    seam = smooth(
        (throat[start][0], throat[start][1]),
        (throat[start][0] + 14, (throat[start][1] + last.base) / 2),
        (throat[start][0] - 12, last.base + 6),
    )
    cap = [*throat[start:], (last.toe - 8, last.base + 8), *reversed(seam)]
    sketch.canvas.fill(cap, colour or sketch.palette.second, volume=0.6)
    sketch.canvas.stitch(shift(seam, -8), thread_of(sketch.cloth.colour))


def draw_rubber_toe(sketch: Sketch, last: Last) -> None:
    draw_toe_cap(sketch, last, (240, 238, 232))


def draw_brogue(sketch: Sketch, last: Last) -> None:
    draw_toe_cap(sketch, last, darker(sketch.cloth.colour, 0.12))
    throat = throat_line(last)
    x, y = throat[int(len(throat) * 0.66)]
    for step in range(9):
        sketch.canvas.dot(
            (x + 12 * (step % 2) * 0.4, y + 8 + step * (last.base - y) / 10),
            2.4,
            darker(sketch.cloth.colour, 0.7),
            0,
        )
    for step in range(14):
        sketch.canvas.dot(
            (-200 + step * 17, last.base - 18 - 10 * (step / 14)), 2.2, darker(sketch.cloth.colour, 0.7), 0
        )


def draw_heel_counter(sketch: Sketch, last: Last) -> None:
    seam = smooth((-196, last.back + 6), (-150, (last.back + last.base) / 2), (-118, last.base + 8))
    heel = smooth(
        (-214, last.base + 8),
        (-228, last.base - 42),
        (-221, (last.back + last.base) / 2 - 14),
        (-210, last.back),
    )
    sketch.canvas.fill([*heel, *seam], sketch.palette.second, volume=0.5)
    sketch.canvas.stitch(shift(seam, 7), thread_of(sketch.cloth.colour))


def draw_side_bars(sketch: Sketch, last: Last, count: int = 3) -> None:
    for step in range(count):
        x = -66 + step * 38
        sketch.canvas.fill(
            ribbon([(x - 36, last.base + 2), (x + 18, last.base - 78 + step * 10)], 18, 13),
            sketch.palette.second,
            volume=0.2,
            edge=1.4,
        )


def draw_swoosh(sketch: Sketch, last: Last) -> None:
    """A swept leaf along the side."""
    curve = [
        *bezier((-170, last.base - 46), (-90, last.base + 8), (10, last.base - 26), (96, last.base - 62)),
        *bezier((96, last.base - 62), (20, last.base - 40), (-60, last.base - 20), (-120, last.base - 62)),
    ]
    sketch.canvas.fill(curve, sketch.palette.second, volume=0.2, edge=1.6)


def draw_overlays(sketch: Sketch, last: Last) -> None:
    """The welded side panels of a running shoe."""
    panel = closed(
        (-150, last.base),
        (-120, last.base - 60),
        (-40, last.base - 84),
        (30, last.base - 58),
        (96, last.base - 44),
        (150, last.base - 6),
        (40, last.base - 14),
        (-40, last.base - 20),
        (-90, last.base),
    )
    sketch.canvas.fill(panel, sketch.palette.second, volume=0.4, edge=1.6)
    sketch.canvas.line(
        smooth((-60, last.base - 14), (-16, last.base - 40), (8, last.base - 76)), sketch.palette.accent, 8
    )
    sketch.canvas.line(
        smooth((-20, last.base - 10), (20, last.base - 30), (48, last.base - 62)), sketch.palette.accent, 8
    )


def draw_mesh_toe(sketch: Sketch, last: Last) -> None:
    for step in range(6):
        for row in range(3):
            sketch.canvas.dot(
                (120 + step * 15 - row * 5, last.toe_top + 14 + row * 13 + step * 3),
                2.6,
                darker(sketch.cloth.colour, 0.4),
                0,
            )


def draw_velcro(sketch: Sketch, last: Last, count: int = 2) -> None:
    throat = throat_line(last)[:18]
    for x, y in along(throat, count + 2)[1:-1]:
        strap = smooth((x + 12, y - 3), (x - 24, y + 30), (x - 46, y + 66))
        sketch.canvas.fill(ribbon(strap, 34, 30), sketch.palette.second, volume=0.5, drop=4)
        sketch.canvas.stitch(ribbon(strap, 24, 20), thread_of(sketch.palette.second), 1.3)


def draw_elastic(sketch: Sketch, last: Last) -> None:
    """The stretch gore of a slip-on."""
    x, y = last.tongue
    gore = [(x - 44, y + 30), (x + 6, y + 10), (x + 10, y + 62), (x - 26, y + 70)]
    sketch.canvas.fill(gore, darker(sketch.cloth.colour, 0.4), volume=0.2, edge=1.6)
    for step in range(1, 6):
        sketch.canvas.line(
            [(x - 44 + step * 8, y + 30 - step * 3), (x - 26 + step * 6, y + 68 - step)],
            darker(sketch.cloth.colour, 0.65),
            1.6,
        )


def draw_moc_seam(sketch: Sketch, last: Last) -> None:
    """The raised apron seam of a moccasin."""
    x, y = last.vamp
    seam = smooth(
        (x - 70, y + 12),
        (x - 10, y + 34),
        (x + 70, y + 44),
        (last.toe - 40, last.toe_top + 26),
        (last.toe - 44, last.toe_top + 32),
    )
    sketch.canvas.line(seam, darker(sketch.cloth.colour, 0.5), 3)
    for px, py in along(seam, 16):
        sketch.canvas.line([(px - 2, py - 6), (px + 2, py + 6)], darker(sketch.cloth.colour, 0.5), 2)


def draw_boat_lace(sketch: Sketch, last: Last) -> None:
    rim = offset(collar_line(last), -16)
    sketch.canvas.stitch(rim, lighter(sketch.palette.second, 0.6), 5, 20)
    x, y = last.vamp
    for step in (0, 18):
        sketch.canvas.fill(
            ribbon([(x - 60 + step, y - 30 + step * 0.5), (x - 36 + step, y + 14 + step * 0.5)], 7),
            lighter(sketch.palette.second, 0.6),
            volume=0.2,
            edge=1.4,
        )


def draw_saddle(sketch: Sketch, last: Last) -> None:
    """The strap with its slot across a penny loafer, or the metal bit on it."""
    x, y = last.vamp
    strap = smooth((x - 50, y - 24), (x - 44, y + 20), (x - 62, last.base + 4))
    sketch.canvas.fill(ribbon(strap, 46, 56), darker(sketch.cloth.colour, 0.1), volume=0.5, drop=3)
    if sketch.rng.random() < 0.5:
        sketch.canvas.fill(
            ribbon([(x - 62, y + 4), (x - 20, y + 8)], 10), metal(sketch.palette.metal), volume=0, edge=1.3
        )
    else:
        sketch.canvas.fill(
            closed((x - 56, y + 6), (x - 40, y + 2), (x - 26, y + 8), (x - 40, y + 13)),
            darker(sketch.cloth.colour, 0.6),
            volume=0,
            edge=1,
        )


def draw_buckle(sketch: Sketch, last: Last, count: int = 1) -> None:
    canvas = sketch.canvas
    for step in range(count):
        x, y = last.tongue[0] + 26 + step * 34, last.tongue[1] + 42 + step * 16
        canvas.fill(
            ribbon(smooth((x + 14, y - 34), (x - 12, y + 14), (x - 54, y + 62)), 26),
            darker(sketch.cloth.colour, 0.12),
            volume=0.5,
            drop=4,
        )
        canvas.fill(
            closed((x - 34, y + 16), (x - 14, y + 2), (x + 4, y + 22), (x - 16, y + 38)),
            metal(sketch.palette.metal),
            volume=0,
        )
        canvas.fill(
            closed((x - 26, y + 18), (x - 14, y + 10), (x - 4, y + 22), (x - 16, y + 30)),
            darker(sketch.cloth.colour, 0.2),
            volume=0,
            edge=1.2,
        )


def draw_zip_side(sketch: Sketch, last: Last) -> None:
    line = smooth((-92, last.dip - 10), (-80, 0), (-60, last.base - 4))
    sketch.canvas.line(line, darker(sketch.cloth.colour, 0.6), 8)
    sketch.canvas.stitch(line, sketch.palette.metal, 3.4, 5)


def draw_pull_tab(sketch: Sketch, last: Last) -> None:
    tab = smooth(
        (-212, last.back + 26), (-226, last.back - 12), (-204, last.back - 22), (-200, last.back + 4)
    )
    sketch.canvas.fill(tab, sketch.palette.accent, volume=0.4, edge=1.6)


def draw_gloss(sketch: Sketch, last: Last) -> None:
    """The shine of polished leather on the toe and the heel."""
    toe = closed(
        (132, last.toe_top + 4),
        (176, last.toe_top + 14),
        (206, last.base - 36),
        (186, last.base - 34),
        (146, last.toe_top + 18),
    )
    sketch.canvas.glow(toe, 0.75, WHITE, 8)
    sketch.canvas.glow(closed((-212, -10), (-202, -30), (-192, 20), (-204, 34)), 0.5, WHITE, 8)


def draw_ankle_patch(sketch: Sketch, last: Last) -> None:
    sketch.canvas.dot((-128, last.back + 44), 25, sketch.palette.second)
    sketch.canvas.dot((-128, last.back + 44), 15, sketch.palette.accent)
