"""The patterns that cloth comes in, each drawn as a small tile and repeated."""

import random
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from PIL import Image, ImageChops, ImageDraw, ImageFilter

from shopify_bot.devstore.drawing.palette import Colour, darker, lighter, luminance, mix

Size = tuple[int, int]


@dataclass(frozen=True)
class Design:
    """What a pattern is drawn from: its ground, two inks, and how large it is."""

    colour: Colour
    inks: tuple[Colour, Colour]
    pitch: float = 1.0

    def step(self, sheet: Size, length: float) -> int:
        """A pattern length in pixels, from units of an 800-unit-high sheet."""
        return max(2, round(length * self.pitch * sheet[1] / 800))


def repeat(tile: Image.Image, sheet: Size) -> Image.Image:
    """Cover a sheet with a tile, doubling what is covered at each step."""
    texture = Image.new(tile.mode, sheet)
    texture.paste(tile, (0, 0))
    wide, high = tile.size
    while wide < sheet[0]:
        texture.paste(texture.crop((0, 0, min(wide, sheet[0] - wide), high)), (wide, 0))
        wide *= 2
    while high < sheet[1]:
        texture.paste(texture.crop((0, 0, sheet[0], min(high, sheet[1] - high))), (0, high))
        high *= 2
    return texture


def _grain(texture: Image.Image, rng: random.Random, amount: float, blur: float = 0.8) -> Image.Image:
    """Lighten and darken by fine noise, as woven threads do."""
    noise = Image.frombytes("L", (160, 160), rng.randbytes(160 * 160)).filter(ImageFilter.GaussianBlur(blur))
    tile = noise.point(lambda value: int(128 + (value - 128) * amount))
    layer = repeat(tile, texture.size)
    return ImageChops.overlay(texture, Image.merge("RGB", (layer, layer, layer)))


def _plain(design: Design, sheet: Size, rng: random.Random) -> Image.Image:
    return Image.new("RGB", sheet, design.colour)


def _melange(design: Design, sheet: Size, rng: random.Random) -> Image.Image:
    return _grain(_plain(design, sheet, rng), rng, 0.7)


def _denim(design: Design, sheet: Size, rng: random.Random) -> Image.Image:
    tile = Image.new("RGB", (12, 12), design.colour)
    pen = ImageDraw.Draw(tile)
    for start in range(-12, 12, 6):
        pen.line((start, 12, start + 12, 0), lighter(design.colour, 0.14), 2)
    return _grain(repeat(tile, sheet), rng, 0.45, 1.2)


def _leather(design: Design, sheet: Size, rng: random.Random) -> Image.Image:
    return _grain(_plain(design, sheet, rng), rng, 0.5, 2.0)


