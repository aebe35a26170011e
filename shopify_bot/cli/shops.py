"""`shopify-bot shops`."""

import sys

import click

from shopify_bot import shops as records
from shopify_bot.cli.opening import open_bot


@click.group()
def shops() -> None:
    """The shops that this installation serves."""


@shops.command()
@click.argument("domain")
@click.option("--token", help="Admin API access token; without it, it is asked for or read from stdin.")
def add(domain: str, token: str | None) -> None:
    """Add a shop, or give a known one a new token. Takes effect at once."""
    bot = open_bot()
    given = token or ask_for_token()
    with bot.database.writing() as session:
        shop = records.add_shop(session, bot.settings, domain, given)
    click.echo(f"Serving {shop.domain}.", err=True)


def ask_for_token() -> str:
    """From the keyboard without echo, or from a pipe, so that the token stays out of the shell's history."""
    if sys.stdin.isatty():
        token: str = click.prompt("Access token", hide_input=True, err=True)
        return token
    return sys.stdin.readline().strip()


@shops.command(name="list")
def list_shops() -> None:
    """List the shops with their state."""
    bot = open_bot()
    with bot.database.reading() as session:
        for shop in records.all_shops(session):
            click.echo(f"{shop.domain}\t{shop.state}")


@shops.command()
@click.argument("domain")
@click.confirmation_option(prompt="Delete everything this installation holds of the shop?")
def remove(domain: str) -> None:
    """Delete a shop with its products, reviews and decisions. Nothing changes in the store."""
    bot = open_bot()
    with bot.database.writing() as session:
        session.delete(records.find_shop(session, domain))
    click.echo(f"Removed {domain}.", err=True)
