import numpy as np
import pytest

from classifier.calibration import Calibration
from classifier.deciding import decide
from classifier.labels import load_tree

CLASSES = ("Shirts", "Tshirts", "Watches", "Wallets")
TREE = load_tree()
CALIBRATION = Calibration(
    thresholds={"image": {"Shirts": 0.9, "Watches": 0.4, "*": 0.99}},
    category_thresholds={"image": {"Topwear": 0.8, "*": 0.95}},
)


def one(row: list[float], kind: str = "image", calibration: Calibration = CALIBRATION):
    return decide(np.array([row], dtype=np.float32), CLASSES, TREE, calibration, kind)[0]  # type: ignore[arg-type]


def test_a_sure_leaf_decides_alone():
    found = one([0.92, 0.05, 0.02, 0.01])
    assert (found.label, found.category, found.sure, found.decides_alone) == (
        "Shirts",
        "Topwear",
        "leaf",
        True,
    )
    assert found.confidence == pytest.approx(0.92)
    assert found.category_confidence == pytest.approx(0.97)


def test_leaves_of_one_category_make_it_sure_where_none_is():
    found = one([0.45, 0.4, 0.1, 0.05])
    assert (found.label, found.category, found.sure) == ("Shirts", "Topwear", "category")
    assert not found.decides_alone


def test_the_best_category_need_not_be_that_of_the_best_leaf():
    found = one([0.3, 0.3, 0.05, 0.35])
    assert (found.label, found.category, found.sure) == ("Wallets", "Topwear", "nothing")


def test_a_sure_leaf_brings_its_own_category():
    found = one([0.3, 0.29, 0.41, 0.0])
    assert (found.label, found.category, found.sure) == ("Watches", "Watches", "leaf")
    assert found.category_confidence == pytest.approx(0.41)


@pytest.mark.parametrize(("share", "sure"), [(0.94, "nothing"), (0.96, "category"), (0.995, "leaf")])
def test_a_class_without_a_threshold_of_its_own_has_the_common_one(share: float, sure: str):
    assert one([1 - share, 0, 0, share]).sure == sure


@pytest.mark.parametrize("kind", ["text", "image_and_text"])
def test_a_kind_that_was_not_calibrated_is_never_sure(kind: str):
    assert one([1.0, 0, 0, 0], kind).sure == "nothing"
    assert one([1.0, 0, 0, 0], kind, Calibration()).sure == "nothing"


def test_every_row_is_judged_and_none_is_fine():
    rows = np.array([[1.0, 0, 0, 0], [0.25, 0.25, 0.25, 0.25]], dtype=np.float32)
    assert [found.sure for found in decide(rows, CLASSES, TREE, CALIBRATION, "image")] == ["leaf", "nothing"]
    assert decide(rows[:0], CLASSES, TREE, CALIBRATION, "image") == []
