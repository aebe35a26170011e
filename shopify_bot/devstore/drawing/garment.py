"""The parts that upper garments and dresses are put together from: body, sleeves, neckline, collar, front."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from math import cos, radians, sin
from types import MappingProxyType

from .fabric import metal
from .geometry import (
    Outline,
    Point,
    along,
    bezier,
    box,
    closed,
    ellipse,
    flip,
    mirror,
    offset,
    ribbon,
    smooth,
)
from .palette import darker, lighter, mix, thread_of
from .sketch import Sketch


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

    @property
    def top(self) -> float:
        return -self.length / 2 - 8

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


def draw_trim(sketch: Sketch, cut: Cut) -> None:
    """What borders the neckline."""
    front = front_neck(cut)
    whole = [*flip(front[::-1]), *front]
    _TRIMS[cut.trim](sketch, cut, whole)


def _band(sketch: Sketch, cut: Cut, whole: Outline) -> None:
    back = smooth((-cut.neck, cut.top), (0, cut.top + 7), (cut.neck, cut.top))
    colour = darker(sketch.cloth.colour, 0.12)
    sketch.canvas.fill(ribbon(back, 11), darker(colour, 0.1), volume=0, edge=1.4)
    sketch.canvas.fill(ribbon(whole, 14), colour, volume=0.3, edge=1.6)
    sketch.canvas.stitch(offset(whole, -13), thread_of(sketch.cloth.colour), 1.3)


def _contrast(sketch: Sketch, cut: Cut, whole: Outline) -> None:
    back = smooth((-cut.neck, cut.top), (0, cut.top + 7), (cut.neck, cut.top))
    sketch.canvas.fill(ribbon(back, 11), darker(sketch.palette.second, 0.15), volume=0, edge=1.4)
    sketch.canvas.fill(ribbon(whole, 14), sketch.palette.second, volume=0.3, edge=1.6)


def _edge(sketch: Sketch, cut: Cut, whole: Outline) -> None:
    sketch.canvas.line(whole, darker(sketch.cloth.colour, 0.4), 3)
    sketch.canvas.stitch(offset(whole, -8), thread_of(sketch.cloth.colour), 1.3)


def _embroidery(sketch: Sketch, cut: Cut, whole: Outline) -> None:
    """A worked yoke round the neck, as on a kurta."""
    canvas, palette = sketch.canvas, sketch.palette
    canvas.fill(ribbon(whole, 24), palette.second, volume=0.3, edge=1.5)
    for index, point in enumerate(along(whole, 21)):
        canvas.dot(point, 4.4 if index % 2 else 2.6, palette.accent, 0.8)
    canvas.line(offset(whole, -18), palette.accent, 2.2)
    for side in (-9, 9):
        canvas.line([(side, cut.top + cut.depth + 12), (side, cut.top + cut.depth + 104)], palette.accent, 2)
    canvas.line(
        [(-9, cut.top + cut.depth + 104), (0, cut.top + cut.depth + 116), (9, cut.top + cut.depth + 104)],
        palette.accent,
        2,
    )


def _turtle(sketch: Sketch, cut: Cut, whole: Outline) -> None:
    top = cut.top - 38
    outline = mirror(
        [
            (0, top + 8),
            *smooth((30, top + 4), (cut.neck - 8, top), (cut.neck + 3, cut.top + 8)),
            *bezier((cut.neck + 3, cut.top + 10), (30, cut.top + 30), (12, cut.top + 32), (0, cut.top + 32)),
        ]
    )
    sketch.canvas.fill(outline, sketch.cloth, volume=0.7, drop=4)
    sketch.canvas.fill(
        ellipse(0, top + 5, cut.neck - 10, 8), darker(sketch.cloth.colour, 0.4), volume=0, edge=1.5
    )
    sketch.canvas.crease([(-cut.neck, cut.top - 8), (0, cut.top + 6), (cut.neck, cut.top - 8)], 7, 0.3)


def _collar(sketch: Sketch, cut: Cut, whole: Outline) -> None:
    """A turned-down shirt collar with its stand."""
    _wings(sketch, cut, cut.depth + 26, 20)


def _wide_collar(sketch: Sketch, cut: Cut, whole: Outline) -> None:
    _wings(sketch, cut, cut.depth + 10, 46)


def _polo(sketch: Sketch, cut: Cut, whole: Outline) -> None:
    _wings(sketch, cut, cut.depth + 20, 26, knit=True)


def _wings(sketch: Sketch, cut: Cut, drop: float, out: float, knit: bool = False) -> None:
    canvas, cloth, top = sketch.canvas, sketch.cloth, cut.top
    neck = cut.neck
    surface = sketch.palette.second if knit and sketch.rng.random() < 0.4 else cloth
    stand = [
        *smooth((-neck + 4, top - 6), (0, top - 14), (neck - 4, top - 6)),
        *smooth((neck - 4, top + 12), (0, top + 6), (-neck + 4, top + 12)),
    ]
    canvas.fill(stand, darker(cloth.colour, 0.2), volume=0.2, edge=1.6)
    wing = [
        (2, top + cut.depth - 2),
        *bezier(
            (neck * 0.5, top + 22), (neck * 0.75, top + 6), (neck * 0.8, top - 8), (neck * 0.82, top - 15), 6
        ),
        *bezier((neck * 0.82, top - 15), (neck + 8, top - 8), (neck + 10, top + 2), (neck + 12, top + 8), 6),
        (neck * 0.62 + out, top + drop),
        (neck * 0.4 + out * 0.5, top + drop + 6),
    ]
    for part in (wing, flip(wing)):
        canvas.fill(part, surface, volume=0.45, drop=4, turned=38 if part is wing else -38)
        if not knit:
            canvas.stitch([part[-1], part[-2], part[-3]], thread_of(cloth.colour), 1.2)


def _mandarin(sketch: Sketch, cut: Cut, whole: Outline) -> None:
    top = cut.top
    for side in (1, -1):
        part = [
            (side * x, y)
            for x, y in (
                (2, top + cut.depth),
                *smooth((2, top + cut.depth - 24), (cut.neck * 0.6, top - 4), (cut.neck * 0.86, top - 20)),
                *smooth(
                    (cut.neck + 6, top + 4),
                    (cut.neck * 0.62, top + cut.depth * 0.7),
                    (14, top + cut.depth + 4),
                ),
            )
        ]
        sketch.canvas.fill(part, sketch.cloth, volume=0.5, drop=3)


def _hood(sketch: Sketch, cut: Cut, whole: Outline) -> None:
    canvas, cloth, top = sketch.canvas, sketch.cloth, cut.top
    outer = mirror(
        [
            (0, top - 78),
            *smooth(
                (40, top - 76),
                (cut.neck + 26, top - 46),
                (cut.neck + 30, top + 4),
                (cut.neck + 6, top + 34),
                (24, top + cut.depth + 30),
            ),
            (0, top + cut.depth + 34),
        ]
    )
    canvas.fill(outer, cloth, volume=0.8, drop=5)
    inner = mirror(
        [
            (0, top - 52),
            *smooth((30, top - 52), (cut.neck - 2, top - 26), (cut.neck, top + 4), (28, top + cut.depth + 8)),
            (0, top + cut.depth + 16),
        ]
    )
    lining = darker(sketch.palette.second if sketch.rng.random() < 0.4 else cloth.colour, 0.4)
    canvas.fill(inner, lining, volume=0.3)
    canvas.stitch([*inner[1 : len(inner) // 2]], thread_of(cloth.colour), 1.2)
    for side, length in ((1, 84), (-1, 70)):
        start = (side * 22, top + cut.depth + 16)
        cord = smooth(start, (side * 27, start[1] + length * 0.5), (side * 24, start[1] + length))
        canvas.line(cord, lighter(cloth.colour, 0.7), 4)
        canvas.line(cord[-3:], darker(cloth.colour, 0.5), 5)


def _cowl(sketch: Sketch, cut: Cut, whole: Outline) -> None:
    for step, drop in enumerate((46.0, 24.0, 2.0)):
        low = cut.top + cut.depth + drop
        fold = [
            *bezier(
                (-cut.neck - 8, cut.top - 2),
                (-cut.neck * 0.6, low),
                (cut.neck * 0.6, low),
                (cut.neck + 8, cut.top - 2),
            ),
            *bezier(
                (cut.neck - 4, cut.top - 2),
                (cut.neck * 0.5, low - 30),
                (-cut.neck * 0.5, low - 30),
                (-cut.neck + 4, cut.top - 2),
            ),
        ]
        sketch.canvas.fill(fold, sketch.cloth, volume=0.7, drop=3, edge=1.4 + step * 0.2)


def _nothing(sketch: Sketch, cut: Cut, whole: Outline) -> None:
    """A bare edge."""


_TRIMS: Mapping[str, Callable[[Sketch, Cut, Outline], None]] = MappingProxyType(
    {
        "band": _band,
        "contrast": _contrast,
        "edge": _edge,
        "embroidery": _embroidery,
        "turtle": _turtle,
        "collar": _collar,
        "wide collar": _wide_collar,
        "polo": _polo,
        "mandarin": _mandarin,
        "hood": _hood,
        "cowl": _cowl,
        "none": _nothing,
    }
)


def draw_buttons(sketch: Sketch, cut: Cut, until: float = 1.0, count: int = 6, wide: float = 13) -> None:
    """A placket down the front, to a share of the length."""
    canvas, cloth = sketch.canvas, sketch.cloth
    start, end = cut.top + cut.depth + 2, cut.top + cut.length * until + (cut.hem_drop if until >= 1 else 0)
    canvas.fill(box(-wide, start, wide, end), cloth, volume=0.15, edge=1.6, drop=2)
    for x in (-wide + 4, wide - 4):
        canvas.stitch([(x, start + 4), (x, end - 3)], thread_of(cloth.colour), 1.2)
    button = mix(lighter(cloth.colour, 0.75), sketch.palette.accent, 0.2)
    for _, y in along([(0, start + 16), (0, end - 22)], count):
        canvas.dot((0, y), 5.2, button, 1.3)
        canvas.dot((0, y), 1.2, darker(button, 0.6), 0)


def draw_zip(sketch: Sketch, cut: Cut, until: float = 1.0) -> None:
    canvas = sketch.canvas
    start, end = cut.top + cut.depth - 4, cut.top + cut.length * until + (cut.hem_drop if until >= 1 else 0)
    canvas.fill(box(-8, start, 8, end), darker(sketch.cloth.colour, 0.4), volume=0, edge=1)
    teeth = sketch.palette.metal
    canvas.line([(0, start), (0, end)], darker(teeth, 0.3), 5)
    canvas.stitch([(0, start), (0, end)], lighter(teeth, 0.5), 5, 4)
    canvas.fill(box(-5, start + 6, 5, start + 30, 4), metal(teeth), volume=0, edge=1.2)


def draw_pocket(sketch: Sketch, centre: Point, wide: float = 62, flap: bool = False) -> None:
    canvas, cloth = sketch.canvas, sketch.cloth
    x, y = centre
    half, deep = wide / 2, wide * 1.12
    outline = [
        (x - half, y),
        (x + half, y),
        (x + half, y + deep * 0.82),
        (x, y + deep),
        (x - half, y + deep * 0.82),
    ]
    canvas.fill(outline, cloth, volume=0.25, edge=1.6)
    canvas.stitch([(x - half + 4, y + 8), (x + half - 4, y + 8)], thread_of(cloth.colour), 1.2)
    if flap:
        canvas.fill(
            [
                (x - half - 3, y - 8),
                (x + half + 3, y - 8),
                (x + half + 3, y + 14),
                (x, y + 26),
                (x - half - 3, y + 14),
            ],
            cloth,
            volume=0.3,
            edge=1.6,
            drop=3,
        )
        canvas.dot((x, y + 15), 4, sketch.palette.metal)


def draw_motif(sketch: Sketch, centre: Point, radius: float) -> None:
    """A print on the chest: one of several drawn figures."""
    canvas, palette = sketch.canvas, sketch.palette
    x, y = centre
    ink, other = palette.second, palette.accent
    kind = sketch.rng.randrange(6)
    if kind == 0:
        canvas.fill(ellipse(x, y, radius, radius), ink, volume=0, edge=0)
        for step in range(3):
            level = y + radius * (0.15 + step * 0.28)
            canvas.line([(x - radius * 0.9, level), (x + radius * 0.9, level)], sketch.cloth.colour, 5 - step)
    elif kind == 1:
        for step, colour in enumerate((ink, other, ink)):
            level = y - radius * 0.5 + step * radius * 0.45
            canvas.fill(
                box(x - radius * 1.1, level, x + radius * 1.1, level + radius * 0.3), colour, volume=0, edge=0
            )
    elif kind == 2:
        canvas.fill(
            [
                (x - radius, y + radius * 0.7),
                (x - radius * 0.2, y - radius * 0.6),
                (x + radius * 0.1, y),
                (x + radius * 0.4, y - radius * 0.3),
                (x + radius, y + radius * 0.7),
            ],
            ink,
            volume=0,
            edge=0,
        )
        canvas.fill(
            ellipse(x + radius * 0.55, y - radius * 0.7, radius * 0.24, radius * 0.24),
            other,
            volume=0,
            edge=0,
        )
    elif kind == 3:
        points = [
            (
                x + radius * (1 if n % 2 == 0 else 0.42) * sin(radians(n * 36)),
                y - radius * (1 if n % 2 == 0 else 0.42) * cos(radians(n * 36)),
            )
            for n in range(10)
        ]
        canvas.fill(points, ink, volume=0, edge=0)
    elif kind == 4:
        canvas.fill(
            closed(
                (x, y + radius * 0.9),
                (x - radius * 0.95, y - radius * 0.1),
                (x - radius * 0.5, y - radius * 0.75),
                (x, y - radius * 0.3),
                (x + radius * 0.5, y - radius * 0.75),
                (x + radius * 0.95, y - radius * 0.1),
            ),
            ink,
            volume=0,
            edge=0,
        )
    else:
        for step in range(4):
            reach = radius * (1 - step * 0.24)
            canvas.fill(
                ellipse(x, y + radius * 0.4, reach, reach, 180, 360), (ink, other)[step % 2], volume=0, edge=0
            )
