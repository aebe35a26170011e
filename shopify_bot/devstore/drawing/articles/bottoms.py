"""Trousers, jeans, shorts, leggings and skirts, laid flat and seen from the front."""

from dataclasses import replace
from functools import partial

from shopify_bot.devstore.drawing.articles.leg_details import (
    draw_band_hem,
    draw_cargo,
    draw_fade,
    draw_hems,
    draw_knee_seams,
    draw_mesh,
    draw_pleats,
    draw_pressed,
    draw_rib_hem,
    draw_rips,
    draw_scoop_pockets,
    draw_side_panel,
    draw_side_stripes,
    draw_slant_pockets,
    draw_tight,
    draw_turnup,
)
from shopify_bot.devstore.drawing.articles.legs import Leg, draw_legs
from shopify_bot.devstore.drawing.sketch import Article, Shape


def _made(*legs: Leg) -> tuple[Shape, ...]:
    return tuple(partial(draw_legs, leg=leg) for leg in legs)


JEAN = Leg(extras=(draw_scoop_pockets, draw_fade, draw_hems))


SUIT = Leg(waist=80, hip=112, extras=(draw_slant_pockets, draw_pressed, draw_hems))


TRACK = Leg(band="drawstring", fly=False, knee=66, ankle=48, extras=(draw_side_stripes, draw_hems))


SHORT = Leg(
    length=330,
    rise=172,
    waist=92,
    hip=128,
    thigh=134,
    knee=78,
    ankle=76,
    stance=8,
    extras=(draw_scoop_pockets, draw_hems),
)


TIGHTS = Leg(
    waist=70, hip=102, thigh=96, knee=46, ankle=31, stance=46, band="wide", fly=False, extras=(draw_tight,)
)


CAPRI = Leg(
    length=480, knee=62, ankle=56, stance=40, waist=82, hip=116, extras=(draw_scoop_pockets, draw_hems)
)


JEANS = _made(
    JEAN,
    replace(
        JEAN,
        knee=46,
        ankle=31,
        stance=50,
        thigh=106,
        hip=110,
        extras=(draw_scoop_pockets, draw_fade, draw_hems),
    ),
    replace(JEAN, knee=52, ankle=84, stance=30, thigh=106, hip=110),
    replace(JEAN, extras=(draw_scoop_pockets, draw_fade, draw_turnup), length=570, knee=60, ankle=46),
    replace(JEAN, knee=50, ankle=38, stance=52, extras=(draw_scoop_pockets, draw_fade, draw_rips, draw_hems)),
    replace(JEAN, knee=84, ankle=84, stance=20, hip=126, thigh=132),
    replace(JEAN, extras=(draw_scoop_pockets, draw_cargo, draw_hems), knee=76, ankle=64, stance=34),
    replace(
        JEAN,
        band="drawstring",
        fly=False,
        extras=(draw_slant_pockets, draw_knee_seams, draw_rib_hem),
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
        extras=(draw_scoop_pockets, draw_pleats, draw_turnup),
    ),
)


TROUSERS = _made(
    SUIT,
    replace(SUIT, knee=48, ankle=36, stance=50, thigh=104, extras=(draw_slant_pockets, draw_hems)),
    replace(
        SUIT,
        extras=(draw_slant_pockets, draw_pleats, draw_pressed, draw_turnup),
        hip=124,
        thigh=126,
        knee=70,
        ankle=50,
    ),
    replace(SUIT, knee=90, ankle=112, stance=8, hip=114, thigh=120, rise=200, waist=70),
    replace(SUIT, extras=(draw_slant_pockets, draw_cargo, draw_hems), knee=78, ankle=64, stance=32),
    replace(
        SUIT,
        band="tie",
        fly=False,
        rise=205,
        waist=70,
        extras=(draw_pleats, draw_slant_pockets, draw_hems),
        knee=74,
        ankle=60,
        stance=32,
    ),
    replace(SUIT, length=530, knee=54, ankle=42, stance=52, extras=(draw_slant_pockets, draw_pressed)),
    replace(
        SUIT,
        band="drawstring",
        fly=False,
        knee=86,
        ankle=80,
        stance=22,
        hip=126,
        thigh=130,
        extras=(draw_slant_pockets, draw_hems),
    ),
    replace(SUIT, knee=54, ankle=90, stance=26, extras=(draw_pressed, draw_hems)),
)


