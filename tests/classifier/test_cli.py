import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from classifier.bundle import Bundle, read_bundle
from classifier.cli import main
from classifier.evaluate import evaluate
from classifier.predictor import Predictor

from .drawing import SHAPES, write_data


def classifier(*arguments: object) -> Result:
    return CliRunner().invoke(main, [str(argument) for argument in arguments])


def test_train_writes_a_bundle_and_only_logs(tmp_path: Path):
    data = write_data(tmp_path / "data", SHAPES * 20)
    result = classifier("train", "--data", data, "--network", "basic-cnn", "--epochs", 1, "--size", 32,
                        "--batch", 8, "--out", tmp_path / "own")  # fmt: skip
    assert result.exit_code == 0, result.output
    assert result.stdout == ""
    assert "own-" in result.stderr
    assert set(read_bundle(tmp_path / "own").classes) == set(SHAPES)


def test_evaluate_prints_one_object_and_nothing_else(trained: Bundle, tmp_path: Path):
    one = write_data(tmp_path / "one", [*SHAPES * 5, "Locomotives"], seed=6)
    other = write_data(tmp_path / "other", ["Watches", "Belts"], seed=7)
    result = classifier("evaluate", trained.path, "--data", one, "--data", other, "--device", "cpu", "--json")
    assert result.exit_code == 0, result.output
    printed = json.loads(result.stdout)
    assert printed["items"] == 17
    assert printed["unknown_labels"] == 1
    assert set(printed["image"]) == {"accuracy", "top4", "macro_f1", "ece", "category_accuracy"}
    assert {name: figures["items"] for name, figures in printed["sources"].items()} == {"one": 15, "other": 2}
    assert printed["sources"]["other"]["accuracy"] <= 0.5  # the bundle has never heard of belts
    assert printed["image"]["accuracy"] >= 0.6


def test_the_test_part_is_what_the_training_measured(predictor: Predictor, shapes: Path):
    measured = evaluate(predictor, [shapes], "test")
    said = predictor.bundle.metrics["test"]
    assert measured["items"] == said["items"] == len(predictor.bundle.parts.test)
    assert measured["image"]["accuracy"] == pytest.approx(said["accuracy"], abs=0.001)
    assert measured["image"]["ece"] == pytest.approx(said["ece"], abs=0.01)


def test_broken_pictures_are_counted_when_measuring(predictor: Predictor, tmp_path: Path):
    data = write_data(tmp_path / "data", SHAPES)
    (data / "images" / "1.jpg").write_bytes(b"")
    measured = evaluate(predictor, [data])
    assert (measured["items"], measured["broken_pictures"]) == (2, 1)


def test_evaluating_on_nothing_says_so(trained: Bundle, tmp_path: Path):
    strange = write_data(tmp_path / "strange", ["Locomotives"])
    result = classifier("evaluate", trained.path, "--data", strange)
    assert result.exit_code == 1
    assert "No picture is left to measure" in result.stderr
    fresh = write_data(tmp_path / "fresh", SHAPES, first_id=5000)
    result = classifier("evaluate", trained.path, "--data", fresh, "--part", "test")
    assert result.exit_code == 1
    assert "part all" in result.stderr


def test_evaluate_speaks_to_people_too(trained: Bundle, shapes: Path):
    result = classifier("evaluate", trained.path, "--data", shapes, "--part", "test")
    assert result.exit_code == 0, result.output
    assert "  accuracy: 0." in result.stdout or "  accuracy: 1.0" in result.stdout


def test_predict_names_labels_and_unreadable_pictures(trained: Bundle, shapes: Path, tmp_path: Path):
    good, bad = shapes / "images" / "1.jpg", tmp_path / "bad.jpg"
    bad.write_bytes(b"<html></html>")
    result = classifier("predict", trained.path, good, bad, tmp_path / "missing.jpg", "--top", 2, "--json")
    assert result.exit_code == 1
    found, broken, missing = json.loads(result.stdout)
    assert found["label"] in SHAPES
    assert len(found["top"]) == 2
    assert found["category"]
    assert "web page" in broken["error"]
    assert "No such file" in missing["error"]


def test_predict_speaks_to_people_too(trained: Bundle, shapes: Path):
    result = classifier("predict", trained.path, shapes / "images" / "1.jpg")
    assert result.exit_code == 0, result.output
    assert "%" in result.stdout


def test_benchmark_gives_rates(trained: Bundle, monkeypatch: pytest.MonkeyPatch):
    from classifier import benchmark

    monkeypatch.setattr(benchmark, "PICTURES", 32)
    monkeypatch.setattr(benchmark, "LOOP_PICTURES", 8)
    result = classifier("benchmark", trained.path, "--device", "cpu", "--json")
    assert result.exit_code == 0, result.output
    rates = json.loads(result.stdout)
    assert rates["engine_per_s"] > rates["predict_loop_per_s"]
    assert rates["engine_with_decode_per_s"] > 0
    assert rates["peak_mb"] > 0


@pytest.mark.parametrize("command", [["predict", "{}", "a.jpg"], ["evaluate", "{}", "--data", "a"]])
def test_a_damaged_bundle_is_one_line_and_exit_code_one(tmp_path: Path, command: list[str]):
    result = classifier(*(argument.format(tmp_path) for argument in command))
    assert result.exit_code == 1
    assert result.stderr.startswith("Error: The bundle")
    assert "Traceback" not in result.output


@pytest.mark.parametrize("command", ["train", "evaluate", "predict", "benchmark"])
def test_every_command_explains_itself(command: str):
    result = classifier(command, "--help")
    assert result.exit_code == 0
    assert "Usage:" in result.stdout
