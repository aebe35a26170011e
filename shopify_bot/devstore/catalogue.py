"""Reads a folder in the Kaggle layout, `images/<id>.jpg` beside `styles.csv`, however untidy its rows are."""

import csv
import random
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from classifier.labels import load_tree
from shopify_bot.devstore.errors import CatalogueUnreadable

TEXT, LABEL, KEY, TROUBLE = "productDisplayName", "articleType", "id", "trouble"


@dataclass(frozen=True)
class CatalogueItem:
    """One product of a catalogue. `trouble` says what is hard about it, such as late or broken."""

    title: str
    picture: Path
    label: str
    trouble: str = ""

    @property
    def vendor(self) -> str:
        """A guess: titles of shops tend to begin with the brand."""
        first = self.title.split(maxsplit=1)[0]
        return first if first.isalpha() and first[0].isupper() else ""


def read_catalogue(folder: Path) -> Iterator[CatalogueItem]:
    """Every usable row, one by one: a known label, a title, and a picture that is a file in `images/`.

    Raises CatalogueUnreadable.
    """
    known = load_tree().leaves
    for row in _rows(folder):
        title, label, key = (row.get(name, "").strip() for name in (TEXT, LABEL, KEY))
        picture = _picture(folder, key)
        if title and label in known and picture is not None:
            yield CatalogueItem(title, picture, label, row.get(TROUBLE, "").strip().lower())


def choose(folder: Path, count: int | None, seed: int = 0) -> list[CatalogueItem]:
    """`count` items, evenly spread over the labels; the same seed chooses the same ones. None: all of them.

    Raises CatalogueUnreadable.
    """
    by_label: dict[str, list[CatalogueItem]] = {}
    for item in read_catalogue(folder):
        by_label.setdefault(item.label, []).append(item)
    chance = random.Random(seed)
    piles = [by_label[label] for label in sorted(by_label)]
    chance.shuffle(piles)
    for pile in piles:
        chance.shuffle(pile)
    chosen: list[CatalogueItem] = []
    while any(piles) and (count is None or len(chosen) < count):
        chosen.extend(pile.pop() for pile in piles if pile)
    return chosen[:count]


def _rows(folder: Path) -> Iterator[dict[str, str]]:
    file = folder / "styles.csv"
    if not (folder / "images").is_dir():
        raise CatalogueUnreadable(f"{folder} has no folder images/; give a folder in the Kaggle layout.")
    try:
        with file.open(encoding="utf-8-sig", errors="replace", newline="") as lines:
            yield from _read(lines, file)
    except OSError as error:
        raise CatalogueUnreadable(f"Cannot read {file}: {error}") from error


def _read(lines: Iterator[str], file: Path) -> Iterator[dict[str, str]]:
    rows = csv.reader(line.replace("\0", "") for line in lines)
    header = next(rows, [])
    if missing := {TEXT, LABEL, KEY} - set(header):
        raise CatalogueUnreadable(f"{file} has no column {', '.join(sorted(missing))}.")
    while True:
        try:
            cells = next(rows)
        except StopIteration:
            return
        except csv.Error:
            continue  # a single field larger than csv takes: no title, certainly
        if len(cells) >= len(header):
            yield _named(header, cells)


def _named(header: list[str], cells: list[str]) -> dict[str, str]:
    """Cells by column; commas too many belong to the title, which Kaggle does not quote."""
    start = header.index(TEXT)
    end = len(cells) - (len(header) - start - 1)
    whole = [*cells[:start], ",".join(cells[start:end]), *cells[end:]]
    return dict(zip(header, whole, strict=True))


def _picture(folder: Path, key: str) -> Path | None:
    if not key or Path(key).name != key:
        return None
    file = folder / "images" / f"{key}.jpg"
    return file if file.is_file() and not file.is_symlink() else None
