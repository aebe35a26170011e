"""The web process: `gunicorn wsgi:app`."""

import gc

from shopify_bot.app import create_app
from shopify_bot.logs.gunicorn_lines import follow
from shopify_bot.logs.lines import set_up_logging

set_up_logging(process="web")
follow()
app = create_app()
gc.freeze()  # what is there now stays: collecting it again and again would cost single requests 100 ms
