import numpy as np
import pytest

from classifier.labels import load_tree
from classifier.measure import best_temperature, f1_by_label, figures, softmax

TREE = load_tree()


def test_figures_of_a_small_example():
    classes = ("Shirts", "Tshirts", "Watches")
    probabilities = np.array([[0.8, 0.1, 0.1], [0.3, 0.25, 0.45], [0.1, 0.0, 0.9], [0.6, 0.2, 0.2]])
    measured = figures(["Shirts", "Tshirts", "Watches", "Ties"], probabilities, classes, TREE)
    assert measured.items == 4
    assert measured.accuracy == 0.5
    assert measured.top4 == 0.75
    assert measured.macro_f1 == pytest.approx((2 / 3 + 0 + 2 / 3 + 0) / 4)
    assert measured.category_accuracy == 0.75  # topwear sums to 0.55 on the second
    assert measured.ece == pytest.approx((0.2 + 0.45 + 0.1 + 0.6) / 4)


def test_f1_counts_only_labels_in_the_truth():
    assert f1_by_label(["a", "a", "b"], ["a", "c", "c"]) == {"a": (pytest.approx(2 / 3), 2), "b": (0.0, 1)}


def test_the_temperature_mends_confidence():
    rng = np.random.default_rng(0)
    logits = rng.normal(size=(4000, 5)) * 2
    truth = np.array([rng.choice(5, p=row) for row in softmax(logits)])
    assert best_temperature(logits * 3, truth) == pytest.approx(3, rel=0.1)
    assert best_temperature(logits / 2, truth) == pytest.approx(0.5, rel=0.1)


def test_softmax_stands_large_logits():
    assert softmax(np.array([[1000.0, 0.0]])).tolist() == [[1.0, 0.0]]
