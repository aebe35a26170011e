"""Trains a network on data folders and leaves a bundle after every epoch."""

import logging
import os
import platform
import sys
import time
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

import numpy as np
from tqdm import tqdm

from classifier.backend import has_gpu, keras
from classifier.batches import TrainingBatches
from classifier.bundle import Bundle, Contents, write_bundle
from classifier.card import card
from classifier.datasets.example import Example
from classifier.errors import NoUsableData
from classifier.labels import LabelTree
from classifier.measure import best_temperature, softmax
from classifier.pictures import decode_all
from classifier.prepare import Data, class_weights, prepare
from classifier.ready import ready_network
from classifier.recipe import Recipe
from classifier.report import by_label, by_source, rounded
from classifier.targets import Targets, opinions_of

log = logging.getLogger(__name__)
CACHE_FACTOR = 1.15
CHUNK = 1024


def train(
    folders: Sequence[Path],
    out: Path,
    recipe: Recipe,
    tree: LabelTree | None = None,
    resume: Bundle | None = None,
    teacher: Bundle | None = None,
) -> Bundle:
    """Train by the recipe, from scratch or on from the bundle `resume`; return the bundle written to `out`.

    Without a `tree` it is the resumed bundle's, else the one that fits the data's labels.
    A `teacher` gives its opinion on every training picture; it must know every label that is learnt, and its
    own training must have held out the same products. Raises NoUsableData when the folders hold too little.
    """
    keras.utils.set_random_seed(recipe.seed)
    data = prepare(folders, tree, recipe.seed, resume)
    tree = data.tree
    if teacher and teacher.parts.train & (data.split.ids.test | data.split.ids.validation):
        raise NoUsableData(
            f"The teacher {teacher.version} was trained on products that this split holds out; "
            "train it on the same folders with the same seed."
        )
    return _Training(data, out, recipe, tree, resume, teacher).run()


class _Training:
    def __init__(
        self,
        data: Data,
        out: Path,
        recipe: Recipe,
        tree: LabelTree,
        resume: Bundle | None,
        teacher: Bundle | None,
    ) -> None:
        self.data, self.out, self.recipe, self.tree = data, out, recipe, tree
        self.resume, self.teacher = resume, teacher
        self.sizes = recipe.sizes(resumed=resume is not None)
        self.started = time.monotonic()
        self.history: list[dict[str, Any]] = []

    def run(self) -> Bundle:
        pictures = decode_all(self.data.split.train, int(self.recipe.size * CACHE_FACTOR))
        labels = self.data.indices(pictures.examples)
        weights = class_weights(labels, len(self.data.classes))
        targets = Targets(
            labels,
            len(self.data.classes),
            opinions_of(self.teacher, pictures, self.data.classes) if self.teacher else None,
            self.recipe.teacher_share,
        )
        steps = max(1, len(labels) // self.recipe.batch) * len(self.sizes)
        model = ready_network(self.recipe, len(self.data.classes), steps, self.resume)
        for epoch, size in enumerate(self.sizes):
            batches = TrainingBatches(
                pictures,
                targets,
                weights,
                size,
                self.recipe.batch,
                (self.recipe.seed, epoch),
                self.recipe.augmentation,
            )
            name = f"epoch {epoch + 1}/{len(self.sizes)} at {size} px"
            fitted = model.fit(batches, epochs=1, verbose=0, callbacks=[_Bar(name, len(batches))])
            self._record(epoch, size, fitted.history)
            bundle = self._checkpoint(model, size, last=epoch + 1 == len(self.sizes))
        return bundle

    def _record(self, epoch: int, size: int, history: dict[str, list[float]]) -> None:
        row = {"epoch": epoch + 1, "size": size} | {
            key: round(values[-1], 4) for key, values in history.items()
        }
        self.history.append(row)

    def _checkpoint(self, model: keras.Model, size: int, last: bool) -> Bundle:
        validation = decode_all(self.data.split.validation, size)
        temperature = 1.0
        if validation.examples:
            logits = logits_of(model, validation.pixels)
            temperature = best_temperature(logits, self.data.indices(validation.examples))
            self.history[-1]["validation"] = rounded(
                validation.examples, softmax(logits, temperature), self.data.classes, self.tree
            )
        self.history[-1]["minutes"] = round((time.monotonic() - self.started) / 60, 1)
        log.info("%s", self.history[-1])
        tested = self._test(model, size, temperature) if last else {}
        return self._write(model, size, temperature, {"training": self._training(), **tested})

    def _test(self, model: keras.Model, size: int, temperature: float) -> dict[str, Any]:
        test = decode_all(self.data.split.test, size)
        if not test.examples:
            return {}
        measured = test.examples, softmax(logits_of(model, test.pixels), temperature), self.data.classes
        return {
            "test": rounded(*measured, self.tree),
            "test_by_source": by_source(*measured, self.tree),
            "labels": by_label(*measured),
        }

    def _training(self) -> dict[str, Any]:
        parts = self.data.split
        return {
            "recipe": asdict(self.recipe),
            "resumed_from": self.resume.version if self.resume else None,
            "teacher": self.teacher.version if self.teacher else None,
            "pictures": {
                "train": len(parts.train),
                "validation": len(parts.validation),
                "test": len(parts.test),
            },
            "sources": _counts(parts.train),
            "epochs": self.history,
            "machine": _machine(),
            "before": self.resume.metrics.get("training") if self.resume else None,
        }

    def _write(self, model: keras.Model, size: int, temperature: float, metrics: dict[str, Any]) -> Bundle:
        contents = Contents(
            network=self.resume.network if self.resume else self.recipe.network,
            input_size=size,
            temperature=temperature,
            classes=self.data.classes,
            tree=self.tree,
            metrics=metrics,
            parts=self.data.split.ids,
            card=card(self.out.name, self.data.classes, self.tree, metrics),
        )
        bare = keras.Model(model.input, model.output, name=model.name)  # shares the weights, has no optimizer
        return write_bundle(self.out, contents, bare.save)


def logits_of(model: keras.Model, pixels: np.ndarray) -> np.ndarray:
    """Return logits, float32 (n, classes), of uint8 pictures (n, s, s, 3)."""
    chunks = [pixels[start : start + CHUNK].astype(np.float32) for start in range(0, len(pixels), CHUNK)]
    return np.concatenate([model.predict(chunk, batch_size=64, verbose=0) for chunk in chunks])


def _machine() -> str:
    accelerator = "a GPU" if has_gpu() else "no GPU"
    return f"{os.cpu_count()} CPU cores ({platform.machine()}), {accelerator}"


def _counts(examples: Sequence[Example]) -> dict[str, int]:
    sources = [example.source for example in examples]
    return {source: sources.count(source) for source in sorted(set(sources))}


class _Bar(keras.callbacks.Callback):  # type: ignore[misc]
    def __init__(self, name: str, steps: int) -> None:
        super().__init__()
        self._bar = tqdm(total=steps, desc=name, unit="step", file=sys.stderr, mininterval=5)

    def on_train_batch_end(self, batch: int, logs: dict[str, float] | None = None) -> None:
        self._bar.set_postfix({key: f"{value:.3f}" for key, value in (logs or {}).items()}, refresh=False)
        self._bar.update()

    def on_train_end(self, logs: dict[str, float] | None = None) -> None:
        self._bar.close()
