"""`shopify-bot mapping`: what each label means in a shop, from the command line."""

import getpass
import json
from typing import Any, BinaryIO

import click

from classifier.labels import LabelTree
from shopify_bot.bot import Bot
from shopify_bot.chores.category_check import outdated
from shopify_bot.cli.meaning import line, lines, warn
from shopify_bot.cli.opening import json_option, only_shop, open_bot
from shopify_bot.errors import UnknownLabel
from shopify_bot.labels import label_tree
from shopify_bot.mapping import (
    PARTS,
    Changes,
    CollectionPick,
    ShopChanges,
    change,
    change_shop,
    filings,
    importing,
    sheet,
    unused,
)
from shopify_bot.mapping.lookup import Lookup, known
from shopify_bot.store_search import StoreSearch
from shopify_bot.stores import Stores

shop_option = click.option(
    "--shop", "domain", metavar="DOMAIN", help="The shop; not needed when there is only one."
)
STATUSES = click.Choice(["active", "draft", "unchanged"], case_sensitive=False)


@click.group()
def mapping() -> None:
    """What approving a label writes in a shop: the model's default, or what you choose in its place."""


@mapping.command()
@click.argument("label", required=False)
@shop_option
@json_option
def show(label: str | None, domain: str | None, as_json: bool) -> None:
    """Show what one label or every label means. A star marks what is your own choice."""
    bot, tree = opened()
    with bot.database.reading() as session:
        shop = only_shop(session, domain)
        found = filings(session, shop, tree)
        fallen = outdated(session, shop, tree)
        kept = unused(session, shop, tree)
    wanted = [found[known_label(tree, label)]] if label else list(found.values())
    if as_json:
        standing = {each.label: each.standing for each in fallen}
        rows = [sheet.entry(each) | {"standing": standing.get(each.label)} for each in wanted]
        click.echo(json.dumps(rows[0] if label else rows, ensure_ascii=False, indent=2))
        return
    for each in wanted:
        click.echo("\n".join(lines(each, shop)) if label else line(each))
    warn([each for each in fallen if label in (None, each.label)])
    if kept and not label:
        click.echo(f"Kept for a model that knows them: your choices for {', '.join(kept)}.", err=True)


@mapping.command(name="set")
@click.argument("label")
@shop_option
@click.option("--category", help="Taxonomy category: an id such as aa-1-13-8, or a path or its end.")
@click.option("--product-type", help="Product type; an empty one leaves each product its own.")
@click.option("--tag", "tags", multiple=True, help="Tag to add; repeat it. Replaces the label's whole list.")
@click.option("--no-tags", is_flag=True, help="Add no tags.")
@click.option("--collection", "title", help="Title of a collection that we find or make.")
@click.option("--collection-id", "gid", help="Id or handle of a collection that the store has.")
@click.option(
    "--category-collection",
    "by_category",
    is_flag=True,
    help="A collection of the whole category.",
)
@click.option("--no-collection", "none", is_flag=True, help="Put products into no collection.")
@click.option("--channel", "channels", multiple=True, help="Name or id of a sales channel; repeat it.")
@click.option("--status", type=STATUSES, help="Status of a product once it is published.")
@click.option("--default", "back", type=click.Choice(PARTS), multiple=True, help="Back to the default.")
def set_label(label: str, domain: str | None, **given: Any) -> None:
    """Change what a label means, only in the parts that are named. Takes effect for what is approved next."""
    bot, tree = opened()
    known_label(tree, label)
    with bot.database.reading() as session:
        shop = only_shop(session, domain)
    changes = changes_of(given, Lookup(StoreSearch(Stores(bot)), shop))
    if not changes:
        raise click.UsageError("Say what to change, such as --product-type. See --help.")
    with bot.database.writing() as session:
        change(session, shop, tree, label, changes, getpass.getuser())
        after = filings(session, shop, tree)[label]
    click.echo("\n".join(lines(after, shop)))


def changes_of(given: dict[str, Any], lookup: Lookup) -> Changes:
    """The changes that the options of `set` ask for. Raises click.UsageError, BadMapping, CannotLookUp."""
    changes: Changes = {}
    for part in PARTS:
        if part in given["back"]:
            changes[part] = None
    if given["category"] is not None:
        changes["category"] = lookup.category(given["category"])
    if given["product_type"] is not None:
        changes["product_type"] = given["product_type"]
    one_at_most("tags", bool(given["tags"]), given["no_tags"])
    if given["tags"] or given["no_tags"]:
        changes["tags"] = list(given["tags"])
    chosen = collection_of(given, lookup)
    if chosen is not None:
        changes["collection"] = chosen
    if given["channels"]:
        changes["channels"] = lookup.channels(given["channels"])
    if given["status"] is not None:
        changes["status"] = given["status"]
    return changes


