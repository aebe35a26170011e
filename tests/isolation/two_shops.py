"""Two shops with the same product ids; everything that belongs to the second one bears a mark."""

from typing import Any

from sqlalchemy import select

from shopify_bot.bot import Bot
from shopify_bot.devstore import DevStore
from shopify_bot.people.users import add_user
from shopify_bot.states import State
from shopify_bot.tables import (
    Base,
    BulkAction,
    CategoryCheck,
    Chore,
    Decision,
    Delivery,
    Embedding,
    Mapping,
    Prediction,
    Product,
    Publication,
    Review,
    SettingChange,
    Shop,
    Tally,
    now,
)
from shopify_bot.vault import encrypt

MINE, THEIRS = "mine.myshopify.com", "theirs.myshopify.com"
MARK = "THEIRS"
PASSWORD = "correct horse battery"
LABEL = "Shirts"


def open_stores(store: DevStore, picture: bytes) -> None:
    """The two shops in the local store; both count their products from the same number."""
    for domain, mark in ((MINE, "mine"), (THEIRS, MARK)):
        shop = store.add_shop(domain, f"shpat_{mark}")
        product = shop.create_product(f"{mark} shirt", picture, vendor=mark)
        shop.create_collection(f"{mark} collection", products=(product,))


def serve_both(bot: Bot) -> dict[str, list[int]]:
    """Rows of every table for both shops; returns the ids of their reviews, by domain."""
    ids = {}
    with bot.database.writing() as session:
        for domain, mark in ((MINE, "mine"), (THEIRS, MARK)):
            shop = Shop(domain=domain, token=encrypt(bot.settings, f"shpat_{mark}"), scopes=[mark])
            session.add(shop)
            session.flush()
            add_user(session, f"user of {mark}", PASSWORD, shop)
            ids[domain] = [
                add_review(session, shop, mark, number, state) for number, state in enumerate(State)
            ]
            session.add_all(
                [
                    Mapping(shop_id=shop.id, label=LABEL, product_type=f"{mark} type", tags=[f"{mark} tag"]),
                    CategoryCheck(shop_id=shop.id, category_id=f"gid://{mark}", standing="archived"),
                    Chore(shop_id=shop.id, kind="reconcile", error=f"{mark} error"),
                    SettingChange(
                        shop_id=shop.id, kind="user_added", values={"name": mark}, made_by=f"{mark} reviewer"
                    ),
                    Tally(shop_id=shop.id, part="labels", kind="approve", label=mark, count=1),
                    BulkAction(
                        shop_id=shop.id,
                        kind="correct",
                        label=f"{mark} label",
                        selection={},
                        reviewer=f"{mark} reviewer",
                        undo_until=now(),
                    ),
                    Delivery(
                        shop_id=shop.id, topic="products/create", event_id=f"{mark} event", body_hash=mark
                    ),
                ]
            )
        add_user(session, "owner", PASSWORD)
    return ids


def add_review(session: Any, shop: Shop, mark: str, number: int, state: State) -> int:
    """One review with a prediction, a decision and a publication."""
    product = Product(
        shop_id=shop.id,
        gid=f"gid://shopify/Product/{8_100_000_000_100 + number}",
        title=f"{mark} title",
        vendor=f"{mark} vendor",
        product_type=f"{mark} type",
        category_name=f"{mark} category",
    )
    session.add(product)
    session.flush()
    review = Review(
        shop_id=shop.id, product_id=product.id, state=state.value, error=f"{mark} error", note=f"{mark} note"
    )
    session.add(review)
    session.flush()
    of_review = {"shop_id": shop.id, "review_id": review.id}
    state_before = {
        "category_id": None,
        "category_name": None,
        "product_type": f"{mark} before",
        "status": "DRAFT",
        "tags": [mark],
        "collections": [],
        "published": False,
    }
    top = [{"label": LABEL, "probability": 0.9}]
    session.add_all(
        [
            Prediction(**of_review, model_version=mark, label=LABEL, confidence=0.9, top=top),
            Decision(**of_review, kind="approve", label=LABEL, reviewer=f"{mark} reviewer", source="web"),
            Publication(**of_review, label=LABEL, before=state_before, after=state_before),
            Embedding(**of_review, model_version=mark, vector=bytes(512)),
        ]
    )
    return int(review.id)


def rows_of(bot: Bot, domain: str) -> dict[str, list[Any]]:
    """Everything the database holds of a shop, table by table."""
    with bot.database.reading() as session:
        shop_id = session.scalars(select(Shop.id).where(Shop.domain == domain)).one_or_none()
        tables = [table for table in Base.metadata.sorted_tables if "shop_id" in table.c]
        found = {t.name: session.execute(select(t).where(t.c.shop_id == shop_id)).all() for t in tables}
        shops = Base.metadata.tables["shops"]
        found["shops"] = session.execute(select(shops).where(shops.c.id == shop_id)).all()
    return {name: sorted(map(repr, rows)) for name, rows in found.items()}
