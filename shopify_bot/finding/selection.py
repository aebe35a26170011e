"""Which reviews a person means: filters and an order, from an address, a form or a stored action.

A selection holds each product once, by its latest review. The same selection fills the table, walks the
review one at a time, and says what a bulk action is about.
"""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from math import isfinite
from typing import Any

from sqlalchemy import ColumnElement, false, func, select
from sqlalchemy.orm import Session
from sqlalchemy.sql.base import ExecutableOption

from shopify_bot.columns import plain
from shopify_bot.finding.counting import MOST_COUNTED, MOST_FOUND, Count
from shopify_bot.finding.listing import LOADED
from shopify_bot.finding.paging import Found, Key, Keyset, Walk
from shopify_bot.states import State
from shopify_bot.tables import Review, Shop

MOST_WORDS = 8
LONGEST_TEXT = 200
MOST_IDS = 1000
LARGEST_ID = 2**63 - 1
DAY = timedelta(days=1)


class Sort(StrEnum):
    """Public names of the orders."""

    OLDEST = "oldest"
    NEWEST = "newest"
    LEAST_SURE = "least_sure"
    ALIKE = "alike"


STATES = {state.value: state for state in State}
SORTS = {sort.value: sort for sort in Sort}


@dataclass(frozen=True)
class Selection:
    """Filters, each left out by None or an empty value, and an order. Confidence is from 0 to 1."""

    states: tuple[State, ...] = ()
    label: str | None = None
    sure: bool | None = None
    """Whether the model is sure of the label itself."""
    least: float | None = None
    most: float | None = None
    vendor: str | None = None
    since: date | None = None
    """First day, in UTC, on which the product may have come into the review."""
    until: date | None = None
    """Last such day."""
    changed_by_us: bool | None = None
    """Whether something that we wrote stands in the store."""
    persons_category: bool | None = None
    """Whether the product's category in the store was set by a person."""
    text: str = ""
    """Words that must all occur in the title or the vendor, in any case."""
    ids: tuple[int, ...] = ()
    """Ids of reviews; none for all that match."""
    sort: Sort = Sort.OLDEST

    @classmethod
    def from_args(cls, args: Mapping[str, Any]) -> "Selection":
        """From the arguments of a request, several `state` among them; what makes no sense is left out."""
        return cls(
            states=tuple(STATES[name] for name in dict.fromkeys(listed(args, "state")) if name in STATES),
            label=text_in(args, "label") or None,
            sure=yes_or_no(args, "sure"),
            least=share(args, "least"),
            most=share(args, "most"),
            vendor=text_in(args, "vendor") or None,
            since=day(args, "since"),
            until=day(args, "until"),
            changed_by_us=yes_or_no(args, "ours"),
            persons_category=yes_or_no(args, "person"),
            text=" ".join(text_in(args, "q").split()),
            ids=id_list(listed(args, "ids")),
            sort=SORTS.get(text_in(args, "sort"), Sort.OLDEST),
        )

    def args(self) -> dict[str, Any]:
        """The arguments of an address that means this selection; what is left out is not there."""
        given = {
            "state": [state.value for state in self.states],
            "label": self.label,
            "sure": spoken(self.sure),
            "least": percent(self.least),
            "most": percent(self.most),
            "vendor": self.vendor,
            "since": self.since and self.since.isoformat(),
            "until": self.until and self.until.isoformat(),
            "ours": spoken(self.changed_by_us),
            "person": spoken(self.persons_category),
            "q": self.text,
            "ids": ",".join(map(str, self.ids)),
            "sort": self.sort.value if self.sort != Sort.OLDEST else None,
        }
        return {name: value for name, value in given.items() if value}

    def as_json(self) -> dict[str, Any]:
        """The selection as it is stored."""
        kept = asdict(self) | {"since": self.since and self.since.isoformat()}
        return kept | {"until": self.until and self.until.isoformat()}

    @classmethod
    def from_json(cls, kept: Mapping[str, Any]) -> "Selection":
        """A stored selection; filters that the version which stored it did not know are left out."""
        known = cls().as_json() | dict(kept)
        return cls(
            **{
                **known,
                "states": tuple(State(name) for name in known["states"]),
                "since": known["since"] and date.fromisoformat(known["since"]),
                "until": known["until"] and date.fromisoformat(known["until"]),
                "ids": tuple(known["ids"]),
                "sort": Sort(known["sort"]),
            }
        )

    @property
    def words(self) -> tuple[str, ...]:
        """What is searched for."""
        return tuple(plain(self.text).casefold().split())[:MOST_WORDS]

    @property
    def is_plain(self) -> bool:
        """Whether all are meant, or all of one state."""
        return len(self.states) <= 1 and replace(self, states=(), sort=Sort.OLDEST) == Selection()

    def conditions(self, shop: Shop) -> list[ColumnElement[bool]]:
        """What holds of a review of that shop that is meant."""
        is_led = bool(self.label or self.vendor or (self.states and self.is_plain))
        return [Review.shop_id == shop.id, latest_of_product(is_led), *self.filters()]

    def filters(self, of: type[Review] = Review) -> list[ColumnElement[bool]]:
        """The conditions of the filters alone, said of the reviews or of some of them."""
        wanted: list[tuple[object, ColumnElement[bool]]] = [
            (self.states, of.state.in_([state.value for state in self.states])),
            (self.ids, of.id.in_(self.ids)),
            (self.label, of.label == self.label),
            (self.vendor, of.vendor == plain(self.vendor or "")),
        ]
        exact = [condition for given, condition in wanted if given]
        found = [of.search.contains(word, autoescape=True) for word in self.words]
        return [*exact, *self.sureness(of), *self.days(of), *self.flags(of), *found]

    def sureness(self, of: type[Review] = Review) -> list[ColumnElement[bool]]:
        """The conditions on the confidence."""
        found = [] if self.least is None else [of.confidence >= self.least]
        return found if self.most is None else [*found, of.confidence <= self.most]

    def days(self, of: type[Review] = Review) -> list[ColumnElement[bool]]:
        """The conditions on days."""
        found = [] if self.since is None else [of.created_at >= midnight(self.since)]
        return found if self.until is None else [*found, of.created_at < midnight(self.until + DAY)]

    def flags(self, of: type[Review] = Review) -> list[ColumnElement[bool]]:
        """The conditions of yes or no."""
        said = [
            (self.sure, of.is_sure),
            (self.changed_by_us, of.changed_by_us),
            (self.persons_category, of.has_persons_category),
        ]
        return [column.is_(wanted) for wanted, column in said if wanted is not None]

    def walk(self, shop: Shop) -> Walk | None:
        """Along the order itself, unless that is all there is to it or an index of a filter leads to few."""
        if self.key.by_index or self.ids or self.label or self.vendor:
            return None
        is_led = len(self.states) == 1
        along = [Review.shop_id == shop.id, latest_of_product(is_led)]
        if is_led:
            along.append(Review.state == self.states[0].value)
        if self.sort == Sort.LEAST_SURE:
            along += self.sureness()
        return Walk(along, self.filters)

    def page(
        self,
        session: Session,
        shop: Shop,
        *,
        after: str | None = None,
        before: str | None = None,
        limit: int = 50,
        options: tuple[ExecutableOption, ...] = LOADED,
    ) -> Found:
        """Up to `limit` reviews in order: from the start, `after` or `before` a cursor, or `before` the END.

        A cursor stays good when reviews come, go or change; one that makes no sense means the start.
        """
        kept = Keyset(self.key, self.conditions(shop), self.walk(shop))
        return kept.page(session, after, before, limit, options)

    def cursor_of(self, review: Review) -> str:
        """The cursor of the place at which the review stands, for the pages after and before it."""
        return self.key.cursor_of(review)

    @property
    def key(self) -> Key:
        """What the reviews are put in order by."""
        match self.sort:
            case Sort.LEAST_SURE:
                return Key(Review.confidence, float, if_null=-1, by_index=self.is_plain)
            case Sort.ALIKE:
                return Key(Review.alike, int, if_null=LARGEST_ID, by_index=self.is_plain)
            case _:
                return Key(descends=self.sort == Sort.NEWEST)

    def count(self, session: Session, shop: Shop, most: int | None = None) -> Count:
        """How many reviews are meant, counted up to `most`; by default fewer where words must be searched."""
        most = most or (MOST_FOUND if self.words else MOST_COUNTED)
        rows = select(Review.id).where(*self.conditions(shop)).limit(most + 1).subquery()
        return Count(session.scalar(select(func.count()).select_from(rows)) or 0, most)


