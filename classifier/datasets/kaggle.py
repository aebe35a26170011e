"""The layout of Kaggle's Fashion Product Images: `styles.csv` beside `images/<id>.jpg`."""

import os
from pathlib import Path

from classifier.datasets.example import Example, Reading
from classifier.datasets.rules import Rules
from classifier.datasets.tables import Row, columns, rows
from classifier.errors import NoUsableData

TABLE = "styles.csv"
LABEL = "articleType"
COLUMNS = ("id", "productDisplayName")


def read_kaggle(folder: Path, rules: Rules | None = None) -> Reading:
    """Read `folder`; rows that cannot be used and pictures that are not there are left out and named.

    The label is the article type, or what `rules` make of the row. The published table has unquoted commas
    in some titles; what overflows belongs to the last column. Raises NoUsableData for another layout.
    """
    _check(folder / TABLE, rules)
    examples, missing, broken, ruleless = [], [], [], []
    images = folder / "images"
    pictures = set(os.listdir(images)) if images.is_dir() else set()
    for line, row in rows(folder / TABLE, overflow=True):
        if row is None or not _is_usable(row, rules):
            broken.append(line)
            continue
        name, picture = row["id"], images / f"{row['id']}.jpg"
        label = rules.label(row) if rules else row[LABEL]
        if label is None:
            ruleless.append(name)
        elif picture.name not in pictures:
            missing.append(picture)
        else:
            title = row["productDisplayName"]
            examples.append(Example(name, picture, label, title, group=name, source=folder.name))
    return Reading(tuple(examples), tuple(missing), tuple(broken), ruleless=tuple(ruleless))


def _check(table: Path, rules: Rules | None) -> None:
    if not table.is_file():
        raise NoUsableData(f"{table} does not exist: expected a folder with {TABLE} and images/<id>.jpg.")
    wanted = COLUMNS if rules else (*COLUMNS, LABEL)
    if not set(wanted) <= set(columns(table)):
        raise NoUsableData(f"{table} lacks one of the columns {', '.join(wanted)}.")


def _is_usable(row: Row, rules: Rules | None) -> bool:
    filled = bool(row["id"] and (rules or row[LABEL]))
    return filled and Path(row["id"]).name == row["id"]
