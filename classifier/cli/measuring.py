"""Commands that measure a bundle."""

from pathlib import Path
from typing import Any

import click

from classifier.bundle import read_bundle
from classifier.cli.options import CACHE, DATA, DEVICE, ENGINE, JSON, LABELS, PATH, RULES, printed
from classifier.datasets.rules import load_rules
from classifier.labels import load_tree


@click.command()
@click.argument("bundle", type=PATH)
@DATA
@click.option("--part", type=click.Choice(["test", "all"]), default="all", show_default=True,
              help="test: only what the bundle's training held out.")  # fmt: skip
@LABELS
@RULES
@CACHE
@DEVICE
@ENGINE
@JSON
def evaluate(
    bundle: Path,
    folders: tuple[Path, ...],
    part: Any,
    labels: str | None,
    rules: str | None,
    cache: Path | None,
    device: Any,
    engine: Any,
    as_json: bool,
) -> None:
    """Measure a bundle on data: picture, title, both, and both with the label's words taken out.

    Without --labels the products count whose label the bundle has learnt. A coarser tree sums probabilities.
    """
    from classifier.evaluate import evaluate as run
    from classifier.predictor import load_predictor

    tree = load_tree(labels) if labels else None
    predictor = load_predictor(bundle, device, engine)
    printed(run(predictor, folders, part, tree, load_rules(rules) if rules else None, cache), as_json)


@click.command()
@click.argument("bundle", type=PATH)
@DEVICE
@ENGINE
@JSON
def benchmark(bundle: Path, device: Any, engine: Any, as_json: bool) -> None:
    """Measure how many products a second this machine does."""
    from classifier.benchmark import benchmark as run

    printed(run(read_bundle(bundle), device, engine), as_json)
