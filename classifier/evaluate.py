"""Measures a bundle on data folders."""

import logging
from collections import Counter
from collections.abc import Sequence
from itertools import islice
from os import cpu_count
from pathlib import Path
from typing import Any, Literal

import numpy as np

from classifier.bundle import Bundle
from classifier.datasets.example import Example
from classifier.datasets.layouts import read_folders
from classifier.datasets.parallel import in_order
from classifier.datasets.rules import Rules
from classifier.errors import NoUsableData, PictureError
from classifier.images import decode
from classifier.labels import LabelTree
from classifier.modes import Batch, Examinee, Found, examine
from classifier.predictor import Predictor
from classifier.text import clean, language

log = logging.getLogger(__name__)
Part = Literal["test", "all"]
CHUNK = 256
NAMED = 10
LEAST_OF_LANGUAGE = 20
UNKNOWN, OTHER = "unknown", "other"


def evaluate(
    predictor: Predictor,
    folders: Sequence[Path],
    part: Part = "all",
    tree: LabelTree | None = None,
    rules: Rules | None = None,
    cache: Path | None = None,
) -> dict[str, Any]:
    """Return the figures of the bundle on `folders`, of every mode, and by source, language and label.

    Part "test" takes only the products that the bundle's training held out. Products whose label the tree
    lacks are counted in `unknown_labels` and left out. The default tree has the labels that the bundle was
    taught; in another one, labels it was not taught count as wrong, and probabilities of labels that the tree
    groups are summed. Raises NoUsableData when nothing is left to measure, LabelsDoNotFit for a foreign tree.
    """
    bundle = predictor.bundle
    tree = tree or bundle.tree.only(bundle.classes)
    examples = _of_part(read_folders(folders, rules, cache), part, bundle)
    examinee = Examinee(predictor.engine, predictor.scorer, bundle.classes, tree)
    return {"bundle": bundle.version, "part": part, **measured(examinee, examples)}


def measured(examinee: Examinee, examples: Sequence[Example]) -> dict[str, Any]:
    """Return the figures of a model on these products, as `evaluate` does. Raises NoUsableData."""
    known = [example for example in examples if examinee.tree.leaf_of(example.label) is not None]
    texts = [clean(example.title, example.description) for example in known]
    found, broken = Found(), 0
    decoded = in_order(
        lambda example: _decoded(example, examinee.engine.input_size),
        known,
        min(8, cpu_count() or 1),
        "measuring",
        "product",
    )
    for first in range(0, len(known), CHUNK):
        chunk = known[first : first + CHUNK]
        pixels = list(islice(decoded, len(chunk)))
        broken += sum(
            picture is None and example.picture is not None
            for picture, example in zip(pixels, chunk, strict=True)
        )
        examine(examinee, Batch(chunk, pixels, texts[first : first + CHUNK], first), found)
    unknown = _unknown(examples, examinee.tree)
    if not len(found.places):
        raise NoUsableData("No product is left to measure; check the labels and the folders.")
    _say_what_is_missing(examinee, texts)
    return {
        "tree": examinee.tree.name,
        "items": len(found.places),
        "unknown_labels": sum(unknown.values()),
        "unknown": unknown,
        "broken_pictures": broken,
        **found.rows(),
        "sources": found.rows_by(np.array([example.source for example in known])),
        "languages": _by_language(found, texts),
        "labels": found.labels(),
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


def _unknown(examples: Sequence[Example], tree: LabelTree) -> dict[str, int]:
    """How many products have each label that the tree lacks, the most frequent first."""
    unknown = Counter(example.label for example in examples if tree.leaf_of(example.label) is None)
    if unknown:
        names = ", ".join(f"{label} ({count})" for label, count in unknown.most_common(NAMED))
        log.warning("%d products left out, unknown labels: %s", unknown.total(), names)
    return dict(unknown.most_common())


def _decoded(example: Example, size: int) -> np.ndarray | None:
    if example.picture is None:
        return None
    try:
        return decode(example.picture.read_bytes(), size)
    except (PictureError, OSError) as error:
        log.warning("left out the picture %s: %s", example.picture, error)
        return None


def _say_what_is_missing(examinee: Examinee, texts: Sequence[str]) -> None:
    if not any(texts):
        log.warning("No product has a title; only the pictures were measured.")
    elif not examinee.scorer.reads:
        log.warning("The bundle was trained without titles; only the pictures were measured.")


def _by_language(found: Found, texts: Sequence[str]) -> dict[str, Any]:
    """The figures by the language of the text; products without text have none, and rare ones go together."""
    languages = [(language(text) or UNKNOWN) if text else "" for text in texts]
    counts = Counter(languages)
    groups = [OTHER if name and counts[name] < LEAST_OF_LANGUAGE else name for name in languages]
    return {name: rows for name, rows in found.rows_by(np.array(groups)).items() if name}
