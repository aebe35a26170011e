"""The Flask application of the local store."""

from flask import Flask, jsonify
from flask.typing import ResponseReturnValue

from shopify_bot.devstore.errors import DevStoreError
from shopify_bot.devstore.shops import Shops
from shopify_bot.devstore.web.admin import admin
from shopify_bot.devstore.web.bulk import bulk
from shopify_bot.devstore.web.control import control
from shopify_bot.devstore.web.control_app import control_app
from shopify_bot.devstore.web.oauth import oauth
from shopify_bot.devstore.web.pictures import pictures


def create_app(store: Shops) -> Flask:
    """All routes of one store."""
    app = Flask("shopify_bot.devstore", static_folder=None)
    app.extensions["devstore"] = store
    for blueprint in (admin, bulk, oauth, pictures, control, control_app):
        app.register_blueprint(blueprint)
    app.register_error_handler(DevStoreError, _refused)
    return app


def _refused(error: Exception) -> ResponseReturnValue:
    return jsonify(error=str(error)), 400
