"""What is sewn on legs: pockets, stripes, hems, rips, pleats."""

from shopify_bot.devstore.drawing.articles.legs import Leg, leg_sides, leg_thread
from shopify_bot.devstore.drawing.geometry import along, bezier, box, flip, offset, ribbon, smooth
from shopify_bot.devstore.drawing.palette import WHITE, darker, lighter, thread_of
from shopify_bot.devstore.drawing.sketch import Sketch


def draw_scoop_pockets(sketch: Sketch, leg: Leg) -> None:
    for side in (1, -1):
        edge = bezier(
            (side * leg.waist * 0.46, leg.top + 36),
            (side * leg.waist * 0.55, leg.top + 76),
            (side * leg.hip * 0.8, leg.top + 84),
            (side * (leg.hip - 5), leg.top + 76),
        )
        sketch.canvas.line(edge, darker(sketch.cloth.colour, 0.5), 2.2)
        for gap in (5, 10):
            sketch.canvas.stitch([(x - side * gap * 0.3, y + gap) for x, y in edge], leg_thread(sketch), 1.3)
    sketch.canvas.fill(
        bezier(
            (leg.waist * 0.62, leg.top + 52),
            (leg.waist * 0.7, leg.top + 72),
            (leg.waist * 0.9, leg.top + 74),
            (leg.waist, leg.top + 72),
        ),
        sketch.cloth,
        volume=0,
        edge=1.2,
    )


def draw_slant_pockets(sketch: Sketch, leg: Leg) -> None:
    for side in (1, -1):
        line = [(side * leg.waist * 0.72, leg.top + 32), (side * (leg.hip - 3), leg.top + leg.rise * 0.72)]
        sketch.canvas.line(line, darker(sketch.cloth.colour, 0.5), 2.4)
        sketch.canvas.stitch([(x - side * 7, y) for x, y in line], thread_of(sketch.cloth.colour), 1.3)


def draw_pressed(sketch: Sketch, leg: Leg) -> None:
    """The ironed crease down each leg."""
    for side in (1, -1):
        line = smooth(
            (side * leg.waist * 0.5, leg.top + 44),
            (side * leg.hip * 0.52, leg.top + leg.rise),
            (side * (leg.stance + leg.ankle), leg.bottom),
        )
        sketch.canvas.line(line, darker(sketch.cloth.colour, 0.3), 2)
        sketch.canvas.crease([(x - 5, y) for x, y in line], 9, 0.18, WHITE)


def draw_hems(sketch: Sketch, leg: Leg, form: str = "stitch") -> None:
    outer, inner = leg_sides(leg)
    low = [inner[-1], outer[-1]]
    for side in (1, -1):
        rim = low if side > 0 else flip(low)
        tall = {"stitch": 14.0, "turnup": 40.0, "rib": 30.0, "band": 20.0}[form]
        up = [(x, y - tall) for x, y in rim]
        if form == "stitch":
            sketch.canvas.stitch(up, leg_thread(sketch))
            continue
        wide = 3 if form == "turnup" else 0
        cuff = [
            (rim[0][0] - side * wide, rim[0][1]),
            (rim[1][0] + side * wide, rim[1][1]),
            (up[1][0] + side * wide, up[1][1]),
            (up[0][0] - side * wide, up[0][1]),
        ]
        colour = lighter(sketch.cloth.colour, 0.3) if form == "turnup" else darker(sketch.cloth.colour, 0.2)
        sketch.canvas.fill(cuff, sketch.palette.second if form == "band" else colour, volume=0.4, drop=3)
        if form == "rib":
            for x, y in along(rim, 12):
                sketch.canvas.line([(x, y), (x, y - tall)], darker(colour, 0.3), 1.3)


def draw_fade(sketch: Sketch, leg: Leg) -> None:
    crotch = leg.top + leg.rise
    for side in (1, -1):
        x = leg.hip * 0.56 * side
        patch = smooth(
            (x, crotch - 50),
            (x + 34, crotch + 60),
            (x + 16, crotch + 190),
            (x - 22, crotch + 130),
            (x - 30, crotch + 20),
        )
        sketch.canvas.glow(patch, 0.38, WHITE, 26)


