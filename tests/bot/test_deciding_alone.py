"""Deciding alone: what is approved without a person, what never is, the checks, and turning itself off."""

import io
import math
import random
import shutil
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import timedelta
from itertools import count
from pathlib import Path

import numpy as np
import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session, selectinload

from classifier.errors import UnreadablePicture
from classifier.predictor import Prediction as Predicted
from classifier.predictor import Predictor
from shopify_bot import decisions
from shopify_bot.alone import checks
from shopify_bot.alone.deciding import is_drawn
from shopify_bot.alone.evidence import Share, chance_of_more_wrong
from shopify_bot.alone.measured import measure
from shopify_bot.alone.switching import Terms, turn_off, turn_on
from shopify_bot.bot import Bot
from shopify_bot.claims import TO_PUBLISH, count_due
from shopify_bot.database import Database
from shopify_bot.decisions import Reviewer
from shopify_bot.devstore import Shop as StoreShop
from shopify_bot.devstore.drawing import draw_product
from shopify_bot.jobs.classify import ClassifyWork
from shopify_bot.jobs.looking import Look
from shopify_bot.jobs.publish import PublishWork
from shopify_bot.jobs.recording import Recording
from shopify_bot.labels import label_tree
from shopify_bot.mapping import filing
from shopify_bot.people.changelog import changes
from shopify_bot.states import State, move
from shopify_bot.stores import Stores
from shopify_bot.tables import Decision, Product, Review, SettingChange, Shop, now
from tests.conftest import fresh_postgresql_database

ANN = Reviewer("ann", "web")
PROMISE = 0.995
TERMS = Terms(None, 0.05)
TOKEN = "a lease"
SURE = Predicted(
    "Shirts", 0.999, (("Shirts", 0.999), ("Tops", 0.001)), "Topwear", 1.0, "leaf", True, "image_and_text"
)
UNSURE = replace(SURE, confidence=0.6, sure="nothing", decides_alone=False)
PICTURE = np.zeros((2, 2, 3), np.uint8)
numbers = count(1)


both = pytest.mark.parametrize("database", ["sqlite", "postgresql"], indirect=True)


