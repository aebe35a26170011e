"""One review at a time: a large picture, the labels, what approving writes, what happened so far."""

from collections.abc import Iterable
from datetime import datetime
from itertools import groupby
from typing import NamedTuple

from flask import url_for
from flask.typing import ResponseReturnValue
from sqlalchemy import select
from sqlalchemy.orm import Session

from classifier.labels import Leaf
from shopify_bot.decisions import find_review
from shopify_bot.review.blueprint import REVIEW_ID, filings_of, labels_of, pages, the_bot
from shopify_bot.review.changes import changes
from shopify_bot.review.layout import show
from shopify_bot.review.presenting import card
from shopify_bot.review.session import visit
from shopify_bot.review.standing import told
from shopify_bot.states import State
from shopify_bot.tables import Review, Shop


@pages.get(f"/review/{REVIEW_ID}")
def product(review_id: int) -> ResponseReturnValue:
    """`GET /review/ID`: one review, whatever its state. 404 when it is another shop's."""
    tree = labels_of(the_bot())
    with the_bot().database.reading() as database:
        review = find_review(database, visit().shop, review_id)
        filings = filings_of(the_bot(), database, visit().shop)
        return show(
            database,
            "product.html",
            card=card(review, filings),
            story=story(review),
            publication=review.publication,
            changes=changes(review, filings),
            labels=tree.leaves.values(),
            labels_by_category=by_category(tree.leaves.values()),
            previous=neighbour(database, visit().shop, review_id, forward=False),
            following=neighbour(database, visit().shop, review_id, forward=True),
        )


class Event(NamedTuple):
    """Something that was decided or written; `by` and `source` are empty where a worker did it."""

    at: datetime
    text: str
    by: str = ""
    source: str = ""


def story(review: Review) -> list[Event]:
    """What was decided and written, in the order in which it happened."""
    events = [Event(each.created_at, told(each), each.reviewer, each.source) for each in review.decisions]
    publication = review.publication
    if publication is not None and publication.finished_at is not None:
        events.append(Event(publication.finished_at, f"Published as {publication.label}"))
    if publication is not None and publication.reverted_at is not None:
        left = (publication.reverted or {}).get("left")
        text = "Taken back in the store" + (", except for what was left" if left else "")
        events.append(Event(publication.reverted_at, text))
    return sorted(events, key=lambda event: event.at)


def by_category(leaves: Iterable[Leaf]) -> list[tuple[str, list[Leaf]]]:
    """The labels under their categories, both in the order of the alphabet."""
    ordered = sorted(leaves, key=lambda leaf: (leaf.category, leaf.name))
    return [(category, list(group)) for category, group in groupby(ordered, key=lambda leaf: leaf.category)]


def neighbour(database: Session, shop: Shop, review_id: int, *, forward: bool) -> int | None:
    """The pending review after this one, or before it; None at the end."""
    query = select(Review.id).where(Review.shop_id == shop.id, Review.state == State.PENDING)
    if forward:
        query = query.where(Review.id > review_id).order_by(Review.id)
    else:
        query = query.where(Review.id < review_id).order_by(Review.id.desc())
    return database.scalar(query.limit(1))


def after_decision(database: Session, shop: Shop, review_id: int) -> str:
    """Where to go when a review is decided: the next pending one, else the first, else the empty queue."""
    coming = neighbour(database, shop, review_id, forward=True) or neighbour(database, shop, 0, forward=True)
    return url_for("pages.product", review_id=coming) if coming else url_for("pages.queue")
