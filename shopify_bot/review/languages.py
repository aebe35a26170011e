"""Pages in the language of whoever reads them."""

from typing import Any

from flask import Blueprint
from flask.blueprints import BlueprintSetupState

from shopify_bot.languages import (
    LANGUAGES,
    LOCALES,
    SOURCE,
    _,
    language,
    locale,
    marked,
    ngettext,
    speak_with,
    translations,
)

__all__ = [
    "LANGUAGES",
    "LOCALES",
    "SOURCE",
    "_",
    "language",
    "locale",
    "marked",
    "ngettext",
    "speak",
    "speak_with",
    "translations",
]


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
