"""The settings of a shop: deciding alone, mapping, publishing, team, language, and the log of changes."""

from shopify_bot.review.settings import alone, changes, language, overview, team  # noqa: F401 - add routes
