"""Which products look alike: what is kept of each, groups as they come in, and the most similar ones."""

import io
import random
from collections.abc import Callable
from datetime import timedelta

import numpy as np
import pytest
from sqlalchemy import delete, select, update

from classifier.nearest import unit_rows
from classifier.predictor import Predictor
from shopify_bot import likeness
from shopify_bot.bot import Bot
from shopify_bot.devstore import Shop as StoreShop
from shopify_bot.devstore.drawing import draw_product
from shopify_bot.jobs.classify import ClassifyWork
from shopify_bot.likeness import ALIKE, WIDTH, Likenesses, ShopLikenesses, reduced
from shopify_bot.states import State, move
from shopify_bot.stores import Stores
from shopify_bot.tables import Embedding, Review, Shop, now

Receive = Callable[..., int]
MODEL = "model-1"


def drawing(label: str = "Watches", seed: int = 7, shape: int = 0) -> bytes:
    file = io.BytesIO()
    draw_product(label, shape, random.Random(seed)).save(file, "JPEG")
    return file.getvalue()


@pytest.fixture
def work(served: Bot, stores: Stores, predictor: Predictor) -> ClassifyWork:
    return ClassifyWork(served, stores, predictor, Likenesses(served.database, predictor.bundle.version))


@pytest.fixture
def likenesses(served: Bot) -> Likenesses:
    return Likenesses(served.database, MODEL)


def spread(count: int, seed: int = 1) -> np.ndarray:
    """Embeddings that have nothing in common."""
    return np.random.default_rng(seed).standard_normal((count, 1280)).astype(np.float32)


def near(embedding: np.ndarray, how: float = 0.1, seed: int = 2) -> np.ndarray:
    """An embedding much like that one."""
    noise = np.random.default_rng(seed).standard_normal(len(embedding)).astype(np.float32)
    return np.asarray(embedding + how * noise, dtype=np.float32)


def take_in(bot: Bot, likenesses: Likenesses, ids: list[int], embeddings: np.ndarray) -> list[int]:
    """Keep what was seen of these reviews, as one batch; returns the leaders of their groups."""
    with bot.database.reading() as session:
        reviews = [session.get_one(Review, each) for each in ids]
        for review in reviews:
            assert review.shop.id
    found = likenesses.group(list(zip(reviews, embeddings, strict=True)))
    with bot.database.writing() as session:
        for review in reviews:
            likeness.keep(session, session.get_one(Review, review.id), found[review.id], MODEL)
    return [found[each].alike for each in ids]


def shop_of(bot: Bot) -> Shop:
    with bot.database.reading() as session:
        return session.scalars(select(Shop)).one()


def alike(bot: Bot, review_id: int) -> int | None:
    with bot.database.reading() as session:
        return session.get_one(Review, review_id).alike


def test_the_reduction_keeps_what_is_near_near() -> None:
    ground = spread(40)
    embeddings = np.vstack([ground, [near(each, 0.3) for each in ground]])
    full, small = unit_rows(embeddings), reduced(embeddings)
    assert small.shape == (80, WIDTH)
    assert small.dtype == np.dtype("<f2")
    few = small.astype(np.float32)
    assert np.allclose(np.linalg.norm(few, axis=1), 1, atol=1e-3)
    for place in range(40):
        assert abs(float(full[place] @ full[place + 40]) - float(few[place] @ few[place + 40])) < 0.05
    assert np.array_equal(small, reduced(embeddings)), "the same wherever it is made"


