"""Earrings, necklaces, pendants, rings and bangles."""

from collections.abc import Callable
from functools import partial
from math import cos, pi, sin

from .fabric import metal, sheen
from .geometry import Outline, Point, along, at, bezier, closed, ellipse, ribbon, shift, smooth, stretch
from .palette import COLOURS, WHITE, Colour, darker, lighter
from .sketch import Article, Shape, Sketch

_STONES = ("Red", "Teal", "Sea Green", "Purple", "Blue", "Pink", "White", "Black", "Turquoise Blue")
Charm = Callable[[Sketch, Point, float], None]


def _stone_colour(sketch: Sketch) -> Colour:
    return COLOURS[_STONES[sketch.cloth.seed % len(_STONES)]]


def gem(sketch: Sketch, centre: Point, radius: float, colour: Colour | None = None) -> None:
    """A round cut stone in its setting."""
    stone = colour or _stone_colour(sketch)
    canvas, (x, y) = sketch.canvas, centre
    canvas.dot(centre, radius * 1.2, metal(sketch.palette.main))
    canvas.dot(centre, radius, stone)
    canvas.fill(ellipse(x, y, radius * 0.55, radius * 0.55), lighter(stone, 0.3), volume=0, edge=0)
    canvas.fill(
        [
            (x - radius * 0.5, y - radius * 0.1),
            (x - radius * 0.1, y - radius * 0.6),
            (x + radius * 0.05, y - radius * 0.1),
        ],
        lighter(stone, 0.75),
        volume=0,
        edge=0,
    )


def pearl(sketch: Sketch, centre: Point, radius: float) -> None:
    sketch.canvas.dot(centre, radius, (240, 233, 224))
    x, y = centre
    sketch.canvas.fill(
        ellipse(x - radius * 0.3, y - radius * 0.35, radius * 0.26, radius * 0.2), WHITE, volume=0, edge=0
    )


def bead(sketch: Sketch, centre: Point, radius: float) -> None:
    colour = _stone_colour(sketch)
    sketch.canvas.dot(centre, radius, colour)
    x, y = centre
    sketch.canvas.fill(
        ellipse(x - radius * 0.3, y - radius * 0.35, radius * 0.28, radius * 0.2),
        lighter(colour, 0.7),
        volume=0,
        edge=0,
    )


def disc(sketch: Sketch, centre: Point, radius: float) -> None:
    sketch.canvas.dot(centre, radius, metal(sketch.palette.main))
    sketch.canvas.dot(centre, radius * 0.62, sheen(sketch.palette.main))


def drop(sketch: Sketch, centre: Point, radius: float) -> None:
    """A pear-shaped stone."""
    x, y = centre
    stone = _stone_colour(sketch)
    shape = [
        *smooth(
            (x, y - radius * 1.8),
            (x + radius * 0.5, y - radius * 0.7),
            (x + radius, y + radius * 0.2),
            (x, y + radius),
            (x - radius, y + radius * 0.2),
            (x - radius * 0.5, y - radius * 0.7),
            (x, y - radius * 1.8),
        )
    ]
    sketch.canvas.fill(stretch(shape, 1.22, 1.16, centre), metal(sketch.palette.main), volume=0)
    sketch.canvas.fill(shape, stone, volume=0.9, edge=1.3)
    sketch.canvas.fill(
        ellipse(x - radius * 0.35, y - radius * 0.3, radius * 0.2, radius * 0.34),
        lighter(stone, 0.7),
        volume=0,
        edge=0,
    )


def heart(sketch: Sketch, centre: Point, radius: float) -> None:
    x, y = centre
    shape = [
        *smooth(
            (x, y - radius * 0.45),
            (x + radius * 0.5, y - radius * 0.95),
            (x + radius, y - radius * 0.3),
            (x, y + radius),
        ),
        *smooth(
            (x, y + radius),
            (x - radius, y - radius * 0.3),
            (x - radius * 0.5, y - radius * 0.95),
            (x, y - radius * 0.45),
        ),
    ]
    sketch.canvas.fill(shape, metal(sketch.palette.main), volume=0.4)
    sketch.canvas.fill(stretch(shape, 0.66, 0.66, (x, y)), _stone_colour(sketch), volume=0.7, edge=1.3)


