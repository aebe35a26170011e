"""A closed shoe seen from the side: upper, opening and sole."""

from collections.abc import Callable
from dataclasses import dataclass, field

from shopify_bot.devstore.drawing.geometry import Outline, Point, box, offset, shift, smooth
from shopify_bot.devstore.drawing.palette import Colour, darker, lighter, mix, thread_of
from shopify_bot.devstore.drawing.sketch import Sketch

GROUND = 96.0


@dataclass(frozen=True)
class Last:
    """A shoe: heights are y values, `sole` and `heel` are thicknesses, in sheet units."""

    back: float = -72
    dip: float = -44
    tongue: Point = (-52, -98)
    vamp: Point = (74, -22)
    toe: float = 232
    toe_top: float = 8
    point: float = 0.0
    sole: float = 30
    heel: float = 0
    form: str = "cup"
    parts: tuple[Callable[[Sketch, "Last"], None], ...] = field(default=())
    bright_sole: bool = True

    @property
    def base(self) -> float:
        return GROUND - self.sole


def collar_line(last: Last) -> Outline:
    """The rim of the opening, from the heel to the tongue."""
    return smooth(
        (-210, last.back),
        (-176, last.back + 12),
        (-126, last.dip),
        (-84, (last.dip + last.tongue[1]) / 2 + 6),
        last.tongue,
    )


def throat_line(last: Last) -> Outline:
    """From the top of the tongue over the vamp to the front of the toe."""
    x, y = last.vamp
    nose = last.base - 34 + 22 * last.point
    return smooth(
        last.tongue,
        ((last.tongue[0] + x) / 2 + 4, (last.tongue[1] + y) / 2 - 2),
        last.vamp,
        (x + (last.toe - x) * 0.55, last.toe_top),
        (last.toe - 12 + 8 * last.point, nose),
        (last.toe + 10 * last.point, last.base - 8),
    )


def upper_outline(last: Last) -> Outline:
    heel = smooth(
        (-214, last.base + 8),
        (-228, last.base - 42),
        (-221, (last.back + last.base) / 2 - 14),
        (-210, last.back),
    )
    return [*heel, *collar_line(last), *throat_line(last), (last.toe - 6, last.base + 8)]


def draw_shoe(sketch: Sketch, last: Last) -> None:
    canvas = sketch.canvas
    _opening(sketch, last)
    canvas.fill(upper_outline(last), sketch.cloth, volume=0.75)
    for part in last.parts:
        part(sketch, last)
    canvas.line(offset(collar_line(last), -7), thread_of(sketch.cloth.colour), 1.4)
    draw_sole(sketch, last)


def _opening(sketch: Sketch, last: Last) -> None:
    rim = collar_line(last)
    far = [(x + 12, y - 16 - 6 * (n / len(rim))) for n, (x, y) in enumerate(rim)]
    sketch.canvas.fill(
        [*rim, *reversed(far)],
        darker(mix(sketch.palette.second, (168, 138, 108), 0.7), 0.3),
        volume=0.3,
        edge=1.8,
    )


def draw_sole(sketch: Sketch, last: Last) -> None:
    """The sole in its form: cup, runner, welt, gum, lug, wave or wedge."""
    canvas, base = sketch.canvas, last.base
    main = _sole_colour(sketch, last)
    toe = last.toe + 4
    spring = 10.0
    top = smooth(
        (-224, base - 4),
        (-120, base + 3),
        (0, base + 4),
        (120, base + 2),
        (toe - 40, base - 4),
        (toe, base - 16),
    )
    if last.form == "welt":
        top = [(x, y + 10) for x, y in top]
        low = [
            (toe + 6, GROUND - last.sole + 2),
            (toe - 20, GROUND - 4),
            (60, GROUND),
            (-70, GROUND - 2),
            (-76, GROUND - 2 + last.heel * 0.1),
        ]
        canvas.fill(
            [
                *top,
                *smooth(*low[:4]),
                (-84, GROUND + last.heel),
                (-218, GROUND + last.heel),
                (-226, base + 8),
            ],
            main,
            volume=0.4,
        )
        canvas.stitch(shift(top, 0, 4), lighter(main, 0.4), 1.4, 5)
        canvas.line([(-222, GROUND), (-80, GROUND)], darker(main, 0.5), 2)
        return
    back = -236 if last.form in ("runner", "wave") else -228
    low = smooth(
        (toe + 2, base - 6),
        (toe - 8, GROUND - spring),
        (toe - 70, GROUND),
        (40, GROUND),
        (-90, GROUND - (8 if last.form == "runner" else 0)),
        (-200, GROUND),
        (back, GROUND - 12),
        (back + 6, base + 2),
    )
    canvas.fill([*top, *low], main, volume=0.55)
    _tread(sketch, last, main, toe)


def _sole_colour(sketch: Sketch, last: Last) -> Colour:
    if last.form == "gum":
        return (188, 136, 88)
    if last.form == "welt":
        return darker(sketch.cloth.colour, 0.55)
    return (240, 239, 235) if last.bright_sole else darker(sketch.palette.main, 0.5)


def _tread(sketch: Sketch, last: Last, main: Colour, toe: float) -> None:
    canvas, base = sketch.canvas, last.base
    if last.form in ("cup", "gum"):
        canvas.line(
            smooth((-226, base + 9), (0, base + 14), (toe - 30, base + 6)),
            sketch.palette.second if last.form == "cup" else darker(main, 0.3),
            3,
        )
    elif last.form == "runner":
        wave = smooth(
            (-234, GROUND - 16),
            (-140, base + 12),
            (-60, GROUND - 14),
            (60, base + 14),
            (toe - 20, GROUND - 16),
        )
        canvas.fill(
            [*wave, (toe - 30, GROUND - 2), (-220, GROUND - 2)], sketch.palette.accent, volume=0.3, edge=1.4
        )
        for x in range(-206, int(toe) - 30, 26):
            canvas.line([(x, GROUND - 7), (x + 9, GROUND - 1)], darker(main, 0.5), 3)
    elif last.form == "wave":
        for x in (-190, -160, -130, -100):
            canvas.fill(box(x, base + 12, x + 20, GROUND - 8, 8), sketch.palette.accent, volume=0.4, edge=1.4)
    elif last.form == "lug":
        for x in range(-212, int(toe) - 40, 34):
            canvas.fill(box(x, GROUND - 8, x + 22, GROUND + 9, 3), darker(main, 0.3), volume=0.2, edge=1.2)
    elif last.form == "stud":
        for x in (-196, -150, 60, 110, 160):
            canvas.fill(
                [(x, GROUND - 4), (x + 24, GROUND - 4), (x + 18, GROUND + 16), (x + 6, GROUND + 16)],
                darker(main, 0.3),
                volume=0.3,
                edge=1.3,
            )
