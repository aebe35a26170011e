"""CSV that no spreadsheet computes."""

import csv
import io

import pytest

from shopify_bot.spreadsheet import BYTE_ORDER_MARK, csv_lines, escaped, unescaped

HOSTILE = ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "\n=1", "\uff1d1", "'=1", "''=1"]


@pytest.mark.parametrize("text", HOSTILE)
def test_a_formula_is_no_formula(text: str) -> None:
    assert escaped(text) == f"'{text}"
    assert unescaped(escaped(text)) == text


@pytest.mark.parametrize("text", ["", "Shirt", "A=B", "'quoted'", "שלום", "😀", "1-2"])
def test_other_texts_stay(text: str) -> None:
    assert escaped(text) == text
    assert unescaped(text) == text


def test_what_is_written_is_read_back() -> None:
    rows = [["a,b", 'say "hi"', "two\r\nlines"], ["=1", "\u202eright to left", "x" * 10_000]]
    text = "".join(csv_lines(["one", "two", "three"], rows))
    assert text.startswith(BYTE_ORDER_MARK)
    read = list(csv.reader(io.StringIO(text.removeprefix(BYTE_ORDER_MARK), newline="")))
    assert read == [["one", "two", "three"], rows[0], ["'=1", *rows[1][1:]]]


def test_rows_are_written_as_they_come() -> None:
    lines = csv_lines(["n"], ([str(number)] for number in iter(int, 1)))
    assert [next(lines) for _ in range(3)] == [f"{BYTE_ORDER_MARK}n\r\n", "0\r\n", "0\r\n"]
