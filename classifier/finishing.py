"""Completes a bundle whose network is trained: text, fusion, calibration, figures, card."""

import logging
import shutil
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np

from classifier.bundle import (
    CALIBRATION,
    CARD,
    FUSION,
    LABELS,
    MANIFEST,
    METRICS,
    SPLIT,
    TEXT,
    Bundle,
    Contents,
    write_bundle,
)
from classifier.calibration import Held, Kind, calibrated
from classifier.card import card
from classifier.datasets.example import Example
from classifier.engines import Engine, Outputs, load_engine
from classifier.errors import LabelsDoNotFit, NoUsableData
from classifier.evaluate import measured
from classifier.fusion import Fusion
from classifier.fusion.learning import Products, fit_text_and_fusion
from classifier.labels import load_tree
from classifier.modes import Examinee
from classifier.prepare import Data
from classifier.running import run_files
from classifier.scoring import Scorer
from classifier.text import TextModel, clean

log = logging.getLogger(__name__)
LEAST_FUSED = 30
REWRITTEN = frozenset({TEXT, FUSION, CALIBRATION, LABELS, METRICS, SPLIT, CARD, MANIFEST})


def finish(bundle: Bundle, data: Data, seed: int = 0) -> Bundle:
    """Return the bundle, rewritten in place, with all that can be learnt and measured beside its network.

    Text is learnt from the titles of the training part, the fusion and the calibration from the validation
    part, and the figures are those of the test part. Without titles the bundle looks at pictures alone.
    """
    bundle = exported(bundle)
    engine = load_engine(bundle)
    validation = _looked_at(engine, data.split.validation)
    text, fusion = _learnt(data, engine, validation, seed)
    scorer = Scorer(bundle.calibration, text, fusion)
    calibration = calibrated(_held(scorer, validation), data.classes, data.tree)
    examinee = Examinee(engine, Scorer(calibration, text, fusion), data.classes, data.tree.only(data.classes))
    metrics = {"training": bundle.metrics["training"], **_figures(examinee, data)}
    pictures = sorted(file.name for file in bundle.path.glob("*.png"))
    contents = Contents(
        network=bundle.network,
        input_size=bundle.input_size,
        calibration=calibration,
        classes=data.classes,
        tree=data.tree,
        metrics=metrics,
        parts=data.parts,
        card=card(bundle.name, data.classes, data.tree, metrics, calibration, pictures),
    )

    def save(folder: Path) -> None:
        _copy_network(bundle, folder)
        if text and fusion:
            text.save(folder / TEXT)
            fusion.save(folder / FUSION)

    return write_bundle(bundle.path, contents, save)


def exported(bundle: Bundle) -> Bundle:
    """Add what OpenVINO reads. Only TensorFlow can write it, so a bundle trained without runs with Keras."""
    from classifier.backend import keras

    if keras.backend.backend() != "tensorflow":
        log.warning("Not exported for OpenVINO: that needs the TensorFlow backend.")
        return bundle
    from classifier.export import export_openvino

    def save(folder: Path) -> None:
        _copy_network(bundle, folder)
        network = keras.saving.load_model(bundle.weights, compile=False)
        export_openvino(network, bundle.input_size, folder)

    return write_bundle(bundle.path, bundle.contents, save)


def _copy_network(bundle: Bundle, folder: Path) -> None:
    for file in bundle.path.iterdir():
        if file.name not in REWRITTEN:
            shutil.copy2(file, folder)


@dataclass(frozen=True)
class _LookedAt:
    """Products with what the network said of their pictures, and their cleaned texts."""

    examples: Sequence[Example]
    outputs: Outputs
    texts: Sequence[str]

    @property
    def told(self) -> np.ndarray:
        """The places of those with a text."""
        return np.flatnonzero(np.array([bool(text) for text in self.texts], dtype=bool))

    def products(self, data: Data) -> Products:
        return Products(self.texts, data.indices(self.examples), self.outputs.logits, self.outputs.embeddings)


def _looked_at(engine: Engine, examples: Sequence[Example]) -> _LookedAt:
    shown = [(example, example.picture) for example in examples if example.picture is not None]
    answered = run_files(engine, [picture for _, picture in shown], "looking")
    kept = [shown[place][0] for place in answered.places]
    return _LookedAt(kept, answered.outputs, [_text(example) for example in kept])


def _learnt(
    data: Data, engine: Engine, validation: _LookedAt, seed: int
) -> tuple[TextModel | None, Fusion | None]:
    titles = sum(bool(example.title or example.description) for example in data.split.train)
    if len(validation.told) < LEAST_FUSED or titles < LEAST_FUSED:
        log.info("Too few products have a title; the bundle will look at pictures alone.")
        return None, None
    train = _looked_at(engine, data.split.train)
    return fit_text_and_fusion(train.products(data), validation.products(data), data.classes, seed)


def _held(scorer: Scorer, validation: _LookedAt) -> Mapping[Kind, Held]:
    truth = [example.label for example in validation.examples]
    held: dict[Kind, Held] = {"image": Held(scorer.scores(validation.outputs, None), truth)}
    if scorer.reads:
        told = validation.told
        texts = [validation.texts[place] for place in told]
        spoken = [truth[place] for place in told]
        outputs = Outputs(validation.outputs.logits[told], validation.outputs.embeddings[told])
        held["text"] = Held(scorer.scores(None, texts), spoken)
        held["image_and_text"] = Held(scorer.scores(outputs, texts), spoken)
    return held


def _figures(examinee: Examinee, data: Data) -> dict[str, Any]:
    """The figures on the test part, and for the shipped labels also those in the report's coarser ones."""
    test = data.split.test
    figures: dict[str, Any] = {}
    try:
        figures["evaluation"] = measured(examinee, test)
        if data.tree.name == "fashion":
            coarse = replace(examinee, tree=load_tree("report-six"))
            figures["further"] = {"In six coarse categories": measured(coarse, test)}
    except (NoUsableData, LabelsDoNotFit) as error:
        log.warning("Not all figures could be taken: %s", error)
    return figures


def _text(example: Example) -> str:
    return clean(example.title, example.description)
