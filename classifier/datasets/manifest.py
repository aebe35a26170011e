"""A table of products: CSV or JSONL with picture (path or URL), title, description, label and perhaps id."""

import csv
import hashlib
import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from classifier.datasets.download import Downloads, download
from classifier.datasets.example import Example, Reading
from classifier.datasets.rules import Rules
from classifier.datasets.tables import SUFFIXES, columns, rows
from classifier.errors import NoUsableData

PICTURE = ("picture", "image", "image_url", "path", "url")
LABEL = "label"
SCHEMES = ("http://", "https://")
PREFERRED = "products"


@dataclass(frozen=True)
class _Entry:
    """One usable row; `pictures` are the paths or URLs that it gives, best first."""

    id: str
    pictures: tuple[str, ...]
    label: str
    title: str
    description: str


def find_manifest(folder: Path, rules: Rules | None = None, pictured: bool = False) -> Path | None:
    """Return the one table of products in `folder`, or `products.*` among several; None when there is none.

    With `pictured` only a table that has a column for pictures counts: beside class folders another one
    describes the labels.
    Raises NoUsableData when there are several and none has that name.
    """
    tables = [path for path in sorted(folder.iterdir()) if _is_table(path)]
    found = [
        path for path in tables if not _lack(path, rules) and (not pictured or _names(path) & {*PICTURE})
    ]
    preferred = [path for path in found if path.stem == PREFERRED] or found
    if len(preferred) > 1:
        names = ", ".join(path.name for path in preferred)
        raise NoUsableData(f"{folder} holds several tables of products ({names}); give one of the files.")
    return preferred[0] if preferred else None


def read_manifest(file: Path, rules: Rules | None = None, cache: Path | None = None) -> Reading:
    """Read the table; paths are relative to its folder or to `images` in it, URLs are downloaded.

    Downloads are kept in `cache`, by default `<name>-pictures` beside the table; links that lead to no
    picture are listed there in `<name>-broken-links.csv`. An id names one product in whatever table it
    stands; without one the picture's path or URL is the id. A product without a picture needs a title or a
    description. Raises NoUsableData when the file is no such table, CacheUnusable when downloads cannot
    be kept.
    """
    lack = f"its name ends in none of {', '.join(SUFFIXES)}" if not _is_table(file) else _lack(file, rules)
    if lack:
        raise NoUsableData(f"{file} is no table of products: {lack}.")
    entries, broken_rows, ruleless = _entries(file, rules)
    local = [_local(file.parent, entry.pictures) for entry in entries]
    urls = [_url(entry) for entry in entries]
    wanted = [url for url, picture in zip(urls, local, strict=True) if url and not picture]
    downloads = _downloaded(file, wanted, cache)
    examples, missing = [], []
    for entry, url, found in zip(entries, urls, local, strict=True):
        picture = found or downloads.files.get(url)
        if picture or not entry.pictures:
            examples.append(_example(entry, picture, file.stem))
        elif not url:
            missing.append(file.parent / entry.pictures[0])
    return Reading(tuple(examples), tuple(missing), broken_rows, downloads.broken, ruleless=ruleless)


def _is_table(path: Path) -> bool:
    return path.is_file() and path.suffix.lower() in SUFFIXES and not path.name.startswith(".")


def _lack(file: Path, rules: Rules | None) -> str | None:
    """What keeps the table from being one of products, or None."""
    names = _names(file)
    if not rules and LABEL not in names:
        return f"it lacks the column {LABEL}"
    if not names & {*PICTURE, "title", "description"}:
        return f"it needs one of the columns {', '.join((*PICTURE, 'title', 'description'))}"
    return None


def _names(file: Path) -> set[str]:
    return {name.lower() for name in columns(file)}


def _entries(file: Path, rules: Rules | None) -> tuple[list[_Entry], tuple[int, ...], tuple[str, ...]]:
    entries, broken, ruleless = [], [], []
    for line, given in rows(file):
        row = {name.lower(): cell for name, cell in given.items()} if given else {}
        pictures = tuple(_reference(row[name]) for name in PICTURE if row.get(name))
        title, description = row.get("title", ""), row.get("description", "")
        label = rules.label({**row, **(given or {})}) if rules else row.get(LABEL)
        if not (pictures or title or description) or label == "" or (label is None and not rules):
            broken.append(line)
            continue
        name = row.get("id") or (pictures[0] if pictures else _digest(title, description))
        if label is None:
            ruleless.append(name)
        else:
            entries.append(_Entry(name, pictures, label, title, description))
    return entries, tuple(broken), tuple(ruleless)


def _reference(cell: str) -> str:
    return f"https:{cell}" if cell.startswith("//") else cell


def _url(entry: _Entry) -> str:
    return next((picture for picture in entry.pictures if picture.lower().startswith(SCHEMES)), "")


def _local(folder: Path, pictures: Sequence[str]) -> Path | None:
    names = [name for name in pictures if "://" not in name]
    paths = (base / name for name in names for base in (folder, folder / "images"))
    return next((path for path in paths if os.path.isfile(path)), None)  # the method raises on a long name


def _downloaded(file: Path, urls: Sequence[str], cache: Path | None) -> Downloads:
    if not urls:
        return Downloads({}, {})
    folder = cache or file.with_name(f"{file.stem}-pictures")
    downloads = download(urls, folder)
    _write_report(folder / f"{file.stem}-broken-links.csv", downloads.broken)
    return downloads


def _write_report(report: Path, broken: Mapping[str, str]) -> None:
    """A report of an earlier run must not stand when nothing is broken any more."""
    if not broken:
        report.unlink(missing_ok=True)
        return
    with report.open("w", encoding="utf-8", newline="") as table:
        csv.writer(table).writerows([("url", "reason"), *broken.items()])


def _digest(title: str, description: str) -> str:
    return "text/" + hashlib.sha256(f"{title}\n{description}".encode()).hexdigest()[:16]


def _example(entry: _Entry, picture: Path | None, source: str) -> Example:
    return Example(entry.id, picture, entry.label, entry.title, entry.id, source, entry.description)
