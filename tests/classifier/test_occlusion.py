"""Covering parts of a picture: the map is high where the label hangs on, and lies where that is."""

import random
from dataclasses import dataclass

import numpy as np
import pytest

from classifier.engines import Outputs
from classifier.images import on_white
from classifier.occlusion import CELLS, covered, occlusion_map
from classifier.predictor import load_predictor
from shopify_bot.devstore.drawing import draw_product
from shopify_bot.settings import Settings

SIZE = 96


@dataclass(frozen=True)
class Corner:
    """An engine whose class 1 is the darkness of a square, and class 0 nothing at all."""

    rows: slice
    columns: slice
    input_size: int = SIZE
    name: str = "keras"

    def run(self, pictures: np.ndarray) -> Outputs:
        dark = 255 - pictures[:, self.rows, self.columns].mean(axis=(1, 2, 3), dtype=np.float32)
        return Outputs(np.stack([np.zeros_like(dark), dark], axis=1), np.zeros((len(pictures), 1)))


def dark_square(rows: slice, columns: slice) -> np.ndarray:
    picture = np.full((SIZE, SIZE, 3), 255, dtype=np.uint8)
    picture[rows, columns] = 20
    return picture


@pytest.mark.parametrize(("row", "column"), [(0, 0), (1, 6), (4, 3), (7, 7)])
def test_the_map_is_highest_where_the_label_hangs_on(row: int, column: int) -> None:
    cell = SIZE // CELLS
    there = slice(row * cell, (row + 1) * cell), slice(column * cell, (column + 1) * cell)
    found = occlusion_map(Corner(*there), dark_square(*there), 1)
    assert found.shape == (CELLS, CELLS)
    assert found.dtype == np.float32
    assert found[row, column] == found.max() == pytest.approx(1.0)
    rows, columns = np.nonzero(found > 0.5)
    assert abs(rows.mean() - row) <= 1
    assert abs(columns.mean() - column) <= 1


def test_where_nothing_counts_the_map_is_empty() -> None:
    there = slice(0, 12), slice(0, 12)
    assert not occlusion_map(Corner(*there), dark_square(*there), 0).any()


@pytest.mark.parametrize("size", [32, 96, 100])
def test_every_part_of_the_picture_is_covered_once_at_least(size: int) -> None:
    picture = np.zeros((size, size, 3), dtype=np.uint8)
    picture[1:-1, 1:-1] = 200
    copies = covered(picture)
    assert len(copies) == CELLS**2
    assert np.any([(copy != picture).any(axis=2) for copy in copies], axis=0)[1:-1, 1:-1].all()


def test_the_shipped_model_looks_at_the_product() -> None:
    predictor = load_predictor(Settings().model, device="cpu")
    size, shares = predictor.bundle.input_size, []
    for label in ("Watches", "Shirts", "Sandals", "Sunglasses"):
        drawn = on_white(draw_product(label, 0, random.Random(7))).resize((size, size))
        picture = np.asarray(drawn, dtype=np.uint8)
        found = occlusion_map(predictor.engine, picture, predictor.bundle.classes.index(label))
        product = np.abs(picture.astype(int) - picture[0, 0]).max(axis=2) > 40
        by_cell = product.reshape(CELLS, size // CELLS, CELLS, size // CELLS).mean(axis=(1, 3))
        shares.append(float((found * by_cell).sum() / found.sum()) / float(product.mean()))
    assert np.mean(shares) > 1.2, "more of the map lies on the product than of a map without any knowledge"
