"""Perfume and nail polish bottles, standing."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from shopify_bot.devstore.drawing.fabric import Gradient, metal, sheen
from shopify_bot.devstore.drawing.geometry import Outline, box, closed, ellipse, mirror, smooth, stretch
from shopify_bot.devstore.drawing.palette import INK, WHITE, Colour, darker, lighter, mix
from shopify_bot.devstore.drawing.sketch import Article, Shape, Sketch


@dataclass(frozen=True)
class Bottle:
    """Half widths and heights of a bottle and its cap; `form` is the body's outline."""

    wide: float = 110
    tall: float = 260
    form: str = "square"
    cap: str = "block"
    cap_wide: float = 46
    cap_tall: float = 84
    label: str = "plate"


LOW = 210.0


def _body(bottle: Bottle) -> Outline:
    w, top = bottle.wide, LOW - bottle.tall
    middle = (top + LOW) / 2
    forms: dict[str, Outline] = {
        "square": box(-w, top, w, LOW, 22),
        "slab": box(-w, top, w, LOW, 5),
        "round": closed(
            (0, top),
            (w * 0.72, top + bottle.tall * 0.14),
            (w, middle),
            (w * 0.72, LOW - bottle.tall * 0.12),
            (0, LOW),
            (-w * 0.72, LOW - bottle.tall * 0.12),
            (-w, middle),
            (-w * 0.72, top + bottle.tall * 0.14),
        ),
        "trapeze": mirror(
            [(0, top), (w * 0.56, top), (w * 0.64, top + 12), (w, LOW - 16), (w - 12, LOW), (0, LOW)]
        ),
        "waist": mirror(
            [
                (0, top),
                *smooth(
                    (w * 0.5, top),
                    (w * 0.92, top + bottle.tall * 0.2),
                    (w * 0.62, middle),
                    (w, LOW - bottle.tall * 0.14),
                    (w * 0.86, LOW),
                ),
                (0, LOW),
            ]
        ),
        "drop": mirror(
            [
                (0, top),
                *smooth(
                    (w * 0.24, top),
                    (w * 0.4, top + bottle.tall * 0.24),
                    (w, LOW - bottle.tall * 0.3),
                    (w * 0.7, LOW),
                ),
                (0, LOW),
            ]
        ),
        "facet": mirror(
            [
                (0, top),
                (w * 0.6, top),
                (w, top + bottle.tall * 0.22),
                (w, LOW - bottle.tall * 0.22),
                (w * 0.6, LOW),
                (0, LOW),
            ]
        ),
        "heart": mirror(
            [
                (0, top + 40),
                *smooth((0, top + 40), (w * 0.5, top), (w, top + 60), (w * 0.7, middle + 20), (0, LOW)),
            ]
        ),
        "tube": box(-w, top, w, LOW, 12),
    }
    return forms[bottle.form]


def draw_perfume(sketch: Sketch, bottle: Bottle) -> None:
    canvas, colour = sketch.canvas, sketch.palette.main
    outline = _body(bottle)
    top = LOW - bottle.tall
    canvas.fill(
        box(-bottle.cap_wide * 0.55, top - 22, bottle.cap_wide * 0.55, top + 10, 4),
        metal(sketch.palette.metal),
        volume=0,
    )
    glass = mix(colour, WHITE, 0.72)
    canvas.fill(outline, Gradient((lighter(glass, 0.3), glass, darker(glass, 0.06))), volume=0.5, edge=2.4)
    liquid = [(x, max(y, top + bottle.tall * 0.2)) for x, y in stretch(outline, 0.86, 0.9, (0, LOW - 14))]
    canvas.fill(liquid, Gradient((lighter(colour, 0.35), colour, darker(colour, 0.14))), volume=0.6, edge=1.2)
    canvas.line([(0, top), (0, LOW - 30)], mix(colour, WHITE, 0.5), 2.4)
    if bottle.form == "facet":
        _facets(sketch, bottle)
    _label(sketch, bottle)
    streak = closed(
        (-bottle.wide * 0.72, top + bottle.tall * 0.34),
        (-bottle.wide * 0.6, top + bottle.tall * 0.3),
        (-bottle.wide * 0.6, LOW - bottle.tall * 0.28),
        (-bottle.wide * 0.72, LOW - bottle.tall * 0.3),
    )
    canvas.glow(streak, 0.75, WHITE, 5)
    _CAPS[bottle.cap](sketch, bottle, top - 14)


