"""Where each article type stands in the Kaggle layout, and what titles call it."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from importlib.resources import files
from types import MappingProxyType


@dataclass(frozen=True)
class Shelf:
    """A product's place: its two categories, who wears it, its usages, its English and foreign names."""

    master: str
    sub: str
    genders: tuple[str, ...]
    usages: tuple[str, ...]
    nouns: tuple[str, ...]
    foreign: Mapping[str, str]


def _read() -> dict[str, Shelf]:
    rows = json.loads(files(__package__).joinpath("shelves.json").read_text(encoding="utf-8"))
    return {
        row["label"]: Shelf(
            row["master"],
            row["sub"],
            tuple(row["genders"]),
            tuple(row["usages"]),
            tuple(row["nouns"]),
            row["foreign"],
        )
        for row in rows
    }


SHELVES: Mapping[str, Shelf] = MappingProxyType(_read())
