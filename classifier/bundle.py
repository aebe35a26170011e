"""A bundle: one folder with a trained model, its labels, its figures and its card, sealed by sha256."""

import hashlib
import json
import os
import re
import tempfile
from collections.abc import Callable, Mapping
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any

from classifier.calibration import Calibration
from classifier.datasets.split import PartIds
from classifier.errors import BundleDamaged, BundleTooLarge, BundleTooNew, ClassifierError, NotABundle
from classifier.labels import LabelTree, read_tree, tree_json

FORMAT = 2
MAX_BYTES = 400_000_000
MANIFEST = "bundle.json"
WEIGHTS = "weights.keras"
EXPORT = ("picture.xml", "picture.bin")
TEXT = "text.npz"
FUSION = "fusion.npz"
CALIBRATION = "calibration.json"
LABELS = "labels.json"
METRICS = "metrics.json"
SPLIT = "split.json"
CARD = "README.md"
REQUIRED = frozenset({WEIGHTS, CALIBRATION, LABELS, METRICS, SPLIT, CARD})
MALFORMED = (ValueError, KeyError, TypeError, AttributeError, RecursionError)
PLAIN_NAME = re.compile(r"[A-Za-z0-9_][A-Za-z0-9_.-]*")


@dataclass(frozen=True)
class Bundle:
    """A verified bundle. `classes` are leaf names in the order of the network's outputs.

    `text` and `fusion` are None when the training had no titles to learn from.
    """

    path: Path
    name: str
    version: str
    network: str
    input_size: int
    calibration: Calibration
    classes: tuple[str, ...]
    tree: LabelTree
    metrics: Mapping[str, Any]
    parts: PartIds

    @property
    def weights(self) -> Path:
        return self.path / WEIGHTS

    @property
    def export(self) -> Path | None:
        """The network for OpenVINO, if it was exported."""
        return self._file(EXPORT[0])

    @property
    def contents(self) -> "Contents":
        """What it would be written from again."""
        card = (self.path / CARD).read_text(encoding="utf-8")
        values = {field.name: getattr(self, field.name) for field in fields(Contents) if field.name != "card"}
        return Contents(**values, card=card)

    @property
    def text(self) -> Path | None:
        return self._file(TEXT)

    @property
    def fusion(self) -> Path | None:
        return self._file(FUSION)

    def _file(self, name: str) -> Path | None:
        return self.path / name if (self.path / name).is_file() else None


@dataclass(frozen=True)
class Contents:
    """What a bundle is written from, but for the network's own files."""

    network: str
    input_size: int
    calibration: Calibration
    classes: tuple[str, ...]
    tree: LabelTree
    metrics: Mapping[str, Any]
    parts: PartIds
    card: str


def read_bundle(path: str | Path) -> Bundle:
    """Verify every file of the bundle and read it.

    Raises BundleDamaged when a file is missing, changed, foreign or a link, BundleTooNew for a later format.
    """
    folder = Path(path)
    manifest = _manifest(folder)
    _verify(folder, manifest["files"])
    if manifest["version"] != _version(manifest):
        raise damaged(folder, f"{MANIFEST} was changed: its version does not match its contents")
    try:
        return _bundle(folder, manifest)
    except (OSError, *MALFORMED, ClassifierError) as error:
        raise damaged(folder, f"its contents do not fit together: {error!r}") from error


def write_bundle(folder: Path, contents: Contents, save: Callable[[Path], None]) -> Bundle:
    """Write a bundle to `folder`, which takes its name from it, and return it verified.

    `save` gets a fresh folder and writes the weights and all else that belongs to the bundle into it.
    An earlier bundle there is replaced as a whole, never mixed. Raises BundleTooLarge over MAX_BYTES, and
    NotABundle as `check_place` does.
    """
    folder = folder.absolute()
    check_place(folder)
    folder.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=folder.parent, prefix=f".{folder.name}-") as temporary:
        fresh = Path(temporary) / "new"
        fresh.mkdir()
        save(fresh)
        _write_texts(fresh, folder.name, contents)
        _check_size(fresh)
        _put(fresh, folder, Path(temporary) / "old")
    return read_bundle(folder)


def check_place(folder: Path) -> None:
    """Raise NotABundle when a bundle written to `folder` would take the place of anything but a bundle."""
    if not folder.exists() or (
        folder.is_dir() and ((folder / MANIFEST).is_file() or not any(folder.iterdir()))
    ):
        return
    raise NotABundle(f"{folder} holds something else than a bundle; name a new or an empty folder.")


def _put(fresh: Path, folder: Path, aside: Path) -> None:
    """Move `fresh` to `folder`; what stood there goes aside, and comes back when that fails."""
    if folder.exists():
        folder.rename(aside)
    try:
        fresh.rename(folder)
    except OSError:
        if aside.exists():
            aside.rename(folder)
        raise


