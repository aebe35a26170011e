"""The card of a bundle: what it is, what it was measured on, what it is bad at."""

import shlex
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from classifier.labels import LabelTree

WEAKEST = 15
LEAST_ITEMS = 10
COLUMNS = ("items", "accuracy", "top4", "macro_f1", "category_accuracy", "ece")


def card(name: str, classes: Sequence[str], tree: LabelTree, metrics: Mapping[str, Any]) -> str:
    """Return the card as Markdown, from the figures that the bundle carries and nothing else."""
    sections = [
        _title(name, classes, tree, metrics["training"]),
        _figures(metrics),
        _weakest(metrics.get("labels", {})),
        _data(metrics["training"]),
        _repeat(name, metrics["training"]),
        _limits(classes, tree),
    ]
    return "\n".join(section for section in sections if section)


def _title(name: str, classes: Sequence[str], tree: LabelTree, training: Mapping[str, Any]) -> str:
    recipe = training["recipe"]
    categories = len({tree.category(label) for label in classes})
    return (
        f"# {name}\n\n"
        f"Tells {len(classes)} labels in {categories} categories apart from one product picture.\n"
        f"Network {recipe['network']}, pictures stretched to {training['epochs'][-1]['size']} px squares.\n"
        "Labels, categories and Shopify taxonomy ids are in `labels.json`, figures in `metrics.json`,\n"
        "the products trained on and held out in `split.json`.\n"
    )


def _figures(metrics: Mapping[str, Any]) -> str:
    if "test" not in metrics:
        return "## Figures\n\nNot yet measured on held-out products: the training has not ended.\n"
    rows = {"all": metrics["test"], **metrics["test_by_source"]}
    return (
        "## Figures on products it never saw\n\n"
        "A label with too few examples to learn counts as wrong. The temperature of the probabilities was\n"
        "fitted on the validation part.\n\n"
        + _table(("source", *COLUMNS), ((name, *(row[key] for key in COLUMNS)) for name, row in rows.items()))
    )


def _weakest(labels: Mapping[str, Any]) -> str:
    measured = [
        (row["f1"], label, row["items"]) for label, row in labels.items() if row["items"] >= LEAST_ITEMS
    ]
    if not measured:
        return ""
    rows = ((label, f1, items) for f1, label, items in sorted(measured)[:WEAKEST])
    return (
        f"## What it is bad at\n\nThe weakest labels with {LEAST_ITEMS} test pictures or more:\n\n"
        f"{_table(('label', 'F1', 'items'), rows)}"
    )


def _data(training: Mapping[str, Any]) -> str:
    pictures, sources = training["pictures"], training["sources"]
    parts = ", ".join(f"{count} {part}" for part, count in pictures.items())
    folders = ", ".join(f"{name} ({count})" for name, count in sources.items())
    return (
        "## Data and split\n\n"
        f"Pictures: {parts}.\nTrained on {folders}.\n"
        "The split is 80/10/10 by group and the same on every machine: pictures of one product and\n"
        "near-duplicates (same edges, whatever the colour) fall on one side.\n"
    )


def _repeat(name: str, training: Mapping[str, Any]) -> str:
    stages = list(_stages(training))
    lines = [_command(stage, name, number, len(stages)) for number, stage in enumerate(stages, 1)]
    times = [
        f"Stage {number}: {_time(stage)} on {stage['machine']}. {stage['recipe']['note']}".strip()
        for number, stage in enumerate(stages, 1)
    ]
    return "## To repeat it\n\n```\n" + "\n".join(lines) + "\n```\n\n" + "\n".join(times) + "\n"


def _time(stage: Mapping[str, Any]) -> str:
    hours = stage["epochs"][-1]["minutes"] / 60
    return f"{len(stage['epochs'])} epochs in {hours:.1f} hours"


def _command(stage: Mapping[str, Any], name: str, number: int, stages: int) -> str:
    recipe = stage["recipe"]
    words = ["classifier", "train"]
    for source in stage["sources"]:
        words += ["--data", source]
    words += ["--network", recipe["network"], "--epochs", recipe["epochs"], "--size", recipe["size"]]
    words += ["--batch", recipe["batch"], "--seed", recipe["seed"]]
    if recipe["learning_rate"] is not None:
        words += ["--learning-rate", recipe["learning_rate"]]
    if number > 1:
        words += ["--resume", f"stage-{number - 1}/{name}"]
    return shlex.join(
        str(word) for word in [*words, "--out", name if number == stages else f"stage-{number}/{name}"]
    )


def _stages(training: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    if training["before"]:
        yield from _stages(training["before"])
    yield training


def _limits(classes: Sequence[str], tree: LabelTree) -> str:
    unlearnt = sorted(set(tree.leaves) - set(classes))
    text = (
        "## What it was not tested on\n\n"
        "Several products in one picture, close-ups, customers' own pictures, products outside the label\n"
        'tree: it cannot say "none of these". Mind the confidence before trusting a label.\n'
    )
    return text + (
        f"\nIn the tree, but never predicted for want of examples: {', '.join(unlearnt)}.\n"
        if unlearnt
        else ""
    )


def _table(header: Sequence[object], rows: Iterator[Sequence[object]]) -> str:
    lines = [header, ["---"] * len(header), *rows]
    return "".join("| " + " | ".join(str(cell) for cell in line) + " |\n" for line in lines)
