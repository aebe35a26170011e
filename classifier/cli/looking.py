"""Commands that look at single pictures."""

import json
from pathlib import Path
from typing import Any

import click

from classifier.cli.options import DEVICE, ENGINE, JSON, PATH
from classifier.errors import NoUsableData, PictureError


@click.command()
@click.argument("bundle", type=PATH)
@click.argument("pictures", type=PATH, nargs=-1)
@click.option("--title", default="", help="The product's title; it goes with every picture.")
@click.option("--description", default="", help="The product's description.")
@click.option("--top", type=click.IntRange(1), default=4, show_default=True)
@DEVICE
@ENGINE
@JSON
def predict(
    bundle: Path,
    pictures: tuple[Path, ...],
    title: str,
    description: str,
    top: int,
    device: Any,
    engine: Any,
    as_json: bool,
) -> None:
    """Say what is on pictures; an unreadable one is named, and the exit code is then 1.

    With a title and no picture the title alone is judged.
    """
    from classifier.predictor import load_predictor

    if not pictures and not (title or description):
        raise click.UsageError("Give a picture, a title, or both.")
    predictor = load_predictor(bundle, device, engine)
    results = [_predicted(predictor, picture, title, description, top) for picture in pictures or (None,)]
    click.echo(json.dumps(results) if as_json else "\n".join(_line(result) for result in results))
    if any("error" in result for result in results):
        raise SystemExit(1)


@click.command()
@click.argument("bundle", type=PATH)
@click.argument("picture", type=PATH)
@click.option("--label", help="What to explain; by default the most likely label.")
@click.option("--out", type=PATH, required=True, help="PNG file to write.")
@DEVICE
@ENGINE
def explain(bundle: Path, picture: Path, label: str | None, out: Path, device: Any, engine: Any) -> None:
    """Draw where on a picture a label is seen."""
    from classifier.explain import heat_map
    from classifier.predictor import Product, load_predictor

    predictor = load_predictor(bundle, device, engine)
    pixels = _pixels(picture, predictor.bundle.input_size)
    chosen = label or predictor.predict([Product(pixels)])[0].label
    if chosen not in predictor.bundle.classes:
        raise NoUsableData(f"The bundle {predictor.bundle.version} has not learnt the label {chosen!r}.")
    place = predictor.bundle.classes.index(chosen)
    out.parent.mkdir(parents=True, exist_ok=True)
    out.write_bytes(heat_map(predictor.engine, pixels, place, _pixels(picture, 4 * len(pixels))).png)
    click.echo(f"{chosen}: {out}")


@click.command()
@click.argument("bundle", type=PATH)
@click.argument("picture", type=PATH)
@click.option("--index", "folder", type=PATH, required=True, help="Folder of pictures to search.")
@click.option("--top", type=click.IntRange(1), default=8, show_default=True)
@DEVICE
@ENGINE
@JSON
def similar(
    bundle: Path, picture: Path, folder: Path, top: int, device: Any, engine: Any, as_json: bool
) -> None:
    """Find the pictures of a folder that are most alike."""
    from classifier.bundle import read_bundle
    from classifier.engines import load_engine
    from classifier.similar import similar as run

    read = read_bundle(bundle)
    try:
        found = run(read, load_engine(read, device, engine), picture, folder, top)
    except OSError as error:
        raise NoUsableData(f"{picture} cannot be read: {error.strerror}.") from error
    if as_json:
        click.echo(json.dumps([{"picture": str(file), "cosine": cosine} for file, cosine in found]))
    else:
        click.echo("\n".join(f"{cosine:.3f} {file}" for file, cosine in found))


def _predicted(
    predictor: Any, picture: Path | None, title: str, description: str, top: int
) -> dict[str, Any]:
    from classifier.images import decode
    from classifier.predictor import Product

    try:
        pixels = decode(picture.read_bytes(), predictor.bundle.input_size) if picture else None
    except OSError as error:
        return {"picture": str(picture), "error": f"cannot be read: {error.strerror}"}
    except PictureError as error:
        return {"picture": str(picture), "error": str(error)}
    found = predictor.predict([Product(pixels, title, description)], top)[0]
    told = {name: value for name, value in vars(found).items() if name != "embedding"}
    return {"picture": str(picture) if picture else None, **told}


def _pixels(picture: Path, size: int) -> Any:
    from classifier.images import decode

    try:
        return decode(picture.read_bytes(), size)
    except OSError as error:
        raise NoUsableData(f"{picture} cannot be read: {error.strerror}.") from error


def _line(result: dict[str, Any]) -> str:
    name = result["picture"] or "title"
    if "error" in result:
        return f"{name}: {result['error']}"
    claims = {
        "leaf": result["label"],
        "category": f"{result['category']}, which one is unsure",
        "nothing": "unsure",
    }
    ranked = ", ".join(f"{label} {share:.1%}" for label, share in result["top"])
    return f"{name}: {claims[result['sure']]} ({ranked})"
