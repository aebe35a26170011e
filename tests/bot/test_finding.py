"""The columns that reviews are found by agree with what they are made from, whatever happened."""

import random
from collections.abc import Callable
from datetime import timedelta

import pytest
from alembic import command
from sqlalchemy import select, text

from classifier.labels import LabelTree
from shopify_bot import decisions
from shopify_bot.bot import Bot
from shopify_bot.claims import TO_PUBLISH, claim
from shopify_bot.database import Database, alembic_config
from shopify_bot.decisions import Reviewer
from shopify_bot.errors import IllegalMove, NoLabel
from shopify_bot.finding.noting import LONGEST_SEARCHED, choice_of, note, searched
from shopify_bot.states import State
from shopify_bot.tables import Decision, Prediction, Product, Review, Shop
from tests.review.seeding import small_tree

ME = Reviewer("ann", "web")


def seed(database: Database, title: str = "Blue Shirt", vendor: str = "Ærø") -> tuple[Shop, int]:
    with database.writing() as session:
        shop = Shop(domain="demo.myshopify.com")
        session.add(shop)
        session.flush()
        product = Product(shop_id=shop.id, gid="gid://shopify/Product/1", title=title, vendor=vendor)
        session.add(product)
        session.flush()
        review = Review(shop_id=shop.id, product_id=product.id, state=State.PENDING)
        session.add(review)
        session.flush()
        guess = {"model_version": "m", "label": "Shirts", "confidence": 0.8, "decides_alone": True}
        session.add(Prediction(shop_id=shop.id, review_id=review.id, **guess))
        note(session, review)
        return shop, review.id


def steps(tree: LabelTree) -> list[Callable[..., Review]]:
    return [
        decisions.approve,
        decisions.skip,
        decisions.dismiss,
        decisions.reopen,
        lambda session, shop, id, me: decisions.correct(session, shop, id, "Watches", me, tree),
    ]


@pytest.mark.parametrize("seed_of_chance", range(6))
def test_whatever_is_decided(database: Database, seed_of_chance: int) -> None:
    shop, review_id = seed(database)
    chance, tree = random.Random(seed_of_chance), small_tree()
    for step in chance.choices(steps(tree), k=12):
        try:
            with database.writing() as session:
                step(session, shop, review_id, ME)
        except (IllegalMove, NoLabel):
            continue
        with database.reading() as session:
            review = session.get_one(Review, review_id)
            decided = choice_of(review)
            assert review.label == (decided.label if decided else "Shirts")
            assert (review.confidence, review.vendor) == (0.8, "Ærø")
            assert review.search == "blue shirt ærø"
            standing = sum(each.counts for each in review.decisions)
            assert standing == (review.state != State.PENDING)


def test_an_undone_decision_is_named(database: Database) -> None:
    shop, review_id = seed(database)
    for step in (decisions.approve, decisions.reopen, decisions.skip):
        with database.writing() as session:
            step(session, shop, review_id, ME)
    with database.reading() as session:
        approval, undoing, skip = session.scalars(select(Decision).order_by(Decision.id))
    assert (undoing.counts, undoing.undoes_id) == (-1, approval.id)
    assert (approval.counts, approval.confidence, approval.model_version) == (1, 0.8, "m")
    assert approval.seconds is not None
    assert approval.seconds >= 0
    assert (skip.counts, skip.undoes_id) == (1, None)


def test_an_approval_waits_for_as_long_as_it_may_be_regretted(bot: Bot) -> None:
    shop, review_id = seed(bot.database)
    with bot.database.writing() as session:
        decisions.approve(session, shop, review_id, Reviewer("ann", "web", timedelta(minutes=1)))
    assert not claim(bot, TO_PUBLISH, State.PUBLISHING, 10).reviews
    with bot.database.writing() as session:
        assert decisions.reopen(session, shop, review_id, ME).state == State.PENDING
        decisions.approve(session, shop, review_id, ME)
    assert len(claim(bot, TO_PUBLISH, State.PUBLISHING, 10).reviews) == 1


def test_a_long_title_is_cut() -> None:
    assert len(searched("x" * 10_000, "y")) == LONGEST_SEARCHED


def test_what_was_there_before_is_found_too(database: Database) -> None:
    """A database of the revision before gets the columns filled."""
    shop, review_id = seed(database, "Old Ångström", "Acme")
    with database.writing() as session:
        decisions.correct(session, shop, review_id, "Watches", ME, small_tree())
        session.get_one(Product, session.get_one(Review, review_id).product_id).image_url = "https://x/y.jpg"
    config = alembic_config()
    with database.engine.begin() as connection:
        config.attributes["connection"] = connection
        command.downgrade(config, "0003")
    with database.engine.begin() as connection:
        columns = connection.execute(text("SELECT * FROM reviews")).keys()
    assert "search" not in columns
    database.migrate()
    with database.reading() as session:
        review = session.get_one(Review, review_id)
        assert (review.label, review.confidence, review.vendor) == ("Watches", 0.8, "Acme")
        assert review.search == "old ångström acme"
        assert review.product.pictures == ["https://x/y.jpg"]
        assert [(each.counts, each.confidence) for each in review.decisions] == [(1, 0.8)]
