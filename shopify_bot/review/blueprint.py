"""The blueprint that every page hangs on, and what they need of the process."""

from typing import cast

from flask import Blueprint, current_app, request
from sqlalchemy.orm import Session

from classifier.labels import LabelTree
from shopify_bot.asking.asker import Asker
from shopify_bot.bot import Bot
from shopify_bot.labels import label_tree
from shopify_bot.mapping import Filing, filings
from shopify_bot.review.languages import speak
from shopify_bot.store_search import StoreSearch
from shopify_bot.tables import Shop

LARGEST_ID = 2**63 - 1
REVIEW_ID = f"<int(max={LARGEST_ID}):review_id>"

pages = Blueprint(
    "pages", __name__, template_folder="templates", static_folder="static", static_url_path="/static"
)
speak(pages)


def the_bot() -> Bot:
    """The bot that this web process serves."""
    return cast(Bot, current_app.extensions["bot"])


def the_store_search() -> StoreSearch:
    """What looks things up in the shops' stores."""
    return cast(StoreSearch, current_app.extensions["store_search"])


def the_asker() -> Asker:
    """What asks the classify workers."""
    return cast(Asker, current_app.extensions["asker"])


def labels_of(bot: Bot) -> LabelTree:
    """The labels to choose from: those of the model in use. Raises ClassifierError when it is damaged."""
    return label_tree(bot.settings.model)


def filings_of(bot: Bot, session: Session, shop: Shop) -> dict[str, Filing]:
    """What each label writes in the shop. Raises ClassifierError when the model is damaged."""
    return filings(session, shop, labels_of(bot))


def id_argument(name: str) -> int | None:
    """The query argument of that name if it is a possible id, else None."""
    value = request.args.get(name, type=int)
    return value if value is not None and 0 < value <= LARGEST_ID else None
