"""Labels by keyword rules over the columns of a table: the first rule that fits a product gives its label.

A rule file is a JSON list of {"label": …, "column": name or list of names, "any": [keywords],
"not": [keywords]}; `not` may be absent. A keyword fits whole words, whatever the case and the markup.
"""

import html
import json
import re
import unicodedata
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from classifier.errors import BadRules

SHIPPED = Path(__file__).parent
TAG = re.compile(r"<!--.*?-->|</?[a-zA-Z!][^<>]*>", re.DOTALL)
WORD = re.compile(r"\w+")


@dataclass(frozen=True)
class Rule:
    """Fits a row when one of `keywords` and none of `unwanted` is in one of its `columns`."""

    label: str
    columns: tuple[str, ...]
    keywords: tuple[str, ...]
    unwanted: tuple[str, ...] = ()

    def fits(self, texts: Mapping[str, str]) -> bool:
        """Say whether the rule fits; `texts` are columns as `words` gives them."""
        seen = "".join(texts.get(column, " ") for column in self.columns)
        return any(word in seen for word in self.keywords) and not any(word in seen for word in self.unwanted)


class Rules:
    """Rules in their order, found by the first word of their keywords so that thousands of them are quick."""

    def __init__(self, rules: Sequence[Rule]) -> None:
        self.rules = tuple(rules)
        self.columns = frozenset(column for rule in rules for column in rule.columns)
        self._places: dict[str, set[int]] = defaultdict(set)
        for place, rule in enumerate(self.rules):
            for keyword in rule.keywords:
                self._places[keyword.split()[0]].add(place)

    @property
    def labels(self) -> tuple[str, ...]:
        return tuple(sorted({rule.label for rule in self.rules}))

    def label(self, row: Mapping[str, str]) -> str | None:
        """Return the label of the first rule that fits the row, or None."""
        texts = {column: words(row[column]) for column in self.columns if column in row}
        places = {place for text in texts.values() for word in text.split() for place in self._found(word)}
        return next((self.rules[n].label for n in sorted(places) if self.rules[n].fits(texts)), None)

    def _found(self, word: str) -> set[int]:
        return self._places.get(word, set())


@lru_cache(maxsize=2**14)
def words(text: str) -> str:
    """Return the words of a text without markup, folded, with a space before, between and behind them."""
    plain = html.unescape(TAG.sub(" ", text)) if "<" in text or "&" in text else text
    return f" {' '.join(WORD.findall(unicodedata.normalize('NFKC', plain).casefold()))} "


def load_rules(name_or_path: str | Path) -> Rules:
    """Load rules that ship with the package by their name, or from a JSON file. Raises BadRules."""
    shipped = {file.stem: file for file in SHIPPED.glob("*.json")}
    file = shipped.get(str(name_or_path), Path(name_or_path))
    try:
        document = json.loads(file.read_text(encoding="utf-8"))
    except FileNotFoundError as error:
        names = ", ".join(sorted(shipped))
        raise BadRules(f"{file} is neither a shipped rule file ({names}) nor a file.") from error
    except (OSError, ValueError) as error:
        raise BadRules(f"{file} is no JSON file: {error}.") from error
    if not isinstance(document, list) or not document:
        raise BadRules(f"{file} is no rule file: it must hold a list of at least one rule.")
    return Rules([_rule(file, number, entry) for number, entry in enumerate(document, 1)])


def _rule(file: Path, number: int, entry: Any) -> Rule:
    try:
        columns = [entry["column"]] if isinstance(entry["column"], str) else entry["column"]
        rule = Rule(entry["label"], tuple(columns), _keywords(entry["any"]), _keywords(entry.get("not", [])))
        complete = isinstance(rule.label, str) and rule.label and rule.columns and rule.keywords
        if not complete or not set(entry) <= {"label", "column", "any", "not"}:
            raise ValueError("only label, column, any and not are known, and the first three are needed")
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise BadRules(f"{file}: rule {number} cannot be used: {error!r}.") from error
    return rule


def _keywords(entry: Any) -> tuple[str, ...]:
    if not isinstance(entry, list) or not all(
        isinstance(word, str) and words(word).strip() for word in entry
    ):
        raise ValueError("any and not are lists of words")
    return tuple(words(word) for word in entry)
