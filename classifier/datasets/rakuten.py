"""The layout of the Rakuten challenge: `X_train*.csv` and `Y_train*.csv` beside `images/`."""

import os
from pathlib import Path

from classifier.datasets.example import Example, Reading
from classifier.datasets.rules import Rules
from classifier.datasets.tables import Row, columns, rows
from classifier.errors import NoUsableData

LABEL = "prdtypecode"
COLUMNS = ("designation", "description", "productid", "imageid")
IMAGES = ("images/image_train", "images", "image_train", ".")


def is_rakuten(folder: Path) -> bool:
    """Say whether both tables are there, by the names that the challenge gives them."""
    return bool(_tables(folder, "X_train") and _tables(folder, "Y_train"))


def read_rakuten(folder: Path, rules: Rules | None = None) -> Reading:
    """Read `folder`; the label is the product type code, or what `rules` make of the row of both tables.

    Raises NoUsableData when a table lacks a column.
    """
    texts, answers = _table(folder, "X_train", COLUMNS), _table(folder, "Y_train", (LABEL,))
    codes = {_key(row, line): row for line, row in rows(answers) if row}
    pictures = _pictures(folder)
    examples, missing, broken, ruleless = [], [], [], []
    for line, row in rows(texts):
        answer = codes.get(_key(row, line)) if row else None
        if not row or not answer or not answer[LABEL] or not row["productid"]:
            broken.append(line)
            continue
        product, name = row["productid"], f"image_{row['imageid']}_product_{row['productid']}.jpg"
        label = rules.label({**answer, **row}) if rules else answer[LABEL]
        if label is None:
            ruleless.append(product)
        elif name not in pictures:
            missing.append(folder / "images" / name)
        else:
            examples.append(_example(row, pictures[name], label, folder.name))
    return Reading(tuple(examples), tuple(missing), tuple(broken), ruleless=tuple(ruleless))


def _example(row: Row, picture: Path, label: str, source: str) -> Example:
    product = row["productid"]
    return Example(product, picture, label, row["designation"], product, source, row["description"])


def _key(row: Row, line: int) -> str:
    """The number of the product, which both tables have in their nameless first column; else its line."""
    return row.get("", str(line))


def _tables(folder: Path, name: str) -> list[Path]:
    return sorted(folder.glob(f"{name}*.csv"))


def _table(folder: Path, name: str, wanted: tuple[str, ...]) -> Path:
    found = _tables(folder, name)
    if len(found) != 1:
        raise NoUsableData(f"{folder} needs one {name}*.csv and has {len(found)}.")
    if not set(wanted) <= set(columns(found[0])):
        raise NoUsableData(f"{found[0]} lacks one of the columns {', '.join(wanted)}.")
    return found[0]


def _pictures(folder: Path) -> dict[str, Path]:
    found: dict[str, Path] = {}
    for place in IMAGES:
        if (folder / place).is_dir():
            for entry in os.scandir(folder / place):
                found.setdefault(entry.name, Path(entry.path))
    return found
