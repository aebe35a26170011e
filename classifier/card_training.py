"""The part of a card that says how the bundle was trained and how to do it again."""

import shlex
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import fields
from pathlib import Path
from typing import Any

from classifier.labels import LabelTree, shipped_trees
from classifier.own_labels import OWN
from classifier.recipe import Recipe

DEFAULT = "fashion"
ALWAYS = ("network", "epochs", "size", "batch", "seed")
SAID_ELSEWHERE = ("augmentation", "note")


def data_and_split(training: Mapping[str, Any]) -> str:
    """Return what was trained on and how it was divided."""
    pictures, sources = training["pictures"], training["sources"]
    parts = ", ".join(f"{count} {part}" for part, count in pictures.items())
    folders = ", ".join(f"{name} ({count})" for name, count in sources.items())
    return (
        "## Data and split\n\n"
        f"Products: {parts}.\nTrained on {folders}.\n"
        "The split is 80/10/10 by group and the same on every machine: pictures of one product and\n"
        "near-duplicates (same edges, whatever the colour) fall on one side.\n"
    )


def repeating(name: str, training: Mapping[str, Any], tree: LabelTree) -> str:
    """Return the commands of all stages, with the time that each took."""
    stages = list(_stages(training))
    commands = [
        _command(stage, name, number, len(stages), _labels(tree)) for number, stage in enumerate(stages, 1)
    ]
    times = [f"Stage {number}: {_time(stage)}" for number, stage in enumerate(stages, 1)]
    hours = sum(map(_hours, stages))
    total = f"\nAltogether {hours:.1f} hours.\n" if len(stages) > 1 else ""
    return "## To repeat it\n\n```\n" + "\n".join(commands) + "\n```\n\n" + "\n".join(times) + "\n" + total


def _stages(training: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    if training["before"]:
        yield from _stages(training["before"])
    yield training


def _time(stage: Mapping[str, Any]) -> str:
    epochs = len(stage["epochs"])
    said = f"{epochs} epochs in {_hours(stage):.1f} hours on {stage['machine']}. {stage['recipe']['note']}"
    return said.strip()


def _hours(stage: Mapping[str, Any]) -> float:
    return float(stage["epochs"][-1]["minutes"]) / 60


def _labels(tree: LabelTree) -> list[str]:
    """The default needs no word, nor do labels taken from the data; a tree from a file is in the bundle."""
    if tree.name in (DEFAULT, OWN):
        return []
    return ["--labels", tree.name if tree.name in shipped_trees() else "labels.json"]


def _command(stage: Mapping[str, Any], name: str, number: int, stages: int, labels: Sequence[str]) -> str:
    words: list[object] = ["classifier", "train"]
    for source in stage["sources"]:
        words += ["--data", source]
    words += [*_options(stage["recipe"]), *labels]
    if stage.get("teacher"):
        itself = number > 1 and stage["teacher"] == stage["resumed_from"]
        words += ["--teacher", f"stage-{number - 1}/{name}" if itself else stage["teacher"]]
    if number > 1:
        words += ["--resume", f"stage-{number - 1}/{name}"]
    words += ["--out", name if number == stages else f"stage-{number}/{name}"]
    return shlex.join(map(str, words))


def _options(recipe: Mapping[str, Any]) -> Iterator[object]:
    """The main ones, then those that differ from their default; of a file only its name, for it moves."""
    for key in ALWAYS:
        yield from (f"--{key}", recipe[key])
    for one in fields(Recipe):
        value = recipe.get(one.name, one.default)
        if one.name in (*ALWAYS, *SAID_ELSEWHERE) or value == one.default:
            continue
        option = one.name.replace("_", "-")
        if isinstance(value, bool):
            yield f"--{option}" if value else f"--no-{option}"
        else:
            yield from (f"--{option}", Path(value).name if one.name == "weights" else value)
