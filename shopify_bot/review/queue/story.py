"""What happened to a review so far."""

from datetime import datetime
from typing import NamedTuple

from shopify_bot.review.languages import _
from shopify_bot.review.standing import told
from shopify_bot.tables import Review


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
        text = _("Published as %(label)s", label=publication.label)
        events.append(Event(publication.finished_at, text))
    if publication is not None and publication.reverted_at is not None:
        whole, partly = _("Taken back in the store"), _("Taken back in the store, except for what was left")
        left = (publication.reverted or {}).get("left")
        events.append(Event(publication.reverted_at, partly if left else whole))
    return sorted(events, key=lambda event: event.at)
