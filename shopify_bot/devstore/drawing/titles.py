"""Titles as merchants write them, and those that make a reader stumble. All brands are invented."""

import json
import random
from importlib.resources import files

from shopify_bot.devstore.drawing.shelves import Shelf

_WORDS = json.loads(files(__package__).joinpath("titles.json").read_text(encoding="utf-8"))
_LONG = 300
_NAMELESS = 0.14


def plain_title(shelf: Shelf, gender: str, colour: str, rng: random.Random) -> str:
    """A normal title; about one in seven does not name the article."""
    words = {**_common(colour, rng), "gender": gender, "noun": rng.choice(shelf.nouns)}
    forms = _WORDS["nameless"] if rng.random() < _NAMELESS else _WORDS["plain"]
    return str(rng.choice(forms)).format(**words)


def vague_title(colour: str, rng: random.Random) -> str:
    """A title that does not say what the thing is."""
    return str(rng.choice(_WORDS["vague"])).format(**_common(colour, rng))


def foreign_title(shelf: Shelf, turn: int, rng: random.Random) -> str:
    """A title in one of the languages, in turn."""
    language = tuple(shelf.foreign)[turn % len(shelf.foreign)]
    form = str(rng.choice(_WORDS["foreign"][language]))
    return form.format(**_common("", rng), noun=shelf.foreign[language])


def hostile_title(title: str, turn: int) -> str:
    """A title that attacks whatever shows it, in turn; the last kind is just very long."""
    kinds = _WORDS["hostile"]
    kind = turn % (len(kinds) + 1)
    if kind == len(kinds):
        return str(_WORDS["long"] * _LONG).replace("@TITLE@", title)[:_LONG]
    return str(kinds[kind]).replace("@TITLE@", title)


def _common(colour: str, rng: random.Random) -> dict[str, str]:
    return {
        "brand": rng.choice(_WORDS["brands"]),
        "adjective": rng.choice(_WORDS["adjectives"]),
        "name": rng.choice(_WORDS["names"]),
        "n": str(rng.randint(2, 99)),
        "colour": colour,
    }
