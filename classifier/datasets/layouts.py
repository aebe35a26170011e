"""Which reader fits a data folder."""

import logging
from collections.abc import Sequence
from pathlib import Path

from classifier.datasets.example import Example
from classifier.datasets.kaggle import read_kaggle

log = logging.getLogger(__name__)
NAMED = 5


def read_folders(folders: Sequence[Path]) -> tuple[Example, ...]:
    """Read all folders; what had to be left out is counted and named in the log. Raises NoUsableData."""
    examples: list[Example] = []
    for folder in folders:
        reading = read_kaggle(folder)
        _report(folder, "pictures missing", [path.name for path in reading.missing_pictures])
        _report(folder, "rows unusable, line", [str(line) for line in reading.broken_rows])
        log.info("%s: %d examples", folder.name, len(reading.examples))
        examples.extend(reading.examples)
    return tuple(examples)


def _report(folder: Path, what: str, names: list[str]) -> None:
    if names:
        more = f" and {len(names) - NAMED} more" if len(names) > NAMED else ""
        log.warning("%s: %d %s: %s%s", folder.name, len(names), what, ", ".join(names[:NAMED]), more)