def leaf(sketch: Sketch, centre: Point, radius: float) -> None:
    x, y = centre
    sketch.canvas.fill(
        closed(
            (x, y - radius * 1.7),
            (x + radius * 0.7, y - radius * 0.3),
            (x, y + radius * 1.5),
            (x - radius * 0.7, y - radius * 0.3),
        ),
        metal(sketch.palette.main),
        volume=0.4,
    )
    sketch.canvas.line([(x, y - radius * 1.5), (x, y + radius * 1.3)], darker(sketch.palette.main, 0.45), 1.8)
    for step in (-0.6, 0, 0.6):
        for side in (-1, 1):
            sketch.canvas.line(
                [(x, y + step * radius), (x + side * radius * 0.45, y + step * radius - radius * 0.4)],
                darker(sketch.palette.main, 0.45),
                1.4,
            )


def star(sketch: Sketch, centre: Point, radius: float) -> None:
    x, y = centre
    points = [
        (
            x + radius * (1.2 if n % 2 == 0 else 0.5) * sin(n * pi / 5),
            y - radius * (1.2 if n % 2 == 0 else 0.5) * cos(n * pi / 5),
        )
        for n in range(10)
    ]
    sketch.canvas.fill(points, metal(sketch.palette.main), volume=0.4)
    gem(sketch, centre, radius * 0.3)


def cross(sketch: Sketch, centre: Point, radius: float) -> None:
    x, y = centre
    w = radius * 0.26
    outline = [
        (x - w, y - radius * 1.3),
        (x + w, y - radius * 1.3),
        (x + w, y - w * 2),
        (x + radius, y - w * 2),
        (x + radius, y),
        (x + w, y),
        (x + w, y + radius * 1.5),
        (x - w, y + radius * 1.5),
        (x - w, y),
        (x - radius, y),
        (x - radius, y - w * 2),
        (x - w, y - w * 2),
    ]
    sketch.canvas.fill(outline, metal(sketch.palette.main), volume=0.4)
    gem(sketch, (x, y - w), w * 0.8)


def flower(sketch: Sketch, centre: Point, radius: float) -> None:
    x, y = centre
    for n in range(6):
        sketch.canvas.fill(
            ellipse(
                x + radius * 0.62 * cos(n * pi / 3),
                y + radius * 0.62 * sin(n * pi / 3),
                radius * 0.42,
                radius * 0.42,
            ),
            metal(sketch.palette.main),
            volume=0.3,
            edge=1.6,
        )
    gem(sketch, centre, radius * 0.34)


def moon(sketch: Sketch, centre: Point, radius: float) -> None:
    x, y = centre
    outline = [
        *ellipse(x, y, radius, radius, -60, 240),
        *reversed(ellipse(x + radius * 0.1, y - radius * 0.28, radius * 0.72, radius * 0.72, -70, 250)),
    ]
    sketch.canvas.fill(outline, metal(sketch.palette.main), volume=0.3)


def hoop(sketch: Sketch, centre: Point, radius: float, thick: float = 13) -> None:
    x, y = centre
    sketch.canvas.fill(
        ribbon(ellipse(x, y, radius, radius, -84, 264), thick), metal(sketch.palette.main), volume=0.3
    )


def hook(sketch: Sketch, x: float, y: float) -> None:
    """The ear wire that ends at a point."""
    sketch.canvas.line(
        smooth((x, y), (x - 1, y - 34), (x + 14, y - 54), (x + 30, y - 38), (x + 34, y - 4)),
        darker(sketch.palette.main, 0.3),
        5,
    )
    sketch.canvas.line(
        smooth((x, y), (x - 1, y - 34), (x + 14, y - 54), (x + 30, y - 38), (x + 34, y - 4)),
        lighter(sketch.palette.main, 0.25),
        2.4,
    )


def _pair(sketch: Sketch, one: Callable[[Sketch, float], None]) -> None:
    for x in (-104, 104):
        one(sketch, x)


def _stud(sketch: Sketch, x: float, charm: Charm, size: float) -> None:
    charm(sketch, (x, 0), size)


def _dangle(sketch: Sketch, x: float, charms: tuple[tuple[Charm, float], ...]) -> None:
    y = -120.0
    hook(sketch, x, y)
    for charm, size in charms:
        sketch.canvas.line([(x, y), (x, y + 14)], darker(sketch.palette.main, 0.3), 3)
        y += 14 + size
        charm(sketch, (x, y), size)
        y += size