def test_a_classified_product_keeps_what_was_seen(
    store_shop: StoreShop, work: ClassifyWork, receive: Receive
) -> None:
    first = receive(store_shop.create_product("A watch", drawing()))
    same = receive(store_shop.create_product("The same watch", drawing()))
    other = receive(store_shop.create_product("A shirt", drawing("Shirts", 3)))
    bare = receive(store_shop.create_product("Blue shirt", b"no picture"))
    assert work.one_batch() == 4
    with work.bot.database.reading() as session:
        rows = {row.review_id: row for row in session.scalars(select(Embedding))}
    assert set(rows) == {first, same, other}
    assert all(len(row.vector) == 2 * WIDTH for row in rows.values())
    assert {row.model_version for row in rows.values()} == {work.predictor.bundle.version}
    assert alike(work.bot, first) == alike(work.bot, same) == first
    assert alike(work.bot, other) == other
    assert alike(work.bot, bare) == bare


def test_a_later_batch_joins_the_group(store_shop: StoreShop, work: ClassifyWork, receive: Receive) -> None:
    first = receive(store_shop.create_product("A watch", drawing()))
    work.one_batch()
    second = receive(store_shop.create_product("The same watch", drawing()))
    work.one_batch()
    fresh = ClassifyWork(work.bot, work.stores, work.predictor)
    third = receive(store_shop.create_product("Once more", drawing()))
    fresh.one_batch()
    assert [alike(work.bot, each) for each in (first, second, third)] == [first] * 3


def test_a_new_picture_takes_the_place_of_the_old_one(
    store_shop: StoreShop, work: ClassifyWork, receive: Receive
) -> None:
    gid = store_shop.create_product("A watch", drawing())
    review_id = receive(gid)
    work.one_batch()
    receive(store_shop.create_product("A shirt", drawing("Shirts", 3)))
    work.one_batch()
    store_shop.update_product(gid, picture=drawing("Shirts", 3))
    with work.bot.database.writing() as session:
        move(session, session.get_one(Review, review_id), State.RECEIVED)
    work.one_batch()
    ((other, cosine),) = next(work.likenesses.most_alike(shop_of(work.bot), review_id))
    assert (other, cosine > 0.99) == (review_id + 1, True)
    assert alike(work.bot, review_id) == review_id + 1
    with work.bot.database.reading() as session:
        assert len(session.scalars(select(Embedding)).all()) == 2


def test_groups_have_one_leader_each(served: Bot, likenesses: Likenesses, receive: Receive) -> None:
    ids = [receive(f"gid://shopify/Product/{number}") for number in range(6)]
    a, b = spread(2)
    batch = np.stack([a, near(a), b, near(b), near(a, seed=5), spread(1, seed=9)[0]])
    assert take_in(served, likenesses, ids, batch) == [ids[0], ids[0], ids[2], ids[2], ids[0], ids[5]]
    later = receive("gid://shopify/Product/100")
    again = Likenesses(served.database, MODEL)
    assert take_in(served, again, [later], near(b, seed=6)[None]) == [ids[2]]


def test_only_the_same_model_is_compared(served: Bot, likenesses: Likenesses, receive: Receive) -> None:
    first, second = receive("gid://shopify/Product/1"), receive("gid://shopify/Product/2")
    (seen,) = spread(1)
    take_in(served, likenesses, [first], seen[None])
    other = Likenesses(served.database, "model-2")
    with served.database.reading() as session:
        review = session.get_one(Review, second)
        assert review.shop.id
    assert other.group([(review, seen)])[second].alike == second


def test_what_is_similar_comes_best_first_and_never_itself(
    served: Bot, likenesses: Likenesses, receive: Receive
) -> None:
    ids = [receive(f"gid://shopify/Product/{number}") for number in range(4)]
    (ground,) = spread(1)
    batch = np.stack([ground, near(ground, 0.6), near(ground, 0.2, seed=3), spread(1, seed=8)[0]])
    take_in(served, likenesses, ids, batch)
    parts = list(likenesses.most_alike(shop_of(served), ids[0], part=2))
    assert [other for part in parts for other, _ in part] == [ids[2], ids[1], ids[3]]
    assert [len(part) for part in parts] == [2, 1]
    cosines = [cosine for part in parts for _, cosine in part]
    assert cosines == sorted(cosines, reverse=True)
    assert cosines[0] > ALIKE
    assert list(likenesses.most_alike(shop_of(served), 999)) == []


