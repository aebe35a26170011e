"""`shopify-bot review`: the review queue from the command line; deciding is in `deciding`."""

import json

import click
from sqlalchemy.orm import Session

from shopify_bot import decisions
from shopify_bot.cli import sheet
from shopify_bot.cli.opening import chosen_shop, json_option, open_bot, shop_option
from shopify_bot.errors import NotFound
from shopify_bot.finding.listing import as_json as review_json
from shopify_bot.finding.listing import reviews_page
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


def shop_of(session: Session, domain: str | None, review_id: int) -> Shop:
    """The shop named, else the one that the review belongs to. Raises NotFound."""
    shop = chosen_shop(session, domain)
    if shop is not None:
        return shop
    found = session.get(Review, review_id)
    if found is None:
        raise NotFound(f"There is no review {review_id}. See: shopify-bot review list")
    return found.shop
