import numpy as np
import pytest

from classifier.labels import LabelTree, Leaf, load_tree
from classifier.measure import f1_by_label, figures, joined, judged

TREE = load_tree()
CLASSES = ("Shirts", "Tshirts", "Watches")
TRUTH = ["Shirts", "Tshirts", "Watches", "Ties"]
PROBABILITIES = np.array([[0.8, 0.1, 0.1], [0.3, 0.25, 0.45], [0.1, 0.0, 0.9], [0.6, 0.2, 0.2]])


def test_figures_of_a_small_example():
    measured = figures(judged(TRUTH, PROBABILITIES, CLASSES, TREE))
    assert measured.items == 4
    assert measured.accuracy == 0.5
    assert measured.top4 == 0.75
    assert measured.macro_f1 == pytest.approx((2 / 3 + 0 + 2 / 3 + 0) / 4)
    assert measured.category_accuracy == 0.75  # topwear sums to 0.55 on the second
    assert measured.ece == pytest.approx((0.2 + 0.45 + 0.1 + 0.6) / 4)
    assert measured.coverage_at_995 is None
    assert measured.precision_at_threshold is None


def test_the_top_four_are_four():
    classes = tuple(list(TREE.leaves)[:6])
    row = np.array([[0.3, 0.25, 0.2, 0.15, 0.08, 0.02]])
    hits = [figures(judged([label], row, classes, TREE)).top4 for label in classes]
    assert hits == [1, 1, 1, 1, 0, 0]


def test_coverage_counts_what_reaches_the_threshold_of_its_class():
    found = figures(judged(TRUTH, PROBABILITIES, CLASSES, TREE, np.array([0.6, 0.0, 0.95])))
    assert found.coverage_at_995 == 0.5  # both guesses of shirts, neither of watches
    assert found.precision_at_threshold == 0.5
    never = figures(judged(TRUTH, PROBABILITIES, CLASSES, TREE, np.full(3, np.inf)))
    assert (never.coverage_at_995, never.precision_at_threshold) == (0, None)


def test_parts_are_measured_as_the_whole():
    limits = np.array([0.6, 0.0, 0.9])
    whole = judged(TRUTH, PROBABILITIES, CLASSES, TREE, limits)
    parts = [judged(TRUTH[at : at + 2], PROBABILITIES[at : at + 2], CLASSES, TREE, limits) for at in (0, 2)]
    assert figures(joined(parts)) == figures(whole)
    assert figures(whole.of(np.array([0, 3]))).items == 2
    bare = judged(TRUTH[:2], PROBABILITIES[:2], CLASSES, TREE)
    assert figures(joined([bare, parts[1]])).coverage_at_995 is None


def test_f1_counts_only_labels_in_the_truth():
    assert f1_by_label(["a", "a", "b"], ["a", "c", "c"]) == {"a": (pytest.approx(2 / 3), 2), "b": (0.0, 1)}


def test_five_thousand_labels_are_quick():
    names = tuple(f"Label {number:04d}" for number in range(5000))
    leaves = {name: Leaf(name, name[-2:], "na", "Uncategorized", name, ()) for name in names}
    probabilities = np.random.default_rng(0).random((500, 5000), dtype=np.float32)
    truth = [names[place] for place in probabilities.argmax(axis=1)]
    measured = figures(judged(truth, probabilities, names, LabelTree("large", leaves), np.zeros(5000)))
    assert measured.accuracy == measured.top4 == measured.macro_f1 == measured.coverage_at_995 == 1
