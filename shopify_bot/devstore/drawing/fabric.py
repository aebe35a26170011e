"""What surfaces are painted with: gradients, metals, and cloth with a pattern."""

import random
from dataclasses import dataclass, field
from typing import Protocol

from PIL import Image

from shopify_bot.devstore.drawing.palette import Colour, Palette, darker, lighter
from shopify_bot.devstore.drawing.patterns import PATTERNS, UNDIRECTED, Design, Size, repeat

Box = tuple[int, int, int, int]


class Paint(Protocol):
    """Anything that can cover a box of the sheet."""

    @property
    def colour(self) -> Colour: ...

    def cover(self, area: Box, sheet: Size, turned: float) -> Image.Image:
        """Return an RGB picture of the area's size; `turned` rotates the pattern, in degrees."""
        ...


@dataclass(frozen=True)
class Gradient:
    """Colours that run across the painted part's own box: down it, or across it."""

    stops: tuple[Colour, ...]
    across: bool = False

    @property
    def colour(self) -> Colour:
        return self.stops[len(self.stops) // 2]

    def cover(self, area: Box, sheet: Size, turned: float) -> Image.Image:
        strip = Image.new("RGB", (len(self.stops), 1) if self.across else (1, len(self.stops)))
        strip.putdata(self.stops)
        return strip.resize((area[2] - area[0], area[3] - area[1]), Image.Resampling.BILINEAR)


def metal(colour: Colour, across: bool = True) -> Gradient:
    """Polished metal: bright and dark bands."""
    bright, dim = lighter(colour, 0.65), darker(colour, 0.35)
    return Gradient((dim, colour, bright, colour, darker(colour, 0.2), colour, bright, dim), across)


def sheen(colour: Colour, across: bool = True) -> Gradient:
    """A smooth rounded surface: light in the middle, darker at the sides."""
    return Gradient(
        (
            darker(colour, 0.22),
            colour,
            lighter(colour, 0.28),
            lighter(colour, 0.08),
            colour,
            darker(colour, 0.25),
        ),
        across,
    )


@dataclass
class Cloth:
    """Cloth in a pattern; its texture is drawn once for the sheet, on first use."""

    design: Design
    pattern: str
    seed: int
    _texture: Image.Image | None = field(default=None, repr=False)

    @property
    def colour(self) -> Colour:
        return self.design.colour

    def cover(self, area: Box, sheet: Size, turned: float) -> Image.Image:
        if self._texture is None:
            self._texture = PATTERNS[self.pattern](self.design, sheet, random.Random(self.seed))
        # A pattern that is a little off the product's own tilt costs no eye anything, a rotation costs time.
        if abs(turned) > 9 and self.pattern not in UNDIRECTED:
            return _turned(self._texture, area, turned)
        return self._texture.crop(area)


def _turned(texture: Image.Image, area: Box, degrees: float) -> Image.Image:
    wide, high = area[2] - area[0], area[3] - area[1]
    reach = round((wide**2 + high**2) ** 0.5) + 4
    if reach > min(texture.size):
        texture = repeat(texture, (max(reach, texture.width), max(reach, texture.height)))
    left, top = (texture.width - reach) // 2, (texture.height - reach) // 2
    square = texture.crop((left, top, left + reach, top + reach)).rotate(-degrees)
    x, y = (reach - wide) // 2, (reach - high) // 2
    return square.crop((x, y, x + wide, y + high))


def plain_cloth(colour: Colour, seed: int = 0) -> Cloth:
    return Cloth(Design(colour, (lighter(colour), darker(colour))), "plain", seed)


def choose_cloth(patterns: tuple[str, ...], palette: Palette, rng: random.Random) -> Cloth:
    """Cloth in one of the patterns, in the palette's colours."""
    pattern = rng.choice(patterns)
    pitch, seed = rng.uniform(0.75, 1.35), rng.getrandbits(32)
    return Cloth(Design(palette.main, (palette.second, palette.accent), pitch), pattern, seed)
