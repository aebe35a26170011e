"""The command `classifier`: results on stdout, all else on stderr."""

import json
import logging
import sys
from pathlib import Path
from typing import Any

import click

from classifier.bundle import Bundle, read_bundle
from classifier.errors import ClassifierError, PictureError
from classifier.labels import load_tree
from classifier.networks import NETWORKS
from classifier.recipe import Recipe

FOLDER = click.Path(path_type=Path)
DEVICE = click.option(
    "--device", type=click.Choice(["auto", "cpu", "gpu"]), default="auto", show_default=True
)
JSON = click.option("--json", "as_json", is_flag=True, help="Print one JSON document and nothing else.")


class _Group(click.Group):
    """Turns our own errors into a message and exit code 1."""

    def invoke(self, ctx: click.Context) -> object:
        try:
            return super().invoke(ctx)
        except ClassifierError as error:
            raise click.ClickException(str(error)) from error


@click.group(cls=_Group)
def main() -> None:
    """Train, measure and use product classifiers."""
    logging.basicConfig(level=logging.INFO, stream=sys.stderr, format="%(message)s")


@main.command()
@click.option("--data", "folders", type=FOLDER, multiple=True, required=True, help="Data folder; repeatable.")
@click.option("--network", type=click.Choice(list(NETWORKS)), default=Recipe.network, show_default=True)
@click.option("--weights", help="imagenet, or a file of weights for the backbone.")
@click.option("--resume", type=FOLDER, help="Bundle to go on from.")
@click.option("--teacher", type=FOLDER, help="Bundle whose opinion of each picture is learnt too.")
@click.option("--teacher-share", type=click.FloatRange(0, 1), default=Recipe.teacher_share, show_default=True)
@click.option("--dropout", type=click.FloatRange(0, 1), default=Recipe.dropout, show_default=True)
@click.option(
    "--labels", help="Label tree: a shipped name or a file; by default fashion, or the data's own labels."
)
@click.option("--epochs", type=click.IntRange(1), default=Recipe.epochs, show_default=True)
@click.option(
    "--size", type=click.IntRange(32), default=Recipe.size, show_default=True, help="Pixels a side."
)
@click.option("--batch", type=click.IntRange(2), default=Recipe.batch, show_default=True)
@click.option("--learning-rate", type=float, help="Peak; by default 0.001, resumed 0.0003.")
@click.option("--seed", type=int, default=Recipe.seed, show_default=True)
@click.option("--note", default="", help="A remark for the card.")
@click.option("--out", type=FOLDER, required=True, help="Folder of the bundle.")
def train(
    folders: tuple[Path, ...],
    resume: Path | None,
    teacher: Path | None,
    labels: str | None,
    out: Path,
    **options: Any,
) -> None:
    """Train a network on data folders; a bundle stands after every epoch."""
    from classifier.train import train as run

    before = read_bundle(resume) if resume else None
    taught_by = read_bundle(teacher) if teacher else None
    bundle = run(folders, out, Recipe(**options), load_tree(labels) if labels else None, before, taught_by)
    click.echo(f"{bundle.version} written to {out}", err=True)


@main.command()
@click.argument("bundle", type=FOLDER)
@click.option("--data", "folders", type=FOLDER, multiple=True, required=True, help="Data folder; repeatable.")
@click.option("--part", type=click.Choice(["test", "all"]), default="all", show_default=True,
              help="test: only what the bundle's training held out.")  # fmt: skip
@DEVICE
@JSON
def evaluate(bundle: Path, folders: tuple[Path, ...], part: Any, device: Any, as_json: bool) -> None:
    """Measure a bundle on data folders."""
    from classifier.evaluate import evaluate as run
    from classifier.predictor import load_predictor

    result = run(load_predictor(bundle, device), folders, part)
    click.echo(json.dumps(result) if as_json else _as_text(result))


@main.command()
@click.argument("bundle", type=FOLDER)
@click.argument("pictures", type=FOLDER, nargs=-1, required=True)
@click.option("--top", type=click.IntRange(1), default=4, show_default=True)
@DEVICE
@JSON
def predict(bundle: Path, pictures: tuple[Path, ...], top: int, device: Any, as_json: bool) -> None:
    """Say what is on pictures; an unreadable one is named, and the exit code is then 1."""
    results = _predictions(read_bundle(bundle), pictures, top, device)
    if as_json:
        click.echo(json.dumps(results))
    else:
        click.echo("\n".join(_line(result) for result in results))
    if any("error" in result for result in results):
        raise SystemExit(1)


@main.command()
@click.argument("bundle", type=FOLDER)
@DEVICE
@JSON
def benchmark(bundle: Path, device: Any, as_json: bool) -> None:
    """Measure how many pictures a second the engine does on this machine."""
    from classifier.benchmark import benchmark as run

    result = run(read_bundle(bundle), device)
    click.echo(json.dumps(result) if as_json else _as_text(result))


def _predictions(bundle: Bundle, pictures: tuple[Path, ...], top: int, device: Any) -> list[dict[str, Any]]:
    import numpy as np

    from classifier.engines import load_engine
    from classifier.images import decode
    from classifier.predictor import Predictor

    predictor = Predictor(bundle, load_engine(bundle, device))
    results: list[dict[str, Any]] = []
    for picture in pictures:
        try:
            pixels = decode(picture.read_bytes(), bundle.input_size)
        except (PictureError, OSError) as error:
            results.append({"picture": str(picture), "error": str(error)})
            continue
        found = predictor.predict(np.stack([pixels]), top)[0]
        results.append({"picture": str(picture), "label": found.label, "confidence": found.confidence,
                        "category": bundle.tree.category(found.label), "top": found.top})  # fmt: skip
    return results


def _line(result: dict[str, Any]) -> str:
    if "error" in result:
        return f"{result['picture']}: {result['error']}"
    return f"{result['picture']}: " + ", ".join(f"{label} {share:.1%}" for label, share in result["top"])


def _as_text(result: dict[str, Any], indent: str = "") -> str:
    lines = []
    for key, value in result.items():
        nested = isinstance(value, dict)
        lines.append(f"{indent}{key}:" + ("\n" + _as_text(value, indent + "  ") if nested else f" {value}"))
    return "\n".join(lines)


if __name__ == "__main__":
    main()
