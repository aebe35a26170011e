"""T-shirts, shirts, tops, knitwear, jackets and kurtas, laid flat and seen from the front."""

from dataclasses import dataclass, replace
from functools import partial

from shopify_bot.devstore.drawing.articles.fronts import (
    Front,
    button_front,
    draw_argyle,
    draw_badge,
    draw_biker,
    draw_cable_panel,
    draw_chest_band,
    draw_chest_pocket,
    draw_colour_yoke,
    draw_flap_pockets,
    draw_front_panel,
    draw_gathers,
    draw_jacket_buttons,
    draw_kangaroo,
    draw_lapels,
    draw_open_front,
    draw_print,
    draw_puffer,
    draw_raglan,
    draw_ruffle,
    draw_side_pockets,
    draw_side_slits,
    draw_waist_tie,
    draw_welt_pockets,
    draw_yoke,
    zip_front,
)
from shopify_bot.devstore.drawing.articles.garment import Cut, draw_back, draw_body, draw_hem, draw_sleeves
from shopify_bot.devstore.drawing.articles.necklines import draw_trim
from shopify_bot.devstore.drawing.sketch import Article, Shape, Sketch


@dataclass(frozen=True)
class Make:
    """One upper garment: its cut, hem and whatever is on its front."""

    cut: Cut
    hem: str = "stitch"
    fronts: tuple[Front, ...] = ()


def draw_make(sketch: Sketch, make: Make) -> None:
    """Lay sleeves, back, body, front and neckline over one another."""
    draw_sleeves(sketch, make.cut)
    draw_back(sketch, make.cut)
    draw_body(sketch, make.cut)
    draw_hem(sketch, make.cut, make.hem)
    for front in make.fronts:
        front(sketch, make.cut)
    draw_trim(sketch, make.cut)


def _made(*makes: Make) -> tuple[Shape, ...]:
    return tuple(partial(draw_make, make=make) for make in makes)


TEE = Cut(sleeve=118, cuff=42, spread=38)


LONG = replace(TEE, sleeve=365, cuff=26, spread=19)


SHIRT = Cut(
    length=470,
    sleeve=385,
    cuff=27,
    spread=18,
    trim="collar",
    depth=26,
    neck=48,
    sleeve_form="cuff",
    hem_drop=24,
    hem=126,
)


KNIT = Cut(
    length=420, sleeve=365, cuff=28, spread=19, sleeve_form="rib", trim="band", chest=136, hem=126, waist=134
)


COAT = Cut(
    length=440, sleeve=370, cuff=32, spread=18, chest=142, waist=136, hem=138, shoulder=130, depth=24, neck=50
)


KURTA = Cut(
    length=590,
    shoulder=112,
    chest=120,
    waist=112,
    hem=158,
    waist_at=0.4,
    sleeve=250,
    cuff=30,
    spread=20,
    neck=46,
)


TOP = Cut(length=400, shoulder=106, chest=116, waist=104, hem=122, neck=58, depth=56)


TSHIRTS = _made(
    Make(TEE, fronts=(draw_print,)),
    Make(replace(TEE, neckline="vee", depth=86, trim="edge", waist=116, hem=124)),
    Make(replace(TEE, trim="polo", depth=34), fronts=(button_front(0.34, 3, 12), draw_badge)),
    Make(replace(LONG, trim="band"), fronts=(draw_chest_band,)),
    Make(replace(TEE, trim="contrast", sleeve_form="contrast", sleeve=150), fronts=(draw_raglan, draw_print)),
    Make(replace(TEE, sleeve=0, shoulder=104, neck=60, depth=70, trim="edge", chest=126)),
    Make(replace(LONG, depth=40), fronts=(button_front(0.36, 3, 12),)),
    Make(replace(TEE, trim="hood", depth=30, sleeve=150), fronts=(draw_kangaroo,)),
    Make(
        replace(TEE, length=540, sleeve=160, cuff=52, chest=150, waist=150, hem=150, shoulder=146),
        fronts=(draw_chest_pocket,),
    ),
    Make(
        replace(TEE, trim="polo", depth=34, sleeve_form="contrast"),
        hem="band",
        fronts=(button_front(0.3, 2, 12), draw_chest_band),
    ),
)


