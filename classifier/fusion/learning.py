"""Fits the text model and the fusion, once the network is trained."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from classifier.fusion.head import Fusion
from classifier.fusion.together import Together
from classifier.text.masking import masked
from classifier.text.model import TextModel

MOST_NUMBERS = 4_000_000
WHOLE_COUNTS = 2  # most titles name their label, so that they do counts twice


@dataclass(frozen=True)
class Products:
    """Cleaned texts ("" where none is given), class indices, int (n,), and what the network says of the
    pictures: logits (n, classes) and embeddings (n, d).
    """

    texts: Sequence[str]
    labels: np.ndarray
    logits: np.ndarray
    embeddings: np.ndarray

    def at(self, places: np.ndarray) -> "Products":
        """Return the products at `places`, int (m,)."""
        texts = [self.texts[place] for place in places.tolist()]
        return Products(texts, self.labels[places], self.logits[places], self.embeddings[places])

    def without_label_words(self, classes: Sequence[str]) -> list[str]:
        """Return the texts without their own label's words."""
        pairs = zip(self.texts, self.labels.tolist(), strict=True)
        return [masked(text, classes[label]) for text, label in pairs]


def fit_text_and_fusion(
    train: Products, validation: Products, classes: Sequence[str], seed: int = 0
) -> tuple[TextModel, Fusion]:
    """Return both, fitted; the same input and seed give the same result.

    What text and picture say is learnt from `train`, how much it counts from `validation`: of products that
    it was trained on, a network is too sure. Products without text are left out. Raises NoUsableData when no
    product to train on has one.
    """
    model = TextModel.fit(train.texts, train.labels, classes, seed)
    shares = np.bincount(train.labels, minlength=len(classes)) / len(train.labels)
    train, validation = _with_text(train), _some(_with_text(validation), len(classes), seed)
    bare = model.rows(train.without_label_words(classes))
    together = Together.fit(bare, train.logits, train.embeddings, train.labels, seed)
    whole = model.evidence(validation.texts)
    without = model.evidence(validation.without_label_words(classes))
    seen = validation.logits, validation.embeddings
    return model, Fusion.fit(together, shares, seen, [whole] * WHOLE_COUNTS + [without], validation.labels)


def _with_text(products: Products) -> Products:
    return products.at(np.flatnonzero([bool(text) for text in products.texts]))


def _some(products: Products, classes: int, seed: int) -> Products:
    """A sample that keeps memory bounded with thousands of classes: a few weights need no more."""
    most = max(1, MOST_NUMBERS // classes)
    if len(products.texts) <= most:
        return products
    places = np.random.default_rng(seed).choice(len(products.texts), most, replace=False)
    return products.at(np.sort(places))
