"""The languages of the pages: English in the code, others from `locales/*.po`, which are read as they are."""

from functools import cache
from gettext import GNUTranslations, NullTranslations
from io import BytesIO
from pathlib import Path
from typing import Any

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from flask import Blueprint, g, has_request_context, request, session
from flask.blueprints import BlueprintSetupState

LOCALES = Path(__file__).parent / "locales"
SOURCE = "en"
LANGUAGES = {SOURCE: "English", "fr": "Français"}
"""Code and own name of each language."""


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
    """The language of this request: the one chosen, else the browser's first that we have, else English."""
    if not has_request_context():
        return SOURCE
    if "language" not in g:
        chosen = session.get("language")
        g.language = chosen if chosen in LANGUAGES else request.accept_languages.best_match(LANGUAGES, SOURCE)
    return str(g.language)


def _(text: str, **values: Any) -> str:
    """The text in the language of this request, its %(name)s filled in."""
    found = translations(language()).gettext(text)
    return found % values if values else found


def ngettext(one: str, many: str, count: int, **values: Any) -> str:
    """The form of the text for that count, which it may show as %(count)s."""
    return translations(language()).ngettext(one, many, count) % {"count": count, **values}


def marked(text: str) -> str:
    """The text as it is: marks one that is kept now and translated where it is shown, by `_`."""
    return text


def speak(blueprint: Blueprint) -> None:
    """Let the templates of the application that the blueprint is registered on translate."""

    def set_up(state: BlueprintSetupState) -> None:
        environment: Any = state.app.jinja_env
        environment.add_extension("jinja2.ext.i18n")
        environment.install_gettext_callables(
            lambda text: translations(language()).gettext(text),
            lambda one, many, count: translations(language()).ngettext(one, many, count),
            newstyle=True,
        )
        exists = state.app.view_functions.__contains__
        environment.globals.update(language=language, languages=LANGUAGES, exists=exists)

    blueprint.record_once(set_up)