TRACK_PANTS = _made(
    TRACK,
    replace(TRACK, extras=(draw_slant_pockets, draw_rib_hem), knee=70, ankle=38, stance=58),
    replace(TRACK, extras=(draw_side_panel, draw_hems), knee=74, ankle=68, stance=30),
    replace(TRACK, extras=(draw_mesh, draw_knee_seams), knee=50, ankle=34, stance=52, thigh=104),
    replace(TRACK, band="contrast", extras=(draw_slant_pockets, draw_hems), knee=84, ankle=80, stance=22),
    replace(
        TRACK,
        extras=(partial(draw_side_stripes, count=3), draw_rib_hem),
        length=560,
        knee=66,
        ankle=40,
        stance=54,
    ),
    replace(TRACK, extras=(draw_cargo, draw_rib_hem), knee=76, ankle=40, stance=56, hip=126),
    replace(
        TRACK,
        band="contrast",
        extras=(partial(draw_side_stripes, count=1), draw_hems),
        knee=54,
        ankle=80,
        stance=30,
        thigh=108,
    ),
    replace(
        TRACK, rise=235, thigh=132, hip=128, knee=72, ankle=34, stance=56, extras=(draw_pleats, draw_rib_hem)
    ),
)


SHORTS = _made(
    SHORT,
    replace(
        SHORT, length=240, ankle=72, knee=74, stance=2, extras=(draw_scoop_pockets, draw_fade, draw_turnup)
    ),
    replace(SHORT, length=430, ankle=72, knee=76, extras=(draw_slant_pockets, draw_cargo, draw_hems)),
    replace(
        SHORT,
        band="drawstring",
        fly=False,
        length=310,
        ankle=84,
        knee=82,
        stance=4,
        extras=(draw_side_stripes, draw_hems),
    ),
    replace(
        SHORT, length=380, ankle=62, knee=66, stance=12, extras=(draw_slant_pockets, draw_pressed, draw_hems)
    ),
    replace(
        SHORT,
        band="elastic",
        fly=False,
        length=235,
        rise=150,
        ankle=90,
        knee=86,
        stance=0,
        extras=(draw_band_hem,),
    ),
    replace(
        SHORT,
        band="contrast",
        fly=False,
        length=420,
        ankle=90,
        knee=86,
        stance=4,
        extras=(draw_side_panel, draw_hems),
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
        extras=(draw_pleats, draw_turnup),
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
        extras=(draw_tight,),
    ),
)


LEGGINGS = _made(
    TIGHTS,
    replace(TIGHTS, extras=(draw_side_panel, draw_tight)),
    replace(TIGHTS, extras=(draw_mesh,)),
    replace(TIGHTS, length=500, ankle=38, stance=42, extras=(draw_tight, draw_band_hem)),
    replace(
        TIGHTS,
        length=540,
        ankle=27,
        hip=94,
        thigh=88,
        stance=50,
        band="contrast",
        extras=(draw_knee_seams, draw_tight),
    ),
    replace(TIGHTS, ankle=62, knee=44, stance=28),
    replace(TIGHTS, length=570, rise=215, waist=60, extras=(partial(draw_side_stripes, count=1), draw_tight)),
    replace(
        TIGHTS,
        stance=20,
        hip=92,
        thigh=90,
        ankle=34,
        knee=44,
        band="elastic",
        extras=(draw_rib_hem, draw_tight),
    ),
)


CAPRIS = _made(
    CAPRI,
    replace(CAPRI, extras=(draw_scoop_pockets, draw_turnup), length=450, knee=64, ankle=62),
    replace(CAPRI, extras=(draw_slant_pockets, draw_cargo, draw_hems), ankle=66, knee=72, length=500),
    replace(
        CAPRI,
        band="drawstring",
        fly=False,
        extras=(draw_slant_pockets, draw_rib_hem),
        knee=72,
        ankle=44,
        stance=50,
    ),
    replace(
        CAPRI, band="elastic", fly=False, extras=(draw_side_stripes, draw_hems), ankle=78, knee=72, stance=24
    ),
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
        extras=(draw_tight,),
    ),
    replace(
        CAPRI, band="tie", fly=False, rise=200, ankle=92, knee=84, stance=12, extras=(draw_pleats, draw_hems)
    ),
    replace(
        CAPRI,
        length=510,
        knee=48,
        ankle=40,
        stance=48,
        thigh=104,
        extras=(draw_slant_pockets, draw_pressed, draw_band_hem),
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
