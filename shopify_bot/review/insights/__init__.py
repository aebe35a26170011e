"""Insights: how good the predictions are, how long everything takes, and how much is decided."""

from shopify_bot.review.insights import page, telling  # noqa: F401 - they add a route, and filters
