"""Deodorant cans and sticks."""

from dataclasses import dataclass
from functools import partial

from shopify_bot.devstore.drawing.articles.bottles import draw_lettering
from shopify_bot.devstore.drawing.fabric import metal, sheen
from shopify_bot.devstore.drawing.geometry import box, closed, ellipse, smooth
from shopify_bot.devstore.drawing.palette import INK, lighter
from shopify_bot.devstore.drawing.sketch import Article, Shape, Sketch


@dataclass(frozen=True)
class Can:
    """A deodorant: half width, height, shoulder, cap and label."""

    wide: float = 74
    tall: float = 340
    shoulder: str = "dome"
    cap: str = "over"
    label: str = "band"
    cap_tall: float = 96


def draw_can(sketch: Sketch, can: Can) -> None:
    canvas, w, top = sketch.canvas, can.wide, 250 - can.tall
    colour = sketch.palette.main
    low = 250.0
    body = [
        (-w, top + 30),
        *(
            [*smooth((-w, top + 30), (-w * 0.9, top + 8), (-w * 0.6, top - 4))]
            if can.shoulder == "dome"
            else [(-w, top)]
        ),
        *(
            [*smooth((w * 0.6, top - 4), (w * 0.9, top + 8), (w, top + 30))]
            if can.shoulder == "dome"
            else [(w, top)]
        ),
        (w, low - 10),
        *smooth((w, low - 10), (0, low + 10), (-w, low - 10)),
    ]
    if can.shoulder == "grip":
        body = [
            *smooth(
                (-w * 0.8, top),
                (-w * 0.72, top + can.tall * 0.3),
                (-w, low - can.tall * 0.25),
                (-w * 0.86, low),
            ),
            *smooth(
                (w * 0.86, low), (w, low - can.tall * 0.25), (w * 0.72, top + can.tall * 0.3), (w * 0.8, top)
            ),
        ]
    canvas.fill(body, sheen(colour), volume=0.2)
    _can_label(sketch, can, top)
    _can_cap(sketch, can, top)


def _can_label(sketch: Sketch, can: Can, top: float) -> None:
    canvas, w = sketch.canvas, can.wide - 2
    second, middle = sketch.palette.second, top + can.tall * 0.55
    if can.shoulder == "grip":
        w *= 0.72
    if can.label == "band":
        canvas.fill(box(-w, middle - 60, w, middle + 50), sheen(second), volume=0, edge=1.2)
    elif can.label == "wave":
        canvas.fill(
            [
                *smooth((-w, middle), (-w * 0.3, middle + 50), (w * 0.4, middle - 30), (w, middle + 20)),
                (w, middle + 90),
                *smooth((w, middle + 90), (0, middle + 60), (-w, middle + 110)),
            ],
            sheen(second),
            volume=0,
            edge=1.2,
        )
    elif can.label == "bolt":
        canvas.fill(
            [
                (w * 0.3, middle - 100),
                (-w * 0.6, middle + 20),
                (0, middle + 10),
                (-w * 0.3, middle + 110),
                (w * 0.6, middle - 30),
                (0, middle - 16),
            ],
            second,
            volume=0.2,
        )
    elif can.label == "leaf":
        for side in (-1, 1):
            canvas.fill(
                closed((0, middle + 60), (side * w * 0.7, middle - 10), (side * w * 0.3, middle - 80)),
                second,
                volume=0.5,
            )
    elif can.label == "rings":
        for step in range(4):
            canvas.fill(
                box(-w, middle - 70 + step * 40, w, middle - 52 + step * 40), second, volume=0, edge=0
            )
    draw_lettering(sketch, middle - 4, can.wide * 0.5, lighter(second, 0.8) if can.label != "rings" else INK)


def _can_cap(sketch: Sketch, can: Can, top: float) -> None:
    canvas, w, h = sketch.canvas, can.wide, can.cap_tall
    if can.cap == "over":
        canvas.fill(box(-w, top - h + 26, w, top + 26, 18), sheen((60, 60, 68)), volume=0.2)
        canvas.line([(-w + 2, top + 14), (w - 2, top + 14)], sketch.palette.metal, 5)
    elif can.cap == "metal":
        canvas.fill(
            box(-w * 0.94, top - h + 20, w * 0.94, top + 20, 26), metal(sketch.palette.metal), volume=0.2
        )
    elif can.cap == "ball":
        canvas.fill(ellipse(0, top + 2, w * 0.78, h * 0.7), sheen((236, 236, 238)), volume=0.7)
    elif can.cap == "dome":
        canvas.fill(
            [
                (-w * 0.8, top + 8),
                *smooth(
                    (-w * 0.8, top + 8),
                    (-w * 0.74, top - h * 0.7),
                    (0, top - h),
                    (w * 0.74, top - h * 0.7),
                    (w * 0.8, top + 8),
                ),
            ],
            sheen(sketch.palette.second),
            volume=0.4,
        )
    else:
        canvas.fill(box(-w * 0.5, top - 40, w * 0.5, top + 6, 10), sheen(sketch.palette.second), volume=0.4)
        canvas.fill(box(-w * 0.3, top - 66, w * 0.3, top - 36, 7), sheen((240, 240, 240)), volume=0.3)
        canvas.dot((0, top - 52), 5, INK, 0)


DEODORANTS: tuple[Shape, ...] = tuple(
    partial(draw_can, can=can)
    for can in (
        Can(),
        Can(84, 220, "grip", "dome", "none", 110),
        Can(66, 430, "dome", "spray", "wave"),
        Can(92, 300, "flat", "metal", "bolt", 80),
        Can(58, 360, "dome", "metal", "rings", 70),
        Can(96, 190, "flat", "ball", "leaf", 110),
        Can(70, 300, "grip", "over", "band", 90),
        Can(110, 250, "flat", "over", "wave", 76),
        Can(78, 400, "dome", "dome", "leaf", 100),
    )
)


ARTICLES = (Article("Deodorant", "active", ("plain",), DEODORANTS, standing=True),)
