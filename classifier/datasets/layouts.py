"""Which reader fits a data folder."""

import logging
from collections.abc import Sequence
from pathlib import Path

from classifier.datasets.class_folders import has_class_folders, read_class_folders
from classifier.datasets.example import Example, Reading
from classifier.datasets.kaggle import TABLE, read_kaggle
from classifier.datasets.manifest import find_manifest, read_manifest
from classifier.datasets.rakuten import is_rakuten, read_rakuten
from classifier.datasets.rules import Rules
from classifier.errors import NoUsableData

log = logging.getLogger(__name__)
NAMED = 5
LAYOUTS = (
    f"{TABLE} with images/<id>.jpg, X_train.csv with Y_train.csv and images, "
    "one CSV or JSONL with the columns picture, title, description and label, or <label>/<picture>"
)


def read_folders(
    folders: Sequence[Path], rules: Rules | None = None, cache: Path | None = None
) -> tuple[Example, ...]:
    """Read all folders or tables, each in its layout; what is left out is counted and named in the log.

    `rules` give the labels in place of the data's own; `cache` keeps what is downloaded. Raises NoUsableData
    for a folder of no known layout, CacheUnusable.
    """
    examples: list[Example] = []
    for folder in folders:
        reading = read_folder(folder, rules, cache)
        _report(folder, reading)
        examples.extend(reading.examples)
    return tuple(examples)


def read_folder(folder: Path, rules: Rules | None = None, cache: Path | None = None) -> Reading:
    """Read one folder or table in the layout that it has. Raises NoUsableData, CacheUnusable."""
    if folder.is_file():
        return read_manifest(folder, rules, cache)
    if not folder.is_dir():
        raise NoUsableData(f"{folder} does not exist.")
    if (folder / TABLE).is_file():
        return read_kaggle(folder, rules)
    if is_rakuten(folder):
        return read_rakuten(folder, rules)
    has_classes = has_class_folders(folder)
    if manifest := find_manifest(folder, rules, pictured=has_classes):
        return read_manifest(manifest, rules, cache)
    if has_classes:
        return read_class_folders(folder, rules)
    raise NoUsableData(f"{folder} has no known layout. Known are: {LAYOUTS}.")


def _report(folder: Path, reading: Reading) -> None:
    _name(folder, "pictures missing", [path.name for path in reading.missing_pictures])
    _name(folder, "rows unusable, line", [str(line) for line in reading.broken_rows])
    _name(folder, "links broken", [f"{url} ({reason})" for url, reason in reading.broken_links.items()])
    _name(folder, "class folders without a picture", reading.empty_folders)
    _name(folder, "files or folders that are no part of the layout", reading.other_files)
    _name(folder, "products that no rule fits", reading.ruleless)
    log.info("%s: %d examples", folder.name, len(reading.examples))


def _name(folder: Path, what: str, names: Sequence[str]) -> None:
    if names:
        more = f" and {len(names) - NAMED} more" if len(names) > NAMED else ""
        log.warning("%s: %d %s: %s%s", folder.name, len(names), what, ", ".join(names[:NAMED]), more)
