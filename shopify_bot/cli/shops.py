"""`shopify-bot shops`."""

import json
import sys

import click

from shopify_bot import shops as records
from shopify_bot.bot import Bot
from shopify_bot.cli.opening import json_option, open_bot
from shopify_bot.connecting import admission, leaving, tokens
from shopify_bot.connecting.admission import install_url
from shopify_bot.connecting.connection import connection
from shopify_bot.connecting.shop_check import ShopCheck
from shopify_bot.errors import CannotDecrypt
from shopify_bot.findings import Finding
from shopify_bot.shopify.errors import Transient
from shopify_bot.shops import Connected
from shopify_bot.stores import Stores
from shopify_bot.tables import Shop

NO_SHOP = "No shop yet. How to add one: shopify-bot shops add --help"


@click.group()
def shops() -> None:
    """The shops that this installation serves."""


@shops.command()
@click.argument("domain")
@click.option("--token", help="Admin API access token; without it, it is asked for or read from stdin.")
@click.option(
    "--client-credentials", is_flag=True, help="For a store of your own organisation: fetch tokens as needed."
)
@click.option(
    "--authorize", is_flag=True, help="For any other store: print the page where its merchant agrees."
)
@click.option("--no-check", is_flag=True, help="Keep the token without asking the store, such as offline.")
def add(domain: str, token: str | None, client_credentials: bool, authorize: bool, no_check: bool) -> None:
    """Add a shop, or give a known one a new token. Takes effect at once."""
    if (token is not None) + client_credentials + authorize > 1:
        raise click.UsageError("Give one of --token, --client-credentials and --authorize.")
    bot = open_bot()
    if authorize:
        page = install_url(bot.settings, domain)
        click.echo("Open this page, sign in, and agree on Shopify's page that follows:", err=True)
        click.echo(page)
        return
    if client_credentials:
        connected = admission.admit_with_client_credentials(bot, domain, not no_check)
    else:
        connected = with_token(bot, domain, token or ask_for_token(), not no_check)
    tell(connected)


def with_token(bot: Bot, domain: str, token: str, check: bool) -> Connected:
    """Add the shop; when the store cannot answer now, say how to go without it."""
    try:
        return admission.admit_with_token(bot, domain, token, check)
    except Transient as error:
        raise click.ClickException(
            f"{error} Nothing was kept. Try again, or keep the token without asking the store: --no-check"
        ) from error


def tell(connected: Connected) -> None:
    """What was added, what goes on with it, and what it lacks."""
    found = connection(connected.shop)
    click.echo(f"Serving {found.domain}.", err=True)
    if connected.taken_up:
        click.echo(connected.goes_on, err=True)
    if found.scopes_lacking:
        click.echo(f"The app {found.scopes}. See: shopify-bot shops check {found.domain}", err=True)


def ask_for_token() -> str:
    """From the keyboard without echo, or from a pipe, so that the token stays out of the shell's history."""
    if sys.stdin.isatty():
        token: str = click.prompt("Access token", hide_input=True, err=True)
        return token
    return sys.stdin.readline().strip()


@shops.command(name="list")
def list_shops() -> None:
    """List the shops: state, where the token comes from, how long it lasts, scopes."""
    bot = open_bot()
    with bot.database.reading() as session:
        served = [connection(shop) for shop in records.all_shops(session)]
    for found in served:
        click.echo("\t".join((found.domain, found.state, found.grant, found.token, found.scopes)))
    if not served:
        click.echo(NO_SHOP, err=True)


@shops.command()
@click.argument("domain")
@click.confirmation_option(prompt="Delete everything this installation holds of the shop?")
def remove(domain: str) -> None:
    """Delete a shop with its products, reviews and decisions, and our webhook subscriptions in the store."""
    bot = open_bot()
    told = leaving.withdrawn(bot, domain)
    leaving.delete(bot, domain)
    click.echo(told, err=True)
    click.echo(f"Removed {domain}. What was written to the store stays there:", err=True)
    click.echo("categories, types, tags, collections, publications.", err=True)


@shops.command()
@click.argument("domain", required=False)
@json_option
def check(domain: str | None, as_json: bool) -> None:
    """Ask the stores whether all we need is there; exit status 1 when something must be mended."""
    bot = open_bot()
    stores = Stores(bot)
    found = {shop.domain: list(ShopCheck(bot, stores, shop)) for shop in to_check(bot, domain)}
    if as_json:
        click.echo(
            json.dumps({name: [vars(each) for each in lines] for name, lines in found.items()}, indent=2)
        )
    else:
        show(found)
    if any(each.level == "mend" for lines in found.values() for each in lines):
        raise SystemExit(1)


def to_check(bot: Bot, domain: str | None) -> list[Shop]:
    """The shop named, or all."""
    with bot.database.reading() as session:
        if domain:
            return [records.find_shop(session, domain)]
        return records.all_shops(session)


def show(found: dict[str, list[Finding]]) -> None:
    """The findings of each shop under its name."""
    for name, lines in found.items():
        click.echo(name)
        for each in lines:
            click.echo(each.line)
    if not found:
        click.echo(NO_SHOP, err=True)


@shops.command()
def reencrypt() -> None:
    """Encrypt every token with the newest key, so that older keys can be dropped. Harmless to repeat."""
    bot = open_bot()
    with bot.database.reading() as session:
        every = [(shop.id, shop.domain) for shop in records.all_shops(session)]
    done, unreadable = 0, []
    for shop_id, domain in every:
        try:
            with bot.database.writing() as session:
                done += tokens.reencrypt(session, bot.settings, shop_id)
        except CannotDecrypt:
            unreadable.append(domain)
    click.echo(f"Encrypted the tokens of {done} shops with the newest key.", err=True)
    if unreadable:
        raise click.ClickException(
            f"No key fits the tokens of {', '.join(unreadable)}. Put the key that does back into "
            "SHOPIFY_BOT_TOKEN_KEYS (in development the first one is in secrets/token_keys in the data "
            "folder), or add these shops again; shopify-bot shops check tells how."
        )
