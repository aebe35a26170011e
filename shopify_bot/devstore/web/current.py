"""The store that the present request belongs to."""

from typing import TYPE_CHECKING

from flask import current_app

if TYPE_CHECKING:
    from shopify_bot.devstore.store import DevStore


def the_store() -> "DevStore":
    """The store behind the application that answers now."""
    store: DevStore = current_app.extensions["devstore"]
    return store
