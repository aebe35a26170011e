"""Reads the search syntax of `query:` arguments. AND binds tighter than OR, and a space means AND."""

import re
from dataclasses import dataclass
from functools import lru_cache

_TOKEN = re.compile(
    r"""(?P<bracket>[()])
      | (?P<minus>-)?(?:(?P<field>\w+):)?(?P<comparator><=|>=|<|>)?
        (?:"(?P<double>(?:\\.|[^"\\])*)"|'(?P<single>(?:\\.|[^'\\])*)'|(?P<bare>[^\s()]+))""",
    re.VERBOSE,
)
_ESCAPED = re.compile(r"\\(.)")


@dataclass(frozen=True)
class Term:
    """A value, perhaps of one field and behind a comparator such as >=."""

    field: str
    comparator: str
    value: str
    quoted: bool


@dataclass(frozen=True)
class Not:
    """What must not fit."""

    part: "Wanted"


@dataclass(frozen=True)
class Both:
    """What must fit, all of it; with no part at all, everything fits."""

    parts: tuple["Wanted", ...]


@dataclass(frozen=True)
class Either:
    """Of which one must fit."""

    parts: tuple["Wanted", ...]


Wanted = Term | Not | Both | Either


@lru_cache(maxsize=512)
def parsed(query: str) -> Wanted:
    """What a query asks for. Nothing is refused: brackets too many are passed over."""
    tokens = list(_TOKEN.finditer(query))
    parts: list[Wanted] = []
    while tokens:
        parts.append(_either(tokens))
        if tokens:
            tokens.pop(0)
    return parts[0] if len(parts) == 1 else Both(tuple(parts))


def _either(tokens: list[re.Match[str]]) -> Wanted:
    parts = [_both(tokens)]
    while tokens and tokens[0]["bare"] == "OR":
        tokens.pop(0)
        parts.append(_both(tokens))
    return parts[0] if len(parts) == 1 else Either(tuple(parts))


def _both(tokens: list[re.Match[str]]) -> Wanted:
    parts: list[Wanted] = []
    while tokens and tokens[0]["bare"] != "OR" and tokens[0]["bracket"] != ")":
        token = tokens.pop(0)
        if token["bare"] not in ("AND", "and"):
            parts.append(_one(token, tokens))
    return parts[0] if len(parts) == 1 else Both(tuple(parts))


def _one(token: re.Match[str], tokens: list[re.Match[str]]) -> Wanted:
    if token["bare"] == "NOT" and tokens and tokens[0]["bracket"] != ")":
        return Not(_one(tokens.pop(0), tokens))
    if token["bracket"]:
        inner = _either(tokens)
        if tokens:
            tokens.pop(0)
        return inner
    quoted = token["bare"] is None
    value = _ESCAPED.sub(r"\1", token["double"] or token["single"] or "") if quoted else token["bare"]
    term = Term(token["field"] or "", token["comparator"] or "", value, quoted)
    return Not(term) if token["minus"] else term
