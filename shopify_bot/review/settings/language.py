"""The language of the pages, for the person who reads them."""

from flask import redirect, request, session, url_for
from flask.typing import ResponseReturnValue

from shopify_bot.review.blueprint import pages, the_bot
from shopify_bot.review.languages import LANGUAGES
from shopify_bot.review.returning import local_path
from shopify_bot.review.signing.browser import this_sign_in
from shopify_bot.tables import User


@pages.post("/settings/language")
def choose_language() -> ResponseReturnValue:
    """`POST /settings/language`: read the pages in `language`, empty for the browser's; on to `next`."""
    chosen = request.form.get("language", "")
    language = chosen if chosen in LANGUAGES else None
    found = this_sign_in()
    with the_bot().database.writing() as database:
        if found is not None and (user := database.get(User, found.user.id)):
            user.language = language
    session.pop("language", None)
    if language is not None:
        session["language"] = language
    return redirect(local_path(request.form.get("next"), url_for("pages.settings")), 303)
