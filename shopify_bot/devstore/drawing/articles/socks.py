"""Socks, in ones, twos and threes."""

from dataclasses import dataclass
from functools import partial

from shopify_bot.devstore.drawing.geometry import Outline, box, shift, smooth
from shopify_bot.devstore.drawing.palette import WHITE, darker
from shopify_bot.devstore.drawing.sketch import Article, Shape, Sketch


@dataclass(frozen=True)
class Sock:
    """Height of the leg above the heel, half width, and what decorates it."""

    tall: float = 300
    wide: float = 52
    trim: str = "cuff"
    pair: str = "side"


def _sock_outline(sock: Sock) -> Outline:
    w, top = sock.wide, 130 - sock.tall
    return [
        (-w, top),
        (w, top),
        *smooth(
            (w, top),
            (w * 0.92, 60),
            (w * 1.1, 120),
            (130, 178),
            (196, 210),
            (206, 244),
            (170, 268),
            (90, 258),
            (0, 230),
            (-w * 1.1, 190),
            (-w * 1.16, 130),
            (-w * 0.9, 40),
            (-w, top),
        ),
    ]


def _one_sock(sketch: Sketch, sock: Sock, dx: float, dy: float) -> None:
    canvas, w, top = sketch.canvas, sock.wide, 130 - sock.tall
    canvas.fill(shift(_sock_outline(sock), dx, dy), sketch.cloth, volume=0.65, drop=6)
    second = sketch.palette.second
    if sock.trim in ("toe", "both"):
        canvas.fill(
            shift(
                [
                    (150, 190),
                    *smooth((150, 190), (196, 210), (206, 244), (170, 268), (132, 263)),
                    *smooth((132, 263), (128, 226), (150, 190)),
                ],
                dx,
                dy,
            ),
            second,
            volume=0.5,
        )
        canvas.fill(
            shift(
                [
                    (-w * 1.02, 92),
                    *smooth((-w * 1.02, 92), (-w * 1.17, 132), (-w * 1.1, 190), (-10, 228)),
                    *smooth((-10, 228), (0, 150), (-w * 1.02, 92)),
                ],
                dx,
                dy,
            ),
            second,
            volume=0.5,
        )
    elif sock.trim == "stripes":
        for y in (26, 54):
            canvas.fill(box(-w + dx, top + y + dy, w + dx, top + y + 16 + dy), second, volume=0, edge=0)
    elif sock.trim == "frill":
        frill = smooth(
            *((-w - 14 + n * (2 * w + 28) / 10 + dx, top + (34 if n % 2 else 22) + dy) for n in range(11)),
            steps=4,
        )
        canvas.fill(
            [(-w - 8 + dx, top - 4 + dy), (w + 8 + dx, top - 4 + dy), *reversed(frill)],
            WHITE,
            volume=0.4,
            drop=3,
        )
        return
    elif sock.trim == "diamonds":
        for n in range(int(sock.tall / 90)):
            level = top + 66 + n * 78 + dy
            canvas.fill(
                [(dx, level - 34), (24 + dx, level), (dx, level + 34), (-24 + dx, level)],
                (second, sketch.palette.accent)[n % 2],
                volume=0,
                edge=0,
            )
    deep = 34.0 if sock.tall > 120 else 18.0
    canvas.fill(
        shift(box(-w - 2, top - 2, w + 2, top + deep, 4), dx, dy),
        darker(sketch.cloth.colour, 0.12) if sock.trim != "both" else second,
        volume=0.5,
    )
    for x in range(-int(w) + 6, int(w), 9):
        canvas.line(
            [(x + dx, top + 3 + dy), (x + dx, top + deep - 4 + dy)], darker(sketch.cloth.colour, 0.3), 1.6
        )
    canvas.crease(shift([(30, 150), (66, 196)], dx, dy), 10, 0.22)


def draw_socks(sketch: Sketch, sock: Sock) -> None:
    lift = sock.tall / 2 - 190
    steps = {
        "side": ((-20, -26), (-96, 20)),
        "one": ((-60, 0),),
        "three": ((60, -40), (-30, -10), (-120, 20)),
    }[sock.pair]
    for dx, dy in steps:
        _one_sock(sketch, sock, dx, dy + lift)


SOCKS: tuple[Shape, ...] = tuple(
    partial(draw_socks, sock=sock)
    for sock in (
        Sock(),
        Sock(60, 54, "toe"),
        Sock(430, 56, "stripes"),
        Sock(190, 56, "both"),
        Sock(240, 54, "frill", "one"),
        Sock(330, 58, "diamonds", "one"),
        Sock(130, 50, "stripes", "three"),
        Sock(300, 46, "both", "three"),
    )
)


ARTICLES = (
    Article(
        "Socks",
        "fabric",
        ("plain", "stripes", "stripes", "dots", "melange", "rib", "zigzag"),
        SOCKS,
        turns=8,
        flips=True,
        zoom=1.1,
    ),
)
