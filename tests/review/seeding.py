"""Rows for the pages to show."""

from dataclasses import asdict
from typing import Any

from sqlalchemy import select

from classifier.labels import LabelTree, Leaf
from shopify_bot.bot import Bot
from shopify_bot.shopify.products import ProductState
from shopify_bot.states import State
from shopify_bot.tables import Decision, Prediction, Product, Publication, Review, Shop, now

PASSWORD = "correct horse battery"
TOP = (("Shirts", 0.91), ("Tshirts", 0.06), ("Sports Shoes", 0.02), ("Watches", 0.01))
SURE = {"sure": "leaf", "category": "Topwear", "kind": "image_and_text", "decides_alone": True}
ONLY_CATEGORY = SURE | {"sure": "category", "kind": "image", "decides_alone": False}
UNSURE = SURE | {"sure": "nothing", "kind": "text", "decides_alone": False}
TOPS = "Apparel & Accessories > Clothing > Clothing Tops"


def small_tree() -> LabelTree:
    """Four labels in three categories."""
    leaves = (
        Leaf("Shirts", "Topwear", "aa-1-13-7", f"{TOPS} > Shirts", "Shirt", ("shirts",)),
        Leaf("Tshirts", "Topwear", "aa-1-13-8", f"{TOPS} > T-Shirts", "T-Shirt", ("tees",)),
        Leaf("Sports Shoes", "Shoes", "aa-8-1", "Apparel & Accessories > Shoes > Athletic Shoes", "Shoe", ()),
        Leaf("Watches", "Watches", "aa-6-11", "Apparel & Accessories > Jewelry > Watches", "Watch", ()),
    )
    return LabelTree("small", {leaf.name: leaf for leaf in leaves})


def add_shop(bot: Bot, domain: str) -> Shop:
    """A shop, without a token: the pages never speak to the store."""
    with bot.database.writing() as session:
        shop = Shop(domain=domain)
        session.add(shop)
    return shop


def add_review(
    bot: Bot,
    shop: Shop,
    title: str = "Blue shirt",
    state: State = State.PENDING,
    top: tuple[tuple[str, float], ...] = TOP,
    product: dict[str, Any] | None = None,
    predicted: dict[str, Any] | None = None,
    **values: Any,
) -> int:
    """A product with a review, and a prediction unless `top` is empty; returns the review's id.

    `predicted` are further columns of the prediction, which is of an earlier version without them.
    """
    with bot.database.writing() as session:
        count = len(session.scalars(select(Product.id)).all())
        gid = f"gid://shopify/Product/{count + 1}"
        row = Product(shop_id=shop.id, gid=gid, title=title, **(product or {}))
        session.add(row)
        session.flush()
        review = Review(shop_id=shop.id, product_id=row.id, state=state.value, **values)
        session.add(review)
        session.flush()
        session.add(prediction(review, top, **(predicted or {})))
        return review.id


def prediction(review: Review, top: tuple[tuple[str, float], ...], **values: Any) -> Prediction:
    """What the model said, or that there was nothing to look at."""
    return Prediction(
        shop_id=review.shop_id,
        review_id=review.id,
        model_version="small-1",
        label=top[0][0] if top else None,
        confidence=top[0][1] if top else None,
        top=[{"label": label, "probability": probability} for label, probability in top],
        **values,
    )


def predict_again(bot: Bot, review_id: int, top: tuple[tuple[str, float], ...]) -> None:
    """A newer prediction, as after a new picture."""
    with bot.database.writing() as session:
        session.add(prediction(session.get_one(Review, review_id), top))


def set_state(bot: Bot, review_id: int, state: State, **values: Any) -> None:
    """What a worker did meanwhile."""
    with bot.database.writing() as session:
        review = session.get_one(Review, review_id)
        review.state = state.value
        for name, value in values.items():
            setattr(review, name, value)


def in_store(**values: Any) -> dict[str, Any]:
    """What stands in the store, as publishing keeps it."""
    empty = ProductState(None, None, "", "ACTIVE", (), (), published=False)
    return {**asdict(empty), **values}


def add_publication(
    bot: Bot, review_id: int, label: str, before: dict[str, Any], after: dict[str, Any]
) -> None:
    """What a worker wrote."""
    with bot.database.writing() as session:
        review = session.get_one(Review, review_id)
        session.add(
            Publication(
                shop_id=review.shop_id,
                review_id=review_id,
                label=label,
                before=before,
                after=after,
                finished_at=now(),
            )
        )


def state_of(bot: Bot, review_id: int) -> State:
    """Where the review stands in the database."""
    with bot.database.reading() as session:
        return State(session.get_one(Review, review_id).state)


def decisions_of(bot: Bot, review_id: int) -> list[tuple[str, str | None, str, str]]:
    """Kind, label, reviewer and source of each decision on the review, oldest first."""
    with bot.database.reading() as session:
        rows = session.scalars(select(Decision).where(Decision.review_id == review_id).order_by(Decision.id))
        return [(row.kind, row.label, row.reviewer, row.source) for row in rows]
