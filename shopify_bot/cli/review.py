"""`shopify-bot review`: the review queue from the command line."""

import getpass
import json
from collections.abc import Callable

import click
from sqlalchemy.orm import Session

from shopify_bot import decisions
from shopify_bot.bot import Bot
from shopify_bot.cli import sheet
from shopify_bot.cli.opening import chosen_shop, json_option, open_bot, shop_option
from shopify_bot.decisions import Reviewer
from shopify_bot.doorbell import CLASSIFY, PUBLISH
from shopify_bot.errors import IllegalMove, MovedMeanwhile, NoLabel, NotFound, ShopifyBotError
from shopify_bot.labels import label_tree
from shopify_bot.listing import as_json as review_json
from shopify_bot.listing import reviews_page
from shopify_bot.states import State
from shopify_bot.tables import Review, Shop

BATCH = 200


@click.group()
def review() -> None:
    """Look at classified products and decide."""


@review.command(name="list")
@click.option(
    "--state", type=click.Choice([state.value for state in State]), help="Only reviews in this state."
)
@shop_option
@json_option
def list_reviews(state: str | None, domain: str | None, as_json: bool) -> None:
    """List reviews, oldest first."""
    bot = open_bot()
    states = (State(state),) if state else tuple(State)
    with bot.database.reading() as session:
        found = list(each_review(session, chosen_shop(session, domain), states))
        if as_json:
            print_json([review_json(each) for each in found])
            return
        for each in found:
            click.echo(sheet.line(each))


@review.command()
@click.argument("review_id", type=int, metavar="ID")
@shop_option
@json_option
def show(review_id: int, domain: str | None, as_json: bool) -> None:
    """Show one review: what was predicted, how surely and from what, and what was decided."""
    bot = open_bot()
    with bot.database.reading() as session:
        found = decisions.find_review(session, shop_of(session, domain, review_id), review_id)
        if as_json:
            print_json(review_json(found))
        else:
            click.echo("\n".join(sheet.lines(found)))


def print_json(document: object) -> None:
    click.echo(json.dumps(document, ensure_ascii=False, indent=2))


def each_review(session: Session, shop: Shop | None, states: tuple[State, ...]) -> list[Review]:
    """All reviews in these states, read page by page."""
    found: list[Review] = []
    after: int | None = 0
    while after is not None:
        page = reviews_page(session, shop, states, after=after, limit=BATCH)
        found += page.reviews
        after = page.next_after
    return found


@review.command()
@click.argument("ids", nargs=-1, type=int)
@click.option("--all", "everything", is_flag=True, help="Every pending review that has a predicted label.")
@shop_option
def approve(ids: tuple[int, ...], everything: bool, domain: str | None) -> None:
    """Accept the predicted label of reviews; their products are published."""
    if ids and everything:
        raise click.UsageError("Name reviews by their ids, or say --all, not both.")
    bot = open_bot()
    approved = approve_all(bot, domain) if everything else decide_each(bot, domain, ids, decisions.approve)
    bot.doorbell.ring(PUBLISH)
    click.echo(f"Approved {approved}.", err=True)
    all_or_exit(approved, len(ids))


def approve_all(bot: Bot, domain: str | None) -> int:
    """Approve every pending review with a label; others are left to a person. Returns how many."""
    approved, after = 0, 0
    while True:
        with bot.database.writing() as session:
            page = reviews_page(
                session, chosen_shop(session, domain), (State.PENDING,), after=after, limit=BATCH
            )
            for each in page.reviews:
                try:
                    decisions.approve(session, each.shop, each.id, reviewer())
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


def shop_of(session: Session, domain: str | None, review_id: int) -> Shop:
    """The shop named, else the one that the review belongs to. Raises NotFound."""
    shop = chosen_shop(session, domain)
    if shop is not None:
        return shop
    found = session.get(Review, review_id)
    if found is None:
        raise NotFound(f"There is no review {review_id}. See: shopify-bot review list")
    return found.shop


def reviewer() -> Reviewer:
    """Whoever is logged in at this machine."""
    return Reviewer(name=getpass.getuser(), source="cli")


@review.command()
@click.argument("review_id", type=int, metavar="ID")
@click.argument("label")
@shop_option
def correct(review_id: int, label: str, domain: str | None) -> None:
    """Give the product another label; it is published. See `shopify-bot labels`."""
    bot = open_bot()
    tree = label_tree(bot.settings.model)
    with bot.database.writing() as session:
        decisions.correct(session, shop_of(session, domain, review_id), review_id, label, reviewer(), tree)
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
    """Take up skipped reviews again, or undo an approval that is not being published yet."""
    all_or_exit(decide_each(open_bot(), domain, ids, decisions.reopen), len(ids))


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
