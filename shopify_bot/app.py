"""The web process: webhooks, the merchant's pages, health. It never imports TensorFlow."""

from collections.abc import Callable

from flask import Flask, jsonify
from flask.typing import ResponseReturnValue
from flask_wtf import CSRFProtect
from sqlalchemy.exc import SQLAlchemyError
from werkzeug.middleware.proxy_fix import ProxyFix

from shopify_bot.asking.asker import Asker
from shopify_bot.bot import Bot, make_bot
from shopify_bot.connecting.routes import connecting
from shopify_bot.logs.request_ids import with_request_id
from shopify_bot.metrics.routes import metrics
from shopify_bot.people.sign_ins import LASTS
from shopify_bot.review import pages
from shopify_bot.review.signing.browser import cookie_name
from shopify_bot.review.signing.limits import Tries
from shopify_bot.store_search import StoreSearch
from shopify_bot.stores import Stores
from webhooks.routes import webhooks


def create_app(bot: Bot | None = None) -> Flask:
    """The WSGI application. Raises SettingsError when a setting is missing or wrong."""
    bot = bot or make_bot()
    app = Flask("shopify_bot", static_folder=None)
    app.extensions["bot"] = bot
    app.extensions["asker"] = Asker(bot)
    app.extensions["store_search"] = StoreSearch(Stores(bot), hurried=True)
    app.extensions["tries"] = Tries(bot.doorbell)
    app.config.update(
        SECRET_KEY=bot.settings.secret_key.get_secret_value(),
        SESSION_COOKIE_NAME=cookie_name("shopify_bot", bot.settings),
        SESSION_COOKIE_HTTPONLY=True,
        SESSION_COOKIE_SAMESITE="None" if bot.settings.embedded else "Lax",
        SESSION_COOKIE_PARTITIONED=bot.settings.embedded,
        SESSION_COOKIE_SECURE=bot.settings.is_https,
        SESSION_REFRESH_EACH_REQUEST=False,  # else files that any cache may keep would carry it
        PERMANENT_SESSION_LIFETIME=LASTS,
        MAX_CONTENT_LENGTH=1_000_000,
        WTF_CSRF_TIME_LIMIT=None,
    )
    if count := bot.settings.trusted_proxies:
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=count, x_proto=count)  # type: ignore[method-assign]
    app.wsgi_app = with_request_id(app.wsgi_app)  # type: ignore[assignment, method-assign]
    csrf = CSRFProtect(app)
    csrf.exempt(webhooks)  # signed by the store, not by a session
    app.register_blueprint(webhooks)
    app.register_blueprint(pages)
    app.register_blueprint(connecting)
    app.register_blueprint(metrics)
    app.add_url_rule("/healthz", "healthz", healthz(bot))
    return app


def healthz(bot: Bot) -> Callable[[], ResponseReturnValue]:
    """200 once webhooks can be taken: the database answers and its tables are the newest."""

    def view() -> ResponseReturnValue:
        try:
            ready = bot.database.is_current()
        except SQLAlchemyError:
            ready = False
        return jsonify(status="ok" if ready else "the database is not ready"), 200 if ready else 503

    return view