SHIRTS = _made(
    Make(SHIRT, fronts=(button_front(), draw_chest_pocket)),
    Make(
        replace(SHIRT, sleeve=138, cuff=44, spread=34, sleeve_form="plain", hem_drop=6),
        fronts=(button_front(), draw_chest_pocket),
    ),
    Make(
        replace(SHIRT, chest=142, waist=140, hem=140, shoulder=132, hem_drop=8),
        fronts=(button_front(), draw_flap_pockets, draw_yoke),
    ),
    Make(replace(SHIRT, trim="mandarin", depth=30, length=540, waist=116, hem=122), fronts=(button_front(),)),
    Make(replace(SHIRT, waist=102, chest=118, shoulder=108, hem=118, length=450), fronts=(button_front(),)),
    Make(replace(SHIRT, sleeve=225, cuff=38, spread=24), fronts=(button_front(), draw_chest_pocket)),
    Make(
        replace(
            SHIRT,
            trim="wide collar",
            sleeve=150,
            cuff=50,
            spread=38,
            sleeve_form="plain",
            chest=146,
            waist=146,
            hem=148,
            length=440,
            hem_drop=4,
            depth=58,
        ),
        fronts=(button_front(1.0, 4),),
    ),
    Make(replace(SHIRT, length=500), fronts=(button_front(0.46, 4), draw_colour_yoke)),
    Make(replace(SHIRT, sleeve=0, length=430), fronts=(button_front(), draw_flap_pockets)),
)


TOPS = _made(
    Make(replace(TOP, sleeve=0, shoulder=80, neck=62, depth=92, trim="edge"), fronts=()),
    Make(replace(TOP, sleeve=96, cuff=40, spread=44, sleeve_form="puff"), fronts=(draw_gathers,)),
    Make(replace(TOP, sleeve=300, cuff=30, spread=22, neck=92, depth=28, trim="edge")),
    Make(
        replace(
            TOP, sleeve=210, cuff=44, spread=30, sleeve_form="bell", neckline="vee", depth=100, trim="edge"
        ),
        fronts=(draw_waist_tie,),
    ),
    Make(
        replace(TOP, hem=190, waist=140, length=430, neckline="square", depth=64, trim="edge", shoulder=96),
        fronts=(draw_gathers,),
    ),
    Make(replace(TOP, sleeve=0, shoulder=88, trim="cowl", depth=40, neck=70)),
    Make(replace(TOP, length=300, hem=108, sleeve=92, cuff=42, spread=44), hem="band", fronts=(draw_print,)),
    Make(
        replace(TOP, trim="collar", depth=50, neck=48, sleeve=0, shoulder=98, hem=130),
        fronts=(draw_ruffle, button_front(1.0, 7, 10)),
    ),
    Make(
        replace(TOP, sleeve=150, cuff=80, spread=52, chest=140, waist=140, hem=120, length=370, trim="edge"),
        hem="rib",
    ),
)


SWEATERS = _made(
    Make(KNIT, "rib"),
    Make(replace(KNIT, neckline="vee", depth=118, length=480, chest=144, waist=144, hem=138), "rib"),
    Make(
        replace(KNIT, trim="turtle", depth=20, length=400, chest=124, waist=114, hem=112, shoulder=114), "rib"
    ),
    Make(replace(KNIT, neckline="vee", depth=130, trim="none"), "rib", (draw_open_front,)),
    Make(replace(KNIT, length=450, chest=148, waist=148, hem=140, shoulder=136), "rib", (draw_cable_panel,)),
    Make(replace(KNIT, sleeve=0, neckline="vee", depth=110, shoulder=108, chest=126), "rib", (draw_argyle,)),
    Make(replace(KNIT, length=560, hem=140, waist=140, trim="cowl", depth=30), "rib"),
    Make(
        replace(KNIT, sleeve=215, cuff=44, spread=32, length=360, sleeve_form="bell", neck=84, depth=34),
        "rib",
    ),
    Make(replace(KNIT, trim="polo"), "rib", (zip_front(0.34), draw_chest_band)),
)


SWEATSHIRTS = _made(
    Make(replace(KNIT, trim="hood", depth=30, length=440), "rib", (draw_kangaroo,)),
    Make(replace(KNIT, chest=144, waist=142), "rib", (draw_print,)),
    Make(replace(KNIT, trim="hood", depth=30, length=490, hem=132), "rib", (zip_front(), draw_side_pockets)),
    Make(replace(KNIT, trim="contrast", sleeve=330), "rib", (draw_raglan,)),
    Make(replace(KNIT, trim="turtle", depth=20), "rib", (zip_front(0.36), draw_badge)),
    Make(replace(KNIT, length=330, hem=128, waist=138, chest=146, sleeve=310), "rib", (draw_chest_band,)),
    Make(replace(KNIT, trim="hood", sleeve=0, shoulder=112, depth=30), "rib", (draw_kangaroo, draw_print)),
    Make(replace(KNIT, trim="polo", depth=34), "rib", (button_front(0.34, 3, 12), draw_colour_yoke)),
)


