"""Taking a table of mappings into a shop: every line, or none."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import TypeVar

from sqlalchemy.orm import Session

from classifier.labels import LabelTree
from shopify_bot.errors import BadMapping, BadSheet, UnknownLabel
from shopify_bot.mapping import rules
from shopify_bot.mapping.changing import CategoryPick, Changes, CollectionPick, change
from shopify_bot.mapping.lookup import Lookup
from shopify_bot.mapping.meaning import PARTS, Filing, Part, filing, filings
from shopify_bot.mapping.sheet import Entry, Line
from shopify_bot.tables import Mapping, Shop

MOST_REASONS = 20

T = TypeVar("T")


@dataclass(frozen=True)
class Changed:
    """What an import changed of one label."""

    label: str
    before: Filing
    after: Filing

    @property
    def parts(self) -> tuple[Part, ...]:
        """The parts that are other than they were."""
        return tuple(part for part in PARTS if part_of(self.before, part) != part_of(self.after, part))


def changes_of(
    session: Session, shop: Shop, tree: LabelTree, lines: Iterable[Line], lookup: Lookup
) -> list[tuple[Line, Changes]]:
    """What each line asks for. The store is asked only for what is new, and nothing is written.

    Raises BadSheet with every line that is wrong, CannotLookUp.
    """
    now = filings(session, shop, tree)

    def asked(line: Line) -> tuple[Line, Changes]:
        default = filing(tree, line.entry["label"])
        return line, wanted(line.entry, now[default.label], default, lookup)

    return each_or_refuse(lines, asked)


def take_in(
    session: Session, shop: Shop, tree: LabelTree, found: list[tuple[Line, Changes]], by: str
) -> list[Changed]:
    """Map the labels; returns those that mean something else than before. Harmless to repeat.

    Raises BadSheet with every line that is wrong; the transaction must then be given up.
    """
    before, asked = filings(session, shop, tree), {line.where: changes for line, changes in found}

    def written(line: Line) -> Mapping:
        return change(session, shop, tree, line.entry["label"], asked[line.where], by)

    each_or_refuse([line for line, _ in found], written)
    after = filings(session, shop, tree)
    return [Changed(label, before[label], after[label]) for label in after if before[label] != after[label]]


def each_or_refuse(lines: Iterable[Line], step: Callable[[Line], T]) -> list[T]:
    """What the step makes of each line. Raises BadSheet with all that it refuses."""
    done, wrong = [], []
    for line in lines:
        try:
            done.append(step(line))
        except (BadMapping, UnknownLabel) as error:
            wrong.append(f"{line.where} ({rules.shown(line.entry['label'])}): {error}")
    if wrong:
        more = [f"and {len(wrong) - MOST_REASONS} more"] if len(wrong) > MOST_REASONS else []
        raise BadSheet("Nothing was changed:\n" + "\n".join(wrong[:MOST_REASONS] + more))
    return done


def wanted(entry: Entry, now: Filing, default: Filing, lookup: Lookup) -> Changes:
    """The changes that an entry asks for. Raises BadMapping, CannotLookUp."""
    changes: Changes = {}
    if "category_id" in entry or "category" in entry:
        changes["category"] = category(entry, now, default, lookup)
    if "product_type" in entry:
        changes["product_type"] = entry["product_type"]
    if "tags" in entry:
        changes["tags"] = entry["tags"]
    if {"collection_kind", "collection", "collection_id"} & set(entry):
        changes["collection"] = collection(entry, now, lookup)
    if "channels" in entry:
        changes["channels"] = channels(entry, now, lookup)
    if "status" in entry:
        changes["status"] = entry["status"]
    return changes


def category(entry: Entry, now: Filing, default: Filing, lookup: Lookup) -> CategoryPick | None:
    """The category of an entry, by its id or else by its path."""
    named = entry.get("category_id")
    path = entry.get("category")
    if named:
        gid = rules.category_gid(named)
        for known in (now, default):
            if gid == known.category_id:
                return CategoryPick(gid, known.category)
        return lookup.category(gid)
    if not path:
        return None
    for known in (now, default):
        if path.casefold() == known.category.casefold():
            return CategoryPick(known.category_id, known.category)
    return lookup.category(path)


def collection(entry: Entry, now: Filing, lookup: Lookup) -> CollectionPick | None:
    """The collection of an entry; without a kind an id means existing, and a title made."""
    title, gid = entry.get("collection"), entry.get("collection_id")
    kind = entry.get("collection_kind") or ("existing" if gid else "made" if title else None)
    if kind is None:
        return None
    if rules.collection_kind(kind) != "existing":
        return CollectionPick(kind, title)
    if not gid:
        raise BadMapping("collection", "Say which collection of the store it is, by its id.")
    if gid == now.collection_gid:
        return CollectionPick("existing", now.collection, gid)
    return lookup.collection(gid)


def channels(entry: Entry, now: Filing, lookup: Lookup) -> list[str] | None:
    """The sales channels of an entry, by their ids or names."""
    named = entry["channels"]
    if named is None or tuple(named) == now.publication_ids:
        return named  # type: ignore[no-any-return]
    return lookup.channels(named)


def part_of(filing: Filing, part: Part) -> object:
    """What a filing says of one part."""
    match part:
        case "category":
            return filing.category_id
        case "collection":
            return filing.collection_kind, filing.collection, filing.collection_gid
        case "channels":
            return filing.publication_ids
        case _:
            return getattr(filing, part)
