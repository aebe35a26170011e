"""What approving writes to the store, or what was written, beside what stood there before."""

from collections.abc import Mapping
from typing import Any, NamedTuple

from shopify_bot.finding import choice_of
from shopify_bot.mapping import Filing
from shopify_bot.publishing.person_category import set_by_person
from shopify_bot.publishing.product_status import stays_away
from shopify_bot.review.channels import UNNAMED, channels_for, channels_of, status_in_short, status_then
from shopify_bot.states import State
from shopify_bot.tables import Publication, Review

BEING_WRITTEN = frozenset({State.APPROVED, State.PUBLISHING})
NONE_KNOWN = "None known"
OPEN = "As you choose"
NAMES = ("Category", "Type", "Tags", "Collection", "Status")

Filings = Mapping[str, Filing]
"""What each label of the model in use writes in this shop."""


class Change(NamedTuple):
    """One field of the product: its values before and after."""

    name: str
    before: tuple[str, ...]
    after: tuple[str, ...]
    note: str = ""
    """What is to be known of it, such as that a person's category stays."""

    @property
    def added(self) -> tuple[str, ...]:
        """The values that were not there before."""
        return tuple(value for value in self.after if value not in self.before)


class Changes(NamedTuple):
    """A table of changes; `heads` name the columns before and after, `said` tells what was special."""

    title: str
    heads: tuple[str, str]
    rows: list[Change]
    said: tuple[str, ...] = ()


def changes(review: Review, filings: Filings) -> Changes:
    """What was written if that is known, else what the decided or predicted label would write."""
    publication = review.publication
    if publication is not None and publication.after is not None:
        after = publication.after
        rows = written(review, publication, after, filings.get(publication.label))
        return Changes(
            "What was written to the store", ("Before", "After"), rows, tuple(after.get("said", ()))
        )
    title = "What is being written" if review.state in BEING_WRITTEN else "What approving writes"
    label = label_of(review)
    rows = intended(review, filings.get(label) if label is not None else None)
    return Changes(f"{title} to the store", ("Now", "Then"), rows)


def label_of(review: Review) -> str | None:
    """The label decided on, else the predicted one."""
    decided = choice_of(review)
    if decided is not None:
        return decided.label
    return review.prediction.label if review.prediction else None


def intended(review: Review, wanted: Filing | None) -> list[Change]:
    """What the store has now, and what it would have."""
    product = review.product
    tags = tuple(str(tag) for tag in product.tags)
    status = product.store_status
    places = tuple(str(title) for title in product.collections)
    before = (product.category_name, product.product_type, tags, places or NONE_KNOWN, status.capitalize())
    if wanted is None:
        return rows(
            before, (OPEN, OPEN, OPEN, OPEN, status_then(status, review.shop.publish_status, UNNAMED))
        )
    kept = kept_category(review, wanted)
    after = (
        kept or wanted.category,
        wanted.product_type or product.product_type,
        with_tags(tags, wanted.tags),
        with_collection(places, wanted),
        status_then(status, wanted.status or review.shop.publish_status, channels_for(review.shop, wanted)),
    )
    notes = {}
    if kept:
        notes["Category"] = f"A person set it, so it stays. Ours would be {last_part(wanted.category)}."
    if stays_away(status, wanted.status or review.shop.publish_status):
        notes["Status"] = "Somebody set it in the store, so it stays."
    return rows(before, after, notes)


def in_short(review: Review, wanted: Filing) -> str:
    """What approving writes, on one line."""
    product = review.product
    present = {str(tag).casefold() for tag in product.tags}
    tags = [tag for tag in wanted.tags if tag.casefold() not in present]
    parts = (
        "" if kept_category(review, wanted) else last_part(wanted.category),
        f"type {wanted.product_type}" if wanted.product_type else "",
        f"{'tag' if len(tags) == 1 else 'tags'} {', '.join(tags)}" if tags else "",
        place_of(wanted),
        status_in_short(
            product.store_status,
            wanted.status or review.shop.publish_status,
            channels_for(review.shop, wanted),
        ),
    )
    return ", ".join(part for part in parts if part)


def place_of(wanted: Filing) -> str:
    """Where it puts the product, in words."""
    if wanted.collection_kind == "none":
        return "in no collection"
    return f"in the collection {collection_of(wanted)}"


def kept_category(review: Review, wanted: Filing) -> str | None:
    """The person's category that stays in the store; None where ours is written."""
    product, decided = review.product, choice_of(review)
    if not set_by_person(product) or product.category_id == wanted.category_id:
        return None
    if decided is not None and decided.replaces_category:
        return None
    return product.category_name or product.category_id


def last_part(path: str) -> str:
    """The category itself, without those above it."""
    return path.rpartition(" > ")[2]


def with_tags(tags: tuple[str, ...], wanted: tuple[str, ...]) -> tuple[str, ...]:
    """The tags, and those wanted that are not among them."""
    present = {tag.casefold() for tag in tags}
    return tags + tuple(tag for tag in wanted if tag.casefold() not in present)


def with_collection(places: tuple[str, ...], wanted: Filing) -> tuple[str, ...]:
    """The collections that the product is in, and the one that it is put into."""
    if wanted.collection_kind == "none":
        return places or (str(collection_of(wanted)),)
    return with_tags(places, (str(collection_of(wanted)),))


def collection_of(wanted: Filing) -> str | None:
    """The collection as a merchant calls it."""
    match wanted.collection_kind:
        case "none":
            return "No collection"
        case "condition":
            return f"{wanted.collection}, by its category"
        case "existing":
            return wanted.collection or "The one that you chose"
        case _:
            return wanted.collection


def written(
    review: Review, publication: Publication, after: dict[str, Any], wanted: Filing | None
) -> list[Change]:
    """What the store had and what it was left with; earlier versions did not keep the collection's title."""
    known_title = wanted.collection if wanted else publication.collection_gid
    ours, title = publication.collection_gid, after.get("collection_title", known_title)
    before = publication.before
    was_in = title if ours in before["collections"] else None
    channels = channels_of(publication, review.shop)
    return rows(
        (*read_back(before), collections_told(before, ours, was_in), before["status"].capitalize()),
        (
            *read_back(after),
            collections_told(after, ours, title) or "No collection",
            status_then(after["status"], "UNCHANGED", channels),
        ),
    )


def collections_told(state: dict[str, Any], ours: str | None, title: str | None) -> str | None:
    """Our collection by its title, and how many others; None for none."""
    count = len({*state["collections"]} - {ours})
    if not count:
        return title
    many = f"{count} or more" if state.get("in_more") else str(count)
    if title:
        return f"{title} and {many} other{'' if many == '1' else 's'}"
    return f"{many} collection{'' if many == '1' else 's'}"


def read_back(state: dict[str, Any]) -> tuple[str | None, str, tuple[str, ...]]:
    """Category, type and tags, as the store told them."""
    return state["category_name"], state["product_type"], tuple(state["tags"])


def rows(
    before: tuple[Any, ...], after: tuple[Any, ...], notes: Mapping[str, str] | None = None
) -> list[Change]:
    """The table, from five values each; a value is a text, a tuple of them, or nothing."""
    values = zip(NAMES, map(listed, before), map(listed, after), strict=True)
    return [Change(name, then, now, (notes or {}).get(name, "")) for name, then, now in values]


def listed(value: str | tuple[str, ...] | None) -> tuple[str, ...]:
    """The value as a tuple of texts."""
    if value is None or value == "":
        return ()
    return value if isinstance(value, tuple) else (value,)
