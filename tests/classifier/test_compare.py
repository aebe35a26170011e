import dataclasses
import json
from pathlib import Path
from typing import Any

import pytest

from classifier.bundle import read_bundle
from classifier.errors import NoUsableData, UnknownNetwork
from classifier.labels import load_tree
from classifier.recipe import Recipe

from .conftest import QUICK
from .drawing import SHAPES, write_data

SHORT = dataclasses.replace(QUICK, epochs=2)


@pytest.fixture(scope="module")
def compared(tmp_path_factory: pytest.TempPathFactory) -> tuple[dict[str, Any], Path]:
    from classifier.compare import compare

    folder = tmp_path_factory.mktemp("compared")
    data = write_data(folder / "few", SHAPES * 30, seed=4)
    # InceptionV3 takes no pictures of 32 px
    names = ["basic-cnn", "inceptionv3", "residual-cnn", "basic-cnn"]
    return compare([data], names, SHORT, load_tree(), folder / "out"), folder / "out"


def test_each_network_has_a_row_and_the_best_comes_first(compared: tuple[dict[str, Any], Path]):
    rows = compared[0]["networks"]
    assert {row["network"] for row in rows} == {"basic-cnn", "residual-cnn"}
    assert rows[0]["accuracy"] >= rows[1]["accuracy"]
    sizes = {row["network"]: (row["parameters"], row["size_mb"]) for row in rows}
    assert sizes["residual-cnn"] > sizes["basic-cnn"]
    for row in rows:
        assert 0 <= row["macro_f1"] <= 1
        assert row["training_per_s"] > 0
        assert row["inference_per_s"] > 0


def test_all_were_tested_on_the_same_products(compared: tuple[dict[str, Any], Path]):
    result, out = compared
    parts = [read_bundle(out / row["network"]).parts for row in result["networks"]]
    assert parts[0] == parts[1]
    assert len(parts[0].test) == result["pictures"]["test"]


def test_a_network_that_fails_is_named_and_the_others_go_on(compared: tuple[dict[str, Any], Path]):
    assert list(compared[0]["failed"]) == ["inceptionv3"]
    assert "75 px" in compared[0]["failed"]["inceptionv3"]


def test_the_table_is_written(compared: tuple[dict[str, Any], Path]):
    result, out = compared
    assert json.loads((out / "compare.json").read_text()) == result
    table = (out / "compare.md").read_text().splitlines()
    assert table[0].startswith("| network | start | accuracy | macro-F1 | size, MB | parameters |")
    assert table[2].startswith(f"| {result['networks'][0]['network']} | scratch |")
    assert table[-1].startswith("inceptionv3 failed: ")


def test_an_unknown_network_is_refused_before_any_is_trained(tmp_path: Path):
    from classifier.compare import compare

    for names in (["basic-cnn", "perceptron"], []):
        with pytest.raises(UnknownNetwork, match="efficientnetb0"):
            compare([tmp_path], names, SHORT, load_tree(), tmp_path / "out")
    assert not (tmp_path / "out").exists()


def test_a_start_goes_to_the_networks_that_have_it():
    from classifier.compare import _fitting

    recipe = Recipe(weights="lite0")
    assert _fitting(recipe, "efficientnetb0").weights == "lite0"
    assert _fitting(recipe, "vit").weights is None
    assert _fitting(Recipe(weights="my.weights.h5"), "vit").weights == "my.weights.h5"


def test_one_label_is_nothing_to_compare_on(tmp_path: Path):
    from classifier.compare import compare

    data = write_data(tmp_path / "one", ["Watches"] * 30)
    with pytest.raises(NoUsableData, match="a classifier needs two"):
        compare([data], ["basic-cnn"], SHORT, load_tree(), tmp_path / "out")
