"""`shopify-bot users`."""

import sys

import click
from sqlalchemy import select

from shopify_bot import users as records
from shopify_bot.cli.opening import chosen_shop, open_bot
from shopify_bot.errors import NotFound
from shopify_bot.tables import User


@click.group()
def users() -> None:
    """People who may sign in to the pages."""


@users.command()
@click.argument("name")
@click.option("--shop", "domain", metavar="DOMAIN", help="May see this shop alone; without it, every shop.")
def add(name: str, domain: str | None) -> None:
    """Add somebody; the password is asked for, or read from stdin."""
    bot = open_bot()
    password = ask_for_password()
    with bot.database.writing() as session:
        records.add_user(session, name, password, chosen_shop(session, domain))
    click.echo(f"{name} can sign in.", err=True)


def ask_for_password() -> str:
    """From the keyboard, twice and without echo, or one line from a pipe."""
    if sys.stdin.isatty():
        text = f"Password ({records.SHORTEST_PASSWORD} characters or more)"
        password: str = click.prompt(text, hide_input=True, confirmation_prompt=True, err=True)
        return password
    return sys.stdin.readline().rstrip("\r\n")


@users.command(name="list")
def list_users() -> None:
    """List who may sign in."""
    bot = open_bot()
    with bot.database.reading() as session:
        for user in session.scalars(select(User).order_by(User.name)):
            click.echo(user.name)


@users.command()
@click.argument("name")
def remove(name: str) -> None:
    """Remove somebody; they are signed out at their next click."""
    bot = open_bot()
    with bot.database.writing() as session:
        user = records.find_user(session, name)
        if user is None:
            raise NotFound(f"There is no user {name!r}. See: shopify-bot users list")
        session.delete(user)
    click.echo(f"Removed {name}.", err=True)