def draw_rips(sketch: Sketch, leg: Leg) -> None:
    knee = leg.top + leg.rise + (leg.bottom - leg.top - leg.rise) * 0.42
    x = leg.stance + leg.ankle
    for cx, cy, wide in ((x, knee, 36), (-x - 4, knee - 60, 26), (-x + 8, knee + 40, 20)):
        sketch.canvas.fill(
            smooth((cx - wide, cy), (cx, cy - 12), (cx + wide, cy + 2), (cx, cy + 14), (cx - wide, cy)),
            (226, 196, 172),
            volume=0,
            edge=1.2,
        )
        for step in (-5, 1, 7):
            sketch.canvas.line(
                [(cx - wide * 0.8, cy + step), (cx + wide * 0.8, cy + step + 1)],
                lighter(sketch.cloth.colour, 0.75),
                2,
            )


def draw_side_stripes(sketch: Sketch, leg: Leg, count: int = 2) -> None:
    outer, _ = leg_sides(leg)
    for index in range(count):
        band = offset(outer[4:], -10 - 13 * index)
        for part in (band, flip(band)):
            sketch.canvas.fill(ribbon(part, 7), sketch.palette.second, volume=0, edge=0)


def draw_side_panel(sketch: Sketch, leg: Leg) -> None:
    outer, _ = leg_sides(leg)
    panel = [*outer, *reversed(offset(outer, -30))]
    for part in (panel, flip(panel)):
        sketch.canvas.fill(part, sketch.palette.second, volume=0.3, edge=1.4)


def draw_cargo(sketch: Sketch, leg: Leg) -> None:
    y = leg.top + leg.rise + (70 if leg.length > 380 else 6)
    for side in (1, -1):
        x = side * (leg.hip * 0.92 if leg.length > 380 else leg.hip * 1.04)
        sketch.canvas.fill(box(x - 32, y, x + 32, y + 82, 5), sketch.cloth, volume=0.4, drop=4)
        sketch.canvas.fill(box(x - 35, y - 8, x + 35, y + 22, 4), sketch.cloth, volume=0.4, drop=3)
        for step in (-20, 20):
            sketch.canvas.dot((x + step, y + 10), 4, sketch.palette.metal)


def draw_knee_seams(sketch: Sketch, leg: Leg) -> None:
    knee = leg.top + leg.rise + (leg.bottom - leg.top - leg.rise) * 0.4
    x = leg.stance + leg.ankle
    for side in (1, -1):
        for step in (0, 60):
            seam = smooth(
                (side * (x - leg.knee * 0.8), knee + step),
                (side * x, knee + step + 10),
                (side * (x + leg.knee * 0.8), knee + step),
            )
            sketch.canvas.line(seam, darker(sketch.cloth.colour, 0.45), 2)


def draw_pleats(sketch: Sketch, leg: Leg) -> None:
    for side in (1, -1):
        for x in (0.3, 0.5):
            sketch.canvas.crease(
                [(side * leg.waist * x, leg.top + 30), (side * (leg.waist * x + 12), leg.top + 130)], 8, 0.4
            )


def draw_mesh(sketch: Sketch, leg: Leg) -> None:
    outer, inner = leg_sides(leg)
    start = int(len(outer) * 0.62)
    panel = [*outer[start:], *reversed(inner[start:])]
    for part in (panel, flip(panel)):
        sketch.canvas.fill(part, darker(sketch.palette.second, 0.1), volume=0.4, edge=1.5)


def draw_tight(sketch: Sketch, leg: Leg) -> None:
    for side in (1, -1):
        x = leg.stance + leg.ankle
        for y in (leg.bottom - 26, leg.bottom - 46, leg.bottom - 70):
            sketch.canvas.crease([(side * (x - leg.ankle), y), (side * (x + leg.ankle), y + 7)], 7, 0.26)


def draw_rib_hem(sketch: Sketch, leg: Leg) -> None:
    draw_hems(sketch, leg, "rib")


def draw_turnup(sketch: Sketch, leg: Leg) -> None:
    draw_hems(sketch, leg, "turnup")


def draw_band_hem(sketch: Sketch, leg: Leg) -> None:
    draw_hems(sketch, leg, "band")
