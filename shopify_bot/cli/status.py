"""`shopify-bot status`."""

import json
from typing import Any

import click
from redis.exceptions import RedisError

from shopify_bot.bot import Bot
from shopify_bot.chores import rota
from shopify_bot.cli.opening import chosen_shop, json_option, open_bot, shop_option
from shopify_bot.finding.listing import counts
from shopify_bot.shops import all_shops


@click.command()
@shop_option
@json_option
def status(domain: str | None, as_json: bool) -> None:
    """How many products stand where, which chores went wrong, and whether Redis answers."""
    found = facts(open_bot(), domain)
    if as_json:
        click.echo(json.dumps(found, indent=2))
        return
    click.echo(f"redis: {found['redis']}")
    click.echo(f"shops: {', '.join(found['shops']) or 'none'}")
    click.echo(f"decides alone: {', '.join(found['decides_alone']) or 'nowhere'}")
    for state, count in found["products"].items():
        click.echo(f"{state:>18} {count}")
    for chore in found["chores"]:
        if chore["error"]:
            click.echo(f"{chore['shop']}: {chore['kind']}: {chore['error']}")


def facts(bot: Bot, domain: str | None) -> dict[str, Any]:
    """What `status --json` prints."""
    with bot.database.reading() as session:
        return {
            "products": counts(session, chosen_shop(session, domain)),
            "shops": [shop.domain for shop in all_shops(session)],
            "decides_alone": [shop.domain for shop in all_shops(session) if shop.approves_alone],
            "chores": rota.listing(session, chosen_shop(session, domain)),
            "redis": redis_state(bot),
        }


def redis_state(bot: Bot) -> str:
    """`ok`, `away` (known but silent) or `none` (no `run` on this data folder, no address set)."""
    try:
        redis = bot.doorbell.client()
        return "none" if redis is None else "ok" if redis.ping() else "away"
    except RedisError:
        return "away"
