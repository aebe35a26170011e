"""A worker: `python worker.py classify`, `publish` or `bulk`."""

import sys

from shopify_bot.errors import ShopifyBotError
from shopify_bot.working import work

if __name__ == "__main__":
    try:
        work(sys.argv[1] if len(sys.argv) > 1 else "")
    except ShopifyBotError as error:
        sys.exit(f"worker: {error}")
