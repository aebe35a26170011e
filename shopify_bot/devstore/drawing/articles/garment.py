"""The parts that upper garments and dresses share: body, sleeves, back and hem."""

from dataclasses import dataclass
from math import cos, radians, sin

from shopify_bot.devstore.drawing.geometry import (
    Outline,
    Point,
    along,
    bezier,
    box,
    flip,
    mirror,
    offset,
    smooth,
)
from shopify_bot.devstore.drawing.palette import darker, lighter, thread_of
from shopify_bot.devstore.drawing.sketch import Sketch


@dataclass(frozen=True)
class Cut:
    """Measures are half widths from the middle line, and lengths down from the neck, in sheet units."""

    length: float = 450
    shoulder: float = 124
    chest: float = 132
    waist: float = 124
    hem: float = 132
    neck: float = 52
    depth: float = 36
    neckline: str = "round"
    sleeve: float = 0
    cuff: float = 44
    spread: float = 24
    hem_drop: float = 8
    waist_at: float = 0.55
    trim: str = "band"
    sleeve_form: str = "plain"
    neck_at: float | None = None

    @property
    def top(self) -> float:
        return -self.length / 2 - 8 if self.neck_at is None else self.neck_at

    @property
    def bottom(self) -> float:
        return self.top + self.length

    @property
    def tip(self) -> Point:
        return self.shoulder, self.top + 14 + (self.shoulder - self.neck) * 0.24

    @property
    def armpit(self) -> Point:
        return self.chest, self.top + 138


def front_neck(cut: Cut) -> Outline:
    """The front neckline from the middle to the right shoulder."""
    low, side = (0.0, cut.top + cut.depth), (cut.neck, cut.top)
    if cut.neckline == "vee":
        return bezier(low, (cut.neck * 0.45, low[1] - cut.depth * 0.5), (cut.neck * 0.9, cut.top + 14), side)
    if cut.neckline == "square":
        return [low, (cut.neck * 0.82, low[1]), (cut.neck * 0.9, low[1] - 10), side]
    if cut.neckline == "heart":
        notch = (0.0, low[1] + 16)
        return [
            *bezier(notch, (10, low[1] - 14), (cut.neck * 0.7, low[1] - 16), (cut.neck, low[1] - 4)),
            side,
        ]
    return bezier(low, (cut.neck * 0.62, low[1]), (cut.neck * 0.98, cut.top + cut.depth * 0.62), side)


def body_half(cut: Cut) -> Outline:
    """The right side from the middle of the neckline to the middle of the hem."""
    armhole = bezier(
        cut.tip, (cut.tip[0] - 14, cut.tip[1] + 50), (cut.chest - 22, cut.armpit[1] - 24), cut.armpit, 10
    )
    middle = cut.top + cut.length * cut.waist_at
    side = smooth(cut.armpit, (cut.waist, middle), (cut.hem, cut.bottom))
    hem = bezier(
        (cut.hem, cut.bottom),
        (cut.hem * 0.6, cut.bottom + cut.hem_drop),
        (cut.hem * 0.3, cut.bottom + cut.hem_drop),
        (0, cut.bottom + cut.hem_drop),
        8,
    )
    return [*front_neck(cut), *armhole, *side, *hem]


def draw_back(sketch: Sketch, cut: Cut) -> None:
    """The inside of the back, seen through the neckline, with its label."""
    front = front_neck(cut)
    rise = 7.0 if cut.trim != "none" else 12.0
    inside = [
        *smooth((-cut.neck, cut.top), (0, cut.top + rise), (cut.neck, cut.top)),
        *reversed(front),
        *flip(front),
    ]
    shade = darker(sketch.cloth.colour, 0.34)
    sketch.canvas.fill(inside, shade, volume=0, edge=1.5)
    if cut.depth > 26 and cut.trim != "none":
        sketch.canvas.fill(
            box(-15, cut.top + 9, 15, cut.top + 22, 2), lighter(shade, 0.75), volume=0, edge=0.8
        )


def sleeve_outline(cut: Cut) -> tuple[Outline, Point, Point]:
    """A right sleeve, and the outer and inner ends of its opening."""
    way = (sin(radians(cut.spread)), cos(radians(cut.spread)))
    outer = (cut.tip[0] + cut.sleeve * way[0], cut.tip[1] + cut.sleeve * way[1])
    wide = cut.cuff * 2 if cut.sleeve_form != "puff" else cut.cuff * 1.7
    inner = (outer[0] - wide * way[1], outer[1] + wide * way[0])
    lift = 3.0 if cut.sleeve_form != "puff" else 40.0
    top = bezier(
        cut.tip,
        (cut.tip[0] + cut.sleeve * 0.3 * way[0] + lift, cut.tip[1] + cut.sleeve * 0.25 * way[1] - lift * 0.5),
        (outer[0] + lift * 0.6, outer[1] - cut.sleeve * 0.3),
        outer,
    )
    under = smooth(inner, ((inner[0] + cut.chest) / 2 + 2, (inner[1] + cut.armpit[1]) / 2 - 4), cut.armpit)
    if cut.sleeve_form == "bell":
        outer, inner = (outer[0] + 26, outer[1] + 4), (inner[0] - 16, inner[1] + 10)
        top, under = [*top[:-3], outer], [inner, *under[4:]]
    return [(cut.tip[0] - 30, cut.tip[1] - 4), *top, *under, (cut.chest - 34, cut.armpit[1])], outer, inner


