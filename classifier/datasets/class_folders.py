"""One folder per label: `<label>/<picture>`, or `train/<label>/<picture>` beside validation and test."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path

from classifier.datasets.example import PARTS, Example, Reading
from classifier.datasets.rules import Rules

SUFFIXES = frozenset(
    (".jpg", ".jpeg", ".jpe", ".jfif", ".png", ".gif", ".webp", ".bmp", ".tif", ".tiff", ".avif")
)
PART_NAMES = {"train": "train", "training": "train", "test": "test", "testing": "test"} | dict.fromkeys(
    ("validation", "valid", "val"), "validation"
)


def has_class_folders(folder: Path) -> bool:
    """Say whether `folder` holds folders of pictures, or parts that hold such folders."""
    return bool(_parts(folder)) or any(_pictures(label)[0] for label in _folders(folder))


def read_class_folders(folder: Path, rules: Rules | None = None) -> Reading:
    """Read `folder`; `rules` see the folder's name as the column `label`.

    Sub-folders train, validation and test state the sides of the split; a side that has no folder is drawn
    from train. When `folder` is itself one of them, nothing is stated..
    """
    parts = _parts(folder)
    if not parts:
        return _read_labels(folder, folder.name, PARTS, rules)
    drawn = tuple(part for part in PARTS if part == "train" or part not in parts)
    readings = [
        _read_labels(path, folder.name, drawn if part == "train" else (part,), rules)
        for part, path in parts.items()
    ]
    whole = _joined(readings)
    others = tuple(path.name for path in _folders(folder) if path not in parts.values())
    return replace(whole, other_files=others + whole.other_files)


def _parts(folder: Path) -> Mapping[str, Path]:
    """The sub-folders that state a side of the split: they hold folders, and no pictures themselves."""
    found = {PART_NAMES[p.name.lower()]: p for p in _folders(folder) if p.name.lower() in PART_NAMES}
    return {part: path for part, path in found.items() if any(_folders(path)) and not _pictures(path)[0]}


def _read_labels(folder: Path, source: str, parts: tuple[str, ...], rules: Rules | None) -> Reading:
    """The id names the data folder, the part, the label and the file, however the folder was reached."""
    whole = folder.resolve()
    prefix = f"{whole.parent.name}/{whole.name}" if whole.name.lower() in PART_NAMES else whole.name
    examples, empty, ruleless = [], [], []
    others = _pictures(folder)[0]
    for path in _folders(folder):
        label = rules.label({"label": path.name}) if rules else path.name
        pictures, rest = _pictures(path)
        others.extend(f"{path.name}/{name}" for name in rest)
        if not pictures:
            empty.append(path.name)
        for name in pictures:
            product = f"{prefix}/{path.name}/{name}"
            if label is None:
                ruleless.append(product)
            else:
                examples.append(Example(product, path / name, label, "", product, source, parts=parts))
    return Reading(
        tuple(examples), empty_folders=tuple(empty), other_files=tuple(others), ruleless=tuple(ruleless)
    )


def _joined(readings: list[Reading]) -> Reading:
    def every(name: str) -> tuple[str, ...]:
        return tuple(entry for reading in readings for entry in getattr(reading, name))

    examples = tuple(example for reading in readings for example in reading.examples)
    return Reading(
        examples,
        empty_folders=every("empty_folders"),
        other_files=every("other_files"),
        ruleless=every("ruleless"),
    )


def _folders(folder: Path) -> Iterator[Path]:
    paths = (path for path in sorted(folder.iterdir()) if not path.name.startswith("."))
    return (path for path in paths if path.is_dir())


def _pictures(folder: Path) -> tuple[list[str], list[str]]:
    """The names of the pictures in `folder`, and those of all else that is not hidden."""
    names = sorted(path.name for path in folder.iterdir() if not path.name.startswith("."))
    pictures = [name for name in names if Path(name).suffix.lower() in SUFFIXES]
    return pictures, [name for name in names if Path(name).suffix.lower() not in SUFFIXES]
