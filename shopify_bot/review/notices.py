"""The one message that the next page shows, with an undo while the decision can still be undone."""

from dataclasses import asdict, dataclass

from flask import session
from sqlalchemy.orm import Session

from shopify_bot.decisions import find_review
from shopify_bot.errors import NotFound
from shopify_bot.states import UNDOABLE
from shopify_bot.tables import Shop


@dataclass(frozen=True)
class Notice:
    """What happened; `review` is the review it happened to, `tone` is success, info or warning."""

    text: str
    tone: str = "success"
    review: int | None = None
    undo: bool = False


def tell(text: str, *, tone: str = "success", review: int | None = None, undo: bool = False) -> None:
    """Show this on the next page. The last one counts: a list of them would outgrow the cookie."""
    session["notice"] = asdict(Notice(text, tone, review, undo))


def take_notice(database: Session, shop: Shop) -> Notice | None:
    """The message to show now, once; its undo is offered only while it would work."""
    kept = session.pop("notice", None)
    if kept is None:
        return None
    notice = Notice(**kept)
    if not notice.undo or notice.review is None:
        return notice
    return Notice(notice.text, notice.tone, notice.review, can_undo(database, shop, notice.review))


def can_undo(database: Session, shop: Shop, review_id: int) -> bool:
    """Whether the decision on this review has not been carried out yet."""
    try:
        return find_review(database, shop, review_id).state in UNDOABLE
    except NotFound:
        return False