def _hooped(sketch: Sketch, x: float, radius: float, thick: float, charm: Charm | None) -> None:
    hoop(sketch, (x, 0), radius, thick)
    sketch.canvas.line([(x - 4, -radius), (x + 10, -radius - 10)], darker(sketch.palette.main, 0.3), 4)
    if charm:
        for angle in (40, 65, 90, 115, 140):
            charm(
                sketch,
                (
                    x + (radius + thick + 4) * cos(angle * pi / 180),
                    (radius + thick + 4) * sin(angle * pi / 180),
                ),
                10,
            )


def _jhumka(sketch: Sketch, x: float) -> None:
    """The bell-shaped earring of India."""
    gem(sketch, (x, -86), 26)
    sketch.canvas.line([(x, -54), (x, -30)], darker(sketch.palette.main, 0.3), 4)
    bell = [
        (x - 12, -32),
        *smooth((x - 12, -32), (x - 48, -6), (x - 66, 52)),
        *smooth((x + 66, 52), (x + 48, -6), (x + 12, -32)),
    ]
    sketch.canvas.fill(bell, metal(sketch.palette.main), volume=0.5)
    for y, wide in ((16, 46), (34, 56)):
        for point in along(smooth((x - wide, y), (x, y + 8), (x + wide, y)), 7):
            sketch.canvas.dot(point, 4.2, _stone_colour(sketch), 0.8)
    for point in along(smooth((x - 60, 58), (x, 68), (x + 60, 58)), 9):
        pearl(sketch, (point[0], point[1] + 8), 8)


def _chandelier(sketch: Sketch, x: float) -> None:
    hook(sketch, x, -116)
    sketch.canvas.fill(
        closed((x, -120), (x + 40, -84), (x + 54, -36), (x, -24), (x - 54, -36), (x - 40, -84)),
        metal(sketch.palette.main),
        volume=0.4,
    )
    gem(sketch, (x, -70), 18)
    for n, length in enumerate((46, 74, 100, 74, 46)):
        top = (x - 44 + n * 22, -34 + (8 if 0 < n < 4 else 0))
        sketch.canvas.line([top, (top[0], top[1] + length)], darker(sketch.palette.main, 0.2), 3)
        drop(sketch, (top[0], top[1] + length + 12), 9)


def _tassel(sketch: Sketch, x: float) -> None:
    hook(sketch, x, -116)
    disc(sketch, (x, -96), 22)
    colour = _stone_colour(sketch)
    sketch.canvas.fill([(x - 13, -72), (x + 13, -72), (x + 26, 110), (x - 26, 110)], colour, volume=0.6)
    for step in range(-3, 4):
        sketch.canvas.line([(x + step * 3, -60), (x + step * 7, 108)], darker(colour, 0.35), 1.5)
    sketch.canvas.fill(
        [(x - 16, -76), (x + 16, -76), (x + 18, -50), (x - 18, -50)], metal(sketch.palette.main), volume=0
    )


EARRINGS: tuple[Shape, ...] = (
    partial(_pair, one=partial(_stud, charm=gem, size=54)),
    partial(_pair, one=partial(_hooped, radius=84, thick=14, charm=None)),
    partial(_pair, one=_jhumka),
    partial(_pair, one=partial(_dangle, charms=((pearl, 16), (drop, 34)))),
    partial(_pair, one=_chandelier),
    partial(_pair, one=partial(_stud, charm=flower, size=74)),
    partial(_pair, one=partial(_dangle, charms=((gem, 14), (leaf, 60)))),
    partial(_pair, one=partial(_hooped, radius=56, thick=26, charm=bead)),
    partial(_pair, one=_tassel),
    partial(_pair, one=partial(_dangle, charms=((disc, 20), (disc, 32), (disc, 46)))),
)


def _loop(wide: float, deep: float, top: float = -230) -> Outline:
    """A necklace's line: down from the clasp and round."""
    return bezier(
        (0, top), (-wide * 1.5, top + 10), (-wide * 1.36, top + deep * 1.32), (0, top + deep), 40
    ) + bezier((0, top + deep), (wide * 1.36, top + deep * 1.32), (wide * 1.5, top + 10), (0, top), 40)


