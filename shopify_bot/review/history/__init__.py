"""The history: every decision and everything that was written to the store, as one line of time."""

from shopify_bot.review.history import download, page, telling  # noqa: F401 - they add routes, and filters
