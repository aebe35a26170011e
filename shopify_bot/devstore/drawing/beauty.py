"""Perfume, deodorant, lipstick and nail polish, standing."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from .fabric import Gradient, metal, sheen
from .geometry import Outline, box, closed, ellipse, mirror, smooth, stretch
from .palette import INK, WHITE, Colour, darker, lighter, mix
from .sketch import Article, Shape, Sketch


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
        _lettering(sketch, y, w * 0.36, INK)
    elif bottle.label == "band":
        part = box(-w * 0.97, y - 26, w * 0.97, y + 26)
        canvas.fill(part, sketch.palette.second, volume=0.3, edge=1.2)
        _lettering(sketch, y, w * 0.4, lighter(sketch.palette.second, 0.7))
    else:
        canvas.fill(ellipse(0, y, w * 0.36, w * 0.36), metal(sketch.palette.metal), volume=0, edge=1.6)
        canvas.fill(
            ellipse(0, y, w * 0.26, w * 0.26), lighter(sketch.palette.metal, 0.5), volume=0.2, edge=1.2
        )


def _lettering(sketch: Sketch, y: float, half: float, ink: Colour) -> None:
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
class Can:
    """A deodorant: half width, height, shoulder, cap and label."""

    wide: float = 74
    tall: float = 340
    shoulder: str = "dome"
    cap: str = "over"
    label: str = "band"
    cap_tall: float = 96


def draw_can(sketch: Sketch, can: Can) -> None:
    canvas, w, top = sketch.canvas, can.wide, 250 - can.tall
    colour = sketch.palette.main
    low = 250.0
    body = [
        (-w, top + 30),
        *(
            [*smooth((-w, top + 30), (-w * 0.9, top + 8), (-w * 0.6, top - 4))]
            if can.shoulder == "dome"
            else [(-w, top)]
        ),
        *(
            [*smooth((w * 0.6, top - 4), (w * 0.9, top + 8), (w, top + 30))]
            if can.shoulder == "dome"
            else [(w, top)]
        ),
        (w, low - 10),
        *smooth((w, low - 10), (0, low + 10), (-w, low - 10)),
    ]
    if can.shoulder == "grip":
        body = [
            *smooth(
                (-w * 0.8, top),
                (-w * 0.72, top + can.tall * 0.3),
                (-w, low - can.tall * 0.25),
                (-w * 0.86, low),
            ),
            *smooth(
                (w * 0.86, low), (w, low - can.tall * 0.25), (w * 0.72, top + can.tall * 0.3), (w * 0.8, top)
            ),
        ]
    canvas.fill(body, sheen(colour), volume=0.2)
    _can_label(sketch, can, top)
    _can_cap(sketch, can, top)


def _can_label(sketch: Sketch, can: Can, top: float) -> None:
    canvas, w = sketch.canvas, can.wide - 2
    second, middle = sketch.palette.second, top + can.tall * 0.55
    if can.shoulder == "grip":
        w *= 0.72
    if can.label == "band":
        canvas.fill(box(-w, middle - 60, w, middle + 50), sheen(second), volume=0, edge=1.2)
    elif can.label == "wave":
        canvas.fill(
            [
                *smooth((-w, middle), (-w * 0.3, middle + 50), (w * 0.4, middle - 30), (w, middle + 20)),
                (w, middle + 90),
                *smooth((w, middle + 90), (0, middle + 60), (-w, middle + 110)),
            ],
            sheen(second),
            volume=0,
            edge=1.2,
        )
    elif can.label == "bolt":
        canvas.fill(
            [
                (w * 0.3, middle - 100),
                (-w * 0.6, middle + 20),
                (0, middle + 10),
                (-w * 0.3, middle + 110),
                (w * 0.6, middle - 30),
                (0, middle - 16),
            ],
            second,
            volume=0.2,
        )
    elif can.label == "leaf":
        for side in (-1, 1):
            canvas.fill(
                closed((0, middle + 60), (side * w * 0.7, middle - 10), (side * w * 0.3, middle - 80)),
                second,
                volume=0.5,
            )
    elif can.label == "rings":
        for step in range(4):
            canvas.fill(
                box(-w, middle - 70 + step * 40, w, middle - 52 + step * 40), second, volume=0, edge=0
            )
    _lettering(sketch, middle - 4, can.wide * 0.5, lighter(second, 0.8) if can.label != "rings" else INK)


def _can_cap(sketch: Sketch, can: Can, top: float) -> None:
    canvas, w, h = sketch.canvas, can.wide, can.cap_tall
    if can.cap == "over":
        canvas.fill(box(-w, top - h + 26, w, top + 26, 18), sheen((60, 60, 68)), volume=0.2)
        canvas.line([(-w + 2, top + 14), (w - 2, top + 14)], sketch.palette.metal, 5)
    elif can.cap == "metal":
        canvas.fill(
            box(-w * 0.94, top - h + 20, w * 0.94, top + 20, 26), metal(sketch.palette.metal), volume=0.2
        )
    elif can.cap == "ball":
        canvas.fill(ellipse(0, top + 2, w * 0.78, h * 0.7), sheen((236, 236, 238)), volume=0.7)
    elif can.cap == "dome":
        canvas.fill(
            [
                (-w * 0.8, top + 8),
                *smooth(
                    (-w * 0.8, top + 8),
                    (-w * 0.74, top - h * 0.7),
                    (0, top - h),
                    (w * 0.74, top - h * 0.7),
                    (w * 0.8, top + 8),
                ),
            ],
            sheen(sketch.palette.second),
            volume=0.4,
        )
    else:
        canvas.fill(box(-w * 0.5, top - 40, w * 0.5, top + 6, 10), sheen(sketch.palette.second), volume=0.4)
        canvas.fill(box(-w * 0.3, top - 66, w * 0.3, top - 36, 7), sheen((240, 240, 240)), volume=0.3)
        canvas.dot((0, top - 52), 5, INK, 0)


DEODORANTS: tuple[Shape, ...] = tuple(
    partial(draw_can, can=can)
    for can in (
        Can(),
        Can(84, 220, "grip", "dome", "none", 110),
        Can(66, 430, "dome", "spray", "wave"),
        Can(92, 300, "flat", "metal", "bolt", 80),
        Can(58, 360, "dome", "metal", "rings", 70),
        Can(96, 190, "flat", "ball", "leaf", 110),
        Can(70, 300, "grip", "over", "band", 90),
        Can(110, 250, "flat", "over", "wave", 76),
        Can(78, 400, "dome", "dome", "leaf", 100),
    )
)


@dataclass(frozen=True)
class Stick:
    """A lipstick: half width, heights of base, collar and bullet, and where its cap stands."""

    wide: float = 50
    base: float = 170
    bullet: float = 120
    tip: str = "slant"
    finish: str = "dark"
    cap: str = "beside"
    form: str = "round"


def draw_stick(sketch: Sketch, stick: Stick) -> None:
    canvas, colour = sketch.canvas, sketch.palette.main
    dx = -70.0 if stick.cap == "beside" else 0.0
    w, low = stick.wide, 240.0
    top = low - stick.base
    finish = {
        "dark": sheen((50, 46, 54)),
        "metal": metal(sketch.palette.metal),
        "colour": sheen(colour),
        "white": sheen((238, 236, 234)),
    }[stick.finish]
    if stick.cap == "beside":
        canvas.fill(
            box(100 - w, low - 250, 100 + w, low, 10 if stick.form == "round" else 3), finish, volume=0.1
        )
        canvas.line([(100 - w + 2, low - 30), (100 + w - 2, low - 30)], sketch.palette.metal, 5)
    elif stick.cap == "lying":
        canvas.fill(
            box(-60, low - 76, 190, low, 10),
            Gradient(tuple(reversed(finish.stops)), across=False),
            volume=0.2,
        )
        dx = -120
    _bullet(sketch, stick, dx, top)
    inner = w * 0.78
    canvas.fill(box(dx - inner, top - 70, dx + inner, top + 4, 3), metal(sketch.palette.metal), volume=0)
    for y in (top - 56, top - 16):
        canvas.line([(dx - inner + 2, y), (dx + inner - 2, y)], darker(sketch.palette.metal, 0.45), 2)
    if stick.form == "faceted":
        canvas.fill(
            [(dx - w, top), (dx + w, top), (dx + w * 0.86, low), (dx - w * 0.86, low)], finish, volume=0.2
        )
    elif stick.form == "bulged":
        canvas.fill(
            [
                (dx - w * 0.9, top),
                *smooth((dx + w * 0.9, top), (dx + w * 1.14, (top + low) / 2), (dx + w * 0.9, low)),
                *smooth((dx - w * 0.9, low), (dx - w * 1.14, (top + low) / 2), (dx - w * 0.9, top)),
            ],
            finish,
            volume=0.4,
        )
    else:
        canvas.fill(box(dx - w, top, dx + w, low, 7), finish, volume=0.1)


def _bullet(sketch: Sketch, stick: Stick, dx: float, top: float) -> None:
    w, high = stick.wide * 0.64, top - 66
    peak = high - stick.bullet
    tips: dict[str, Outline] = {
        "slant": [
            (dx - w, high),
            *smooth(
                (dx - w, peak + 70), (dx - w * 0.3, peak + 24), (dx + w * 0.7, peak), (dx + w, peak + 20)
            ),
            (dx + w, high),
        ],
        "round": [
            (dx - w, high),
            *smooth(
                (dx - w, peak + 36),
                (dx - w * 0.6, peak + 6),
                (dx, peak),
                (dx + w * 0.6, peak + 6),
                (dx + w, peak + 36),
            ),
            (dx + w, high),
        ],
        "point": [
            (dx - w, high),
            *smooth((dx - w, peak + 90), (dx, peak), (dx + w, peak + 90)),
            (dx + w, high),
        ],
        "flat": [
            (dx - w, high),
            (dx - w, peak + 10),
            (dx - w + 8, peak),
            (dx + w - 8, peak),
            (dx + w, peak + 10),
            (dx + w, high),
        ],
    }
    colour = sketch.palette.main
    sketch.canvas.fill(tips[stick.tip], sheen(colour), volume=0.3)
    if stick.tip == "slant":
        cut = closed(
            (dx - w * 0.86, peak + 76),
            (dx - w * 0.1, peak + 28),
            (dx + w * 0.82, peak + 10),
            (dx + w * 0.3, peak + 54),
        )
        sketch.canvas.fill(cut, lighter(colour, 0.25), volume=0, edge=0)


def draw_crayon(sketch: Sketch) -> None:
    """A lip crayon, leaning."""
    canvas, colour = sketch.canvas, sketch.palette.main
    parts = (
        (box(-34, -120, 34, 250, 8), sheen(colour)),
        (box(-36, 120, 36, 160), metal(sketch.palette.metal)),
        ([(-30, -116), (-14, -214), (14, -214), (30, -116)], sheen(lighter(colour, 0.4))),
    )
    for outline, surface in parts:
        canvas.fill(outline, surface, volume=0.2)
    canvas.fill(
        [(-14, -212), *smooth((-14, -212), (-8, -250), (0, -262), (8, -250), (14, -212))],
        sheen(colour),
        volume=0.3,
    )
    canvas.fill(box(86, -40, 160, 250, 10), sheen((52, 48, 54)), volume=0.2)


def draw_liquid(sketch: Sketch) -> None:
    """A liquid lipstick: a clear tube beside its wand."""
    canvas, colour = sketch.canvas, sketch.palette.main
    canvas.fill(box(-120, -60, -40, 250, 10), mix(colour, WHITE, 0.7), volume=0.3)
    canvas.fill(box(-110, -44, -50, 240, 8), sheen(colour), volume=0.1, edge=1.2)
    canvas.fill(box(-102, -96, -58, -58, 3), metal(sketch.palette.metal), volume=0)
    canvas.fill(box(50, -250, 122, -40, 8), sheen((50, 46, 54)), volume=0.1)
    canvas.fill(box(80, -40, 92, 130), mix(colour, INK, 0.3), volume=0.2)
    canvas.fill(closed((86, 120), (104, 160), (86, 208), (70, 160)), sheen(colour), volume=0.4)


LIPSTICKS: tuple[Shape, ...] = (
    partial(draw_stick, stick=Stick()),
    partial(draw_stick, stick=Stick(tip="round", finish="metal", cap="none", wide=62, base=190)),
    partial(draw_stick, stick=Stick(tip="point", finish="white", bullet=150, wide=44)),
    partial(draw_stick, stick=Stick(tip="slant", finish="colour", cap="lying", base=150)),
    partial(draw_stick, stick=Stick(tip="flat", finish="metal", form="faceted", wide=64, base=140)),
    partial(
        draw_stick,
        stick=Stick(tip="slant", finish="dark", cap="none", form="bulged", wide=66, base=220, bullet=140),
    ),
    draw_crayon,
    draw_liquid,
    partial(
        draw_stick,
        stick=Stick(tip="round", finish="white", cap="lying", wide=56, base=230, bullet=80, form="faceted"),
    ),
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
    Article("Deodorant", "active", ("plain",), DEODORANTS, standing=True),
    Article("Lipstick", "lips", ("plain",), LIPSTICKS, standing=True, zoom=1.1),
    Article("Nail Polish", "lips", ("plain",), NAIL_POLISHES, standing=True, zoom=1.1),
)
