"""What a label means in a shop, as text."""

import click

from shopify_bot.chores.category_check import Outdated
from shopify_bot.mapping import CATEGORY_GID, PARTS, Filing
from shopify_bot.tables import Shop


def line(filing: Filing) -> str:
    """A label in one line."""
    category = filing.category_id.removeprefix(CATEGORY_GID)
    star = "*" if filing.own else ""
    return "\t".join((filing.label + star, category, filing.product_type, filing.collection or "-"))


def lines(filing: Filing, shop: Shop) -> list[str]:
    """A label in full."""
    channels = filing.publication_ids if filing.publication_ids is not None else shop.publication_ids
    status = filing.status or shop.publish_status
    values = (
        f"{filing.category_id.removeprefix(CATEGORY_GID)}  {filing.category}",
        filing.product_type or "as the product has it",
        ", ".join(filing.tags) or "none",
        collection_in_words(filing),
        ", ".join(map(str, channels or ())) or "Online Store",
        status.lower(),
    )
    named = zip(PARTS, values, strict=True)
    return [filing.label, *(f"  {part}{'*' if part in filing.own else ''}\t{value}" for part, value in named)]


def collection_in_words(filing: Filing) -> str:
    """The collection, and of which kind it is."""
    match filing.collection_kind:
        case "made":
            return f"{filing.collection} (found or made by its title)"
        case "existing":
            return f"{filing.collection} ({filing.collection_gid})"
        case "condition":
            return f"{filing.collection} (takes in the whole category)"
        case "none":
            return "none"


def warn(fallen: list[Outdated]) -> None:
    """Say on stderr which categories no longer stand."""
    for each in fallen:
        click.echo(f"Warning: {each.sentence}. Choose another: shopify-bot mapping set", err=True)
