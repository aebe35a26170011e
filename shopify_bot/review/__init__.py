"""The merchant's pages: sign in, review, history, problems. Server-rendered; they work without JavaScript."""

from shopify_bot.review import (  # noqa: F401 - each adds its routes to the blueprint
    actions,
    failures,
    headers,
    history,
    live,
    mapping,
    mapping_form,
    mapping_search,
    problems,
    product,
    queue,
    reverting,
    session,
    signin,
    times,
)
from shopify_bot.review.blueprint import pages

__all__ = ["pages"]
