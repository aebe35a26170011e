"""Measures a bundle on data folders."""

import logging
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, Literal

import numpy as np
from tqdm import tqdm

from classifier.bundle import Bundle
from classifier.datasets.example import Example
from classifier.datasets.layouts import read_folders
from classifier.engines import Engine
from classifier.errors import NoUsableData, PictureError
from classifier.images import decode
from classifier.predictor import Predictor
from classifier.report import by_source, rounded

log = logging.getLogger(__name__)
Part = Literal["test", "all"]
CHUNK = 32


def evaluate(predictor: Predictor, folders: Sequence[Path], part: Part = "all") -> dict[str, Any]:
    """Return the figures of the bundle on the pictures of `folders`, overall and by folder.

    Part "test" takes only the products that the bundle's training held out. Products whose label the tree
    lacks are counted in `unknown_labels` and left out. Raises NoUsableData when nothing is left to measure.
    """
    bundle = predictor.bundle
    examples = _of_part(read_folders(folders), part, bundle)
    known = [example for example in examples if example.label in bundle.tree.leaves]
    _name_unknown(examples, bundle)
    measured, probabilities = _probabilities(predictor.engine, known)
    if not measured:
        raise NoUsableData("No picture is left to measure; check the labels and the folders.")
    return {
        "bundle": bundle.version,
        "part": part,
        "items": len(measured),
        "unknown_labels": len(examples) - len(known),
        "broken_pictures": len(known) - len(measured),
        "image": _without_items(rounded(measured, probabilities, bundle.classes, bundle.tree)),
        "sources": by_source(measured, probabilities, bundle.classes, bundle.tree),
    }


def _of_part(examples: Sequence[Example], part: Part, bundle: Bundle) -> list[Example]:
    if part == "all":
        return list(examples)
    chosen = [example for example in examples if example.id in bundle.parts.test]
    if not chosen:
        raise NoUsableData(
            "These folders hold none of the products that the bundle held out; use the part all."
        )
    return chosen


def _name_unknown(examples: Sequence[Example], bundle: Bundle) -> None:
    unknown = Counter(example.label for example in examples if example.label not in bundle.tree.leaves)
    if unknown:
        log.warning(
            "%d products left out, unknown labels: %s", unknown.total(), ", ".join(sorted(unknown)[:10])
        )


def _probabilities(engine: Engine, examples: Sequence[Example]) -> tuple[list[Example], np.ndarray]:
    measured: list[Example] = []
    rows = []
    with tqdm(total=len(examples), desc="measuring", unit="picture", leave=False) as bar:
        for chunk in _chunks(examples):
            kept, pictures = _decoded(chunk, engine.input_size)
            measured.extend(kept)
            if kept:
                rows.append(engine.probabilities(pictures))
            bar.update(len(chunk))
    return measured, np.concatenate(rows) if rows else np.empty((0, 0), dtype=np.float32)


def _decoded(examples: Sequence[Example], size: int) -> tuple[list[Example], np.ndarray]:
    kept, pictures = [], []
    for example in examples:
        try:
            pictures.append(decode(example.picture.read_bytes(), size))
        except (PictureError, OSError) as error:
            log.warning("left out %s: %s", example.picture, error)
            continue
        kept.append(example)
    return kept, np.array(pictures, dtype=np.uint8)


def _chunks(examples: Sequence[Example]) -> Iterator[Sequence[Example]]:
    return (examples[start : start + CHUNK] for start in range(0, len(examples), CHUNK))


def _without_items(figures: dict[str, float]) -> dict[str, float]:
    return {key: value for key, value in figures.items() if key != "items"}
