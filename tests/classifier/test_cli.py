import json
import subprocess
import sys
from dataclasses import fields
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result
from PIL import Image

from classifier.bundle import Bundle, read_bundle
from classifier.cli import main
from classifier.evaluate import evaluate
from classifier.labels import load_tree
from classifier.modes import MODES
from classifier.predictor import Predictor, load_predictor
from classifier.recipe import Recipe

from .conftest import ROOT
from .drawing import SHAPES, write_data

COMMANDS = ("train", "compare", "evaluate", "predict", "explain", "similar", "benchmark", "export")
FIGURES = {
    "items", "accuracy", "top4", "macro_f1", "ece", "category_accuracy", "coverage_at_995",
    "precision_at_threshold",
}  # fmt: skip
EVALUATION = {
    "bundle", "part", "tree", "items", "unknown_labels", "unknown", "broken_pictures", *MODES, "sources",
    "languages", "labels",
}  # fmt: skip
SHORT = ("--epochs", 1, "--size", 32, "--batch", 8)


def classifier(*arguments: object) -> Result:
    return CliRunner().invoke(main, [str(argument) for argument in arguments])


def printed(result: Result) -> Any:
    assert result.exit_code == 0, result.output
    return json.loads(result.stdout)


@pytest.fixture(scope="module")
def some(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_data(tmp_path_factory.mktemp("some") / "some", [*SHAPES * 5, "Locomotives"], seed=6)


@pytest.fixture(scope="module")
def picture(some: Path) -> Path:
    return some / "images" / "1.jpg"


def test_train_writes_a_bundle_and_only_logs(tmp_path: Path):
    data = write_data(tmp_path / "data", SHAPES * 20)
    result = classifier(
        "train", "--data", data, "--network", "basic-cnn", *SHORT, "--no-mixed", "--out", tmp_path / "own"
    )
    assert result.exit_code == 0, result.output
    assert result.stdout == ""
    assert "own-" in result.stderr
    bundle = read_bundle(tmp_path / "own")
    assert set(bundle.classes) == set(SHAPES)
    assert bundle.export
    assert bundle.metrics["training"]["recipe"]["mixed"] is False
    assert bundle.metrics["evaluation"]["image"]["items"] > 0


def test_compare_prints_one_table(tmp_path: Path):
    data = write_data(tmp_path / "data", SHAPES * 20)
    result = classifier(
        "compare",
        "--data",
        data,
        "--network",
        "basic-cnn",
        "--network",
        "inceptionv3",
        *SHORT,
        "--out",
        tmp_path,
    )
    assert result.exit_code == 0, result.output
    assert result.stdout == (tmp_path / "compare.md").read_text()
    assert result.stdout.splitlines()[2].startswith("| basic-cnn | scratch | ")
    assert "inceptionv3 failed: " in result.stdout


def test_a_comparison_in_which_all_failed_has_exit_code_one(tmp_path: Path):
    data = write_data(tmp_path / "data", SHAPES * 20)
    result = classifier("compare", "--data", data, "--network", "inceptionv3", *SHORT, "--out", tmp_path)
    assert result.exit_code == 1
    assert "inceptionv3 failed: " in result.stdout


def test_evaluate_prints_one_object_with_every_mode(reading: Bundle, some: Path, tmp_path: Path):
    other = write_data(tmp_path / "other", ["Watches", "Belts"], seed=7)
    found = printed(classifier("evaluate", reading.path, "--data", some, "--data", other, "--json"))
    assert set(found) == EVALUATION
    assert (found["bundle"], found["part"], found["tree"]) == (reading.version, "all", "fashion")
    assert found["items"] == 16
    assert found["unknown"] == {"Locomotives": 1, "Belts": 1}
    assert found["unknown_labels"] == 2
    for mode in MODES:
        assert set(found[mode]) == FIGURES
        assert found[mode]["items"] == 16
        assert found["sources"]["some"][mode]["items"] == 15
        assert found["sources"]["other"][mode]["items"] == 1
    assert found["text"]["accuracy"] == 1  # every title names its label
    assert found["image"]["accuracy"] >= 0.6
    assert found["labels"]["Ties"]["items"] == 5


def test_stdout_is_json_and_nothing_else_of_the_whole_process(reading: Bundle, some: Path, picture: Path):
    commands = (
        ("evaluate", reading.path, "--data", some, "--json", "--engine", "keras"),
        ("predict", reading.path, picture, "--title", "A tie", "--json"),
    )
    for command in commands:
        done = subprocess.run(
            [sys.executable, "-m", "classifier.cli", *map(str, command)],
            capture_output=True, text=True, timeout=140, check=True, cwd=ROOT,
        )  # fmt: skip
        assert json.loads(done.stdout)
        assert done.stdout.count("\n") == 1


def test_the_test_part_is_what_the_training_measured(predictor: Predictor, shapes: Path):
    measured = evaluate(predictor, [shapes], "test")
    said = predictor.bundle.metrics["evaluation"]
    assert measured["items"] == said["items"] == len(predictor.bundle.parts.test)
    for mode in MODES:
        assert measured[mode]["accuracy"] == pytest.approx(said[mode]["accuracy"], abs=0.001)
        assert measured[mode]["ece"] == pytest.approx(said[mode]["ece"], abs=0.01)


def test_evaluate_takes_another_tree(reading: Bundle, some: Path):
    found = printed(classifier("evaluate", reading.path, "--data", some, "--labels", "report-six", "--json"))
    assert found["tree"] == "report-six"
    assert set(found["labels"]) <= set(load_tree("report-six").leaves)
    unknown = classifier("evaluate", reading.path, "--data", some, "--labels", "nowhere")
    assert unknown.exit_code == 1
    assert "neither a shipped label tree" in unknown.stderr


def test_broken_pictures_are_counted_when_measuring(toy: Bundle, tmp_path: Path):
    data = write_data(tmp_path / "data", SHAPES)
    (data / "images" / "1.jpg").write_bytes(b"")
    measured = evaluate(load_predictor(toy.path, "cpu"), [data])
    assert (measured["items"], measured["broken_pictures"]) == (2, 1)


def test_evaluating_on_nothing_says_so(toy: Bundle, tmp_path: Path):
    strange = write_data(tmp_path / "strange", ["Locomotives"])
    result = classifier("evaluate", toy.path, "--data", strange)
    assert result.exit_code == 1
    assert "No product is left to measure" in result.stderr
    fresh = write_data(tmp_path / "fresh", SHAPES, first_id=5000)
    result = classifier("evaluate", toy.path, "--data", fresh, "--part", "test")
    assert result.exit_code == 1
    assert "part all" in result.stderr


def test_evaluate_speaks_to_people_too(toy: Bundle, some: Path):
    result = classifier("evaluate", toy.path, "--data", some)
    assert result.exit_code == 0, result.output
    assert "image:\n  items: 15\n  accuracy: " in result.stdout
    assert "image_and_text: None" in result.stdout


def test_predict_names_labels_and_unreadable_pictures(toy: Bundle, picture: Path, tmp_path: Path):
    bad = tmp_path / "bad.jpg"
    bad.write_bytes(b"<html></html>")
    result = classifier("predict", toy.path, picture, bad, tmp_path / "missing.jpg", "--top", 2, "--json")
    assert result.exit_code == 1
    found, broken, missing = json.loads(result.stdout)
    assert (found["picture"], found["kind"]) == (str(picture), "image")
    assert found["label"] == found["top"][0][0]
    assert found["label"] in SHAPES
    assert len(found["top"]) == 2
    assert found["category"]
    assert found["sure"] == "nothing"
    assert found["decides_alone"] is False
    assert "web page" in broken["error"]
    assert "No such file" in missing["error"]


@pytest.mark.parametrize(
    ("said", "kind"), [(("--title", "A ties"), "text"), (("--description", "<p>ties of kind 2</p>"), "text")]
)
def test_predict_reads_what_the_store_says(reading: Bundle, said: tuple[str, str], kind: str):
    found = printed(classifier("predict", reading.path, *said, "--json"))[0]
    assert (found["picture"], found["label"], found["kind"]) == (None, "Ties", kind)


def test_predict_takes_picture_and_title(reading: Bundle, picture: Path):
    found = printed(classifier("predict", reading.path, picture, "--title", "A watches of kind 3", "--json"))[
        0
    ]
    assert (found["label"], found["kind"]) == ("Watches", "image_and_text")


def test_predict_from_nothing_is_refused(toy: Bundle, reading: Bundle):
    neither = classifier("predict", reading.path)
    assert neither.exit_code == 2
    assert "Give a picture, a title, or both." in neither.stderr
    for bundle, title in ((reading, "<br>"), (toy, "A ties")):
        empty = classifier("predict", bundle.path, "--title", title)
        assert empty.exit_code == 1
        assert "neither a picture nor a title that the bundle can read" in empty.stderr


def test_predict_speaks_to_people_too(reading: Bundle, picture: Path, tmp_path: Path):
    result = classifier("predict", reading.path, picture)
    assert result.exit_code == 0, result.output
    assert f"{picture}: unsure (" in result.stdout
    assert "%" in result.stdout
    assert classifier("predict", reading.path, "--title", "A ties").stdout.startswith("title: unsure (Ties ")
    assert f"{tmp_path}: " in classifier("predict", reading.path, tmp_path).stdout


def test_explain_draws_a_map(toy: Bundle, picture: Path, tmp_path: Path):
    out = tmp_path / "new" / "map.png"
    result = classifier("explain", toy.path, picture, "--label", "Ties", "--out", out)
    assert result.exit_code == 0, result.output
    assert result.stdout == f"Ties: {out}\n"
    with Image.open(out) as drawn:
        assert drawn.format == "PNG"
    unknown = classifier("explain", toy.path, picture, "--label", "Belts", "--out", out)
    assert unknown.exit_code == 1
    assert "has not learnt the label 'Belts'" in unknown.stderr
    missing = classifier("explain", toy.path, tmp_path / "missing.jpg", "--out", out)
    assert missing.exit_code == 1
    assert "cannot be read" in missing.stderr


def test_similar_finds_the_pictures_most_alike(toy: Bundle, some: Path, picture: Path, tmp_path: Path):
    found = printed(classifier("similar", toy.path, picture, "--index", some, "--top", 3, "--json"))
    assert len(found) == 3
    assert str(picture) not in [row["picture"] for row in found]
    cosines = [row["cosine"] for row in found]
    assert cosines == sorted(cosines, reverse=True)
    lines = classifier("similar", toy.path, picture, "--index", some, "--top", 1).stdout.splitlines()
    assert lines == [f"{cosines[0]:.3f} {found[0]['picture']}"]
    missing = classifier("similar", toy.path, tmp_path / "missing.jpg", "--index", some)
    assert missing.exit_code == 1
    assert "cannot be read" in missing.stderr
    empty = classifier("similar", toy.path, picture, "--index", tmp_path / "nowhere")
    assert empty.exit_code == 1
    assert "holds no picture" in empty.stderr


def test_benchmark_gives_rates(toy: Bundle, monkeypatch: pytest.MonkeyPatch):
    from classifier import benchmark

    monkeypatch.setattr(benchmark, "PICTURES", 32)
    monkeypatch.setattr(benchmark, "LOOP_PICTURES", 8)
    rates = printed(classifier("benchmark", toy.path, "--device", "cpu", "--json"))
    assert rates["engine"] == "openvino"
    assert rates["engine_per_s"] > rates["predict_loop_per_s"] > 0
    assert rates["engine_with_decode_per_s"] > 0
    assert rates["fusion_per_s"] is None
    assert rates["peak_mb"] > 0


def test_export_writes_beside_the_bundle(toy: Bundle, tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    result = classifier("export", toy.path, "--out", tmp_path / "made")
    assert result.exit_code == 0, result.output
    assert result.stdout == f"{tmp_path / 'made' / 'picture.xml'}\n"
    assert (tmp_path / "made" / "picture.bin").is_file()
    monkeypatch.chdir(toy.path)
    result = classifier("export", ".")
    assert result.exit_code == 0, result.output
    assert (toy.path.parent / "toy-openvino" / "picture.xml").is_file()
    assert read_bundle(toy.path) == toy


@pytest.mark.parametrize(
    "command",
    [
        ["predict", "{}", "a.jpg"],
        ["evaluate", "{}", "--data", "a"],
        ["explain", "{}", "a.jpg", "--out", "a.png"],
        ["similar", "{}", "a.jpg", "--index", "a"],
        ["benchmark", "{}"],
        ["export", "{}"],
        ["train", "--data", "a", "--resume", "{}", "--out", "b"],
    ],
)
def test_a_damaged_bundle_is_one_line_and_exit_code_one(tmp_path: Path, command: list[str]):
    result = classifier(*(argument.format(tmp_path) for argument in command))
    assert result.exit_code == 1
    assert result.stderr.startswith("Error: The bundle")
    assert "Traceback" not in result.output


def test_every_part_of_a_recipe_can_be_asked_for():
    options = {parameter.name for parameter in main.commands["train"].params}
    assert {one.name for one in fields(Recipe)} - options == {"augmentation"}


def test_these_are_all_the_commands():
    assert set(main.commands) == set(COMMANDS)


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_explains_itself(command: str):
    result = classifier(command, "--help")
    assert result.exit_code == 0
    assert "Usage:" in result.stdout
