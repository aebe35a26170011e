"""What a shape function is given, and how an article's shapes are declared."""

import random
from collections.abc import Callable
from dataclasses import dataclass

from shopify_bot.devstore.drawing.canvas import Canvas
from shopify_bot.devstore.drawing.fabric import Cloth
from shopify_bot.devstore.drawing.palette import Palette


@dataclass
class Sketch:
    """One product being drawn."""

    canvas: Canvas
    palette: Palette
    cloth: Cloth
    rng: random.Random


Shape = Callable[[Sketch], None]


@dataclass(frozen=True)
class Article:
    """An article type: what it is made of, how it is posed, and the shapes that it comes in."""

    label: str
    material: str
    patterns: tuple[str, ...]
    shapes: tuple[Shape, ...]
    standing: bool = False
    turns: float = 3.0
    flips: bool = False
    zoom: float = 1.0
