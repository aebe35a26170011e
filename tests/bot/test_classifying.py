"""The classify step with the shipped model, against the local store."""

import io
import random
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select, update

from classifier.predictor import Predictor
from shopify_bot.bot import Bot
from shopify_bot.claims import TO_CLASSIFY, claim
from shopify_bot.devstore import DevStore
from shopify_bot.devstore import Shop as StoreShop
from shopify_bot.devstore.drawing import draw_product
from shopify_bot.jobs.classify import ClassifyWork
from shopify_bot.shopify.client import AdminClient
from shopify_bot.states import State, move
from shopify_bot.stores import Stores
from shopify_bot.tables import Prediction, Product, Review, now
from tests.bot.conftest import find, make_due

Receive = Callable[..., int]


@pytest.fixture
def reads(predictor: Predictor) -> None:
    """For tests that need a model which has learnt titles."""
    if not predictor.scorer.reads:
        pytest.skip("the shipped bundle has learnt no titles")


@pytest.fixture
def work(served: Bot, stores: Stores, predictor: Predictor) -> ClassifyWork:
    return ClassifyWork(served, stores, predictor)


def jpeg(label: str = "Watches", shape: int = 0) -> bytes:
    file = io.BytesIO()
    draw_product(label, shape, random.Random(7)).save(file, "JPEG")
    return file.getvalue()


def test_a_product_is_classified(store_shop: StoreShop, work: ClassifyWork, receive: Receive) -> None:
    gid = store_shop.create_product("A fine watch", jpeg(), vendor="Maker")
    review_id = receive(gid)
    assert work.one_batch() == 1
    assert work.one_batch() == 0
    with work.bot.database.reading() as session:
        review = session.get_one(Review, review_id)
        prediction = session.scalars(select(Prediction)).one()
        product = session.scalars(select(Product)).one()
        assert review.state == State.PENDING
        assert (review.note, review.error) == (None, None)
    assert prediction.model_version == work.predictor.bundle.version
    assert prediction.label == prediction.top[0]["label"]
    assert prediction.confidence == pytest.approx(prediction.top[0]["probability"])
    assert prediction.kind == ("image_and_text" if work.predictor.scorer.reads else "image")
    assert prediction.sure in ("leaf", "category", "nothing")
    assert prediction.decides_alone == (prediction.sure == "leaf")
    assert prediction.category in work.predictor.bundle.tree.categories
    assert 0 < (prediction.category_confidence or 0) <= 1.0001
    probabilities = [each["probability"] for each in prediction.top]
    assert len(probabilities) == 4
    assert probabilities == sorted(probabilities, reverse=True)
    assert 0 < sum(probabilities) <= 1.0001
    assert (product.title, product.vendor) == ("A fine watch", "Maker")
    assert product.image_sha256 == prediction.image_sha256
    assert product.image_key


def test_a_burst_is_one_batch_and_one_prediction_each(
    store_shop: StoreShop, work: ClassifyWork, receive: Receive
) -> None:
    for number in range(20):
        receive(store_shop.create_product(f"Product {number}", jpeg(shape=number % 8)))
    assert work.one_batch() == 20
    with work.bot.database.reading() as session:
        assert len(session.scalars(select(Prediction)).all()) == 20


def test_a_late_picture_is_asked_for_again_before_the_title_has_to_do(
    store_shop: StoreShop, work: ClassifyWork, receive: Receive, reads: None
) -> None:
    gid = store_shop.create_product("Titan Men Black Dial Watch", jpeg(), late_seconds=3600)
    review_id = receive(gid)
    for wait in work.bot.settings.image_retry_s:
        work.one_batch()
        review = find(work.bot, review_id)
        assert review.state == State.WAITING_FOR_IMAGE
        assert abs((review.next_attempt_at - now()) - timedelta(seconds=wait)) < timedelta(seconds=10)
        make_due(work.bot)
    work.one_batch()
    review = find(work.bot, review_id)
    assert review.state == State.PENDING
    assert (review.note or "").startswith("no usable picture")
    with work.bot.database.reading() as session:
        prediction = session.scalars(select(Prediction)).one()
    assert (prediction.label, prediction.kind, prediction.image_sha256) == ("Watches", "text", None)


