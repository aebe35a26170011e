"""The card of a bundle: what it is, what it was measured on, what it is bad at."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from typing import Any

from classifier.calibration import KINDS, Calibration
from classifier.card_training import data_and_split, repeating
from classifier.labels import LabelTree

WEAKEST = 15
LEAST_ITEMS = 10
MOST_NAMES = 100
COLUMNS = ("items", "accuracy", "top4", "macro_f1", "category_accuracy", "ece",
           "coverage_at_995", "precision_at_threshold")  # fmt: skip
SPOKEN = {
    "image": "picture",
    "text": "title",
    "image_and_text": "picture and title",
    "image_and_masked_text": "picture and title without its label",
}
PICTURES = {
    "curves.png": "How the training went",
    "confusion.png": "What is taken for what",
    "samples.png": "Predictions on drawings of the project's own",
}


def card(
    name: str,
    classes: Sequence[str],
    tree: LabelTree,
    metrics: Mapping[str, Any],
    calibration: Calibration | None = None,
    pictures: Collection[str] = (),
) -> str:
    """Return the card as Markdown, from what the bundle carries and nothing else.

    `metrics` has "training"; and where measured "evaluation", as `classifier.evaluate` gives it ("test",
    "test_by_source" and "labels" of a network alone serve in its place), "further", more of them by title,
    and "speeds", a list of what `classifier.benchmark` gives with the "machine". `pictures` are the names of
    picture files in the bundle.
    """
    evaluation = _evaluation(metrics)
    sections = [
        _title(name, classes, tree, metrics["training"]),
        _figures(evaluation),
        *(_further(title, found) for title, found in metrics.get("further", {}).items()),
        _deciding(calibration, evaluation),
        _weakest(evaluation),
        _pictures(pictures),
        data_and_split(metrics["training"]),
        _speeds(metrics.get("speeds", [])),
        repeating(name, metrics["training"], tree),
        _limits(classes, tree),
    ]
    return "\n".join(section for section in sections if section)


def _evaluation(metrics: Mapping[str, Any]) -> Mapping[str, Any]:
    if "evaluation" in metrics or "test" not in metrics:
        evaluation: Mapping[str, Any] = metrics.get("evaluation", {})
        return evaluation
    return {
        "image": metrics["test"],
        "sources": {name: {"image": row} for name, row in metrics["test_by_source"].items()},
        "labels": {
            label: {"items": row["items"], "image": row["f1"]} for label, row in metrics["labels"].items()
        },
    }


def _title(name: str, classes: Sequence[str], tree: LabelTree, training: Mapping[str, Any]) -> str:
    categories = len({tree.category(label) for label in classes})
    size = training["epochs"][-1]["size"]
    return (
        f"# {name}\n\n"
        f"Tells {len(classes)} labels in {categories} categories apart, from a picture or a title or both.\n"
        f"Network {training['recipe']['network']}, pictures stretched to {size} px squares.\n"
        "Labels, categories and Shopify taxonomy ids are in `labels.json`, figures in `metrics.json`,\n"
        "temperatures and thresholds in `calibration.json`, and in `split.json` the products trained on and\n"
        "held out.\n"
    )


def _figures(evaluation: Mapping[str, Any]) -> str:
    if not evaluation:
        return "## Figures\n\nNot yet measured on held-out products: the training has not ended.\n"
    return (
        "## Figures on products it never saw\n\n"
        f"{_unknown(evaluation)}"
        "Temperatures and thresholds were fitted on the validation part. Coverage is the share of products\n"
        "at or above the threshold of their class, precision the share of right ones among these.\n\n"
        + _table(("from", *COLUMNS), _rows(evaluation))
        + _grouped("source", evaluation.get("sources", {}))
        + _grouped("language", evaluation.get("languages", {}))
    )


def _further(title: str, evaluation: Mapping[str, Any]) -> str:
    table = _table(("from", *COLUMNS), _rows(evaluation))
    return f"## {title}\n\n{_unknown(evaluation)}{table}"


def _unknown(evaluation: Mapping[str, Any]) -> str:
    unknown = evaluation.get("unknown", {})
    if not unknown:
        return ""
    count = evaluation["unknown_labels"]
    return f"{count} products are left out, having labels that it does not know: {_names(unknown)}.\n"


def _rows(evaluation: Mapping[str, Any]) -> Iterator[tuple[object, ...]]:
    for mode, spoken in SPOKEN.items():
        if row := evaluation.get(mode):
            yield (spoken, *_cells(row))


def _grouped(what: str, groups: Mapping[str, Mapping[str, Any]]) -> str:
    rows = [(name, *row) for name, modes in groups.items() for row in _rows(modes)]
    return "\n" + _table((what, "from", *COLUMNS), rows) if rows else ""


def _cells(row: Mapping[str, Any]) -> tuple[object, ...]:
    return tuple(row.get(key) for key in COLUMNS)


def _deciding(calibration: Calibration | None, evaluation: Mapping[str, Any]) -> str:
    if calibration is None or not calibration.temperatures:
        return ""
    rows = [
        (
            SPOKEN[kind],
            round(calibration.temperatures[kind], 3),
            _share(calibration.coverage.get(kind)),
            _share((evaluation.get(kind) or {}).get("coverage_at_995")),
            _share(calibration.category_coverage.get(kind)),
        )
        for kind in KINDS
        if kind in calibration.temperatures
    ]
    header = ("from", "temperature", "leaf expected", "leaf measured", "category expected")
    return (
        "## When it may decide alone\n\n"
        f"Each class has a threshold so that of all decided alone {calibration.precision:.1%} are right,\n"
        "fitted on held-out products. The share of products that reach it:\n\n" + _table(header, rows)
    )


def _share(value: float | None) -> str:
    return "" if value is None else f"{value:.1%}"


def _weakest(evaluation: Mapping[str, Any]) -> str:
    best = "image_and_text" if evaluation.get("image_and_text") else "image"
    measured = [
        (row.get(best) or 0.0, label, row)
        for label, row in evaluation.get("labels", {}).items()
        if row["items"] >= LEAST_ITEMS
    ]
    if not measured:
        return ""
    modes = [mode for mode in SPOKEN if evaluation.get(mode)]
    chosen = sorted(measured, key=lambda entry: entry[:2])[:WEAKEST]
    rows = [(label, row["items"], *(row.get(mode) for mode in modes)) for _, label, row in chosen]
    return (
        "## What it is bad at\n\n"
        f"F1 of the weakest labels with {LEAST_ITEMS} test products or more, from the {SPOKEN[best]}:\n\n"
        + _table(("label", "items", *(SPOKEN[mode] for mode in modes)), rows)
    )


def _pictures(pictures: Collection[str]) -> str:
    shown = [f"![{said}]({file})\n" for file, said in PICTURES.items() if file in pictures]
    return "## In pictures\n\n" + "\n".join(shown) if shown else ""


def _speeds(speeds: Sequence[Mapping[str, Any]]) -> str:
    if not speeds:
        return ""
    keys = list(dict.fromkeys(key for row in speeds for key in row))
    return "## Speed\n\n" + _table(keys, [[row.get(key) for key in keys] for row in speeds])


def _limits(classes: Sequence[str], tree: LabelTree) -> str:
    unlearnt = sorted(set(tree.leaves) - set(classes))
    text = (
        "## What it was not tested on\n\n"
        "Several products in one picture, close-ups, customers' own pictures, titles in languages that are\n"
        'not in the figures, products outside the label tree: it cannot say "none of these", only that it\n'
        "is unsure.\n"
    )
    return text + (
        f"\nIn the tree, but never predicted for want of examples: {_names(unlearnt)}.\n" if unlearnt else ""
    )


def _names(names: Collection[str]) -> str:
    more = f" and {len(names) - MOST_NAMES} more" if len(names) > MOST_NAMES else ""
    return ", ".join(list(names)[:MOST_NAMES]) + more


def _table(header: Sequence[object], rows: Iterable[Sequence[object]]) -> str:
    lines = [header, ["---"] * len(header), *rows]
    return "".join("| " + " | ".join(map(_cell, line)) + " |\n" for line in lines)


def _cell(value: object) -> str:
    return "" if value is None else " ".join(str(value).split()).replace("|", "\\|")
