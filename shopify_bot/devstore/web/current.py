"""The shops that the present request may belong to."""

from flask import current_app

from shopify_bot.devstore.shops import Shops


def the_store() -> Shops:
    """The shops behind the application that answers now."""
    store: Shops = current_app.extensions["devstore"]
    return store
