"""What borders a neckline: bands, collars, hoods, cowls."""

from collections.abc import Callable, Mapping
from types import MappingProxyType

from shopify_bot.devstore.drawing.articles.garment import Cut, front_neck
from shopify_bot.devstore.drawing.geometry import (
    Outline,
    along,
    bezier,
    ellipse,
    flip,
    mirror,
    offset,
    ribbon,
    smooth,
)
from shopify_bot.devstore.drawing.palette import darker, lighter, thread_of
from shopify_bot.devstore.drawing.sketch import Sketch


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
