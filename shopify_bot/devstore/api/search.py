"""The search syntax of `query:` arguments: field:value, commas, ranges, quotes, minus; all terms must fit."""

import re
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from typing import Any

_TERM = re.compile(r"""(-)?(?:(\w+):)?(<=|>=|<|>)?(?:"([^"]*)"|'([^']*)'|(\S+))""")
Reader = Callable[[Any], Any]


def matching(
    items: list[Any], query: str | None, readers: Mapping[str, Reader], default: Reader
) -> list[Any]:
    """The items that fit every term. A field that no reader knows is ignored, as Shopify ignores it."""
    terms = [term for term in _TERM.findall(query or "") if term[5] not in ("AND", "and")]
    return [item for item in items if all(_fits(item, term, readers, default) for term in terms)]


def _fits(item: Any, term: tuple[str, ...], readers: Mapping[str, Reader], default: Reader) -> bool:
    minus, field, comparator, double, single, bare = term
    value = double or single or bare
    if not field:
        return (value.casefold() in str(default(item)).casefold()) != bool(minus)
    if field not in readers:
        return True
    found = readers[field](item)
    return any(_holds(found, comparator, part) for part in value.split(",")) != bool(minus)


def _holds(found: Any, comparator: str, value: str) -> bool:
    if isinstance(found, list):
        return any(_holds(one, comparator, value) for one in found)
    if isinstance(found, datetime):
        return _compare(found, comparator, as_datetime(value))
    if isinstance(found, int):
        return value.isdigit() and _compare(found, comparator, int(value))
    text, wanted = str(found).casefold(), value.casefold()
    return text.startswith(wanted[:-1]) if wanted.endswith("*") else text == wanted


def _compare(found: Any, comparator: str, wanted: Any) -> bool:
    match comparator:
        case "<":
            return bool(found < wanted)
        case "<=":
            return bool(found <= wanted)
        case ">":
            return bool(found > wanted)
        case ">=":
            return bool(found >= wanted)
    return bool(found == wanted)


def as_datetime(text: str) -> datetime:
    """A moment of the search syntax, read as UTC where it names no zone. Raises ValueError."""
    moment = datetime.fromisoformat(text)
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)
