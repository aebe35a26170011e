"""Options that several commands share, and how they print."""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import click

from classifier.recipe import Recipe

PATH = click.Path(path_type=Path)
DATA = click.option("--data", "folders", type=PATH, multiple=True, required=True,
                    help="Data folder, or a table of products; repeatable.")  # fmt: skip
RULES = click.option("--rules", help="Keyword rules that give the labels: report-six or a file.")
CACHE = click.option(
    "--cache", type=PATH, help="Where pictures given by URL are kept; by default beside the table."
)
LABELS = click.option("--labels", help="Label tree: a shipped name or a file.")
DEVICE = click.option(
    "--device", type=click.Choice(["auto", "cpu", "gpu"]), default="auto", show_default=True
)
ENGINE = click.option(
    "--engine", type=click.Choice(["auto", "keras", "openvino"]), default="auto", show_default=True
)
JSON = click.option("--json", "as_json", is_flag=True, help="Print one JSON document and nothing else.")


def recipe_options(command: Any) -> Any:
    """Add the options of a recipe that every training takes."""
    default = Recipe()
    for option in (
        click.option("--note", default="", help="A remark for the card."),
        click.option("--seed", type=int, default=default.seed, show_default=True),
        click.option("--cap", type=click.IntRange(1), help="Most training pictures per label."),
        click.option("--rarity", type=click.FloatRange(0, 1), default=default.rarity, show_default=True,
                     help="How much more a rare label weighs; 0: every picture counts alike."),
        click.option("--patience", type=click.IntRange(0), default=default.patience, show_default=True,
                     help="Epochs without a lower validation loss after which to stop; 0: never."),
        click.option("--schedule", type=click.Choice(["cosine", "plateau"]), default=default.schedule,
                     show_default=True, help="How the learning rate falls."),
        click.option("--learning-rate", type=float, help="Peak; by default 0.001, resumed 0.0003."),
        click.option("--dropout", type=click.FloatRange(0, 1), default=default.dropout, show_default=True,
                     help="Share of the network's own dropout that is on."),
        click.option("--label-smoothing", type=click.FloatRange(0, 1, max_open=True),
                     default=default.label_smoothing, show_default=True),
        click.option("--weight-decay", type=click.FloatRange(0), default=default.weight_decay,
                     show_default=True),
        click.option("--mixed/--no-mixed", default=None,
                     help="Compute in 16 bits where that is safe; by default where there is a GPU."),
        click.option("--batch", type=click.IntRange(2), default=default.batch, show_default=True),
        click.option("--size", type=click.IntRange(32), default=default.size, show_default=True,
                     help="Pixels a side."),
        click.option("--head-epochs", type=click.IntRange(0),
                     help="Epochs that train the head alone; by default 1 on weights that already see."),
        click.option("--epochs", type=click.IntRange(1), default=default.epochs, show_default=True),
        click.option("--weights", help="Where the network starts: imagenet, lite0 or a file of its weights."),
    ):  # fmt: skip
        command = option(command)
    return command


def printed(result: Mapping[str, Any], as_json: bool) -> None:
    """Print a result as one JSON document or as indented lines."""
    click.echo(json.dumps(result) if as_json else _as_text(result))


def _as_text(result: Mapping[str, Any], indent: str = "") -> str:
    lines = []
    for key, value in result.items():
        nested = isinstance(value, Mapping)
        lines.append(f"{indent}{key}:" + ("\n" + _as_text(value, indent + "  ") if nested else f" {value}"))
    return "\n".join(lines)