def _links(sketch: Sketch, path: Outline, size: float, pitch: float) -> None:
    length = sum(
        ((a[0] - b[0]) ** 2 + (a[1] - b[1]) ** 2) ** 0.5 for a, b in zip(path, path[1:], strict=False)
    )
    for index, (x, y) in enumerate(along(path, int(length / pitch))):
        ring = ellipse(x, y, size, size * (0.55 if index % 2 else 1))
        sketch.canvas.line([*ring, ring[0]], darker(sketch.palette.main, 0.45), size * 0.62)
        sketch.canvas.line([*ring, ring[0]], lighter(sketch.palette.main, 0.15), size * 0.34)


def _fine(sketch: Sketch, path: Outline) -> None:
    sketch.canvas.line(path, darker(sketch.palette.main, 0.35), 5)
    sketch.canvas.stitch(path, lighter(sketch.palette.main, 0.45), 3, 6)


def _string(sketch: Sketch, path: Outline, charm: Charm, size: float, grow: float = 0) -> None:
    sketch.canvas.line(path, darker(sketch.palette.main, 0.4), 2)
    length = sum(
        ((a[0] - b[0]) ** 2 + (a[1] - b[1]) ** 2) ** 0.5 for a, b in zip(path, path[1:], strict=False)
    )
    low = max(y for _, y in path)
    for point in along(path, max(5, int(length / (size * 2.06 + grow * 0.8)))):
        share = max(0.0, (point[1] - low + 220) / 220)
        charm(sketch, point, size + grow * share)


def _chain_necklace(sketch: Sketch) -> None:
    _links(sketch, _loop(170, 440), 11, 16)


def _pearl_necklace(sketch: Sketch) -> None:
    _string(sketch, _loop(160, 400), pearl, 13, 6)


def _layers(sketch: Sketch, charm: Charm) -> None:
    for wide, deep in ((176, 470), (146, 390), (114, 310)):
        _string(sketch, _loop(wide, deep), charm, 8.5)


def _bib(sketch: Sketch) -> None:
    """A broad statement collar of stones."""
    for wide, deep, size in ((180, 440, 21), (146, 370, 16), (118, 310, 12)):
        path = _loop(wide, deep)
        _fine(sketch, path)
        for index, point in enumerate(along(path[14:-14], int(wide / size * 1.5))):
            (drop if size > 20 else gem)(sketch, point, size * (0.8 if index % 2 else 1))


def _hung(
    sketch: Sketch, charms: tuple[Charm, ...], sizes: tuple[float, ...], wide: float = 150, deep: float = 400
) -> None:
    path = _loop(wide, deep)
    _links(sketch, path, 7, 11)
    middle = path[28:54]
    for point, charm, size in zip(along(middle, len(charms) + 2)[1:-1], charms, sizes, strict=True):
        sketch.canvas.line([point, (point[0], point[1] + 16)], darker(sketch.palette.main, 0.3), 3)
        charm(sketch, (point[0], point[1] + 14 + size), size)


def _beaded(sketch: Sketch) -> None:
    _string(sketch, _loop(176, 460), bead, 11, 17)


def _choker(sketch: Sketch) -> None:
    """A stiff open collar."""
    ring = ellipse(0, 0, 170, 150, -66, 246)
    sketch.canvas.fill(ribbon(ring, 30), metal(sketch.palette.main), volume=0.4)
    for point in along(ribbon(ring, 0.1)[10:40], 9):
        gem(sketch, point, 8)


NECKLACES: tuple[Shape, ...] = (
    _chain_necklace,
    _pearl_necklace,
    partial(_layers, charm=bead),
    _bib,
    partial(_hung, charms=(leaf, leaf, leaf, leaf, leaf), sizes=(18, 24, 32, 24, 18)),
    _beaded,
    _choker,
    partial(_hung, charms=(star, moon, star), sizes=(22, 40, 22), wide=120, deep=480),
    partial(_layers, charm=pearl),
)


def _pendant(sketch: Sketch, charm: Charm, size: float, double: bool = False) -> None:
    """A fine open chain that leaves the sheet above, with one figure hanging from it."""
    low = 40.0
    for shift_by in (0, 22) if double else (0,):
        for side in (-1, 1):
            _fine(
                sketch,
                smooth(
                    (side * (150 - shift_by), -330),
                    (side * (112 - shift_by), -180),
                    (side * 50, -40),
                    (0, low + shift_by),
                ),
            )
    sketch.canvas.fill(
        closed((-9, low - 2), (9, low - 2), (6, low + 26), (-6, low + 26)),
        metal(sketch.palette.main),
        volume=0,
    )
    charm(sketch, (0, low + 22 + size * 1.2), size)


