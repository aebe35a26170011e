"""Writes a folder of drawn products in the Kaggle layout: `images/<id>.jpg` and `styles.csv`."""

import csv
import io
import random
from dataclasses import dataclass
from pathlib import Path

from PIL import Image, ImageChops

from shopify_bot.devstore.drawing.palette import WHITE
from shopify_bot.devstore.drawing.registry import labels, shapes
from shopify_bot.devstore.drawing.shelves import SHELVES
from shopify_bot.devstore.drawing.studio import Picture, picture_of
from shopify_bot.devstore.drawing.titles import foreign_title, hostile_title, plain_title, vague_title

COLUMNS = (
    "id",
    "gender",
    "masterCategory",
    "subCategory",
    "articleType",
    "baseColour",
    "season",
    "year",
    "usage",
    "productDisplayName",
    "trouble",
)
TROUBLES = ("broken", "late", "ambiguous", "foreign", "hostile")
FIRST_ID = 70001
_QUALITY = 88
_SHARE = 0.1
_ERROR_PAGE = b"<!doctype html><html><title>403 Forbidden</title><body><h1>403 Forbidden</h1></body></html>\n"
# Shapes that a person could well name otherwise: a long top, a short kurta, a shirt dress for the night.
_BETWEEN = (
    ("Kurtas", 5),
    ("Tops", 4),
    ("Nightdress", 6),
    ("Sweaters", 6),
    ("Leggings", 5),
    ("Trunk", 5),
    ("Flats", 7),
    ("Clutches", 4),
    ("Jackets", 9),
)


@dataclass(frozen=True)
class Plan:
    """One product before it is drawn; `turn` counts the products with the same trouble."""

    number: int
    label: str
    shape: int
    trouble: str
    turn: int


def write_catalogue(out: Path, count: int, seed: int) -> None:
    """Draw `count` products into a folder, evenly over article types and shapes.

    The same count and seed give the same bytes. The column `trouble` is empty or, for about one in ten, one
    of `TROUBLES`; all kinds occur from 30 products on. A `broken` picture is cut short or is an error page.
    """
    pictures = out / "images"
    pictures.mkdir(parents=True, exist_ok=True)
    with (out / "styles.csv").open("w", encoding="utf-8", newline="") as file:
        rows = csv.writer(file, lineterminator="\n")
        rows.writerow(COLUMNS)
        for plan in plan_products(count, random.Random(f"plan {seed}")):
            rng = random.Random(f"product {seed} {plan.number}")
            picture = _draw(plan, rng)
            (pictures / f"{plan.number}.jpg").write_bytes(_encode(picture.image, plan))
            rows.writerow(_row(plan, picture.colour, rng))


def plan_products(count: int, rng: random.Random) -> list[Plan]:
    """Which article, shape and trouble each product gets."""
    order = rng.sample(labels(), len(labels()))
    first = {label: rng.randrange(shapes(label)) for label in order}
    trouble = _troubles(count, rng)
    plans = []
    for index in range(count):
        label = order[index % len(order)]
        shape = (first[label] + index // len(order)) % shapes(label)
        kind, turn = trouble.get(index, ("", 0))
        if kind == "ambiguous" and turn % 3 == 1:
            label, shape = _BETWEEN[turn // 3 % len(_BETWEEN)]
        plans.append(Plan(FIRST_ID + index, label, shape, kind, turn))
    return plans


def _troubles(count: int, rng: random.Random) -> dict[int, tuple[str, int]]:
    """The troubled places: every kind once, broken twice, before any comes again."""
    kinds = (*TROUBLES, "broken")
    total = min(count, max(round(count * _SHARE), len(kinds) if count >= 30 else 0))
    turns = dict.fromkeys(TROUBLES, 0)
    chosen: dict[int, tuple[str, int]] = {}
    for index, place in enumerate(rng.sample(range(count), total)):
        kind = kinds[index % len(kinds)]
        chosen[place] = (kind, turns[kind])
        turns[kind] += 1
    return chosen


def _draw(plan: Plan, rng: random.Random) -> Picture:
    picture = picture_of(plan.label, plan.shape, rng)
    if plan.trouble != "ambiguous" or plan.turn % 3:
        return picture
    other = rng.choice([label for label in labels() if label != plan.label])
    second = picture_of(other, rng.randrange(shapes(other)), rng)
    return Picture(_together(picture.image, second.image), picture.colour)


def _together(upper: Image.Image, lower: Image.Image) -> Image.Image:
    """Two products in one picture, one above the other."""
    sheet = Image.new("RGB", upper.size, WHITE)
    wide, high = upper.width * 5 // 8, upper.height * 5 // 8
    for picture, corner in ((upper, (0, 0)), (lower, (upper.width - wide, upper.height - high))):
        layer = Image.new("RGB", upper.size, WHITE)
        layer.paste(picture.resize((wide, high), Image.Resampling.LANCZOS), corner)
        sheet = ImageChops.darker(sheet, layer)
    return sheet


def _encode(image: Image.Image, plan: Plan) -> bytes:
    if plan.trouble == "broken" and plan.turn % 2:
        return _ERROR_PAGE
    buffer = io.BytesIO()
    image.save(buffer, "JPEG", quality=_QUALITY)
    data = buffer.getvalue()
    return data[: len(data) * 2 // 5] if plan.trouble == "broken" else data


def _row(plan: Plan, colour: str, rng: random.Random) -> tuple[object, ...]:
    shelf = SHELVES[plan.label]
    gender = rng.choice(shelf.genders)
    title = plain_title(shelf, gender, colour, rng)
    if plan.trouble == "ambiguous":
        title = vague_title(colour, rng)
    elif plan.trouble == "foreign":
        title = foreign_title(shelf, plan.turn, rng)
    elif plan.trouble == "hostile":
        title = hostile_title(title, plan.turn)
    season, year = rng.choice(("Spring", "Summer", "Fall", "Winter")), rng.randint(2021, 2026)
    return (
        plan.number,
        gender,
        shelf.master,
        shelf.sub,
        plan.label,
        colour,
        season,
        year,
        rng.choice(shelf.usages),
        title,
        plan.trouble,
    )
