"""Tables that a person takes away as a file."""

from collections.abc import Iterable, Iterator

from flask import Response, stream_with_context

from shopify_bot.spreadsheet import csv_lines

FEWEST_CHARACTERS = 16_000
"""Rows are sent together until they are this long, since each piece costs a write to the network."""


def csv_download(name: str, header: Iterable[str], rows: Iterable[Iterable[str]]) -> Response:
    """The table as `NAME.csv`, sent while the rows are read; `rows` holds whatever session it needs open."""
    pieces = stream_with_context(gathered(csv_lines(header, rows)))
    kept = {"Content-Disposition": f'attachment; filename="{name}.csv"', "Cache-Control": "no-store"}
    return Response(pieces, content_type="text/csv; charset=utf-8", headers=kept)


def gathered(lines: Iterable[str]) -> Iterator[str]:
    """The lines in pieces worth sending."""
    piece, length = [], 0
    for line in lines:
        piece.append(line)
        length += len(line)
        if length >= FEWEST_CHARACTERS:
            yield "".join(piece)
            piece, length = [], 0
    yield "".join(piece)
