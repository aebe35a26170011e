"""The log of settings and team, newest first, each change as a sentence."""

from typing import Any

from flask import url_for
from flask.typing import ResponseReturnValue

from shopify_bot.people import changelog
from shopify_bot.review.blueprint import id_argument, pages, the_bot
from shopify_bot.review.languages import _, ngettext
from shopify_bot.review.layout import show
from shopify_bot.review.session import visit
from shopify_bot.review.settings.figures import isolated, of_hundred, share
from shopify_bot.tables import SettingChange

PER_PAGE = 50


@pages.get("/settings/changes")
def settings_changes() -> ResponseReturnValue:
    """`GET /settings/changes`: who changed settings or the team, newest first; `?before=ID` the next page."""
    before = id_argument("before")
    with the_bot().database.reading() as database:
        found = changelog.changes(database, visit().shop, PER_PAGE + 1, before)
        shown = found[:PER_PAGE]
        older = url_for("pages.settings_changes", before=shown[-1].id) if len(found) > PER_PAGE else None
        return show(database, "settings_changes.html", changes=shown, newest=before, older=older)


@pages.app_template_filter("sentence")
def sentence(change: SettingChange) -> str:
    """What was changed, without who did it."""
    values: dict[str, Any] = change.values or {}
    match change.kind:
        case changelog.ALONE_ON:
            return _("Let the model decide alone: %(terms)s", terms=terms(values))
        case changelog.ALONE_CHANGED:
            return _("Changed how the model decides alone: %(terms)s", terms=terms(values))
        case changelog.ALONE_OFF:
            return _("Turned deciding alone off")
        case changelog.ALONE_STOPPED:
            return _("Deciding alone turned itself off: %(reason)s", reason=stopped(values))
        case _:
            return of_team(change.kind, isolated(str(values.get("name", ""))))


@pages.app_template_filter("maker")
def maker(change: SettingChange) -> str:
    """Who changed it, and whether from the command line."""
    if (change.values or {}).get("source") == "cli":
        return _("%(name)s, from the command line", name=isolated(change.made_by))
    return change.made_by


def of_team(kind: str, name: str) -> str:
    """A change of who may sign in."""
    match kind:
        case changelog.USER_ADDED:
            return _("Added %(name)s to the team", name=name)
        case changelog.USER_REMOVED:
            return _("Removed %(name)s from the team", name=name)
        case changelog.USER_BACK:
            return _("Let %(name)s in again", name=name)
        case _:
            return _("Set a new password for %(name)s", name=name)


def terms(values: dict[str, Any]) -> str:
    """What was agreed to."""
    checked = share(values.get("checked") or 0.0)
    if values.get("above") is None:
        return _("from the thresholds of the model on, %(checked)s checked by a person", checked=checked)
    least = share(values["above"])
    return _("from %(least)s on, %(checked)s checked by a person", least=least, checked=checked)


@pages.app_template_filter("stopped")
def stopped(values: dict[str, Any]) -> str:
    """Why it turned itself off."""
    checks = int(values.get("checks") or 0)
    return ngettext(
        "of %(count)s checked product, %(wrong)s was not what the model said, which had promised that "
        "%(promise)s of 100 are right",
        "of %(count)s checked products, %(wrong)s were not what the model said, which had promised that "
        "%(promise)s of 100 are right",
        checks,
        wrong=values.get("wrong"),
        promise=of_hundred(values.get("promise") or 0.0),
    )
