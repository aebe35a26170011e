"""The drawn products: enough of them, each shape its own, the same bytes for the same seed."""

import csv
import random
from collections import Counter
from itertools import combinations
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from classifier.labels import load_tree
from shopify_bot.devstore.drawing import draw_product, labels, shapes, write_catalogue
from shopify_bot.devstore.drawing.catalogue import COLUMNS, TROUBLES, plan_products
from shopify_bot.devstore.drawing.errors import UnknownArticle, UnknownShape
from shopify_bot.devstore.drawing.shelves import SHELVES
from shopify_bot.devstore.drawing.titles import foreign_title, hostile_title

SMALL = (90, 120)
GREY_LEVELS = 12
# Two shapes must differ in at least this share of the area that either of them covers.
VISIBLE = 0.08


def thumbnail(label: str, shape: int) -> np.ndarray:
    """A grey thumbnail, all of a label's in the same colours and pose."""
    grey = draw_product(label, shape, random.Random(5), SMALL).convert("L")
    return np.asarray(grey.resize((45, 60), Image.Resampling.BOX), dtype=np.float64)


def difference(one: np.ndarray, other: np.ndarray) -> float:
    """The share of the covered area in which two thumbnails differ."""
    ground = one[:, :1]
    covered = (np.abs(one - ground) > GREY_LEVELS) | (np.abs(other - ground) > GREY_LEVELS)
    return float((np.abs(one - other) > GREY_LEVELS).sum() / covered.sum())


@pytest.fixture(scope="module")
def catalogue(tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("catalogue")
    write_catalogue(out, 40, 3)
    return out


@pytest.fixture(scope="module")
def rows(catalogue: Path) -> list[dict[str, str]]:
    with (catalogue / "styles.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def opens(path: Path) -> bool:
    try:
        with Image.open(path) as image:
            image.load()
    except OSError:
        return False
    return True


def test_there_are_many_articles_with_many_shapes() -> None:
    assert len(labels()) >= 32
    assert min(shapes(label) for label in labels()) >= 8


def test_every_article_is_in_the_fashion_tree() -> None:
    assert set(labels()) <= set(load_tree("fashion").leaves)


def test_every_article_has_a_shelf() -> None:
    assert set(labels()) == set(SHELVES)


@pytest.mark.parametrize("label", labels())
def test_shapes_of_an_article_are_visibly_different(label: str) -> None:
    thumbnails = [thumbnail(label, shape) for shape in range(shapes(label))]
    closest = min((difference(a, b), i, j) for (i, a), (j, b) in combinations(enumerate(thumbnails), 2))
    assert closest[0] >= VISIBLE, f"{label}: shapes {closest[1]} and {closest[2]} look alike"


def test_the_same_seed_draws_the_same_picture_and_another_seed_does_not() -> None:
    first, again, other = (draw_product("Heels", 0, random.Random(seed), SMALL) for seed in (1, 1, 2))
    assert first.tobytes() == again.tobytes()
    assert first.tobytes() != other.tobytes()


def test_a_product_stands_clear_of_the_edges_at_the_size_asked_for() -> None:
    picture = draw_product("Handbags", 0, random.Random(4), (300, 400))
    assert picture.size == (300, 400)
    assert picture.mode == "RGB"
    pixels = np.asarray(picture, dtype=np.int16)
    assert np.abs(pixels[:, :4] - pixels[:, -4:]).max() <= 2


def test_what_cannot_be_drawn_is_refused_with_its_name() -> None:
    with pytest.raises(UnknownArticle, match="Teapots"):
        draw_product("Teapots", 0, random.Random(0))
    with pytest.raises(UnknownShape, match="0 to"):
        draw_product("Ties", shapes("Ties"), random.Random(0))


def test_the_catalogue_is_in_the_kaggle_layout(catalogue: Path, rows: list[dict[str, str]]) -> None:
    assert tuple(rows[0]) == COLUMNS
    assert len(rows) == 40
    assert {f"{row['id']}.jpg" for row in rows} == {path.name for path in (catalogue / "images").iterdir()}
    assert all(row["articleType"] in labels() and row["productDisplayName"] for row in rows)


def test_every_trouble_occurs_and_most_products_have_none(rows: list[dict[str, str]]) -> None:
    kinds = Counter(row["trouble"] for row in rows)
    assert set(kinds) == {"", *TROUBLES}
    assert kinds[""] >= 32


def test_only_broken_pictures_cannot_be_opened(catalogue: Path, rows: list[dict[str, str]]) -> None:
    broken = []
    for row in rows:
        path = catalogue / "images" / f"{row['id']}.jpg"
        assert opens(path) == (row["trouble"] != "broken"), row
        broken += [path.read_bytes()] if row["trouble"] == "broken" else []
    assert any(data.startswith(b"<!doctype html>") for data in broken)
    assert any(data.startswith(b"\xff\xd8") for data in broken)


def test_about_one_in_ten_products_is_hard() -> None:
    kinds = Counter(plan.trouble for plan in plan_products(400, random.Random(1)))
    assert kinds[""] == 360
    assert min(kinds[kind] for kind in TROUBLES) >= 6


def test_hostile_titles_attack_in_different_ways() -> None:
    titles = [hostile_title("Ostrelle Tie", turn) for turn in range(9)]
    assert any("<script>" in title for title in titles)
    assert any("\u202e" in title for title in titles)
    assert any(title.startswith("=HYPERLINK(") for title in titles)
    assert max(len(title) for title in titles) == 300


def test_foreign_titles_come_in_several_languages() -> None:
    shelf = SHELVES["Watches"]
    titles = [foreign_title(shelf, turn, random.Random(turn)) for turn in range(5)]
    for title, noun in zip(titles, ("Montre", "Armbanduhr", "Reloj", "腕時計", "ساعة يد"), strict=True):
        assert noun in title


def test_the_same_seed_writes_the_same_bytes(tmp_path: Path) -> None:
    for name, seed in (("one", 7), ("two", 7), ("three", 8)):
        write_catalogue(tmp_path / name, 6, seed)
    one, two, three = (
        {path.relative_to(tmp_path / name): path.read_bytes() for path in (tmp_path / name).rglob("*.*")}
        for name in ("one", "two", "three")
    )
    assert one == two
    assert one != three


def test_products_spread_evenly_over_articles_and_shapes() -> None:
    plans = [plan for plan in plan_products(960, random.Random(2)) if plan.trouble != "ambiguous"]
    articles = Counter(plan.label for plan in plans)
    assert set(articles) == set(labels())
    assert max(articles.values()) - min(articles.values()) <= 5
    assert {plan.shape for plan in plans if plan.label == "Shirts"} == set(range(shapes("Shirts")))
