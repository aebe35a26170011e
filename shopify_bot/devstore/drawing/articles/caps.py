"""Caps, beanies and hats."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from shopify_bot.devstore.drawing.geometry import at, closed, ellipse, mirror, shift, smooth
from shopify_bot.devstore.drawing.palette import darker, thread_of
from shopify_bot.devstore.drawing.sketch import Article, Shape, Sketch


@dataclass(frozen=True)
class Cap:
    """The crown's half width and height, and which parts it has."""

    wide: float = 176
    tall: float = 176
    parts: tuple[Callable[[Sketch, "Cap"], None], ...] = ()
    flat: float = 0.0


def draw_cap(sketch: Sketch, cap: Cap) -> None:
    canvas, w, top = sketch.canvas, cap.wide, 70 - cap.tall
    crown = [
        (-w, 70),
        *smooth(
            (-w, 70),
            (-w * 0.94, top + cap.tall * 0.4),
            (-w * (0.56 + cap.flat * 0.3), top + 12),
            (0, top),
            (w * (0.56 + cap.flat * 0.3), top + 12),
            (w * 0.94, top + cap.tall * 0.4),
            (w, 70),
        ),
        *smooth((w, 70), (0, 92), (-w, 70)),
    ]
    canvas.fill(crown, sketch.cloth, volume=0.75)
    for part in cap.parts:
        part(sketch, cap)


def _panels(sketch: Sketch, cap: Cap) -> None:
    top = 70 - cap.tall
    for x in (-0.62, -0.1, 0.46):
        seam = smooth((0, top + 2), (x * cap.wide * 0.8, top + cap.tall * 0.4), (x * cap.wide, 82))
        sketch.canvas.line(seam, darker(sketch.cloth.colour, 0.4), 2)
        sketch.canvas.stitch(shift(seam, 7), thread_of(sketch.cloth.colour), 1.5)
        sketch.canvas.dot(at(seam, 0.38), 5, darker(sketch.cloth.colour, 0.5))
    sketch.canvas.fill(ellipse(0, top - 1, 17, 9), sketch.palette.second, volume=0.5)


def _peak(sketch: Sketch, cap: Cap, flat: bool = False) -> None:
    w = cap.wide
    surface = sketch.palette.second if sketch.rng.random() < 0.5 else sketch.cloth
    low = 150 if not flat else 124
    brim = [
        (-w * 0.72, 62),
        *smooth((-w * 0.72, 62), (-w * 0.1, 46), (w * 0.6, 56), (w * 1.02, 72)),
        *smooth((w * 1.02, 72), (w * 1.12, low - 30), (w * 0.5, low), (-w * 0.2, low - 12), (-w * 0.72, 62)),
    ]
    sketch.canvas.fill(brim, surface, volume=0.8, drop=6)
    for step in (0.25, 0.5, 0.75):
        line = smooth(
            (-w * 0.6 + step * 30, 66 + step * 12),
            (w * 0.2, 62 + step * (low - 74)),
            (w * 1.0, 76 + step * 20),
        )
        sketch.canvas.stitch(line, thread_of(surface if isinstance(surface, tuple) else surface.colour), 1.4)


def _cap_badge(sketch: Sketch, cap: Cap) -> None:
    y = 70 - cap.tall * 0.48
    sketch.canvas.fill(ellipse(cap.wide * 0.12, y, 36, 32), sketch.palette.second, volume=0.1, edge=1.6)
    sketch.canvas.fill(
        shift(mirror([(0, y - 18), (18, y + 14), (0, y + 7)]), cap.wide * 0.12),
        sketch.palette.accent,
        volume=0,
        edge=0,
    )


def _mesh_back(sketch: Sketch, cap: Cap) -> None:
    w, top = cap.wide, 70 - cap.tall
    part = [
        (-w, 70),
        *smooth((-w, 70), (-w * 0.94, top + cap.tall * 0.4), (-w * 0.56, top + 12), (-w * 0.1, top + 1)),
        *smooth((-w * 0.1, top + 1), (-w * 0.3, 0), (-w * 0.34, 84)),
    ]
    sketch.canvas.fill(part, sketch.palette.second, volume=0.5)
    for row in range(7):
        for column in range(7):
            x, y = -w * 0.9 + column * w * 0.085, top + 60 + row * 18
            if x > -w * 0.94 + (6 - row) * 3:
                sketch.canvas.dot((x + (row % 2) * 6, y), 3.4, darker(sketch.palette.second, 0.4), 0)


def _ribbed_cuff(sketch: Sketch, cap: Cap) -> None:
    w = cap.wide + 5
    band = [*smooth((-w, 26), (0, 44), (w, 26)), *smooth((w - 3, 108), (0, 128), (-w + 3, 108))]
    sketch.canvas.fill(band, darker(sketch.cloth.colour, 0.12), volume=0.6, drop=5)
    for index in range(1, 24):
        x = -w + 2 * w * index / 24
        bow = 18 * (1 - (x / w) ** 2)
        sketch.canvas.line([(x, 30 + bow), (x * 0.99, 104 + bow)], darker(sketch.cloth.colour, 0.35), 2)