PENDANTS: tuple[Shape, ...] = tuple(
    partial(_pendant, charm=charm, size=size, double=double)
    for charm, size, double in (
        (heart, 78, False),
        (drop, 58, False),
        (cross, 76, False),
        (star, 72, False),
        (flower, 84, False),
        (leaf, 62, True),
        (moon, 80, False),
        (disc, 84, False),
        (gem, 56, True),
    )
)


def _band(sketch: Sketch, thick: float, half: str) -> None:
    """A ring lying a little towards the viewer: its far half, then its near half."""
    ring = ellipse(0, 60, 128, 116, 176, 364) if half == "far" else ellipse(0, 60, 128, 116, -4, 184)
    if half == "far":
        sketch.canvas.fill(ribbon(ring, thick * 0.86), metal(darker(sketch.palette.main, 0.1)), volume=0.4)
        return
    sketch.canvas.fill(ribbon(ring, thick), metal(sketch.palette.main), volume=0.5)


def _ring(sketch: Sketch, thick: float, top: Callable[[Sketch], None]) -> None:
    _band(sketch, thick, "far")
    _band(sketch, thick, "near")
    top(sketch)


def _solitaire(sketch: Sketch) -> None:
    gem(sketch, (0, -84), 46, (226, 240, 248))
    for x in (-40, 40):
        sketch.canvas.line([(x * 0.5, -40), (x, -76)], darker(sketch.palette.main, 0.3), 6)


def _cluster(sketch: Sketch) -> None:
    for n in range(8):
        gem(sketch, (52 * cos(n * pi / 4), -72 + 44 * sin(n * pi / 4)), 17, (232, 242, 248))
    gem(sketch, (0, -72), 30)


def _eternity(sketch: Sketch) -> None:
    for x, y in along(ellipse(0, 60, 128, 116, 200, 340), 11):
        gem(sketch, (x, y), 13, (226, 240, 248))


def _signet(sketch: Sketch) -> None:
    sketch.canvas.fill(
        closed((-66, -60), (0, -92), (66, -60), (56, -14), (0, 4), (-56, -14)),
        metal(sketch.palette.main),
        volume=0.5,
    )
    sketch.canvas.fill(ellipse(0, -46, 38, 26), darker(sketch.palette.main, 0.2), volume=0.5)


def _three(sketch: Sketch) -> None:
    for x, y, size in ((-52, -58, 24), (52, -58, 24), (0, -76, 36)):
        gem(sketch, (x, y), size)


def _bare(sketch: Sketch) -> None:
    sketch.canvas.line(ellipse(0, 60, 128, 116, 20, 160), lighter(sketch.palette.main, 0.5), 4)


def _oval(sketch: Sketch) -> None:
    stone = _stone_colour(sketch)
    sketch.canvas.fill(ellipse(0, -70, 82, 62), metal(sketch.palette.main), volume=0.2)
    sketch.canvas.fill(ellipse(0, -70, 66, 48), stone, volume=1)
    sketch.canvas.fill(ellipse(-24, -90, 20, 9), lighter(stone, 0.7), volume=0, edge=0)
    for x, y in along(ellipse(0, -70, 74, 55), 25):
        sketch.canvas.dot((x, y), 4, lighter(sketch.palette.main, 0.5), 0.8)


def _stacked(sketch: Sketch) -> None:
    for rise in (60, 30):
        ring = ellipse(0, 60 - rise, 128, 112, -4, 184)
        sketch.canvas.fill(ribbon(ring, 16), metal(sketch.palette.main), volume=0.4, drop=3)
        back = ellipse(0, 60 - rise, 128, 112, 184, 356)
        sketch.canvas.fill(ribbon(back, 13), metal(darker(sketch.palette.main, 0.12)), volume=0.4)


def _bloom_top(sketch: Sketch) -> None:
    flower(sketch, (0, -70), 76)


RINGS: tuple[Shape, ...] = tuple(
    partial(_ring, thick=thick, top=top)
    for thick, top in (
        (18, _solitaire),
        (22, _cluster),
        (26, _eternity),
        (38, _signet),
        (20, _three),
        (58, _bare),
        (24, _oval),
        (16, _stacked),
        (20, _bloom_top),
    )
)


