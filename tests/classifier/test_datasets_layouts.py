import csv
import json
import random
from collections import Counter
from pathlib import Path

import pytest

from classifier.datasets.example import Example
from classifier.datasets.grouping import grouped
from classifier.datasets.layouts import read_folder, read_folders
from classifier.datasets.split import split
from classifier.errors import NoUsableData
from classifier.pictures import decode_all

from .drawing import SHAPES, draw_shape, write_data
from .test_images import animated_gif, cmyk, png_header, sixteen_bit_grey

PHOTOGRAPHS = Path(__file__).resolve().parents[3] / "shared" / "data" / "clothing-dataset-small"
RNG = random.Random(7)


def draw(file: Path, label: str = "Ties") -> Path:
    file.parent.mkdir(parents=True, exist_ok=True)
    draw_shape(label, RNG).save(file, quality=95)
    return file


def write_csv(file: Path, *rows: tuple[str, ...], delimiter: str = ",") -> Path:
    file.parent.mkdir(parents=True, exist_ok=True)
    with file.open("w", encoding="utf-8", newline="") as table:
        csv.writer(table, delimiter=delimiter).writerows(rows)
    return file


def by_part(folder: Path, seed: int = 0) -> dict[str, set[str]]:
    parts = split(grouped(read_folders([folder])), seed)
    return {name: {example.id for example in part} for name, part in vars(parts).items()}


# class folders


def test_a_folder_per_label(tmp_path: Path):
    for label in SHAPES:
        draw(tmp_path / "shop" / label / "1.jpg", label)
        draw(tmp_path / "shop" / label / "2.PNG", label)
    examples = read_folders([tmp_path / "shop"])
    assert Counter(example.label for example in examples) == dict.fromkeys(SHAPES, 2)
    assert examples[0] == Example(
        "shop/Shirts/1.jpg",
        tmp_path / "shop" / "Shirts" / "1.jpg",
        "Shirts",
        "",
        "shop/Shirts/1.jpg",
        "shop",
    )


def test_an_empty_class_folder_and_strange_files_are_named(tmp_path: Path, caplog: pytest.LogCaptureFixture):
    draw(tmp_path / "Ties" / "1.jpg")
    (tmp_path / "Ties" / "Thumbs.db").touch()
    (tmp_path / "Ties" / ".DS_Store").touch()
    (tmp_path / "Hats").mkdir()
    assert len(read_folders([tmp_path])) == 1
    assert "1 class folders without a picture: Hats" in caplog.text
    assert "1 files or folders that are no part of the layout: Ties/Thumbs.db" in caplog.text


def test_stated_sides_are_kept_whatever_the_seed(tmp_path: Path):
    for part in ("train", "validation", "test"):
        for number in range(12):
            draw(tmp_path / part / "Ties" / f"{number}.jpg")
    for seed in range(3):
        for part, ids in by_part(tmp_path, seed).items():
            assert ids == {f"{tmp_path.name}/{part}/Ties/{number}.jpg" for number in range(12)}


def test_a_side_without_a_folder_is_drawn_from_train(tmp_path: Path):
    for number in range(60):
        draw(tmp_path / "train" / "Ties" / f"{number}.jpg")
    for number in range(5):
        draw(tmp_path / "val" / "Ties" / f"{number}.jpg")
    parts = by_part(tmp_path)
    assert parts["validation"] == {f"{tmp_path.name}/val/Ties/{number}.jpg" for number in range(5)}
    assert 1 <= len(parts["test"]) <= 15
    assert all("/train/" in name for name in parts["test"] | parts["train"])


def test_a_part_given_by_itself_states_nothing_and_keeps_its_ids(tmp_path: Path):
    for number in range(60):
        draw(tmp_path / "train" / "Ties" / f"{number}.jpg")
    parts = by_part(tmp_path / "train")
    assert parts["validation"]
    assert parts["test"]
    assert set.union(*parts.values()) == {e.id for e in read_folders([tmp_path])}


