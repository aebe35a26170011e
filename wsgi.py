"""The web process: `gunicorn wsgi:app`."""

from shopify_bot.app import create_app
from shopify_bot.gunicorn_logs import follow
from shopify_bot.logs import set_up_logging

set_up_logging(process="web")
follow()
app = create_app()
