"""The merchant's pages: sign in, review, history, operations. Rendered here; they work without JavaScript."""

from shopify_bot.review import (  # noqa: F401 - each adds its routes to the blueprint
    characters,
    failures,
    headers,
    history,
    insights,
    live,
    mapping,
    mapping_form,
    mapping_search,
    operations,
    queue,
    session,
    settings,
    table,
    times,
    versions,
)
from shopify_bot.review.blueprint import pages
from shopify_bot.review.signing import login  # noqa: F401
from shopify_bot.review.trying import page, source, why  # noqa: F401

__all__ = ["pages"]
