"""What a bulk action would do, counted and in words, before anybody confirms it."""

from dataclasses import dataclass

from sqlalchemy import func, literal_column, select
from sqlalchemy.orm import Session

from shopify_bot.bulk.kinds import PUBLISHES, Kind, concerned
from shopify_bot.finding.selection import Selection
from shopify_bot.mapping import Filing
from shopify_bot.review.changes import Filings, last_part
from shopify_bot.review.channels import channels_for
from shopify_bot.tables import Review, Shop


@dataclass(frozen=True)
class Group:
    """Products that get the same label, and what is written to each; no `filing` for an unknown label."""

    label: str
    count: int
    filing: Filing | None
    category: str
    channels: str


@dataclass(frozen=True)
class Effect:
    """What the action would do: to how many products, and how many of those selected are left alone."""

    count: int
    left_alone: int
    groups: tuple[Group, ...]
    unsure: int
    """How many of them the model is unsure of."""
    persons: int
    """How many have a category that a person set, which stays."""


def effect(
    session: Session, shop: Shop, kind: Kind, selection: Selection, label: str | None, filings: Filings
) -> Effect:
    """Count it all, in two queries."""
    # Not the column itself, or SQLite walks the whole index of labels to have them in order.
    name = Review.label + literal_column("''")
    sums = select(
        name,
        func.count(),
        func.count().filter(Review.is_sure.is_(False)),
        func.count().filter(Review.has_persons_category.is_(True)),
    ).where(*concerned(kind, selection, shop))
    found = session.execute(sums.group_by(name).order_by(func.count().desc(), name)).all()
    count = sum(row[1] for row in found)
    selected = session.scalar(select(func.count()).select_from(Review).where(*selection.conditions(shop)))
    by_label = {label: count} if kind == Kind.CORRECT and label else {row[0]: row[1] for row in found}
    groups = [group(shop, each, number, filings) for each, number in by_label.items() if each]
    return Effect(
        count,
        (selected or 0) - count,
        tuple(groups) if kind in PUBLISHES else (),
        sum(row[2] for row in found) if kind == Kind.APPROVE else 0,
        sum(row[3] for row in found) if kind in PUBLISHES else 0,
    )


def group(shop: Shop, label: str, count: int, filings: Filings) -> Group:
    """The products of one label."""
    filing = filings.get(label)
    if filing is None:
        return Group(label, count, None, "", "")
    return Group(label, count, filing, last_part(filing.category), channels_for(shop, filing))
