"""What people look at: reviews by state, in pages, and how many there are."""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session, selectinload

from shopify_bot.finding.noting import choice_of
from shopify_bot.publishing.person_category import set_by_person
from shopify_bot.states import State
from shopify_bot.tables import Product, Publication, Review, Shop

LOADED = (
    selectinload(Review.product).selectinload(Product.reviews).selectinload(Review.publication),
    selectinload(Review.predictions),
    selectinload(Review.decisions),
    selectinload(Review.publication),
    selectinload(Review.shop),
)

PREDICTED = ("label", "confidence", "sure", "category", "category_confidence", "kind", "decides_alone")
"""What `as_json` tells of the latest prediction beside the most likely labels; all None without one."""


@dataclass(frozen=True)
class Page:
    """Some reviews, and the id to ask the next page with; None at the end."""

    reviews: list[Review]
    next_after: int | None


def reviews_page(
    session: Session, shop: Shop | None, states: tuple[State, ...], *, after: int = 0, limit: int = 50
) -> Page:
    """Reviews in these states, oldest first, of one shop or (for the command line) of all.

    Keyset paging: pass `next_after` of a page as `after` of the next.
    """
    query = select(Review).where(Review.state.in_(states), Review.id > after).order_by(Review.id)
    if shop is not None:
        query = query.where(Review.shop_id == shop.id)
    rows = list(session.scalars(query.limit(limit + 1).options(*LOADED)))
    return Page(rows[:limit], rows[limit - 1].id if len(rows) > limit else None)


def counts(session: Session, shop: Shop | None) -> dict[str, int]:
    """How many reviews stand in each state; states without any are there with 0."""
    query = select(Review.state, func.count()).group_by(Review.state)
    if shop is not None:
        query = query.where(Review.shop_id == shop.id)
    found = {state: int(count) for state, count in session.execute(query)}
    return {state.value: found.get(state.value, 0) for state in State}


def as_json(review: Review) -> dict[str, Any]:
    """The public shape of a review, as `review list --json` prints it."""
    prediction, decided = review.prediction, choice_of(review)
    return {
        "id": review.id,
        "shop": review.shop.domain,
        "product_gid": review.product.gid,
        "title": review.product.title,
        "state": review.state,
        **{name: getattr(prediction, name) if prediction else None for name in PREDICTED},
        "top": prediction.top if prediction else [],
        "decided_label": decided.label if decided else None,
        "store_category": store_category(review.product),
        "set_by_person": set_by_person(review.product),
        **published(review.publication),
        "note": review.note,
        "error": review.error,
    }


def store_category(product: Product) -> dict[str, str | None] | None:
    """The category that the store had when it was last read."""
    if product.category_id is None:
        return None
    return {"id": product.category_id, "name": product.category_name}


def published(publication: Publication | None) -> dict[str, Any]:
    """What publishing had to say, and what taking it back put back and left."""
    after = (publication.after if publication else None) or {}
    return {"said": after.get("said", []), "reverted": publication.reverted if publication else None}