def _knit(design: Design, sheet: Size, rng: random.Random) -> Image.Image:
    wide, high = design.step(sheet, 7), design.step(sheet, 7)
    tile = Image.new("RGB", (2 * wide, high), design.colour)
    pen = ImageDraw.Draw(tile)
    thick = max(2, wide // 3)
    for line in (-high, 0, high):
        pen.line((0, line, wide, line + high), darker(design.colour, 0.16), thick)
        pen.line((wide, line + high, 2 * wide, line), lighter(design.colour, 0.10), thick)
    return repeat(tile, sheet)


def _rib(design: Design, sheet: Size, rng: random.Random) -> Image.Image:
    step = design.step(sheet, 9)
    tile = Image.new("RGB", (step, 64), design.colour)
    pen = ImageDraw.Draw(tile)
    pen.rectangle((0, 0, step // 3, 64), darker(design.colour, 0.16))
    pen.rectangle((step // 2, 0, step * 2 // 3, 64), lighter(design.colour, 0.1))
    return repeat(tile, sheet)


def _cable(design: Design, sheet: Size, rng: random.Random) -> Image.Image:
    texture = _rib(design, sheet, rng)
    wide, high = design.step(sheet, 34), design.step(sheet, 30)
    tile = Image.new("RGB", (wide * 3, high), design.colour)
    pen = ImageDraw.Draw(tile)
    deep, bright = darker(design.colour, 0.22), lighter(design.colour, 0.16)
    for top in (-high, 0, high):
        pen.ellipse((wide * 0.1, top, wide * 0.7, top + high), bright, deep, max(2, wide // 12))
        pen.ellipse(
            (wide * 0.45, top + high / 2, wide * 1.05, top + 1.5 * high), bright, deep, max(2, wide // 12)
        )
    step = max(4, wide // 4)
    for left in range(int(wide * 1.3), wide * 3, step):
        pen.line((left, 0, left, high), darker(design.colour, 0.12), 2)
    return Image.blend(texture, repeat(tile, sheet), 0.85)


def _bands(design: Design, sheet: Size, plan: list[tuple[float, Colour]], across: bool) -> Image.Image:
    lengths = [(design.step(sheet, length), colour) for length, colour in plan]
    total = sum(length for length, _ in lengths)
    tile = Image.new("RGB", (64, total) if across else (total, 64))
    start = 0
    for length, colour in lengths:
        area = (0, start, 64, start + length) if across else (start, 0, start + length, 64)
        tile.paste(colour, area)
        start += length
    return repeat(tile, sheet)


def _stripes(design: Design, sheet: Size, rng: random.Random) -> Image.Image:
    base, (ink, second) = design.colour, design.inks
    plans = (
        [(22.0, base), (22.0, ink)],
        [(30.0, base), (9.0, ink)],
        [(34.0, base), (10.0, ink), (6.0, base), (10.0, second)],
        [(46.0, base), (20.0, ink), (20.0, second)],
    )
    return _bands(design, sheet, rng.choice(plans), across=True)


def _pinstripe(design: Design, sheet: Size, rng: random.Random) -> Image.Image:
    base, ink = design.colour, mix(design.colour, design.inks[0], 0.65)
    plans = (
        [(14.0, base), (2.5, ink)],
        [(20.0, base), (3.0, ink), (5.0, base), (3.0, ink)],
        [(9.0, base), (9.0, ink)],
    )
    return _bands(design, sheet, rng.choice(plans), across=False)


def _diagonal(design: Design, sheet: Size, rng: random.Random) -> Image.Image:
    step = design.step(sheet, rng.choice((26, 36, 48)))
    tile = Image.new("RGB", (2 * step, 2 * step), design.colour)
    pen = ImageDraw.Draw(tile)
    for start, ink, wide in ((0, design.inks[0], step * 0.5), (step * 0.62, design.inks[1], step * 0.12)):
        for left in (start - 2 * step, start, start + 2 * step):
            pen.polygon(
                (
                    (left, 0),
                    (left + wide, 0),
                    (left + wide - 2 * step, 2 * step),
                    (left - 2 * step, 2 * step),
                ),
                ink,
            )
            pen.polygon(
                (
                    (left + 2 * step, 0),
                    (left + 2 * step + wide, 0),
                    (left + wide, 2 * step),
                    (left, 2 * step),
                ),
                ink,
            )
    return repeat(tile, sheet)


def _gingham(design: Design, sheet: Size, rng: random.Random) -> Image.Image:
    step = design.step(sheet, rng.choice((11, 16, 22)))
    pale = design.colour if luminance(design.colour) > 200 else lighter(design.colour, 0.82)
    deep = design.inks[0] if luminance(design.colour) > 200 else design.colour
    tile = Image.new("RGB", (2 * step, 2 * step), pale)
    half = mix(pale, deep, 0.5)
    tile.paste(half, (0, 0, step, 2 * step))
    tile.paste(half, (0, 0, 2 * step, step))
    tile.paste(deep, (0, 0, step, step))
    return repeat(tile, sheet)


def _tartan(design: Design, sheet: Size, rng: random.Random) -> Image.Image:
    step = design.step(sheet, rng.choice((44, 58, 72)))
    base, (ink, second) = design.colour, design.inks
    tile = Image.new("RGB", (step, step), base)
    for start, end, colour, strength in (
        (0.1, 0.42, ink, 110),
        (0.55, 0.6, second, 170),
        (0.7, 0.74, ink, 150),
    ):
        low, high = round(start * step), max(round(end * step), round(start * step) + 2)
        veil = Image.new("L", (high - low, step), strength)
        tile.paste(colour, (low, 0, high, step), veil)
        tile.paste(colour, (0, low, step, high), veil.transpose(Image.Transpose.ROTATE_90))
    return repeat(tile, sheet)


def _dots(design: Design, sheet: Size, rng: random.Random) -> Image.Image:
    step = design.step(sheet, rng.choice((14, 20, 30)))
    radius = step * rng.choice((0.25, 0.36))
    tile = Image.new("RGB", (2 * step, 2 * step), design.colour)
    pen = ImageDraw.Draw(tile)
    for cx, cy in ((step / 2, step / 2), (step * 1.5, step * 1.5)):
        pen.ellipse((cx - radius, cy - radius, cx + radius, cy + radius), design.inks[0])
    return repeat(tile, sheet)


def _zigzag(design: Design, sheet: Size, rng: random.Random) -> Image.Image:
    step = design.step(sheet, rng.choice((16, 24)))
    tile = Image.new("RGB", (2 * step, 3 * step), design.colour)
    pen = ImageDraw.Draw(tile)
    for top, ink in ((0, design.inks[0]), (1.5 * step, design.inks[1])):
        for line in (top - 3 * step, top, top + 3 * step):
            pen.line(
                (-step, line + 2 * step, 0, line + step, step, line + 2 * step, 2 * step, line + step),
                ink,
                step // 2,
            )
    return repeat(tile, sheet)


def _floral(design: Design, sheet: Size, rng: random.Random) -> Image.Image:
    step = design.step(sheet, 86)
    tile = Image.new("RGB", (2 * step, 2 * step), design.colour)
    pen = ImageDraw.Draw(tile)
    leaf = mix(design.inks[1], (70, 120, 80), 0.6)
    spots = [(x * step * 0.5 + step * 0.25, y * step * 0.5 + step * 0.25) for x in range(4) for y in range(4)]
    for index, (x, y) in enumerate(spots):
        x, y = x + rng.uniform(-0.1, 0.1) * step, y + rng.uniform(-0.1, 0.1) * step
        size = step * (0.22 if (index + index // 4) % 2 else 0.1)
        _flower(pen, x, y, size, (design.inks[index % 2], leaf), rng)
    return repeat(tile, sheet)


def _flower(
    pen: ImageDraw.ImageDraw, x: float, y: float, size: float, inks: tuple[Colour, Colour], rng: random.Random
) -> None:
    petal, leaf = inks
    side = rng.choice((-1, 1))
    pen.ellipse(
        (x + side * size - size * 0.7, y + size * 0.5, x + side * size + size * 0.7, y + size * 1.1), leaf
    )
    reach, radius = size * 0.55, size * 0.48
    for dx, dy in ((0, -1), (0.95, -0.3), (0.6, 0.8), (-0.6, 0.8), (-0.95, -0.3)):
        cx, cy = x + dx * reach, y + dy * reach
        pen.ellipse((cx - radius, cy - radius, cx + radius, cy + radius), petal)
    core = size * 0.3
    pen.ellipse((x - core, y - core, x + core, y + core), (246, 208, 96))


def _paisley(design: Design, sheet: Size, rng: random.Random) -> Image.Image:
    step = design.step(sheet, 64)
    tile = Image.new("RGB", (step * 2, step * 2), design.colour)
    pen = ImageDraw.Draw(tile)
    for cx, cy, side in ((step * 0.5, step * 0.55, 1), (step * 1.5, step * 1.55, -1)):
        for scale, ink in ((1.0, design.inks[0]), (0.68, design.colour), (0.4, design.inks[1])):
            r = step * 0.3 * scale
            pen.ellipse((cx - r, cy - r, cx + r, cy + r), ink)
            pen.polygon(((cx - r, cy), (cx + r, cy), (cx + side * r * 1.2, cy - r * 2)), ink)
    for cx, cy in ((step * 1.5, step * 0.5), (step * 0.5, step * 1.5)):
        r = step * 0.08
        pen.ellipse((cx - r, cy - r, cx + r, cy + r), design.inks[1])
    return repeat(tile, sheet)


def _camo(design: Design, sheet: Size, rng: random.Random) -> Image.Image:
    small = (max(sheet[0] // 4, 1), max(sheet[1] // 4, 1))
    texture = Image.new("RGB", small, design.colour)
    for ink in (
        darker(design.colour, 0.4),
        mix(design.colour, (190, 170, 120), 0.55),
        darker(design.colour, 0.68),
    ):
        noise = Image.frombytes("L", small, rng.randbytes(small[0] * small[1])).filter(
            ImageFilter.GaussianBlur(5)
        )
        texture.paste(ink, (0, 0), noise.point(lambda value: 255 if value > 130 else 0))
    return texture.resize(sheet, Image.Resampling.BILINEAR)


def _lace(design: Design, sheet: Size, rng: random.Random) -> Image.Image:
    step = design.step(sheet, 22)
    tile = Image.new("RGB", (step, step), design.colour)
    pen = ImageDraw.Draw(tile)
    ink, thin = darker(design.colour, 0.2), max(2, step // 10)
    pen.ellipse((step * 0.1, step * 0.1, step * 0.9, step * 0.9), None, ink, thin)
    for cx, cy in ((0.5, 0.3), (0.3, 0.6), (0.7, 0.6)):
        r = 0.11
        pen.ellipse(((cx - r) * step, (cy - r) * step, (cx + r) * step, (cy + r) * step), ink)
    return repeat(tile, sheet)


def _quilt(design: Design, sheet: Size, rng: random.Random) -> Image.Image:
    step = design.step(sheet, 34)
    tile = Image.new("RGB", (step, step), design.colour)
    pen = ImageDraw.Draw(tile)
    thin = max(2, step // 16)
    for shift, ink in ((0, darker(design.colour, 0.35)), (thin, lighter(design.colour, 0.22))):
        pen.line((0, shift, step, step + shift), ink, thin)
        pen.line((0, step + shift, step, shift), ink, thin)
    return repeat(tile, sheet)


def _croc(design: Design, sheet: Size, rng: random.Random) -> Image.Image:
    step = max(design.step(sheet, 13), 6)
    tile = Image.new("RGB", (2 * step, 2 * step), darker(design.colour, 0.18))
    pen = ImageDraw.Draw(tile)
    gap = max(1, step // 9)
    for left, top in ((0, 0), (-step, step), (step, step)):
        area = (left + gap, top + gap, left + 2 * step - gap, top + step - gap)
        pen.rounded_rectangle(area, step // 2, design.colour)
        pen.rounded_rectangle(
            (area[0] + 1, area[1] + 1, area[2] - 1, area[1] + 1 + step // 3),
            step // 5,
            lighter(design.colour, 0.12),
        )
    return repeat(tile, sheet)


PATTERNS: Mapping[str, Callable[[Design, Size, random.Random], Image.Image]] = MappingProxyType(
    {
        "plain": _plain,
        "melange": _melange,
        "denim": _denim,
        "leather": _leather,
        "knit": _knit,
        "rib": _rib,
        "cable": _cable,
        "stripes": _stripes,
        "pinstripe": _pinstripe,
        "diagonal": _diagonal,
        "gingham": _gingham,
        "tartan": _tartan,
        "dots": _dots,
        "zigzag": _zigzag,
        "floral": _floral,
        "paisley": _paisley,
        "camo": _camo,
        "lace": _lace,
        "quilt": _quilt,
        "croc": _croc,
    }
)
UNDIRECTED = frozenset({"plain", "melange", "leather", "camo"})
