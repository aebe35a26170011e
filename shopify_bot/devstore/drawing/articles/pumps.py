"""Shoes on a heel or on a thin flat sole, seen from the side."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from shopify_bot.devstore.drawing.fabric import metal, sheen
from shopify_bot.devstore.drawing.geometry import Outline, along, bezier, box, closed, offset, ribbon, smooth
from shopify_bot.devstore.drawing.palette import INK, WHITE, darker, mix, thread_of
from shopify_bot.devstore.drawing.sketch import Article, Shape, Sketch

GROUND = 130.0


@dataclass(frozen=True)
class Pump:
    """A shoe with a raised heel seen from the side."""

    lift: float = 130
    heel: str = "stiletto"
    platform: float = 8
    form: str = "court"
    point: float = 14
    parts: tuple[Callable[[Sketch, "Pump"], None], ...] = ()

    @property
    def seat(self) -> float:
        """Where the heel of the foot rests."""
        return GROUND - self.lift - self.platform


def bed(pump: Pump) -> Outline:
    """The line on which the foot stands, from the heel to the toe."""
    low = GROUND - pump.platform
    return smooth(
        (-190, pump.seat),
        (-140, pump.seat + 4),
        (-40, pump.seat + pump.lift * 0.55),
        (60, low - 5),
        (140, low - 4),
        (214 + pump.point, low - 10),
    )


def draw_pump(sketch: Sketch, pump: Pump) -> None:
    line = bed(pump)
    _FORMS[pump.form](sketch, pump, line)
    _heel(sketch, pump)
    _platform(sketch, pump, line)
    for part in pump.parts:
        part(sketch, pump)


def _platform(sketch: Sketch, pump: Pump, line: Outline) -> None:
    thick = max(pump.platform, 8)
    under = [(x, y + thick) for x, y in line]
    colour = darker(sketch.palette.main, 0.4) if pump.form == "court" else (196, 156, 112)
    surface = sketch.cloth if pump.platform > 20 else colour
    sketch.canvas.fill(
        [*line, (line[-1][0] + 3, line[-1][1] + 3), *reversed(under)], surface, volume=0.3, edge=1.8
    )


def _heel(sketch: Sketch, pump: Pump) -> None:
    top, canvas = pump.seat + 6, sketch.canvas
    mid = (top + GROUND) / 2
    forms: dict[str, Outline] = {
        "stiletto": [
            (-196, top - 2),
            *smooth((-192, top + 14), (-186, mid), (-184, GROUND)),
            (-172, GROUND),
            *smooth((-170, mid), (-150, top + 30), (-112, top + 16)),
        ],
        "kitten": [
            (-196, top - 2),
            *smooth((-194, top + 10), (-178, mid), (-186, GROUND)),
            (-166, GROUND),
            *smooth((-160, mid), (-140, top + 20), (-110, top + 10)),
        ],
        "block": [
            (-196, top - 2),
            (-190, GROUND),
            (-118, GROUND),
            *smooth((-116, mid), (-108, top + 24), (-90, top + 20)),
        ],
        "cone": [
            (-198, top - 2),
            *smooth((-194, top + 20), (-180, mid + 10), (-174, GROUND)),
            (-142, GROUND),
            *smooth((-132, mid), (-110, top + 30), (-84, top + 26)),
        ],
        "wedge": [(-196, top - 2), (-188, GROUND), (150, GROUND), *reversed(bed(pump)[:28])],
        "flat": [(-192, top), (-190, GROUND), (-120, GROUND), (-112, top + 6)],
    }
    colour = sketch.cloth if pump.heel != "wedge" or pump.form == "court" else sheen((190, 148, 104))
    canvas.fill(forms[pump.heel], colour, volume=0.6)
    if pump.heel == "wedge":
        for step in range(1, int(pump.lift / 16)):
            y = GROUND - step * 16
            canvas.line([(-189, y), (130 - step * 30, y)], darker(colour.colour, 0.25), 1.5)
    elif pump.heel != "flat":
        tip = forms[pump.heel]
        xs = sorted(x for x, y in tip if y >= GROUND - 1)
        canvas.fill(box(xs[0] - 1, GROUND - 7, xs[-1] + 1, GROUND + 1, 2), INK, volume=0, edge=0)


def _court(sketch: Sketch, pump: Pump, line: Outline) -> None:
    """A closed pump: the top line dips along the instep."""
    rim = smooth(
        (-198, pump.seat - 62),
        (-150, pump.seat - 40),
        (-50, pump.seat + pump.lift * 0.42 - 26),
        (40, GROUND - pump.platform - 44),
        (84, GROUND - pump.platform - 52),
    )
    front = smooth(
        rim[-1],
        (130, GROUND - pump.platform - 52),
        (190, GROUND - pump.platform - 32),
        (216 + pump.point, GROUND - pump.platform - 10),
    )
    far = [(x + 10, y - 11) for x, y in rim]
    sketch.canvas.fill(
        [*rim, *reversed(far)],
        darker(mix(sketch.cloth.colour, (214, 178, 142), 0.7), 0.2),
        volume=0.2,
        edge=1.6,
    )
    back = smooth((-192, pump.seat + 6), (-208, pump.seat - 24), (-198, pump.seat - 62))
    sketch.canvas.fill([*back, *rim, *front, *reversed(line)], sketch.cloth, volume=0.75)
    sketch.canvas.line(offset(rim, -6), thread_of(sketch.cloth.colour), 1.3)
    sketch.canvas.glow(
        closed(
            (120, GROUND - pump.platform - 44),
            (166, GROUND - pump.platform - 36),
            (186, GROUND - pump.platform - 20),
            (140, GROUND - pump.platform - 28),
        ),
        0.55,
        WHITE,
        8,
    )


def _open(sketch: Sketch, pump: Pump, line: Outline) -> None:
    """A bare bed; the straps come as parts."""
    far = [(x + 6, y - 9) for x, y in line]
    sketch.canvas.fill([*line, *reversed(far)], (224, 188, 148), volume=0.2, edge=1.6)


def _mule(sketch: Sketch, pump: Pump, line: Outline) -> None:
    _open(sketch, pump, line)
    low = GROUND - pump.platform
    vamp = [
        *smooth((-4, low - 34), (24, low - 78), (84, low - 80)),
        *smooth((84, low - 80), (140, low - 70), (168, low - 42)),
        (176, low - 8),
        (0, low - 2),
    ]
    sketch.canvas.fill(vamp, sketch.cloth, volume=0.75)


_FORMS: dict[str, Callable[[Sketch, Pump, Outline], None]] = {"court": _court, "open": _open, "mule": _mule}


def draw_toe_band(sketch: Sketch, pump: Pump, count: int = 1, wide: float = 34) -> None:
    low = GROUND - pump.platform
    for step in range(count):
        x = 96 + step * 46 - (count - 1) * 10
        strap = bezier((x - 30, low + 2), (x - 36, low - 58), (x + 10, low - 80), (x + 30, low - 52))
        sketch.canvas.fill(ribbon(strap, wide), sketch.cloth, volume=0.6, drop=2)


def _crossed(sketch: Sketch, pump: Pump) -> None:
    low = GROUND - pump.platform
    for start, end in (((20, low), (150, low - 50)), ((160, low), (40, low - 72))):
        strap = bezier(start, (start[0], low - 60), (end[0], end[1] - 24), end)
        sketch.canvas.fill(ribbon(strap, 24), sketch.cloth, volume=0.6, drop=3)


def draw_ankle_strap(sketch: Sketch, pump: Pump) -> None:
    """A strap round the ankle, the far half behind, with its heel piece and buckle."""
    y = pump.seat - 96
    counter = [
        *smooth((-192, pump.seat + 4), (-208, pump.seat - 30), (-196, y)),
        (-180, y),
        *smooth((-176, y + 20), (-160, pump.seat - 20), (-130, pump.seat + 6)),
    ]
    sketch.canvas.fill(
        ribbon(smooth((-190, y + 4), (-130, y - 26), (-72, y + 2)), 13),
        darker(sketch.cloth.colour, 0.35),
        volume=0.2,
        edge=1.5,
    )
    sketch.canvas.fill(counter, sketch.cloth, volume=0.6)
    sketch.canvas.fill(
        ribbon(smooth((-194, y + 6), (-130, y + 26), (-72, y + 2)), 16), sketch.cloth, volume=0.4, drop=2
    )
    sketch.canvas.fill(box(-124, y + 8, -100, y + 34, 4), metal(sketch.palette.metal), volume=0, edge=1.4)


def _t_strap(sketch: Sketch, pump: Pump) -> None:
    low = GROUND - pump.platform
    draw_ankle_strap(sketch, pump)
    sketch.canvas.fill(
        ribbon(smooth((90, low - 58), (0, low - 90), (-76, pump.seat - 92)), 15),
        sketch.cloth,
        volume=0.4,
        drop=2,
    )


def _slingback(sketch: Sketch, pump: Pump) -> None:
    low = GROUND - pump.platform
    strap = smooth(
        (-6, low - 40),
        (-90, pump.seat - 30),
        (-170, pump.seat - 74),
        (-206, pump.seat - 52),
        (-170, pump.seat - 44),
        (-84, pump.seat + 4),
    )
    sketch.canvas.line(strap, darker(sketch.cloth.colour, 0.4), 12)
    sketch.canvas.line(strap, sketch.cloth.colour, 8)


def _gladiator(sketch: Sketch, pump: Pump) -> None:
    low = GROUND - pump.platform
    for x, wide in ((150, 18), (104, 18), (58, 18)):
        sketch.canvas.fill(
            ribbon(bezier((x - 24, low), (x - 30, low - 52), (x + 4, low - 72), (x + 22, low - 46)), wide),
            sketch.cloth,
            volume=0.5,
            drop=2,
        )
    _t_strap(sketch, pump)
    y = pump.seat - 150
    sketch.canvas.fill(ribbon(smooth((-186, y + 2), (-130, y + 22), (-76, y)), 15), sketch.cloth, volume=0.4)
    sketch.canvas.fill(ribbon([(-188, y), (-188, y + 60)], 14), sketch.cloth, volume=0.4)


def draw_vamp_bow(sketch: Sketch, pump: Pump) -> None:
    x, y = 92, GROUND - pump.platform - 56
    for side in (-1, 1):
        sketch.canvas.fill(
            closed((x, y), (x + side * 34, y - 22), (x + side * 44, y + 2), (x + side * 30, y + 20)),
            sketch.palette.second,
            volume=0.6,
            drop=3,
        )
    sketch.canvas.dot((x, y), 9, sketch.palette.second)


def draw_vamp_buckle(sketch: Sketch, pump: Pump) -> None:
    x, y = 96, GROUND - pump.platform - 50
    sketch.canvas.fill(box(x - 26, y - 14, x + 26, y + 20, 8), metal(sketch.palette.metal), volume=0)
    sketch.canvas.fill(box(x - 16, y - 5, x + 16, y + 11, 5), sketch.cloth, volume=0, edge=1.3)


def draw_nose_cap(sketch: Sketch, pump: Pump) -> None:
    low = GROUND - pump.platform
    nose = smooth((140, low - 50), (190, low - 32), (216 + pump.point, low - 10))
    sketch.canvas.fill([*nose, (150, low - 4)], sketch.palette.second, volume=0.6)


def _peep(sketch: Sketch, pump: Pump) -> None:
    low = GROUND - pump.platform
    sketch.canvas.fill(
        closed((186, low - 14), (200, low - 30), (222 + pump.point, low - 16), (206, low - 8)),
        darker((214, 178, 142), 0.45),
        volume=0.2,
    )


def draw_mary_jane(sketch: Sketch, pump: Pump) -> None:
    y = pump.seat + pump.lift * 0.42 - 36
    sketch.canvas.fill(
        ribbon(smooth((-66, y + 28), (-46, y - 22), (10, y - 24), (30, y + 20)), 15),
        sketch.cloth,
        volume=0.4,
        drop=3,
    )
    sketch.canvas.dot((24, y + 12), 8, metal(sketch.palette.metal))


def draw_studs(sketch: Sketch, pump: Pump) -> None:
    for index, (x, y) in enumerate(
        along(
            smooth(
                (-150, pump.seat - 22), (-40, pump.seat + pump.lift * 0.46), (90, GROUND - pump.platform - 30)
            ),
            12,
        )
    ):
        sketch.canvas.dot((x, y + 4), 5 if index % 2 else 3.4, metal(sketch.palette.metal), 1)


def draw_pumps(*pumps: Pump) -> tuple[Shape, ...]:
    return tuple(partial(draw_pump, pump=pump) for pump in pumps)


HIGH = Pump()


HEELS = draw_pumps(
    HIGH,
    Pump(form="open", parts=(draw_toe_band, draw_ankle_strap)),
    Pump(lift=70, heel="kitten", parts=(draw_vamp_bow,)),
    Pump(
        lift=120,
        heel="block",
        form="open",
        platform=24,
        parts=(partial(draw_toe_band, count=2, wide=30), draw_ankle_strap),
    ),
    Pump(lift=110, heel="wedge", form="open", platform=22, parts=(_crossed, _t_strap)),
    Pump(lift=90, heel="cone", point=2, parts=(draw_mary_jane,)),
    Pump(lift=126, platform=32, parts=(_peep, draw_vamp_buckle), point=-6),
    Pump(lift=84, heel="block", form="mule", point=-4),
    Pump(lift=100, heel="wedge", platform=10, parts=(draw_vamp_buckle,), point=0),
    Pump(lift=136, form="open", parts=(_gladiator,)),
    Pump(lift=96, form="mule", point=6, parts=(_slingback,)),
)


FLAT = Pump(lift=12, heel="flat", platform=8, point=4)


ARTICLES = (
    Article("Heels", "lady", ("plain", "plain", "plain", "croc", "dots"), HEELS, standing=True, flips=True),
)
