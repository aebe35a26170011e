"""Changing what a label means in a shop, part by part.

A part that is set to what the bundle brings is the bundle's again: own is what differs from it.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any, TypedDict

from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from classifier.labels import LabelTree
from shopify_bot.mapping import rules
from shopify_bot.mapping.meaning import Filing, Part, filing, find, last_part
from shopify_bot.tables import Mapping, Shop, now

Columns = dict[str, Any]


@dataclass(frozen=True)
class CategoryPick:
    """A taxonomy category: its id, in full or as aa-1-13-8, and its path."""

    gid: str
    path: str


@dataclass(frozen=True)
class CollectionPick:
    """A collection: made needs a title, existing needs both, condition may have a title."""

    kind: str
    title: str | None = None
    gid: str | None = None


class Changes(TypedDict, total=False):
    """The parts to change; None puts the bundle's default back, a part that is not there stays."""

    category: CategoryPick | None
    product_type: str | None
    tags: Sequence[str] | None
    collection: CollectionPick | None
    channels: Sequence[str] | None
    status: str | None


class ShopChanges(TypedDict, total=False):
    """What holds for every label without a choice of its own; `channels` None is the Online Store alone."""

    channels: Sequence[str] | None
    status: str


def change(session: Session, shop: Shop, tree: LabelTree, label: str, changes: Changes, by: str) -> Mapping:
    """Change parts of what a label means in the shop; returns the shop's row, changed by `by`.

    Raises UnknownLabel, BadMapping; then nothing is changed.
    """
    default = filing(tree, label)
    values = columns(default, changes)
    row = find(session, shop, label)
    if row is None and not any(value is not None for value in values.values()):
        return Mapping(shop_id=shop.id, label=label)
    row = row or new_row(session, shop, label)
    follow_category(values, row, default)
    if any(getattr(row, name) != value for name, value in values.items()):
        for name, value in values.items():
            setattr(row, name, value)
        row.changed_by, row.updated_at = by[: rules.LONGEST_TEXT], now()
    session.flush()
    return row


def reset(
    session: Session, shop: Shop, tree: LabelTree, label: str, parts: Iterable[Part], by: str
) -> Mapping:
    """Put the bundle's default back for these parts. Raises UnknownLabel."""
    back: Changes = {}
    for part in parts:
        back[part] = None
    return change(session, shop, tree, label, back, by)


def change_shop(session: Session, shop: Shop, changes: ShopChanges) -> Shop:
    """Change the sales channels and the status of every label that has no choice of its own.

    Raises BadMapping; then nothing is changed.
    """
    row = session.get_one(Shop, shop.id)
    channels = changes.get("channels")
    publication_ids = rules.channels(channels) if channels is not None else None
    status = rules.status(changes["status"]) if "status" in changes else row.publish_status
    if "channels" in changes:
        row.publication_ids = publication_ids
    row.publish_status = status
    session.flush()
    return row


def follow_category(values: Columns, row: Mapping, default: Filing) -> None:
    """A collection of a category that is called like the category is called so by itself."""
    path = values.get("category_name", row.category_name) or default.category
    if values.get("collection_kind") == "condition" and values["collection_title"] == last_part(path):
        values["collection_title"] = None


def new_row(session: Session, shop: Shop, label: str) -> Mapping:
    """Make the shop's row of a label; another process may be first."""
    try:
        with session.begin_nested():
            row = Mapping(shop_id=shop.id, label=label)
            session.add(row)
        return row
    except IntegrityError:
        first = find(session, shop, label)
        if first is None:
            raise
        return first


def columns(default: Filing, changes: Changes) -> Columns:
    """The columns that the changes set. Raises BadMapping."""
    values: Columns = {}
    for part, to_columns in COLUMNS.items():
        if part in changes:
            chosen = changes[part]
            values |= to_columns(chosen, default)
    return values


def category_columns(chosen: CategoryPick | None, default: Filing) -> Columns:
    gid = rules.category_gid(chosen.gid) if chosen else default.category_id
    if chosen is None or gid == default.category_id:
        return {"category_id": None, "category_name": None}
    return {"category_id": gid, "category_name": rules.path(chosen.path)}


def type_columns(chosen: str | None, default: Filing) -> Columns:
    tidy = rules.product_type(chosen) if chosen is not None else None
    return {"product_type": None if tidy == default.product_type else tidy}


def tag_columns(chosen: Sequence[str] | None, default: Filing) -> Columns:
    tidy = rules.tags(chosen) if chosen is not None else None
    return {"tags": None if tidy == list(default.tags) else tidy}


def collection_columns(chosen: CollectionPick | None, default: Filing) -> Columns:
    if chosen is None:
        return collection_row(None)
    kind = rules.collection_kind(chosen.kind)
    if kind == "none":
        return collection_row(kind)
    if kind == "existing":
        return collection_row(kind, rules.collection_title(chosen.title), rules.collection_gid(chosen.gid))
    if kind == "condition":
        return collection_row(kind, rules.collection_title(chosen.title) if chosen.title else None)
    title = rules.collection_title(chosen.title)
    return collection_row(None) if title == default.collection else collection_row(kind, title)


def collection_row(kind: str | None, title: str | None = None, gid: str | None = None) -> Columns:
    return {"collection_kind": kind, "collection_title": title, "collection_gid": gid}


def channel_columns(chosen: Sequence[str] | None, _default: Filing) -> Columns:
    return {"publication_ids": rules.channels(chosen) if chosen is not None else None}


def status_columns(chosen: str | None, _default: Filing) -> Columns:
    return {"status": rules.status(chosen) if chosen is not None else None}


COLUMNS: dict[Part, Callable[[Any, Filing], Columns]] = {
    "category": category_columns,
    "product_type": type_columns,
    "tags": tag_columns,
    "collection": collection_columns,
    "channels": channel_columns,
    "status": status_columns,
}
