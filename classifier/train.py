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

from classifier.backend import has_gpu, keras, worth_jit
from classifier.batches import TrainingBatches
from classifier.bundle import Bundle, Contents, write_bundle
from classifier.card import card
from classifier.datasets.example import Example
from classifier.labels import LabelTree
from classifier.measure import best_temperature, softmax
from classifier.networks import HEAD, build_network
from classifier.pictures import decode_all
from classifier.prepare import Data, class_weights, prepare
from classifier.recipe import Recipe
from classifier.report import by_label, by_source, rounded

log = logging.getLogger(__name__)
CACHE_FACTOR = 1.15
WARM_UP_SHARE = 0.08
CHUNK = 1024


def train(
    folders: Sequence[Path], out: Path, recipe: Recipe, tree: LabelTree, resume: Bundle | None = None
) -> Bundle:
    """Train by the recipe, from scratch or on from the bundle `resume`; return the bundle written to `out`.

    Raises NoUsableData when the folders hold too little.
    """
    keras.utils.set_random_seed(recipe.seed)
    return _Training(prepare(folders, tree, recipe.seed, resume), out, recipe, tree, resume).run()


class _Training:
    def __init__(self, data: Data, out: Path, recipe: Recipe, tree: LabelTree, resume: Bundle | None) -> None:
        self.data, self.out, self.recipe, self.tree, self.resume = data, out, recipe, tree, resume
        self.sizes = recipe.sizes(resumed=resume is not None)
        self.started = time.monotonic()
        self.history: list[dict[str, Any]] = []

    def run(self) -> Bundle:
        pictures = decode_all(self.data.split.train, int(self.recipe.size * CACHE_FACTOR))
        labels = self.data.indices(pictures.examples)
        weights = class_weights(labels, len(self.data.classes))
        model = self._model(len(labels))
        for epoch, size in enumerate(self.sizes):
            batches = TrainingBatches(
                pictures,
                labels,
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

    def _model(self, examples: int) -> keras.Model:
        model = _network(self.recipe, self.data.classes, self.resume)
        _set_dropout(model, self.recipe.dropout)
        steps = max(1, examples // self.recipe.batch) * len(self.sizes)
        warm_up = max(1, int(steps * WARM_UP_SHARE))
        schedule = keras.optimizers.schedules.CosineDecay(
            0.0,
            steps - warm_up,
            warmup_target=self.recipe.rate(self.resume is not None),
            warmup_steps=warm_up,
        )
        model.compile(
            keras.optimizers.AdamW(schedule, weight_decay=self.recipe.weight_decay, clipnorm=5.0),
            keras.losses.CategoricalCrossentropy(
                from_logits=True, label_smoothing=self.recipe.label_smoothing
            ),
            weighted_metrics=["accuracy"],
            jit_compile=worth_jit(),
        )
        return model

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
            held_out=self.data.split.held_out,
            card=card(self.out.name, self.data.classes, self.tree, metrics),
        )
        bare = keras.Model(model.input, model.output, name=model.name)  # shares the weights, has no optimizer
        return write_bundle(self.out, contents, bare.save)


def logits_of(model: keras.Model, pixels: np.ndarray) -> np.ndarray:
    """Return logits, float32 (n, classes), of uint8 pictures (n, s, s, 3)."""
    chunks = [pixels[start : start + CHUNK].astype(np.float32) for start in range(0, len(pixels), CHUNK)]
    return np.concatenate([model.predict(chunk, batch_size=64, verbose=0) for chunk in chunks])


def _network(recipe: Recipe, classes: Sequence[str], resume: Bundle | None) -> keras.Model:
    if resume is None:
        return build_network(recipe.network, len(classes), recipe.weights)
    old = keras.saving.load_model(resume.weights, compile=False)
    return _taught(build_network(resume.network, len(classes)), old)


def _taught(new: keras.Model, old: keras.Model) -> keras.Model:
    """Give the new network all that the old one learnt; only the outputs of added classes start fresh."""
    for target, source in zip(new.layers, old.layers, strict=True):
        if target.name != HEAD:
            target.set_weights(source.get_weights())
    kernel, bias = new.get_layer(HEAD).get_weights()
    old_kernel, old_bias = old.get_layer(HEAD).get_weights()
    kernel[:, : old_kernel.shape[1]], bias[: len(old_bias)] = old_kernel, old_bias
    new.get_layer(HEAD).set_weights([kernel, bias])
    return new


def _set_dropout(model: keras.Model, share: float) -> None:
    for layer in model.layers:
        if isinstance(layer, keras.layers.Dropout):
            layer.rate *= share


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
