"""`shopify-bot labels`."""

import click

from shopify_bot.bot import make_bot
from shopify_bot.labels import label_tree
from shopify_bot.mapping import filing


@click.command()
@click.argument("search", default="")
def labels(search: str) -> None:
    """List the labels a product can be given, and what each writes to the store."""
    tree = label_tree(make_bot().settings.model)
    for name in sorted(tree.leaves):
        found = filing(tree, name)
        if search.casefold() in f"{name} {found.category} {found.collection}".casefold():
            click.echo(f"{name}\t{found.collection}\t{found.product_type}\t{found.category}")
