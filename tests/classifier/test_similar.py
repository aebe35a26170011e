import dataclasses
import logging
import os
from pathlib import Path

import numpy as np
import pytest

from classifier import nearest as searching
from classifier.bundle import Bundle
from classifier.engines import Engine, load_engine
from classifier.errors import NoUsableData, UnreadablePicture
from classifier.images import decode
from classifier.nearest import nearest, unit_rows
from classifier.running import run_files
from classifier.similar import CACHE, folder_index, similar

from .drawing import SHAPES, write_data
from .toy import SIZE


@pytest.fixture(scope="module")
def engine(toy: Bundle) -> Engine:
    return load_engine(toy, "cpu")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return write_data(tmp_path / "data", SHAPES * 6)


class Counting:
    """An engine that counts the pictures it is given."""

    def __init__(self, engine: Engine) -> None:
        self.engine, self.input_size, self.seen = engine, engine.input_size, 0

    def run(self, pictures: np.ndarray):
        self.seen += len(pictures)
        return self.engine.run(pictures)


@pytest.mark.parametrize("rows", [7, 4096])
def test_the_search_is_exact_in_any_chunks(monkeypatch: pytest.MonkeyPatch, rows: int):
    monkeypatch.setattr(searching, "ROWS", rows)
    rng = np.random.default_rng(0)
    stored, queries = unit_rows(rng.normal(size=(100, 16))), unit_rows(rng.normal(size=(5, 16)))
    places, cosines = nearest(queries, stored, 4)
    expected = queries @ stored.T
    np.testing.assert_array_equal(places, np.argsort(-expected, axis=1)[:, :4])
    np.testing.assert_allclose(cosines, -np.sort(-expected, axis=1)[:, :4], atol=1e-6)


def test_fewer_rows_than_asked_for_are_all_given():
    stored = unit_rows(np.eye(3))
    places, cosines = nearest(stored[:1], stored, 10)
    assert places.tolist() == [[0, 1, 2]]
    assert cosines[0].tolist() == [1, 0, 0]
    assert nearest(stored, np.empty((0, 3), np.float32), 2)[0].shape == (3, 0)


def test_a_picture_is_most_like_itself(toy: Bundle, engine: Engine, folder: Path):
    index = folder_index(toy, engine, folder)
    picture = folder / "images" / "5.jpg"
    query = engine.run(decode(picture.read_bytes(), SIZE)[None]).embeddings
    (found,) = index.most_alike(query, 3)
    assert found[0] == (picture, pytest.approx(1, abs=1e-4))
    assert [cosine for _, cosine in found] == sorted((cosine for _, cosine in found), reverse=True)
    assert len(found) == 3


def test_the_pictures_most_like_one_are_found(toy: Bundle, engine: Engine, folder: Path, tmp_path: Path):
    picture = tmp_path / "given.jpg"
    picture.write_bytes((folder / "images" / "7.jpg").read_bytes())
    found = similar(toy, engine, picture, folder, 2)
    assert len(found) == 2
    assert found[0][0] == folder / "images" / "7.jpg"
    own = similar(toy, engine, folder / "images" / "7.jpg", folder, 2)
    assert len(own) == 2
    assert folder / "images" / "7.jpg" not in {file for file, _ in own}
    with pytest.raises(UnreadablePicture):
        similar(toy, engine, folder / "styles.csv", folder, 2)


