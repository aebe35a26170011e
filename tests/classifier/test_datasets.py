import logging
from collections import Counter
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from PIL import Image, ImageOps

from classifier.datasets import fingerprints
from classifier.datasets.caps import capped
from classifier.datasets.example import PARTS, Example
from classifier.datasets.grouping import grouped
from classifier.datasets.kaggle import read_kaggle
from classifier.datasets.layouts import read_folders
from classifier.datasets.split import PartIds, split
from classifier.errors import NoUsableData
from classifier.labels import load_tree
from classifier.pictures import decode_all
from classifier.prepare import class_weights, prepare

from .drawing import SHAPES, write_data, write_table
from .test_images import png_header


def example(name: str, group: str | None = None, picture: Path | None = Path("none.jpg")) -> Example:
    return Example(name, picture, "Ties", "", group or name, "data")


def test_broken_rows_and_missing_pictures_are_named_and_left_out(tmp_path: Path):
    folder = write_data(tmp_path / "data", SHAPES)
    (folder / "styles.csv").write_text(
        "id,articleType,baseColour,productDisplayName\n"
        "1,Watches,Red,A watch, a strap, and a box\n"
        "2,Shirts\n"
        "../3,Ties,Red,Outside\n"
        ",Ties,Red,No id\n"
        "\n"
        "9,Ties,Red,No picture\n"
        '3,Ties,Red,"Quoted, with comma"\n',
        encoding="utf-8",
    )
    reading = read_kaggle(folder)
    assert [(e.id, e.label, e.title) for e in reading.examples] == [
        ("1", "Watches", "A watch, a strap, and a box"),
        ("3", "Ties", "Quoted, with comma"),
    ]
    assert reading.missing_pictures == (folder / "images" / "9.jpg",)
    assert reading.broken_rows == (3, 4, 5, 6)


def test_what_was_left_out_is_logged(tmp_path: Path, caplog: pytest.LogCaptureFixture):
    folder = write_data(tmp_path / "data", SHAPES)
    write_table(folder, [(str(number), "Ties", "Red", "") for number in range(1, 11)])
    with caplog.at_level(logging.INFO):
        assert len(read_folders([folder])) == 3
    assert "7 pictures missing: 4.jpg, 5.jpg, 6.jpg, 7.jpg, 8.jpg and 2 more" in caplog.text


@pytest.mark.parametrize("table", [None, "", "name,colour\nx,red\n"])
def test_a_folder_of_another_layout_is_refused(tmp_path: Path, table: str | None):
    if table is not None:
        (tmp_path / "styles.csv").write_text(table)
    with pytest.raises(NoUsableData, match=r"styles\.csv"):
        read_kaggle(tmp_path)


def test_a_table_that_is_none_is_refused(tmp_path: Path):
    folder = write_data(tmp_path / "data", SHAPES)
    with (folder / "styles.csv").open("a") as table:
        table.write("4,Ties,Red," + "x" * 11_000_000 + "\n")
    with pytest.raises(NoUsableData, match="no table at line 5"):
        read_kaggle(folder)


def test_the_same_picture_in_another_colour_joins_the_group(tmp_path: Path):
    folder = write_data(tmp_path / "data", SHAPES * 4)
    images = folder / "images"
    with Image.open(images / "5.jpg") as original:
        ImageOps.invert(original).resize((224, 224)).save(images / "50.jpg")
    examples = [example(str(number), picture=images / f"{number}.jpg") for number in (*range(1, 13), 50)]
    groups = {e.id: e.group for e in grouped(examples)}
    assert groups["50"] == groups["5"] == "5"
    assert len(set(groups.values())) == 12


def test_two_pictures_of_one_product_share_a_group(tmp_path: Path):
    one = write_data(tmp_path / "one", SHAPES, seed=1)
    other = write_data(tmp_path / "other", SHAPES, seed=2)
    groups = [e.group for e in grouped(read_folders([one, other]))]
    assert groups == ["1", "2", "3", "1", "2", "3"]


