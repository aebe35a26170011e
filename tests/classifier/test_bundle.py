import json
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from classifier import bundle as bundles
from classifier.bundle import FORMAT, TEXT, Bundle, Contents, read_bundle, write_bundle
from classifier.calibration import Calibration
from classifier.datasets.split import PartIds
from classifier.errors import BundleDamaged, BundleTooLarge, BundleTooNew, NotABundle
from classifier.labels import load_tree
from classifier.scoring import load_scorer


def contents(**changes: object) -> Contents:
    values: dict[str, object] = {
        "network": "basic-cnn",
        "input_size": 32,
        "calibration": Calibration({"image": 1.5}),
        "classes": ("Shirts", "Ties"),
        "tree": load_tree(),
        "metrics": {"test": {"accuracy": 0.5}},
        "parts": PartIds(frozenset({"1"}), frozenset({"7"}), frozenset({"8", "9"})),
        "card": "# A card\n",
    }
    return Contents(**(values | changes))  # type: ignore[arg-type]


def save_weights(folder: Path) -> None:
    (folder / "weights.keras").write_bytes(b"weights")


def save_all(folder: Path) -> None:
    save_weights(folder)
    for name in ("picture.xml", "picture.bin", "text.npz", "fusion.npz", "curves.png"):
        (folder / name).write_bytes(name.encode())


def save_half(folder: Path) -> None:
    save_weights(folder)
    raise OSError("no space left")


@pytest.fixture
def written(tmp_path: Path) -> Bundle:
    return write_bundle(tmp_path / "things", contents(), save_weights)


def manifest_of(bundle: Bundle) -> dict[str, object]:
    loaded: dict[str, object] = json.loads((bundle.path / "bundle.json").read_text())
    return loaded


def rewrite_manifest(bundle: Bundle, **changes: object) -> None:
    (bundle.path / "bundle.json").write_text(json.dumps(manifest_of(bundle) | changes))


def test_a_bundle_is_read_as_it_was_written(written: Bundle):
    read = read_bundle(str(written.path))
    assert read == written
    assert (read.name, read.input_size, read.network) == ("things", 32, "basic-cnn")
    assert read.calibration == Calibration({"image": 1.5})
    assert read.classes == ("Shirts", "Ties")
    assert read.tree == load_tree()
    assert read.parts == PartIds(frozenset({"1"}), frozenset({"7"}), frozenset({"8", "9"}))
    assert read.metrics == {"test": {"accuracy": 0.5}}
    assert read.weights.read_bytes() == b"weights"
    assert (read.export, read.text, read.fusion) == (None, None, None)


def test_all_that_is_saved_belongs_to_the_bundle(tmp_path: Path):
    read = write_bundle(tmp_path / "things", contents(), save_all)
    found = [file.read_bytes().decode() for file in (read.export, read.text, read.fusion) if file]
    assert found == ["picture.xml", "text.npz", "fusion.npz"]
    assert set(manifest_of(read)["files"]) >= {"picture.bin", "curves.png"}  # type: ignore[call-overload]


def test_a_bundle_gives_what_it_was_written_from(written: Bundle):
    assert written.contents == contents()
    again = write_bundle(written.path, written.contents, save_weights)
    assert again == written


def test_a_write_that_fails_leaves_the_old_one(written: Bundle):
    with pytest.raises(OSError, match="no space"):
        write_bundle(written.path, contents(card="# Newer\n"), save_half)
    assert read_bundle(written.path) == written
    assert [entry.name for entry in written.path.parent.iterdir()] == ["things"]


def test_the_version_names_the_contents(written: Bundle, tmp_path: Path):
    same = write_bundle(tmp_path / "again" / "things", contents(), save_weights)
    other = write_bundle(
        tmp_path / "other" / "things", contents(calibration=Calibration({"image": 1.6})), save_weights
    )
    assert written.version == same.version
    assert written.version != other.version
    assert written.version.startswith("things-")
    assert len(written.version) == len("things-") + 12


def test_writing_again_replaces_the_whole_bundle(written: Bundle):
    fresh = write_bundle(written.path, contents(card="# Another\n"), save_weights)
    assert fresh.version != written.version
    assert (fresh.path / "README.md").read_text() == "# Another\n"
    assert [entry.name for entry in fresh.path.parent.iterdir()] == ["things"]


def change_weights(folder: Path) -> None:
    (folder / "weights.keras").write_bytes(b"weightz")


def remove_weights(folder: Path) -> None:
    (folder / "weights.keras").unlink()


def remove_manifest(folder: Path) -> None:
    (folder / "bundle.json").unlink()


def break_manifest(folder: Path) -> None:
    (folder / "bundle.json").write_text("{")


def add_file(folder: Path) -> None:
    (folder / "extra.pkl").write_bytes(b"")


def add_folder(folder: Path) -> None:
    (folder / "extra").mkdir()


def link_weights(folder: Path) -> None:
    moved = folder.parent / "elsewhere"
    shutil.move(folder / "weights.keras", moved)
    (folder / "weights.keras").symlink_to(moved)


def link_manifest(folder: Path) -> None:
    moved = folder.parent / "elsewhere.json"
    shutil.move(folder / "bundle.json", moved)
    (folder / "bundle.json").symlink_to(moved)


