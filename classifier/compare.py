"""Trains several networks on one split and tells them apart by figures."""

import json
import logging
import time
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np

from classifier.backend import keras
from classifier.bundle import WEIGHTS, Bundle
from classifier.engines import load_engine
from classifier.errors import ClassifierError, NoUsableData, UnknownNetwork
from classifier.finishing import exported
from classifier.labels import LabelTree
from classifier.networks import IMAGENET, LITE0, NETWORKS
from classifier.prepare import Data, prepare
from classifier.recipe import Recipe
from classifier.train import train_on

log = logging.getLogger(__name__)
JSON_FILE, TABLE_FILE = "compare.json", "compare.md"
PICTURES = 64
SECONDS = 1.0
COLUMNS = {
    "network": "network",
    "start": "start",
    "accuracy": "accuracy",
    "macro_f1": "macro-F1",
    "size_mb": "size, MB",
    "parameters": "parameters",
    "training_per_s": "training, images/s",
    "inference_per_s": "inference, images/s",
}


def compare(
    folders: Sequence[Path], networks: Sequence[str], recipe: Recipe, tree: LabelTree | None, out: Path
) -> dict[str, Any]:
    """Train each network by the recipe and return what `compare.json` in `out` then holds.

    `networks` has a row for each that was trained, with its accuracy and macro-F1 on the same test products,
    best first; `failed` says why of the others, which do not stop the rest. The bundles are in `out` too.
    A start such as "imagenet" goes to those networks that have it. Raises UnknownNetwork, NoUsableData.
    """
    wanted = list(dict.fromkeys(networks))
    _check(wanted)
    data = prepare(folders, tree, recipe.seed, cap=recipe.cap)
    if not data.split.test:
        raise NoUsableData("No product is left to test the networks on; give more data.")
    out.mkdir(parents=True, exist_ok=True)
    rows: list[dict[str, Any]] = []
    failed: dict[str, str] = {}
    for name in wanted:
        log.info("%s, %d of %d", name, wanted.index(name) + 1, len(wanted))
        try:
            rows.append(_row(data, _fitting(recipe, name), out))
        except Exception as error:  # memory, shapes, anything: the others go on
            log.warning("%s failed: %s", name, error, exc_info=not isinstance(error, ClassifierError))
            failed[name] = str(error) or repr(error)
        keras.utils.clear_session()
        _write(out, _result(data, rows, failed))
    return _result(data, rows, failed)


def as_table(result: Mapping[str, Any]) -> str:
    """Return what `compare` gives as a Markdown table, with the networks that failed below it."""
    lines = [list(COLUMNS.values()), ["---"] * len(COLUMNS)]
    lines += [[_cell(row[key]) for key in COLUMNS] for row in result["networks"]]
    table = "".join("| " + " | ".join(line) + " |\n" for line in lines)
    failures = "".join(f"\n{name} failed: {reason}\n" for name, reason in result["failed"].items())
    return table + failures


def _check(networks: Sequence[str]) -> None:
    unknown = [name for name in networks if name not in NETWORKS]
    if unknown or not networks:
        named = repr(unknown[0]) if unknown else "of no name"
        raise UnknownNetwork(f"There is no network {named}; choose from: {', '.join(NETWORKS)}.")


def _fitting(recipe: Recipe, network: str) -> Recipe:
    has_not = recipe.weights in (IMAGENET, LITE0) and recipe.weights not in NETWORKS[network].starts
    return replace(recipe, network=network, weights=None if has_not else recipe.weights)


def _row(data: Data, recipe: Recipe, out: Path) -> dict[str, Any]:
    bundle = exported(train_on(data, out / recipe.network, recipe))
    network = keras.saving.load_model(bundle.weights, compile=False)
    test, training = bundle.metrics["test"], bundle.metrics["training"]
    return {
        "network": recipe.network,
        "start": recipe.weights or "scratch",
        "accuracy": test["accuracy"],
        "macro_f1": test["macro_f1"],
        "size_mb": round((bundle.path / WEIGHTS).stat().st_size / 1e6, 1),
        "parameters": network.count_params(),
        "training_per_s": max(
            row["pictures_per_s"]
            for row in training["epochs"]
            if row["size"] == recipe.size and not row["head_only"]
        ),
        **_inference(bundle),
        "minutes": training["epochs"][-1]["minutes"],
        "bundle": bundle.version,
    }


def _inference(bundle: Bundle) -> dict[str, Any]:
    """Pictures per second of the engine that this machine would take, in batches of PICTURES."""
    engine = load_engine(bundle)
    side = bundle.input_size
    pictures = np.random.default_rng(0).integers(0, 256, (PICTURES, side, side, 3), dtype=np.uint8)
    engine.run(pictures)
    started, done = time.perf_counter(), 0
    while time.perf_counter() - started < SECONDS:
        engine.run(pictures)
        done += PICTURES
    return {
        "engine": engine.name,
        "inference_per_s": round(done / (time.perf_counter() - started), 1),
    }


def _result(data: Data, rows: Sequence[Mapping[str, Any]], failed: Mapping[str, str]) -> dict[str, Any]:
    return {
        "labels": len(data.classes),
        "pictures": {part: len(examples) for part, examples in vars(data.split).items()},
        "networks": sorted(rows, key=lambda row: (-row["accuracy"], -row["macro_f1"], row["network"])),
        "failed": dict(failed),
    }


def _write(out: Path, result: Mapping[str, Any]) -> None:
    (out / JSON_FILE).write_text(json.dumps(result, indent=1) + "\n", encoding="utf-8")
    (out / TABLE_FILE).write_text(as_table(result), encoding="utf-8")


def _cell(value: object) -> str:
    return f"{value:,}" if isinstance(value, int) else str(value)
