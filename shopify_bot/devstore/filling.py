"""Fills a shop with the products of a catalogue, at once or while one watches."""

import tempfile
import threading
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

from shopify_bot.devstore.catalogue import CatalogueItem
from shopify_bot.devstore.shop import Shop

DRAWN_PRODUCTS = 40


def fill(
    shop: Shop,
    items: Iterable[CatalogueItem],
    every_seconds: float = 0.0,
    late_seconds: float = 20.0,
    stop: threading.Event | None = None,
) -> list[str]:
    """Create one product per item, `every_seconds` apart, until `stop` is set. Returns their global ids.

    Items whose trouble is `late` get their picture READY only after `late_seconds`.
    """
    stop = stop or threading.Event()
    made: list[str] = []
    for item in items:
        if made and stop.wait(every_seconds):
            break
        made.append(
            shop.create_product(
                item.title,
                item.picture.read_bytes(),
                vendor=item.vendor,
                truth=item.label,
                trouble=item.trouble,
                late_seconds=late_seconds if item.trouble == "late" else 0.0,
            )
        )
    return made


@contextmanager
def catalogue_folder(given: Path | None, products: int, seed: int = 0) -> Iterator[Path]:
    """The folder that was given, or one with illustrations drawn for the occasion and gone afterwards."""
    if given is not None:
        yield given
        return
    from shopify_bot.devstore.drawing import write_catalogue

    with tempfile.TemporaryDirectory(prefix="devstore-") as folder:
        write_catalogue(Path(folder), products, seed)
        yield Path(folder)