def test_a_training_picture_that_is_held_out_too_joins_the_held_out_side(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
):
    seen = draw(tmp_path / "test" / "Ties" / "seen.jpg")
    (tmp_path / "train" / "Ties").mkdir(parents=True)
    (tmp_path / "train" / "Ties" / "copy.jpg").write_bytes(seen.read_bytes())
    draw(tmp_path / "train" / "Ties" / "other.jpg")
    name = tmp_path.name
    assert by_part(tmp_path)["test"] >= {f"{name}/test/Ties/seen.jpg", f"{name}/train/Ties/copy.jpg"}
    assert "1 products leave the side that the data state" in caplog.text


def test_flat_pictures_beside_the_parts_are_named(tmp_path: Path, caplog: pytest.LogCaptureFixture):
    draw(tmp_path / "train" / "Ties" / "1.jpg")
    draw(tmp_path / "test" / "unlabelled.jpg")
    assert [example.label for example in read_folders([tmp_path])] == ["Ties"]
    assert "no part of the layout: test" in caplog.text


def test_a_label_may_be_called_train(tmp_path: Path):
    draw(tmp_path / "train" / "1.jpg")
    draw(tmp_path / "car" / "1.jpg")
    assert {example.label for example in read_folders([tmp_path])} == {"train", "car"}


