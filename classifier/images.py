"""Bytes of a picture to pixels for the network."""

import io
from collections.abc import Callable

import numpy as np
from PIL import Image, ImageOps

from classifier.errors import PictureTooLarge, UnreadablePicture

MAX_PIXELS = 64_000_000
FORMATS = ("JPEG", "PNG", "GIF", "WEBP", "BMP", "TIFF", "AVIF")
DRAFT_FACTOR = 2


def decode(data: bytes, size: int) -> np.ndarray:
    """Return the picture as uint8 RGB of shape (size, size, 3), stretched to a square, on white.

    Raises UnreadablePicture when the bytes are no picture, PictureTooLarge over MAX_PIXELS pixels.
    """
    return decode_with_side(data, size)[0]


def decode_with_side(data: bytes, size: int) -> tuple[np.ndarray, int]:
    """As `decode`, and the shorter side of the original in pixels, which tells how sharp it can be."""
    picture = open_picture(data)
    side = min(picture.size)
    square = _drawn(picture, size, lambda whole: whole.resize((size, size), Image.Resampling.BILINEAR))
    return square, side


def decode_to_fit(data: bytes, longest: int) -> np.ndarray:
    """Return the picture as people see it, uint8 RGB (height, width, 3), no side over `longest`.

    Raises as `decode` does.
    """

    def reduced(whole: Image.Image) -> Image.Image:
        whole.thumbnail((longest, longest), Image.Resampling.BILINEAR)
        return whole

    return _drawn(open_picture(data), longest, reduced)


def decode_twice(data: bytes, size: int, longest: int) -> tuple[np.ndarray, np.ndarray]:
    """Return what `decode` and `decode_to_fit` do, at the cost of one of them where the picture is large.

    Raises as `decode` does.
    """
    if open_picture(data).format == "JPEG":  # decoded to about the size that is wanted, which is quick
        return decode(data, size), decode_to_fit(data, longest)
    squares: list[Image.Image] = []

    def both(whole: Image.Image) -> Image.Image:
        squares.append(whole.resize((size, size), Image.Resampling.BILINEAR))
        whole.thumbnail((longest, longest), Image.Resampling.BILINEAR)
        return whole

    shown = _drawn(open_picture(data), longest, both)
    return np.asarray(squares[0], dtype=np.uint8), shown


def _drawn(picture: Image.Image, size: int, resized: Callable[[Image.Image], Image.Image]) -> np.ndarray:
    """The pixels, upright, on white, as `resized` makes them; at about `size` not all need be decoded."""
    try:
        picture.draft(None, (DRAFT_FACTOR * size, DRAFT_FACTOR * size))
        ImageOps.exif_transpose(picture, in_place=True)
        return np.asarray(resized(on_white(picture)), dtype=np.uint8)
    except Exception as error:  # a damaged file makes Pillow raise almost anything
        raise UnreadablePicture(f"The picture is damaged and cannot be decoded: {error}") from error


def open_picture(data: bytes) -> Image.Image:
    """Return the picture with its pixels not yet decoded. Raises as `decode` does."""
    if not data:
        raise UnreadablePicture("The picture is empty (0 bytes).")
    try:
        picture = Image.open(io.BytesIO(data), formats=FORMATS)
    except Image.DecompressionBombError as error:
        raise PictureTooLarge(f"The picture is too large to decode: {error}") from error
    except Exception as error:  # a damaged header makes Pillow raise almost anything
        raise UnreadablePicture(_what_it_is(data)) from error
    width, height = picture.size
    if width * height > MAX_PIXELS:
        raise PictureTooLarge(
            f"The picture has {width} x {height} pixels; at most {MAX_PIXELS:,} are decoded."
        )
    return picture


def _what_it_is(data: bytes) -> str:
    head = data[:512].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if b"<svg" in head:
        return "The file is an SVG drawing; send it as JPEG, PNG or WebP."
    if head.startswith((b"<!doctype", b"<html", b"<head", b"<?xml", b"<")):
        return "The file is a web page or XML, not a picture."
    return "The file is no picture in a known format (" + ", ".join(FORMATS) + ")."


def on_white(picture: Image.Image) -> Image.Image:
    """Return the picture as RGB: what is transparent becomes white, 16 bits become 8."""
    if picture.mode.startswith(("I", "F")):
        return _from_deep(picture)
    if not picture.has_transparency_data:
        return picture if picture.mode == "RGB" else picture.convert("RGB")
    front = picture.convert("RGBA")
    white = Image.new("RGBA", front.size, "white")
    return Image.alpha_composite(white, front).convert("RGB")


def _from_deep(picture: Image.Image) -> Image.Image:
    """16 bits per pixel to 8; Pillow's own conversion would clip at 255."""
    values = np.asarray(picture, dtype=np.float64)
    eight = np.clip(values / 257.0, 0, 255).astype(np.uint8)
    return Image.fromarray(eight).convert("RGB")