def _manifest(folder: Path) -> dict[str, Any]:
    file = folder / MANIFEST
    if not file.is_file() or file.is_symlink():
        raise damaged(folder, f"it has no {MANIFEST}")
    try:
        manifest: dict[str, Any] = json.loads(file.read_text(encoding="utf-8"))
        written_as = int(manifest["format"])
        complete = isinstance(manifest["files"], dict) and isinstance(manifest["version"], str)
    except (OSError, *MALFORMED) as error:
        raise damaged(folder, f"{MANIFEST} cannot be read: {error!r}") from error
    if written_as > FORMAT:
        raise BundleTooNew(f"{folder} has format {written_as}; this program reads {FORMAT}. Update it.")
    if written_as < FORMAT:
        raise damaged(folder, f"it has the old format {written_as}, and this program reads {FORMAT}")
    if not complete:
        raise damaged(folder, f"{MANIFEST} is incomplete")
    return manifest


def _verify(folder: Path, files: Mapping[str, str]) -> None:
    foreign = [name for name in files if not PLAIN_NAME.fullmatch(name)]
    if foreign:
        raise damaged(folder, f"{MANIFEST} names a file outside the bundle: {foreign[0]!r}")
    there = {entry.name: entry for entry in os.scandir(folder)}
    for name in sorted(REQUIRED | set(files) | set(there) - {MANIFEST}):
        if name not in files:
            raise damaged(folder, f"{name} does not belong to it" if name in there else f"{name} is missing")
        if name not in there:
            raise damaged(folder, f"{name} is missing")
        if not there[name].is_file(follow_symlinks=False):
            raise damaged(folder, f"{name} is a link or no plain file")
        if _sha256(folder / name) != files[name]:
            raise damaged(folder, f"{name} was changed: its sha256 does not match")


def _bundle(folder: Path, manifest: Mapping[str, Any]) -> Bundle:
    tree = read_tree(folder / LABELS)
    classes = tuple(manifest["classes"])
    if not classes or not set(classes) <= set(tree.leaves):
        raise ValueError("classes that are not in the label tree")
    parts = json.loads((folder / SPLIT).read_text(encoding="utf-8"))
    return Bundle(
        path=folder,
        name=manifest["name"],
        version=manifest["version"],
        network=manifest["network"],
        input_size=int(manifest["input_size"]),
        calibration=Calibration.from_json(json.loads((folder / CALIBRATION).read_text(encoding="utf-8"))),
        classes=classes,
        tree=tree,
        metrics=json.loads((folder / METRICS).read_text(encoding="utf-8")),
        parts=PartIds(*(frozenset(parts[part]) for part in ("train", "validation", "test"))),
    )


def _write_texts(folder: Path, name: str, contents: Contents) -> None:
    parts = {part: sorted(ids) for part, ids in vars(contents.parts).items()}
    (folder / LABELS).write_text(tree_json(contents.tree), encoding="utf-8")
    calibration = json.dumps(contents.calibration.as_json(), indent=1) + "\n"
    (folder / CALIBRATION).write_text(calibration, encoding="utf-8")
    (folder / METRICS).write_text(json.dumps(contents.metrics, indent=1) + "\n", encoding="utf-8")
    (folder / SPLIT).write_text(json.dumps(parts) + "\n", encoding="utf-8")
    (folder / CARD).write_text(contents.card, encoding="utf-8")
    manifest = {
        "format": FORMAT,
        "name": name,
        "network": contents.network,
        "input_size": contents.input_size,
        "classes": list(contents.classes),
        "files": {file.name: _sha256(file) for file in sorted(folder.iterdir())},
    }
    manifest["version"] = _version(manifest)
    (folder / MANIFEST).write_text(json.dumps(manifest, indent=1) + "\n", encoding="utf-8")


def _version(manifest: Mapping[str, Any]) -> str:
    """Name and the hash of all that the manifest says, hence of every file."""
    said = {key: value for key, value in manifest.items() if key != "version"}
    digest = hashlib.sha256(json.dumps(said, sort_keys=True).encode()).hexdigest()
    return f"{manifest.get('name')}-{digest[:12]}"


def _check_size(folder: Path) -> None:
    size = sum(file.stat().st_size for file in folder.iterdir())
    if size > MAX_BYTES:
        raise BundleTooLarge(f"The bundle would have {size:,} bytes; at most {MAX_BYTES:,} are allowed.")


def _sha256(file: Path) -> str:
    with file.open("rb") as opened:
        return hashlib.file_digest(opened, "sha256").hexdigest()


def damaged(folder: Path, reason: str) -> BundleDamaged:
    return BundleDamaged(f"The bundle {folder} cannot be trusted: {reason}. Fetch it again or train it anew.")
