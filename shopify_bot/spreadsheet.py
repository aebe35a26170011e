"""Tables for spreadsheets: CSV in which no cell is taken for a formula, written row by row."""

import csv
import io
import re
from collections.abc import Iterable, Iterator

BYTE_ORDER_MARK = "\ufeff"
"""Tells spreadsheets that the text is UTF-8."""
STARTS_FORMULA = r"[=+\-@\t\r\n\uff1d\uff0b\uff0d\uff20]"
FORMULA, ESCAPED = re.compile("'*" + STARTS_FORMULA), re.compile("'+" + STARTS_FORMULA)


def escaped(text: str) -> str:
    """The text as a cell: one that a spreadsheet would compute begins with an apostrophe."""
    return f"'{text}" if FORMULA.match(text) else text


def unescaped(cell: str) -> str:
    """The text that `escaped` made the cell from."""
    return cell[1:] if ESCAPED.match(cell) else cell


def csv_lines(header: Iterable[str], rows: Iterable[Iterable[str]]) -> Iterator[str]:
    """The table as CSV, one row at a time; all cells are escaped."""
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\r\n")
    text.write(BYTE_ORDER_MARK)
    writer.writerow(header)
    for row in rows:
        yield text.getvalue()
        text.seek(0)
        text.truncate()
        writer.writerow([escaped(each) for each in row])
    yield text.getvalue()
