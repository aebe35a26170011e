"""The command `shopify-bot`."""

from shopify_bot.cli.main import main

__all__ = ["main"]