def test_a_picture_that_comes_after_all_makes_another_prediction(
    store_shop: StoreShop, work: ClassifyWork, receive: Receive, reads: None
) -> None:
    gid = store_shop.create_product("Titan Men Black Dial Watch", b"no picture")
    review_id = receive(gid)
    work.one_batch()
    store_shop.update_product(gid, picture=jpeg())
    with work.bot.database.writing() as session:
        move(session, session.get_one(Review, review_id), State.RECEIVED)
    work.one_batch()
    with work.bot.database.reading() as session:
        kinds = session.scalars(select(Prediction.kind).order_by(Prediction.id)).all()
    assert kinds == ["text", "image_and_text"]
    assert find(work.bot, review_id).note is None


def test_without_picture_and_words_nothing_is_predicted(
    store_shop: StoreShop, work: ClassifyWork, receive: Receive
) -> None:
    bare = receive(store_shop.create_product("<b> </b>", b"no picture", description_html="<p>&nbsp;</p>"))
    good = receive(store_shop.create_product("Good", jpeg()))
    work.one_batch()
    with work.bot.database.reading() as session:
        labels = {each.review_id: each.label for each in session.scalars(select(Prediction))}
    assert labels[bare] is None
    assert labels[good]
    assert (find(work.bot, bare).note or "").startswith("no usable picture")


def test_title_and_description_are_read_as_the_store_tells_them(
    store_shop: StoreShop, work: ClassifyWork, receive: Receive
) -> None:
    receive(store_shop.create_product("Boots", jpeg(), description_html="<p>of <b>leather</b></p>"))
    (seen,) = work.look_at(claim(work.bot, TO_CLASSIFY, State.CLASSIFYING, 8))
    assert (seen.given.title, seen.given.description) == ("Boots", "<p>of <b>leather</b></p>")
    assert seen.given.picture is not None


def test_a_picture_that_came_is_classified(
    store_shop: StoreShop, work: ClassifyWork, receive: Receive
) -> None:
    gid = store_shop.create_product("No picture yet")
    review_id = receive(gid)
    work.one_batch()
    assert find(work.bot, review_id).state == State.WAITING_FOR_IMAGE
    store_shop.update_product(gid, picture=jpeg())
    make_due(work.bot)
    work.one_batch()
    review = find(work.bot, review_id)
    assert (review.state, review.note) == (State.PENDING, None)


@pytest.mark.parametrize("picture", [b"<html>not a picture</html>", jpeg()[:200], b"GIF89a"])
def test_an_unreadable_picture_goes_to_a_person(
    store_shop: StoreShop, work: ClassifyWork, receive: Receive, picture: bytes
) -> None:
    good = receive(store_shop.create_product("Good", jpeg()))
    bad = receive(store_shop.create_product("Bad", picture))
    work.one_batch()
    assert find(work.bot, good).note is None
    review = find(work.bot, bad)
    assert review.state == State.PENDING
    assert (review.note or "").startswith("no usable picture")


def test_a_picture_from_elsewhere_is_not_fetched(
    store_shop: StoreShop, work: ClassifyWork, receive: Receive
) -> None:
    work.bot.settings.image_hosts = ("cdn.shopify.com",)
    careful = ClassifyWork(work.bot, Stores(work.bot), work.predictor)
    review_id = receive(store_shop.create_product("Elsewhere", jpeg()))
    careful.one_batch()
    review = find(work.bot, review_id)
    assert review.state == State.PENDING
    assert "not allowed" in (review.note or "")


def test_a_product_deleted_before_it_was_read_is_gone(
    store_shop: StoreShop, work: ClassifyWork, receive: Receive
) -> None:
    gid = store_shop.create_product("Short-lived", jpeg())
    review_id = receive(gid)
    store_shop.delete_product(gid)
    work.one_batch()
    assert find(work.bot, review_id).state == State.WAITING_FOR_IMAGE, "it may only not show yet"
    with work.bot.database.writing() as session:
        session.execute(update(Review).values(created_at=now() - timedelta(minutes=2), next_attempt_at=now()))
    work.one_batch()
    assert find(work.bot, review_id).state == State.GONE


