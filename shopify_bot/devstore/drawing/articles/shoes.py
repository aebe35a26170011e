"""Closed shoes seen from the side, the toe to the right."""

from dataclasses import replace
from functools import partial

from shopify_bot.devstore.drawing.articles.lasts import Last, draw_shoe
from shopify_bot.devstore.drawing.articles.uppers import (
    draw_ankle_patch,
    draw_boat_lace,
    draw_brogue,
    draw_buckle,
    draw_elastic,
    draw_gloss,
    draw_heel_counter,
    draw_laces,
    draw_mesh_toe,
    draw_moc_seam,
    draw_overlays,
    draw_pull_tab,
    draw_rubber_toe,
    draw_saddle,
    draw_side_bars,
    draw_swoosh,
    draw_toe_cap,
    draw_velcro,
    draw_zip_side,
)
from shopify_bot.devstore.drawing.palette import INK
from shopify_bot.devstore.drawing.sketch import Article, Shape


def _made(*lasts: Last) -> tuple[Shape, ...]:
    return tuple(partial(draw_shoe, last=last) for last in lasts)


CASUAL = Last()


RUN = Last(
    form="runner",
    sole=38,
    toe_top=2,
    parts=(draw_mesh_toe, draw_overlays, draw_heel_counter, draw_laces, draw_pull_tab),
    back=-84,
    dip=-46,
)


FORMAL = Last(
    form="welt",
    sole=20,
    heel=20,
    back=-58,
    dip=-40,
    tongue=(-54, -72),
    vamp=(66, -6),
    toe=238,
    toe_top=22,
    point=0.6,
    bright_sole=False,
)


CASUAL_SHOES = _made(
    replace(CASUAL, parts=(draw_heel_counter, draw_laces)),
    replace(
        CASUAL, parts=(draw_rubber_toe, draw_laces, draw_ankle_patch), back=-150, dip=-136, tongue=(-64, -170)
    ),
    replace(CASUAL, parts=(draw_elastic,), tongue=(-30, -62), dip=-34, back=-56, form="gum"),
    replace(CASUAL, parts=(draw_moc_seam, draw_boat_lace), tongue=(-30, -64), back=-56, dip=-34, sole=20),
    replace(
        CASUAL,
        parts=(partial(draw_laces, rows=3),),
        back=-132,
        dip=-128,
        tongue=(-70, -144),
        vamp=(54, -26),
        form="gum",
        sole=24,
    ),
    replace(CASUAL, parts=(draw_velcro, draw_heel_counter), sole=40, tongue=(-40, -86), dip=-40, toe_top=-4),
    replace(
        CASUAL, parts=(draw_moc_seam, draw_saddle), tongue=(-26, -60), back=-54, dip=-30, sole=18, form="cup"
    ),
    replace(
        CASUAL,
        parts=(draw_toe_cap, draw_laces, draw_pull_tab),
        form="lug",
        sole=40,
        back=-148,
        dip=-140,
        tongue=(-70, -166),
        bright_sole=False,
    ),
    replace(CASUAL, parts=(draw_side_bars, draw_laces), sole=52, form="cup", toe_top=0),
)


SPORTS_SHOES = _made(
    RUN,
    replace(RUN, form="wave", parts=(draw_mesh_toe, draw_swoosh, draw_laces, draw_heel_counter)),
    replace(
        RUN,
        form="cup",
        sole=34,
        back=-152,
        dip=-128,
        tongue=(-66, -172),
        parts=(draw_toe_cap, partial(draw_laces, rows=7), draw_heel_counter, draw_ankle_patch),
    ),
    replace(
        RUN,
        form="stud",
        sole=18,
        back=-60,
        dip=-38,
        tongue=(-50, -80),
        toe_top=16,
        point=0.3,
        parts=(draw_side_bars, draw_laces, draw_heel_counter),
    ),
    replace(RUN, form="lug", sole=34, parts=(draw_toe_cap, draw_overlays, draw_laces), bright_sole=False),
    replace(RUN, form="runner", sole=28, parts=(draw_side_bars, draw_velcro), bright_sole=True),
    replace(
        RUN,
        form="wave",
        sole=54,
        parts=(draw_mesh_toe, partial(draw_side_bars, count=2), draw_laces, draw_pull_tab),
        toe_top=-6,
    ),
    replace(
        RUN,
        form="cup",
        sole=22,
        parts=(draw_swoosh, draw_toe_cap, draw_laces),
        back=-60,
        dip=-40,
        tongue=(-50, -82),
        toe_top=14,
    ),
    replace(
        RUN,
        form="runner",
        sole=42,
        tongue=(-62, -120),
        back=-112,
        dip=-92,
        parts=(draw_elastic, draw_overlays, draw_pull_tab, draw_mesh_toe),
    ),
)


FORMAL_SHOES = _made(
    replace(FORMAL, parts=(partial(draw_laces, rows=4, panel=True, colour=INK), draw_gloss)),
    replace(
        FORMAL,
        parts=(draw_brogue, partial(draw_laces, rows=3, colour=INK)),
        back=-70,
        dip=-56,
        tongue=(-30, -86),
        toe_top=14,
        point=0.1,
        toe=226,
    ),
    replace(FORMAL, parts=(draw_elastic, draw_gloss), tongue=(-4, -56), vamp=(92, -2), back=-48, dip=-30),
    replace(FORMAL, parts=(draw_moc_seam, draw_saddle, draw_gloss), tongue=(-20, -58), back=-52, dip=-28),
    replace(FORMAL, parts=(draw_buckle, draw_gloss), tongue=(-50, -104), vamp=(66, -24), back=-92, dip=-80),
    replace(
        FORMAL,
        parts=(partial(draw_laces, rows=6, colour=INK), draw_gloss),
        back=-150,
        dip=-146,
        tongue=(-76, -160),
        vamp=(60, -4),
    ),
    replace(
        FORMAL,
        parts=(draw_elastic, draw_zip_side, draw_gloss),
        back=-166,
        dip=-166,
        tongue=(-84, -172),
        vamp=(54, -8),
    ),
    replace(
        FORMAL,
        parts=(partial(draw_buckle, count=2), draw_gloss),
        point=1.3,
        toe=258,
        heel=30,
        vamp=(76, 4),
        toe_top=30,
    ),
    replace(
        FORMAL,
        parts=(draw_gloss,),
        point=1.2,
        toe=252,
        toe_top=30,
        tongue=(-6, -44),
        vamp=(86, 8),
        back=-50,
        dip=-22,
    ),
)


ARTICLES = (
    Article(
        "Casual Shoes",
        "shoe",
        ("plain", "plain", "leather", "melange", "denim"),
        CASUAL_SHOES,
        standing=True,
        flips=True,
        zoom=1.1,
    ),
    Article(
        "Sports Shoes",
        "shoe",
        ("plain", "plain", "melange"),
        SPORTS_SHOES,
        standing=True,
        flips=True,
        zoom=1.1,
    ),
    Article(
        "Formal Shoes",
        "dress leather",
        ("plain", "plain", "leather", "croc"),
        FORMAL_SHOES,
        standing=True,
        flips=True,
        zoom=1.08,
    ),
)