@pytest.mark.parametrize(
    ("damage", "message"),
    [
        (change_weights, r"weights\.keras was changed"),
        (remove_weights, r"weights\.keras is missing"),
        (remove_manifest, r"it has no bundle\.json"),
        (break_manifest, "cannot be read"),
        (add_file, r"extra\.pkl does not belong"),
        (add_folder, "extra does not belong"),
        (link_weights, r"weights\.keras is a link"),
        (link_manifest, r"it has no bundle\.json"),
    ],
)
def test_a_damaged_bundle_is_refused(written: Bundle, damage: Callable[[Path], None], message: str):
    damage(written.path)
    with pytest.raises(BundleDamaged, match=message):
        read_bundle(written.path)


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"input_size": 64}, "version does not match"),
        ({"classes": ["Ties", "Shirts"]}, "version does not match"),
        ({"files": ["weights.keras"]}, "incomplete"),
        ({"format": "newest"}, "cannot be read"),
    ],
)
def test_a_changed_manifest_is_refused(written: Bundle, changes: dict[str, object], message: str):
    rewrite_manifest(written, **changes)
    with pytest.raises(BundleDamaged, match=message):
        read_bundle(written.path)


@pytest.mark.parametrize("name", ["../secret", "/etc/passwd", "a/../../b", "..", "sub/file", ""])
def test_a_path_out_of_the_bundle_is_refused(written: Bundle, name: str):
    files = manifest_of(written)["files"]
    assert isinstance(files, dict)
    rewrite_manifest(written, files=files | {name: "0" * 64})
    with pytest.raises(BundleDamaged, match="outside the bundle"):
        read_bundle(written.path)


def test_a_required_file_cannot_be_left_out_of_the_manifest(written: Bundle):
    files = manifest_of(written)["files"]
    assert isinstance(files, dict)
    (written.path / "labels.json").unlink()
    rewrite_manifest(written, files={name: digest for name, digest in files.items() if name != "labels.json"})
    with pytest.raises(BundleDamaged, match=r"labels\.json is missing"):
        read_bundle(written.path)


def test_a_later_format_is_refused_with_advice(written: Bundle):
    rewrite_manifest(written, format=FORMAT + 1)
    with pytest.raises(BundleTooNew, match="Update it"):
        read_bundle(written.path)


@pytest.mark.parametrize("earlier", [1, 0])
def test_the_old_format_is_refused_with_advice(written: Bundle, earlier: int):
    rewrite_manifest(written, format=earlier)
    with pytest.raises(BundleDamaged, match=f"old format {earlier}.*train it anew"):
        read_bundle(written.path)


@pytest.mark.parametrize("name", ["text.npz", "picture.bin", "calibration.json", "README.md"])
def test_a_changed_byte_in_any_file_is_found(tmp_path: Path, name: str):
    read = write_bundle(tmp_path / "things", contents(), save_all)
    file = read.path / name
    file.write_bytes(file.read_bytes() + b" ")
    with pytest.raises(BundleDamaged, match=rf"{name} was changed"):
        read_bundle(read.path)


def test_thresholds_that_nothing_reaches_survive(tmp_path: Path):
    fitted = Calibration(
        {"text": 0.7}, thresholds={"text": {"*": float("inf"), "Ties": 0.9}}, coverage={"text": 0.25}
    )
    read = write_bundle(tmp_path / "things", contents(calibration=fitted), save_weights)
    assert read.calibration == fitted
    assert "Infinity" not in (read.path / "calibration.json").read_text()


def test_classes_outside_the_tree_are_refused(tmp_path: Path):
    with pytest.raises(BundleDamaged, match="label tree"):
        write_bundle(tmp_path / "things", contents(classes=("Shirts", "Locomotives")), save_weights)


def test_a_bundle_over_the_limit_leaves_the_old_one(written: Bundle, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(bundles, "MAX_BYTES", 1000)
    with pytest.raises(BundleTooLarge):
        write_bundle(written.path, contents(card="# Larger\n"), save_weights)
    assert read_bundle(written.path).version == written.version


def test_no_bundle_at_all_is_refused(tmp_path: Path):
    with pytest.raises(BundleDamaged, match="has no"):
        read_bundle(tmp_path / "nowhere")


def test_a_bundle_never_takes_the_place_of_anything_else(tmp_path: Path):
    (tmp_path / "photos").mkdir()
    (tmp_path / "photos" / "a.jpg").write_bytes(b"mine")
    with pytest.raises(NotABundle, match="photos"):
        write_bundle(tmp_path / "photos", contents(), save_weights)
    assert (tmp_path / "photos" / "a.jpg").read_bytes() == b"mine"
    (tmp_path / "empty").mkdir()
    assert write_bundle(tmp_path / "empty", contents(), save_weights).name == "empty"


def test_a_sealed_bundle_whose_text_is_garbage_is_damaged(tmp_path: Path):
    def garbage(folder: Path) -> None:
        save_weights(folder)
        (folder / TEXT).write_bytes(b"PK no archive")

    bundle = write_bundle(tmp_path / "things", contents(), garbage)
    with pytest.raises(BundleDamaged, match="text"):
        load_scorer(bundle)
