"""One product at a time: what is shown of it, what the keys and buttons do, and which one comes next."""

from shopify_bot.review.queue import (  # noqa: F401 - each adds its routes to the blueprint
    actions,
    label_finding,
    page,
    reverting,
)
