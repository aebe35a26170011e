import json
import logging
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from classifier.datasets.layouts import read_folders
from classifier.datasets.rules import Rule, Rules, load_rules, words
from classifier.errors import BadRules

from .drawing import SHAPES, write_data
from .test_datasets_layouts import draw, write_csv

KAGGLE = Path(__file__).resolve().parents[3] / "shared" / "data" / "fashion-product-images-small"
SIX = {"topwear", "underwear", "jewelry", "fragrances", "shoes", "eyewear"}


def rules(tmp_path: Path, *entries: dict[str, Any]) -> Rules:
    file = tmp_path / "rules.json"
    file.write_text(json.dumps(entries), encoding="utf-8")
    return load_rules(file)


@pytest.mark.parametrize(
    ("text", "label"),
    [
        ("Blue T-Shirt", "shirts"),
        ("BLUE T SHIRT", "shirts"),
        ("<p>Blue <b>T-Shirt</b><br/>for men</p>", "shirts"),
        ("Blue T&#8209;Shirt", "shirts"),
        ("Flip&nbsp;Flops", "shoes"),
        ("\uff26\uff4c\uff49\uff50 \ufb02ops", "shoes"),
        ("flip the flops", None),
        ('<img alt="t-shirt">', None),
        ("<!-- t-shirt -->", None),
        ("T-Shirts", None),
        ("at shirt", None),
        ("T-Shirt dress", "dresses"),
        ("flip flops for a t-shirt", "shirts"),
        ("price < 5 t-shirt > 3", "shirts"),
        ("", None),
    ],
)
def test_whole_words_count_and_neither_case_nor_markup(tmp_path: Path, text: str, label: str | None):
    chosen = rules(
        tmp_path,
        {"label": "shirts", "column": "title", "any": ["t-shirt"], "not": ["dress"]},
        {"label": "shoes", "column": "title", "any": ["shoes", "flip flops"]},
        {"label": "dresses", "column": "title", "any": ["dress"]},
    )
    assert chosen.label({"title": text}) == label
    assert chosen.labels == ("dresses", "shirts", "shoes")


def test_a_rule_may_look_at_several_columns_and_no_phrase_spans_them(tmp_path: Path):
    chosen = rules(tmp_path, {"label": "shoes", "column": ["title", "kind"], "any": ["flip flops"]})
    assert chosen.label({"kind": "Flip Flops"}) == "shoes"
    assert chosen.label({"title": "flip", "kind": "flops"}) is None
    assert chosen.label({"other": "flip flops"}) is None


@pytest.mark.parametrize(
    "entry",
    [
        {"column": "title", "any": ["x"]},
        {"label": "", "column": "title", "any": ["x"]},
        {"label": "a", "column": "title", "any": []},
        {"label": "a", "column": "title", "any": "x"},
        {"label": "a", "column": "title", "any": ["-"]},
        {"label": "a", "column": [], "any": ["x"]},
        {"label": "a", "column": 3, "any": ["x"]},
        {"label": "a", "column": "title", "any": ["x"], "none": ["y"]},
        "title",
    ],
)
def test_a_rule_that_cannot_be_used_is_named(tmp_path: Path, entry: Any):
    with pytest.raises(BadRules, match="rule 2 cannot be used"):
        rules(tmp_path, {"label": "a", "column": "title", "any": ["x"]}, entry)


@pytest.mark.parametrize(
    ("text", "message"), [("{", "no JSON"), ("{}", "no rule file"), ("[]", "no rule file")]
)
def test_a_file_of_something_else_is_refused(tmp_path: Path, text: str, message: str):
    (tmp_path / "rules.json").write_text(text)
    with pytest.raises(BadRules, match=message):
        load_rules(tmp_path / "rules.json")


def test_a_name_that_nobody_ships_lists_those_that_are():
    with pytest.raises(BadRules, match=r"neither a shipped rule file .*report-six"):
        load_rules("report-five")


def test_kaggle_rows_take_their_label_from_the_rules(tmp_path: Path, caplog: pytest.LogCaptureFixture):
    folder = write_data(tmp_path / "data", SHAPES * 2)
    chosen = rules(tmp_path, {"label": "round", "column": "articleType", "any": ["watches"]})
    assert [(e.id, e.label) for e in read_folders([folder], chosen)] == [("1", "round"), ("4", "round")]
    assert "4 products that no rule fits: 2, 3, 5, 6" in caplog.text


def test_tables_and_class_folders_take_their_label_from_the_rules(tmp_path: Path):
    chosen = rules(tmp_path, {"label": "neckwear", "column": ["Type", "label"], "any": ["ties", "tie"]})
    write_csv(tmp_path / "table" / "a.csv", ("title", "Type"), ("One", "Silk tie"), ("Two", "Shirt"))
    draw(tmp_path / "folders" / "Ties" / "1.jpg")
    draw(tmp_path / "folders" / "Hats" / "2.jpg")
    examples = read_folders([tmp_path / "table", tmp_path / "folders"], chosen)
    assert [(e.source, e.label) for e in examples] == [("a", "neckwear"), ("folders", "neckwear")]


def test_the_report_has_six_categories():
    assert set(load_rules("report-six").labels) == SIX


@pytest.mark.skipif(not KAGGLE.is_dir(), reason="the Kaggle pictures are not on this machine")
def test_the_reports_six_on_the_kaggle_table(caplog: pytest.LogCaptureFixture):
    with caplog.at_level(logging.WARNING):
        counts = Counter(example.label for example in read_folders([KAGGLE], load_rules("report-six")))
    assert counts == {
        "topwear": 8011,
        "shoes": 5638 + 875 + 823,
        "underwear": 1624,
        "eyewear": 985,
        "jewelry": 982,
        "fragrances": 912 + 6,
    }
    assert f"{32617 - counts.total()} products that no rule fits" in caplog.text


def test_thousands_of_rules_find_theirs():
    many = Rules([Rule(f"label {n}", ("title",), (words(f"kind{n} thing"),)) for n in range(5000)])
    found = [many.label({"title": f"A fine kind{n % 6000} thing of cloth"}) for n in range(20_000)]
    assert found[4999:5001] == ["label 4999", None]
