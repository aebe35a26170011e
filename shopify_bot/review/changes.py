"""What approving writes to the store, or what was written, beside what stood there before."""

from typing import Any, NamedTuple

from classifier.labels import LabelTree
from shopify_bot.mapping import Filing, filing
from shopify_bot.states import State
from shopify_bot.tables import Product, Publication, Review

BEING_WRITTEN = frozenset({State.APPROVED, State.PUBLISHING})
PUBLISHED = "Active, in your sales channels"
OPEN = "As you choose"


class Change(NamedTuple):
    """One field of the product: its values before and after."""

    name: str
    before: tuple[str, ...]
    after: tuple[str, ...]

    @property
    def added(self) -> tuple[str, ...]:
        """The values that were not there before."""
        return tuple(value for value in self.after if value not in self.before)


class Changes(NamedTuple):
    """A table of changes; `heads` name the columns before and after."""

    title: str
    heads: tuple[str, str]
    rows: list[Change]


def changes(review: Review, tree: LabelTree) -> Changes:
    """What was written if that is known, else what the decided or predicted label would write."""
    publication = review.publication
    if publication is not None and publication.after is not None:
        rows = written(publication, publication.after, filing_of(tree, publication.label))
        return Changes("What was written to the store", ("Before", "After"), rows)
    title = "What is being written" if review.state in BEING_WRITTEN else "What approving writes"
    rows = intended(review.product, filing_of(tree, label_of(review)))
    return Changes(f"{title} to the store", ("Now", "Then"), rows)


def label_of(review: Review) -> str | None:
    """The label decided on, else the predicted one."""
    decided = review.decision.label if review.decision else None
    return decided or (review.prediction.label if review.prediction else None)


def filing_of(tree: LabelTree, label: str | None) -> Filing | None:
    """What a label writes; None for one that is not in the tree of the model in use."""
    return filing(tree, label) if label is not None and label in tree.leaves else None


def intended(product: Product, wanted: Filing | None) -> list[Change]:
    """What the store has now, and what it would have."""
    tags = tuple(str(tag) for tag in product.tags)
    after = as_values(wanted, tags) if wanted else (OPEN, OPEN, OPEN, OPEN)
    return rows(
        (product.category_name, product.product_type, tags, None, product.store_status.capitalize()),
        (*after, PUBLISHED),
    )


def as_values(wanted: Filing, tags: tuple[str, ...]) -> tuple[str, str, tuple[str, ...], str]:
    """Category, type, all tags, collection."""
    present = {tag.casefold() for tag in tags}
    added = tuple(tag for tag in wanted.tags if tag.casefold() not in present)
    return wanted.category, wanted.product_type, tags + added, wanted.collection


def written(publication: Publication, after: dict[str, Any], wanted: Filing | None) -> list[Change]:
    """What the store had and what it was left with; a collection is named by the label, if still known."""
    collection = wanted.collection if wanted else publication.collection_gid
    return rows(
        (*read_back(publication.before), None, publication.before["status"].capitalize()),
        (*read_back(after), collection, PUBLISHED if after["published"] else after["status"].capitalize()),
    )


def read_back(state: dict[str, Any]) -> tuple[str | None, str, tuple[str, ...]]:
    """Category, type and tags, as the store told them."""
    return state["category_name"], state["product_type"], tuple(state["tags"])


def rows(before: tuple[Any, ...], after: tuple[Any, ...]) -> list[Change]:
    """The table, from five values each; a value is a text, a tuple of them, or nothing."""
    names = ("Category", "Type", "Tags", "Collection", "Status")
    return [Change(*row) for row in zip(names, map(listed, before), map(listed, after), strict=True)]


def listed(value: str | tuple[str, ...] | None) -> tuple[str, ...]:
    """The value as a tuple of texts."""
    if value is None or value == "":
        return ()
    return value if isinstance(value, tuple) else (value,)
