"""Whose the category is that stands in the store: ours, or a person's, which is never silently replaced."""

from dataclasses import dataclass

from shopify_bot.tables import Product, Publication


def latest_publication(product: Product) -> Publication | None:
    """Our latest publication of the product that was finished and not taken back since."""
    for review in reversed(product.reviews):
        publication = review.publication
        if publication is not None and publication.finished_at and publication.reverted_at is None:
            return publication
    return None


def written_by(publication: Publication) -> str | None:
    """The category that a publication wrote; None when it kept a person's."""
    after = publication.after or {}
    category: str | None = after.get("category_written", after.get("category_id"))
    return category


def set_by_person(product: Product) -> bool:
    """Whether the store had a category, when it was last read, that we did not write."""
    if product.category_id is None:
        return False
    latest = latest_publication(product)
    return latest is None or written_by(latest) != product.category_id


@dataclass(frozen=True)
class CategoryChoice:
    """What may be done to the category that stands in the store.

    `written` is what we wrote earlier; `replaces` and `seen` are what the reviewer chose, and the category
    that stood there then.
    """

    written: frozenset[str] = frozenset()
    replaces: bool = False
    seen: str | None = None

    def may_write(self, standing: str | None, wanted: str) -> bool:
        """Whether `wanted` may take the place of `standing`, if it is not there already."""
        ours = standing is None or standing == wanted or standing in self.written
        return ours or (self.replaces and standing == self.seen)