def test_identical_pictures_join_even_without_edges_or_when_broken(tmp_path: Path):
    flat, page = tmp_path / "flat.png", tmp_path / "page.jpg"
    Image.new("RGB", (60, 80), "red").save(flat)
    page.write_bytes(b"<html>not found</html>")
    Image.new("RGB", (60, 80), "blue").save(tmp_path / "other.png")
    pictures = {"1": flat, "2": page, "3": flat, "4": page, "5": tmp_path / "other.png", "6": None}
    examples = [example(name, picture=picture) for name, picture in pictures.items()]
    assert [e.group for e in grouped(examples)] == ["1", "2", "1", "2", "5", "6"]


def test_files_that_are_missing_or_empty_stay_alone(tmp_path: Path):
    (tmp_path / "empty.jpg").touch()
    examples = [example(str(n), picture=tmp_path / "empty.jpg") for n in range(2)]
    examples += [example(str(n), picture=tmp_path / "none.jpg") for n in range(2, 4)]
    assert [e.group for e in grouped(examples)] == ["0", "1", "2", "3"]


def test_a_huge_picture_stays_alone_and_is_not_decoded(tmp_path: Path):
    (tmp_path / "huge.png").write_bytes(png_header(20_000))
    folder = write_data(tmp_path / "data", SHAPES)
    examples = [example("0", picture=tmp_path / "huge.png"), *read_folders([folder])]
    assert [e.group for e in grouped(examples)] == ["0", "1", "2", "3"]


def test_one_label_of_identical_pictures_is_wrong_and_both_are_named(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
):
    folder = write_data(tmp_path / "data", SHAPES * 2)
    images = folder / "images"
    (images / "5.jpg").write_bytes((images / "1.jpg").read_bytes())
    (images / "6.jpg").write_bytes((images / "3.jpg").read_bytes())
    grouped(read_folders([folder]))
    assert "1 identical pictures have different labels: 1 Watches and 5 Shirts" in caplog.text


def test_pairs_are_the_same_whatever_fits_into_memory(monkeypatch: pytest.MonkeyPatch):
    prints = np.random.default_rng(0).normal(size=(300, 8)).astype(np.float32)
    prints /= np.linalg.norm(prints, axis=1, keepdims=True)
    whole = list(fingerprints.near_pairs(prints, 0.8))
    monkeypatch.setattr(fingerprints, "CELLS", 7 * 300)
    assert sorted(fingerprints.near_pairs(prints, 0.8)) == sorted(whole)
    expected = np.argwhere(np.triu(prints @ prints.T > 0.8, 1))
    assert sorted(whole) == [(int(i), int(j)) for i, j in expected]


def test_a_cap_keeps_the_same_products_whatever_the_order():
    examples = [replace(example(f"{label}-{n}"), label=label) for label in ("a", "b", "c") for n in range(20)]
    small, large = capped(examples, 5, seed=1), capped(examples, 12, seed=1)
    assert Counter(e.label for e in small) == {"a": 5, "b": 5, "c": 5}
    assert set(small) < set(large)
    assert set(capped(examples[::-1], 5, seed=1)) == set(small)
    assert set(capped(examples, 5, seed=2)) != set(small)
    assert [e for e in examples if e in small] == list(small)
    assert capped(examples, 20, seed=1) == tuple(examples)


