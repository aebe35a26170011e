"""Neckties and bow ties."""

from dataclasses import dataclass
from functools import partial

from shopify_bot.devstore.drawing.geometry import (
    Outline,
    bezier,
    box,
    ellipse,
    mirror,
    ribbon,
    shift,
    smooth,
    turn,
)
from shopify_bot.devstore.drawing.palette import WHITE, darker
from shopify_bot.devstore.drawing.sketch import Article, Shape, Sketch


@dataclass(frozen=True)
class Tie:
    """A necktie: half width and length of the blade, the form of its end."""

    wide: float = 62
    length: float = 610
    end: str = "point"
    pose: str = "hung"


def _blade(tie: Tie, top: float) -> Outline:
    low, w = top + tie.length, tie.wide
    tip = {
        "point": [(w, low - w * 0.9), (0, low)],
        "square": [(w, low), (0, low)],
        "round": [*bezier((w, low - 30), (w, low), (w * 0.4, low + 4), (0, low + 4), 8)],
    }[tie.end]
    return mirror([(0, top), (w * 0.42, top), (w * 0.55, top + tie.length * 0.4), *tip])


def draw_tie(sketch: Sketch, tie: Tie) -> None:
    canvas = sketch.canvas
    top = -tie.length / 2 + 24
    if tie.pose == "rolled":
        _roll(sketch, tie, top)
        return
    if tie.pose == "looped":
        loop = [
            *bezier((-14, top + 10), (-150, top - 70), (-110, top - 150), (0, top - 140)),
            *bezier((0, top - 140), (110, top - 150), (150, top - 70), (14, top + 10)),
        ]
        canvas.fill(ribbon(loop, 40), sketch.cloth, volume=0.6, turned=70)
    narrow = _blade(Tie(tie.wide * 0.6, tie.length * 0.82, tie.end), top)
    canvas.fill(shift(turn(narrow, -5, (0, top)), 10), sketch.cloth, volume=0.4, turned=-5)
    canvas.fill(_blade(tie, top), sketch.cloth, volume=0.45, drop=6)
    canvas.crease([(0, top + 30), (0, top + tie.length - 70)], 16, 0.12, WHITE)
    knot = mirror([(0, top - 34), (tie.wide * 0.52 + 8, top - 30), (tie.wide * 0.4, top + 36), (0, top + 40)])
    canvas.fill(knot, sketch.cloth, volume=0.7, drop=5, turned=35)
    canvas.crease([(-8, top + 40), (2, top + 90)], 9, 0.35)


def _roll(sketch: Sketch, tie: Tie, top: float) -> None:
    """The way shops lay it: the narrow half wound up on top, its tail to the side."""
    canvas = sketch.canvas
    tail = [(10, top - 10), (150, top + 44), (186, top + 64), (168, top + 96), (136, top + 92), (0, top + 40)]
    canvas.fill(tail, sketch.cloth, volume=0.5, turned=-60)
    canvas.fill(_blade(tie, top), sketch.cloth, volume=0.45, drop=5)
    for radius in (56, 40, 24):
        canvas.fill(
            ellipse(0, top, radius, radius * 0.7), sketch.cloth, volume=0.7, edge=2, turned=radius * 2.2
        )
    canvas.fill(ellipse(0, top, 9, 6), darker(sketch.cloth.colour, 0.6), volume=0, edge=0)


def draw_bow_tie(sketch: Sketch, tall: float = 78, pointed: bool = False) -> None:
    canvas = sketch.canvas
    band = [*smooth((-200, -26), (0, -60), (200, -26)), *smooth((200, 0), (0, -30), (-200, 0))]
    canvas.fill(band, darker(sketch.cloth.colour, 0.3), volume=0.3)
    for side in (-1, 1):
        wing = [
            (side * 14, -20),
            *smooth((side * 60, -tall * 0.7), (side * 120, -tall), (side * 168, -tall + 6)),
        ]
        wing += [(side * (214 if pointed else 168), 6 if pointed else 0), (side * 168, tall)]
        wing += smooth((side * 168, tall), (side * 120, tall - 6), (side * 60, tall * 0.6), (side * 14, 24))
        canvas.fill(wing, sketch.cloth, volume=0.7, drop=4)
        canvas.crease([(side * 24, 0), (side * 96, -14)], 10, 0.4)
        canvas.crease([(side * 24, 12), (side * 90, 26)], 9, 0.3)
    canvas.fill(box(-28, -38, 28, 40, 14), sketch.cloth, volume=0.7, drop=4)


TIES: tuple[Shape, ...] = (
    partial(draw_tie, tie=Tie()),
    partial(draw_tie, tie=Tie(pose="rolled", wide=66, length=560)),
    partial(draw_tie, tie=Tie(42, 620, "square")),
    partial(draw_tie, tie=Tie(72, 540, pose="looped")),
    partial(draw_tie, tie=Tie(84, 470, "round")),
    draw_bow_tie,
    partial(draw_bow_tie, tall=52, pointed=True),
    partial(draw_tie, tie=Tie(46, 560, "square", "rolled")),
    partial(draw_tie, tie=Tie(50, 480, "point", "looped")),
)


ARTICLES = (
    Article(
        "Ties",
        "fabric",
        ("plain", "diagonal", "diagonal", "dots", "paisley", "tartan", "zigzag"),
        TIES,
        turns=2,
        flips=True,
    ),
)
