"""Which entries of the history are asked for."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from typing import Any

from sqlalchemy import ColumnElement
from sqlalchemy.orm import InstrumentedAttribute

from shopify_bot.columns import plain
from shopify_bot.review.languages import marked
from shopify_bot.tables import Decision, Publication, Shop

LARGEST_ID = 2**63 - 1
LONGEST = 255
DAY = timedelta(days=1)


class Kind(StrEnum):
    """Public names of what may be asked for."""

    APPROVED = "approved"
    CORRECTED = "corrected"
    SKIPPED = "skipped"
    DISMISSED = "dismissed"
    UNDONE = "undone"
    ALONE = "alone"
    BULK = "bulk"
    PUBLISHED = "published"
    REVERTED = "reverted"


NAMES = {
    Kind.APPROVED: marked("Approved"),
    Kind.CORRECTED: marked("Corrected"),
    Kind.SKIPPED: marked("Skipped"),
    Kind.DISMISSED: marked("Not ours"),
    Kind.UNDONE: marked("Undone"),
    Kind.ALONE: marked("Decided alone"),
    Kind.BULK: marked("In bulk"),
    Kind.PUBLISHED: marked("Published"),
    Kind.REVERTED: marked("Taken back"),
}
OF_DECISIONS: dict[str, ColumnElement[bool]] = {
    Kind.APPROVED: Decision.kind == "approve",
    Kind.CORRECTED: Decision.kind == "correct",
    Kind.SKIPPED: Decision.kind == "skip",
    Kind.DISMISSED: Decision.kind == "dismiss",
    Kind.UNDONE: Decision.kind == "reopen",
    Kind.ALONE: Decision.source == "alone",
    Kind.BULK: Decision.bulk_id.is_not(None),
}
WRITTEN = frozenset({Kind.PUBLISHED, Kind.REVERTED})


@dataclass(frozen=True)
class Filter:
    """What is asked for; what is empty or None is not asked about. Days are in UTC."""

    who: str = ""
    """Name of a person, or of ourselves."""
    kind: str = ""
    label: str = ""
    """The label decided on."""
    predicted: str = ""
    since: date | None = None
    until: date | None = None
    review: int | None = None
    bulk: int | None = None

    @classmethod
    def from_args(cls, args: Mapping[str, Any]) -> "Filter":
        """From the arguments of a request; what makes no sense is left out."""
        kind = args.get("kind", "")
        return cls(
            who=text(args, "who"),
            kind=kind if kind in {each.value for each in Kind} else "",
            label=text(args, "label"),
            predicted=text(args, "predicted"),
            since=day(args, "since"),
            until=day(args, "until"),
            review=number(args, "review"),
            bulk=number(args, "bulk"),
        )

    def args(self) -> dict[str, Any]:
        """The arguments of an address that asks for the same."""
        return {name: str(value) for name, value in asdict(self).items() if value}

    @property
    def narrows(self) -> bool:
        """Whether anything is asked about."""
        return self != Filter()

    def of_decisions(self, shop: Shop) -> list[ColumnElement[bool]] | None:
        """Conditions of the decisions asked for; None when none are."""
        if self.kind in WRITTEN:
            return None
        wanted: list[tuple[object, ColumnElement[bool]]] = [
            (self.who, Decision.reviewer == self.who),
            (self.label, Decision.label == self.label),
            (self.predicted, Decision.predicted_label == self.predicted),
            (self.review, Decision.review_id == self.review),
            (self.bulk, Decision.bulk_id == self.bulk),
        ]
        conditions = [Decision.shop_id == shop.id, *(condition for given, condition in wanted if given)]
        if self.kind:
            conditions.append(OF_DECISIONS[self.kind])
        return conditions + self.days(Decision.created_at)

    def of_written(
        self, shop: Shop, kind: Kind, moment: InstrumentedAttribute[datetime | None]
    ) -> list[ColumnElement[bool]] | None:
        """Conditions of what was published or taken back; None when none is asked for: no person writes."""
        if self.kind not in ("", kind) or self.who or self.predicted or self.bulk:
            return None
        conditions = [Publication.shop_id == shop.id, moment.is_not(None)]
        if self.label:
            conditions.append(Publication.label == self.label)
        if self.review:
            conditions.append(Publication.review_id == self.review)
        return conditions + self.days(moment)

    def days(self, moment: InstrumentedAttribute[Any]) -> list[ColumnElement[bool]]:
        """The conditions on the time."""
        found = []
        if self.since:
            found.append(moment >= midnight(self.since))
        if self.until:
            found.append(moment < midnight(self.until) + DAY)
        return found


def text(args: Mapping[str, Any], name: str) -> str:
    """The argument as a column may hold it."""
    return plain(str(args.get(name, "")))[:LONGEST]


def day(args: Mapping[str, Any], name: str) -> date | None:
    """The argument as a day."""
    try:
        found = date.fromisoformat(str(args.get(name, "")))
    except ValueError:
        return None
    return found if 1 < found.year < 9999 else None


def number(args: Mapping[str, Any], name: str) -> int | None:
    """The argument as an id."""
    said = str(args.get(name, ""))
    if not (said.isascii() and said.isdigit() and len(said) < 20):
        return None
    return int(said) if 0 < int(said) <= LARGEST_ID else None


def midnight(of: date) -> datetime:
    """Its beginning in UTC."""
    return datetime.combine(of, time.min, UTC)