JACKETS = _made(
    Make(replace(COAT, trim="turtle", sleeve_form="rib"), "rib", (zip_front(), draw_side_pockets)),
    Make(replace(COAT, trim="hood", depth=30), "stitch", (draw_puffer, zip_front())),
    Make(
        replace(COAT, trim="edge", length=400, depth=70, neckline="vee", hem=128, waist=130),
        "stitch",
        (draw_biker,),
    ),
    Make(
        replace(COAT, trim="collar", length=410, sleeve_form="cuff", neck=48),
        "band",
        (draw_yoke, draw_flap_pockets, button_front(1.0, 5, 15)),
    ),
    Make(
        replace(COAT, trim="none", neckline="vee", depth=190, length=510, hem=144, waist=126),
        "none",
        (draw_welt_pockets, draw_jacket_buttons, draw_lapels),
    ),
    Make(
        replace(COAT, trim="contrast", sleeve_form="rib", length=420),
        "rib",
        (draw_raglan, button_front(1.0, 6, 11), draw_side_pockets, draw_badge),
    ),
    Make(
        replace(COAT, trim="hood", length=590, hem=150, waist=138, depth=30),
        "stitch",
        (zip_front(), draw_flap_pockets, draw_side_pockets),
    ),
    Make(replace(COAT, trim="turtle", sleeve=0, shoulder=116, depth=22), "band", (draw_puffer, zip_front())),
    Make(
        replace(COAT, trim="none", neckline="vee", depth=130, length=600, hem=162, waist=124),
        "stitch",
        (partial(draw_jacket_buttons, rows=2, count=4), draw_lapels, draw_waist_tie),
    ),
    Make(replace(COAT, trim="turtle"), "stitch", (draw_colour_yoke, zip_front(), draw_side_pockets)),
)


KURTAS = _made(
    Make(replace(KURTA, trim="mandarin", depth=34), "stitch", (button_front(0.42, 5, 11), draw_side_slits)),
    Make(replace(KURTA, trim="embroidery", depth=64, neckline="vee"), "border", (draw_side_slits,)),
    Make(
        replace(KURTA, trim="edge", sleeve=0, shoulder=96, neck=54, depth=60), "border", (draw_front_panel,)
    ),
    Make(
        replace(KURTA, trim="embroidery", hem=214, sleeve=190, cuff=40, depth=56), "border", (draw_gathers,)
    ),
    Make(
        replace(KURTA, trim="mandarin", sleeve=350, cuff=30, spread=16, hem=134, depth=32),
        "stitch",
        (button_front(0.36, 4, 12), draw_chest_pocket, draw_side_slits),
    ),
    Make(
        replace(KURTA, trim="embroidery", length=470, hem=150, sleeve=120, cuff=44, spread=36, depth=50),
        "stitch",
        (draw_side_slits,),
    ),
    Make(
        replace(KURTA, trim="collar", depth=28, sleeve=340, cuff=27, spread=16, sleeve_form="cuff", hem=138),
        "stitch",
        (button_front(0.4, 5, 12), draw_flap_pockets),
    ),
    Make(
        replace(
            KURTA,
            trim="embroidery",
            length=640,
            hem=176,
            sleeve=250,
            sleeve_form="bell",
            depth=60,
            neckline="square",
        ),
        "border",
        (draw_waist_tie,),
    ),
    Make(
        replace(
            KURTA, trim="contrast", length=540, hem=136, sleeve=190, cuff=42, sleeve_form="contrast", depth=48
        ),
        "band",
        (draw_front_panel, draw_side_slits),
    ),
)


PRINTS = ("plain", "plain", "floral", "dots", "stripes", "paisley", "zigzag", "melange")


ARTICLES = (
    Article("Tshirts", "fabric", ("plain", "plain", "plain", "melange", "stripes"), TSHIRTS, zoom=1.12),
    Article(
        "Shirts",
        "fabric",
        ("plain", "gingham", "tartan", "tartan", "pinstripe", "pinstripe", "dots", "denim"),
        SHIRTS,
        zoom=1.06,
    ),
    Article("Tops", "fabric", PRINTS, TOPS, zoom=1.16),
    Article(
        "Sweaters", "fabric", ("knit", "knit", "rib", "stripes", "melange", "zigzag"), SWEATERS, zoom=1.08
    ),
    Article("Sweatshirts", "fabric", ("plain", "melange", "melange", "camo"), SWEATSHIRTS, zoom=1.08),
    Article("Jackets", "tailoring", ("plain", "plain", "leather", "denim", "camo"), JACKETS, zoom=1.06),
    Article("Kurtas", "fabric", ("plain", "floral", "paisley", "dots", "plain", "pinstripe"), KURTAS),
)
