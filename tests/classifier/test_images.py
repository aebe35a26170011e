import io
import struct
import zlib
from collections.abc import Callable

import numpy as np
import pytest
from PIL import Image

from classifier.errors import PictureTooLarge, UnreadablePicture
from classifier.images import decode, decode_to_fit, decode_twice

RED, BLUE, WHITE, BLACK = (200, 30, 30), (30, 30, 200), (255, 255, 255), (0, 0, 0)


def encoded(picture: Image.Image, kind: str, **options: object) -> bytes:
    file = io.BytesIO()
    picture.save(file, kind, **options)  # type: ignore[arg-type]
    return file.getvalue()


def plain(colour: tuple[int, ...] = RED, mode: str = "RGB", size: tuple[int, int] = (60, 80)) -> Image.Image:
    return Image.new(mode, size, colour)


def top_red_bottom_blue(size: tuple[int, int] = (60, 80)) -> Image.Image:
    picture = plain(RED, size=size)
    picture.paste(BLUE, (0, size[1] // 2, size[0], size[1]))
    return picture


def cmyk() -> bytes:
    return encoded(plain().convert("CMYK"), "JPEG", quality=95)


def animated_gif() -> bytes:
    return encoded(plain(RED), "GIF", save_all=True, append_images=[plain(BLUE)], duration=100)


def animated_webp() -> bytes:
    return encoded(plain(RED), "WEBP", save_all=True, append_images=[plain(BLUE)], lossless=True)


def sixteen_bit_colour() -> bytes:
    """Pillow writes none; the channels are red 0xC81E, green and blue 0x1EC8."""
    row = b"\0" + struct.pack(">HHH", 0xC81E, 0x1EC8, 0x1EC8) * 60
    return png(60, 80, 16, 2, row * 80)


def sixteen_bit_grey() -> bytes:
    half = np.full((80, 60), 128 * 257, dtype=np.uint16)
    return encoded(Image.fromarray(half), "PNG")


def palette_with_transparency() -> bytes:
    picture = plain((0,), mode="P")
    picture.putpalette([*BLACK, *RED])
    return encoded(picture, "PNG", transparency=0)


def half_transparent() -> bytes:
    return encoded(plain((0, 0, 0, 128), mode="RGBA"), "PNG")


@pytest.mark.parametrize(
    ("make", "colour"),
    [
        (lambda: encoded(plain(), "JPEG", quality=95), RED),
        (lambda: encoded(plain(), "WEBP", lossless=True), RED),
        (lambda: encoded(plain(), "PNG"), RED),
        (lambda: encoded(plain(), "BMP"), RED),
        (lambda: encoded(plain((90,), mode="L"), "JPEG"), (90, 90, 90)),
        (lambda: encoded(plain((1,), mode="1"), "PNG"), WHITE),
        (cmyk, RED),
        (animated_gif, RED),
        (animated_webp, RED),
        (sixteen_bit_colour, RED),
        (lambda: encoded(plain((60, 128), mode="LA"), "PNG"), (157, 157, 157)),
        (lambda: encoded(plain((RED), mode="RGB"), "TIFF"), RED),
        (sixteen_bit_grey, (128, 128, 128)),
        (palette_with_transparency, WHITE),
        (half_transparent, (127, 127, 127)),
    ],
)
def test_every_common_kind_becomes_rgb_on_white(make: Callable[[], bytes], colour: tuple[int, ...]):
    pixels = decode(make(), 32)
    assert pixels.shape == (32, 32, 3)
    assert pixels.dtype == np.uint8
    assert np.abs(pixels.astype(int) - colour).max() <= 4


def test_the_whole_picture_is_stretched_to_the_square():
    pixels = decode(encoded(top_red_bottom_blue((600, 800)), "JPEG", quality=95), 32)
    assert np.abs(pixels[:15].astype(int) - RED).max() <= 12
    assert np.abs(pixels[17:].astype(int) - BLUE).max() <= 12


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_the_rotation_a_camera_noted_is_applied(kind: str):
    exif = Image.Exif()
    exif[0x0112] = 6  # the camera was turned a quarter to the left: show it turned right
    pixels = decode(encoded(top_red_bottom_blue(), kind, quality=95, exif=exif), 32)
    assert np.abs(pixels[:, 18:].astype(int) - RED).max() <= 12
    assert np.abs(pixels[:, :14].astype(int) - BLUE).max() <= 12


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"", "empty"),
        (b"<!DOCTYPE html><html><body>Not found</body></html>", "web page"),
        (b'<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg"/>', "SVG"),
        (b"\x00" * 4000, "no picture"),
        (b"%PDF-1.7 " + b"x" * 100, "no picture"),
        (encoded(top_red_bottom_blue((600, 800)), "JPEG")[:900], "damaged"),
        (encoded(top_red_bottom_blue((600, 800)), "PNG")[:-400], "damaged"),
        (encoded(top_red_bottom_blue((600, 800)), "PNG")[:20], "no picture"),
        (b'  <svg width="1"></svg>', "SVG"),
        (b"GIF89a", "no picture"),
    ],
)
def test_what_is_no_whole_picture_says_so(data: bytes, message: str):
    with pytest.raises(UnreadablePicture, match=message):
        decode(data, 32)


@pytest.mark.parametrize("side", [9_000, 20_000])
def test_a_huge_picture_is_refused_before_decoding(side: int):
    with pytest.raises(PictureTooLarge, match=r"too large|at most"):
        decode(png_header(side), 32)


def png_header(side: int) -> bytes:
    """A PNG that claims to be huge and holds nothing: decoding it would fail otherwise."""
    return png(side, side, 8, 2, b"")


def png(width: int, height: int, bits: int, colour_type: int, rows: bytes) -> bytes:
    header = struct.pack(">IIBBBBB", width, height, bits, colour_type, 0, 0, 0)
    chunks = [(b"IHDR", header), (b"IDAT", zlib.compress(rows)), (b"IEND", b"")]
    body = b"".join(
        struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
        for kind, data in chunks
    )
    return b"\x89PNG\r\n\x1a\n" + body


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "GIF"])
@pytest.mark.parametrize("size", [(60, 80), (900, 300)])
def test_both_forms_at_once_are_those_of_each(kind: str, size: tuple[int, int]):
    data = encoded(top_red_bottom_blue(size), kind)
    square, shown = decode_twice(data, 32, 320)
    np.testing.assert_array_equal(square, decode(data, 32))
    np.testing.assert_array_equal(shown, decode_to_fit(data, 320))


def test_what_people_see_keeps_its_shape_and_is_never_enlarged():
    assert decode_to_fit(encoded(plain(size=(60, 80)), "PNG"), 320).shape == (80, 60, 3)
    assert decode_to_fit(encoded(plain(size=(900, 300)), "JPEG"), 320).shape == (107, 320, 3)
    with pytest.raises(UnreadablePicture):
        decode_twice(b"no picture", 32, 320)


def test_the_rotation_a_camera_noted_is_applied_to_both():
    exif = Image.Exif()
    exif[0x0112] = 6
    data = encoded(plain(size=(60, 80)), "PNG", exif=exif)
    assert decode_twice(data, 32, 320)[1].shape == (60, 80, 3)