def draw_sleeves(sketch: Sketch, cut: Cut) -> None:
    if not cut.sleeve:
        return
    outline, outer, inner = sleeve_outline(cut)
    for side in (1, -1):
        part = outline if side > 0 else flip(outline)
        sketch.canvas.fill(part, sketch.cloth, volume=0.7, turned=-side * cut.spread)
        end = [(side * x, y) for x, y in (outer, inner)]
        _finish_sleeve(sketch, cut, end, side)
        if cut.sleeve > 200:
            fold = [
                (side * (cut.chest + 26), cut.armpit[1] + 6),
                (side * (cut.chest + 44), cut.armpit[1] + 70),
            ]
            sketch.canvas.crease(fold, 12, 0.26)
            elbow = (side * (outer[0] + cut.tip[0]) / 2, (outer[1] + cut.tip[1]) / 2)
            sketch.canvas.crease([elbow, (elbow[0] - side * 30, elbow[1] + 26)], 9, 0.2)


def _finish_sleeve(sketch: Sketch, cut: Cut, end: list[Point], side: int) -> None:
    canvas, cloth = sketch.canvas, sketch.cloth
    if cut.sleeve_form in ("rib", "cuff", "contrast", "puff"):
        deep = {"rib": 26.0, "cuff": 30.0, "contrast": 16.0, "puff": 12.0}[cut.sleeve_form]
        up = (-side * sin(radians(cut.spread)) * deep, -cos(radians(cut.spread)) * deep)
        band = [
            end[0],
            end[1],
            (end[1][0] + up[0], end[1][1] + up[1]),
            (end[0][0] + up[0], end[0][1] + up[1]),
        ]
        colour = sketch.palette.second if cut.sleeve_form == "contrast" else darker(cloth.colour, 0.14)
        canvas.fill(
            band, colour if cut.sleeve_form != "cuff" else cloth, volume=0.4, turned=-side * cut.spread
        )
        if cut.sleeve_form == "rib":
            draw_ribbing(sketch, [end[0], end[1]], up, darker(cloth.colour, 0.34))
        if cut.sleeve_form == "cuff":
            canvas.dot(
                (
                    (end[1][0] * 0.7 + end[0][0] * 0.3) + up[0] / 2,
                    (end[1][1] * 0.7 + end[0][1] * 0.3) + up[1] / 2,
                ),
                3.6,
                lighter(cloth.colour, 0.6),
            )
        return
    way = (-side * sin(radians(cut.spread)) * 9, -cos(radians(cut.spread)) * 9)
    canvas.stitch([(x + way[0], y + way[1]) for x, y in end], thread_of(cloth.colour))


def draw_ribbing(sketch: Sketch, rim: list[Point], up: Point, ink: tuple[int, int, int]) -> None:
    """Short knit lines across a cuff or a waistband."""
    for x, y in along(rim, max(3, int(abs(rim[0][0] - rim[-1][0]) / 7) + 4)):
        sketch.canvas.line([(x, y), (x + up[0], y + up[1])], ink, 1.3)


def draw_body(sketch: Sketch, cut: Cut) -> None:
    canvas = sketch.canvas
    canvas.fill(mirror(body_half(cut)), sketch.cloth, volume=0.6, drop=5 if cut.sleeve else 0)
    middle = cut.top + cut.length * cut.waist_at
    for side in (1, -1):
        canvas.crease(
            smooth(
                (side * (cut.chest - 6), cut.armpit[1] + 6),
                (side * (cut.chest - 44), cut.armpit[1] + 46),
                (side * (cut.chest - 56), middle),
            ),
            14,
            0.16,
        )
        canvas.crease(
            smooth(
                (side * cut.waist, middle),
                (side * cut.waist * 0.55, middle + 30),
                (side * cut.hem * 0.45, cut.bottom - 20),
            ),
            16,
            0.13,
        )
    canvas.crease(
        [(-cut.chest * 0.3, cut.top + 120), (-cut.waist * 0.25, cut.bottom - 60)], 34, 0.16, (255, 255, 255)
    )


def draw_hem(sketch: Sketch, cut: Cut, form: str) -> None:
    canvas, colour = sketch.canvas, sketch.cloth.colour
    rim = [(x, y) for x, y in body_half(cut)[-9:]]
    whole = [*flip(rim), *reversed(rim)]
    if form == "stitch":
        canvas.stitch(offset(whole, 11), thread_of(colour))
    elif form == "rib":
        up = offset(whole, 30)
        canvas.fill([*whole, *reversed(up)], darker(colour, 0.14), volume=0.3)
        draw_ribbing(sketch, whole, (0, -29), darker(colour, 0.34))
    elif form in ("band", "border"):
        deep = 14.0 if form == "band" else 46.0
        canvas.fill([*whole, *reversed(offset(whole, deep))], sketch.palette.second, volume=0.2, edge=1.4)
        if form == "border":
            canvas.line(offset(whole, 36), sketch.palette.accent, 3)
            for point in along(offset(whole, 20), 15):
                canvas.dot(point, 5, sketch.palette.accent, 0)
