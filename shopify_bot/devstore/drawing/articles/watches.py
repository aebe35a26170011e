"""Wrist watches, upright and seen from the front."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from math import cos, pi, sin

from shopify_bot.devstore.drawing.fabric import Paint, metal
from shopify_bot.devstore.drawing.geometry import Outline, box, closed, ellipse, mirror, smooth
from shopify_bot.devstore.drawing.palette import INK, WHITE, Colour, darker, lighter, luminance
from shopify_bot.devstore.drawing.sketch import Article, Shape, Sketch


@dataclass(frozen=True)
class Watch:
    """Half sizes of the case, and what the strap and the dial are."""

    wide: float = 112
    tall: float = 112
    form: str = "round"
    strap: str = "leather"
    strap_wide: float = 66
    dial: str = "bars"
    bezel: str = "plain"


def _case(watch: Watch, inset: float = 0) -> Outline:
    w, h = watch.wide - inset, watch.tall - inset
    if watch.form == "round":
        return ellipse(0, 0, w, h)
    if watch.form == "cushion":
        return closed(
            (0, -h),
            (w * 0.86, -h * 0.86),
            (w, 0),
            (w * 0.86, h * 0.86),
            (0, h),
            (-w * 0.86, h * 0.86),
            (-w, 0),
            (-w * 0.86, -h * 0.86),
        )
    if watch.form == "octagon":
        return mirror([(0, -h), (w * 0.45, -h), (w, -h * 0.45), (w, h * 0.45), (w * 0.45, h), (0, h)])
    return box(-w, -h, w, h, 18 if watch.form == "square" else 44)


def draw_watch(sketch: Sketch, watch: Watch) -> None:
    _STRAPS[watch.strap](sketch, watch)
    _case_and_dial(sketch, watch)
    _DIALS[watch.dial](sketch, watch)
    shine = [
        (-watch.wide * 0.6, -watch.tall * 0.55),
        (-watch.wide * 0.1, -watch.tall * 0.72),
        (-watch.wide * 0.5, watch.tall * 0.3),
        (-watch.wide * 0.7, watch.tall * 0.1),
    ]
    sketch.canvas.glow(shine, 0.14, WHITE, 5)


def _body(sketch: Sketch) -> Colour:
    return sketch.palette.main if sketch.palette.name in ("Gold", "Silver", "Steel") else sketch.palette.metal


def _case_and_dial(sketch: Sketch, watch: Watch) -> None:
    canvas, body = sketch.canvas, _body(sketch)
    plastic = watch.strap == "rubber"
    surface: Paint | Colour = sketch.palette.main if plastic else metal(body)
    for y in (0,) if watch.dial != "chrono" else (-40, 0, 40):
        canvas.fill(box(watch.wide - 8, y - 12, watch.wide + 18, y + 12, 5), surface, volume=0.3)
    canvas.fill(_case(watch), surface, volume=0.4, drop=8)
    if watch.bezel == "dive":
        canvas.fill(_case(watch, 9), darker(sketch.palette.main, 0.4), volume=0.4)
        for n in range(12):
            reach = watch.wide - 17
            canvas.dot((reach * sin(n * pi / 6), -reach * cos(n * pi / 6)), 4.4, lighter(body, 0.6), 0)
    elif watch.bezel == "stones":
        for n in range(32):
            reach = watch.wide - 12
            canvas.dot((reach * sin(n * pi / 16), -reach * cos(n * pi / 16)), 8, (232, 242, 250), 1)
    face = (
        (36, 38, 48)
        if luminance(sketch.palette.main) < 110 and sketch.rng.random() < 0.6
        else (245, 243, 238)
    )
    if sketch.rng.random() < 0.3:
        face = sketch.palette.second
    canvas.fill(_case(watch, 26), face, volume=0.3, edge=2.2)


def _ink(sketch: Sketch, watch: Watch) -> Colour:
    centre = sketch.canvas.figure.getpixel((sketch.canvas.sheet[0] // 2, sketch.canvas.sheet[1] // 2))
    assert isinstance(centre, tuple)
    return INK if luminance((int(centre[0]), int(centre[1]), int(centre[2]))) > 120 else (240, 240, 240)


def _hands(sketch: Sketch, watch: Watch, ink: Colour) -> None:
    reach = min(watch.wide, watch.tall) - 34
    for angle, length, wide in ((-58, 0.56, 7), (54, 0.8, 5)):
        tip = (reach * length * sin(angle * pi / 180), -reach * length * cos(angle * pi / 180))
        sketch.canvas.line([(-tip[0] * 0.14, -tip[1] * 0.14), tip], ink, wide)
    sketch.canvas.line(
        [(0, 16), (reach * 0.1, -reach * 0.78)] if watch.dial != "plain" else [(0, 0), (1, 1)],
        sketch.palette.accent,
        2.4,
    )
    sketch.canvas.dot((0, 0), 6, ink, 0)


def _marks(sketch: Sketch, watch: Watch, ink: Colour, long: float = 16) -> None:
    for n in range(12):
        s, c = sin(n * pi / 6), -cos(n * pi / 6)
        grow = 1.0 if watch.form in ("round", "octagon", "cushion") else 1 / max(abs(s), abs(c), 0.7)
        w, h = (watch.wide - 34) * grow, (watch.tall - 34) * grow
        size = long * (1.4 if n % 3 == 0 else 1)
        sketch.canvas.line(
            [(w * s, h * c), (w * s * (1 - size / w), h * c * (1 - size / h))], ink, 5.5 if n % 3 == 0 else 3
        )


def _bars(sketch: Sketch, watch: Watch) -> None:
    ink = _ink(sketch, watch)
    _marks(sketch, watch, ink)
    _hands(sketch, watch, ink)


def _plain(sketch: Sketch, watch: Watch) -> None:
    ink = _ink(sketch, watch)
    for n in range(0, 12, 3):
        sketch.canvas.dot(
            ((watch.wide - 44) * sin(n * pi / 6), -(watch.tall - 44) * cos(n * pi / 6)),
            5,
            metal(_body(sketch)),
            0.8,
        )
    _hands(sketch, watch, ink)


def _chrono(sketch: Sketch, watch: Watch) -> None:
    ink = _ink(sketch, watch)
    _marks(sketch, watch, ink, 12)
    for x, y in ((-38, 0), (38, 0), (0, 40)):
        sketch.canvas.fill(ellipse(x, y, 22, 22), lighter(_body(sketch), 0.2), volume=0.3, edge=1.6)
        sketch.canvas.line([(x, y), (x + 6, y - 15)], INK, 2.4)
    _hands(sketch, watch, ink)


def _digital(sketch: Sketch, watch: Watch) -> None:
    w, h = watch.wide - 40, watch.tall - 56
    sketch.canvas.fill(box(-w, -h, w, h, 8), (178, 192, 170), volume=0.3)
    rng, pitch = sketch.rng, w * 0.46
    for n, x in enumerate((-1.5, -0.55, 0.55, 1.5)):
        _segments(
            sketch, x * pitch, 0, pitch * 0.62, h * 0.56, rng.choice((1, 2)) if n == 0 else rng.randrange(6)
        )
    for y in (-9, 9):
        sketch.canvas.fill(box(-3, y - 3, 3, y + 3), INK, volume=0, edge=0)


_LIT = ("abcdef", "bc", "abged", "abgcd", "fgbc", "afgcd")


def _segments(sketch: Sketch, x: float, y: float, wide: float, half: float, digit: int) -> None:
    a, b = x - wide / 2, x + wide / 2
    spots = {
        "a": ((a, y - half), (b, y - half)),
        "b": ((b, y - half), (b, y)),
        "c": ((b, y), (b, y + half)),
        "d": ((a, y + half), (b, y + half)),
        "e": ((a, y), (a, y + half)),
        "f": ((a, y - half), (a, y)),
        "g": ((a, y), (b, y)),
    }
    for name in _LIT[digit]:
        sketch.canvas.line(list(spots[name]), INK, 5)


_DIALS: dict[str, Callable[[Sketch, Watch], None]] = {
    "bars": _bars,
    "plain": _plain,
    "chrono": _chrono,
    "digital": _digital,
}


def _ends(watch: Watch, narrow: float = 0.8) -> Outline:
    w = watch.strap_wide
    return [
        (-w, 0),
        *smooth((-w, -watch.tall + 10), (-w * 0.92, -230), (-w * narrow, -318)),
        *smooth((w * narrow, -318), (w * 0.92, -230), (w, -watch.tall + 10)),
        (w, 0),
    ]


def _both(sketch: Sketch, outline: Outline, surface: Paint | Colour, volume: float = 0.5) -> None:
    for part in (outline, [(x, -y) for x, y in outline]):
        sketch.canvas.fill(part, surface, volume=volume)


def _leather(sketch: Sketch, watch: Watch) -> None:
    _both(sketch, _ends(watch), sketch.cloth)
    w = watch.strap_wide
    for side in (-1, 1):
        for top in (-1, 1):
            sketch.canvas.stitch(
                [(side * (w - 9), top * 20), (side * (w * 0.82 - 8), top * 308)],
                lighter(sketch.cloth.colour, 0.5),
                1.8,
            )
    for y in (210, 240, 270):
        sketch.canvas.dot((0, y), 5, darker(sketch.cloth.colour, 0.7), 0.5)


def _links(sketch: Sketch, watch: Watch, rows: int = 3) -> None:
    body, w = _body(sketch), watch.strap_wide
    for top in (-1, 1):
        for step in range(13):
            y = top * (watch.tall - 20 + step * 19)
            if abs(y) > 330:
                break
            wide = w * (1 - 0.018 * step)
            sketch.canvas.fill(box(-wide, y - 9, wide, y + 9, 5), metal(body), volume=0, edge=1.8)
            for part in range(1, rows):
                x = -wide + 2 * wide * part / rows
                sketch.canvas.line([(x, y - 8), (x, y + 8)], darker(body, 0.5), 2)
            sketch.canvas.fill(
                box(-wide * 0.32, y - 8, wide * 0.32, y + 8, 4), lighter(body, 0.35), volume=0.2, edge=1.2
            )


def _rubber(sketch: Sketch, watch: Watch) -> None:
    _both(sketch, _ends(watch, 0.72), sketch.palette.main, 0.7)
    for top in (-1, 1):
        for step in range(4):
            y = top * (watch.tall + 30 + step * 34)
            sketch.canvas.fill(
                box(-watch.strap_wide * 0.6, y - 7, watch.strap_wide * 0.6, y + 7, 7),
                darker(sketch.palette.main, 0.3),
                volume=0.3,
                edge=1.4,
            )


def _woven(sketch: Sketch, watch: Watch) -> None:
    _both(sketch, _ends(watch, 0.98), sketch.palette.second)
    w = watch.strap_wide
    for x in (-w * 0.36, w * 0.36):
        for top in (-1, 1):
            sketch.canvas.line([(x, 0), (x, top * 316)], sketch.palette.accent, w * 0.24)


def _bangle(sketch: Sketch, watch: Watch) -> None:
    """A slim rigid bracelet."""
    for side in (-1, 1):
        rim = smooth((side * 26, -watch.tall + 10), (side * 40, -200), (side * 20, -300), (0, -316))
        for part in (rim, [(x, -y) for x, y in rim]):
            sketch.canvas.line(part, darker(_body(sketch), 0.4), 20)
            sketch.canvas.line(part, _body(sketch), 15)
            sketch.canvas.line(part, lighter(_body(sketch), 0.6), 4)


def _mesh(sketch: Sketch, watch: Watch) -> None:
    _both(sketch, _ends(watch, 0.96), metal(_body(sketch)), 0.3)
    for y in range(-312, 313, 9):
        sketch.canvas.line(
            [(-watch.strap_wide * 0.94, y), (watch.strap_wide * 0.94, y)], darker(_body(sketch), 0.4), 1.5
        )


_STRAPS: dict[str, Callable[[Sketch, Watch], None]] = {
    "leather": _leather,
    "links": _links,
    "rubber": _rubber,
    "woven": _woven,
    "bangle": _bangle,
    "mesh": _mesh,
}


WATCHES: tuple[Shape, ...] = tuple(
    partial(draw_watch, watch=watch)
    for watch in (
        Watch(),
        Watch(124, 124, strap="links", strap_wide=74, dial="chrono", bezel="dive"),
        Watch(112, 126, "square", "rubber", 74, "digital"),
        Watch(84, 112, "square", "leather", 56, "plain"),
        Watch(88, 88, strap="bangle", dial="plain", bezel="stones"),
        Watch(128, 128, "octagon", "rubber", 78, "chrono", "plain"),
        Watch(108, 108, strap="mesh", strap_wide=62, dial="plain"),
        Watch(116, 108, "cushion", "leather", 78, "bars"),
        Watch(104, 104, strap="woven", strap_wide=58, dial="bars", bezel="dive"),
        Watch(66, 104, "tank", "links", 50, "plain"),
    )
)


ARTICLES = (Article("Watches", "watch", ("plain", "leather", "croc"), WATCHES, turns=1),)
