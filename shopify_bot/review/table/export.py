"""What matches a selection, as a file for spreadsheets."""

from collections.abc import Iterator

from flask import request
from flask.typing import ResponseReturnValue
from sqlalchemy import select
from sqlalchemy.orm import Session

from shopify_bot.bot import Bot
from shopify_bot.finding.selection import Selection
from shopify_bot.review.blueprint import pages, the_bot
from shopify_bot.review.downloads import csv_download
from shopify_bot.review.session import visit
from shopify_bot.tables import Product, Review, Shop

AT_ONCE = 500
"""Rows read in one go: neither the table nor a connection is held while somebody's line is slow."""
HEADER = (
    "review",
    "product",
    "title",
    "vendor",
    "state",
    "label",
    "confidence",
    "sure",
    "category in the store",
    "category set by a person",
    "type in the store",
    "tags in the store",
    "status in the store",
    "came into the review",
    "error",
)


@pages.get("/table.csv")
def table_csv() -> ResponseReturnValue:
    """`GET /table.csv`: all products that the same arguments show in the table, by their age."""
    selection = Selection.from_args(request.args)
    return csv_download("products", HEADER, lines(the_bot(), visit().shop, selection))


def lines(bot: Bot, shop: Shop, selection: Selection) -> Iterator[list[str]]:
    """A line for each product, read some at a time."""
    after = 0
    while True:
        with bot.database.reading() as session:
            rows = read(session, shop, selection, after)
        yield from (line(review, product) for review, product in rows)
        if len(rows) < AT_ONCE:
            return
        after = rows[-1][0].id


def read(session: Session, shop: Shop, selection: Selection, after: int) -> list[tuple[Review, Product]]:
    """The next reviews with their products."""
    query = select(Review, Product).join(Product, Product.id == Review.product_id)
    query = query.where(*selection.conditions(shop), Review.id > after).order_by(Review.id).limit(AT_ONCE)
    return [(review, product) for review, product in session.execute(query)]


def line(review: Review, product: Product) -> list[str]:
    """The cells of one product."""
    return [
        str(review.id),
        product.gid,
        product.title,
        product.vendor,
        review.state,
        review.label or "",
        "" if review.confidence is None else f"{review.confidence:.4f}",
        said(review.is_sure),
        product.category_name or "",
        said(review.has_persons_category),
        product.product_type,
        ", ".join(map(str, product.tags)),
        product.store_status.lower(),
        review.created_at.isoformat(timespec="seconds"),
        review.error or "",
    ]


def said(value: bool) -> str:
    """Yes or no, for programs."""
    return "yes" if value else "no"
