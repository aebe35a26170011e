import logging
from pathlib import Path

import numpy as np
import pytest
from PIL import Image, ImageOps

from classifier.datasets.example import Example
from classifier.datasets.grouping import grouped
from classifier.datasets.kaggle import read_kaggle
from classifier.datasets.layouts import read_folders
from classifier.datasets.split import PartIds, split
from classifier.errors import NoUsableData
from classifier.labels import load_tree
from classifier.pictures import decode_all
from classifier.prepare import class_weights, prepare

from .drawing import SHAPES, write_data, write_table


def example(name: str, group: str | None = None, picture: Path = Path("none.jpg")) -> Example:
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
        table.write("4,Ties,Red," + "x" * 200_000 + "\n")
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


def test_a_split_keeps_groups_together_and_shares():
    examples = [example(f"{group}-{member}", str(group)) for group in range(1000) for member in range(3)]
    parts = split(examples, seed=4)
    groups = [{e.group for e in part} for part in (parts.train, parts.validation, parts.test)]
    assert not groups[0] & groups[1]
    assert not groups[0] & groups[2]
    assert not groups[1] & groups[2]
    assert [len(part) for part in groups] == pytest.approx([800, 100, 100], abs=40)


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
