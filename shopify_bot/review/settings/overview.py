"""All settings of a shop at a glance, and the model and the version in use."""

from importlib.metadata import PackageNotFoundError, version
from typing import Any

from flask.typing import ResponseReturnValue
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from shopify_bot.labels import Model
from shopify_bot.review.blueprint import pages, the_bot
from shopify_bot.review.languages import marked
from shopify_bot.review.layout import show
from shopify_bot.review.session import visit
from shopify_bot.review.settings.alone import the_model
from shopify_bot.review.settings.members import members
from shopify_bot.review.signing.browser import this_sign_in
from shopify_bot.tables import Mapping, Shop

STATUSES = {"ACTIVE": marked("Active"), "DRAFT": marked("Draft"), "UNCHANGED": marked("Unchanged")}
FIGURES = {
    "accuracy": marked("Right label"),
    "top4": marked("Right label among the four offered"),
    "category_accuracy": marked("Right category"),
    "coverage_at_995": marked("Decided alone at its own thresholds"),
    "precision_at_threshold": marked("Right among those"),
}
"""Figures of a model's card, in the order in which they are shown."""


@pages.get("/settings")
def settings() -> ResponseReturnValue:
    """`GET /settings`: deciding alone, mapping, publishing, team and language in short; the model in use."""
    shop, model, found = visit().shop, the_model(), this_sign_in()
    with the_bot().database.reading() as database:
        return show(
            database,
            "settings.html",
            own_mappings=own_mappings(database, shop),
            statuses=STATUSES,
            team=members(database, shop),
            chosen_language=found.user.language if found else None,
            model=model,
            figures=figures(model),
            bot_version=bot_version(),
        )


def own_mappings(database: Session, shop: Shop) -> int:
    """How many labels the shop has mapped otherwise than the model brings them."""
    query = select(func.count()).select_from(Mapping).where(Mapping.shop_id == shop.id)
    return database.scalar(query) or 0


def figures(model: Model) -> list[tuple[str, float]]:
    """The key figures of the model's card, on products that it had never seen, from picture and title."""
    evaluation: Any = model.metrics.get("evaluation") or {}
    found = evaluation.get("image_and_text") or {}
    return [(text, float(found[name])) for name, text in FIGURES.items() if found.get(name) is not None]


def bot_version() -> str:
    """The version of this program; empty when it was not installed."""
    try:
        return version("shopify-bot")
    except PackageNotFoundError:
        return ""
