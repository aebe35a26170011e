"""A product as the page shows it, as one piece of HTML: in the page itself, and for what comes next."""

from dataclasses import dataclass

from flask import render_template
from sqlalchemy.orm import Session

from shopify_bot.review.blueprint import filings_of, the_bot
from shopify_bot.review.changes import Changes, Filings, changes
from shopify_bot.review.presenting import Card, card, web_address
from shopify_bot.review.queue.story import Event, story
from shopify_bot.review.queue.sureness import promise, sureness
from shopify_bot.review.queue.walk import Walk
from shopify_bot.tables import Publication, Review

MOST_PICTURES = 12


@dataclass(frozen=True)
class Shown:
    """One product; `place` is the cursor of its place on the way."""

    card: Card
    pictures: tuple[str, ...]
    """Addresses of its pictures, the main one first."""
    changes: Changes
    publication: Publication | None
    story: tuple[Event, ...]
    sureness: str
    promise: str
    place: str


def shown(review: Review, filings: Filings, walk: Walk) -> Shown:
    """The review for the template; its relations should be loaded."""
    return Shown(
        card=card(review, filings),
        pictures=pictures(review),
        changes=changes(review, filings),
        publication=review.publication,
        story=tuple(story(review)),
        sureness=sureness(review.prediction),
        promise=promise(review.prediction, the_bot().settings.model),
        place=walk.place(review),
    )


def pictures(review: Review) -> tuple[str, ...]:
    """Addresses of pictures that a page may show, each once."""
    product = review.product
    there = [product.image_url, *map(str, product.pictures or ())]
    return tuple(dict.fromkeys(filter(None, map(web_address, there))))[:MOST_PICTURES]


def fragments(session: Session, walk: Walk, reviews: list[Review]) -> list[str]:
    """Each review as the page shows it."""
    filings = filings_of(the_bot(), session, walk.shop) if reviews else {}
    return [
        render_template("one_product.html", one=shown(review, filings, walk), walk=walk) for review in reviews
    ]
