"""Lipsticks, crayons and liquid colour."""

from dataclasses import dataclass
from functools import partial

from shopify_bot.devstore.drawing.fabric import Gradient, metal, sheen
from shopify_bot.devstore.drawing.geometry import Outline, box, closed, smooth
from shopify_bot.devstore.drawing.palette import INK, WHITE, darker, lighter, mix
from shopify_bot.devstore.drawing.sketch import Article, Shape, Sketch


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


ARTICLES = (Article("Lipstick", "lips", ("plain",), LIPSTICKS, standing=True, zoom=1.1),)