def test_only_changed_files_are_read_again(toy: Bundle, engine: Engine, folder: Path):
    counting = Counting(engine)
    first = folder_index(toy, counting, folder)
    assert counting.seen == len(first.names) == 18
    again = folder_index(toy, counting, folder)
    assert counting.seen == 18
    np.testing.assert_array_equal(again.embeddings, first.embeddings)

    images = folder / "images"
    (images / "1.jpg").unlink()
    (images / "2.jpg").write_bytes((images / "3.jpg").read_bytes())
    (images / "deeper").mkdir()
    (images / "deeper" / "19.PNG").write_bytes((images / "4.jpg").read_bytes())
    changed = folder_index(toy, counting, folder)
    assert counting.seen == 20
    assert set(changed.names) - set(first.names) == {"images/deeper/19.PNG"}
    assert set(first.names) - set(changed.names) == {"images/1.jpg"}
    places = {name: place for place, name in enumerate(changed.names)}
    rows = changed.embeddings
    np.testing.assert_allclose(rows[places["images/2.jpg"]], rows[places["images/3.jpg"]], atol=1e-5)
    np.testing.assert_allclose(rows[places["images/deeper/19.PNG"]], rows[places["images/4.jpg"]], atol=1e-5)
    assert list(changed.names) == sorted(changed.names)


def test_another_bundle_makes_the_index_anew(toy: Bundle, engine: Engine, folder: Path):
    folder_index(toy, engine, folder)
    counting = Counting(engine)
    folder_index(dataclasses.replace(toy, version="toy-2"), counting, folder)
    assert counting.seen == 18


@pytest.mark.parametrize("content", [b"", b"no archive", b"PK\x03\x04 cut short"])
def test_a_broken_cache_is_made_anew(
    toy: Bundle, engine: Engine, folder: Path, content: bytes, caplog: pytest.LogCaptureFixture
):
    (folder / CACHE).write_bytes(content)
    assert len(folder_index(toy, engine, folder).names) == 18
    assert "made anew" in caplog.text
    counting = Counting(engine)
    folder_index(toy, counting, folder)
    assert counting.seen == 0


def test_the_cache_may_lie_elsewhere(toy: Bundle, engine: Engine, folder: Path, tmp_path: Path):
    folder_index(toy, engine, folder, tmp_path / "index.npz")
    assert (tmp_path / "index.npz").is_file()
    assert not (folder / CACHE).exists()


def test_a_cache_that_cannot_be_written_is_no_obstacle(
    toy: Bundle, engine: Engine, folder: Path, tmp_path: Path, caplog: pytest.LogCaptureFixture
):
    index = folder_index(toy, engine, folder, tmp_path / "missing" / "index.npz")
    assert len(index.names) == 18
    assert "cannot be written" in caplog.text


def test_broken_pictures_are_named_and_left_out(
    toy: Bundle, engine: Engine, folder: Path, caplog: pytest.LogCaptureFixture
):
    caplog.set_level(logging.WARNING)
    (folder / "images" / "1.jpg").write_bytes(b"<html></html>")
    assert len(folder_index(toy, engine, folder).names) == 17
    assert "1.jpg" in caplog.text
    assert "web page" in caplog.text


def test_a_folder_without_pictures_is_refused(toy: Bundle, engine: Engine, tmp_path: Path):
    with pytest.raises(NoUsableData, match="no picture"):
        folder_index(toy, engine, tmp_path)


def test_files_and_bytes_go_through_the_engine_in_order(engine: Engine, folder: Path):
    files = sorted((folder / "images").iterdir())
    given = [files[0], files[1].read_bytes(), b"", folder / "missing.jpg", files[2]]
    answered = run_files(engine, given)
    assert answered.places.tolist() == [0, 1, 4]
    assert set(answered.broken) == {2, 3}
    assert "0 bytes" in answered.broken[2]
    expected = engine.run(np.stack([decode(file.read_bytes(), SIZE) for file in files[:3]]))
    np.testing.assert_allclose(answered.outputs.logits, expected.logits, atol=1e-4)
    assert run_files(engine, []).outputs.logits.shape == (0, 3)


def test_more_files_than_fit_in_a_chunk(engine: Engine, folder: Path, monkeypatch: pytest.MonkeyPatch):
    from classifier import running

    files = sorted((folder / "images").iterdir(), key=os.path.getsize)
    whole = run_files(engine, files)
    monkeypatch.setattr(running, "CHUNK", 5)
    np.testing.assert_allclose(
        run_files(engine, files).outputs.embeddings, whole.outputs.embeddings, atol=1e-4
    )
