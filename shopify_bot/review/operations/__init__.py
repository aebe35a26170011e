"""Operations: whether every part of the bot is well, what went wrong, and what is on its way."""

from shopify_bot.review.operations import page, retrying  # noqa: F401 - each adds its routes
