"""Files through an engine: the next are decoded while it works."""

import os
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from classifier.datasets.parallel import in_order
from classifier.engines import Engine, Outputs
from classifier.errors import PictureError
from classifier.images import decode

CHUNK = 256


@dataclass(frozen=True)
class Answered:
    """`outputs` belong to the files of indices `places`; `broken` says why the others have none."""

    places: np.ndarray
    outputs: Outputs
    broken: Mapping[int, str]


def run_files(engine: Engine, files: Sequence[Path | bytes], what: str = "classifying") -> Answered:
    """Run pictures given as files or as their bytes; a broken one is left out and named in the answer."""
    broken: dict[int, str] = {}
    places: list[int] = []
    parts = [engine.run(np.empty((0, engine.input_size, engine.input_size, 3), dtype=np.uint8))]
    for chunk in _chunks(_decoded(files, engine.input_size, what, broken)):
        places.extend(place for place, _ in chunk)
        parts.append(engine.run(np.stack([pixels for _, pixels in chunk])))
    outputs = Outputs(
        np.concatenate([part.logits for part in parts]), np.concatenate([part.embeddings for part in parts])
    )
    return Answered(np.array(places, dtype=np.int64), outputs, broken)


def _decoded(
    files: Sequence[Path | bytes], size: int, what: str, broken: dict[int, str]
) -> Iterator[tuple[int, np.ndarray]]:
    def one(file: Path | bytes) -> np.ndarray | str:
        try:
            return decode(file if isinstance(file, bytes) else file.read_bytes(), size)
        except (PictureError, OSError) as error:
            return str(error)

    for place, result in enumerate(in_order(one, files, os.cpu_count() or 1, what, "picture")):
        if isinstance(result, str):
            broken[place] = result
        else:
            yield place, result


def _chunks(decoded: Iterator[tuple[int, np.ndarray]]) -> Iterator[list[tuple[int, np.ndarray]]]:
    chunk = []
    for each in decoded:
        chunk.append(each)
        if len(chunk) == CHUNK:
            yield chunk
            chunk = []
    if chunk:
        yield chunk
