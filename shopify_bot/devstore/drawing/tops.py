"""T-shirts, shirts, tops, knitwear, jackets and kurtas, laid flat and seen from the front."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import partial

from .fabric import metal, plain_cloth
from .garment import (
    Cut,
    draw_back,
    draw_body,
    draw_buttons,
    draw_hem,
    draw_motif,
    draw_pocket,
    draw_sleeves,
    draw_trim,
    draw_zip,
)
from .geometry import along, bezier, box, flip, mirror, ribbon, smooth
from .palette import darker, lighter, thread_of
from .sketch import Article, Shape, Sketch

Front = Callable[[Sketch, Cut], None]


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


def _print(sketch: Sketch, cut: Cut) -> None:
    if sketch.cloth.pattern in ("plain", "melange"):
        draw_motif(sketch, (0, cut.top + cut.depth + 96), 50)


def _badge(sketch: Sketch, cut: Cut) -> None:
    x, y = cut.chest * 0.46, cut.top + 112
    sketch.canvas.fill(box(x - 13, y - 13, x + 13, y + 13, 4), sketch.palette.second, volume=0, edge=1.2)


def _chest_pocket(sketch: Sketch, cut: Cut) -> None:
    draw_pocket(sketch, (cut.chest * 0.48, cut.top + 122), 58)


def _flap_pockets(sketch: Sketch, cut: Cut) -> None:
    for side in (-1, 1):
        draw_pocket(sketch, (side * cut.chest * 0.5, cut.top + 118), 62, flap=True)


def _kangaroo(sketch: Sketch, cut: Cut) -> None:
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


def _chest_band(sketch: Sketch, cut: Cut) -> None:
    top = cut.top + 132
    wide = cut.chest - 2
    sketch.canvas.fill(
        [(-wide, top), (wide, top), (wide - 3, top + 62), (-wide + 3, top + 62)],
        sketch.palette.second,
        volume=0.2,
        edge=1,
    )
    sketch.canvas.line([(-wide, top + 72), (wide, top + 72)], sketch.palette.accent, 5)


def _yoke(sketch: Sketch, cut: Cut) -> None:
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


def _colour_yoke(sketch: Sketch, cut: Cut) -> None:
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


def _raglan(sketch: Sketch, cut: Cut) -> None:
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


def _buttons(until: float = 1.0, count: int = 6, wide: float = 13) -> Front:
    return partial(draw_buttons, until=until, count=count, wide=wide)


def _zip(until: float = 1.0) -> Front:
    return partial(draw_zip, until=until)


def _open_front(sketch: Sketch, cut: Cut) -> None:
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


def _side_pockets(sketch: Sketch, cut: Cut) -> None:
    for side in (1, -1):
        slit = [(side * cut.waist * 0.72, cut.bottom - 150), (side * cut.waist * 0.52, cut.bottom - 76)]
        sketch.canvas.fill(ribbon(slit, 11), darker(sketch.cloth.colour, 0.25), volume=0.2, edge=1.6)
        sketch.canvas.line(slit, darker(sketch.cloth.colour, 0.6), 2)


def _puffer(sketch: Sketch, cut: Cut) -> None:
    for step in range(1, 7):
        level = cut.top + 46 + step * (cut.length - 70) / 7
        wide = cut.chest - 3 if level > cut.armpit[1] else cut.shoulder - 8
        seam = smooth(
            (-wide, level), (-wide * 0.5, level + 7), (0, level + 2), (wide * 0.5, level + 7), (wide, level)
        )
        sketch.canvas.crease(seam, 20, 0.4)
        sketch.canvas.line(seam, darker(sketch.cloth.colour, 0.4), 2)
        sketch.canvas.crease([(x, y + 16) for x, y in seam], 14, 0.22, (255, 255, 255))


def _biker(sketch: Sketch, cut: Cut) -> None:
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


def _lapels(sketch: Sketch, cut: Cut) -> None:
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


def _jacket_buttons(sketch: Sketch, cut: Cut, rows: int = 1, count: int = 2) -> None:
    edge = [(0, cut.top + cut.depth), (4, cut.bottom - 60), (26, cut.bottom + cut.hem_drop)]
    sketch.canvas.line(smooth(*edge), darker(sketch.cloth.colour, 0.55), 2.4)
    for column in (0,) if rows == 1 else (-28, 28):
        for _, y in along([(0, cut.top + cut.depth + 12), (0, cut.bottom - 90)], count):
            sketch.canvas.dot((column + (4 if rows == 1 else 0), y), 7.5, darker(sketch.cloth.colour, 0.5))


def _welt_pockets(sketch: Sketch, cut: Cut) -> None:
    for side in (1, -1):
        x, y = side * cut.waist * 0.58, cut.bottom - 104
        sketch.canvas.fill(box(x - 34, y, x + 34, y + 17, 2), sketch.cloth, volume=0.3, edge=1.8, drop=2)


def _waist_tie(sketch: Sketch, cut: Cut) -> None:
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


def _gathers(sketch: Sketch, cut: Cut) -> None:
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


def _ruffle(sketch: Sketch, cut: Cut) -> None:
    top = cut.top + cut.depth
    for side in (1, -1):
        frill = smooth(*((side * (10 + (18 if n % 2 else 34)), top + n * 24) for n in range(9)))
        sketch.canvas.fill([(0, top), *frill, (0, frill[-1][1])], sketch.cloth, volume=0.6, drop=3)


def _side_slits(sketch: Sketch, cut: Cut) -> None:
    tall = 110
    lean = (cut.hem - cut.waist) * tall / ((1 - cut.waist_at) * cut.length)
    for side in (1, -1):
        slit = [(side * (cut.hem - 10), cut.bottom), (side * (cut.hem - 12 - lean), cut.bottom - tall)]
        sketch.canvas.line(slit, darker(sketch.cloth.colour, 0.55), 3)


def _front_panel(sketch: Sketch, cut: Cut) -> None:
    panel = mirror(
        [(0, cut.top + cut.depth), (40, cut.top + 30), (46, cut.bottom + 6), (0, cut.bottom + cut.hem_drop)]
    )
    sketch.canvas.fill(panel, sketch.palette.second, volume=0.2, edge=1.4)
    for side in (1, -1):
        for _, y in along([(0, cut.top + 60), (0, cut.bottom - 10)], 18):
            sketch.canvas.dot((side * 40, y), 3.4, sketch.palette.accent, 0)


def _cable_panel(sketch: Sketch, cut: Cut) -> None:
    for x in (-52, 0, 52):
        for _, y in along([(0, cut.top + 90), (0, cut.bottom - 50)], 9):
            for side in (1, -1):
                sketch.canvas.fill(
                    ribbon(smooth((x - side * 11, y - 20), (x, y), (x + side * 11, y + 20)), 11),
                    lighter(sketch.cloth.colour, 0.08),
                    volume=0.4,
                    edge=1.5,
                )


def _argyle(sketch: Sketch, cut: Cut) -> None:
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
    Make(TEE, fronts=(_print,)),
    Make(replace(TEE, neckline="vee", depth=86, trim="edge", waist=116, hem=124)),
    Make(replace(TEE, trim="polo", depth=34), fronts=(_buttons(0.34, 3, 12), _badge)),
    Make(replace(LONG, trim="band"), fronts=(_chest_band,)),
    Make(replace(TEE, trim="contrast", sleeve_form="contrast", sleeve=150), fronts=(_raglan, _print)),
    Make(replace(TEE, sleeve=0, shoulder=104, neck=60, depth=70, trim="edge", chest=126)),
    Make(replace(LONG, depth=40), fronts=(_buttons(0.36, 3, 12),)),
    Make(replace(TEE, trim="hood", depth=30, sleeve=150), fronts=(_kangaroo,)),
    Make(
        replace(TEE, length=540, sleeve=160, cuff=52, chest=150, waist=150, hem=150, shoulder=146),
        fronts=(_chest_pocket,),
    ),
    Make(
        replace(TEE, trim="polo", depth=34, sleeve_form="contrast"),
        hem="band",
        fronts=(_buttons(0.3, 2, 12), _chest_band),
    ),
)
SHIRTS = _made(
    Make(SHIRT, fronts=(_buttons(), _chest_pocket)),
    Make(
        replace(SHIRT, sleeve=138, cuff=44, spread=34, sleeve_form="plain", hem_drop=6),
        fronts=(_buttons(), _chest_pocket),
    ),
    Make(SHIRT, fronts=(_buttons(), _flap_pockets, _yoke)),
    Make(replace(SHIRT, trim="mandarin", depth=30), fronts=(_buttons(),)),
    Make(replace(SHIRT, waist=102, chest=118, shoulder=108, hem=118, length=450), fronts=(_buttons(),)),
    Make(replace(SHIRT, sleeve=225, cuff=38, spread=24), fronts=(_buttons(), _chest_pocket)),
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
        fronts=(_buttons(1.0, 4),),
    ),
    Make(replace(SHIRT, length=500), fronts=(_buttons(0.46, 4), _colour_yoke)),
    Make(replace(SHIRT, sleeve=0, length=430), fronts=(_buttons(), _flap_pockets)),
)
TOPS = _made(
    Make(replace(TOP, sleeve=0, shoulder=80, neck=62, depth=92, trim="edge"), fronts=()),
    Make(replace(TOP, sleeve=96, cuff=40, spread=44, sleeve_form="puff"), fronts=(_gathers,)),
    Make(replace(TOP, sleeve=300, cuff=30, spread=22, neck=92, depth=28, trim="edge")),
    Make(
        replace(
            TOP, sleeve=210, cuff=44, spread=30, sleeve_form="bell", neckline="vee", depth=100, trim="edge"
        ),
        fronts=(_waist_tie,),
    ),
    Make(
        replace(TOP, hem=190, waist=140, length=430, neckline="square", depth=64, trim="edge", shoulder=96),
        fronts=(_gathers,),
    ),
    Make(replace(TOP, sleeve=0, shoulder=88, trim="cowl", depth=40, neck=70)),
    Make(replace(TOP, length=300, hem=108, sleeve=92, cuff=42, spread=44), hem="band", fronts=(_print,)),
    Make(
        replace(TOP, trim="collar", depth=50, neck=48, sleeve=0, shoulder=98, hem=130),
        fronts=(_ruffle, _buttons(1.0, 7, 10)),
    ),
    Make(
        replace(TOP, sleeve=150, cuff=80, spread=52, chest=140, waist=140, hem=120, length=370, trim="edge"),
        hem="rib",
    ),
)
SWEATERS = _made(
    Make(KNIT, "rib"),
    Make(replace(KNIT, neckline="vee", depth=104), "rib"),
    Make(replace(KNIT, trim="turtle", depth=20), "rib"),
    Make(replace(KNIT, neckline="vee", depth=130, trim="none"), "rib", (_open_front,)),
    Make(KNIT, "rib", (_cable_panel,)),
    Make(replace(KNIT, sleeve=0, neckline="vee", depth=110, shoulder=108, chest=126), "rib", (_argyle,)),
    Make(replace(KNIT, length=560, hem=140, waist=140, trim="cowl", depth=30), "rib"),
    Make(
        replace(KNIT, sleeve=215, cuff=44, spread=32, length=360, sleeve_form="bell", neck=84, depth=34),
        "rib",
    ),
    Make(replace(KNIT, trim="polo"), "rib", (_zip(0.34), _chest_band)),
)
SWEATSHIRTS = _made(
    Make(replace(KNIT, trim="hood", depth=30, length=440), "rib", (_kangaroo,)),
    Make(replace(KNIT, chest=144, waist=142), "rib", (_print,)),
    Make(replace(KNIT, trim="hood", depth=30, length=440), "rib", (_zip(), _side_pockets)),
    Make(replace(KNIT, trim="contrast", sleeve=330), "rib", (_raglan,)),
    Make(replace(KNIT, trim="turtle", depth=20), "rib", (_zip(0.36), _badge)),
    Make(replace(KNIT, length=330, hem=128, waist=138, chest=146, sleeve=310), "rib", (_chest_band,)),
    Make(replace(KNIT, trim="hood", sleeve=0, shoulder=112, depth=30), "rib", (_kangaroo, _print)),
    Make(replace(KNIT, trim="polo", depth=34), "rib", (_buttons(0.34, 3, 12), _colour_yoke)),
)
JACKETS = _made(
    Make(replace(COAT, trim="turtle", sleeve_form="rib"), "rib", (_zip(), _side_pockets)),
    Make(replace(COAT, trim="hood", depth=30), "stitch", (_puffer, _zip())),
    Make(
        replace(COAT, trim="edge", length=400, depth=70, neckline="vee", hem=128, waist=130),
        "stitch",
        (_biker,),
    ),
    Make(
        replace(COAT, trim="collar", length=410, sleeve_form="cuff", neck=48),
        "band",
        (_yoke, _flap_pockets, _buttons(1.0, 5, 15)),
    ),
    Make(
        replace(COAT, trim="none", neckline="vee", depth=190, length=510, hem=144, waist=126),
        "none",
        (_welt_pockets, _jacket_buttons, _lapels),
    ),
    Make(
        replace(COAT, trim="contrast", sleeve_form="rib", length=420),
        "rib",
        (_raglan, _buttons(1.0, 6, 11), _side_pockets, _badge),
    ),
    Make(
        replace(COAT, trim="hood", length=590, hem=150, waist=138, depth=30),
        "stitch",
        (_zip(), _flap_pockets, _side_pockets),
    ),
    Make(replace(COAT, trim="turtle", sleeve=0, shoulder=116, depth=22), "band", (_puffer, _zip())),
    Make(
        replace(COAT, trim="none", neckline="vee", depth=130, length=600, hem=162, waist=124),
        "stitch",
        (partial(_jacket_buttons, rows=2, count=4), _lapels, _waist_tie),
    ),
    Make(replace(COAT, trim="turtle"), "stitch", (_colour_yoke, _zip(), _side_pockets)),
)
KURTAS = _made(
    Make(replace(KURTA, trim="mandarin", depth=34), "stitch", (_buttons(0.42, 5, 11), _side_slits)),
    Make(replace(KURTA, trim="embroidery", depth=64, neckline="vee"), "border", (_side_slits,)),
    Make(replace(KURTA, trim="edge", sleeve=0, shoulder=96, neck=54, depth=60), "border", (_front_panel,)),
    Make(replace(KURTA, trim="embroidery", hem=214, sleeve=190, cuff=40, depth=56), "border", (_gathers,)),
    Make(
        replace(KURTA, trim="mandarin", sleeve=350, cuff=30, spread=16, hem=134, depth=32),
        "stitch",
        (_buttons(0.36, 4, 12), _chest_pocket, _side_slits),
    ),
    Make(
        replace(KURTA, trim="embroidery", length=470, hem=150, sleeve=120, cuff=44, spread=36, depth=50),
        "stitch",
        (_side_slits,),
    ),
    Make(
        replace(KURTA, trim="collar", depth=28, sleeve=340, cuff=27, spread=16, sleeve_form="cuff", hem=138),
        "stitch",
        (_buttons(0.4, 5, 12), _flap_pockets),
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
        (_waist_tie,),
    ),
    Make(
        replace(
            KURTA, trim="contrast", length=540, hem=136, sleeve=190, cuff=42, sleeve_form="contrast", depth=48
        ),
        "band",
        (_front_panel, _side_slits),
    ),
)

PRINTS = ("plain", "plain", "floral", "dots", "stripes", "paisley", "zigzag", "melange")
ARTICLES = (
    Article("Tshirts", "fabric", ("plain", "plain", "plain", "melange", "stripes"), TSHIRTS, zoom=1.12),
    Article(
        "Shirts",
        "fabric",
        ("plain", "gingham", "tartan", "tartan", "pinstripe", "pinstripe", "dots", "denim"),
        SHIRTS, zoom=1.06),
    Article("Tops", "fabric", PRINTS, TOPS, zoom=1.16),
    Article("Sweaters", "fabric", ("knit", "knit", "rib", "stripes", "melange", "zigzag"), SWEATERS, zoom=1.08),
    Article("Sweatshirts", "fabric", ("plain", "melange", "melange", "camo"), SWEATSHIRTS, zoom=1.08),
    Article("Jackets", "tailoring", ("plain", "plain", "leather", "denim", "camo"), JACKETS, zoom=1.06),
    Article("Kurtas", "fabric", ("plain", "floral", "paisley", "dots", "plain", "pinstripe"), KURTAS),
)
