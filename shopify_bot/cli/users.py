"""`shopify-bot users`."""

import getpass
import sys

import click
from sqlalchemy import select
from sqlalchemy.orm import Session

from shopify_bot.cli.opening import chosen_shop, open_bot
from shopify_bot.errors import NotFound
from shopify_bot.people import users as records
from shopify_bot.people.changelog import PASSWORD_SET, USER_ADDED, USER_REMOVED, log_change
from shopify_bot.shops import all_shops
from shopify_bot.tables import Shop, User


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
        user = records.add_user(session, name, password, chosen_shop(session, domain))
        log_team_change(session, user, USER_ADDED)
    click.echo(f"{name} can sign in.", err=True)


@users.command()
@click.argument("name")
def password(name: str) -> None:
    """Give somebody another password, asked for or read from stdin; it signs them out everywhere."""
    bot = open_bot()
    new = ask_for_password()
    with bot.database.writing() as session:
        user = the_user(session, name)
        records.set_password(session, user, new)
        log_team_change(session, user, PASSWORD_SET)
    click.echo(f"{name} has another password, and is signed out everywhere.", err=True)


def log_team_change(session: Session, user: User, kind: str) -> None:
    """Write it into the log of every shop that the user may see."""
    seen = [session.get_one(Shop, user.shop_id)] if user.shop_id is not None else all_shops(session)
    for shop in seen:
        log_change(session, shop, kind, getpass.getuser(), name=user.name, source="cli")


def the_user(session: Session, name: str) -> User:
    """The user of that name. Raises NotFound."""
    user = records.find_user(session, name)
    if user is None:
        raise NotFound(f"There is no user {name!r}. See: shopify-bot users list")
    return user


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
            click.echo(f"{user.name} (removed)" if user.barred_at else user.name)


@users.command()
@click.argument("name")
def remove(name: str) -> None:
    """Remove somebody; they are signed out at their next click, and stay out also with Shopify."""
    bot = open_bot()
    with bot.database.writing() as session:
        user = the_user(session, name)
        log_team_change(session, user, USER_REMOVED)
        records.remove_user(session, user)
    click.echo(f"Removed {name}.", err=True)
