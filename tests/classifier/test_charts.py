import random
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from classifier.charts import most_confused, write_confusion, write_curves, write_samples

from .drawing import SHAPES, draw_shape


def test_curves_are_drawn_of_what_was_measured(tmp_path: Path):
    epochs = [
        {"epoch": n, "loss": 1 / n, "accuracy": 1 - 1 / n, "validation_loss": 1.2 / n,
         "validation": {"accuracy": 0.9, "macro_f1": 0.8}}
        for n in range(1, 6)
    ]  # fmt: skip
    write_curves(epochs, tmp_path / "all.png")
    write_curves([{"epoch": 1, "loss": 1.0, "accuracy": 0.5}], tmp_path / "little.png")
    write_curves([], tmp_path / "nothing.png")
    drawn = [colours(tmp_path / f"{name}.png") for name in ("all", "little", "nothing")]
    assert drawn[0] > drawn[1] > drawn[2]


def test_the_matrix_of_a_hundred_labels_shows_the_thirty_most_confused(tmp_path: Path):
    labels = [f"Label number {n:03} with a long name" for n in range(100)]
    truth = labels * 4
    guesses = [labels[(n + 1) % 100] if n % 100 < 40 and n >= 100 else label for n, label in enumerate(truth)]
    shown = most_confused(truth, guesses)
    assert len(shown) == 30
    assert set(shown) <= set(labels[:41])
    write_confusion(truth, guesses, tmp_path / "matrix.png")
    with Image.open(tmp_path / "matrix.png") as picture:
        assert min(picture.size) > 1000
        assert picture.width < 2000


def test_the_most_confused_are_those_with_most_wrong_guesses_to_or_from_them():
    truth = ["a", "a", "a", "b", "c", "d", "d"]
    guesses = ["b", "b", "a", "b", "c", "d", "c"]
    assert most_confused(truth, guesses, 2) == ["a", "b"]
    assert most_confused(truth, guesses, 3) == ["a", "b", "c"]
    assert most_confused(truth, guesses) == ["a", "b", "c", "d"]


def test_the_matrix_of_two_labels_is_drawn(tmp_path: Path):
    write_confusion(["a", "b"], ["a", "a"], tmp_path / "matrix.png")
    assert colours(tmp_path / "matrix.png") > 2


def test_samples_are_drawn_with_what_they_were_taken_for(tmp_path: Path):
    rng = random.Random(0)
    pictures = [np.asarray(draw_shape(label, rng)) for label in SHAPES * 3]
    truth, guesses = list(SHAPES * 3), ["Shirts"] * 9
    write_samples(pictures, truth, guesses, [0.9] * 9, tmp_path / "samples.png")
    with Image.open(tmp_path / "samples.png") as picture:
        two_rows = picture.height
        found = {colour for _, colour in picture.convert("RGB").getcolors(2**24) or ()}
    assert {(0x1A, 0x7F, 0x37), (0xB4, 0x23, 0x18)} <= found, "right and wrong have their colours"
    write_samples(pictures[:2], truth[:2], guesses[:2], [0.9] * 2, tmp_path / "few.png")
    with Image.open(tmp_path / "few.png") as picture:
        assert picture.height < two_rows
    with pytest.raises(ValueError, match="no picture"):
        write_samples([], [], [], [], tmp_path / "none.png")


def colours(file: Path) -> int:
    with Image.open(file) as picture:
        return len(picture.convert("RGB").getcolors(2**24) or ())