def _facets(sketch: Sketch, bottle: Bottle) -> None:
    w, top, deep = bottle.wide, LOW - bottle.tall, bottle.tall * 0.22
    for line in (
        [(-w, top + deep), (0, top + deep + 20), (w, top + deep)],
        [(-w, LOW - deep), (0, LOW - deep - 20), (w, LOW - deep)],
        [(0, top), (0, top + deep + 20)],
        [(0, LOW), (0, LOW - deep - 20)],
    ):
        sketch.canvas.line(line, lighter(sketch.palette.main, 0.6), 3)


def _label(sketch: Sketch, bottle: Bottle) -> None:
    canvas, w = sketch.canvas, bottle.wide
    y = LOW - bottle.tall * 0.42
    if bottle.label == "none":
        return
    if bottle.label == "plate":
        canvas.fill(box(-w * 0.52, y - 30, w * 0.52, y + 30, 3), (248, 246, 240), volume=0, edge=1.4)
        draw_lettering(sketch, y, w * 0.36, INK)
    elif bottle.label == "band":
        part = box(-w * 0.97, y - 26, w * 0.97, y + 26)
        canvas.fill(part, sketch.palette.second, volume=0.3, edge=1.2)
        draw_lettering(sketch, y, w * 0.4, lighter(sketch.palette.second, 0.7))
    else:
        canvas.fill(ellipse(0, y, w * 0.36, w * 0.36), metal(sketch.palette.metal), volume=0, edge=1.6)
        canvas.fill(
            ellipse(0, y, w * 0.26, w * 0.26), lighter(sketch.palette.metal, 0.5), volume=0.2, edge=1.2
        )


def draw_lettering(sketch: Sketch, y: float, half: float, ink: Colour) -> None:
    """Lines that stand for an unreadable name."""
    sketch.canvas.line([(-half, y - 8), (half, y - 8)], ink, 6)
    sketch.canvas.line([(-half * 0.6, y + 10), (half * 0.6, y + 10)], ink, 2.6)


def _cap_block(sketch: Sketch, bottle: Bottle, low: float) -> None:
    w = bottle.cap_wide
    sketch.canvas.fill(box(-w, low - bottle.cap_tall, w, low, 7), metal(sketch.palette.metal), volume=0.2)
    sketch.canvas.line([(-w + 2, low - 12), (w - 2, low - 12)], darker(sketch.palette.metal, 0.5), 2)


def _cap_dark(sketch: Sketch, bottle: Bottle, low: float) -> None:
    w = bottle.cap_wide
    sketch.canvas.fill(box(-w, low - bottle.cap_tall, w, low, 10), sheen((52, 48, 56)), volume=0.3)
    sketch.canvas.line([(-w, low - 10), (w, low - 10)], sketch.palette.metal, 6)


def _cap_ball(sketch: Sketch, bottle: Bottle, low: float) -> None:
    r = bottle.cap_wide * 1.05
    sketch.canvas.fill(box(-r * 0.5, low - 14, r * 0.5, low, 4), metal(sketch.palette.metal), volume=0)
    sketch.canvas.fill(ellipse(0, low - r - 4, r, r), sheen(sketch.palette.second), volume=1)
    sketch.canvas.glow(ellipse(-r * 0.35, low - r * 1.4, r * 0.22, r * 0.16), 0.9, WHITE, 3)


def _cap_spray(sketch: Sketch, bottle: Bottle, low: float) -> None:
    """An atomiser with its bulb and tube."""
    sketch.canvas.fill(box(-24, low - 50, 24, low, 5), metal(sketch.palette.metal), volume=0)
    sketch.canvas.line(
        smooth((18, low - 36), (80, low - 70), (130, low - 20), (150, low + 30)),
        darker(sketch.palette.second, 0.3),
        9,
    )
    sketch.canvas.fill(ellipse(152, low + 70, 38, 48), sketch.palette.second, volume=0.9)
    sketch.canvas.fill(box(-52, low - 44, -20, low - 28, 4), metal(sketch.palette.metal), volume=0)


def _cap_bow(sketch: Sketch, bottle: Bottle, low: float) -> None:
    _cap_block(sketch, bottle, low)
    for side in (-1, 1):
        sketch.canvas.fill(
            closed((0, low), (side * 50, low - 26), (side * 66, low + 4), (side * 46, low + 26)),
            sketch.palette.second,
            volume=0.6,
            drop=3,
        )
    sketch.canvas.dot((0, low), 13, sketch.palette.second)