def _knit_rows(sketch: Sketch, cap: Cap) -> None:
    top = 70 - cap.tall
    for x in range(-7, 8):
        line = smooth(
            (x * 5, top + 8), (x * cap.wide * 0.11, top + cap.tall * 0.42), (x * cap.wide * 0.132, 74)
        )
        sketch.canvas.crease(line, 7, 0.3)


def _pompom(sketch: Sketch, cap: Cap) -> None:
    y = 70 - cap.tall - 26
    for radius, shade in ((46, 0.2), (38, 0.08), (26, 0.0)):
        fuzzy = closed(
            *(
                (radius * (1 + 0.12 * (n % 2)) * c, y + radius * (1 + 0.12 * (n % 2)) * s)
                for n, (c, s) in enumerate(ellipse(0, 0, 1, 1)[:-1:3])
            ),
            steps=3,
        )
        sketch.canvas.fill(
            fuzzy, darker(sketch.palette.second, shade), volume=0.5, edge=1.4 if radius > 40 else 0
        )


def _ear_flaps(sketch: Sketch, cap: Cap) -> None:
    for side in (-1, 1):
        flap = smooth(
            (side * (cap.wide + 2), 40),
            (side * (cap.wide + 8), 110),
            (side * (cap.wide - 20), 190),
            (side * (cap.wide - 76), 170),
            (side * (cap.wide - 96), 80),
        )
        sketch.canvas.fill(flap, sketch.cloth, volume=0.7, drop=3)
        sketch.canvas.line(
            smooth(
                (side * (cap.wide - 28), 186), (side * (cap.wide - 20), 240), (side * (cap.wide - 34), 290)
            ),
            sketch.palette.second,
            8,
        )


def _bucket_brim(sketch: Sketch, cap: Cap, spread: float = 70, low: float = 120) -> None:
    w = cap.wide
    brim = [
        *smooth((-w + 2, 52), (0, 74), (w - 2, 52)),
        *smooth((w + spread, low), (0, low + 48), (-w - spread, low)),
    ]
    sketch.canvas.fill(brim, sketch.cloth, volume=0.7, drop=4)
    for step in (0.3, 0.55, 0.8):
        sketch.canvas.stitch(
            smooth(
                (-w - spread * step, 52 + (low - 52) * step),
                (0, 74 + (low - 26) * step),
                (w + spread * step, 52 + (low - 52) * step),
            ),
            thread_of(sketch.cloth.colour),
            1.5,
        )


def _hat_band(sketch: Sketch, cap: Cap) -> None:
    w = cap.wide
    sketch.canvas.fill(
        [*smooth((-w * 0.985, 22), (0, 42), (w * 0.985, 22)), *smooth((w, 62), (0, 82), (-w, 62))],
        sketch.palette.second,
        volume=0.4,
    )


def _pinch(sketch: Sketch, cap: Cap) -> None:
    top = 70 - cap.tall
    sketch.canvas.fill(
        closed((-cap.wide * 0.5, top + 16), (0, top - 8), (cap.wide * 0.5, top + 16), (0, top + 40)),
        darker(sketch.cloth.colour, 0.25),
        volume=0.5,
    )


def _visor_gap(sketch: Sketch, cap: Cap) -> None:
    _ribless = [
        *smooth((-cap.wide, 20), (0, 44), (cap.wide, 20)),
        *smooth((cap.wide, 74), (0, 96), (-cap.wide, 74)),
    ]
    sketch.canvas.fill(_ribless, sketch.palette.second, volume=0.6)


CAPS: tuple[Shape, ...] = tuple(
    partial(draw_cap, cap=cap)
    for cap in (
        Cap(parts=(_panels, _peak)),
        Cap(170, 190, (_mesh_back, _cap_badge, _peak)),
        Cap(160, 210, (_knit_rows, _ribbed_cuff)),
        Cap(160, 200, (_knit_rows, _ribbed_cuff, _pompom)),
        Cap(130, 150, (_bucket_brim,), 0.6),
        Cap(150, 200, (_knit_rows, _ear_flaps, _pompom)),
        Cap(120, 160, (_pinch, _hat_band, partial(_bucket_brim, spread=130, low=96)), 0.5),
        Cap(186, 120, (partial(_peak, flat=True),), 0.1),
        Cap(180, 170, (_panels, _cap_badge, partial(_peak, flat=True)), 0.9),
        Cap(166, 260, (_knit_rows, _visor_gap)),
    )
)


ARTICLES = (
    Article(
        "Caps",
        "fabric",
        ("plain", "plain", "denim", "camo", "tartan", "melange"),
        CAPS,
        turns=3,
        flips=True,
        zoom=1.08,
    ),
)