def latest_of_product(is_led: bool = False) -> ColumnElement[bool]:
    """Condition of the latest review of a product; `is_led` where the index of a filter leads to few.

    SQLite would take any index that begins with this column for one that leads to fewer.
    """
    return func.coalesce(Review.is_latest, false()).is_(True) if is_led else Review.is_latest.is_(True)


def midnight(of: date) -> datetime:
    """The beginning of that day."""
    return datetime.combine(of, time(), UTC)


def listed(args: Mapping[str, Any], name: str) -> list[str]:
    """All values of an argument."""
    several = getattr(args, "getlist", None)
    found = several(name) if several is not None else args.get(name, [])
    return [str(each) for each in ([found] if isinstance(found, str) else found)]


def text_in(args: Mapping[str, Any], name: str) -> str:
    """One value of an argument, shortened; "" when it is not there."""
    return next(iter(listed(args, name)), "").strip()[:LONGEST_TEXT]


def yes_or_no(args: Mapping[str, Any], name: str) -> bool | None:
    """An argument that says yes or no; None when it says neither."""
    return {"yes": True, "no": False}.get(text_in(args, name))


def spoken(value: bool | None) -> str | None:
    """The reverse of `yes_or_no`."""
    return None if value is None else "yes" if value else "no"


def share(args: Mapping[str, Any], name: str) -> float | None:
    """A percentage as a number from 0 to 1; None when it is none."""
    try:
        value = float(text_in(args, name).removesuffix("%").replace(",", "."))
    except ValueError:
        return None
    return min(max(value, 0.0), 100.0) / 100 if isfinite(value) else None


def percent(value: float | None) -> str | None:
    """The reverse of `share`."""
    return None if value is None else f"{value * 100:.6g}"


def day(args: Mapping[str, Any], name: str) -> date | None:
    """A day, as 2026-11-21; None when it is none that the calendar goes on after."""
    try:
        found = date.fromisoformat(text_in(args, name))
    except ValueError:
        return None
    return found if found < date.max - DAY else None


def id_list(values: list[str]) -> tuple[int, ...]:
    """Ids, several parted by commas in one value or not, each once, at most `MOST_IDS`."""
    parts = ",".join(values).split(",", MOST_IDS)[:MOST_IDS]
    numbers = (int(part) for part in parts if part.isascii() and part.isdigit() and len(part) <= 19)
    return tuple(dict.fromkeys(number for number in numbers if 0 < number <= LARGEST_ID))
