"""`shopify-bot labels`."""

import click

from shopify_bot.bot import make_bot
from shopify_bot.cli.opening import open_bot, shop_option
from shopify_bot.labels import label_tree
from shopify_bot.mapping import Filing, filing, filings
from shopify_bot.shops import find_shop


@click.command()
@click.argument("search", default="")
@shop_option
def labels(search: str, domain: str | None) -> None:
    """List the labels a product can be given, and what each writes to the store.

    With --shop as that shop has mapped them, else as the model brings them. See `shopify-bot mapping`.
    """
    for name, found in sorted(wanted(domain).items()):
        if search.casefold() in f"{name} {found.category} {found.collection}".casefold():
            click.echo(f"{name}\t{found.collection}\t{found.product_type}\t{found.category}")


def wanted(domain: str | None) -> dict[str, Filing]:
    """What each label writes, in the shop of that domain if one is named. Raises NotFound."""
    bot = open_bot() if domain else make_bot()
    tree = label_tree(bot.settings.model)
    if domain is None:
        return {name: filing(tree, name) for name in tree.leaves}
    with bot.database.reading() as session:
        return filings(session, find_shop(session, domain), tree)
