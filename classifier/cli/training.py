"""Commands that make bundles, compare networks, and write other formats."""

from pathlib import Path
from typing import Any

import click

from classifier.bundle import MANIFEST, read_bundle
from classifier.cli.options import CACHE, DATA, LABELS, PATH, RULES, recipe_options
from classifier.datasets.rules import load_rules
from classifier.errors import NotABundle
from classifier.labels import load_tree
from classifier.networks import NETWORKS
from classifier.recipe import Recipe


@click.command()
@DATA
@click.option("--network", type=click.Choice(list(NETWORKS)), default=Recipe.network, show_default=True)
@click.option("--resume", type=PATH, help="Bundle to go on from.")
@click.option("--teacher", type=PATH, help="Bundle whose opinion of each picture is learnt too.")
@click.option("--teacher-share", type=click.FloatRange(0, 1), default=Recipe.teacher_share, show_default=True)
@LABELS
@RULES
@CACHE
@recipe_options
@click.option("--out", type=PATH, required=True, help="Folder of the bundle.")
def train(
    folders: tuple[Path, ...],
    resume: Path | None,
    teacher: Path | None,
    labels: str | None,
    rules: str | None,
    cache: Path | None,
    out: Path,
    **options: Any,
) -> None:
    """Train a network on data; the bundle that stands holds the best epoch so far.

    Without --labels the label tree is fashion, or, where that has not the data's labels, one of them alone.
    """
    from classifier.train import train as run

    bundle = run(
        folders,
        out,
        Recipe(**options),
        load_tree(labels) if labels else None,
        read_bundle(resume) if resume else None,
        read_bundle(teacher) if teacher else None,
        load_rules(rules) if rules else None,
        cache,
    )
    click.echo(f"{bundle.version} written to {out}", err=True)


@click.command()
@DATA
@click.option("--network", "networks", type=click.Choice(list(NETWORKS)), multiple=True,
              help="Repeatable; by default all.")  # fmt: skip
@LABELS
@recipe_options
@click.option("--out", type=PATH, required=True, help="Folder for the bundles and the table.")
def compare(
    folders: tuple[Path, ...], networks: tuple[str, ...], labels: str | None, out: Path, **options: Any
) -> None:
    """Train several networks on one split and print one table; the exit code is 1 when all failed."""
    from classifier.compare import as_table
    from classifier.compare import compare as run

    tree = load_tree(labels) if labels else None
    result = run(folders, networks or list(NETWORKS), Recipe(**options), tree, out)
    click.echo(as_table(result), nl=False)
    if not result["networks"]:
        raise SystemExit(1)


@click.command()
@click.argument("bundle", type=PATH)
@click.option("--format", "form", type=click.Choice(["openvino", "onnx", "litert"]), default="openvino",
              show_default=True)  # fmt: skip
@click.option("--out", type=PATH, help="Folder to write into; by default beside the bundle.")
def export(bundle: Path, form: Any, out: Path | None) -> None:
    """Write a bundle's network as another runtime reads it."""
    from classifier.export import export as run

    if out and (out / MANIFEST).is_file():
        raise NotABundle(f"{out} is a bundle, which is sealed; name another folder.")
    click.echo(run(read_bundle(bundle), form, out or _beside(bundle, form)))


def _beside(bundle: Path, form: str) -> Path:
    """Resolved first, since a path such as "." has no name to go by."""
    whole = bundle.resolve()
    return whole.with_name(f"{whole.name}-{form}")
