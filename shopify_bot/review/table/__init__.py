"""Many products at a time: a table of them, a file of them, and one decision about them."""

from shopify_bot.review.table import bulk, bulk_progress, export, page  # noqa: F401 - each adds its routes
