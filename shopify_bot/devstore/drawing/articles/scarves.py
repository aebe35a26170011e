"""Scarves: knotted, folded, hung, spread."""

from functools import partial

from shopify_bot.devstore.drawing.geometry import Outline, along, box, closed, ellipse, offset, ribbon, smooth
from shopify_bot.devstore.drawing.palette import darker
from shopify_bot.devstore.drawing.sketch import Article, Shape, Sketch


def _fringe(sketch: Sketch, edge: Outline, length: float, lean: float = 0) -> None:
    for x, y in along(edge, max(5, int(abs(edge[0][0] - edge[-1][0]) / 9))):
        sketch.canvas.line([(x, y), (x + lean, y + length)], darker(sketch.cloth.colour, 0.12), 3.4)


def _tail(sketch: Sketch, path: Outline, wide: float, fringe: float, drop: float = 6) -> None:
    band = ribbon(path, wide * 0.72, wide)
    x, u = path[-2][0], path[-1][0]
    if fringe:
        end = [band[len(path) - 1], band[len(path)]]
        for px, py in along(end, max(6, int(wide / 9))):
            sketch.canvas.line(
                [(px, py), (px + (u - x) * fringe / 9, py + fringe)], darker(sketch.cloth.colour, 0.14), 3.4
            )
    sketch.canvas.fill(band, sketch.cloth, volume=0.65, drop=drop, turned=(u - path[0][0]) * -0.05)
    for share in (-0.22, 0.2):
        sketch.canvas.crease(offset(path, wide * share), 9, 0.22)


def draw_knotted(
    sketch: Sketch, wide: float = 96, fringe: float = 40, length: float = 250, cross: float = 60
) -> None:
    """A scarf looped round an absent neck, its ends crossing below."""
    canvas = sketch.canvas
    loop = ellipse(0, -170, 104, 104, 120, 420)
    canvas.fill(ribbon(loop, wide * 0.7), sketch.cloth, volume=0.8)
    canvas.crease(ellipse(0, -170, 96, 98, 130, 410), 9, 0.25)
    _tail(sketch, smooth((34, -90), (0, 30), (-cross, -60 + length), (-cross - 20, length)), wide, fringe)
    _tail(
        sketch, smooth((-40, -100), (10, 10), (cross, -40 + length), (cross + 30, length + 26)), wide, fringe
    )
    canvas.fill(
        closed((-62, -104), (0, -126), (58, -100), (50, -40), (0, -24), (-52, -46)),
        sketch.cloth,
        volume=0.8,
        drop=7,
        turned=40,
    )


def draw_folded(sketch: Sketch, wide: float = 190, tall: float = 150, fringe: float = 44) -> None:
    """Folded into a block, one end laid over."""
    canvas = sketch.canvas
    for step in range(3):
        y = -tall + step * 16
        canvas.fill(box(-wide, y, wide, y + tall * 1.5, 14), sketch.cloth, volume=0.5, drop=3)
    _fringe(sketch, [(-wide + 22, tall * 0.86), (wide * 0.5, tall * 0.86)], fringe)
    canvas.fill(
        [
            (-wide + 14, -tall + 32),
            (wide * 0.52, -tall + 32),
            (wide * 0.52, tall * 0.88),
            (-wide + 14, tall * 0.88),
        ],
        sketch.cloth,
        volume=0.5,
        drop=8,
    )


def draw_hanging(sketch: Sketch, wide: float = 110, fringe: float = 44) -> None:
    """Folded in two and hanging by the fold."""
    for x, low in ((52, 250), (-46, 270)):
        _tail(sketch, smooth((x * 0.4, -300), (x * 0.8, -100), (x, low)), wide, fringe)
    sketch.canvas.fill(ellipse(0, -296, 62, 26), sketch.cloth, volume=0.7, drop=4)


def draw_snood(sketch: Sketch) -> None:
    """An endless loop, wound twice."""
    for radius, y in ((196, -30), (176, 40)):
        ring = ellipse(0, y, radius, radius * 0.78)
        sketch.canvas.fill(ribbon(ring, 92), sketch.cloth, volume=0.8, drop=6)
        for gap in (-18, 16):
            sketch.canvas.crease(offset(ring, gap), 10, 0.22)


def draw_square(sketch: Sketch) -> None:
    """A silk square spread out, one corner folded back."""
    square = [(0, -264), (250, 0), (0, 264), (-250, 0)]
    sketch.canvas.fill(square, sketch.palette.second, volume=0.3)
    sketch.canvas.fill([(x * 0.86, y * 0.86) for x, y in square], sketch.cloth, volume=0.3, turned=45)
    sketch.canvas.line([(x * 0.8, y * 0.8) for x, y in [*square, square[0]]], sketch.palette.accent, 4)
    sketch.canvas.fill(
        [(60, -200), (0, -264), (-62, -198), (0, -96)],
        darker(sketch.palette.second, 0.18),
        volume=0.4,
        drop=6,
    )


def draw_draped(sketch: Sketch) -> None:
    """Laid round an absent neck, both ends hanging straight down."""
    behind = ellipse(0, -190, 92, 96, 180, 360)
    sketch.canvas.fill(ribbon(behind, 70), darker(sketch.cloth.colour, 0.2), volume=0.7)
    for side, low in ((-1, 250.0), (1, 280.0)):
        path = smooth((side * 92, -200), (side * 84, -110), (side * 74, 40), (side * 80, low))
        _tail(sketch, path, 112, 44)


def draw_spread(sketch: Sketch) -> None:
    """A long shawl laid out flat."""
    for y, way in ((-290, -46), (290, 46)):
        for x in range(-120, 125, 10):
            sketch.canvas.line([(x, y), (x, y + way)], darker(sketch.cloth.colour, 0.14), 3.6)
    sketch.canvas.fill(box(-128, -292, 128, 292, 3), sketch.cloth, volume=0.35)
    for y in (-236, 206):
        sketch.canvas.fill(box(-128, y, 128, y + 30), sketch.palette.second, volume=0, edge=1.2)


SCARVES: tuple[Shape, ...] = (
    draw_knotted,
    draw_folded,
    draw_hanging,
    draw_snood,
    draw_square,
    draw_draped,
    partial(draw_knotted, wide=60, fringe=0, length=180, cross=96),
    draw_spread,
    partial(draw_knotted, wide=130, fringe=56, length=230, cross=30),
)


_SCARF = ("plain", "tartan", "tartan", "stripes", "floral", "knit", "paisley", "zigzag", "dots", "rib")


ARTICLES = (Article("Scarves", "fabric", _SCARF, SCARVES, turns=4, flips=True),)