def test_a_store_that_is_down_is_tried_again(
    store: DevStore, store_shop: StoreShop, work: ClassifyWork, receive: Receive
) -> None:
    review_id = receive(store_shop.create_product("Patience", jpeg()))
    store.faults.set(rate_5xx=1.0)
    work.one_batch()
    review = find(work.bot, review_id)
    assert (review.state, review.attempts) == (State.CLASSIFYING, 1)
    assert "5" in (review.error or "")
    store.faults.clear()
    make_due(work.bot)
    work.one_batch()
    review = find(work.bot, review_id)
    assert (review.state, review.attempts, review.error) == (State.PENDING, 0, None)


def test_a_revoked_token_fails_the_review(
    store_shop: StoreShop, work: ClassifyWork, receive: Receive
) -> None:
    review_id = receive(store_shop.create_product("Locked out", jpeg()))
    store_shop.token = "shpat_rotated"
    work.one_batch()
    review = find(work.bot, review_id)
    assert review.state == State.FAILED
    assert "shopify-bot shops check" in (review.error or "")


def test_a_published_product_with_the_same_picture_is_not_queued_again(
    store_shop: StoreShop, work: ClassifyWork, receive: Receive
) -> None:
    gid = store_shop.create_product("Same", jpeg())
    first = receive(gid)
    work.one_batch()
    with work.bot.database.writing() as session:
        session.execute(update(Review).values(state=State.PUBLISHED))
    receive(gid)
    work.one_batch()
    with work.bot.database.reading() as session:
        assert session.scalars(select(Review.id)).all() == [first]
    store_shop.update_product(gid, picture=jpeg("Shirts", 3))
    second = receive(gid)
    work.one_batch()
    assert find(work.bot, second).state == State.PENDING


def test_the_same_picture_read_again_is_one_prediction(
    store_shop: StoreShop, work: ClassifyWork, receive: Receive
) -> None:
    review_id = receive(store_shop.create_product("Same", jpeg()))
    for _ in range(2):
        work.one_batch()
        assert find(work.bot, review_id).state == State.PENDING
        with work.bot.database.writing() as session:
            move(session, session.get_one(Review, review_id), State.RECEIVED)
    with work.bot.database.reading() as session:
        assert len(session.scalars(select(Prediction)).all()) == 1


def test_one_odd_product_does_not_stop_the_others(
    store_shop: StoreShop, work: ClassifyWork, receive: Receive, monkeypatch: pytest.MonkeyPatch
) -> None:
    gids = [store_shop.create_product(f"Product {number}", jpeg(shape=number)) for number in range(4)]
    ids = [receive(gid) for gid in gids]
    real = AdminClient.execute

    def odd(client: AdminClient, name: str, **variables: Any) -> dict[str, Any]:
        answer = real(client, name, **variables)
        if variables["id"] == gids[0]:
            answer["product"]["media"]["nodes"] = [7]
        if variables["id"] == gids[1]:
            answer["product"]["title"] = "nul \0 and lone \ud800"
        if variables["id"] == gids[2]:
            answer["product"] |= {"title": None, "vendor": None, "tags": None, "media": None}
        return answer

    monkeypatch.setattr(AdminClient, "execute", odd)
    work.one_batch()
    reviews = [find(work.bot, review_id) for review_id in ids]
    assert [review.state for review in reviews] == ["classifying", "pending", "waiting_for_image", "pending"]
    assert reviews[0].attempts == 1


def test_a_change_during_the_look_is_looked_at_again(
    store_shop: StoreShop, work: ClassifyWork, receive: Receive, monkeypatch: pytest.MonkeyPatch
) -> None:
    review_id = receive(store_shop.create_product("Changing", jpeg()))
    real = Predictor.predict

    def meanwhile(predictor: Predictor, *arguments: Any) -> Any:
        with work.bot.database.writing() as session:
            session.execute(update(Review).values(changed_at=now()))
        return real(predictor, *arguments)

    monkeypatch.setattr(Predictor, "predict", meanwhile)
    work.one_batch()
    assert find(work.bot, review_id).state == State.WAITING_FOR_IMAGE
    monkeypatch.undo()
    work.one_batch()
    assert find(work.bot, review_id).state == State.PENDING
