"""What a `query:` argument finds: field:value, commas, ranges, quotes, prefix*, AND, OR, NOT, brackets.

After https://shopify.dev/docs/api/usage/search-syntax. A field that is not known and a value that cannot be
read are passed over, as Shopify passes them over with a warning.
"""

import re
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from functools import lru_cache
from typing import Any

from shopify_bot.devstore.api.search_syntax import Both, Either, Not, Term, Wanted, parsed

Reader = Callable[[Any], Any]
_WORD = re.compile(r"\w+")
_SHORT_DATE = re.compile(r"\d{4}(-\d{2})?\Z")


class Words(str):
    """Text of which single words are found, and with a star at the end the beginnings of words."""


def matching(
    items: list[Any], query: str | None, readers: Mapping[str, Reader], default: Reader
) -> list[Any]:
    """The items that fit the query. A term without a field is looked for among the words of `default`."""
    wanted = parsed(query or "")
    return [item for item in items if _fits(item, wanted, readers, default)]


def _fits(item: Any, wanted: Wanted, readers: Mapping[str, Reader], default: Reader) -> bool:
    match wanted:
        case Both():
            return all(_fits(item, part, readers, default) for part in wanted.parts)
        case Either():
            return any(_fits(item, part, readers, default) for part in wanted.parts)
        case Not():
            return not _fits(item, wanted.part, readers, default)
    if not wanted.field:
        return _holds(Words(default(item)), "", wanted.value)
    if wanted.field not in readers:
        return True
    return _any_value(readers[wanted.field](item), wanted)


def _any_value(found: Any, wanted: Term) -> bool:
    values = [wanted.value] if wanted.quoted else wanted.value.split(",")
    return any(_holds(found, wanted.comparator, value) for value in values)


def _holds(found: Any, comparator: str, value: str) -> bool:
    if isinstance(found, list):
        return any(_holds(one, comparator, value) for one in found)
    if isinstance(found, datetime):
        moment = as_datetime(value)
        return moment is None or _compare(found, comparator, moment)
    if isinstance(found, int):
        return value.isdigit() and _compare(found, comparator, int(value))
    if isinstance(found, Words):
        return _has_words(found, value)
    text, wanted = str(found).casefold(), value.casefold()
    return text.startswith(wanted[:-1]) if wanted.endswith("*") else text == wanted


def _has_words(text: str, value: str) -> bool:
    words, wanted = _WORD.findall(text.casefold()), _WORD.findall(value.casefold())
    if value.strip() == "*":
        return True
    if not wanted:
        return False
    starts = range(len(words) - len(wanted) + 1)
    return any(_same(words[at : at + len(wanted)], wanted, value.endswith("*")) for at in starts)


def _same(words: list[str], wanted: list[str], prefix: bool) -> bool:
    last = words[-1].startswith(wanted[-1]) if prefix else words[-1] == wanted[-1]
    return last and words[:-1] == wanted[:-1]


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


def as_datetime(text: str) -> datetime | None:
    """A moment of the search syntax, such as now or 2026-10-01T12:00:00Z; UTC where it names no zone."""
    return datetime.now(UTC) if text == "now" else _moment(text)


@lru_cache(maxsize=1024)
def _moment(text: str) -> datetime | None:
    if _SHORT_DATE.match(text):
        text = f"{text}-01-01"[:10]
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        return None
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)
