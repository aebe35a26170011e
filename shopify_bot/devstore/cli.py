"""`devstore serve` and `devstore draw`."""

import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import fields
from pathlib import Path
from typing import Any

import click

from shopify_bot.devstore.bucket import PLANS
from shopify_bot.devstore.catalogue import choose
from shopify_bot.devstore.errors import DevStoreError
from shopify_bot.devstore.faults import FaultSettings, read_settings
from shopify_bot.devstore.filling import DRAWN_PRODUCTS, catalogue_folder, fill
from shopify_bot.devstore.store import DevStore

FOLDER = click.Path(exists=True, file_okay=False, path_type=Path)
FILE = click.Path(exists=True, dir_okay=False, path_type=Path)
SHARE = click.FloatRange(0, 1)
SECONDS = click.FloatRange(0)
FAULTS = f"What goes wrong; may be repeated. Names: {', '.join(each.name for each in fields(FaultSettings))}."


@click.group()
def devstore() -> None:
    """A local store that stands in for Shopify."""


@devstore.command()
@click.option("--port", default=9292, show_default=True, help="Port on 127.0.0.1; 0 takes a free one.")
@click.option("--webhook-url", help="Where every webhook goes, such as http://127.0.0.1:8000/webhooks.")
@click.option("--compliance-url", help="Where the compliance webhooks go instead.")
@click.option(
    "--api-key", envvar="SHOPIFY_BOT_SHOPIFY_API_KEY", default="devstore-key", help="The app's client id."
)
@click.option(
    "--api-secret",
    envvar="SHOPIFY_BOT_SHOPIFY_API_SECRET",
    default="hush",
    help="The app's client secret; signs the webhooks too.",
)
@click.option("--redirect-uri", "redirect_uris", multiple=True, help="Where OAuth may lead a merchant back.")
@click.option("--shop", "domain", default="demo.myshopify.com", show_default=True, help="The shop's domain.")
@click.option(
    "--token", default="shpat_devstore", show_default=True, help="Its access token; '' leaves OAuth only."
)
@click.option(
    "--stranger", is_flag=True, help="A shop outside the app's organization: no client credentials."
)
@click.option("--access-seconds", type=SECONDS, help="How long an access token that expires lasts.")
@click.option("--plan", type=click.Choice(list(PLANS)), default="standard", show_default=True)
@click.option("--catalogue", type=FOLDER, envvar="CATALOGUE", help="Folder in the Kaggle layout.")
@click.option(
    "--products", type=click.IntRange(0), help="How many products; default 40, or all of a catalogue."
)
@click.option("--every", type=SECONDS, default=0.0, show_default=True, help="Seconds between two products.")
@click.option("--taxonomy", type=FILE, envvar="TAXONOMY", help="File of lines 'gid : Full > Name'.")
@click.option(
    "--duplicates", type=SHARE, default=0.0, show_default=True, help="Share of webhooks sent twice."
)
@click.option("--late-repeats", type=SHARE, default=0.0, show_default=True, help="Share repeated later on.")
@click.option(
    "--disorder", type=SECONDS, default=0.0, show_default=True, help="Shuffle within such a window."
)
@click.option("--lose", type=SHARE, default=0.0, show_default=True, help="Share of events never told.")
@click.option("--wrong-signatures", type=SHARE, default=0.0, show_default=True, help="Share signed wrongly.")
@click.option("--late-seconds", type=SECONDS, default=20.0, show_default=True, help="How late `late` is.")
@click.option("--processing-seconds", type=SECONDS, default=0.0, show_default=True, help="Until READY.")
@click.option("--fault", "faults", metavar="NAME=VALUE", multiple=True, help=FAULTS)
@click.option("--seed", default=0, show_default=True, help="The same seed makes the same troubles.")
def serve(
    port: int,
    domain: str,
    token: str,
    stranger: bool,
    access_seconds: float | None,
    plan: str,
    catalogue: Path | None,
    products: int | None,
    every: float,
    taxonomy: Path | None,
    late_seconds: float,
    faults: tuple[str, ...],
    seed: int,
    **more: Any,
) -> None:
    """Serve one shop until Ctrl-C, filling it with products."""
    with (
        _errors_in_words(),
        _stop_on_signals() as stop,
        DevStore(port=port, taxonomy_file=taxonomy, seed=seed, **_app(more)) as store,
    ):
        store.faults.set(**read_settings(faults))
        store.webhooks.set(
            duplicates=more["duplicates"],
            late_repeats=more["late_repeats"],
            disorder_s=more["disorder"],
            lost=more["lose"],
            wrong_signature=more["wrong_signatures"],
        )
        if access_seconds is not None:
            store.oauth.set(access_s=access_seconds, client_credentials_s=access_seconds)
        shop = store.add_shop(domain, token or None, plan=plan, own_organization=not stranger)
        click.echo(f"{domain} is open at {store.origin} (access token {token or 'by OAuth'})")
        with catalogue_folder(catalogue, products or DRAWN_PRODUCTS, seed) as folder:
            made = fill(shop, choose(folder, products, seed), every, late_seconds, stop)
            click.echo(f"{len(made)} products; look at {store.origin}/_devstore/products")
            stop.wait()


@devstore.command()
@click.option(
    "--out", type=click.Path(file_okay=False, path_type=Path), required=True, help="Folder to fill."
)
@click.option("--count", type=click.IntRange(1), default=DRAWN_PRODUCTS, show_default=True)
@click.option("--seed", default=0, show_default=True, help="The same seed draws the same pictures.")
def draw(out: Path, count: int, seed: int) -> None:
    """Draw a catalogue of illustrations in the Kaggle layout."""
    from shopify_bot.devstore.drawing import write_catalogue

    write_catalogue(out, count, seed)
    click.echo(f"{count} products drawn into {out}")


def _app(options: dict[str, Any]) -> dict[str, Any]:
    names = ("webhook_url", "compliance_url", "api_key", "api_secret", "redirect_uris", "processing_seconds")
    return {name: options[name] for name in names}


@contextmanager
def _errors_in_words() -> Iterator[None]:
    try:
        yield
    except DevStoreError as error:
        raise click.ClickException(str(error)) from error


@contextmanager
def _stop_on_signals() -> Iterator[threading.Event]:
    stop = threading.Event()
    numbers = (signal.SIGINT, signal.SIGTERM)
    before = [signal.signal(number, lambda *_: stop.set()) for number in numbers]
    try:
        yield stop
    finally:
        for number, handler in zip(numbers, before, strict=True):
            signal.signal(number, handler)