@pytest.fixture(scope="module")
def empty(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An empty SQLite database, migrated once: the rules are many, and their queries few."""
    path = tmp_path_factory.mktemp("empty") / "bot.sqlite3"
    database = Database(f"sqlite:///{path}")
    database.migrate()
    database.close()
    return path


@pytest.fixture
def database(request: pytest.FixtureRequest, empty: Path, tmp_path: Path) -> Iterator[Database]:
    """SQLite, unless a test asks for `both`."""
    if getattr(request, "param", "sqlite") == "sqlite":
        database = Database(f"sqlite:///{shutil.copy(empty, tmp_path)}")
    else:
        database = Database(fresh_postgresql_database(request.getfixturevalue("postgresql")))
        database.migrate()
    yield database
    database.close()


@pytest.fixture
def shop(bot: Bot) -> Shop:
    """A shop that decides alone, on the terms that are offered."""
    with bot.database.writing() as session:
        shop = Shop(domain="demo.myshopify.com")
        session.add(shop)
        session.flush()
        turn_on(session, shop, TERMS, PROMISE, "ann")
    return shop


def received(bot: Bot, shop: Shop, product: int | None = None) -> int:
    """A review that a worker has just looked at, of a new product unless one is named."""
    with bot.database.writing() as session:
        if product is None:
            row = Product(shop_id=shop.id, gid=f"gid://shopify/Product/{next(numbers)}", title="Blue shirt")
            session.add(row)
            session.flush()
            product = row.id
        review = Review(shop_id=shop.id, product_id=product, state=State.CLASSIFYING.value, lease_token=TOKEN)
        session.add(review)
        session.flush()
        return review.id


def undrawn(bot: Bot, shop: Shop) -> int:
    """A review that is not among the checks."""
    return next(each for each in iter(lambda: received(bot, shop), None) if not drawn(bot, shop, each))


def drawn(bot: Bot, shop: Shop, review_id: int) -> bool:
    return is_drawn(find(bot, review_id), shop.checked_share)


def classify(
    bot: Bot, *reviews: int, predicted: Predicted = SURE, promise: float = PROMISE, picture: str = "one"
) -> Recording:
    """Record what a worker found of the reviews."""
    recording = Recording(bot, TOKEN, "fashion-1", promise)
    looks = [Look(find(bot, each), picture=PICTURE, picture_sha256=picture) for each in reviews]
    recording.record_all([(seen, predicted) for seen in looks])
    return recording


def find(bot: Bot, review_id: int) -> Review:
    with bot.database.reading() as session:
        loaded = [selectinload(Review.shop), selectinload(Review.product)]
        return session.get_one(Review, review_id, options=loaded)


def change(bot: Bot, shop: Shop, **values: object) -> None:
    with bot.database.writing() as session:
        row = session.get_one(Shop, shop.id)
        for name, value in values.items():
            setattr(row, name, value)


def decisions_on(bot: Bot, review_id: int) -> list[Decision]:
    with bot.database.reading() as session:
        query = select(Decision).where(Decision.review_id == review_id).order_by(Decision.id)
        return list(session.scalars(query))


@both
def test_what_is_sure_enough_is_approved_without_a_person(bot: Bot, shop: Shop) -> None:
    review = undrawn(bot, shop)
    recording = classify(bot, review)
    assert recording.decided_alone == [review]
    assert find(bot, review).state == State.APPROVED
    (decision,) = decisions_on(bot, review)
    assert (decision.kind, decision.label, decision.predicted_label) == ("approve", "Shirts", "Shirts")
    assert (decision.reviewer, decision.source, decision.counts) == ("shopify-bot", "alone", 1)
    assert (decision.confidence, decision.decides_alone) == (pytest.approx(0.999), True)
    assert not decision.replaces_category
    with bot.database.reading() as session:
        assert count_due(session, TO_PUBLISH) == 1


def test_it_may_be_undone_before_it_is_written(bot: Bot, shop: Shop) -> None:
    settings = bot.settings.model_copy(update={"undo_s": 60.0})
    review = undrawn(bot, shop)
    classify(replace(bot, settings=settings), review)
    assert find(bot, review).next_attempt_at > now() + timedelta(seconds=30)
    with bot.database.writing() as session:
        assert count_due(session, TO_PUBLISH) == 0
        decisions.reopen(session, shop, review, ANN)
    assert find(bot, review).state == State.PENDING


def test_off_by_default(bot: Bot) -> None:
    with bot.database.writing() as session:
        shop = Shop(domain="demo.myshopify.com")
        session.add(shop)
    review = received(bot, shop)
    assert classify(bot, review).decided_alone == []
    assert find(bot, review).state == State.PENDING
    assert not find(bot, review).is_check


def test_turned_off_it_ends_at_once(bot: Bot, shop: Shop) -> None:
    with bot.database.writing() as session:
        assert turn_off(session, shop, "ben")
        assert not turn_off(session, shop, "ben")
    review = undrawn(bot, shop)
    classify(bot, review)
    assert find(bot, review).state == State.PENDING


@pytest.mark.parametrize(
    "predicted",
    [UNSURE, replace(SURE, decides_alone=False, sure="category"), replace(SURE, confidence=0.98)],
    ids=["unsure", "only the category", "less than was asked for"],
)
def test_less_sure_waits_for_a_person(bot: Bot, shop: Shop, predicted: Predicted) -> None:
    change(bot, shop, alone_above=0.99)
    review = undrawn(bot, shop)
    classify(bot, review, predicted=predicted)
    assert find(bot, review).state == State.PENDING
    assert not find(bot, review).is_check


def test_a_model_that_promises_less_than_was_agreed_to_decides_nothing(bot: Bot, shop: Shop) -> None:
    review = undrawn(bot, shop)
    classify(bot, review, promise=0.98)
    assert find(bot, review).state == State.PENDING


def test_a_shop_that_left_decides_nothing(bot: Bot, shop: Shop) -> None:
    change(bot, shop, state="uninstalled")
    review = undrawn(bot, shop)
    classify(bot, review)
    assert find(bot, review).state == State.PENDING


def test_without_a_usable_picture_it_waits_for_a_person(bot: Bot, shop: Shop) -> None:
    review = undrawn(bot, shop)
    recording = Recording(bot, TOKEN, "fashion-1", PROMISE)
    looked = Look(find(bot, review), error=UnreadablePicture("no picture"))
    recording.record_all([(looked, replace(SURE, kind="text"))])
    assert find(bot, review).state == State.PENDING
    assert find(bot, review).note


@pytest.mark.parametrize("kind", ["skip", "dismiss", "reopen"])
def test_what_a_person_has_touched_is_never_decided_alone(bot: Bot, shop: Shop, kind: str) -> None:
    review = undrawn(bot, shop)
    classify(bot, review, predicted=UNSURE)
    with bot.database.writing() as session:
        if kind == "dismiss":
            decisions.dismiss(session, shop, review, ANN)
        else:
            decisions.skip(session, shop, review, ANN)
        decisions.reopen(session, shop, review, ANN)
        look_again(session, review)
    classify(bot, review)
    assert find(bot, review).state == State.PENDING


@pytest.mark.parametrize(("category", "state"), [("other", State.PENDING), ("same", State.APPROVED)])
def test_where_a_person_set_another_category_a_person_decides(
    bot: Bot, shop: Shop, category: str, state: State
) -> None:
    """One of the two is wrong; where they agree there is nothing to look at."""
    review = undrawn(bot, shop)
    ours = filing(label_tree(bot.settings.model), SURE.label).category_id
    with bot.database.writing() as session:
        product = session.get_one(Product, find(bot, review).product_id)
        product.category_id = ours if category == "same" else f"{ours}-1"
    classify(bot, review)
    assert find(bot, review).state == state


def look_again(session: Session, review_id: int) -> None:
    """As when the store tells of another picture."""
    review = session.get_one(Review, review_id)
    move(session, review, State.RECEIVED)
    move(session, review, State.CLASSIFYING, lease_token=TOKEN)


@both
def test_what_was_undone_is_never_decided_alone_again(bot: Bot, shop: Shop) -> None:
    review = undrawn(bot, shop)
    classify(bot, review)
    with bot.database.writing() as session:
        decisions.reopen(session, shop, review, ANN)
        look_again(session, review)
    classify(bot, review)
    assert find(bot, review).state == State.PENDING
    assert [each.kind for each in decisions_on(bot, review)] == ["approve", "reopen"]


@both
def test_a_product_that_was_published_waits_for_a_person_when_it_comes_again(bot: Bot, shop: Shop) -> None:
    first = undrawn(bot, shop)
    classify(bot, first)
    with bot.database.writing() as session:
        session.get_one(Review, first).state = State.PUBLISHED.value
    again = received(bot, shop, product=find(bot, first).product_id)
    classify(bot, again, picture="another")
    assert find(bot, again).state == State.PENDING
    assert not find(bot, again).is_check


def test_another_shop_that_did_not_ask_for_it_keeps_its_products(bot: Bot, shop: Shop) -> None:
    with bot.database.writing() as session:
        other = Shop(domain="other.myshopify.com")
        session.add(other)
    mine, theirs = undrawn(bot, shop), received(bot, other)
    assert classify(bot, mine, theirs).decided_alone == [mine]
    assert find(bot, theirs).state == State.PENDING


def test_a_repeat_of_the_same_look_decides_no_second_time(bot: Bot, shop: Shop) -> None:
    review = undrawn(bot, shop)
    classify(bot, review)
    assert classify(bot, review).decided_alone == []
    assert len(decisions_on(bot, review)) == 1


def test_a_share_goes_to_a_person_and_a_repeat_draws_the_same() -> None:
    reviews = [Review(id=number, shop_id=7) for number in range(1, 20_001)]
    first = [is_drawn(review, 0.05) for review in reviews]
    assert first == [is_drawn(review, 0.05) for review in reviews]
    # 1,000 are expected; four standard deviations are 123
    assert abs(sum(first) - 1000) < 123
    assert not any(is_drawn(review, 0.0) for review in reviews)
    assert all(is_drawn(review, 1.0) for review in reviews)
    more = [is_drawn(review, 0.1) for review in reviews]
    assert all(later for early, later in zip(first, more, strict=True) if early)


def check(bot: Bot, shop: Shop) -> int:
    """A review that is drawn as a check, whatever its number."""
    change(bot, shop, checked_share=1.0)
    review = received(bot, shop)
    classify(bot, review)
    assert find(bot, review).state == State.PENDING
    assert find(bot, review).is_check
    return review


def verdict(bot: Bot, shop: Shop, review: int, right: bool) -> None:
    with bot.database.writing() as session:
        if right:
            decisions.approve(session, shop, review, ANN)
        else:
            decisions.dismiss(session, shop, review, ANN)


def shop_now(bot: Bot, shop: Shop) -> Shop:
    with bot.database.reading() as session:
        return session.get_one(Shop, shop.id)


@both
def test_it_turns_itself_off_when_the_checks_break_the_promise(bot: Bot, shop: Shop) -> None:
    for _ in range(5):
        verdict(bot, shop, check(bot, shop), right=True)
    verdict(bot, shop, check(bot, shop), right=False)
    assert shop_now(bot, shop).approves_alone, "one wrong one proves nothing"
    verdict(bot, shop, check(bot, shop), right=False)
    stopped = shop_now(bot, shop)
    assert not stopped.approves_alone
    reason = stopped.alone_stopped or {}
    assert (reason["wrong"], reason["checks"], reason["promise"]) == (2, 7, PROMISE)
    with bot.database.reading() as session:
        newest = changes(session, shop, 5)[0]
    assert (newest.kind, newest.made_by) == ("alone_stopped", "shopify-bot")
    review = received(bot, shop)
    classify(bot, review)
    assert find(bot, review).state == State.PENDING


def test_it_says_so_once(bot: Bot, shop: Shop) -> None:
    waiting = [check(bot, shop) for _ in range(4)]
    for review in waiting:
        verdict(bot, shop, review, right=False)
    with bot.database.reading() as session:
        kinds = session.scalars(select(SettingChange.kind)).all()
    assert kinds.count("alone_stopped") == 1


def test_what_was_taken_back_no_longer_counts_against_it(bot: Bot, shop: Shop) -> None:
    first, second, third = (check(bot, shop) for _ in range(3))
    verdict(bot, shop, first, right=False)
    with bot.database.writing() as session:
        decisions.reopen(session, shop, first, ANN)
    verdict(bot, shop, second, right=False)
    assert shop_now(bot, shop).approves_alone
    verdict(bot, shop, first, right=True)
    assert shop_now(bot, shop).approves_alone
    verdict(bot, shop, third, right=False)
    assert not shop_now(bot, shop).approves_alone


@both
def test_verdicts_from_before_it_was_turned_on_again_do_not_count(bot: Bot, shop: Shop) -> None:
    verdict(bot, shop, check(bot, shop), right=False)
    verdict(bot, shop, check(bot, shop), right=False)
    with bot.database.writing() as session:
        assert turn_on(session, shop, TERMS, PROMISE, "ann")
    assert shop_now(bot, shop).alone_stopped is None
    verdict(bot, shop, check(bot, shop), right=False)
    assert shop_now(bot, shop).approves_alone
    with bot.database.reading() as session:
        assert checks.verdicts(session, shop_now(bot, shop)) == Share(0, 1)


def test_a_decision_on_what_is_no_check_changes_nothing(bot: Bot, shop: Shop) -> None:
    for _ in range(3):
        review = received(bot, shop)
        classify(bot, review, predicted=UNSURE)
        verdict(bot, shop, review, right=False)
    assert shop_now(bot, shop).approves_alone


@both
def test_every_change_is_written_down(bot: Bot, shop: Shop) -> None:
    with bot.database.writing() as session:
        assert not turn_on(session, shop, TERMS, PROMISE, "ben")
        assert turn_on(session, shop, Terms(0.99, 0.1), PROMISE, "ben")
        assert turn_off(session, shop, "chloé")
    with bot.database.reading() as session:
        log = [(each.kind, each.made_by, each.values.get("above")) for each in changes(session, shop, 9)]
        older = changes(session, shop, 9, before=changes(session, shop, 9)[-2].id)
    assert log == [("alone_off", "chloé", None), ("alone_changed", "ben", 0.99), ("alone_on", "ann", None)]
    assert [each.kind for each in older] == ["alone_on"]


@pytest.mark.parametrize(
    ("right", "total", "low", "high"), [(0, 0, 0, 1), (50, 50, 0.929, 1), (8, 10, 0.49, 0.943)]
)
def test_the_interval_is_wide_when_little_is_known(right: int, total: int, low: float, high: float) -> None:
    assert Share(right, total).interval == pytest.approx((low, high), abs=0.001)


def test_a_promise_is_broken_only_by_more_than_chance() -> None:
    assert not Share(0, 1).breaks(PROMISE)
    assert Share(28, 30).breaks(PROMISE)
    assert not Share(38, 40).breaks(PROMISE)
    assert not Share(996, 1000).breaks(PROMISE)
    assert Share(980, 1000).breaks(PROMISE)
    assert not Share(0, 0).breaks(1.0)
    assert Share(98, 100).breaks(1.0)
    exact = sum(math.comb(40, k) * 0.005**k * 0.995 ** (40 - k) for k in range(2, 41))
    assert chance_of_more_wrong(2, 40, 0.005) == pytest.approx(exact)


def decide(bot: Bot, shop: Shop, confidence: float, right: bool, **values: object) -> Decision:
    """A decision as a person makes it; `values` say otherwise."""
    review = received(bot, shop)
    with bot.database.writing() as session:
        row = {"source": "web", "counts": 1, "decides_alone": confidence > 0.9, "reviewer": "ann"} | values
        decision = Decision(
            shop_id=shop.id,
            review_id=review,
            kind="approve" if right else "correct",
            label="Shirts" if right else "Tops",
            predicted_label="Shirts",
            confidence=confidence,
            **row,
        )
        session.add(decision)
    return decision


@both
def test_what_it_would_have_done_is_counted_in_the_shops_own_decisions(bot: Bot, shop: Shop) -> None:
    decide(bot, shop, 0.95, right=True)
    decide(bot, shop, 0.99, right=True)
    decide(bot, shop, 0.999, right=False)
    decide(bot, shop, 0.5, right=False)
    decide(bot, shop, 0.99, right=True, source="alone")
    decide(bot, shop, 0.99, right=True, created_at=now() - timedelta(days=100))
    undone = decide(bot, shop, 0.99, right=True)
    with bot.database.writing() as session:
        of = {"shop_id": shop.id, "review_id": undone.review_id, "reviewer": "ann", "source": "web"}
        session.add(Decision(kind="reopen", counts=-1, undoes_id=undone.id, **of))
        other = Shop(domain="other.myshopify.com")
        session.add(other)
    decide(bot, other, 0.99, right=False)
    with bot.database.reading() as session:
        record = measure(session, shop, (0.0, 0.99))
    assert record.total == 5
    assert record.since is not None
    own, stricter = record.levels
    assert (own.decided, own.right) == (Share(4, 5), Share(2, 3))
    assert (stricter.decided, stricter.right) == (Share(3, 5), Share(1, 2))


def test_nothing_decided_yet_is_nothing_known(bot: Bot, shop: Shop) -> None:
    with bot.database.reading() as session:
        record = measure(session, shop, (0.0,))
    assert (record.total, record.since) == (0, None)
    assert record.levels[0].right == Share(0, 0)
    assert not record.levels[0].is_measured


def test_from_the_webhook_to_the_store_without_a_person(
    served: Bot,
    stores: Stores,
    predictor: Predictor,
    publish: PublishWork,
    store_shop: StoreShop,
    receive: Callable[..., int],
) -> None:
    with served.database.writing() as session:
        shop = session.scalars(select(Shop)).one()
        turn_on(session, shop, TERMS, predictor.bundle.calibration.precision, "ann")
        shop.checked_share = 0.0
    gids = [
        store_shop.create_product("Titan Men Black Dial Watch", drawing("Watches")),
        store_shop.create_product("Thing", drawing("Watches")),
    ]
    sure, unsure = (receive(gid) for gid in gids)
    assert ClassifyWork(served, stores, predictor).one_batch() == 2
    assert publish.one_batch() == 1
    assert find(served, sure).state == State.PUBLISHED
    assert find(served, unsure).state == State.PENDING
    assert store_shop.product(gids[0]).product_type
    assert not store_shop.product(gids[1]).product_type


def drawing(label: str) -> bytes:
    file = io.BytesIO()
    draw_product(label, 0, random.Random(7)).save(file, "JPEG")
    return file.getvalue()
