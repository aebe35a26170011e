"""Products in, labels out: how likely each is, and how much of it is sure."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np

from classifier.bundle import Bundle, read_bundle
from classifier.calibration import Kind
from classifier.deciding import Level, Verdict, decide
from classifier.engines import Device, Engine, EngineName, Outputs, load_engine
from classifier.errors import NothingToPredictFrom
from classifier.scoring import Scorer, kind_of, load_scorer
from classifier.text import clean


@dataclass(frozen=True)
class Product:
    """A picture, uint8 RGB of the bundle's input size, and what the store says; one may be missing."""

    picture: np.ndarray | None = field(default=None, repr=False)
    title: str = ""
    description: str = ""


@dataclass(frozen=True)
class Prediction:
    """The most likely label and category, how sure the model is (0 to 1), and the most likely labels.

    `sure` is the finest level that holds the precision which the bundle promises, and `decides_alone` whether
    that is the label. `kind` says what the prediction was made from. `embedding` is what the network saw of
    the picture, float32 (d,); None without a picture.
    """

    label: str
    confidence: float
    top: tuple[tuple[str, float], ...]
    category: str
    category_confidence: float
    sure: Level
    decides_alone: bool
    kind: Kind
    embedding: np.ndarray | None = field(default=None, repr=False, compare=False)


@dataclass(frozen=True)
class Predictor:
    """A bundle with what runs it."""

    bundle: Bundle
    engine: Engine
    scorer: Scorer

    def predict(self, products: Sequence[Product], top: int = 4) -> list[Prediction]:
        """Predict each product from what it has. Raises NothingToPredictFrom if that is nothing for one."""
        outputs = self._outputs(products)
        texts = [clean(each.title, each.description) if self.scorer.reads else "" for each in products]
        found: dict[int, Prediction] = {}
        for kind, places in _by_kind(products, texts).items():
            seen = None if kind == "text" else _rows(outputs, places, products)
            said = None if kind == "image" else [texts[place] for place in places]
            found.update(zip(places, self._predictions(seen, said, top), strict=True))
        return [found[place] for place in range(len(products))]

    def _outputs(self, products: Sequence[Product]) -> Outputs | None:
        pictures = [each.picture for each in products if each.picture is not None]
        return self.engine.run(np.stack(pictures)) if pictures else None

    def _predictions(
        self, outputs: Outputs | None, texts: Sequence[str] | None, top: int
    ) -> list[Prediction]:
        probabilities = self.scorer.probabilities(outputs, texts)
        kind = kind_of(outputs, texts)
        bundle = self.bundle
        verdicts = decide(probabilities, bundle.classes, bundle.tree, bundle.calibration, kind)
        seen = [None] * len(verdicts) if outputs is None else outputs.embeddings
        return [
            self._prediction(row, verdict, kind, top, embedding)
            for row, verdict, embedding in zip(probabilities, verdicts, seen, strict=True)
        ]

    def _prediction(
        self,
        probabilities: np.ndarray,
        verdict: Verdict,
        kind: Kind,
        top: int,
        embedding: np.ndarray | None,
    ) -> Prediction:
        best = np.argsort(-probabilities, kind="stable")[: max(1, top)]
        ranked = tuple((self.bundle.classes[place], float(probabilities[place])) for place in best)
        return Prediction(
            label=verdict.label,
            confidence=verdict.confidence,
            top=ranked,
            category=verdict.category,
            category_confidence=verdict.category_confidence,
            sure=verdict.sure,
            decides_alone=verdict.decides_alone,
            kind=kind,
            embedding=embedding,
        )


def load_predictor(path: str | Path, device: Device = "auto", engine: EngineName = "auto") -> Predictor:
    """Verify the bundle at `path`, load it and warm it up.

    Raises BundleDamaged, BundleTooNew, and EngineUnavailable when the device or engine is not there.
    """
    bundle = read_bundle(path)
    return Predictor(bundle, load_engine(bundle, device, engine), load_scorer(bundle))


def _by_kind(products: Sequence[Product], texts: Sequence[str]) -> dict[Kind, list[int]]:
    kinds: dict[Kind, list[int]] = {}
    for place, (product, text) in enumerate(zip(products, texts, strict=True)):
        if product.picture is None and not text:
            raise NothingToPredictFrom(
                "A product has neither a picture nor a title that the bundle can read; give it one of them."
            )
        kind: Kind = "text" if product.picture is None else "image_and_text" if text else "image"
        kinds.setdefault(kind, []).append(place)
    return kinds


def _rows(outputs: Outputs | None, places: Sequence[int], products: Sequence[Product]) -> Outputs:
    assert outputs is not None, "products with a picture have been run"
    seen = [place for place, product in enumerate(products) if product.picture is not None]
    rows = np.searchsorted(seen, places)
    return Outputs(outputs.logits[rows], outputs.embeddings[rows])
