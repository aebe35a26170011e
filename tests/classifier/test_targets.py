import dataclasses
from pathlib import Path

import numpy as np
import pytest

from classifier.bundle import Bundle
from classifier.datasets.split import PartIds
from classifier.errors import NoUsableData
from classifier.labels import load_tree
from classifier.pictures import Pictures
from classifier.prepare import Data, prepare
from classifier.targets import Targets, opinions_of

from .conftest import QUICK
from .drawing import SHAPES, write_data
from .toy import drawn


def pictures(count: int, size: int) -> tuple[np.ndarray, Pictures]:
    labels, pixels = drawn(count, size=size)
    return labels, Pictures((), pixels, np.full(count, 60))


def test_without_a_teacher_the_label_is_all():
    rows = Targets(np.array([2, 0, 1]), 3).rows(np.array([1, 0, 0]))
    assert rows.dtype == np.float32
    np.testing.assert_array_equal(rows, [[1, 0, 0], [0, 0, 1], [0, 0, 1]])


def test_a_share_without_a_teacher_changes_nothing():
    np.testing.assert_array_equal(Targets(np.array([1]), 2, None, 0.5).rows(np.array([0])), [[0, 1]])


def test_label_and_opinion_are_mixed_by_the_share():
    opinions = np.array([[0.5, 0.5], [0.9, 0.1]], dtype=np.float16)
    rows = Targets(np.array([0, 1]), 2, opinions, 0.4).rows(np.array([1, 0]))
    np.testing.assert_allclose(rows, [[0.36, 0.64], [0.8, 0.2]], atol=1e-3)


@pytest.mark.parametrize("size", [32, 40])
def test_a_teacher_speaks_of_pictures_of_any_size_in_the_order_asked(toy: Bundle, size: int):
    labels, shown = pictures(60, size)
    classes = tuple(sorted(SHAPES))
    opinions = opinions_of(toy, shown, classes)
    assert opinions.dtype == np.float16
    np.testing.assert_allclose(opinions.sum(axis=1), 1, atol=0.01)
    found = [classes[place] for place in opinions.argmax(axis=1)]
    assert sum(name == SHAPES[label] for name, label in zip(found, labels, strict=True)) >= 42


def test_its_opinion_is_soft(toy: Bundle):
    from classifier.predictor import Product, load_predictor

    shown = pictures(12, 32)[1]
    sharp = load_predictor(toy.path, "cpu").predict([Product(pixels) for pixels in shown.pixels])
    soft = opinions_of(toy, shown, SHAPES)
    assert all(row.max() < one.confidence for row, one in zip(soft, sharp, strict=True) if one.confidence < 1)


def test_a_teacher_that_lacks_a_label_is_refused(toy: Bundle):
    with pytest.raises(NoUsableData, match=r"does not know: Belts\."):
        opinions_of(toy, pictures(2, 32)[1], (*SHAPES, "Belts"))


@pytest.fixture(scope="module")
def few(tmp_path_factory: pytest.TempPathFactory) -> Data:
    folder = write_data(tmp_path_factory.mktemp("few") / "few", SHAPES * 20, seed=3)
    return prepare([folder], load_tree(), QUICK.seed)


@pytest.mark.parametrize("part", ["validation", "test"])
def test_a_teacher_that_learnt_what_is_held_out_is_refused(toy: Bundle, few: Data, tmp_path: Path, part: str):
    from classifier.train import train_on

    held_out = sorted(getattr(few.split.ids, part))
    teacher = dataclasses.replace(toy, parts=PartIds(train=frozenset(held_out[:1])))
    with pytest.raises(NoUsableData, match="trained on products that this split holds out"):
        train_on(few, tmp_path / "taught", QUICK, teacher=teacher)
    assert not (tmp_path / "taught").exists()


def test_an_honest_teacher_is_heard_and_named(toy: Bundle, few: Data, tmp_path: Path):
    from classifier.train import train_on

    teacher = dataclasses.replace(toy, parts=few.split.ids)
    taught = train_on(few, tmp_path / "taught", dataclasses.replace(QUICK, epochs=1), teacher=teacher)
    assert toy.version in str(taught.metrics["training"])
