"""Evaluation, with an engine that tells plain colours apart and a text model fitted to a few titles."""

import csv
import json
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from classifier.bundle import Bundle
from classifier.calibration import Calibration
from classifier.datasets.example import Example
from classifier.datasets.split import PartIds
from classifier.engines.engine import Outputs
from classifier.errors import LabelsDoNotFit, NoUsableData
from classifier.evaluate import evaluate, measured
from classifier.labels import LabelTree, Leaf, load_tree
from classifier.modes import MODES, Examinee
from classifier.predictor import Predictor
from classifier.scoring import Scorer
from classifier.text import Evidence, TextModel

CLASSES = ("Shirts", "Tshirts", "Heels", "Watches")
COLOURS = {"Shirts": (200, 0, 0), "Tshirts": (0, 200, 0), "Heels": (0, 0, 200), "Watches": (200, 200, 0)}
MAKERS = ("Nike", "Puma", "Levis", "Arrow", "Titan", "Lotus")
KEYS = {"items", "accuracy", "top4", "macro_f1", "ece", "category_accuracy", "coverage_at_995",
        "precision_at_threshold"}  # fmt: skip
CALIBRATION = Calibration(
    thresholds={"image": {"*": 0.9}, "image_and_text": {"*": 0.9, "Heels": float("inf")}},
    category_thresholds={"image": {"*": 0.5}},
)


class ColourEngine:
    """Sure of plain colours: a logit is minus the distance to the colour of the class."""

    name = "keras"
    input_size = 16

    def run(self, pictures: np.ndarray) -> Outputs:
        means = pictures.reshape(len(pictures), -1, 3).mean(axis=1)
        colours = np.array([COLOURS[label] for label in CLASSES])
        distances = np.linalg.norm(means[:, None] - colours[None], axis=2)
        return Outputs((-distances / 10).astype(np.float32), means.astype(np.float32))

    def probabilities(self, pictures: np.ndarray) -> np.ndarray:
        raise NotImplementedError


@pytest.fixture(scope="module")
def text() -> TextModel:
    titles = [
        f"{maker.lower()} men {label.lower()} {n}" for label in CLASSES for maker in MAKERS for n in "ab"
    ]
    labels = np.repeat(np.arange(4), 2 * len(MAKERS))
    return TextModel.fit(titles, labels, CLASSES, seed=0)


@dataclass(frozen=True)
class Sum:
    """The simplest fusion there is: the picture's part against the text's."""

    image: float

    def log_probabilities(
        self, logits: np.ndarray | None, embeddings: np.ndarray | None, text: Evidence
    ) -> np.ndarray:
        return text.mixed() + (0 if logits is None else self.image * logits)


@pytest.fixture
def examinee(text: TextModel) -> Examinee:
    tree = load_tree().only(CLASSES)
    return Examinee(ColourEngine(), Scorer(CALIBRATION, text, Sum(1)), CLASSES, tree)


def example(
    folder: Path, number: int, label: str, title: str = "", colour: str | None = "", source: str = "one"
):
    """A product whose picture has the colour of its label or of another one; none for None."""
    picture = None
    if colour is not None:
        picture = folder / f"{number}.png"
        Image.new("RGB", (20, 20), COLOURS.get(colour or label, (9, 9, 9))).save(picture)
    return Example(f"{source}-{number}", picture, label, title, str(number), source)


def titled(folder: Path) -> list[Example]:
    return [example(folder, n, label, f"Puma Men {label} a") for n, label in enumerate(CLASSES * 3)]


def test_every_mode_is_measured(examinee: Examinee, tmp_path: Path):
    found = measured(examinee, titled(tmp_path))
    assert found["items"] == 12
    assert found["unknown_labels"] == 0
    for mode in MODES:
        assert set(found[mode]) == KEYS
        assert found[mode]["items"] == 12
    assert found["image"]["accuracy"] == found["text"]["accuracy"] == found["image_and_text"]["accuracy"] == 1
    assert found["text"]["coverage_at_995"] == 0  # texts were not calibrated
    assert found["text"]["precision_at_threshold"] is None
    assert found["image_and_text"]["coverage_at_995"] == 0.75  # heels never
    assert found["image_and_text"]["precision_at_threshold"] == 1
    assert json.loads(json.dumps(found, allow_nan=False)) == found


