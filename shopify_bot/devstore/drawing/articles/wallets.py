"""Wallets, folded and zipped."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from shopify_bot.devstore.drawing.articles.bag import draw_clasp
from shopify_bot.devstore.drawing.fabric import metal
from shopify_bot.devstore.drawing.geometry import box, closed, mirror, ribbon
from shopify_bot.devstore.drawing.palette import darker, lighter, thread_of
from shopify_bot.devstore.drawing.sketch import Article, Shape, Sketch


@dataclass(frozen=True)
class Fold:
    """A wallet: half width and height, whether folded, and the parts on it."""

    wide: float = 170
    tall: float = 130
    book: bool = True
    parts: tuple[Callable[[Sketch, "Fold"], None], ...] = ()


def draw_wallet(sketch: Sketch, fold: Fold) -> None:
    canvas = sketch.canvas
    w, h = fold.wide, fold.tall
    if fold.book:
        canvas.fill(
            [(-w, -h), (w + 6, -h - 22), (w + 8, h - 20), (-w, h)],
            darker(sketch.cloth.colour, 0.3),
            volume=0.4,
        )
        canvas.fill(
            [(-w + 4, -h + 6), (w, -h - 8), (w + 2, h - 12), (-w, h)],
            lighter(sketch.palette.second, 0.1),
            volume=0,
            edge=1.2,
        )
    canvas.fill(box(-w, -h, w, h, 16), sketch.cloth, volume=0.55, drop=3)
    inner = box(-w + 10, -h + 10, w - 10, h - 10, 10)
    canvas.stitch([*inner, inner[0]], thread_of(sketch.cloth.colour), 1.7)
    for part in fold.parts:
        part(sketch, fold)


def _emboss(sketch: Sketch, fold: Fold) -> None:
    x, y = fold.wide - 62, fold.tall - 42
    sketch.canvas.fill(
        box(x - 34, y - 13, x + 34, y + 13, 4), metal(sketch.palette.metal), volume=0, edge=1.3
    )


def _wallet_tab(sketch: Sketch, fold: Fold) -> None:
    w = fold.wide
    sketch.canvas.fill(
        [*box(w - 64, -26, w + 20, 26, 18)], darker(sketch.cloth.colour, 0.12), volume=0.5, drop=4
    )
    sketch.canvas.dot((w - 34, 0), 12, metal(sketch.palette.metal))


def _wallet_zip(sketch: Sketch, fold: Fold) -> None:
    w, h = fold.wide, fold.tall
    rim = [*box(-w + 1, -h + 1, w - 1, h - 1, 20)]
    sketch.canvas.line([*rim, rim[0]], darker(sketch.cloth.colour, 0.5), 11)
    sketch.canvas.stitch([*rim, rim[0]], sketch.palette.metal, 4.4, 6)
    sketch.canvas.fill(
        ribbon([(w - 4, -h + 30), (w + 22, -h + 90)], 13), metal(sketch.palette.metal), volume=0, edge=1.3
    )


def _wallet_flap(sketch: Sketch, fold: Fold) -> None:
    w, h = fold.wide, fold.tall
    sketch.canvas.fill(
        mirror([(0, -h - 4), (w + 3, -h - 4), (w + 3, 6), (w - 18, 24), (0, 24)]),
        sketch.cloth,
        volume=0.5,
        drop=6,
    )
    draw_clasp(sketch, 22)


def _wallet_band(sketch: Sketch, fold: Fold) -> None:
    w, h = fold.wide, fold.tall
    sketch.canvas.fill(
        [(-w * 0.5, -h + 2), (-w * 0.18, -h + 2), (-w * 0.18, h - 2), (-w * 0.5, h - 2)],
        sketch.palette.second,
        volume=0.2,
    )
    sketch.canvas.line([(-w * 0.1, -h + 6), (-w * 0.1, h - 6)], sketch.palette.accent, 5)


def _cards(sketch: Sketch, fold: Fold) -> None:
    w, h = fold.wide, fold.tall
    for step in range(3):
        y = -h + 34 + step * h * 0.42
        sketch.canvas.fill(
            box(-w + 26, y - 20, w - 26, y + 60, 8),
            (lighter(sketch.palette.accent, 0.2), lighter(sketch.palette.second, 0.1), (228, 226, 220))[step],
            volume=0.2,
            edge=1.4,
        )
        sketch.canvas.fill(box(-w + 16, y + 4, w - 16, h - 16, 8), sketch.cloth, volume=0.4, drop=4)


def _wrist(sketch: Sketch, fold: Fold) -> None:
    w, h = fold.wide, fold.tall
    loop = closed(
        (-w + 10, -h + 24), (-w - 40, -h + 60), (-w - 58, h * 0.6), (-w - 36, h + 40), (-w - 20, h * 0.4)
    )
    sketch.canvas.line([*loop, loop[0]], darker(sketch.cloth.colour, 0.55), 13)
    sketch.canvas.line([*loop, loop[0]], darker(sketch.cloth.colour, 0.1), 9)


def _wallet_quilt(sketch: Sketch, fold: Fold) -> None:
    w, h = fold.wide, fold.tall
    for x in range(-int(w), int(w), 56):
        a, b = max(x, -w + 12), min(x + 2 * h * 0.9, w - 12)
        sketch.canvas.line(
            [(a, -h + 12 + (a - x)), (b, -h + 12 + (b - x))], darker(sketch.cloth.colour, 0.35), 2
        )
        sketch.canvas.line(
            [(-a, -h + 12 + (a - x)), (-b, -h + 12 + (b - x))], darker(sketch.cloth.colour, 0.35), 2
        )


WALLETS: tuple[Shape, ...] = tuple(
    partial(draw_wallet, fold=fold)
    for fold in (
        Fold(parts=(_emboss,)),
        Fold(parts=(_wallet_band,)),
        Fold(150, 136, parts=(_wallet_tab,)),
        Fold(206, 100, book=False, parts=(_wallet_zip,)),
        Fold(206, 108, book=False, parts=(_wallet_flap,)),
        Fold(112, 160, parts=(_emboss, _wallet_band)),
        Fold(150, 104, book=False, parts=(_cards,)),
        Fold(190, 100, book=False, parts=(_wrist, _wallet_zip, _wallet_quilt)),
        Fold(110, 168, book=False, parts=(_wallet_zip, _wallet_tab)),
    )
)


ARTICLES = (Article("Wallets", "leather", ("plain", "leather", "croc"), WALLETS, turns=2),)
