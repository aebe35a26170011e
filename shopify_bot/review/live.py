"""What a page asks again and again while it is on screen, so that it need not be loaded again."""

from typing import Any

from flask import jsonify, request
from flask.typing import ResponseReturnValue
from sqlalchemy import func, select
from sqlalchemy.orm import Session, load_only

from shopify_bot.review.blueprint import LARGEST_ID, pages, the_bot
from shopify_bot.review.layout import totals
from shopify_bot.review.session import visit
from shopify_bot.review.standing import badge
from shopify_bot.states import State
from shopify_bot.tables import BulkAction, Review, Shop

MOST_IDS = 100
"""Ids of a kind that one request may ask about; those beyond are passed over."""


@pages.get("/live")
def live() -> ResponseReturnValue:
    """`GET /live`: JSON of what may have changed on screen; `?reviews=1,2&bulk=7` name what stands there.

    What is not this shop's is left out, as if it were not there.
    """
    with the_bot().database.reading() as database:
        shop = visit().shop
        return jsonify(
            signed_in=True,
            counts=totals(database, shop),
            newest=newest_pending(database, shop),
            reviews=reviews_now(database, shop, ids_in("reviews")),
            bulk=bulk_now(database, shop, ids_in("bulk")),
        )


def ids_in(name: str) -> list[int]:
    """The ids in that query argument, comma-separated; whatever is none is passed over."""
    parts = request.args.get(name, "")[: MOST_IDS * 20].split(",")[:MOST_IDS]
    numbers = [int(part) for part in parts if part.isascii() and part.isdigit()]
    return [number for number in numbers if number <= LARGEST_ID]


def newest_pending(database: Session, shop: Shop) -> int | None:
    """Id of the review that came last of those that wait for a decision."""
    mine = (Review.shop_id == shop.id, Review.state == State.PENDING)
    return database.scalar(select(func.max(Review.id)).where(*mine))


def reviews_now(database: Session, shop: Shop, ids: list[int]) -> dict[str, dict[str, str]]:
    """By id: where the review stands, and its badge."""
    if not ids:
        return {}
    query = select(Review).where(Review.shop_id == shop.id, Review.id.in_(ids))
    rows = database.scalars(query.options(load_only(Review.id, Review.state)))
    return {str(row.id): said_of(row) for row in rows}


def said_of(review: Review) -> dict[str, str]:
    """State, and the badge's text and tone."""
    shown = badge(review)
    return {"state": review.state, "badge": shown.text, "tone": shown.tone}


def bulk_now(database: Session, shop: Shop, ids: list[int]) -> dict[str, dict[str, Any]]:
    """By id: how far the bulk action is."""
    if not ids:
        return {}
    rows = database.scalars(select(BulkAction).where(BulkAction.shop_id == shop.id, BulkAction.id.in_(ids)))
    return {
        str(row.id): {
            "done": row.done,
            "refused": row.refused,
            "total": row.total,
            "finished": row.finished_at is not None,
            "error": row.error,
        }
        for row in rows
    }
