"""Opening the bot's database from a command, and finding the shop an option names."""

import click
from sqlalchemy.orm import Session

from shopify_bot.bot import Bot, make_bot
from shopify_bot.errors import NotFound
from shopify_bot.shops import all_shops, find_shop
from shopify_bot.tables import Shop

shop_option = click.option("--shop", "domain", metavar="DOMAIN", help="Only this shop.")
json_option = click.option("--json", "as_json", is_flag=True, help="Print JSON on stdout and nothing else.")


def open_bot() -> Bot:
    """The bot, with its database at the newest revision, so that commands work before the first `run`."""
    bot = make_bot()
    bot.database.migrate()
    return bot


def chosen_shop(session: Session, domain: str | None) -> Shop | None:
    """The shop named by `--shop`, or None for all. Raises NotFound."""
    return find_shop(session, domain) if domain else None


def only_shop(session: Session, domain: str | None) -> Shop:
    """The shop named by `--shop`, else the only one there is. Raises NotFound."""
    if domain:
        return find_shop(session, domain)
    found = all_shops(session)
    if len(found) != 1:
        there = ", ".join(shop.domain for shop in found)
        none = "There is no shop. How to add one: shopify-bot shops add --help"
        raise NotFound(f"Say which shop with --shop: {there}." if found else none)
    return found[0]
