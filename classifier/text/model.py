"""A linear model of what titles and descriptions say, with and without the label's own words."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Self

import numpy as np
from scipy.sparse import csr_matrix, vstack
from scipy.sparse.linalg import svds
from scipy.special import log_softmax

from classifier.errors import NoUsableData
from classifier.text.evidence import Evidence, joined
from classifier.text.masking import masked
from classifier.text.packing import pack, unpack
from classifier.text.regression import Regression
from classifier.text.vocabulary import Vocabulary

FORMAT = 1
MOST_WEIGHTS = 3_200_000
RANK = 128
TOLD_EPOCHS, TOLD_RATE = 10, 0.3
CHUNK = 1024
HEADS = ("named", "unnamed", "told")


@dataclass(frozen=True)
class TextModel:
    """`named` was fitted to whole texts, `unnamed` to texts without their label's words, and `told` tells
    the two apart. `axes`, float32 (features, RANK), is there when a weight per feature and class is too much.
    """

    vocabulary: Vocabulary
    axes: np.ndarray | None
    named: Regression
    unnamed: Regression
    told: Regression

    @classmethod
    def fit(cls, texts: Sequence[str], labels: np.ndarray, classes: Sequence[str], seed: int = 0) -> Self:
        """Fit to cleaned texts and their class indices, int (n,); `classes` are the labels' names.

        Empty texts are left out. Raises NoUsableData when no text is left.
        """
        learnt = [(text, int(label)) for text, label in zip(texts, labels, strict=True) if text]
        if not learnt:
            raise NoUsableData("No example has a title or description; train without text.")
        whole, targets = [text for text, _ in learnt], np.array([label for _, label in learnt])
        without = [masked(text, classes[label]) for text, label in learnt]
        vocabulary = Vocabulary.of(whole)
        rows, bare = vocabulary.matrix(whole), vocabulary.matrix(without)
        axes = _axes(rows, targets, len(classes), seed)
        return cls(
            vocabulary,
            axes,
            Regression.fit(_along(axes, rows), targets, len(classes), seed=seed),
            Regression.fit(_along(axes, bare), targets, len(classes), seed=seed),
            _told(
                rows, bare, np.array([text != rest for text, rest in zip(whole, without, strict=True)]), seed
            ),
        )

    @property
    def classes(self) -> int:
        return len(self.named.bias)

    def rows(self, texts: Sequence[str]) -> csr_matrix:
        """Return the words of cleaned texts as the model counts them, float32 (n, features or RANK)."""
        return _along(self.axes, self.vocabulary.matrix(texts))

    def evidence(self, texts: Sequence[str]) -> Evidence:
        """Return what cleaned texts say; of an empty one, what is likely before anything is said."""
        starts = range(0, max(1, len(texts)), CHUNK)
        return joined([self._evidence(texts[start : start + CHUNK]) for start in starts])

    def log_probabilities(self, texts: Sequence[str]) -> np.ndarray:
        """Return log-probabilities of the labels, float32 (n, classes), of cleaned texts."""
        return self.evidence(texts).mixed()

    def save(self, file: Path) -> None:
        """Write the model to an .npz file, a byte per weight and no pickles."""
        arrays = {
            "format": np.array(FORMAT),
            "places": self.vocabulary.places,
            "rarity": self.vocabulary.rarity,
        }
        if self.axes is not None:
            arrays["axes_levels"], arrays["axes_scale"] = pack(self.axes)
        for head in HEADS:
            regression: Regression = getattr(self, head)
            arrays[f"{head}_levels"], arrays[f"{head}_scale"] = pack(regression.weights)
            arrays[f"{head}_bias"] = regression.bias
        with file.open("wb") as opened:
            np.savez_compressed(opened, **arrays)  # type: ignore[arg-type]

    @classmethod
    def load(cls, file: Path) -> Self:
        """Read what `save` wrote. Raises OSError, KeyError or ValueError when it is no such file."""
        with np.load(file, allow_pickle=False) as arrays:
            if int(arrays["format"]) != FORMAT:
                raise ValueError(f"text model of format {int(arrays['format'])}, not {FORMAT}")
            axes = unpack(arrays["axes_levels"], arrays["axes_scale"]) if "axes_levels" in arrays else None
            heads = (
                Regression(unpack(arrays[f"{head}_levels"], arrays[f"{head}_scale"]), arrays[f"{head}_bias"])
                for head in HEADS
            )
            return cls(Vocabulary(arrays["places"], arrays["rarity"]), axes, *heads)

    def _evidence(self, texts: Sequence[str]) -> Evidence:
        rows = self.vocabulary.matrix(texts)
        along = _along(self.axes, rows)
        named, unnamed = (log_softmax(head.logits(along), axis=1) for head in (self.named, self.unnamed))
        told = np.exp(log_softmax(self.told.logits(rows), axis=1)[:, 1])
        return Evidence(named, unnamed, told, np.diff(rows.indptr) > 0, along)


def _axes(rows: csr_matrix, labels: np.ndarray, classes: int, seed: int) -> np.ndarray | None:
    """The directions in which the classes' mean texts differ most; None when the classes are few."""
    features = rows.shape[1]
    if classes * features <= MOST_WEIGHTS or min(classes, features) <= RANK:
        return None
    shares = 1 / np.maximum(np.bincount(labels, minlength=classes), 1)[labels]
    member = csr_matrix((shares.astype(np.float32), (labels, np.arange(len(labels)))), (classes, len(labels)))
    _, _, axes = svds(member @ rows, k=RANK, rng=np.random.default_rng(seed))
    directions: np.ndarray = np.ascontiguousarray(axes.T, dtype=np.float32)
    return directions


def _told(rows: csr_matrix, bare: csr_matrix, differ: np.ndarray, seed: int) -> Regression:
    """Tells texts with their label's words, class 1, from the same texts without them, class 0."""
    both = vstack([rows[differ], bare[differ]]).tocsr()
    labels = np.repeat([1, 0], int(differ.sum()))
    return Regression.fit(both, labels, 2, seed=seed, epochs=TOLD_EPOCHS, rate=TOLD_RATE)


def _along(axes: np.ndarray | None, rows: csr_matrix) -> csr_matrix:
    return rows if axes is None else csr_matrix(rows @ axes)