def test_masking_takes_the_label_out_of_the_title_only(examinee: Examinee, tmp_path: Path):
    lying = [example(tmp_path, 1, "Shirts", "Puma Men Shirts a", colour="Watches")]
    found = measured(replace(examinee, scorer=replace(examinee.scorer, fusion=Sum(0.1))), lying)
    assert found["image"]["accuracy"] == 0
    assert found["image_and_text"]["accuracy"] == 1
    assert found["image_and_masked_text"]["accuracy"] == 0


def test_thresholds_for_another_precision_are_not_reported_as_these(examinee: Examinee, tmp_path: Path):
    other = replace(examinee.scorer, calibration=replace(CALIBRATION, precision=0.9))
    found = measured(replace(examinee, scorer=other), titled(tmp_path))
    assert found["image"]["coverage_at_995"] is None
    assert found["image"]["accuracy"] == 1


def test_a_title_that_is_its_label_leaves_the_picture_when_masked(examinee: Examinee, tmp_path: Path):
    found = measured(examinee, [example(tmp_path, 1, "Heels", "Heels")])
    assert found["image_and_masked_text"]["accuracy"] == 1
    assert found["image_and_masked_text"]["coverage_at_995"] == 1  # by the thresholds of pictures
    assert found["image_and_text"]["coverage_at_995"] == 0


def test_products_without_picture_or_title_count_where_they_can(examinee: Examinee, tmp_path: Path):
    (tmp_path / "3.png").write_bytes(b"no picture")
    broken = replace(example(tmp_path, 3, "Shirts", "Puma Shirts", colour=None), picture=tmp_path / "3.png")
    products = [
        example(tmp_path, 1, "Shirts", "Puma Men Shirts a", colour=None),
        example(tmp_path, 2, "Watches"),
        broken,
        replace(broken, id="mute", title=""),
    ]
    found = measured(examinee, products)
    assert found["items"] == 3
    assert found["broken_pictures"] == 2
    assert (found["image"]["items"], found["text"]["items"]) == (1, 2)
    assert found["image_and_text"] is None


def test_without_titles_only_the_picture_is_measured(
    examinee: Examinee, tmp_path: Path, caplog: pytest.LogCaptureFixture
):
    found = measured(examinee, [example(tmp_path, 1, "Shirts")])
    assert found["image"]["accuracy"] == 1
    assert found["text"] is found["image_and_text"] is found["image_and_masked_text"] is None
    assert "No product has a title" in caplog.text


def test_a_bundle_without_text_says_so(examinee: Examinee, tmp_path: Path, caplog: pytest.LogCaptureFixture):
    found = measured(replace(examinee, scorer=Scorer(CALIBRATION)), titled(tmp_path))
    assert found["text"] is found["image_and_text"] is None
    assert "trained without titles" in caplog.text


def test_sources_languages_and_labels_are_told_apart(examinee: Examinee, tmp_path: Path):
    english = "these are the comfortable shoes with a high heel that every woman wants"
    french = "des chaussures confortables à talons hauts pour toutes les femmes"
    products = [example(tmp_path, n, "Heels", english) for n in range(21)]
    products += [example(tmp_path, 30 + n, "Heels", french, "Watches", source="two") for n in range(22)]
    products += [example(tmp_path, 60, "Shirts", "это рубашка для мужчин")]
    found = measured(examinee, products)
    assert {name: rows["image"]["items"] for name, rows in found["sources"].items()} == {"one": 22, "two": 22}
    assert found["sources"]["two"]["image"]["accuracy"] == 0
    assert {name: rows["image"]["items"] for name, rows in found["languages"].items()} == {
        "en": 21, "fr": 22, "other": 1}  # fmt: skip
    assert found["languages"]["fr"]["image"]["accuracy"] == 0
    assert found["labels"]["Shirts"]["items"] == 1
    assert found["labels"]["Shirts"]["image"] == 1
    assert found["labels"]["Heels"]["image"] == pytest.approx(2 * 21 / (43 + 21), abs=1e-4)


def test_untaught_labels_are_unknown_by_default_and_wrong_in_the_whole_tree(
    examinee: Examinee, tmp_path: Path, caplog: pytest.LogCaptureFixture
):
    products = [example(tmp_path, 1, "Shirts"), *(example(tmp_path, n, "Belts") for n in (2, 3))]
    found = measured(examinee, products)
    assert (found["items"], found["unknown_labels"], found["unknown"]) == (1, 2, {"Belts": 2})
    assert "Belts (2)" in caplog.text
    whole = measured(replace(examinee, tree=load_tree()), products)
    assert (whole["items"], whole["unknown_labels"]) == (3, 0)
    assert whole["image"]["accuracy"] == pytest.approx(1 / 3, abs=1e-4)


