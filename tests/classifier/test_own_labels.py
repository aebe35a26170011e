import dataclasses
import random
from collections.abc import Mapping
from pathlib import Path

import pytest

from classifier.bundle import Bundle, read_bundle
from classifier.datasets.example import Example
from classifier.datasets.layouts import read_folders
from classifier.errors import LabelsDoNotFit, NoUsableData
from classifier.labels import load_tree, read_tree, tree_json
from classifier.own_labels import OWN, fitting_tree, own_tree
from classifier.predictor import Product, load_predictor
from classifier.prepare import prepare

from .conftest import QUICK
from .drawing import draw_shape
from .toy import drawn

DRAWN_AS = {"hat": "Ties", "shoes": "Shirts"}


def class_folders(folder: Path, counts: Mapping[str, int]) -> Path:
    rng = random.Random(8)
    for label, count in counts.items():
        (folder / label).mkdir(parents=True)
        for number in range(count):
            shape = DRAWN_AS.get(label, "Watches")
            draw_shape(shape, rng).save(folder / label / f"{number}.jpg", quality=95)
    return folder


def examples(*labels: str) -> list[Example]:
    return [
        Example(str(number), None, label, "", str(number), "drawn") for number, label in enumerate(labels)
    ]


def test_labels_of_ones_own_get_a_tree_of_their_own(tmp_path: Path):
    tree = fitting_tree(read_folders([class_folders(tmp_path / "own", {"shoes": 2, "hat": 2})]))
    assert tree.name == OWN
    assert list(tree.leaves) == ["hat", "shoes"]
    assert tree.categories == ("hat", "shoes")
    hat = tree.leaves["hat"]
    assert (hat.category, hat.product_type, hat.taxonomy_id) == ("hat", "hat", "na")


def test_the_tree_of_ones_own_can_be_written_and_read(tmp_path: Path):
    tree = own_tree({"hat", "shoes"})
    (tmp_path / "own.json").write_text(tree_json(tree), encoding="utf-8")
    assert read_tree(tmp_path / "own.json") == tree


def test_the_shipped_tree_serves_data_that_mostly_have_its_labels():
    assert fitting_tree(examples("Shirts", "Ties", "hat")) == load_tree()
    assert fitting_tree(examples("Shirts", "hat")) == load_tree()
    assert set(fitting_tree(examples("Shirts", "hat", "shoes")).leaves) == {"Shirts", "hat", "shoes"}
    assert fitting_tree([]) == load_tree()


def test_a_tree_that_is_asked_for_wins(tmp_path: Path):
    own = class_folders(tmp_path / "own", {"hat": 20, "shoes": 20})
    with pytest.raises(NoUsableData, match="0 label of the tree"):
        prepare([own], load_tree(), 0)


@pytest.fixture(scope="module")
def own(tmp_path_factory: pytest.TempPathFactory) -> Bundle:
    from classifier.train import train

    folder = class_folders(tmp_path_factory.mktemp("data") / "own", {"hat": 40, "shoes": 40, "scarf": 3})
    out = tmp_path_factory.mktemp("trained") / "mine"
    return train([folder], out, dataclasses.replace(QUICK, epochs=2))


def test_a_training_on_ones_own_labels_gives_a_bundle_that_predicts_them(own: Bundle):
    assert read_bundle(own.path).classes == ("hat", "shoes")
    assert set(own.tree.leaves) == {"hat", "scarf", "shoes"}
    assert own.metrics["evaluation"]["tree"] == OWN
    assert "further" not in own.metrics, "coarser labels that have nothing to do with these"
    found = load_predictor(own.path, "cpu").predict([Product(drawn(1)[1][0])])[0]
    assert found.label in own.classes
    assert found.category in own.tree.categories


def test_its_card_names_the_label_that_had_too_few_pictures(own: Bundle):
    assert "never predicted for want of examples: scarf" in (own.path / "README.md").read_text()


def test_a_resumed_training_keeps_the_tree(own: Bundle, tmp_path: Path):
    more = class_folders(tmp_path / "own", {"hat": 20, "shoes": 20, "scarf": 20})
    data = prepare([more], None, 0, own)
    assert data.tree == own.tree
    assert data.classes == ("hat", "shoes", "scarf")


def test_going_on_takes_new_labels_of_ones_own_and_forgets_no_side(trained: Bundle, tmp_path: Path):
    own = dataclasses.replace(trained, tree=own_tree(set(trained.classes)))
    more = class_folders(tmp_path / "more", {"scarves": 30, "Belts": 2})
    data = prepare([more], None, 0, own)
    assert data.classes == (*own.classes, "scarves")
    for part, ids in vars(own.parts).items():
        assert getattr(data.parts, part) >= ids


def test_a_tree_without_the_labels_learnt_is_refused(trained: Bundle, tmp_path: Path):
    more = class_folders(tmp_path / "more", {"scarves": 30})
    with pytest.raises(LabelsDoNotFit, match="leave out --labels"):
        prepare([more], own_tree({"scarves", "gloves"}), 0, trained)
