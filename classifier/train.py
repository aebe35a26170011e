"""Trains a network on data folders; the bundle that stands holds the best epoch so far."""

import logging
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np
from tqdm import tqdm

from classifier.backend import keras
from classifier.batches import TrainingBatches
from classifier.bundle import WEIGHTS, Bundle, Contents, check_place, write_bundle
from classifier.calibration import Calibration
from classifier.card import card
from classifier.datasets.rules import Rules
from classifier.errors import NoUsableData
from classifier.finishing import finish
from classifier.held_out import HeldOut, Tested
from classifier.history import description
from classifier.illustrate import drawn, illustrate
from classifier.labels import LabelTree
from classifier.lessons import lessons
from classifier.plan import Epoch, phases
from classifier.prepare import Data, prepare
from classifier.progress import Progress
from classifier.ready import compile_head, compile_whole, full_precision, ready_network, slow_down
from classifier.recipe import Recipe

log = logging.getLogger(__name__)


def train(
    folders: Sequence[Path],
    out: Path,
    recipe: Recipe,
    tree: LabelTree | None = None,
    resume: Bundle | None = None,
    teacher: Bundle | None = None,
    rules: Rules | None = None,
    cache: Path | None = None,
) -> Bundle:
    """Train by the recipe, from scratch or on from the bundle `resume`; return the bundle written to `out`.

    Without a `tree` it is the resumed bundle's, else the one that fits the data's labels.
    A `teacher` gives its opinion on every training picture; it must know every label that is learnt, and its
    own training must have held out the same products. Raises NoUsableData when the folders hold too little,
    NotABundle when `out` is in use for something else, LabelsDoNotFit for a tree without the resumed labels.
    """
    check_place(out)
    data = prepare(folders, tree, recipe.seed, resume, recipe.cap, rules, cache)
    return finish(train_on(data, out, recipe, resume, teacher), data, recipe.seed)


def train_on(
    data: Data, out: Path, recipe: Recipe, resume: Bundle | None = None, teacher: Bundle | None = None
) -> Bundle:
    """As `train`, on data that are prepared, and of the network alone."""
    keras.utils.set_random_seed(recipe.seed)
    if resume:
        recipe = replace(recipe, network=resume.network, weights=None)
    if teacher and teacher.parts.train & (data.split.ids.test | data.split.ids.validation):
        raise NoUsableData(
            f"The teacher {teacher.version} was trained on products that this split holds out; "
            "train it on the same folders with the same seed."
        )
    return _Training(data, out, recipe, resume, teacher).run()


@dataclass(frozen=True)
class _Best:
    """The best epoch of the latest phase; nothing of an earlier phase compares with it."""

    epoch: Epoch
    weights: list[np.ndarray]
    calibration: Calibration


class _Training:
    def __init__(
        self, data: Data, out: Path, recipe: Recipe, resume: Bundle | None, teacher: Bundle | None
    ) -> None:
        self.data, self.out, self.recipe, self.resume, self.teacher = data, out, recipe, resume, teacher
        self.resumed = resume is not None
        self.held_out = HeldOut(data)
        self.started = time.monotonic()
        self.history: list[dict[str, Any]] = []
        self.best: _Best | None = None

    def run(self) -> Bundle:
        to_learn = lessons(self.data, self.recipe, self.teacher)
        model = ready_network(self.recipe, len(self.data.classes), self.resume)
        for phase in phases(self.recipe, self.resumed):
            self._compile(model, phase[0], len(to_learn.targets.labels))
            progress = Progress()
            for epoch in phase:
                self._learn(model, to_learn.batches(epoch), epoch)
                self._judge(model, epoch, progress)
                if progress.over(self.recipe.patience):
                    log.info("The validation loss has not fallen for %d epochs.", progress.waited)
                    break
        return self._finish(model)

    def _compile(self, model: keras.Model, first: Epoch, pictures: int) -> None:
        """The rate runs on from one size to the next."""
        if first.head_only:
            compile_head(model, self.recipe)
        elif first.number in (0, self.recipe.heads(self.resumed)):
            steps = max(1, pictures // self.recipe.batch) * self.recipe.epochs
            compile_whole(model, self.recipe, steps, self.resumed)

    def _learn(self, model: keras.Model, batches: TrainingBatches, epoch: Epoch) -> None:
        name = f"epoch {epoch.number + 1} at {epoch.size} px" + (", head only" if epoch.head_only else "")
        before = time.monotonic()
        fitted = model.fit(batches, epochs=1, verbose=0, callbacks=[_Bar(name, len(batches))])
        seconds = time.monotonic() - before
        row: dict[str, Any] = {"epoch": epoch.number + 1, "size": epoch.size, "head_only": epoch.head_only}
        row |= {key: round(values[-1], 4) for key, values in fitted.history.items()}
        row |= {"learning_rate": float(f"{float(model.optimizer.learning_rate):.3g}")}
        self.history.append(row | {"pictures_per_s": round(batches.pictures / seconds, 1)})

    def _judge(self, model: keras.Model, epoch: Epoch, progress: Progress) -> None:
        """Measure the epoch, and keep it in a bundle when it is the best of its phase."""
        found = self.held_out.validate(model, epoch.size)
        self.history[-1]["minutes"] = round((time.monotonic() - self.started) / 60, 1)
        better = True
        if found:
            self.history[-1] |= {"validation": found.figures, "validation_loss": round(found.loss, 4)}
            better = progress.better(found.score, found.loss)
        log.info("%s", self.history[-1])
        if better:
            self.best = _Best(epoch, model.get_weights(), found.calibration if found else Calibration())
            self._write(model, self.best, None)
        if self.recipe.schedule == "plateau" and progress.on_plateau and not epoch.head_only:
            slow_down(model)

    def _finish(self, model: keras.Model) -> Bundle:
        assert self.best is not None, "a phase has at least one epoch, and its first is its best so far"
        model.set_weights(self.best.weights)
        tested = self.held_out.test(model, self.best.epoch.size, self.best.calibration)
        return self._write(model, self.best, tested)

    def _write(self, model: keras.Model, best: _Best, tested: Tested | None) -> Bundle:
        training = description(self.data, self.recipe, self.history, self.resume, self.teacher)
        metrics = {"training": training | {"kept_epoch": best.epoch.number + 1}}
        metrics |= tested.metrics if tested else {}
        contents = Contents(
            network=model.name,
            input_size=best.epoch.size,
            calibration=best.calibration,
            classes=self.data.classes,
            tree=self.data.tree,
            metrics=metrics,
            parts=self.data.parts,
            card=card(
                self.out.name, self.data.classes, self.data.tree, metrics, best.calibration, drawn(tested)
            ),
        )
        return write_bundle(self.out, contents, lambda folder: self._save(model, folder, tested))

    def _save(self, model: keras.Model, folder: Path, tested: Tested | None) -> None:
        full_precision(model).save(folder / WEIGHTS)
        illustrate(folder, self.history, tested, self.data.classes)


class _Bar(keras.callbacks.Callback):  # type: ignore[misc]
    def __init__(self, name: str, steps: int) -> None:
        super().__init__()
        self._bar = tqdm(total=steps, desc=name, unit="step", file=sys.stderr, mininterval=5)

    def on_train_batch_end(self, batch: int, logs: dict[str, float] | None = None) -> None:
        self._bar.set_postfix({key: f"{value:.3f}" for key, value in (logs or {}).items()}, refresh=False)
        self._bar.update()

    def on_train_end(self, logs: dict[str, float] | None = None) -> None:
        self._bar.close()
