"""How a product gets onto the road: opening its review, waking it, taking it out.

A product has at most one open review; the database says so, and so does `open_review`.
"""

from datetime import timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from shopify_bot.finding import noting
from shopify_bot.states import CLOSED, State, move
from shopify_bot.tables import Product, Review, Shop, now
from shopify_bot.told import Told

CLOCK_SKEW = timedelta(minutes=10)

FRESH = timedelta(seconds=60)
"""A product that the store does not show this soon after its webhook may only not be there yet."""


def created(session: Session, shop: Shop, gid: str, told: Told) -> bool:
    """A product was created: open its review, unless it had one before (a late repeat) or is archived."""
    if told.is_archived:
        return False
    product = find_or_add(session, shop, gid, told)
    if latest_review(session, product) is not None:
        return False
    return open_review(session, product) is not None


def updated(session: Session, shop: Shop, gid: str, told: Told) -> bool:
    """A product was changed, perhaps by us: act only where it may look otherwise to the model.

    Returns whether a worker should look. A product never seen is a new upload whose `products/create`
    is late or lost, unless it is older than our connection to the shop. What is archived is left alone:
    publishing it would bring it back.
    """
    product = session.scalar(select(Product).where(Product.shop_id == shop.id, Product.gid == gid))
    if product is not None:
        note_columns(session, product, told)
    if told.is_archived:
        return False
    if product is None:
        return is_new_upload(shop, told) and created(session, shop, gid, told)
    other_picture = note_picture(product, told)
    review = latest_review(session, product)
    if review is None or review.state == State.GONE:
        return open_review(session, product) is not None
    if review.state == State.WAITING_FOR_IMAGE:
        return wake(review, told)
    if review.state == State.CLASSIFYING and (told.by_webhook or (other_picture and product.image_key)):
        review.changed_at = now()
    if review.state == State.PENDING and (other_picture or has_other_title(product, told)):
        return look_again(session, review, other_picture)
    return other_picture and review.state in CLOSED and open_review(session, product) is not None


def look_again(session: Session, review: Review, other_picture: bool) -> bool:
    """Take a pending review back to be classified again; only another picture may be waited for anew."""
    reads = 0 if other_picture else review.image_reads
    calm = {"next_attempt_at": now(), "attempts": 0, "note": None, "error": None}
    return move(session, review, State.RECEIVED, image_reads=reads, **calm)


def wake(review: Review, told: Told) -> bool:
    """Ask for the picture at once; the look that the store asked for uses up none of the later ones.

    Returns whether to look: a webhook may have come for the picture even where it does not show it.
    """
    if not told.by_webhook and told.picture is None:
        return False
    review.next_attempt_at = now()
    review.image_reads = max(review.image_reads - 1, 0)
    return True


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
    if latest is not None:
        latest.is_latest = False
    review = Review(
        shop_id=product.shop_id,
        product_id=product.id,
        state=State.RECEIVED.value,
        vendor=noting.vendor_of(product),
        search=noting.searched(product.title, product.vendor),
        changed_by_us=latest is not None and latest.changed_by_us,
    )
    session.add(review)
    session.flush()
    return review


def latest_review(session: Session, product: Product) -> Review | None:
    """The product's newest review, locked until the transaction ends: a worker may be settling it."""
    query = select(Review).where(Review.shop_id == product.shop_id, Review.product_id == product.id)
    return session.scalar(query.order_by(Review.id.desc()).limit(1).with_for_update())


def find_or_add(session: Session, shop: Shop, gid: str, told: Told) -> Product:
    """The product's row, made from what was told; the worker reads the store for the rest."""
    product = session.scalar(select(Product).where(Product.shop_id == shop.id, Product.gid == gid))
    if product is None:
        product = Product(
            shop_id=shop.id,
            gid=gid,
            title=told.title or "",
            vendor=told.vendor or "",
            payload_image_key=told.picture if told.by_webhook else None,
        )
        session.add(product)
        session.flush()
    return product


def is_new_upload(shop: Shop, told: Told) -> bool:
    """Whether the product was created since we serve the shop; yes when we were not told."""
    return told.created_at is None or told.created_at >= shop.connected_at - CLOCK_SKEW


def note_columns(session: Session, product: Product, told: Told) -> None:
    """Show a reviewer what stands in the store now; nothing is written by it, publishing reads the store."""
    review = latest_review(session, product)
    if review is not None and review.state in (State.PENDING, State.SKIPPED, State.DISMISSED):
        for name, value in told.columns.items():
            setattr(product, name, value)
        noting.note(session, review)


def note_picture(product: Product, told: Told) -> bool:
    """Remember the main picture that was told; whether it may be another one than the one we know.

    A wrong yes costs one look: the worker drops what has the same picture and the same model.
    """
    if told.picture is None or told.picture == product.image_key:
        return False
    if told.by_webhook and told.picture == product.payload_image_key:
        return False
    if told.by_webhook:
        product.payload_image_key = told.picture
    elif product.image_key is not None:
        product.payload_image_key = None
    return True


def has_other_title(product: Product, told: Told) -> bool:
    """Whether the title, which the model reads too, is another one than the one we know."""
    return told.title is not None and told.title != product.title
