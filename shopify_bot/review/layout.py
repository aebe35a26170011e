"""What stands around every signed-in page: the shop, the counts in the navigation, the message to show."""

from typing import Any

from flask import render_template
from sqlalchemy.orm import Session

from shopify_bot.finding.counting import Count, counts_in_states
from shopify_bot.review.notices import take_notice
from shopify_bot.review.session import visit
from shopify_bot.states import State
from shopify_bot.tables import Shop

IN_HAND = {
    "pending": (State.PENDING,),
    "skipped": (State.SKIPPED,),
    "dismissed": (State.DISMISSED,),
    "classifying": (State.RECEIVED, State.CLASSIFYING),
    "waiting": (State.WAITING_FOR_IMAGE,),
    "publishing": (State.APPROVED, State.PUBLISHING),
    "published": (State.PUBLISHED,),
    "failed": (State.FAILED,),
}


def totals(database: Session, shop: Shop) -> dict[str, Count]:
    """How many reviews of the shop are where, in the words of the pages."""
    return counts_in_states(database, shop, IN_HAND)


def show(database: Session, template: str, **values: Any) -> str:
    """A signed-in page."""
    here = visit()
    return render_template(
        template,
        visit=here,
        totals=totals(database, here.shop),
        notice=take_notice(database, here.shop),
        **values,
    )
