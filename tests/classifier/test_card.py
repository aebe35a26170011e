from typing import Any

import pytest

from classifier.calibration import Calibration
from classifier.card import card
from classifier.labels import LabelTree, Leaf, load_tree
from classifier.recipe import Recipe

CLASSES = ("Shirts", "Tshirts", "Watches")
ROW = {"items": 40, "accuracy": 0.9025, "top4": 1.0, "macro_f1": 0.8, "ece": 0.0123,
       "category_accuracy": 0.95, "coverage_at_995": 0.7321, "precision_at_threshold": None}  # fmt: skip
FUSED = {**ROW, "accuracy": 0.9876, "coverage_at_995": 0.9111}
EVALUATION = {
    "unknown_labels": 3,
    "unknown": {"Belts": 2, "Hat": 1},
    "image": ROW,
    "text": None,
    "image_and_text": FUSED,
    "image_and_masked_text": None,
    "sources": {"drawings": {"image": {**ROW, "accuracy": 0.7777}, "image_and_text": None}},
    "languages": {"fr": {"image_and_text": {**FUSED, "accuracy": 0.6543}}},
    "labels": {
        "Shirts": {"items": 20, "image": 0.9, "image_and_text": 0.5432},
        "Watches": {"items": 12, "image": 0.1, "image_and_text": 1.0},
        "Tshirts": {"items": 3, "image": 0.0, "image_and_text": 0.0},
    },
}


def training(minutes: float = 90.0, before: Any = None, **recipe: Any) -> dict[str, Any]:
    return {
        "recipe": {**vars(Recipe(**recipe)), "augmentation": {}},
        "resumed_from": None,
        "pictures": {"train": 80, "validation": 10, "test": 10},
        "sources": {"my shop": 80},
        "epochs": [{"epoch": 1, "size": 96, "minutes": minutes}],
        "machine": "2 CPU cores, no GPU",
        "before": before,
    }


def made(metrics: dict[str, Any] | None = None, **more: Any) -> str:
    return card("shop", CLASSES, load_tree(), {"training": training()} | (metrics or {}), **more)


def test_figures_of_every_mode_source_and_language_stand_in_tables():
    text = made({"evaluation": EVALUATION})
    assert "| picture | 40 | 0.9025 | 1.0 | 0.8 | 0.95 | 0.0123 | 0.7321 |  |" in text
    assert "| picture and title | 40 | 0.9876 |" in text
    assert "| drawings | picture | 40 | 0.7777 |" in text
    assert "| fr | picture and title | 40 | 0.6543 |" in text
    assert "3 products are left out, having labels that it does not know: Belts, Hat." in text
    assert "without its label" not in text  # nothing was measured in that mode


def test_what_it_is_bad_at_goes_by_the_best_mode_and_leaves_tiny_classes_out():
    text = made({"evaluation": EVALUATION})
    weakest = text[text.index("bad at") :]
    assert weakest.index("| Shirts | 20 | 0.9 | 0.5432 |") < weakest.index("| Watches | 12 | 0.1 | 1.0 |")
    assert "| Tshirts |" not in text


def test_a_network_measured_alone_has_its_figures_too():
    alone = {"test": ROW, "test_by_source": {"one": ROW}, "labels": {"Shirts": {"f1": 0.25, "items": 30}}}
    text = made(alone)
    assert "| picture | 40 | 0.9025 |" in text
    assert "| one | picture | 40 |" in text
    assert "| Shirts | 30 | 0.25 |" in text


def test_without_figures_it_says_so():
    assert "Not yet measured" in made()


def test_further_figures_have_a_section_of_their_own():
    text = made({"evaluation": EVALUATION, "further": {"The report's six categories": {"image": FUSED}}})
    assert "## The report's six categories\n\n| from |" in text


def test_it_says_when_it_may_decide_alone():
    calibration = Calibration(
        temperatures={"image": 1.5, "image_and_text": 0.8},
        coverage={"image": 0.7, "image_and_text": 0.9},
        category_coverage={"image": 0.85, "image_and_text": 0.97},
    )
    text = made({"evaluation": EVALUATION}, calibration=calibration)
    assert "decided alone 99.5% are right" in text
    assert "| picture and title | 0.8 | 90.0% | 91.1% | 97.0% |" in text
    assert "decide alone" not in made({"evaluation": EVALUATION})


def test_pictures_are_shown_only_when_the_bundle_has_them():
    assert "](curves.png)" in made(pictures={"curves.png", "weights.keras"})
    assert "confusion.png" not in made(pictures={"curves.png"})
    assert "weights.keras" not in made(pictures={"curves.png", "weights.keras"})


def test_speeds_are_given_with_their_machine():
    speeds = [{"machine": "2 cores", "engine_per_s": 250.0}, {"machine": "a GPU", "fusion_per_s": 9000.0}]
    text = made({"speeds": speeds})
    assert "| machine | engine_per_s | fusion_per_s |" in text
    assert "| a GPU |  | 9000.0 |" in text
    assert "## Speed" not in made()


def test_training_can_be_repeated_and_names_machine_and_hours():
    first = training(30.0, network="basic-cnn", seed=3, weights="/home/someone/lite.weights.h5")
    second = training(90.0, before=first, note="Stopped by hand.", schedule="plateau", mixed=True)
    text = card("shop", CLASSES, load_tree(), {"training": second})
    assert (
        "classifier train --data 'my shop' --network basic-cnn --epochs 6 --size 96 --batch 32 --seed 3"
        in text
    )
    assert "--weights lite.weights.h5 --out stage-1/shop" in text
    assert "/home" not in text
    assert "--schedule plateau --mixed --resume stage-1/shop --out shop" in text
    assert "Stage 1: 1 epochs in 0.5 hours on 2 CPU cores, no GPU." in text
    assert "Stage 2: 1 epochs in 1.5 hours on 2 CPU cores, no GPU. Stopped by hand." in text
    assert "Altogether 2.0 hours." in text


@pytest.mark.parametrize(
    ("name", "said"),
    [("fashion", None), ("own", None), ("report-six", "report-six"), ("shop", "labels.json")],
)
def test_the_command_names_the_tree_where_it_must(name: str, said: str | None):
    tree = LabelTree(name, load_tree().leaves)
    text = card("shop", CLASSES, tree, {"training": training()})
    assert (f"--labels {said} --out shop" in text) if said else ("--labels" not in text)


def test_what_it_was_not_tested_on_names_unlearnt_labels_but_not_thousands():
    leaves = {name: Leaf(name, "All", "na", "Any", name, ()) for name in [*CLASSES, *map(str, range(5000))]}
    text = card("shop", CLASSES, LabelTree("large", leaves), {"training": training()})
    assert "never predicted for want of examples: 0, 1, 10" in text
    assert "and 4900 more" in text
    assert len(text) < 5000


@pytest.mark.parametrize("label", ["A | B", "A |\n B"])
def test_a_label_cannot_break_a_table(label: str):
    labels = {label: {"items": 50, "image": 0.5, "image_and_text": 0.5}}
    assert "| A \\| B | 50 | 0.5 | 0.5 |" in made({"evaluation": EVALUATION | {"labels": labels}})
