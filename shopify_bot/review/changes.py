"""What approving writes to the store, or what was written, beside what stood there before."""

from collections.abc import Mapping
from typing import Any, NamedTuple

from shopify_bot.finding.noting import choice_of
from shopify_bot.mapping import Filing
from shopify_bot.publishing.person_category import set_by_person
from shopify_bot.publishing.product_status import stays_away
from shopify_bot.review.channels import (
    UNNAMED,
    channels_for,
    channels_of,
    named_status,
    status_in_short,
    status_then,
)
from shopify_bot.review.languages import _, marked, ngettext
from shopify_bot.states import State
from shopify_bot.tables import Publication, Review

BEING_WRITTEN = frozenset({State.APPROVED, State.PUBLISHING})
NONE_KNOWN = marked("None known")
OPEN = marked("As you choose")
NAMES = (marked("Category"), marked("Type"), marked("Tags"), marked("Collection"), marked("Status"))
"""Of the fields, in the order of the table; the page translates them."""

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
        said = tuple(after.get("said", ()))
        return Changes(_("What was written to the store"), (_("Before"), _("After")), rows, said)
    is_written = review.state in BEING_WRITTEN
    title = _("What is being written to the store") if is_written else _("What approving writes to the store")
    label = label_of(review)
    rows = intended(review, filings.get(label) if label is not None else None)
    return Changes(title, (_("Now"), _("Then")), rows)


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
    here = named_status(status) if status else None
    before = (product.category_name, product.product_type, tags, places or _(NONE_KNOWN), here)
    if wanted is None:
        then = status_then(status, review.shop.publish_status, _(UNNAMED))
        return rows(before, (*[_(OPEN)] * 4, then))
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
        ours = last_part(wanted.category)
        notes["Category"] = _("A person set it, so it stays. Ours would be %(category)s.", category=ours)
    if stays_away(status, wanted.status or review.shop.publish_status):
        notes["Status"] = _("Somebody set it in the store, so it stays.")
    return rows(before, after, notes)


def in_short(review: Review, wanted: Filing) -> str:
    """What approving writes, on one line."""
    product = review.product
    present = {str(tag).casefold() for tag in product.tags}
    tags = [tag for tag in wanted.tags if tag.casefold() not in present]
    parts = (
        "" if kept_category(review, wanted) else last_part(wanted.category),
        _("type %(type)s", type=wanted.product_type) if wanted.product_type else "",
        ngettext("tag %(tags)s", "tags %(tags)s", len(tags), tags=", ".join(tags)) if tags else "",
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
        return _("in no collection")
    return _("in the collection %(title)s", title=collection_of(wanted))


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
            return _("No collection")
        case "condition":
            return _("%(title)s, by its category", title=wanted.collection)
        case "existing":
            return wanted.collection or _("The one that you chose")
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
        (*read_back(before), collections_told(before, ours, was_in), status_before(before)),
        (
            *read_back(after),
            collections_told(after, ours, title) or _("No collection"),
            status_then(after["status"], "UNCHANGED", channels),
        ),
    )


def collections_told(state: dict[str, Any], ours: str | None, title: str | None) -> str | None:
    """Our collection by its title, and how many others; None for none."""
    count = len({*state["collections"]} - {ours})
    if not count:
        return title
    if state.get("in_more"):
        if title:
            return _("%(title)s and %(count)s or more others", title=title, count=count)
        return _("%(count)s or more collections", count=count)
    if title:
        return ngettext("%(title)s and %(count)s other", "%(title)s and %(count)s others", count, title=title)
    return ngettext("%(count)s collection", "%(count)s collections", count)


def status_before(state: dict[str, Any]) -> str | None:
    """The status that the store told, if it told one."""
    return named_status(state["status"]) if state["status"] else None


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
