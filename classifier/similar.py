"""The pictures of a folder that look most like a given one."""

import logging
import tempfile
import zipfile
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from classifier.bundle import Bundle
from classifier.engines import Engine
from classifier.errors import NoUsableData
from classifier.images import decode
from classifier.nearest import nearest, unit_rows
from classifier.running import run_files

log = logging.getLogger(__name__)
CACHE = ".classifier-index.npz"
SUFFIXES = frozenset((".jpg", ".jpeg", ".png", ".gif", ".webp", ".bmp", ".tif", ".tiff", ".avif"))


@dataclass(frozen=True)
class Index:
    """Pictures by their path in `folder`, with embeddings, float32 (n, d), of length one.

    `stamps`, int64 (n, 2), are each file's size and time of change in ns when it was read.
    """

    folder: Path
    names: tuple[str, ...]
    stamps: np.ndarray
    embeddings: np.ndarray

    def most_alike(self, embeddings: np.ndarray, top: int) -> list[list[tuple[Path, float]]]:
        """Return, for each embedding (q, d), the pictures most alike with their cosines, best first."""
        places, cosines = nearest(unit_rows(embeddings), self.embeddings, top)
        return [
            [(self.folder / self.names[place], float(cosine)) for place, cosine in zip(*row, strict=True)]
            for row in zip(places, cosines, strict=True)
        ]


def similar(
    bundle: Bundle, engine: Engine, picture: Path, folder: Path, top: int, cache: Path | None = None
) -> list[tuple[Path, float]]:
    """Return the pictures below `folder` most like `picture`, but for itself, with their cosines, best first.

    Raises PictureError or OSError when the picture cannot be read, else as `folder_index`.
    """
    pixels = decode(picture.read_bytes(), engine.input_size)
    index = folder_index(bundle, engine, folder, cache)
    (found,) = index.most_alike(engine.run(pixels[None]).embeddings, top + 1)
    return [(file, cosine) for file, cosine in found if file.resolve() != picture.resolve()][:top]


def folder_index(bundle: Bundle, engine: Engine, folder: Path, cache: Path | None = None) -> Index:
    """Return the index of all pictures below `folder`, kept in `cache` (CACHE in the folder by default).

    Only files that changed since are read again; all are after the bundle changed. A broken picture is logged
    and left out, and so is a cache that cannot be written. Raises NoUsableData when no picture is left.
    """
    cache = cache or folder / CACHE
    files = {file.relative_to(folder).as_posix(): file for file in sorted(_pictures(folder))}
    stamps = {name: _stamp(file) for name, file in files.items()}
    known = _read(cache, bundle, folder)
    kept = [place for place, name in enumerate(known.names) if stamps.get(name) == tuple(known.stamps[place])]
    have = {known.names[place] for place in kept}
    fresh = _fresh(engine, folder, {name: stamp for name, stamp in stamps.items() if name not in have})
    index = _joined(known, kept, fresh)
    if not index.names:
        raise NoUsableData(f"{folder} holds no picture that can be read; give a folder of pictures.")
    if fresh.names or len(kept) < len(known.names):
        _write(cache, bundle, index)
    return index


def _pictures(folder: Path) -> list[Path]:
    return [file for file in folder.rglob("*") if file.suffix.lower() in SUFFIXES and file.is_file()]


def _stamp(file: Path) -> tuple[int, int]:
    status = file.stat()
    return status.st_size, status.st_mtime_ns


def _fresh(engine: Engine, folder: Path, stamps: dict[str, tuple[int, int]]) -> Index:
    names = list(stamps)
    answered = run_files(engine, [folder / name for name in names], "indexing")
    for place, reason in answered.broken.items():
        log.warning("left out %s: %s", folder / names[place], reason)
    read = tuple(names[place] for place in answered.places)
    rows = np.array([stamps[name] for name in read], dtype=np.int64).reshape(-1, 2)
    return Index(folder, read, rows, unit_rows(answered.outputs.embeddings))


def _joined(known: Index, kept: list[int], fresh: Index) -> Index:
    if not kept:
        return fresh
    names = (*(known.names[place] for place in kept), *fresh.names)
    order = sorted(range(len(names)), key=names.__getitem__)
    stamps = np.concatenate([known.stamps[kept], fresh.stamps])
    embeddings = np.concatenate([known.embeddings[kept], fresh.embeddings])
    return Index(known.folder, tuple(names[place] for place in order), stamps[order], embeddings[order])


def _read(cache: Path, bundle: Bundle, folder: Path) -> Index:
    empty = Index(folder, (), np.empty((0, 2), dtype=np.int64), np.empty((0, 0), dtype=np.float32))
    try:
        with np.load(cache, allow_pickle=False) as file:
            if str(file["bundle"]) != bundle.version:
                return empty
            return Index(folder, tuple(file["names"].tolist()), file["stamps"], file["embeddings"])
    except FileNotFoundError:
        return empty
    except (OSError, EOFError, ValueError, KeyError, zipfile.BadZipFile) as error:
        log.warning("%s cannot be read and is made anew: %s", cache, error)
        return empty


def _write(cache: Path, bundle: Bundle, index: Index) -> None:
    """Replace the cache as a whole, since two commands may run at once."""
    try:
        with tempfile.NamedTemporaryFile(dir=cache.parent, suffix=".npz", delete=False) as file:
            np.savez(
                file,
                bundle=np.array(bundle.version),
                names=np.array(index.names),
                stamps=index.stamps,
                embeddings=index.embeddings,
            )
        Path(file.name).replace(cache)
    except OSError as error:
        log.warning("the index is not kept for the next time, %s cannot be written: %s", cache, error)
