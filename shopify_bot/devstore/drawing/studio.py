"""Draws a product: picks the colours, the cloth, the pose and the backdrop, then calls the shape."""

import random
from dataclasses import dataclass

from PIL import Image

from shopify_bot.devstore.drawing.canvas import SHEET, Backdrop, Canvas, Placement
from shopify_bot.devstore.drawing.fabric import choose_cloth
from shopify_bot.devstore.drawing.palette import WHITE, choose_palette, lighter
from shopify_bot.devstore.drawing.registry import find
from shopify_bot.devstore.drawing.sketch import Article, Sketch


@dataclass(frozen=True)
class Picture:
    """A drawn product and the name of its main colour."""

    image: Image.Image
    colour: str


def draw_product(label: str, shape: int, rng: random.Random, size: tuple[int, int] = SHEET) -> Image.Image:
    """Return an RGB picture of one product.

    `shape` counts from 0 to `shapes(label) - 1`; all else is chosen by `rng`.
    Raises UnknownArticle or UnknownShape.
    """
    return picture_of(label, shape, rng, size).image


def picture_of(label: str, shape: int, rng: random.Random, size: tuple[int, int] = SHEET) -> Picture:
    """The same, with the name of the main colour."""
    article, draw = find(label, shape)
    palette = choose_palette(article.material, rng)
    cloth = choose_cloth(article.patterns, palette, rng)
    placement = _place(article, rng)
    backdrop = _backdrop(article, rng, lighter(palette.main, 0.9))
    sketch = Sketch(Canvas(size, placement), palette, cloth, random.Random(rng.getrandbits(32)))
    draw(sketch)
    return Picture(sketch.canvas.finish(backdrop), palette.name)


def _place(article: Article, rng: random.Random) -> Placement:
    return Placement(
        degrees=rng.gauss(0, article.turns / 2) if not article.standing else rng.gauss(0, 0.4),
        scale=article.zoom * rng.uniform(0.88, 1.06),
        dx=rng.uniform(-12, 12),
        dy=rng.uniform(-16, 16),
        flipped=article.flips and rng.random() < 0.35,
    )


def _backdrop(article: Article, rng: random.Random, tint: tuple[int, int, int]) -> Backdrop:
    pale, soft, warm = (248, 248, 249), (233, 235, 238), (249, 245, 238)
    top, bottom = rng.choice(
        (
            (WHITE, WHITE),
            (WHITE, WHITE),
            (WHITE, WHITE),
            (WHITE, pale),
            (pale, soft),
            (warm, warm),
            (WHITE, tint),
            (tint, tint),
        )
    )
    return Backdrop(top, bottom, article.standing, rng.uniform(0.16, 0.26))
