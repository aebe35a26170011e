"""Mappings as a table: CSV for spreadsheets, JSON for programs. An entry is one label's flat dict.

In CSV an empty cell is the default, `(none)` means no tags or no type, and a cell that a spreadsheet would
compute begins with an apostrophe. In JSON null is the default and lists are lists. A column that is not
there leaves its part as it is.
"""

import csv
import io
import json
from collections.abc import Iterable, Iterator
from typing import Any, NamedTuple

from shopify_bot.errors import BadSheet
from shopify_bot.mapping.meaning import Filing
from shopify_bot.spreadsheet import escaped, unescaped

COLUMNS = (
    "label",
    "category_id",
    "category",
    "product_type",
    "tags",
    "collection_kind",
    "collection",
    "collection_id",
    "channels",
    "status",
    "own",
)
LISTS = ("tags", "channels", "own")
NOTHING = "(none)"
MAY_BE_NOTHING = ("tags", "product_type")

Entry = dict[str, Any]


class Line(NamedTuple):
    """An entry and where it stands, for messages."""

    where: str
    entry: Entry


def entry(filing: Filing) -> Entry:
    """What a label means, as one row."""
    return {
        "label": filing.label,
        "category_id": filing.category_id,
        "category": filing.category,
        "product_type": filing.product_type,
        "tags": list(filing.tags),
        "collection_kind": filing.collection_kind,
        "collection": filing.collection,
        "collection_id": filing.collection_gid,
        "channels": None if filing.publication_ids is None else list(filing.publication_ids),
        "status": filing.status.lower() if filing.status else None,
        "own": sorted(filing.own),
    }


def to_json(filings: Iterable[Filing]) -> str:
    """All entries, as `read` takes them back."""
    return json.dumps([entry(filing) for filing in filings], ensure_ascii=False, indent=2) + "\n"


def to_csv(filings: Iterable[Filing]) -> str:
    """All entries, as `read` takes them back."""
    text = io.StringIO(newline="")
    writer = csv.DictWriter(text, COLUMNS, lineterminator="\r\n")
    writer.writeheader()
    for filing in filings:
        writer.writerow({name: cell(name, value) for name, value in entry(filing).items()})
    return text.getvalue()


def cell(name: str, value: Any) -> str:
    """A value as the text of a cell, never one that a spreadsheet takes for a formula."""
    if value in ("", []) and name in MAY_BE_NOTHING:
        return NOTHING
    text = ", ".join(value) if isinstance(value, list) else value or ""
    return escaped(text)


def value_of(name: str, text: str) -> Any:
    """A cell read back."""
    plain = unescaped(text).strip()
    if not plain:
        return None
    if plain == NOTHING and name in MAY_BE_NOTHING:
        return [] if name in LISTS else ""
    return [part.strip() for part in plain.split(",")] if name in LISTS else plain


def read(data: bytes) -> list[Line]:
    """The entries of a file, CSV or JSON, in UTF-8. Raises BadSheet."""
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise BadSheet(f"The file is not UTF-8 (byte {error.start}). Save it as CSV UTF-8.") from error
    if not text.strip():
        raise BadSheet("The file is empty.")
    lines = list(read_json(text) if text.lstrip().startswith(("[", "{")) else read_csv(text))
    refuse_doubles(lines)
    return lines


def read_json(text: str) -> Iterator[Line]:
    """The entries of a JSON list."""
    try:
        document = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise BadSheet(f"The file is no JSON: {error}") from error
    if not isinstance(document, list):
        raise BadSheet("The JSON must be a list of labels, as `shopify-bot mapping export` writes it.")
    for number, found in enumerate(document, 1):
        where = f"entry {number}"
        if not isinstance(found, dict):
            raise BadSheet(f"{where}: it is not an object with a label.")
        check_columns(where, found)
        for name, value in found.items():
            if not fits(name, value):
                raise BadSheet(f"{where}: {name} must be {'a list of texts' if name in LISTS else 'a text'}.")
        yield Line(where, found)


def fits(name: str, value: Any) -> bool:
    """Whether a JSON value is of the kind that the column holds."""
    if value is None:
        return True
    if name in LISTS:
        return isinstance(value, list) and all(isinstance(each, str) for each in value)
    return isinstance(value, str)


def read_csv(text: str) -> Iterator[Line]:
    """The entries of a CSV table; the columns may be parted by commas, semicolons or tabs."""
    header = text.partition("\n")[0]
    delimiter = max(",;\t", key=header.count)
    rows = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    try:
        names = [name.strip() for name in next(rows)]
        check_columns("line 1", names)
        for row in rows:
            where = f"line {rows.line_num}"
            if not any(each.strip() for each in row):
                continue
            if len(row) > len(names):
                raise BadSheet(f"{where}: it has {len(row)} cells for {len(names)} columns.")
            yield Line(where, {name: value_of(name, each) for name, each in zip(names, row, strict=False)})
    except csv.Error as error:
        raise BadSheet(f"line {rows.line_num}: {error}.") from error


def check_columns(where: str, names: Iterable[str]) -> None:
    """Raises BadSheet for a column that is not known, or when there is no label."""
    there = list(names)
    if "label" not in there:
        raise BadSheet(f"{where}: there is no label. The columns are: {', '.join(COLUMNS)}.")
    if len(set(there)) != len(there):
        raise BadSheet(f"{where}: a column is there twice.")
    for name in there:
        if name not in COLUMNS:
            raise BadSheet(f"{where}: there is no column {name!r}. The columns are: {', '.join(COLUMNS)}.")


def refuse_doubles(lines: Iterable[Line]) -> None:
    """Raises BadSheet when a label stands there twice, since only one of the two could count."""
    seen: dict[str, str] = {}
    for line in lines:
        label = line.entry["label"]
        if not label:
            raise BadSheet(f"{line.where}: there is no label.")
        if label in seen:
            raise BadSheet(f"{line.where}: the label {label!r} stood in {seen[label]} already.")
        seen[label] = line.where
