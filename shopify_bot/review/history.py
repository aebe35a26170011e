"""Who decided what, and when, newest first."""

from dataclasses import dataclass

from flask import url_for
from flask.typing import ResponseReturnValue
from sqlalchemy import select
from sqlalchemy.orm import Session

from shopify_bot.listing import LOADED, history_page
from shopify_bot.review.blueprint import id_argument, pages, the_bot
from shopify_bot.review.layout import show
from shopify_bot.review.presenting import can_revert, picture, short_title
from shopify_bot.review.session import visit
from shopify_bot.review.standing import UNDOABLE, Badge, badge
from shopify_bot.tables import Decision, Review, Shop
from shopify_bot.verdicts import Verdict, verdict

PER_PAGE = 50


@dataclass(frozen=True)
class Entry:
    """A decision, what was predicted then, the product it was about, and where that stands now."""

    decision: Decision
    verdict: Verdict | None
    title: str
    picture: str | None
    badge: Badge
    can_undo: bool
    can_revert: bool
    said: tuple[str, ...]
    """What was special when it was published or taken back, such as a person's category that stayed."""


@pages.get("/history")
def history() -> ResponseReturnValue:
    """`GET /history`: decisions, newest first; `?before=ID` the next page."""
    before = id_argument("before")
    with the_bot().database.reading() as database:
        decisions = history_page(database, visit().shop, before=before, limit=PER_PAGE + 1)
        shown = decisions[:PER_PAGE]
        older = url_for("pages.history", before=shown[-1].id) if len(decisions) > PER_PAGE else None
        lines = entries(database, visit().shop, shown)
        return show(database, "history.html", entries=lines, newest=before, older=older)


def entries(database: Session, shop: Shop, decisions: list[Decision]) -> list[Entry]:
    """The decisions with their products, read in one go."""
    ids = {decision.review_id for decision in decisions}
    query = select(Review).where(Review.shop_id == shop.id, Review.id.in_(ids)).options(*LOADED)
    reviews = {review.id: review for review in database.scalars(query)}
    return [entry(decision, reviews[decision.review_id]) for decision in decisions]


def entry(decision: Decision, review: Review) -> Entry:
    """One line of the history; only the last decision of a review can be undone."""
    is_last = review.decision is not None and review.decision.id == decision.id
    can_undo = is_last and review.state in UNDOABLE
    product = review.product
    return Entry(
        decision,
        verdict_at(decision, review),
        short_title(product),
        picture(product),
        badge(review),
        can_undo,
        is_last and can_revert(review),
        said(review) if is_last else (),
    )


def said(review: Review) -> tuple[str, ...]:
    """What publishing had to say, and what taking it back had to leave."""
    publication = review.publication
    if publication is None:
        return ()
    if publication.reverted is not None:
        return tuple(f"{part['what']} left: {part['because']}." for part in publication.reverted["left"])
    return tuple((publication.after or {}).get("said", ()))


def verdict_at(decision: Decision, review: Review) -> Verdict | None:
    """What the prediction said that the decision was about."""
    earlier = [each for each in review.predictions if each.created_at <= decision.created_at]
    return verdict(earlier[-1]) if earlier else None
