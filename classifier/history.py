"""How a training went, as a bundle tells it."""

import os
import platform
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

from classifier.backend import has_gpu
from classifier.bundle import Bundle
from classifier.networks import IMAGENET, LITE0
from classifier.prepare import Data
from classifier.recipe import Recipe


def description(
    data: Data,
    recipe: Recipe,
    epochs: Sequence[Mapping[str, Any]],
    resume: Bundle | None,
    teacher: Bundle | None,
) -> dict[str, Any]:
    """Return a plain object; `before` is that of the training which was resumed, and so on."""
    return {
        "recipe": asdict(recipe) | {"weights": _named(recipe.weights)},
        "resumed_from": resume.version if resume else None,
        "teacher": teacher.version if teacher else None,
        "pictures": {part: len(examples) for part, examples in vars(data.split).items()},
        "sources": dict(sorted(Counter(example.source for example in data.split.train).items())),
        "epochs": list(epochs),
        "machine": _machine(),
        "before": resume.metrics.get("training") if resume else None,
    }


def _named(weights: str | None) -> str | None:
    """A file without its folders: a bundle tells nobody where things lie on a machine."""
    return weights if weights in (None, IMAGENET, LITE0) else Path(weights).name


def _machine() -> str:
    accelerator = "a GPU" if has_gpu() else "no GPU"
    return f"{os.cpu_count()} CPU cores ({platform.machine()}), {accelerator}"