def test_another_workers_rows_are_seen_even_when_they_show_late(
    served: Bot, likenesses: Likenesses, receive: Receive
) -> None:
    """A long transaction may show rows with lower ids than those that were read already."""
    ids = [receive(f"gid://shopify/Product/{number}") for number in range(3)]
    vectors = [row.tobytes() for row in reduced(spread(3))]
    shop = shop_of(served)

    def add(place: int, row_id: int) -> None:
        with served.database.writing() as session:
            of_review = {"shop_id": shop.id, "review_id": ids[place], "model_version": MODEL}
            session.add(Embedding(id=row_id, vector=vectors[place], **of_review))

    add(0, 10)
    add(1, 20)
    assert len(next(likenesses.most_alike(shop, ids[0]))) == 1
    add(2, 15)
    assert len(next(likenesses.most_alike(shop, ids[0]))) == 2


def test_a_row_whose_number_was_used_before_is_read_again(
    served: Bot, likenesses: Likenesses, receive: Receive
) -> None:
    """SQLite gives the highest number anew once its row is gone."""
    ids = [receive(f"gid://shopify/Product/{number}") for number in range(2)]
    a, b = spread(2)
    take_in(served, likenesses, ids, np.stack([a, b]))
    shop = shop_of(served)
    assert next(likenesses.most_alike(shop, ids[0]))[0][1] < 0.5
    with served.database.writing() as session:
        kept = session.scalars(select(Embedding).where(Embedding.review_id == ids[1])).one()
        number = kept.id
        session.execute(delete(Embedding).where(Embedding.id == number))
        of_review = {"shop_id": shop.id, "review_id": ids[1], "model_version": MODEL}
        made = now() + timedelta(seconds=1)
        session.add(Embedding(id=number, vector=reduced(a[None])[0].tobytes(), created_at=made, **of_review))
    assert next(likenesses.most_alike(shop, ids[0]))[0][1] > 0.99


def test_a_shop_with_a_removed_ones_number_begins_anew(
    served: Bot, likenesses: Likenesses, receive: Receive
) -> None:
    ids = [receive(f"gid://shopify/Product/{number}") for number in range(2)]
    take_in(served, likenesses, ids, spread(2))
    assert next(likenesses.most_alike(shop_of(served), ids[0]))
    with served.database.writing() as session:
        session.execute(delete(Embedding))
        session.execute(update(Shop).values(domain="another.myshopify.com"))
    assert list(likenesses.most_alike(shop_of(served), ids[0])) == []


@pytest.fixture
def ring(served: Bot, receive: Receive) -> tuple[ShopLikenesses, list[int]]:
    """A shop of which only the latest three are kept in memory, and the ids of five reviews."""
    return (
        ShopLikenesses(shop_of(served).id, MODEL, most=3),
        [receive(f"gid://shopify/Product/{number}") for number in range(5)],
    )


def test_memory_is_bounded_to_the_latest(served: Bot, ring: tuple[ShopLikenesses, list[int]]) -> None:
    known, ids = ring
    for place, review_id in enumerate(ids):
        with served.database.writing() as session:
            of_review = {"shop_id": known.shop_id, "review_id": review_id, "model_version": MODEL}
            session.add(Embedding(vector=reduced(spread(1, seed=place))[0].tobytes(), **of_review))
        with served.database.reading() as session:
            known.refresh(session)
    assert set(known.places) == set(ids[2:])
    assert len(known.rows) == 3
    assert {other for other, _ in known.ranked(ids[4])} == set(ids[2:4])
    fresh = ShopLikenesses(known.shop_id, MODEL, most=3)
    with served.database.reading() as session:
        fresh.refresh(session)
    assert set(fresh.places) == set(ids[2:])
