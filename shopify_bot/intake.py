"""How a product gets onto the road: opening its review, waking it, taking it out.

A product has at most one open review; the database says so, and so does `open_review`.
"""

from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from shopify_bot.shopify.products import picture_key
from shopify_bot.states import CLOSED, State, move
from shopify_bot.tables import Product, Review, Shop, now

CLOCK_SKEW = timedelta(minutes=10)


def created(session: Session, shop: Shop, gid: str, payload: dict[str, Any]) -> bool:
    """A product was created: open its review, unless it had one before (a late repeat)."""
    product = find_or_add(session, shop, gid, payload)
    if latest_review(session, product) is not None:
        return False
    return open_review(session, product) is not None


def updated(session: Session, shop: Shop, gid: str, payload: dict[str, Any]) -> bool:
    """A product was changed, perhaps by us: act only where its picture may be another one.

    Returns whether a worker should look. A product never seen is a new upload whose `products/create`
    is late or lost, unless it is older than our connection to the shop.
    """
    product = session.scalar(select(Product).where(Product.shop_id == shop.id, Product.gid == gid))
    if product is None:
        return is_new_upload(shop, payload) and created(session, shop, gid, payload)
    other_picture = note_picture(product, payload)
    review = latest_review(session, product)
    if review is None:
        return open_review(session, product) is not None
    if review.state == State.GONE:
        return open_review(session, product) is not None
    if review.state == State.WAITING_FOR_IMAGE:
        wake(review)
        return True
    if review.state == State.CLASSIFYING:
        review.changed_at = now()
    if not other_picture:
        return False
    if review.state == State.PENDING:
        return move(
            session,
            review,
            State.RECEIVED,
            next_attempt_at=now(),
            image_reads=0,
            attempts=0,
            note=None,
            error=None,
        )
    return review.state in CLOSED and open_review(session, product) is not None


def wake(review: Review) -> None:
    """Ask for the picture at once; the look that the store asked for uses up none of the later ones."""
    review.next_attempt_at = now()
    review.image_reads = max(review.image_reads - 1, 0)


def deleted(session: Session, shop: Shop, gid: str) -> None:
    """A product was deleted in the store: its review leaves the queue."""
    product = session.scalar(select(Product).where(Product.shop_id == shop.id, Product.gid == gid))
    review = latest_review(session, product) if product else None
    if review is not None and review.state != State.GONE:
        move(session, review, State.GONE, lease_until=None, lease_token=None, error=None)


def open_review(session: Session, product: Product) -> Review | None:
    """Open a review for a product that has no open one; None when it has."""
    latest = latest_review(session, product)
    if latest is not None and latest.state not in CLOSED:
        return None
    review = Review(shop_id=product.shop_id, product_id=product.id, state=State.RECEIVED.value)
    session.add(review)
    session.flush()
    return review


def latest_review(session: Session, product: Product) -> Review | None:
    """The product's newest review, locked until the transaction ends: a worker may be settling it."""
    query = select(Review).where(Review.shop_id == product.shop_id, Review.product_id == product.id)
    return session.scalar(query.order_by(Review.id.desc()).limit(1).with_for_update())


def find_or_add(session: Session, shop: Shop, gid: str, payload: dict[str, Any]) -> Product:
    """The product's row, made from what the webhook tells; the worker reads the store for the rest."""
    product = session.scalar(select(Product).where(Product.shop_id == shop.id, Product.gid == gid))
    if product is None:
        product = Product(
            shop_id=shop.id,
            gid=gid,
            title=text(payload, "title"),
            vendor=text(payload, "vendor"),
            payload_image_key=payload_picture(payload),
        )
        session.add(product)
        session.flush()
    return product


def is_new_upload(shop: Shop, payload: dict[str, Any]) -> bool:
    """Whether the product was created since we serve the shop; yes when the payload does not tell."""
    try:
        made = datetime.fromisoformat(text(payload, "created_at"))
    except ValueError:
        return True
    return made.tzinfo is None or made >= shop.connected_at - CLOCK_SKEW


def note_picture(product: Product, payload: dict[str, Any]) -> bool:
    """Remember the payload's main picture; whether it may be another one than the one we know.

    A wrong yes costs one look: the worker drops what has the same picture and the same model.
    """
    key = payload_picture(payload)
    if key is None or key in (product.image_key, product.payload_image_key):
        return False
    product.payload_image_key = key
    return True


def payload_picture(payload: dict[str, Any]) -> str | None:
    """Key of the payload's main picture, if it tells one."""
    images = payload.get("images")
    first = images[0] if isinstance(images, list) and images else payload.get("image")
    source = first.get("src") if isinstance(first, dict) else None
    return picture_key(source) if isinstance(source, str) else None


def text(payload: dict[str, Any], name: str) -> str:
    """A field of the payload as text; every field is optional, and of any type."""
    value = payload.get(name)
    return value if isinstance(value, str) else ""
