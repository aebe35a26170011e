"""The languages that people read: English in the code, others from `locales/*.po`, read as they are.

Outside a request, as in a command, everything is English.
"""

from functools import cache
from gettext import GNUTranslations, NullTranslations
from io import BytesIO
from pathlib import Path
from typing import Any

from babel import Locale
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from flask import g, has_request_context, request
from werkzeug.datastructures import LanguageAccept

LOCALES = Path(__file__).parent / "review" / "locales"
SOURCE = "en"
LANGUAGES = {SOURCE: "English", "fr": "Français"}
"""Code and own name of each language."""

REGIONS = {SOURCE: "en_GB"}
"""Where a language writes dates and numbers in several ways, the one that we use."""


@cache
def translations(language: str) -> NullTranslations:
    """The texts in that language; those that lack stay English."""
    path = LOCALES / f"{language}.po"
    if language == SOURCE or not path.exists():
        return NullTranslations()
    compiled = BytesIO()
    with path.open("rb") as file:
        write_mo(compiled, read_po(file, locale=language))
    compiled.seek(0)
    return GNUTranslations(compiled)


def language() -> str:
    """The language of this request: the person's, else the browser's first that we have, else English."""
    if not has_request_context():
        return SOURCE
    found: str | None = g.get("language")
    if found is None:
        found = g.language = preferred(request.accept_languages)
    return found


def preferred(accepted: LanguageAccept) -> str:
    """The first that we have of the languages of a browser; a country makes no difference."""
    names = (tag.partition("-")[0].lower() for tag, quality in accepted if quality > 0)
    return next((name for name in names if name in LANGUAGES), SOURCE)


def speak_with(chosen: str | None) -> None:
    """Answer this request in the language that somebody chose, if we have it."""
    if chosen in LANGUAGES:
        g.language = chosen


def locale() -> Locale:
    """How dates and numbers are written in this request."""
    return locale_of(language())


@cache
def locale_of(language: str) -> Locale:
    """How dates and numbers are written in that language."""
    return Locale.parse(REGIONS.get(language, language))


def _(text: str, /, **values: Any) -> str:
    """The text in the language of this request, its %(name)s filled in."""
    found = translations(language()).gettext(text)
    return found % values if values else found


def ngettext(one: str, many: str, count: int, /, **values: Any) -> str:
    """The form of the text for that count, which it may show as %(count)s."""
    return translations(language()).ngettext(one, many, count) % {"count": count, **values}


def marked(text: str) -> str:
    """The text as it is: marks one that is kept now and translated where it is shown, by `_`."""
    return text
