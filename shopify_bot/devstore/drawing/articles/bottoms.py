"""Trousers, jeans, shorts, leggings and skirts, laid flat and seen from the front."""

from dataclasses import replace
from functools import partial

from ..geometry import along, bezier, box, flip, offset, ribbon, smooth
from ..palette import WHITE, darker, lighter, thread_of
from ..sketch import Article, Shape, Sketch
from .legs import Leg, draw_legs, leg_sides, leg_thread


def _scoop_pockets(sketch: Sketch, leg: Leg) -> None:
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


def _slant_pockets(sketch: Sketch, leg: Leg) -> None:
    for side in (1, -1):
        line = [(side * leg.waist * 0.72, leg.top + 32), (side * (leg.hip - 3), leg.top + leg.rise * 0.72)]
        sketch.canvas.line(line, darker(sketch.cloth.colour, 0.5), 2.4)
        sketch.canvas.stitch([(x - side * 7, y) for x, y in line], thread_of(sketch.cloth.colour), 1.3)


def _pressed(sketch: Sketch, leg: Leg) -> None:
    """The ironed crease down each leg."""
    for side in (1, -1):
        line = smooth(
            (side * leg.waist * 0.5, leg.top + 44),
            (side * leg.hip * 0.52, leg.top + leg.rise),
            (side * (leg.stance + leg.ankle), leg.bottom),
        )
        sketch.canvas.line(line, darker(sketch.cloth.colour, 0.3), 2)
        sketch.canvas.crease([(x - 5, y) for x, y in line], 9, 0.18, WHITE)


def _hems(sketch: Sketch, leg: Leg, form: str = "stitch") -> None:
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


def _fade(sketch: Sketch, leg: Leg) -> None:
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


def _rips(sketch: Sketch, leg: Leg) -> None:
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


def _side_stripes(sketch: Sketch, leg: Leg, count: int = 2) -> None:
    outer, _ = leg_sides(leg)
    for index in range(count):
        band = offset(outer[4:], -10 - 13 * index)
        for part in (band, flip(band)):
            sketch.canvas.fill(ribbon(part, 7), sketch.palette.second, volume=0, edge=0)


def _side_panel(sketch: Sketch, leg: Leg) -> None:
    outer, _ = leg_sides(leg)
    panel = [*outer, *reversed(offset(outer, -30))]
    for part in (panel, flip(panel)):
        sketch.canvas.fill(part, sketch.palette.second, volume=0.3, edge=1.4)


def _cargo(sketch: Sketch, leg: Leg) -> None:
    y = leg.top + leg.rise + (70 if leg.length > 380 else 6)
    for side in (1, -1):
        x = side * (leg.hip * 0.92 if leg.length > 380 else leg.hip * 1.04)
        sketch.canvas.fill(box(x - 32, y, x + 32, y + 82, 5), sketch.cloth, volume=0.4, drop=4)
        sketch.canvas.fill(box(x - 35, y - 8, x + 35, y + 22, 4), sketch.cloth, volume=0.4, drop=3)
        for step in (-20, 20):
            sketch.canvas.dot((x + step, y + 10), 4, sketch.palette.metal)


def _knee_seams(sketch: Sketch, leg: Leg) -> None:
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


def _pleats(sketch: Sketch, leg: Leg) -> None:
    for side in (1, -1):
        for x in (0.3, 0.5):
            sketch.canvas.crease(
                [(side * leg.waist * x, leg.top + 30), (side * (leg.waist * x + 12), leg.top + 130)], 8, 0.4
            )


def _mesh(sketch: Sketch, leg: Leg) -> None:
    outer, inner = leg_sides(leg)
    start = int(len(outer) * 0.62)
    panel = [*outer[start:], *reversed(inner[start:])]
    for part in (panel, flip(panel)):
        sketch.canvas.fill(part, darker(sketch.palette.second, 0.1), volume=0.4, edge=1.5)


def _tight(sketch: Sketch, leg: Leg) -> None:
    for side in (1, -1):
        x = leg.stance + leg.ankle
        for y in (leg.bottom - 26, leg.bottom - 46, leg.bottom - 70):
            sketch.canvas.crease([(side * (x - leg.ankle), y), (side * (x + leg.ankle), y + 7)], 7, 0.26)


def _rib_hem(sketch: Sketch, leg: Leg) -> None:
    _hems(sketch, leg, "rib")


