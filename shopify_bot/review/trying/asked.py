"""What somebody wants to try, from the form to the worker's answer."""

import base64
import time
from dataclasses import dataclass
from random import randint
from typing import Any

from flask import g, request
from sqlalchemy import func, select

from shopify_bot.asking.asker import WAIT_S
from shopify_bot.asking.wire import ADDRESS_S, as_text
from shopify_bot.errors import AskRefused
from shopify_bot.review.blueprint import the_asker, the_bot
from shopify_bot.review.languages import _
from shopify_bot.review.presenting import shorten
from shopify_bot.review.trying.trials import HEAT, SHOWN, Trial, new_trial
from shopify_bot.tables import Embedding, Product, Review, Shop

LONGEST_TITLE = 500
LONGEST_NAME = 120


@dataclass(frozen=True)
class Wanted:
    """A question to the worker, and what to call it on the page."""

    source: str
    kind: str
    payload: dict[str, Any]
    name: str
    title: str
    wait_s: float = WAIT_S


def wanted() -> Wanted:
    """What the form asks for: a product, else a file, else an address, else a title. Raises AskRefused."""
    if request.form.get("draw"):
        return drawn_product()
    title = request.form.get("title", "").strip()[:LONGEST_TITLE]
    file, address = request.files.get("picture"), request.form.get("address", "").strip()
    if file is not None and file.filename:
        payload = {"picture": as_text(file.read()), "title": title}
        return Wanted("upload", "classify", payload, shorten(file.filename, LONGEST_NAME), title)
    if address:
        payload = {"address": address, "title": title}
        return Wanted(
            "address", "address", payload, shorten(address, LONGEST_NAME), title, WAIT_S + ADDRESS_S
        )
    if not title:
        raise AskRefused("nothing", "")
    return Wanted("title", "classify", {"picture": None, "title": title}, "", title)


def drawn_product() -> Wanted:
    """A product of the shop on screen, by chance. Raises AskRefused when none has a picture."""
    product = random_product(g.visit.shop) if "visit" in g else None
    if product is None:
        raise AskRefused("no_products", "")
    payload = {"shop": product.shop_id, "product": product.id, "title": product.title}
    return Wanted("product", "product", payload, shorten(product.title, LONGEST_NAME), product.title)


def random_product(shop: Shop) -> Product | None:
    """One whose picture was looked at before: the first from a number by chance on."""
    with the_bot().database.reading() as database:
        ends = select(func.min(Embedding.id), func.max(Embedding.id)).where(Embedding.shop_id == shop.id)
        first, last = database.execute(ends).one()
        if first is None:
            return None
        of_shop = (Embedding.shop_id == shop.id, Embedding.id >= randint(first, last))
        review = select(Embedding.review_id).where(*of_shop).order_by(Embedding.id).limit(1)
        query = select(Product).join(Review, (Review.shop_id == shop.id) & (Review.product_id == Product.id))
        return database.scalar(query.where(Review.id == review.scalar_subquery()))


def tried(want: Wanted) -> tuple[Trial, dict[str, bytes]]:
    """Ask a worker; the trial with its pictures. Raises AskRefused, WorkerSilent."""
    began = time.monotonic()
    answer = the_asker().ask(want.kind, want.payload, want.wait_s)
    trial = new_trial(want.source, want.name, want.title, time.monotonic() - began, answer)
    return trial, {name: base64.b64decode(answer[name]) for name in (SHOWN, HEAT) if answer.get(name)}


def megabytes() -> str:
    """How large a picture may be, in megabytes."""
    return f"{the_bot().settings.image_max_bytes / 1_000_000:g}"


def reason(error: AskRefused) -> str:
    """Why nothing could be said, for somebody who sees the page."""
    match error.reason:
        case "nothing":
            return _("Choose a picture, paste an address, or type a title.")
        case "not_a_picture":
            return _("This is not a picture that can be read. Use JPEG, PNG, WebP, GIF, AVIF, BMP or TIFF.")
        case "too_large":
            return _("The picture has too many pixels. Use one with at most 36 million.")
        case "too_big":
            return _("The picture is larger than %(megabytes)s MB. Use a smaller one.", megabytes=megabytes())
        case "forbidden":
            return _("Pictures are fetched from public http and https addresses alone, and this is none.")
        case "not_there":
            return _("No picture came from this address. Save the picture, and upload it instead.")
        case "no_picture" | "no_products":
            return _("The store has no product with a picture yet. Upload a picture instead.")
        case _:
            return _("The picture could not be looked at. Try another one.")