def test_five_thousand_labels_and_a_hundred_thousand_products():
    examples = [
        Example(str(number), None, f"label {number % 5000}", "", str(number // 2), "data")
        for number in range(100_000)
    ]
    few = capped(examples, 12, seed=0)
    parts = split(few, seed=0)
    assert len(few) == 60_000
    assert len({e.label for e in parts.train}) == 5000


def test_a_stated_side_is_kept_and_held_out_goes_before_learnt():
    stated = {
        "a": (("train",), "g"),
        "b": (("validation",), "g"),
        "c": (("test",), "h"),
        "d": (("validation",), "h"),
        "e": (PARTS, "h"),
        "f": (("train",), "k"),
        "i": (PARTS, "k"),
    }
    examples = [replace(example(name, group), parts=parts) for name, (parts, group) in stated.items()]
    for seed in range(5):
        assert split(examples, seed).ids == PartIds(frozenset("fi"), frozenset("ab"), frozenset("cde"))


def test_what_an_earlier_training_saw_goes_before_what_is_stated():
    before = PartIds(train=frozenset({"a"}), test=frozenset({"b"}))
    examples = [
        replace(example("a"), parts=("validation",)),
        replace(example("b"), parts=("train",)),
        replace(example("c", "b"), parts=("train",)),
    ]
    assert split(examples, 0, before).ids == PartIds(frozenset("a"), frozenset(), frozenset("bc"))


def test_a_split_keeps_groups_together_and_shares():
    examples = [example(f"{group}-{member}", str(group)) for group in range(1000) for member in range(3)]
    parts = split(examples, seed=4)
    groups = [{e.group for e in part} for part in (parts.train, parts.validation, parts.test)]
    assert not groups[0] & groups[1]
    assert not groups[0] & groups[2]
    assert not groups[1] & groups[2]
    assert [len(part) for part in groups] == pytest.approx([800, 100, 100], abs=40)


def test_a_group_that_holds_much_of_its_label_is_learnt_from_whatever_the_seed():
    others = [replace(example(f"s{n}"), label="Shirts") for n in range(400)]
    ties = [example(f"t{n}", group="t" if n < 40 else None) for n in range(60)]
    for seed in range(20):
        parts = split([*others, *ties], seed).ids
        assert {f"t{n}" for n in range(40)} <= parts.train
    small = [split(ties[20:40] + [example(f"x{n}") for n in range(200)], seed).ids for seed in range(40)]
    assert any("t20" in parts.test for parts in small)  # a tenth of its label may be held out


def test_a_split_depends_on_the_seed_and_not_on_the_order():
    examples = [example(str(number)) for number in range(300)]
    assert split(examples, 1).ids == split(examples[::-1], 1).ids
    assert split(examples, 1).ids != split(examples, 2).ids


def test_what_was_on_one_side_before_stays_there_whatever_the_seed():
    examples = [example(str(number)) for number in range(200)]
    before = split(examples, 0).ids
    assert split(examples, 1, before).ids == before


def test_new_members_follow_their_group_and_known_ones_stay():
    before = PartIds(train=frozenset({"a"}), validation=frozenset({"v"}), test=frozenset({"b"}))
    examples = [
        example("a", "g"),
        example("b", "g"),
        example("new", "g"),
        example("v", "h"),
        example("w", "h"),
    ]
    assert split(examples, 0, before).ids == PartIds(
        frozenset({"a"}), frozenset({"v", "w"}), frozenset({"b", "new"})
    )


def test_broken_pictures_are_named_and_left_out(tmp_path: Path):
    folder = write_data(tmp_path / "data", SHAPES)
    (folder / "images" / "2.jpg").write_bytes(b"<html>not found</html>")
    pictures = decode_all(read_folders([folder]), 32)
    assert [e.id for e in pictures.examples] == ["1", "3"]
    assert pictures.pixels.shape == (2, 32, 32, 3)
    assert pictures.sides.tolist() == [60, 60]
    assert pictures.broken == (str(folder / "images" / "2.jpg"),)


def test_labels_with_few_examples_and_unknown_ones_are_not_learnt(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
):
    folder = write_data(
        tmp_path / "data", ["Watches"] * 30 + ["Shirts"] * 30 + ["Ties"] + ["Locomotives"] * 20
    )
    with caplog.at_level(logging.INFO):
        data = prepare([folder], load_tree(), seed=0, resume=None)
    assert data.classes == ("Shirts", "Watches")
    assert "Locomotives" in caplog.text
    assert "1 labels have under 15 examples and are not learnt: Ties" in caplog.text


@pytest.mark.parametrize("labels", [["Watches"] * 30, ["Watches"] * 30 + ["Ties"], []])
def test_less_than_two_classes_are_refused(tmp_path: Path, labels: list[str]):
    folder = write_data(tmp_path / "data", labels)
    with pytest.raises(NoUsableData, match="needs two"):
        prepare([folder], load_tree(), seed=0, resume=None)


def test_rare_classes_weigh_more_and_the_mean_stays_one():
    labels = np.array([0] * 90 + [1] * 10)
    weights = class_weights(labels, 2)
    assert weights[1] > weights[0]
    assert weights[labels].mean() == pytest.approx(1)