_CAPS: dict[str, Callable[[Sketch, Bottle, float], None]] = {
    "block": _cap_block,
    "dark": _cap_dark,
    "ball": _cap_ball,
    "spray": _cap_spray,
    "bow": _cap_bow,
}


PERFUMES: tuple[Shape, ...] = tuple(
    partial(draw_perfume, bottle=bottle)
    for bottle in (
        Bottle(),
        Bottle(128, 240, "round", "ball", 44, label="none"),
        Bottle(150, 270, "trapeze", "block", 62, 90, "seal"),
        Bottle(62, 400, "tube", "block", 60, 110, "band"),
        Bottle(120, 240, "round", "spray", label="seal"),
        Bottle(118, 300, "waist", "bow", 38, 74, "none"),
        Bottle(140, 210, "slab", "dark", 66, 64, "plate"),
        Bottle(126, 290, "drop", "ball", 36, label="none"),
        Bottle(130, 280, "facet", "dark", 48, 80, "none"),
        Bottle(140, 250, "heart", "block", 34, 66, "none"),
    )
)


@dataclass(frozen=True)
class Polish:
    """A nail polish: half width and height of the bottle, its form, the cap's form and height."""

    wide: float = 92
    tall: float = 180
    form: str = "square"
    cap: str = "tall"
    cap_tall: float = 220
    spill: bool = False


def draw_polish(sketch: Sketch, polish: Polish) -> None:
    canvas, colour, low = sketch.canvas, sketch.palette.main, 230.0
    top = low - polish.tall
    if polish.spill:
        canvas.fill(
            closed((60, low - 6), (150, low - 26), (236, low - 4), (220, low + 24), (120, low + 20)),
            sheen(colour, across=False),
            volume=0.6,
        )
    bottle = Bottle(polish.wide, polish.tall, polish.form, label="none")
    outline = [(x, y + low - LOW) for x, y in _body(bottle)]
    canvas.fill(outline, mix(colour, WHITE, 0.65), volume=0.4, edge=2.4)
    canvas.fill(stretch(outline, 0.87, 0.87, (0, low - 10)), sheen(colour), volume=0.5, edge=1.2)
    canvas.glow(
        box(-polish.wide * 0.66, top + polish.tall * 0.3, -polish.wide * 0.5, low - polish.tall * 0.28, 6),
        0.8,
        WHITE,
        4,
    )
    canvas.fill(box(-34, top - 18, 34, top + 6, 3), metal(sketch.palette.metal), volume=0)
    _polish_cap(sketch, polish, top - 12)


def _polish_cap(sketch: Sketch, polish: Polish, low: float) -> None:
    canvas, high = sketch.canvas, low - polish.cap_tall
    dark = sheen((46, 44, 52)) if sketch.rng.random() < 0.6 else sheen(sketch.palette.metal)
    forms: dict[str, Outline] = {
        "tall": [
            (-42, low),
            *smooth((-42, low), (-38, (low + high) / 2), (-30, high + 8)),
            (-24, high),
            (24, high),
            *smooth((30, high + 8), (38, (low + high) / 2), (42, low)),
        ],
        "block": box(-52, high, 52, low, 6),
        "ball": ellipse(0, (low + high) / 2, 58, polish.cap_tall / 2),
        "cone": [(-46, low), (-16, high), (16, high), (46, low)],
        "flare": [
            (-28, low),
            *smooth((-28, low), (-22, (low + high) / 2), (-50, high)),
            (50, high),
            *smooth((50, high), (22, (low + high) / 2), (28, low)),
        ],
    }
    canvas.fill(forms[polish.cap], dark, volume=0.2)
    canvas.line([(-40, low - 8), (40, low - 8)], sketch.palette.metal, 4)


NAIL_POLISHES: tuple[Shape, ...] = tuple(
    partial(draw_polish, polish=polish)
    for polish in (
        Polish(),
        Polish(104, 170, "round", "tall", 200),
        Polish(62, 240, "tube", "block", 170),
        Polish(110, 190, "trapeze", "cone", 210),
        Polish(104, 180, "facet", "block", 150),
        Polish(96, 190, "drop", "flare", 190),
        Polish(104, 180, "heart", "ball", 110),
        Polish(86, 150, "slab", "tall", 260, True),
        Polish(90, 220, "waist", "ball", 120),
    )
)


ARTICLES = (
    Article("Perfume and Body Mist", "scent", ("plain",), PERFUMES, standing=True, zoom=1.12),
    Article("Nail Polish", "lips", ("plain",), NAIL_POLISHES, standing=True, zoom=1.1),
)
