import dataclasses
import shutil
from pathlib import Path

import pytest

from classifier.bundle import Bundle, read_bundle
from classifier.calibration import KINDS
from classifier.datasets.split import Split
from classifier.errors import NothingToPredictFrom
from classifier.finishing import LEAST_FUSED, finish
from classifier.labels import load_tree
from classifier.modes import MODES
from classifier.predictor import Product, load_predictor
from classifier.prepare import Data, prepare

from .conftest import QUICK
from .toy import drawn


@pytest.fixture(scope="module")
def data(shapes: Path) -> Data:
    return prepare([shapes], load_tree(), QUICK.seed)


def copy_of(bundle: Bundle, folder: Path) -> Bundle:
    """A copy of the same name, for a bundle is finished in place."""
    return read_bundle(shutil.copytree(bundle.path, folder / bundle.name))


def with_titles(data: Data, titled: int) -> Data:
    """Only so many products of the validation part keep their title; with none, no product has one."""
    untitled, validation, test = (
        tuple(dataclasses.replace(example, title="", description="") for example in part)
        for part in vars(data.split).values()
    )
    train = data.split.train if titled else untitled
    held_out = data.split.validation[:titled] + validation[titled:]
    return dataclasses.replace(data, split=Split(train, held_out, test))


def test_with_titles_the_bundle_reads_sees_and_fuses(trained: Bundle, data: Data):
    assert len(data.split.validation) >= LEAST_FUSED
    assert trained.export
    assert trained.text
    assert trained.fusion
    assert set(trained.calibration.temperatures) == set(KINDS)
    evaluation = trained.metrics["evaluation"]
    assert all(evaluation[mode]["items"] == evaluation["items"] for mode in MODES)
    assert evaluation["items"] == len(data.split.test)
    assert evaluation["text"]["accuracy"] >= 0.9  # each title names its label
    assert evaluation["image_and_text"]["accuracy"] >= evaluation["image"]["accuracy"]
    card = (trained.path / "README.md").read_text()
    assert f"| picture and title | {evaluation['items']} |" in card
    assert "Not yet measured" not in card


def test_titles_can_be_predicted_from_after_finishing(trained: Bundle):
    found = load_predictor(trained.path, "cpu").predict([Product(title="A thing of kind Ties")])[0]
    assert (found.label, found.kind) == ("Ties", "text")


def test_the_training_is_still_told(trained: Bundle):
    assert trained.metrics["training"]["recipe"]["seed"] == QUICK.seed
    assert set(trained.metrics) == {"training", "evaluation", "further"}


def test_the_shipped_labels_are_also_told_in_coarser_ones(trained: Bundle, data: Data):
    (further,) = trained.metrics["further"].values()
    shirts = sum(example.label == "Shirts" for example in data.split.test)
    assert (further["tree"], further["items"]) == ("report-six", shirts)
    assert set(further["unknown"]) == {"Watches", "Ties"}


@pytest.mark.parametrize("titled", [0, LEAST_FUSED - 1])
def test_without_enough_titles_the_bundle_looks_at_pictures_alone(
    trained: Bundle, data: Data, tmp_path: Path, titled: int
):
    before = copy_of(trained, tmp_path)
    weights = before.weights.read_bytes()
    finished = finish(before, with_titles(data, titled))
    assert (finished.text, finished.fusion) == (None, None)
    assert finished.weights.read_bytes() == weights
    assert finished.export
    assert finished.version != before.version
    assert set(finished.calibration.temperatures) == {"image"}
    evaluation = finished.metrics["evaluation"]
    assert evaluation["image"]["accuracy"] == trained.metrics["evaluation"]["image"]["accuracy"]
    assert [evaluation[mode] for mode in MODES[1:]] == [None] * 3
    assert "picture and title" not in (finished.path / "README.md").read_text().split("## Data")[0]
    with pytest.raises(NothingToPredictFrom):
        load_predictor(finished.path, "cpu").predict([Product(title="A thing of kind Ties")])


def test_with_nothing_held_out_it_never_decides_alone(trained: Bundle, data: Data, tmp_path: Path):
    alone = dataclasses.replace(data, split=Split(data.split.train, (), ()))
    finished = finish(copy_of(trained, tmp_path), alone)
    assert "evaluation" not in finished.metrics
    assert finished.calibration.temperatures == {}
    assert "Not yet measured" in (finished.path / "README.md").read_text()
    found = load_predictor(finished.path, "cpu").predict([Product(drawn(1)[1][0])])[0]
    assert found.sure == "nothing"
