"""Catalogues in the Kaggle layout, tidy and untidy."""

from collections import Counter
from pathlib import Path

import pytest

from shopify_bot.devstore import DevStoreError, Shop
from shopify_bot.devstore.catalogue import choose, read_catalogue
from shopify_bot.devstore.filling import fill
from tests.devstore.conftest import picture

HEADER = "id,gender,articleType,productDisplayName"


def catalogue(folder: Path, *rows: str, header: str = HEADER) -> Path:
    """A catalogue of these rows; every id that looks like one has a picture."""
    (folder / "images").mkdir()
    (folder / "styles.csv").write_text("\n".join([header, *rows]) + "\n", encoding="utf-8")
    for row in rows:
        key = row.partition(",")[0]
        if key.isalnum():
            (folder / "images" / f"{key}.jpg").write_bytes(picture((6, 8)))
    return folder


def titles(folder: Path) -> list[str]:
    return [item.title for item in read_catalogue(folder)]


def test_commas_too_many_belong_to_the_title(tmp_path: Path) -> None:
    folder = catalogue(tmp_path, "1,Men,Shirts,Acme Shirt, blue, large", '2,Men,Shirts,"Quoted, ""so"""')
    assert titles(folder) == ["Acme Shirt, blue, large", 'Quoted, "so"']


def test_commas_before_a_trouble_column(tmp_path: Path) -> None:
    rows = ("1,Men,Shirts,Acme, blue,late", "2,Men,Shirts,Plain,")
    items = list(read_catalogue(catalogue(tmp_path, *rows, header=f"{HEADER},trouble")))
    assert [(item.title, item.trouble) for item in items] == [("Acme, blue", "late"), ("Plain", "")]


@pytest.mark.parametrize(
    "row",
    [
        "2,Men,Shirts",
        "2,Men,No Such Label,Thing",
        "2,Men,Shirts,   ",
        ",Men,Shirts,No id",
        "../1,Men,Shirts,Escaping",
        "/etc/1,Men,Shirts,Escaping",
        "no-picture,Men,Shirts,No picture",
        "\0,Men,Shirts,Nothing",
        "",
        f"2,Men,Shirts,{'x' * 200_000}",
    ],
)
def test_unusable_rows_are_passed_over(tmp_path: Path, row: str) -> None:
    folder = catalogue(tmp_path, "1,Men,Shirts,First", row, "3,Men,Jeans,Last")
    assert titles(folder) == ["First", "Last"]


def test_pictures_outside_the_folder_are_not_followed(tmp_path: Path) -> None:
    folder = catalogue(tmp_path, "1,Men,Shirts,First")
    (folder / "images" / "1.jpg").unlink()
    (folder / "images" / "1.jpg").symlink_to(folder / "styles.csv")
    assert titles(folder) == []


def test_bytes_that_are_no_utf8_do_not_stop_the_reading(tmp_path: Path) -> None:
    folder = catalogue(tmp_path, "1,Men,Shirts,First")
    with (folder / "styles.csv").open("ab") as file:
        file.write(b"1,Men,Shirts,Caf\xe9 shirt\n")
    assert titles(folder) == ["First", "Caf\N{REPLACEMENT CHARACTER} shirt"]


def test_choice_is_even_and_the_same_for_a_seed(tmp_path: Path) -> None:
    rows = [f"{n},Men,{'Shirts' if n < 30 else 'Jeans' if n < 33 else 'Watches'},Item {n}" for n in range(60)]
    folder = catalogue(tmp_path, *rows)
    chosen = choose(folder, 15, seed=1)
    assert Counter(item.label for item in chosen) == {"Shirts": 6, "Watches": 6, "Jeans": 3}
    assert chosen == choose(folder, 15, seed=1) != choose(folder, 15, seed=2)
    assert len(choose(folder, None)) == len(choose(folder, 999)) == 60
    assert choose(folder, 0) == []


def test_vendor_is_guessed_from_the_title(tmp_path: Path) -> None:
    folder = catalogue(tmp_path, "1,Men,Shirts,Acme Shirt", "2,Men,Shirts,2 shirts", "3,Men,Shirts,shirt")
    assert [item.vendor for item in read_catalogue(folder)] == ["Acme", "", ""]


@pytest.mark.parametrize("header", ["", "id,title"])
def test_wrong_columns_are_named(tmp_path: Path, header: str) -> None:
    with pytest.raises(DevStoreError, match=r"has no column .*articleType"):
        titles(catalogue(tmp_path, header=header))


def test_folder_that_is_no_catalogue(tmp_path: Path) -> None:
    with pytest.raises(DevStoreError, match="no folder images/"):
        titles(tmp_path)
    (tmp_path / "images").mkdir()
    with pytest.raises(DevStoreError, match=r"Cannot read .*styles\.csv"):
        titles(tmp_path)


def test_filling_a_shop(tmp_path: Path, shop: Shop) -> None:
    rows = ("1,Men,Shirts,Acme Shirt,late", "2,Men,Jeans,Acme Jeans,")
    folder = catalogue(tmp_path, *rows, header=f"{HEADER},trouble")
    late, plain = map(shop.product, sorted(fill(shop, read_catalogue(folder), late_seconds=60)))
    assert (late.title, late.truth, late.vendor, late.trouble) == ("Acme Shirt", "Shirts", "Acme", "late")
    assert [media.status for media in (*late.media, *plain.media)] == ["UPLOADED", "READY"]
