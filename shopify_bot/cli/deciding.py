"""Deciding from the command line: approve, correct, skip, reopen, retry, revert."""

import getpass
from collections.abc import Callable
from functools import partial

import click
from sqlalchemy.orm import Session

from shopify_bot import decisions
from shopify_bot.bot import Bot
from shopify_bot.cli.opening import chosen_shop, open_bot, shop_option
from shopify_bot.cli.review import BATCH, each_review, review, shop_of
from shopify_bot.decisions import CategorySaid, Reviewer
from shopify_bot.doorbell import CLASSIFY, PUBLISH
from shopify_bot.errors import IllegalMove, MovedMeanwhile, NoLabel, ShopifyBotError
from shopify_bot.finding.listing import reviews_page
from shopify_bot.labels import label_tree
from shopify_bot.states import State
from shopify_bot.tables import Review, Shop

__all__ = ["review"]

replace_option = click.option(
    "--replace-category",
    "replace",
    is_flag=True,
    help="Write our category even where a person has set another; else theirs stays.",
)


@review.command()
@click.argument("ids", nargs=-1, type=int)
@click.option("--all", "everything", is_flag=True, help="Every pending review that has a predicted label.")
@replace_option
@shop_option
def approve(ids: tuple[int, ...], everything: bool, replace: bool, domain: str | None) -> None:
    """Accept the predicted label of reviews; their products are published."""
    if ids and everything:
        raise click.UsageError("Name reviews by their ids, or say --all, not both.")
    bot, category = open_bot(), CategorySaid(replace)
    if everything:
        approved = approve_all(bot, domain, category)
    else:
        approved = decide_each(bot, domain, ids, partial(decisions.approve, category=category))
    bot.doorbell.ring(PUBLISH)
    click.echo(f"Approved {approved}.", err=True)
    all_or_exit(approved, len(ids))


def approve_all(bot: Bot, domain: str | None, category: CategorySaid) -> int:
    """Approve every pending review with a label; others are left to a person. Returns how many."""
    approved, after = 0, 0
    while True:
        with bot.database.writing() as session:
            page = reviews_page(
                session, chosen_shop(session, domain), (State.PENDING,), after=after, limit=BATCH
            )
            for each in page.reviews:
                try:
                    decisions.approve(session, each.shop, each.id, reviewer(), category)
                    approved += 1
                except (NoLabel, IllegalMove, MovedMeanwhile) as error:
                    click.echo(str(error), err=True)
        if page.next_after is None:
            return approved
        after = page.next_after


Decide = Callable[[Session, Shop, int, Reviewer], Review]


def decide_each(bot: Bot, domain: str | None, ids: tuple[int, ...], decide: Decide) -> int:
    """Decide reviews one by one, and say which could not be decided. Returns how many were."""
    decided = 0
    for review_id in ids:
        try:
            with bot.database.writing() as session:
                decide(session, shop_of(session, domain, review_id), review_id, reviewer())
            decided += 1
        except ShopifyBotError as error:
            click.echo(f"Error: {error}", err=True)
    return decided


def all_or_exit(decided: int, wanted: int) -> None:
    """Exit 1 when some could not be decided."""
    if decided < wanted:
        raise SystemExit(1)


def reviewer() -> Reviewer:
    """Whoever is logged in at this machine."""
    return Reviewer(name=getpass.getuser(), source="cli")


@review.command()
@click.argument("review_id", type=int, metavar="ID")
@click.argument("label")
@replace_option
@shop_option
def correct(review_id: int, label: str, replace: bool, domain: str | None) -> None:
    """Give the product another label; it is published. See `shopify-bot labels`."""
    bot = open_bot()
    tree, category = label_tree(bot.settings.model), CategorySaid(replace)
    with bot.database.writing() as session:
        shop = shop_of(session, domain, review_id)
        decisions.correct(session, shop, review_id, label, reviewer(), tree, category)
    bot.doorbell.ring(PUBLISH, [review_id])


@review.command()
@click.argument("ids", nargs=-1, type=int, required=True)
@shop_option
def skip(ids: tuple[int, ...], domain: str | None) -> None:
    """Leave products for later; nothing is written."""
    all_or_exit(decide_each(open_bot(), domain, ids, decisions.skip), len(ids))


@review.command()
@click.argument("ids", nargs=-1, type=int, required=True)
@shop_option
def reopen(ids: tuple[int, ...], domain: str | None) -> None:
    """Take up skipped or reverted reviews again, or undo an approval that is not being published yet."""
    bot = open_bot()
    reopened = decide_each(bot, domain, ids, decisions.reopen)
    bot.doorbell.ring(CLASSIFY)
    all_or_exit(reopened, len(ids))


@review.command()
@click.argument("ids", nargs=-1, type=int, required=True)
@shop_option
def revert(ids: tuple[int, ...], domain: str | None) -> None:
    """Take back in the store what publishing wrote, wherever nobody has changed it since.

    `shopify-bot review show ID` tells afterwards what was put back, and what was left and why.
    """
    bot = open_bot()
    reverting = decide_each(bot, domain, ids, decisions.revert)
    bot.doorbell.ring(PUBLISH)
    click.echo(f"Reverting {reverting}.", err=True)
    all_or_exit(reverting, len(ids))


@review.command()
@click.argument("ids", nargs=-1, type=int)
@click.option("--all", "everything", is_flag=True, help="Every failed review.")
@shop_option
def retry(ids: tuple[int, ...], everything: bool, domain: str | None) -> None:
    """Try failed reviews again, where they failed."""
    if bool(ids) == everything:
        raise click.UsageError("Name reviews by their ids, or say --all.")
    bot = open_bot()
    if everything:
        with bot.database.reading() as session:
            failed = each_review(session, chosen_shop(session, domain), (State.FAILED,))
            ids = tuple(each.id for each in failed)
    retried = decide_each(bot, domain, ids, decisions.retry)
    bot.doorbell.ring(CLASSIFY)
    bot.doorbell.ring(PUBLISH)
    click.echo(f"Retrying {retried}.", err=True)
    all_or_exit(retried, len(ids))