def _turnup(sketch: Sketch, leg: Leg) -> None:
    _hems(sketch, leg, "turnup")


def _band_hem(sketch: Sketch, leg: Leg) -> None:
    _hems(sketch, leg, "band")


def _made(*legs: Leg) -> tuple[Shape, ...]:
    return tuple(partial(draw_legs, leg=leg) for leg in legs)


JEAN = Leg(extras=(_scoop_pockets, _fade, _hems))


SUIT = Leg(waist=80, hip=112, extras=(_slant_pockets, _pressed, _hems))


TRACK = Leg(band="drawstring", fly=False, knee=66, ankle=48, extras=(_side_stripes, _hems))


SHORT = Leg(
    length=330,
    rise=172,
    waist=92,
    hip=128,
    thigh=134,
    knee=78,
    ankle=76,
    stance=8,
    extras=(_scoop_pockets, _hems),
)


TIGHTS = Leg(
    waist=70, hip=102, thigh=96, knee=46, ankle=31, stance=46, band="wide", fly=False, extras=(_tight,)
)


CAPRI = Leg(length=480, knee=62, ankle=56, stance=40, waist=82, hip=116, extras=(_scoop_pockets, _hems))


JEANS = _made(
    JEAN,
    replace(JEAN, knee=46, ankle=31, stance=50, thigh=106, hip=110, extras=(_scoop_pockets, _fade, _hems)),
    replace(JEAN, knee=52, ankle=84, stance=30, thigh=106, hip=110),
    replace(JEAN, extras=(_scoop_pockets, _fade, _turnup), length=570, knee=60, ankle=46),
    replace(JEAN, knee=50, ankle=38, stance=52, extras=(_scoop_pockets, _fade, _rips, _hems)),
    replace(JEAN, knee=84, ankle=84, stance=20, hip=126, thigh=132),
    replace(JEAN, extras=(_scoop_pockets, _cargo, _hems), knee=76, ankle=64, stance=34),
    replace(
        JEAN,
        band="drawstring",
        fly=False,
        extras=(_slant_pockets, _knee_seams, _rib_hem),
        knee=64,
        ankle=36,
        stance=58,
    ),
    replace(
        JEAN,
        rise=215,
        waist=72,
        hip=112,
        thigh=118,
        knee=62,
        ankle=44,
        extras=(_scoop_pockets, _pleats, _turnup),
    ),
)


TROUSERS = _made(
    SUIT,
    replace(SUIT, knee=48, ankle=36, stance=50, thigh=104, extras=(_slant_pockets, _hems)),
    replace(SUIT, extras=(_slant_pockets, _pleats, _pressed, _turnup), hip=124, thigh=126, knee=70, ankle=50),
    replace(SUIT, knee=90, ankle=112, stance=8, hip=114, thigh=120, rise=200, waist=70),
    replace(SUIT, extras=(_slant_pockets, _cargo, _hems), knee=78, ankle=64, stance=32),
    replace(
        SUIT,
        band="tie",
        fly=False,
        rise=205,
        waist=70,
        extras=(_pleats, _slant_pockets, _hems),
        knee=74,
        ankle=60,
        stance=32,
    ),
    replace(SUIT, length=530, knee=54, ankle=42, stance=52, extras=(_slant_pockets, _pressed)),
    replace(
        SUIT,
        band="drawstring",
        fly=False,
        knee=86,
        ankle=80,
        stance=22,
        hip=126,
        thigh=130,
        extras=(_slant_pockets, _hems),
    ),
    replace(SUIT, knee=54, ankle=90, stance=26, extras=(_pressed, _hems)),
)


TRACK_PANTS = _made(
    TRACK,
    replace(TRACK, extras=(_slant_pockets, _rib_hem), knee=70, ankle=38, stance=58),
    replace(TRACK, extras=(_side_panel, _hems), knee=74, ankle=68, stance=30),
    replace(TRACK, extras=(_mesh, _knee_seams), knee=50, ankle=34, stance=52, thigh=104),
    replace(TRACK, band="contrast", extras=(_slant_pockets, _hems), knee=84, ankle=80, stance=22),
    replace(
        TRACK, extras=(partial(_side_stripes, count=3), _rib_hem), length=560, knee=66, ankle=40, stance=54
    ),
    replace(TRACK, extras=(_cargo, _rib_hem), knee=76, ankle=40, stance=56, hip=126),
    replace(
        TRACK,
        band="contrast",
        extras=(partial(_side_stripes, count=1), _hems),
        knee=54,
        ankle=80,
        stance=30,
        thigh=108,
    ),
    replace(TRACK, rise=235, thigh=132, hip=128, knee=72, ankle=34, stance=56, extras=(_pleats, _rib_hem)),
)


