"""Data sets drawn by the tests: three shapes that stand for three labels."""

import csv
import io
import random
from collections.abc import Sequence
from pathlib import Path

from PIL import Image, ImageDraw

SHAPES = ("Watches", "Shirts", "Ties")
HEADER = ("id", "articleType", "baseColour", "productDisplayName")


def draw_shape(label: str, rng: random.Random, size: tuple[int, int] = (60, 80)) -> Image.Image:
    """A circle, a rectangle or a triangle, with some stripes so that no two pictures have the same edges."""
    picture = Image.new("RGB", size, "white")
    draw = ImageDraw.Draw(picture)
    width, height = size
    for _ in range(4):
        ends = [rng.randrange(width), rng.randrange(height), rng.randrange(width), rng.randrange(height)]
        draw.line(ends, fill=_colour(rng), width=2)
    side = rng.randint(22, 36)
    left, top = rng.randint(0, width - side), rng.randint(0, height - side)
    box = (left, top, left + side, top + side)
    if label == "Watches":
        draw.ellipse(box, fill=_colour(rng))
    elif label == "Shirts":
        draw.rectangle(box, fill=_colour(rng))
    else:
        draw.polygon(
            [(left, top + side), (left + side, top + side), (left + side // 2, top)], fill=_colour(rng)
        )
    return picture


def jpeg(picture: Image.Image) -> bytes:
    file = io.BytesIO()
    picture.save(file, "JPEG", quality=95)
    return file.getvalue()


def write_data(folder: Path, labels: Sequence[str], seed: int = 0, first_id: int = 1) -> Path:
    """Write one picture per entry of `labels` in the Kaggle layout and return the folder."""
    rng = random.Random(seed)
    (folder / "images").mkdir(parents=True)
    rows = []
    for number, label in enumerate(labels, first_id):
        draw_shape(label, rng).save(folder / "images" / f"{number}.jpg", quality=95)
        rows.append((str(number), label, "Red", f"A thing of kind {label}"))
    write_table(folder, rows)
    return folder


def write_table(folder: Path, rows: Sequence[Sequence[str]]) -> None:
    with (folder / "styles.csv").open("w", newline="", encoding="utf-8") as file:
        csv.writer(file).writerows([HEADER, *rows])


def _colour(rng: random.Random) -> tuple[int, int, int]:
    return rng.randrange(180), rng.randrange(180), rng.randrange(180)