def test_bad_pictures_are_named_with_their_reason_and_never_fatal(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
):
    folder = tmp_path / "shop" / "Ties"
    whole = draw(folder / "whole.jpg").read_bytes()
    bad = {
        "empty.jpg": (b"", "is empty"),
        "truncated.jpg": (whole[: len(whole) // 2], "is damaged"),
        "page.jpg": (b"<!DOCTYPE html><html>404</html>", "web page"),
        "drawing.png": (b'<svg xmlns="http://www.w3.org/2000/svg"/>', "SVG drawing"),
        "huge.png": (png_header(20_000), "too large"),
        "large.png": (png_header(9_000), "at most"),
    }
    for name, (data, _) in bad.items():
        (folder / name).write_bytes(data)
    good = {"anim.gif": animated_gif(), "cmyk.jpg": cmyk(), "deep.png": sixteen_bit_grey()}
    for name, data in good.items():
        (folder / name).write_bytes(data)
    pictures = decode_all(grouped(read_folders([tmp_path / "shop"])), 32)
    assert {e.picture.name for e in pictures.examples if e.picture} == {"whole.jpg", *good}
    assert {Path(name).name for name in pictures.broken} == set(bad)
    for name, (_, reason) in bad.items():
        line = next(line for line in caplog.messages if f"{name}: " in line)
        assert reason in line
    assert "6 of 10 pictures are broken and left out" in caplog.text


@pytest.mark.skipif(not PHOTOGRAPHS.is_dir(), reason="the photographs are not on this machine")
def test_the_photographs_are_read_with_their_sides():
    reading = read_folder(PHOTOGRAPHS)
    assert len(reading.examples) == 3409
    assert len({example.label for example in reading.examples}) == 10
    assert {example.parts for example in reading.examples} == {("train", "test"), ("validation",)}


# tables of products


def test_a_table_of_products(tmp_path: Path, caplog: pytest.LogCaptureFixture):
    draw(tmp_path / "a.jpg")
    draw(tmp_path / "images" / "b.jpg")
    write_csv(
        tmp_path / "products.csv",
        ("ID", "Picture", "title", "description", "label", "price"),
        ("1", "a.jpg", "A tie", "<b>Silk</b>", "Ties", "3"),
        ("2", "b.jpg", "Another", "", "Ties", "3"),
        ("3", "", "No picture", "", "Ties", "3"),
        ("4", "gone.jpg", "Missing", "", "Ties", "3"),
        ("5", "a.jpg", "No label", "", "", "3"),
        ("6", "", "", "", "Ties", "3"),
        ("7", "a.jpg", "short"),
        ("8", "x" * 5000, "no such name", "", "Ties", "3"),
    )
    examples = read_folders([tmp_path])
    assert [(e.id, e.picture, e.title, e.description) for e in examples] == [
        ("1", tmp_path / "a.jpg", "A tie", "<b>Silk</b>"),
        ("2", tmp_path / "images" / "b.jpg", "Another", ""),
        ("3", None, "No picture", ""),
    ]
    assert "2 pictures missing: gone.jpg, xxx" in caplog.text
    assert "3 rows unusable, line: 6, 7, 8" in caplog.text
    assert examples[0].source == "products"


def test_json_lines_give_the_same_as_a_table(tmp_path: Path):
    draw(tmp_path / "a.jpg")
    rows = [
        {"image": "a.jpg", "title": "Krawatte, blau", "label": "Ties", "id": 7},
        {"image": None, "title": "Uhr", "description": "rund", "label": 12},
    ]
    lines = [json.dumps(rows[0]), "", "{broken", "[1]", json.dumps(rows[1])]
    file = tmp_path / "export.jsonl"
    file.write_text("\n".join(lines), encoding="utf-8")
    reading = read_folder(file)
    assert reading == read_folder(tmp_path)
    assert reading.broken_rows == (3, 4)
    first, second = reading.examples
    assert (first.id, first.title, first.label, first.picture) == (
        "7",
        "Krawatte, blau",
        "Ties",
        tmp_path / "a.jpg",
    )
    assert (second.label, second.description, second.picture) == ("12", "rund", None)
    assert second.id.startswith("text/")


def test_two_pictures_of_one_id_are_two_examples_of_one_product(tmp_path: Path):
    rows = [("g1", draw(tmp_path / name).name, "Ties") for name in ("a.jpg", "b.jpg")]
    write_csv(tmp_path / "products.csv", ("id", "path", "label"), *rows)
    examples = grouped(read_folders([tmp_path]))
    assert [e.picture and e.picture.name for e in examples] == ["a.jpg", "b.jpg"]
    assert {e.group for e in examples} == {"g1"}


def test_products_without_any_picture_can_be_grouped_split_and_decoded(tmp_path: Path):
    write_csv(tmp_path / "products.csv", ("title", "label"), *[(f"Tie {n}", "Ties") for n in range(40)])
    parts = split(grouped(read_folders([tmp_path])), 0)
    assert len(parts.train) + len(parts.validation) + len(parts.test) == 40
    pictures = decode_all(parts.train, 32)
    assert pictures.pixels.shape == (0, 32, 32, 3)
    assert pictures.broken == ()


def test_a_table_about_labels_does_not_hide_class_folders(tmp_path: Path):
    draw(tmp_path / "shop" / "Ties" / "1.jpg")
    write_csv(tmp_path / "shop" / "labels.csv", ("label", "description"), ("Ties", "Worn around the neck"))
    assert [e.id for e in read_folders([tmp_path / "shop"])] == ["shop/Ties/1.jpg"]
    write_csv(tmp_path / "shop" / "all.csv", ("label", "path"), ("Neckwear", "Ties/1.jpg"))
    assert [e.label for e in read_folders([tmp_path / "shop"])] == ["Neckwear"]


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_the_delimiter_is_found(tmp_path: Path, delimiter: str):
    write_csv(tmp_path / "a.csv", ("title", "label"), ("A tie", "Ties"), delimiter=delimiter)
    assert [e.title for e in read_folders([tmp_path])] == ["A tie"]


def test_several_tables_need_a_choice(tmp_path: Path):
    for name in ("one.csv", "two.csv"):
        write_csv(tmp_path / name, ("title", "label"), (name, "Ties"))
    with pytest.raises(NoUsableData, match=r"one\.csv, two\.csv.*give one of the files"):
        read_folders([tmp_path])
    write_csv(tmp_path / "products.csv", ("title", "label"), ("chosen", "Ties"))
    assert [e.title for e in read_folders([tmp_path])] == ["chosen"]
    assert [e.title for e in read_folders([tmp_path / "one.csv"])] == ["one.csv"]


@pytest.mark.parametrize(
    ("name", "text", "message"),
    [
        ("a.csv", "title,colour\nx,red\n", "lacks the column label"),
        ("a.csv", "label,colour\nx,red\n", "needs one of the columns picture"),
        ("a.csv", "", "lacks the column label"),
        ("a.jsonl", "no json\n", "lacks the column label"),
        ("a.txt", "title,label\nx,red\n", "its name ends in none of"),
    ],
)
def test_a_file_that_is_no_table_of_products_says_what_it_lacks(
    tmp_path: Path, name: str, text: str, message: str
):
    (tmp_path / name).write_text(text)
    with pytest.raises(NoUsableData, match=message):
        read_folders([tmp_path / name])


def test_a_folder_of_no_layout_and_one_that_is_not_there(tmp_path: Path):
    with pytest.raises(NoUsableData, match=r"no known layout.*styles\.csv.*X_train.*CSV or JSONL.*<label>"):
        read_folders([tmp_path])
    with pytest.raises(NoUsableData, match="does not exist"):
        read_folders([tmp_path / "nowhere"])


# the Rakuten challenge


def write_rakuten(folder: Path, images: str) -> None:
    texts = [
        ("", "designation", "description", "productid", "imageid"),
        ("0", "Olivia: Personalisiertes Notizbuch", "", "3804725264", "1263597046"),
        ("1", "Grand Stylet, Ergonomique", "PILOT <b>STYLE</b>", "436067568", "1008141237"),
        ("2", "Peluche Donald", "", "201115110", "938777978"),
        ("3", "No answer", "", "50418756", "457047496"),
    ]
    write_csv(folder / "X_train_update.csv", *texts)
    answers = [("", "prdtypecode"), ("1", "40"), ("0", "10"), ("2", "1280")]
    write_csv(folder / "Y_train_CVw08PX.csv", *answers)
    for _, _, _, product, image in texts[1:3]:
        draw(folder / images / f"image_{image}_product_{product}.jpg")


@pytest.mark.parametrize("images", ["images/image_train", "images"])
def test_the_rakuten_challenge(tmp_path: Path, images: str):
    write_rakuten(tmp_path, images)
    reading = read_folder(tmp_path)
    assert [(e.id, e.label, e.title, e.description) for e in reading.examples] == [
        ("3804725264", "10", "Olivia: Personalisiertes Notizbuch", ""),
        ("436067568", "40", "Grand Stylet, Ergonomique", "PILOT <b>STYLE</b>"),
    ]
    assert all(e.picture and e.picture.is_file() for e in reading.examples)
    assert [path.name for path in reading.missing_pictures] == ["image_938777978_product_201115110.jpg"]
    assert reading.broken_rows == (5,)


def test_several_layouts_are_read_at_once(tmp_path: Path):
    write_data(tmp_path / "kaggle", SHAPES)
    write_rakuten(tmp_path / "rakuten", "images")
    draw(tmp_path / "folders" / "Ties" / "1.jpg")
    write_csv(tmp_path / "table" / "products.csv", ("title", "label"), ("A tie", "Ties"))
    examples = read_folders([tmp_path / name for name in ("kaggle", "rakuten", "folders", "table")])
    assert Counter(e.source for e in examples) == {"kaggle": 3, "rakuten": 2, "folders": 1, "products": 1}


def test_long_cells_and_columns_that_come_late_are_read(tmp_path: Path):
    draw(tmp_path / "a.jpg")
    (tmp_path / "long.csv").write_text(f"picture,label,description\na.jpg,Ties,{'x' * 200_000}\n", "utf-8")
    assert len(read_folder(tmp_path / "long.csv").examples[0].description) == 200_000
    late = '{"picture": "a.jpg"}\n{"picture": "a.jpg", "label": "Ties"}\n'
    (tmp_path / "late.jsonl").write_text(late, "utf-8")
    assert [example.label for example in read_folder(tmp_path / "late.jsonl").examples] == ["Ties"]


def test_a_table_from_a_spreadsheet_in_utf_16_is_read(tmp_path: Path):
    draw(tmp_path / "a.jpg")
    (tmp_path / "table.csv").write_text("picture\ttitle\tlabel\na.jpg\tÉcharpe\tTies\n", "utf-16")
    (found,) = read_folder(tmp_path / "table.csv").examples
    assert (found.title, found.label) == ("Écharpe", "Ties")
