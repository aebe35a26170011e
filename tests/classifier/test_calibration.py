import json

import numpy as np
import pytest

from classifier.calibration import Calibration, Held, calibrated
from classifier.labels import LabelTree, Leaf, load_tree
from classifier.temperature import best_temperature, softmax
from classifier.thresholds import NEVER, OTHERS, Guesses, thresholds

CLASSES = ("Shirts", "Tshirts", "Watches", "Wallets")
RNG = np.random.default_rng(1)


def guesses(n: int, classes: int, wrong_at: dict[int, float] | None = None, seed: int = 0) -> Guesses:
    """Confidences that mean what they say, but for classes whose guesses are wrong more often."""
    rng = np.random.default_rng(seed)
    named = rng.integers(0, classes, n)
    confidence = 1 - rng.beta(0.3, 4, n)
    chance = confidence - np.array([(wrong_at or {}).get(name, 0.0) for name in named.tolist()])
    return Guesses(named, confidence, rng.random(n) < chance)


def reached(found: Guesses, limits: dict[str, float], names: tuple[str, ...]) -> np.ndarray:
    each = np.array([limits.get(name, limits[OTHERS]) for name in names])
    return found.confidence >= each[found.classes]


def test_the_temperature_mends_confidence():
    rng = np.random.default_rng(0)
    logits = rng.normal(size=(4000, 5)) * 2
    truth = np.array([rng.choice(5, p=row) for row in softmax(logits)])
    assert best_temperature(logits * 3, truth) == pytest.approx(3, rel=0.1)
    assert best_temperature(logits / 2, truth) == pytest.approx(0.5, rel=0.1)


def test_softmax_stands_large_logits():
    assert softmax(np.array([[1000.0, 0.0]])).tolist() == [[1.0, 0.0]]


def test_thresholds_keep_the_precision_on_products_not_seen():
    names = tuple(map(str, range(20)))
    precisions, coverages = [], []
    for seed in range(4):
        limits, expected = thresholds(guesses(3000, 20, seed=seed), names, 0.98)
        fresh = guesses(20_000, 20, seed=100 + seed)
        alone = reached(fresh, limits, names)
        precisions.append(fresh.right[alone].mean())
        coverages.append(alone.mean() - expected)
    assert np.mean(precisions) >= 0.98
    assert min(precisions) >= 0.975
    assert np.abs(coverages).max() < 0.06


def test_a_class_that_overrates_itself_must_be_surer():
    names = tuple(map(str, range(5)))
    limits, _ = thresholds(guesses(4000, 5, wrong_at={3: 0.15}), names, 0.97)
    honest = [limits[name] for name in "0124"]
    assert limits["3"] > max(honest)


def test_a_class_hardly_seen_must_be_surer_than_one_well_known():
    many, few = guesses(3000, 1), guesses(4, 1)
    right = Guesses(
        np.concatenate([many.classes, few.classes + 1]),
        np.concatenate([many.confidence, few.confidence]),
        np.concatenate([many.right, np.ones(4, dtype=bool)]),
    )
    limits, _ = thresholds(right, ("known", "rare", "absent"), 0.97)
    assert limits["known"] < limits["rare"] < limits[OTHERS]
    assert "absent" not in limits


def test_too_few_products_promise_nothing():
    few = guesses(100, 2)
    limits, coverage = thresholds(Guesses(few.classes, few.confidence, np.ones(100, bool)), ("a", "b"), 0.995)
    assert (limits, coverage) == ({OTHERS: NEVER}, 0.0)


def held(n: int = 3000, scale: float = 1.0, seed: int = 0) -> Held:
    """Logits whose truth is drawn from them, but for two shirts in ten being T-shirts and the reverse."""
    rng = np.random.default_rng(seed)
    places = rng.integers(0, 4, n)
    logits = rng.normal(size=(n, 4)) * 0.5 + 8 * np.eye(4)[places]
    swap = {0: 1, 1: 0}
    truth = [CLASSES[swap.get(at, at) if rng.random() < 0.2 else at] for at in places.tolist()]
    return Held((logits * scale).astype(np.float32), truth)


def test_calibration_fits_each_kind_by_itself_and_both_levels():
    found = calibrated({"image": held(), "text": held(scale=3)}, CLASSES, load_tree())
    assert found.temperatures["text"] == pytest.approx(3 * found.temperatures["image"], rel=0.02)
    assert set(found.thresholds) == {"image", "text"}
    assert found.coverage["image"] == pytest.approx(0.5, abs=0.1)  # shirts and T-shirts are mixed up
    assert found.category_coverage["image"] > 0.9  # but all are topwear
    assert found.of_leaves("image_and_text", CLASSES).tolist() == [NEVER] * 4


def test_a_label_that_was_not_taught_counts_against_the_guess():
    every = held()
    honest = calibrated({"image": every}, CLASSES, load_tree())
    strangers = ["Umbrellas" if at % 20 == 0 else label for at, label in enumerate(every.truth)]
    shaken = calibrated({"image": Held(every.logits, strangers)}, CLASSES, load_tree())
    assert shaken.coverage["image"] < honest.coverage["image"]
    assert shaken.temperatures["image"] == pytest.approx(honest.temperatures["image"], rel=0.05)


def test_nothing_known_leaves_a_kind_out():
    nothing = Held(np.zeros((2, 4)), ["Umbrellas", "Footballs"])
    assert calibrated({"image": nothing}, CLASSES, load_tree()) == Calibration()


def test_json_gives_back_the_calibration():
    found = calibrated({"image": held(), "text": held(60)}, CLASSES, load_tree())
    text = json.dumps(found.as_json(), allow_nan=False)
    assert found.thresholds["text"] == {OTHERS: NEVER}
    assert Calibration.from_json(json.loads(text)) == found


@pytest.mark.parametrize(
    "document", [{}, {**Calibration().as_json(), "thresholds": {"image": {"*": "much"}}}]
)
def test_what_is_no_calibration_is_refused(document: dict[str, object]):
    with pytest.raises((KeyError, ValueError)):
        Calibration.from_json(document)


def test_five_thousand_labels_are_quick():
    names = tuple(f"Label {number:04d}" for number in range(5000))
    tree = LabelTree("large", {name: Leaf(name, name[-2:], "na", "Any", name, ()) for name in names})
    rng = np.random.default_rng(0)
    truth = rng.integers(0, 5000, 1000)
    logits = rng.normal(size=(1000, 5000)).astype(np.float32)
    logits[np.arange(1000), truth] += 12
    found = calibrated({"image": Held(logits, [names[place] for place in truth])}, names, tree)
    assert found.coverage["image"] > 0.9
    assert len(found.thresholds["image"]) <= 1001
