"""The layout of Kaggle's Fashion Product Images: `styles.csv` beside `images/<id>.jpg`."""

import csv
from collections.abc import Iterator
from pathlib import Path

from classifier.datasets.example import Example, Reading
from classifier.errors import NoUsableData

TABLE = "styles.csv"
COLUMNS = ("id", "articleType", "productDisplayName")


def read_kaggle(folder: Path) -> Reading:
    """Read `folder`; rows that cannot be used and pictures that are not there are left out and named.

    The published table has unquoted commas in some titles; what overflows belongs to the last column.
    Raises NoUsableData when the folder has not this layout.
    """
    examples, missing, broken = [], [], []
    pictures = {path.name for path in (folder / "images").glob("*.jpg")}
    for line, row in _rows(folder / TABLE):
        if row is None:
            broken.append(line)
            continue
        name, label, title = row
        picture = folder / "images" / f"{name}.jpg"
        if picture.name in pictures:
            examples.append(Example(name, picture, label, title, group=name, source=folder.name))
        else:
            missing.append(picture)
    return Reading(tuple(examples), tuple(missing), tuple(broken))


def _rows(table: Path) -> Iterator[tuple[int, tuple[str, str, str] | None]]:
    """Yield line number and (id, label, title), or None for a row that cannot be used."""
    if not table.is_file():
        raise NoUsableData(f"{table} does not exist: expected a folder with {TABLE} and images/<id>.jpg.")
    with table.open(encoding="utf-8-sig", errors="replace", newline="") as file:
        reader = csv.reader(file)
        header = next(reader, [])
        if not set(COLUMNS) <= set(header):
            raise NoUsableData(f"{table} lacks one of the columns {', '.join(COLUMNS)}.")
        places = [header.index(column) for column in COLUMNS]
        try:
            for cells in reader:
                yield reader.line_num, _usable(cells, len(header), places)
        except csv.Error as error:
            raise NoUsableData(f"{table} is no table at line {reader.line_num}: {error}.") from error


def _usable(cells: list[str], width: int, places: list[int]) -> tuple[str, str, str] | None:
    if len(cells) < width:
        return None
    whole = [*cells[: width - 1], ",".join(cells[width - 1 :])]
    name, label, title = (whole[place].strip() for place in places)
    return (name, label, title) if name and label and Path(name).name == name else None
