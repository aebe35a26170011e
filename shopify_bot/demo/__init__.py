"""`shopify-bot demo`: the whole bot beside a local store, watched by a person or worked by a script."""

from shopify_bot.demo.showing import Plan, run_demo

__all__ = ["Plan", "run_demo"]
