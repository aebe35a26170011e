"""`shopify-bot run`, `demo`, `sweep`, `migrate`."""

from pathlib import Path
from typing import Any

import click

from shopify_bot.bot import Bot, make_bot
from shopify_bot.people.users import any_user
from shopify_bot.running.one_machine import Address
from shopify_bot.running.one_machine import run as run_all
from shopify_bot.shops import all_shops
from shopify_bot.sweep import sweep_until_stopped

host_option = click.option("--host", default="127.0.0.1", show_default=True, help="Address to listen on.")
port_option = click.option("--port", default=8000, show_default=True, help="Port of the web pages.")


@click.command()
@host_option
@port_option
def run(host: str, port: int) -> None:
    """Run everything on this machine: pages, webhooks, workers, sweep, Redis, database."""
    bot, address = make_bot(), Address(host, port)
    run_all(bot, address, lambda _: click.echo("\n".join(greeting(bot, address)), err=True))


def greeting(bot: Bot, address: Address) -> list[str]:
    """What a person should know once everything runs."""
    lines = [f"shopify-bot is ready: {bot.settings.app_url or address.url}"]
    if bot.settings.app_url:
        lines.append(f"Your proxy must lead from there to {address.url}.")
    with bot.database.reading() as session:
        if not any_user(session):
            lines.append("Nobody can sign in yet. Add yourself: shopify-bot users add NAME")
        if not all_shops(session):
            lines.append("No shop yet. How to add one: shopify-bot shops add --help")
    if not bot.settings.api_secrets:
        lines.append("SHOPIFY_BOT_SHOPIFY_API_SECRET is not set: every webhook will be refused.")
    if not bot.settings.app_url:
        lines.append("SHOPIFY_BOT_APP_URL is not set: no webhook subscriptions and no OAuth.")
    return lines


@click.command()
@host_option
@port_option
@click.option("--products", default=40, show_default=True, help="How many products the store creates.")
@click.option(
    "--catalogue",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    help="Folder in the Kaggle layout to take products from; without it, drawn ones.",
)
@click.option(
    "--once", is_flag=True, help="A scripted merchant reviews everything; then check, report and exit."
)
@click.option("--every", type=float, help="Seconds between two new products.")
@click.option(
    "--plan", "shop_plan", default="plus", show_default=True, help="The shop's plan: its cost bucket."
)
@click.option(
    "--fault", "faults", metavar="NAME=VALUE", multiple=True, help="See `shopify-bot devstore serve --help`."
)
@click.option("--json", "as_json", is_flag=True, help="With --once: print the figures as JSON.")
def demo(host: str, port: int, **what: Any) -> None:
    """`run` beside a local store that fills itself with products while you watch."""
    from shopify_bot.demo import Plan, run_demo

    raise SystemExit(run_demo(Plan(Address(host, port), **what)))


@click.command()
def sweep() -> None:
    """Ring for due reviews every few seconds; one of the processes of `run`."""
    sweep_until_stopped(make_bot())


@click.command()
def migrate() -> None:
    """Bring the database to the newest revision; `run` does it by itself."""
    bot = make_bot()
    bot.database.migrate()
    click.echo("The database is at the newest revision.", err=True)
