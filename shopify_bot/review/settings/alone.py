"""Letting the model decide alone: what it promises, what it would have done here, on and off."""

from typing import Any

from flask import redirect, request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from shopify_bot.alone.checks import verdicts
from shopify_bot.alone.switching import (
    CHECKED_SHARES,
    Terms,
    is_held_up,
    read_reason,
    terms_of,
    turn_off,
    turn_on,
)
from shopify_bot.labels import Model, model_in_use
from shopify_bot.people.changelog import ALONE_CHANGED, ALONE_OFF, ALONE_ON, ALONE_STOPPED, changes
from shopify_bot.review.blueprint import pages, the_bot
from shopify_bot.review.languages import _
from shopify_bot.review.layout import show
from shopify_bot.review.notices import tell
from shopify_bot.review.returning import local_path
from shopify_bot.review.session import visit
from shopify_bot.review.settings.choices import choices, value_of

LAST_CHANGES = 20
OF_THIS = frozenset({ALONE_ON, ALONE_CHANGED, ALONE_OFF, ALONE_STOPPED})


@pages.get("/settings/alone")
def settings_alone() -> ResponseReturnValue:
    """`GET /settings/alone`: whether the model decides alone, how sure it must be, and what that promises."""
    with the_bot().database.reading() as database:
        return alone_page(database, terms_of(visit().shop), problems={})


@pages.post("/settings/alone")
def save_alone() -> ResponseReturnValue:
    """`POST /settings/alone`: decide alone from `above` on, with the share `checked` for a person.

    What leaves more to the model is asked for once more: it holds with `confirmed` alone.
    """
    shop, model = visit().shop, the_model()
    with the_bot().database.writing() as database:
        offered = choices(database, shop, model)
        above, checked = offered.named(request.form.get("above")), checked_share(request.form.get("checked"))
        if above is None or checked is None:
            return alone_page(database, terms_of(shop), problems_of(above is None, checked is None)), 422
        terms = Terms(above.above, checked)
        promise = model.calibration.precision
        needs_a_yes = not shop.approves_alone or terms.are_looser(terms_of(shop)) or is_held_up(shop, promise)
        if needs_a_yes and "confirmed" not in request.form:
            return confirmation(database, terms, model)
        is_new = turn_on(database, shop, terms, promise, visit().user)
    if not is_new:
        tell(_("Nothing was changed."), tone="info")
    elif shop.approves_alone:
        tell(_("Saved. It holds for every product from now on."))
    else:
        tell(_("The model now decides alone what it is sure enough of."))
    return redirect(url_for("pages.settings_alone"), 303)


@pages.post("/settings/alone/off")
def alone_off() -> ResponseReturnValue:
    """`POST /settings/alone/off`: leave every product to a person again, at once."""
    with the_bot().database.writing() as database:
        turn_off(database, visit().shop, visit().user)
    tell(_("The model no longer decides alone. Every product waits for a person."))
    return redirect(url_for("pages.settings_alone"), 303)


@pages.post("/settings/alone/read")
def alone_read() -> ResponseReturnValue:
    """`POST /settings/alone/read`: put away why it turned itself off; on to the local path `next`."""
    with the_bot().database.writing() as database:
        read_reason(database, visit().shop)
    return redirect(local_path(request.form.get("next"), url_for("pages.settings_alone")), 303)


def the_model() -> Model:
    """The model in use. Raises ClassifierError when it is damaged."""
    return model_in_use(the_bot().settings.model)


def checked_share(sent: str | None) -> float | None:
    """The share that was chosen; None when there is no such choice."""
    return next((each for each in checked_shares(visit().shop.checked_share) if str(each) == sent), None)


def checked_shares(kept: float) -> list[float]:
    """The shares to choose from, with the one that is kept."""
    return sorted({*CHECKED_SHARES, kept})


def problems_of(no_level: bool, no_share: bool) -> dict[str, str]:
    """What is wrong with the form, by field."""
    problems = {}
    if no_level:
        problems["above"] = _("Choose how sure the model must be.")
    if no_share:
        problems["checked"] = _("Choose how many still come to a person.")
    return problems


def alone_page(database: Session, terms: Terms, problems: dict[str, str]) -> str:
    """The page; the form shows `terms`, with what is wrong beside each field."""
    shop, model = visit().shop, the_model()
    latest = [each for each in changes(database, shop, LAST_CHANGES) if each.kind in OF_THIS]
    return show(
        database,
        "settings_alone.html",
        choices=choices(database, shop, model),
        chosen=value_of(terms.above),
        checked=terms.checked,
        shares=checked_shares(shop.checked_share),
        promise=model.calibration.precision,
        coverage=coverage(model),
        is_held_up=is_held_up(shop, model.calibration.precision),
        checks=verdicts(database, shop) if shop.approves_alone else None,
        problems=problems,
        latest=latest[:5],
    )


def confirmation(database: Session, terms: Terms, model: Model) -> str:
    """What will happen, to be said yes to."""
    chosen = choices(database, visit().shop, model).named(value_of(terms.above))
    values: dict[str, Any] = {"promise": model.calibration.precision, "coverage": coverage(model)}
    undo_s = round(the_bot().settings.undo_s)
    return show(
        database,
        "settings_alone_confirm.html",
        terms=terms,
        value=value_of(terms.above),
        level=chosen.level if chosen else None,
        undo_s=undo_s,
        **values,
    )


def coverage(model: Model) -> float | None:
    """The share that the model decided alone of products it had never seen, from picture and title."""
    tested: Any = (model.metrics.get("evaluation") or {}).get("image_and_text") or {}
    found = tested.get("coverage_at_995")
    return model.calibration.coverage.get("image_and_text") if found is None else float(found)