def _bangle(
    sketch: Sketch,
    thick: float = 34,
    open_at: float = 0,
    deck: Callable[[Sketch, Outline], None] | None = None,
    tilt: float = 0.62,
) -> None:
    rx, ry = 200.0, 200.0 * tilt
    back, front = ellipse(0, 0, rx, ry, 180, 360), ellipse(0, 0, rx, ry, 0, 180)
    inner = metal(darker(sketch.palette.main, 0.25))
    sketch.canvas.fill([*back, *reversed(shift(back, 0, thick))], inner, volume=0.3)
    face = front if not open_at else ellipse(0, 0, rx, ry, 0, 180 - open_at)
    sketch.canvas.fill([*face, *reversed(shift(face, 0, thick))], metal(sketch.palette.main), volume=0.35)
    if deck:
        deck(sketch, shift(face, 0, thick / 2))


def _gem_deck(sketch: Sketch, line: Outline) -> None:
    for point in along(line, 17)[1:-1]:
        gem(sketch, point, 9)


def _etched(sketch: Sketch, line: Outline) -> None:
    for index, (x, y) in enumerate(along(line, 30)[1:-1]):
        side = 1 if index % 2 else -1
        sketch.canvas.line(
            [(x - 7, y + side * 10), (x + 7, y - side * 10)], darker(sketch.palette.main, 0.5), 3
        )


def _enamel(sketch: Sketch, line: Outline) -> None:
    sketch.canvas.fill(ribbon(line, 26), _stone_colour(sketch), volume=0.5)
    for point in along(line, 13)[1:-1]:
        sketch.canvas.dot(point, 7, lighter(sketch.palette.main, 0.2))


def _twist(sketch: Sketch, line: Outline) -> None:
    for x, y in along(line, 26):
        sketch.canvas.fill(
            closed((x - 15, y + 10), (x - 2, y - 14), (x + 15, y - 10), (x + 2, y + 14)),
            metal(sketch.palette.main),
            volume=0.3,
            edge=1.6,
        )


def _bangle_stack(sketch: Sketch, count: int, deck: Callable[[Sketch, Outline], None] | None) -> None:
    for index in reversed(range(count)):
        lift = (index - count / 2) * 32
        back, front = (
            shift(ellipse(0, 0, 190, 104, 180, 360), 0, lift),
            shift(ellipse(0, 0, 190, 104, 0, 180), 0, lift),
        )
        sketch.canvas.fill(ribbon(back, 16), metal(darker(sketch.palette.main, 0.25)), volume=0.3)
        sketch.canvas.fill(
            ribbon(front, 20),
            metal(sketch.palette.main if index % 2 else darker(sketch.palette.main, 0.1)),
            volume=0.3,
            drop=3,
        )
        if deck and index % 2 == 0:
            deck(sketch, front)


def _flat_ring(sketch: Sketch, deck: Charm) -> None:
    """Seen from above as one circle."""
    sketch.canvas.fill(ribbon(ellipse(0, 0, 176, 176), 30), metal(sketch.palette.main), volume=0.4)
    for point in along(ellipse(0, 0, 176, 176), 29):
        deck(sketch, point, 10)


def _open_cuff(sketch: Sketch) -> None:
    ring = ellipse(0, 0, 176, 160, 62, 382)
    sketch.canvas.fill(ribbon(ring, 22), metal(sketch.palette.main), volume=0.5)
    for end in (at(ring, 0), at(ring, 1)):
        gem(sketch, end, 26)


BANGLES: tuple[Shape, ...] = (
    partial(_bangle, thick=36),
    partial(_bangle, thick=30, deck=_gem_deck),
    partial(_bangle_stack, count=6, deck=None),
    partial(_bangle, thick=92, deck=_etched, tilt=0.5),
    partial(_flat_ring, deck=gem),
    _open_cuff,
    partial(_bangle, thick=44, deck=_enamel, tilt=0.76),
    partial(_bangle, thick=22, deck=_twist),
    partial(_bangle_stack, count=3, deck=_gem_deck),
)
_BARE = ("plain",)
ARTICLES = (
    Article("Earrings", "metal", _BARE, EARRINGS, turns=1, zoom=1.4),
    Article("Necklace and Chains", "metal", _BARE, NECKLACES, turns=2),
    Article("Pendant", "metal", _BARE, PENDANTS, turns=1),
    Article("Ring", "metal", _BARE, RINGS, turns=8, zoom=1.25),
    Article("Bangle", "metal", _BARE, BANGLES, turns=6, zoom=1.1),
)