SHORTS = _made(
    SHORT,
    replace(SHORT, length=240, ankle=72, knee=74, stance=2, extras=(_scoop_pockets, _fade, _turnup)),
    replace(SHORT, length=430, ankle=72, knee=76, extras=(_slant_pockets, _cargo, _hems)),
    replace(
        SHORT,
        band="drawstring",
        fly=False,
        length=310,
        ankle=84,
        knee=82,
        stance=4,
        extras=(_side_stripes, _hems),
    ),
    replace(SHORT, length=380, ankle=62, knee=66, stance=12, extras=(_slant_pockets, _pressed, _hems)),
    replace(
        SHORT,
        band="elastic",
        fly=False,
        length=235,
        rise=150,
        ankle=90,
        knee=86,
        stance=0,
        extras=(_band_hem,),
    ),
    replace(
        SHORT,
        band="contrast",
        fly=False,
        length=420,
        ankle=90,
        knee=86,
        stance=4,
        extras=(_side_panel, _hems),
    ),
    replace(
        SHORT,
        band="tie",
        fly=False,
        length=300,
        rise=190,
        waist=74,
        ankle=92,
        knee=88,
        stance=2,
        extras=(_pleats, _turnup),
    ),
    replace(
        SHORT,
        band="wide",
        fly=False,
        length=280,
        waist=78,
        hip=108,
        thigh=106,
        ankle=50,
        knee=52,
        stance=8,
        extras=(_tight,),
    ),
)


LEGGINGS = _made(
    TIGHTS,
    replace(TIGHTS, extras=(_side_panel, _tight)),
    replace(TIGHTS, extras=(_mesh,)),
    replace(TIGHTS, length=500, ankle=38, stance=42, extras=(_tight, _band_hem)),
    replace(TIGHTS, band="contrast", extras=(_knee_seams, _tight)),
    replace(TIGHTS, ankle=62, knee=44, stance=28),
    replace(TIGHTS, length=570, rise=215, waist=60, extras=(partial(_side_stripes, count=1), _tight)),
    replace(
        TIGHTS, stance=20, hip=92, thigh=90, ankle=34, knee=44, band="elastic", extras=(_rib_hem, _tight)
    ),
)


CAPRIS = _made(
    CAPRI,
    replace(CAPRI, extras=(_scoop_pockets, _turnup), length=450, knee=64, ankle=62),
    replace(CAPRI, extras=(_slant_pockets, _cargo, _hems), ankle=66, knee=72, length=500),
    replace(
        CAPRI, band="drawstring", fly=False, extras=(_slant_pockets, _rib_hem), knee=72, ankle=44, stance=50
    ),
    replace(CAPRI, band="elastic", fly=False, extras=(_side_stripes, _hems), ankle=78, knee=72, stance=24),
    replace(
        CAPRI,
        waist=72,
        hip=104,
        thigh=98,
        knee=50,
        ankle=40,
        stance=44,
        band="wide",
        fly=False,
        extras=(_tight,),
    ),
    replace(CAPRI, band="tie", fly=False, rise=200, ankle=92, knee=84, stance=12, extras=(_pleats, _hems)),
    replace(
        CAPRI,
        length=510,
        knee=48,
        ankle=40,
        stance=48,
        thigh=104,
        extras=(_slant_pockets, _pressed, _band_hem),
    ),
)


_PLAIN = ("plain", "plain", "melange")


ARTICLES = (
    Article("Jeans", "denim", ("denim",), JEANS),
    Article("Trousers", "tailoring", (*_PLAIN, "pinstripe", "tartan"), TROUSERS),
    Article("Track Pants", "active", _PLAIN, TRACK_PANTS),
    Article("Shorts", "fabric", (*_PLAIN, "denim", "tartan", "camo", "floral", "denim"), SHORTS, zoom=1.16),
    Article("Leggings", "fabric", (*_PLAIN, "plain", "zigzag", "floral"), LEGGINGS),
    Article("Capris", "fabric", (*_PLAIN, "denim", "gingham"), CAPRIS, zoom=1.08),
)
