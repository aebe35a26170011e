"""Rows of CSV and JSONL tables, one mapping from column to text per row."""

import csv
import json
from codecs import BOM_UTF16_BE, BOM_UTF16_LE
from collections.abc import Iterable, Iterator, Mapping
from itertools import islice
from pathlib import Path
from typing import Any

from classifier.errors import NoUsableData

Row = Mapping[str, str]
DELIMITERS = ",;\t"
SUFFIXES = (".csv", ".jsonl")
LOOKED_AT = 100
LONGEST_CELL = 10_000_000


def rows(table: Path, overflow: bool = False) -> Iterator[tuple[int, Row | None]]:
    """Yield line number and cells by column; None for a row that has another width or is no object.

    With `overflow`, cells too many belong to the last column: the table has commas that nobody quoted.
    Raises NoUsableData when the file is no table.
    """
    return _json_rows(table) if table.suffix.lower() == ".jsonl" else _csv_rows(table, overflow)


def columns(table: Path) -> tuple[str, ...]:
    """Return the names of the columns; of JSONL, those of its first objects. Raises NoUsableData."""
    if table.suffix.lower() == ".jsonl":
        first = islice(_json_rows(table), LOOKED_AT)
        return tuple(dict.fromkeys(name for _, row in first if row for name in row))
    with table.open(encoding=_encoding(table), errors="replace", newline="") as file:
        return tuple(_header(file)[0])


def _csv_rows(table: Path, overflow: bool) -> Iterator[tuple[int, Row | None]]:
    with table.open(encoding=_encoding(table), errors="replace", newline="") as file:
        header, delimiter = _header(file)
        reader = csv.reader(file, delimiter=delimiter)
        limit = csv.field_size_limit(LONGEST_CELL)  # a description may be longer than the usual limit
        try:
            for cells in reader:
                line = reader.line_num + 1
                if overflow and len(cells) > len(header):
                    cells = [*cells[: len(header) - 1], delimiter.join(cells[len(header) - 1 :])]
                whole = len(cells) == len(header)
                yield line, dict(zip(header, map(str.strip, cells), strict=True)) if whole else None
        except csv.Error as error:
            raise NoUsableData(f"{table} is no table at line {reader.line_num + 1}: {error}.") from error
        finally:
            csv.field_size_limit(limit)


def _encoding(table: Path) -> str:
    """UTF-8, or what spreadsheets call Unicode text."""
    with table.open("rb") as file:
        return "utf-16" if file.read(2) in (BOM_UTF16_LE, BOM_UTF16_BE) else "utf-8-sig"


def _header(lines: Iterable[str]) -> tuple[list[str], str]:
    """The names of the columns, and the delimiter that finds most of them."""
    line = next(iter(lines), "").rstrip("\r\n")
    delimiter = max(DELIMITERS, key=line.count)
    return [name.strip() for name in next(csv.reader([line], delimiter=delimiter), [])], delimiter


def _json_rows(file: Path) -> Iterator[tuple[int, Row | None]]:
    with file.open(encoding="utf-8-sig", errors="replace") as lines:
        for number, line in enumerate(lines, 1):
            if line.strip():
                yield number, _object(line)


def _object(line: str) -> Row | None:
    try:
        value: Any = json.loads(line)
    except (ValueError, RecursionError):
        return None
    if not isinstance(value, dict):
        return None
    return {key.strip(): "" if cell is None else str(cell).strip() for key, cell in value.items()}