def collection_of(given: dict[str, Any], lookup: Lookup) -> CollectionPick | None:
    """The collection that the options of `set` ask for, if they do."""
    title, gid, by_category, none = (given[name] for name in ("title", "gid", "by_category", "none"))
    one_at_most("collection", title is not None, gid is not None, by_category, none)
    if gid is not None:
        return lookup.collection(gid)
    if by_category or none:
        return CollectionPick("condition" if by_category else "none")
    return CollectionPick("made", title) if title is not None else None


@mapping.command()
@shop_option
@click.option("--channel", "channels", multiple=True, help="Name or id of a sales channel; repeat it.")
@click.option("--online-store", is_flag=True, help="Publish to the Online Store alone.")
@click.option("--status", type=STATUSES, help="Status of a product once it is published.")
def defaults(domain: str | None, channels: tuple[str, ...], online_store: bool, status: str | None) -> None:
    """Show or change what holds for every label without its own sales channels or status."""
    bot, _ = opened()
    with bot.database.reading() as session:
        shop = only_shop(session, domain)
    one_at_most("channel", bool(channels), online_store)
    lookup = Lookup(StoreSearch(Stores(bot)), shop)
    changes: ShopChanges = {}
    if channels or online_store:
        changes["channels"] = lookup.channels(channels) if channels else None
    if status is not None:
        changes["status"] = status
    if changes:
        with bot.database.writing() as session:
            shop = change_shop(session, shop, changes)
    names = {channel.gid: channel.title for channel in known(lookup.search.channels(shop))}
    chosen = [names.get(str(each), str(each)) for each in shop.publication_ids or []]
    click.echo(f"channels\t{', '.join(chosen) or 'Online Store'}")
    click.echo(f"status\t{shop.publish_status.lower()}")
    click.echo(f"there are\t{', '.join(names.values())}", err=True)


@mapping.command()
@click.argument("file", type=click.Path(dir_okay=False, allow_dash=True), default="-")
@shop_option
def export(file: str, domain: str | None) -> None:
    """Write what every label means as CSV, or as JSON into a file named *.json; by default to stdout."""
    bot, tree = opened()
    with bot.database.reading() as session:
        found = filings(session, only_shop(session, domain), tree).values()
    text = sheet.to_json(found) if file.endswith(".json") else sheet.to_csv(found)
    with click.open_file(file, "wb") as target:
        target.write(text.encode())


@mapping.command(name="import")
@click.argument("file", type=click.File("rb"))
@shop_option
@click.option("--dry-run", is_flag=True, help="Only say what would change.")
def import_file(file: BinaryIO, domain: str | None, dry_run: bool) -> None:
    """Take in a table that `export` wrote and you edited, CSV or JSON: every line, or none.

    Labels and columns that are not in it stay as they are; an empty cell is the default.
    """
    bot, tree = opened()
    read = sheet.read(file.read())
    with bot.database.reading() as session:
        shop = only_shop(session, domain)
        found = importing.changes_of(session, shop, tree, read, Lookup(StoreSearch(Stores(bot)), shop))
    with bot.database.writing() as session, session.begin_nested() as attempt:
        changed = importing.take_in(session, shop, tree, found, getpass.getuser())
        if dry_run:
            attempt.rollback()
    for each in changed:
        click.echo(f"{each.label}\t{', '.join(each.parts)}")
    click.echo(f"{'Would change' if dry_run else 'Changed'} {len(changed)} of {len(read)} labels.", err=True)


def opened() -> tuple[Bot, LabelTree]:
    """The bot and the labels of the model in use."""
    bot = open_bot()
    return bot, label_tree(bot.settings.model)


def known_label(tree: LabelTree, label: str) -> str:
    """The label, if it is in the tree. Raises UnknownLabel."""
    if label not in tree.leaves:
        raise UnknownLabel(f"There is no label {label!r}. See: shopify-bot labels")
    return label


def one_at_most(what: str, *given: bool) -> None:
    """Raises click.UsageError when options that exclude one another are given."""
    if sum(given) > 1:
        raise click.UsageError(f"These options for the {what} exclude one another. Choose one.")
