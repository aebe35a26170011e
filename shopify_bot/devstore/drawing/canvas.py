"""A supersampled sheet on which parts are laid one over another, lit from the upper left."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import dist

from PIL import Image, ImageChops, ImageDraw, ImageFilter

from shopify_bot.devstore.drawing.fabric import Box, Gradient, Paint
from shopify_bot.devstore.drawing.geometry import Outline, Point, along, ellipse, turn
from shopify_bot.devstore.drawing.palette import INK, WHITE, Colour, edge_of

SUPERSAMPLE = 2
SHEET = (600, 800)
# Soft light and shadow are worked out on a sheet this many times smaller, which no eye can tell.
_COARSE = 8
_LINEAR = Image.Resampling.BILINEAR

Surface = Colour | Paint


@dataclass(frozen=True)
class Placement:
    """How the product lies on the sheet."""

    degrees: float = 0.0
    scale: float = 1.0
    dx: float = 0.0
    dy: float = 0.0
    flipped: bool = False


@dataclass(frozen=True)
class Backdrop:
    """What is behind it. `standing` puts the shadow on the floor under it."""

    top: Colour
    bottom: Colour
    standing: bool = False
    depth: float = 0.22


class Canvas:
    """Draws parts in sheet units; every call paints over what was there before."""

    def __init__(self, size: tuple[int, int] = SHEET, placement: Placement | None = None) -> None:
        self.size = size
        self.placement = placement or Placement()
        self.sheet = (size[0] * SUPERSAMPLE, size[1] * SUPERSAMPLE)
        self.unit = SUPERSAMPLE * min(size[0] / SHEET[0], size[1] / SHEET[1])
        self.figure = Image.new("RGB", self.sheet, WHITE)
        self.alpha = Image.new("L", self.sheet, 0)
        self._pen = ImageDraw.Draw(self.figure)
        self._alpha_pen = ImageDraw.Draw(self.alpha)

    def fill(
        self,
        outline: Sequence[Point],
        surface: Surface,
        *,
        volume: float = 0.5,
        edge: float = 2.0,
        drop: float = 0.0,
        turned: float = 0.0,
    ) -> None:
        """Lay a part down.

        `volume` is how strongly light and shade round it, `edge` the width of its outline, `drop` how far its
        shadow falls on the parts below, `turned` the direction of its pattern in degrees.
        """
        area, mask = self._mask(outline)
        if area is None:
            return
        if drop:
            self._drop(area, mask, drop)
        self.figure.paste(self._paint(surface, area, turned), area, mask)
        self.alpha.paste(255, area, mask)
        if volume:
            self._model(area, mask, volume)
        if edge:
            colour = surface if isinstance(surface, tuple) else surface.colour
            self.line([*outline, outline[0]], edge_of(colour), edge)

    def line(self, path: Sequence[Point], colour: Colour, width: float = 2.0) -> None:
        """Draw a line with round joints and ends."""
        points = self._pixels(path)
        wide = max(1, round(width * self.unit * self.placement.scale))
        for pen, ink in ((self._pen, colour), (self._alpha_pen, 255)):
            pen.line(points, ink, wide, joint="curve")
            if wide > 3:
                self._round_ends(pen, points, ink, wide / 2)

    def stitch(self, path: Sequence[Point], colour: Colour, width: float = 1.6, dash: float = 7.0) -> None:
        """Draw a dashed seam."""
        points = self._pixels(path)
        wide = max(1, round(width * self.unit))
        for start, end in _dashes(points, dash * self.unit):
            self._pen.line((*start, *end), colour, wide)

    def dot(self, centre: Point, radius: float, surface: Surface, edge: float = 1.2) -> None:
        """Lay a small round part: a button, an eyelet, a bead, a stone."""
        self.fill(ellipse(*centre, radius, radius), surface, volume=0.5 if radius > 4 else 0, edge=edge)

    def crease(
        self, path: Sequence[Point], width: float = 12.0, strength: float = 0.2, colour: Colour = INK
    ) -> None:
        """Draw a soft fold on what is already there; a light colour makes it a highlight."""
        self._soft(path, strength, colour, width, filled=False)

    def glow(
        self, outline: Sequence[Point], strength: float = 0.4, colour: Colour = WHITE, blur: float = 6.0
    ) -> None:
        """Lay a soft patch of light, or of shade, on what is already there."""
        self._soft(outline, strength, colour, blur, filled=True)

    def finish(self, backdrop: Backdrop) -> Image.Image:
        """Put the figure with its shadow before a backdrop and return an RGB picture of the canvas's size."""
        ground = Gradient((backdrop.top, backdrop.bottom)).cover((0, 0, *self.size), self.size, 0)
        ground.paste(_dim(backdrop.bottom), (0, 0), self._cast(backdrop))
        bounds = self.alpha.getbbox()
        if bounds:
            figure, corner = self._reduced(bounds)
            ground.paste(figure, corner, figure)
        return ground

    def _reduced(self, bounds: Box) -> tuple[Image.Image, tuple[int, int]]:
        """The figure at the final size, with its alpha, and where it goes."""
        step = SUPERSAMPLE
        left, top = bounds[0] // step, bounds[1] // step
        right, bottom = -(-bounds[2] // step), -(-bounds[3] // step)
        area = (left * step, top * step, right * step, bottom * step)
        figure = self.figure.crop(area)
        figure.putalpha(self.alpha.crop(area))
        return figure.resize((right - left, bottom - top), Image.Resampling.LANCZOS), (left, top)

    def _pixels(self, path: Sequence[Point]) -> Outline:
        place, unit = self.placement, self.unit
        points = turn(path, place.degrees) if place.degrees else path
        side = -place.scale if place.flipped else place.scale
        left, top = self.sheet[0] / 2, self.sheet[1] / 2
        return [
            ((x * side + place.dx) * unit + left, (y * place.scale + place.dy) * unit + top)
            for x, y in points
        ]

    def _area(self, points: Outline, margin: float = 0) -> Box | None:
        xs, ys = [x for x, _ in points], [y for _, y in points]
        left, top = max(0, int(min(xs) - margin)), max(0, int(min(ys) - margin))
        right = min(self.sheet[0], int(max(xs) + margin) + 2)
        bottom = min(self.sheet[1], int(max(ys) + margin) + 2)
        return (left, top, right, bottom) if right > left and bottom > top else None

    def _paint(self, surface: Surface, area: Box, turned: float) -> Colour | Image.Image:
        if isinstance(surface, tuple):
            return surface
        cover = surface.cover(area, self.sheet, turned + self.placement.degrees)
        if self.placement.flipped and isinstance(surface, Gradient) and surface.across:
            return cover.transpose(Image.Transpose.FLIP_LEFT_RIGHT)
        return cover

    def _mask(self, outline: Sequence[Point]) -> tuple[Box | None, Image.Image]:
        points = self._pixels(outline)
        area = self._area(points)
        if area is None:
            return None, Image.new("L", (1, 1))
        mask = Image.new("L", (area[2] - area[0], area[3] - area[1]), 0)
        ImageDraw.Draw(mask).polygon([(x - area[0], y - area[1]) for x, y in points], fill=255)
        return area, mask

    def _model(self, area: Box, mask: Image.Image, volume: float) -> None:
        small = mask.reduce(_COARSE)
        reach = max(1.0, min(small.size) * 0.16)
        pad = round(reach * 3) + 1
        padded = Image.new("L", (small.width + 2 * pad, small.height + 2 * pad), 0)
        padded.paste(small, (pad, pad))
        soft = padded.filter(ImageFilter.GaussianBlur(reach))
        step = max(1, round(reach * 0.6))
        ahead, behind = ImageChops.offset(soft, -step, -step), ImageChops.offset(soft, step, step)
        inner = (pad, pad, pad + small.width, pad + small.height)
        for ink, relief, strength in (
            (INK, ImageChops.subtract(behind, ahead), volume * 0.75),
            (WHITE, ImageChops.subtract(ahead, behind), volume * 0.6),
        ):
            veil = (
                relief.crop(inner)
                .point(lambda value, by=strength: int(value * by))
                .resize(mask.size, _LINEAR)
            )
            self.figure.paste(ink, area, ImageChops.multiply(veil, mask))

    def _drop(self, area: Box, mask: Image.Image, drop: float) -> None:
        reach = drop * self.unit
        margin = round(reach * 2) + _COARSE
        wide = (area[0] - margin, area[1] - margin, area[2] + margin, area[3] + margin)
        sheet = (max(wide[0], 0), max(wide[1], 0), min(wide[2], self.sheet[0]), min(wide[3], self.sheet[1]))
        small = Image.new("L", ((wide[2] - wide[0]) // 4, (wide[3] - wide[1]) // 4), 0)
        shift = margin + round(reach * 0.7)
        small.paste(mask.reduce(4), (shift // 4, shift // 4))
        soft = small.filter(ImageFilter.GaussianBlur(reach / 5)).point(lambda value: int(value * 0.42))
        veil = soft.resize((wide[2] - wide[0], wide[3] - wide[1]), _LINEAR)
        veil = veil.crop((sheet[0] - wide[0], sheet[1] - wide[1], sheet[2] - wide[0], sheet[3] - wide[1]))
        self.figure.paste(INK, sheet, ImageChops.multiply(veil, self.alpha.crop(sheet)))

    def _soft(
        self, path: Sequence[Point], strength: float, colour: Colour, width: float, filled: bool
    ) -> None:
        points = self._pixels(path)
        area = self._area(points, width * self.unit * 1.6)
        if area is None:
            return
        small = Image.new("L", (max(1, (area[2] - area[0]) // 4), max(1, (area[3] - area[1]) // 4)), 0)
        near = [((x - area[0]) / 4, (y - area[1]) / 4) for x, y in points]
        pen, ink = ImageDraw.Draw(small), round(255 * strength)
        if filled:
            pen.polygon(near, fill=ink)
        else:
            pen.line(near, ink, max(1, round(width * self.unit / 8)), joint="curve")
        veil = small.filter(ImageFilter.GaussianBlur(width * self.unit / 12)).resize(_extent(area), _LINEAR)
        self.figure.paste(colour, area, ImageChops.multiply(veil, self.alpha.crop(area)))

    def _cast(self, backdrop: Backdrop) -> Image.Image:
        small = self.alpha.reduce(_COARSE)
        shadow = Image.new("L", small.size, 0)
        bounds = small.getbbox()
        if backdrop.standing and bounds:
            left, _, right, bottom = bounds
            inset, high = (right - left) * 0.04, 3.5
            ImageDraw.Draw(shadow).ellipse(
                (left + inset, bottom - high, right - inset, bottom + high * 0.8), fill=255
            )
            shadow = shadow.filter(ImageFilter.GaussianBlur(2.6))
        else:
            shadow.paste(small, (1, 2))
            shadow = shadow.filter(ImageFilter.GaussianBlur(2.4))
        strength = backdrop.depth * (2.0 if backdrop.standing else 1.0)
        return shadow.point(lambda value: int(value * strength)).resize(self.size, _LINEAR)

    @staticmethod
    def _round_ends(pen: ImageDraw.ImageDraw, points: Outline, ink: Colour | int, radius: float) -> None:
        for x, y in (points[0], points[-1]):
            pen.ellipse((x - radius, y - radius, x + radius, y + radius), fill=ink)


def _dim(colour: Colour) -> Colour:
    return colour[0] // 3, colour[1] // 3, colour[2] // 3 + 10


def _extent(area: Box) -> tuple[int, int]:
    return area[2] - area[0], area[3] - area[1]


def _dashes(points: Outline, dash: float) -> list[tuple[Point, Point]]:
    """Split a path into drawn pieces of one dash length with gaps between them."""
    length = sum(dist(a, b) for a, b in pairwise(points))
    count = max(1, int(length / dash))
    stops = along(points, 5 * count + 1)
    return [(stops[5 * n + 1], stops[5 * n + 4]) for n in range(count)]