def test_a_coarser_tree_sums_and_leaves_out(examinee: Examinee, tmp_path: Path):
    six = replace(examinee, tree=load_tree("report-six"))
    products = [
        example(tmp_path, 1, "Shirts", "Puma Men Shirts a", colour="Tshirts"),
        example(tmp_path, 2, "Heels", colour="Watches"),
        example(tmp_path, 3, "Watches"),
    ]
    found = measured(six, products)
    assert (found["items"], found["unknown"]) == (2, {"Watches": 1})
    assert found["tree"] == "report-six"
    assert found["image"]["accuracy"] == 0.5  # both shirts are topwear; yellow is nearer to red than to blue
    assert found["image"]["coverage_at_995"] == 1  # by the thresholds of categories
    assert found["labels"]["topwear"]["items"] == 1
    assert measured(examinee, products[:1])["image"]["accuracy"] == 0


def test_a_foreign_tree_and_nothing_left_are_refused(examinee: Examinee, tmp_path: Path):
    with pytest.raises(NoUsableData, match="No product is left"):
        measured(examinee, [example(tmp_path, 1, "Locomotives")])
    chairs = load_tree().only(["Umbrellas"])
    with pytest.raises(LabelsDoNotFit):
        measured(replace(examinee, tree=chairs), [example(tmp_path, 1, "Umbrellas")])


def test_evaluate_reads_folders_and_keeps_to_the_part(text: TextModel, tmp_path: Path):
    data = write_kaggle(tmp_path / "data", CLASSES * 2)
    shown = bundle(tmp_path / "bundle", PartIds(test=frozenset({"1", "2"})))
    predictor = Predictor(shown, ColourEngine(), Scorer(CALIBRATION, text, Sum(1)))
    whole = evaluate(predictor, [data])
    assert (whole["bundle"], whole["part"], whole["items"]) == ("colours-1", "all", 8)
    assert whole["image_and_text"]["items"] == 8
    assert evaluate(predictor, [data], "test")["items"] == 2
    assert evaluate(predictor, [data], tree=load_tree("report-six"))["items"] == 6
    with pytest.raises(NoUsableData, match="part all"):
        evaluate(replace(predictor, bundle=replace(shown, parts=PartIds())), [data], "test")


class NumberEngine(ColourEngine):
    """Reads the label's number off the picture's red and green."""

    def run(self, pictures: np.ndarray) -> Outputs:
        red, green = pictures[:, 0, 0, :2].astype(int).T
        numbers = red + 100 * green
        return Outputs(20 * np.eye(5000, dtype=np.float32)[numbers], numbers[:, None].astype(np.float32))


def test_five_thousand_labels_are_quick(tmp_path: Path):
    names = tuple(f"Label {number:04d}" for number in range(5000))
    tree = LabelTree("large", {name: Leaf(name, name[-1:], "na", "Any", name, ()) for name in names})
    products = []
    for number in range(0, 5000, 10):
        picture = tmp_path / f"{number}.png"
        Image.new("RGB", (16, 16), (number % 100, number // 100, 0)).save(picture)
        products.append(Example(str(number), picture, names[number], "", str(number), "large"))
    examinee = Examinee(NumberEngine(), Scorer(CALIBRATION), names, tree)
    found = measured(examinee, products)
    assert found["image"]["accuracy"] == found["image"]["macro_f1"] == 1
    assert len(found["labels"]) == 500


def bundle(folder: Path, parts: PartIds) -> Bundle:
    return Bundle(
        path=folder, name="colours", version="colours-1", network="none", input_size=16,
        calibration=CALIBRATION, classes=CLASSES, tree=load_tree(), metrics={}, parts=parts)  # fmt: skip


def write_kaggle(folder: Path, labels: Sequence[str]) -> Path:
    (folder / "images").mkdir(parents=True)
    with (folder / "styles.csv").open("w", newline="", encoding="utf-8") as file:
        table = csv.writer(file)
        table.writerow(("id", "articleType", "productDisplayName"))
        for number, label in enumerate(labels, 1):
            table.writerow((number, label, f"Puma {label}"))
            Image.new("RGB", (20, 20), COLOURS[label]).save(folder / "images" / f"{number}.jpg")
    return folder
