"""Looking at a product before it is classified: reads it from the store and fetches its picture."""

import hashlib
from dataclasses import dataclass, field
from datetime import datetime

import numpy as np
from numpy.typing import NDArray

from classifier.images import decode
from classifier.predictor import Product as Given
from classifier.text import clean
from shopify_bot.jobs.process import about_review
from shopify_bot.likeness import Likeness
from shopify_bot.shopify.errors import PictureNotReady
from shopify_bot.shopify.products import StoreProduct, read_product
from shopify_bot.stores import Stores
from shopify_bot.tables import Review, now


@dataclass
class Look:
    """What was found of one review's product: a picture, or the error that stood in the way."""

    review: Review
    product: StoreProduct | None = None
    picture: NDArray[np.uint8] | None = field(default=None, repr=False)
    picture_url: str | None = None
    picture_key: str | None = None
    picture_sha256: str | None = None
    likeness: Likeness | None = None
    error: Exception | None = None
    started: datetime = field(default_factory=now)

    @property
    def has_words(self) -> bool:
        """Whether the title or the description says anything once its markup is gone."""
        return self.product is not None and bool(clean(self.product.title, self.product.description))

    @property
    def given(self) -> Given:
        """What there is to predict from."""
        if self.product is None:
            return Given(self.picture)
        return Given(self.picture, self.product.title, self.product.description)


def look(stores: Stores, size: int, review: Review) -> Look:
    """Read the product and decode its main picture to uint8 (size, size, 3); never raises."""
    seen = Look(review)
    with about_review(review):
        try:
            seen.product = read_product(stores.client(review.shop), review.product.gid)
            fetch_picture(stores, size, seen, seen.product)
        except Exception as error:  # whatever is odd about one product must not stop the others
            seen.error = error
    return seen


def fetch_picture(stores: Stores, size: int, seen: Look, product: StoreProduct) -> None:
    """Fetch and decode the main picture. Raises PictureError, UnreadablePicture, PictureTooLarge."""
    if not product.pictures:
        coming = (
            "The store is still preparing it." if product.pictures_to_come else "The product has none yet."
        )
        raise PictureNotReady(coming)
    main = product.pictures[0]
    seen.picture_url, seen.picture_key = main.url, main.key
    data = stores.pictures.fetch(main.url)
    seen.picture_sha256 = hashlib.sha256(data).hexdigest()
    seen.picture = decode(data, size)
